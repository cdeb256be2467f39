//! `aws_subnet`: a part of a network in one zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Subnet};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter { kind: "aws_subnet", mode: Mode::Managed, noun: "subnet", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    let zone = resource.text("availability_zone").or(resource.text("availability_zone_id"));
    let subnet = Subnet {
        zone,
        cidr: resource.text("cidr_block"),
        // Default false: provider documentation of aws_subnet, 2026-11.
        public_addresses: resource.bool("map_public_ip_on_launch").or_default(false),
    };
    reader.facts(Part::Subnet(subnet))
}
