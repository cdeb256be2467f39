//! `aws_lb`: spreads requests over targets.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter { kind: "aws_lb", mode: Mode::Managed, noun: "load balancer", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "dns_name", "arn_suffix"]);
    reader.links(Relation::InSubnet, "subnets");
    for (slot, mapping) in resource.body.get("subnet_mapping").visible_blocks().iter().enumerate() {
        reader.within(Relation::InSubnet, "subnet_mapping.subnet_id", ONE.slot(slot), mapping);
    }
    reader.links(Relation::GuardedBy, "security_groups");
    reader.facts(Part::Balancer)
}
