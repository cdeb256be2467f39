//! `aws_elasticache_cluster`: a cache on one or several nodes.

use super::elasticache_replication_group::cache;
use super::shared::billing::{count, said, text};
use super::shared::cache::{backups, lasting, nodes};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Availability, Charge, DatabaseMember, Facts, Field, Lasting, Lines, Loss, Near, Part, Relation, Site, Tariff,
    UsageKey, Value,
};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_cluster",
    mode: Mode::Managed,
    noun: "ElastiCache cluster",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["cluster_address", "configuration_endpoint"]);
    reader.labels(&["id", "cluster_id", "arn"]);
    for node in resource.body.blocks("cache_nodes") {
        if let Attr::Set(address) = node.text("address") {
            reader.name(address);
        }
    }
    // A member of a replication group is one more machine of that.
    if is_member(resource) {
        reader.link(Relation::MemberOf, "replication_group_id");
        return reader.facts(Part::DatabaseMember(Box::new(DatabaseMember {
            class: resource.text("node_type"),
            class_attribute: "node_type",
            zone: resource.text("availability_zone"),
            public: Attr::Unset,
            limit: Attr::Unset,
        })));
    }
    reader.links(Relation::GuardedBy, "security_group_ids");
    super::elasticache_subnet_group::link(&mut reader);
    let spread = resource.text("az_mode") == Attr::Set(Text::from("cross-az"));
    let availability = if spread { Availability::MultiZone } else { Availability::SingleZone };
    let zone = resource.text("availability_zone");
    let memcached = resource.text("engine") == Attr::Set(Text::from("memcached"));
    let nodes = resource.text("num_cache_nodes").into_known().unwrap_or_else(|| "1".into());
    let (attribute, value, wider) = if memcached {
        ("az_mode", Text::from(format!("single-az, {nodes} nodes")), "az_mode = \"cross-az\" with two nodes or more")
    } else {
        ("num_cache_nodes", nodes, "a replication group with a replica in another zone instead, and automatic failover")
    };
    let part = cache(resource, "node_type", (Attr::Set(availability), attribute, value, wider), zone, None, Vec::new());
    reader.facts(lasting(part, loss(resource)))
}

/// What it loses with a node: all that lies on that. Memcached keeps no copies, and a lone node of another engine has none.
///
/// Source: Amazon `ElastiCache` user guide, resilience, mitigating failures, read 2026-11-29.
fn loss(resource: &Resource<'_>) -> Lasting {
    const INSTEAD: &str = "use a replication group of two nodes with automatic failover instead";
    match resource.text("engine") {
        Attr::Unknown(why) => Lasting::open("engine", why),
        Attr::Set(engine) if engine == "memcached" => Lasting {
            what: Attr::Set(Loss::Lost),
            attribute: "engine",
            value: engine,
            remedy: "use a replication group of Redis or Valkey with two nodes and automatic failover instead",
            change: None,
            writing: Vec::new(),
        },
        _ => Lasting {
            what: Attr::Set(Loss::Lost),
            attribute: "num_cache_nodes",
            value: resource.text("num_cache_nodes").into_known().unwrap_or_else(|| "1".into()),
            remedy: INSTEAD,
            // Two of the same nodes cost the same in a group.
            change: Some(("num_cache_nodes", Value::Number(Decimal::TWO))),
            writing: Vec::new(),
        },
    }
}

/// Whether it is a member of a replication group. The group decides the nodes' type then; a value that nobody set is the
/// provider's echo.
fn is_member(resource: &Resource<'_>) -> bool {
    match resource.body.text("replication_group_id") {
        Attr::Set(id) => !id.is_empty() && !resource.leaves_open("replication_group_id"),
        Attr::Unset => false,
        Attr::Unknown(_) => {
            resource.configured.is_some()
                && !resource.leaves_open("replication_group_id")
                && resource.leaves_open("node_type")
        }
    }
}

/// Billed by the node and hour, and by the copies that are kept; as a member of a replication group, as one more node of that.
///
/// Source: Amazon `ElastiCache` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("node_type"),
        Field::text("engine"),
        Field::number("num_cache_nodes"),
        Field::number("snapshot_retention_limit"),
        Field::text("replication_group_id"),
    ],
    near: &[Near::To(Relation::MemberOf)],
    usage: &[UsageKey { key: "snapshot_storage_size_gb", meaning: "GB of one snapshot" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let group = match site.one(Near::To(Relation::MemberOf)) {
        Ok(group) => group,
        // Its node type is the group's, which cannot be seen.
        Err(why) => return nodes(lines, &Err(why), &Ok("redis".into()), (1.into(), false)),
    };
    if let Some(group) = group {
        let kind = said(group.own().text("node_type").map(Clone::clone), "node_type of its replication group");
        return nodes(lines, &kind, &text(group.own(), "engine", "redis"), (1.into(), false));
    }
    if !own.text("replication_group_id").is_unset() {
        let why = Err("its replication group is not in this plan".to_owned());
        return nodes(lines, &why, &Ok("redis".into()), (1.into(), false));
    }
    let kind = said(own.text("node_type").map(Clone::clone), "node_type");
    let engine = said(own.text("engine").map(Clone::clone), "engine");
    // Default 1: documentation of the provider, num_cache_nodes.
    nodes(lines, &kind, &engine, (count(own, "num_cache_nodes", 1), false));
    if engine.as_ref().is_ok_and(|engine| *engine != "memcached") {
        backups(site, lines, "aws_elasticache_cluster/Backup storage");
    }
}
