//! `aws_memorydb_cluster`: a datastore in memory, in one or several shards.

use super::elasticache_replication_group::cache;
use super::memorydb_subnet_group::spell;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Availability, Facts, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_memorydb_cluster",
    mode: Mode::Managed,
    noun: "MemoryDB cluster",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["cluster_endpoint"]);
    reader.labels(&["id", "name", "arn"]);
    for endpoint in resource.body.blocks("cluster_endpoint") {
        if let Attr::Set(address) = endpoint.text("address") {
            reader.name(address);
        }
    }
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.top(Relation::PlacedBy, "subnet_group_name", ONE, |name| spell(&name));
    // Whatever has a replica is spread over zones; only shards of a single node stand in one: Amazon MemoryDB developer guide,
    // choosing regions and availability zones, read 2026-11-25.
    let replicas = resource.int("num_replicas_per_shard");
    let availability =
        replicas.map(|replicas| if replicas > 0 { Availability::MultiZone } else { Availability::SingleZone });
    let value = resource.text("num_replicas_per_shard").into_known().unwrap_or_default();
    let sharded = matches!(resource.int("num_shards"), Attr::Set(shards) if shards > 1);
    let wider = "a replica of each shard (num_replicas_per_shard = 1)";
    let spread = (availability, "num_replicas_per_shard", value, wider);
    reader.facts(cache(resource, "node_type", spread, Attr::Unset, sharded.then_some("shard")))
}
