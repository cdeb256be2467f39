//! `aws_elasticache_cluster`: a cache on one or several nodes.

use super::elasticache_replication_group::cache;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Availability, Facts, Part, Relation};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_elasticache_cluster", mode: Mode::Managed, noun: "ElastiCache cluster", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "cluster_id", "arn", "cluster_address", "configuration_endpoint"]);
    for node in resource.body.blocks("cache_nodes") {
        if let Attr::Set(address) = node.text("address") {
            reader.name(address);
        }
    }
    // A member of a replication group is a part of that.
    if !resource.text("replication_group_id").is_unset() {
        reader.top(Relation::NameOf, "replication_group_id", ONE, |id| id);
        return reader.facts(Part::Alias);
    }
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.link(Relation::PlacedBy, "subnet_group_name");
    let spread = resource.text("az_mode") == Attr::Set(Text::from("cross-az"));
    let availability = if spread { Availability::MultiZone } else { Availability::SingleZone };
    let zone = resource.text("availability_zone");
    reader.facts(cache(resource, "node_type", Attr::Set(availability), "num_cache_nodes", zone))
}
