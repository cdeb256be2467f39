//! `aws_elasticache_cluster`: a cache on one or several nodes.

use super::elasticache_replication_group::cache;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, DatabaseMember, Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_cluster",
    mode: Mode::Managed,
    noun: "ElastiCache cluster",
    describe,
    tariff: &Tariff::NONE,
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
    reader.facts(cache(resource, "node_type", (Attr::Set(availability), attribute, value, wider), zone, None))
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
