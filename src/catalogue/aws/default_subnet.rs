//! `aws_default_subnet`: the subnet that the default network has in a zone, taken over by Terraform.

use super::{subnet, vpc};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, LinkValue, Relation};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_default_subnet", mode: Mode::Managed, noun: "subnet", describe, tariff: &subnet::TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    match resource.body.text("vpc_id") {
        Attr::Set(_) => reader.link(Relation::InNetwork, "vpc_id"),
        _ => reader.value(Relation::InNetwork, "vpc_id", ONE, LinkValue::Known(vec![vpc::DEFAULT.into()])),
    }
    // Default true for these: Amazon VPC user guide, default subnets.
    let public = resource.bool("map_public_ip_on_launch").or_default(true);
    subnet::of(reader, resource, public)
}
