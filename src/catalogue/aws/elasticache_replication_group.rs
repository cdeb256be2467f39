//! `aws_elasticache_replication_group`: a cache with replicas, in one or several shards.

use super::shared::billing::{said, text};
use super::shared::cache::{backups, lasting, nodes};
use super::shared::scaled::scaled;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Availability, Charge, Datastore, DatastoreKind, Facts, Field, Lasting, Lines, Loss, Near, Part, Quantity, Relation,
    Site, Tariff, UsageKey, Value,
};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_replication_group",
    mode: Mode::Managed,
    noun: "ElastiCache replication group",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["primary_endpoint_address", "configuration_endpoint_address"]);
    reader.labels(&["id", "replication_group_id", "arn"]);
    reader.readers("reader_endpoint_address");
    reader.links(Relation::GuardedBy, "security_group_ids");
    super::elasticache_subnet_group::link(&mut reader);
    let nodes = resource.int("num_cache_clusters").or(resource.int("number_cache_clusters"));
    let replicas = resource.int("replicas_per_node_group");
    let shards = resource.int("num_node_groups");
    // Default 1 node: API reference of CreateReplicationGroup, NumCacheClusters.
    let nodes = nodes.or(replicas.map(|replicas| replicas + 1)).or(shards.clone().map(|_| 1)).or_default(1);
    let zones =
        resource.chosen("preferred_cache_cluster_azs", resource.body.get("preferred_cache_cluster_azs").texts());
    let (zone, pinned) = match zones {
        Attr::Set(zones) => {
            let same = zones.windows(2).all(|pair| matches!(pair, [Attr::Set(a), Attr::Set(b)] if a == b));
            (zones.into_iter().next().unwrap_or(Attr::Unset), same)
        }
        Attr::Unset => (Attr::Unset, false),
        Attr::Unknown(why) => (Attr::Unknown(why), false),
    };
    let value = nodes.known().map_or_else(Text::default, |nodes| Text::from(nodes.to_string()));
    let pinned = pinned && zone.known().is_some();
    let named = !pinned && zone.known().is_some();
    let availability = nodes.clone().and_then(|nodes| match resource.bool("multi_az_enabled").or_default(false) {
        _ if nodes <= 1 || pinned => Attr::Set(Availability::SingleZone),
        // Unless it is told to spread them, the system chooses: API reference of CreateReplicationGroup, MultiAZEnabled
        // and PreferredCacheClusterAZs.
        Attr::Set(multi) => Attr::Set(if multi || named { Availability::MultiZone } else { Availability::Chosen }),
        Attr::Unset => Attr::Set(Availability::Chosen),
        Attr::Unknown(_) if named => Attr::Set(Availability::MultiZone),
        Attr::Unknown(why) => Attr::Unknown(why),
    });
    let attribute = match (resource.int("replicas_per_node_group"), pinned) {
        (_, true) => "preferred_cache_cluster_azs",
        (Attr::Set(_), false) => "replicas_per_node_group",
        _ => "num_cache_clusters",
    };
    let value = match (attribute, &zone) {
        ("preferred_cache_cluster_azs", Attr::Set(zone)) => format!("{zone} only").into(),
        ("replicas_per_node_group", _) => resource.text("replicas_per_node_group").into_known().unwrap_or_default(),
        _ => value,
    };
    let sharded = matches!(shards, Attr::Set(shards) if shards > 1);
    let wider = if sharded {
        "a replica of each shard in another zone (replicas_per_node_group), with automatic_failover_enabled and \
         multi_az_enabled"
    } else {
        "two nodes or more in different zones, with automatic_failover_enabled and multi_az_enabled"
    };
    let apart = sharded.then_some("shard");
    let writing = if zone.is_unset() { widening(resource, &nodes) } else { Vec::new() };
    let part = cache(resource, "node_type", (availability, attribute, value, wider), zone, apart, writing);
    reader.facts(lasting(part, loss(resource, &nodes)))
}

/// What it loses with its primary node. A replica takes its place where automatic failover is on, which it is not by default.
///
/// Source: Amazon `ElastiCache` user guide, resilience, mitigating failures; API reference of `CreateReplicationGroup`,
/// `AutomaticFailoverEnabled`; read 2026-11-29.
fn loss(resource: &Resource<'_>, nodes: &Attr<i64>) -> Lasting {
    let by_shard = !resource.int("replicas_per_node_group").is_unset() || !resource.int("num_node_groups").is_unset();
    let (attribute, more) =
        if by_shard { ("replicas_per_node_group", Decimal::ONE) } else { ("num_cache_clusters", Decimal::TWO) };
    match (nodes, resource.bool(FAILOVER).or_default(false)) {
        (Attr::Set(nodes), _) if *nodes <= 1 => Lasting {
            what: Attr::Set(Loss::Lost),
            attribute,
            value: if by_shard { "0".into() } else { nodes.to_string().into() },
            remedy: if by_shard {
                "set replicas_per_node_group to 1 and automatic_failover_enabled to true"
            } else {
                "set num_cache_clusters to 2 and automatic_failover_enabled to true"
            },
            change: Some((attribute, Value::Number(more))),
            writing: with_failover(replicas(resource, 1)),
        },
        (Attr::Set(_), Attr::Set(false)) => Lasting {
            what: Attr::Set(Loss::Stranded),
            attribute: FAILOVER,
            value: "false".into(),
            remedy: "set automatic_failover_enabled to true",
            change: None,
            writing: vec![(FAILOVER, Value::Flag(true))],
        },
        (Attr::Unknown(why), _) => Lasting::open(attribute, *why),
        (_, Attr::Unknown(why)) => Lasting::open(FAILOVER, why),
        _ => Lasting::kept(FAILOVER, "true"),
    }
}

