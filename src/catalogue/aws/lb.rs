//! `aws_lb`: spreads requests over targets.

use super::shared::load_balancers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Balancer, Facts, Part, Relation, Stated};
use crate::model::{Attr, Mode, Provenance, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_lb", mode: Mode::Managed, noun: "load balancer", describe, tariff: &load_balancers::TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["dns_name"]);
    // Nobody connects by these.
    reader.labels(&["id", "arn", "name", "arn_suffix"]);
    reader.links(Relation::InSubnet, "subnets");
    for (slot, mapping) in resource.body.get("subnet_mapping").visible_blocks().iter().enumerate() {
        reader.within(Relation::InSubnet, "subnet_mapping.subnet_id", ONE.slot(slot), mapping);
        reader.within(Relation::TakesAddress, "subnet_mapping.allocation_id", ONE.slot(slot), mapping);
    }
    reader.links(Relation::GuardedBy, "security_groups");
    let idle = idle(&reader, resource);
    reader.secluded(load_balancers::internal(resource));
    reader.facts(Part::Balancer(Box::new(Balancer {
        idle,
        across: across(resource),
        alike: alike(resource),
        zones: Vec::new(),
    })))
}

/// Application balancers always send across zones, network and gateway balancers only where they are told to.
///
/// Source: AWS knowledge centre, why does my load balancer show one address only (elb-dns-cross-zone-balance-configuration), and
/// the Network Load Balancers guide, cross-zone load balancing; read 2026-11-29.
fn across(resource: &Resource<'_>) -> Stated<bool> {
    const ALWAYS: &str = "application load balancers always send across zones, AWS knowledge centre";
    const DEFAULT: &str = "Network Load Balancers guide, cross-zone load balancing";
    match resource.text("load_balancer_type").or_default("application".into()) {
        Attr::Set(kind) if kind == "application" => Stated {
            value: Attr::Set(true),
            attribute: "load_balancer_type",
            source: Provenance::Default(ALWAYS),
            unit: 0,
        },
        Attr::Set(kind) if kind == "network" || kind == "gateway" => {
            let stated = resource.bool("enable_cross_zone_load_balancing");
            Stated::plan("enable_cross_zone_load_balancing", stated).or_default(false, DEFAULT)
        }
        Attr::Unknown(why) => Stated::plan("load_balancer_type", Attr::Unknown(why)),
        _ => Stated::plan("load_balancer_type", Attr::Unknown(Why::Malformed)),
    }
}

/// Application balancers wait 60 seconds for a byte of the answer. Network balancers know of connections and of no answers: nobody
/// waits in them for one.
///
/// Source: Elastic Load Balancing, Application Load Balancers guide, connection idle timeout, read 2026-11-29.
fn idle(reader: &Reader<'_, '_>, resource: &Resource<'_>) -> Option<Stated<u64>> {
    const DEFAULT: &str = "60 s, Application Load Balancers guide, connection idle timeout";
    match resource.text("load_balancer_type").or_default("application".into()) {
        Attr::Set(kind) if kind == "application" => Some(reader.span("idle_timeout", 1_000, 60_000, DEFAULT)),
        Attr::Unknown(why) => Some(Stated::plan("load_balancer_type", Attr::Unknown(why))),
        _ => None,
    }
}

/// Whether its name leads to the addresses of all zones alike: the default. API reference of `LoadBalancerAttribute`,
/// `dns_record.client_routing_policy`, read 2026-11-29.
fn alike(resource: &Resource<'_>) -> Attr<bool> {
    let policy = resource.text("dns_record_client_routing_policy").or_default("any_availability_zone".into());
    policy.map(|policy| policy == "any_availability_zone")
}
