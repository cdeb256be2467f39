//! `aws_elasticache_replication_group`: a cache with replicas, in one or several shards.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Availability, Datastore, DatastoreKind, Facts, Part, Relation};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_replication_group",
    mode: Mode::Managed,
    noun: "ElastiCache replication group",
    describe,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "replication_group_id", "arn", "primary_endpoint_address", "configuration_endpoint_address"]);
    reader.readers("reader_endpoint_address");
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.link(Relation::PlacedBy, "subnet_group_name");
    let nodes = resource.int("num_cache_clusters").or(resource.int("number_cache_clusters"));
    let replicas = resource.int("replicas_per_node_group");
    let shards = resource.int("num_node_groups");
    // Default 1 node: API reference of CreateReplicationGroup, NumCacheClusters.
    let nodes = nodes.or(replicas.map(|replicas| replicas + 1)).or(shards.map(|_| 1)).or_default(1);
    let availability = nodes.map(|nodes| if nodes > 1 { Availability::MultiZone } else { Availability::SingleZone });
    let zones =
        resource.chosen("preferred_cache_cluster_azs", resource.body.get("preferred_cache_cluster_azs").texts());
    let zone = match zones {
        Attr::Set(zones) => zones.into_iter().next().unwrap_or(Attr::Unset),
        Attr::Unset => Attr::Unset,
        Attr::Unknown(why) => Attr::Unknown(why),
    };
    reader.facts(cache(resource, "node_type", availability, "num_cache_clusters", zone))
}

/// A cache, as far as all kinds of them are alike.
pub(super) fn cache(
    resource: &Resource<'_>,
    class: &str,
    availability: Attr<Availability>,
    availability_attribute: &'static str,
    zone: Attr<Text>,
) -> Part {
    Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Cache,
        engine: resource.text("engine"),
        class: resource.text(class),
        availability,
        availability_attribute,
        zone,
        port: resource.int("port"),
        database: None,
    }))
}
