//! `aws_memorydb_cluster`: a datastore in memory, in one or several shards.

use super::elasticache_replication_group::cache;
use super::memorydb_subnet_group::spell;
use super::shared::billing::{count, given, said, text};
use super::shared::cache::lasting;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{
    Availability, Charge, Facts, Field, Lasting, Lines, Quantity, Relation, Site, Tariff, UsageKey, Value,
};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_memorydb_cluster", mode: Mode::Managed, noun: "MemoryDB cluster", describe, tariff: &TARIFF };

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
    let writing = vec![("num_replicas_per_shard", Value::Number(Decimal::ONE))];
    let part = cache(resource, "node_type", spread, Attr::Unset, sharded.then_some("shard"), writing);
    // What is written lies in a log over several zones, whatever becomes of its nodes: Amazon MemoryDB developer guide, what is
    // MemoryDB, read 2026-11-29.
    reader.facts(lasting(part, Lasting::kept("arn", "writes to a log over several zones")))
}

/// Billed by the node and hour, by what is written, and by the copies that are kept.
///
/// Source: Amazon `MemoryDB` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("node_type"),
        Field::text("engine"),
        Field::number("num_shards"),
        Field::number("num_replicas_per_shard"),
        Field::number("snapshot_retention_limit"),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "monthly_data_written_gb", meaning: "GB written in a month" },
        UsageKey { key: "snapshot_storage_size_gb", meaning: "GB of one snapshot of all shards" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let kind = said(own.text("node_type").map(Clone::clone), "node_type");
    // Defaults redis, 1 shard, 1 replica: documentation of the provider, not looked up again.
    let engine = text(own, "engine", "redis");
    let replicas = count(own, "num_replicas_per_shard", 1);
    let each = match replicas {
        Quantity::Known(replicas) => replicas.map(|replicas| replicas + Decimal::ONE).into(),
        other => other,
    };
    let number = count(own, "num_shards", 1).times(each);
    let shown = kind.as_ref().map_or("type unknown", Text::as_str);
    let spoken = engine.as_ref().map_or("engine", Text::as_str);
    let key = format!("AmazonMemoryDB/{shown}/{spoken}");
    lines.hours(format!("MemoryDB instance (on-demand, {shown})"), key, given(&kind, given(&engine, number)));
    let written = site.usage("monthly_data_written_gb");
    lines.used("Data written", "GB", format!("aws_memorydb_cluster/Data written ({spoken})"), written);
    super::shared::cache::backups(site, lines, "aws_memorydb_cluster/Backup storage");
}
