//! `aws_elb`: a load balancer of the first generation.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_elb", mode: Mode::Managed, noun: "classic load balancer", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "dns_name"]);
    reader.links(Relation::InSubnet, "subnets");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.links(Relation::TargetIs, "instances");
    reader.facts(Part::Balancer)
}
