//! `aws_default_vpc`: the network that every account has, taken over by Terraform.

use super::vpc;
use crate::catalogue::Adapter;
use crate::facts::{Facts, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_default_vpc", mode: Mode::Managed, noun: "VPC", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    vpc::of(resource, true)
}
