//! `aws_elb`: a load balancer of the first generation.

use super::shared::load_balancers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Balancer, Facts, Part, Relation, Stated};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elb",
    mode: Mode::Managed,
    noun: "classic load balancer",
    describe,
    tariff: &load_balancers::CLASSIC,
};

/// Default 60 seconds: Classic Load Balancers guide, configure the idle connection timeout, read 2026-11-29.
const IDLE: &str = "60 s, Classic Load Balancers guide, idle connection timeout";

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["dns_name"]);
    // Nobody connects by these.
    reader.labels(&["id", "arn", "name"]);
    reader.links(Relation::InSubnet, "subnets");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.secluded(load_balancers::internal(resource));
    reader.links(Relation::TargetIs, "instances");
    let zones = resource.body.get("availability_zones").texts().into_known().unwrap_or_default();
    // Default true: documentation of the provider, aws_elb, cross_zone_load_balancing, read 2026-11-29.
    let across = Stated::plan("cross_zone_load_balancing", resource.bool("cross_zone_load_balancing"));
    let idle = Some(reader.span("idle_timeout", 1_000, 60_000, IDLE));
    reader.facts(Part::Balancer(Box::new(Balancer {
        idle,
        across: across.or_default(true, "aws_elb documentation, cross_zone_load_balancing"),
        alike: Attr::Set(true),
        zones: zones.into_iter().filter_map(Attr::into_known).collect(),
    })))
}