const FAILOVER: &str = "automatic_failover_enabled";

/// What is to be written so that it has `nodes` and a replica at least; nothing where it cannot be told how it is written now: the
/// provider shows both spellings once it exists, and refuses both together.
fn replicas(resource: &Resource<'_>, nodes: i64) -> Option<(&'static str, Value)> {
    let is_written = |attribute| !resource.int(attribute).is_unset() && !resource.leaves_open(attribute);
    let by_shard = is_written("replicas_per_node_group") || is_written("num_node_groups");
    let by_node = is_written("num_cache_clusters");
    let is_older = is_written("number_cache_clusters") || !resource.body.get("cluster_mode").presence().is_unset();
    match (by_shard, by_node) {
        _ if is_older || (by_shard && by_node) => None,
        (true, _) => Some(("replicas_per_node_group", Value::Number(Decimal::from((nodes - 1).max(1))))),
        (false, _) => Some(("num_cache_clusters", Value::Number(Decimal::from(nodes.max(2))))),
    }
}

fn with_failover(replicas: Option<(&'static str, Value)>) -> Vec<(&'static str, Value)> {
    replicas.into_iter().flat_map(|replicas| [replicas, (FAILOVER, Value::Flag(true))]).collect()
}

/// What is to be written so that it stands in several zones.
fn widening(resource: &Resource<'_>, nodes: &Attr<i64>) -> Vec<(&'static str, Value)> {
    let Attr::Set(nodes) = nodes else { return Vec::new() };
    let mut all = with_failover(replicas(resource, *nodes));
    if !all.is_empty() {
        all.push(("multi_az_enabled", Value::Flag(true)));
    }
    all
}

/// A cache, as far as all kinds of them are alike.
pub(super) fn cache(
    resource: &Resource<'_>,
    class: &str,
    (availability, availability_attribute, availability_value, wider): (
        Attr<Availability>,
        &'static str,
        Text,
        &'static str,
    ),
    zone: Attr<Text>,
    apart: Option<&'static str>,
    widening: Vec<(&'static str, Value)>,
) -> Part {
    // One more node for each that stands alone.
    let widened = match availability_attribute {
        "num_cache_clusters" | "num_cache_nodes" => Some((availability_attribute, Value::Number(Decimal::TWO))),
        "replicas_per_node_group" | "num_replicas_per_shard" => {
            Some((availability_attribute, Value::Number(Decimal::ONE)))
        }
        _ => None,
    };
    Part::Datastore(Box::new(Datastore {
        kind: DatastoreKind::Cache,
        engine: resource.text("engine"),
        class: resource.text(class),
        availability,
        availability_attribute,
        availability_value,
        wider,
        widened,
        widening,
        apart,
        zone,
        public: Attr::Unset,
        forwards: None,
        port: resource.int("port"),
        database: None,
        lasting: None,
    }))
}

/// Billed by the node and hour: so many nodes, or so many in each shard; and by the copies that are kept.
///
/// Source: Amazon `ElastiCache` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("node_type"),
        Field::text("engine"),
        Field::number("num_cache_clusters"),
        Field::number("number_cache_clusters"),
        Field::number("num_node_groups"),
        Field::number("replicas_per_node_group"),
        Field::blocks("cluster_mode", &[Field::number("num_node_groups"), Field::number("replicas_per_node_group")]),
        Field::number("snapshot_retention_limit"),
    ],
    near: &[Near::From(Relation::Sizes)],
    usage: &[UsageKey { key: "snapshot_storage_size_gb", meaning: "GB of one snapshot of all shards" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let kind = said(site.own().text("node_type").map(Clone::clone), "node_type");
    // Default redis: documentation of the provider, engine.
    nodes(lines, &kind, &text(site.own(), "engine", "redis"), number(site));
    backups(site, lines, "aws_elasticache_replication_group/Backup storage");
}

/// How many nodes there are, and whether that follows the load.
fn number(site: &Site<'_>) -> (Quantity, bool) {
    let own = site.own();
    // Before version 4 of the provider, shards stood in a block, and nodes had another name.
    let mode = own.block("cluster_mode");
    let of_mode = |name: &str| mode.clone().and_then(|mode| mode.number(name));
    let shards = own.number("num_node_groups").or(of_mode("num_node_groups"));
    let replicas = own.number("replicas_per_node_group").or(of_mode("replicas_per_node_group"));
    let nodes = own.number("num_cache_clusters").or(own.number("number_cache_clusters"));
    let (groups, shards_scale) = scaled(
        site,
        "elasticache:replication-group:NodeGroups",
        None,
        // Default 1 shard: API reference of CreateReplicationGroup, NumNodeGroups.
        Quantity::of("num_node_groups", &shards.clone().or_default(1.into())),
    );
    let (each, replicas_scale) = scaled(
        site,
        "elasticache:replication-group:Replicas",
        None,
        // Default none: documentation of the provider, replicas_per_node_group.
        Quantity::of("replicas_per_node_group", &replicas.clone().or_default(0.into())),
    );
    let scales = shards_scale || replicas_scale;
    if !scales && shards.is_unset() && replicas.is_unset() && !nodes.is_unset() {
        return (Quantity::of("num_cache_clusters", &nodes), false);
    }
    (groups.times(one_more(each)), scales)
}

/// Its replicas, and the primary.
fn one_more(replicas: Quantity) -> Quantity {
    match replicas {
        Quantity::Known(amounts) => amounts.map(|replicas| replicas + Decimal::ONE).into(),
        other => other,
    }
}
