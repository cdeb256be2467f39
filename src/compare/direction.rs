//! Which way a number of a finding goes: whether more of it is bad or good. Its meaning stands in `docs/json.md`. Of what is not
//! listed here it depends, and nothing is claimed.

use super::change::Effect;
use super::side::SideMeasure;

/// Of these more is worse.
const DAMAGE: &[(&str, &[&str])] = &[
    ("arm-alternative", &["resources"]),
    ("burstable-datastore", &["units", "workloads"]),
    ("connection-exhaustion", &["desired", "redeploy", "maximum", "rollout"]),
    ("cross-region-dependency", &["calls"]),
    ("endpoint-zone-gap", &["workloads", "missing_zones"]),
    ("http1-internal-hop", &["callers"]),
    ("implicit-connection-pool", &["unit", "rollout"]),
    ("incomplete-slo", &["missing_fields", "wrong_values"]),
    ("local-file-state", &["maximum"]),
    ("local-lock", &["maximum"]),
    ("local-session-store", &["maximum"]),
    ("missing-circuit-breaker", &["tries"]),
    ("missing-session-store", &["maximum"]),
    ("missing-vpc-endpoint", &["workloads", "subnets", "zones"]),
    ("on-demand-batch", &["queues", "jobs"]),
    ("oversized-connection-pool", &["pool", "unit", "maximum"]),
    ("previous-generation-volume", &["disks"]),
    ("proxy-overcommit", &["poolers", "percent", "opened"]),
    ("queue-blind-worker", &["sources"]),
    ("retired-service-mesh", &["parts", "workloads"]),
    ("shard-bound-consumer", &["calls"]),
    ("shared-concurrency", &["called", "calls"]),
    ("shared-nat", &["zones", "subnets", "workloads"]),
    ("shared-scaling-domain", &["entries", "sources"]),
    ("single-zone-workload", &["units"]),
    ("sticky-session", &["workloads", "maximum"]),
    ("uneven-zone-balancing", &["unserved_zones", "empty_zones", "excess_percent"]),
    ("unattached-volume", &["gigabytes"]),
    ("ungated-load-test", &["problems"]),
    ("unmeshed-service-chain", &["balancers"]),
    ("unpooled-function", &["functions", "maximum"]),
    ("unreachable-interface-endpoint", &["workloads"]),
    ("unreplicated-session-store", &["users"]),
    ("unrouted-gateway-endpoint", &["workloads", "subnets", "route_tables"]),
    ("unsafe-max-connections", &["limit_low", "limit_high"]),
    ("zone-split-datastore", &["callers", "caller_zones"]),
    ("zone-split-storage", &["users", "user_zones", "missing_zones"]),
];

/// Of these more is better.
const ROOM: &[(&str, &[&str])] = &[
    ("connection-exhaustion", &["limit_low", "limit_high", "usable_low", "usable_high"]),
    ("endpoint-zone-gap", &["zones"]),
    ("io-starved-storage", &["operations_carried", "operations_in_bursts", "megabytes_carried", "megabytes_in_bursts"]),
    ("oversized-connection-pool", &["useful"]),
    ("proxy-overcommit", &["accepted"]),
    ("shard-bound-consumer", &["bound"]),
    ("shared-concurrency", &["pool"]),
    ("shared-nat", &["gateways"]),
    ("single-instance-api", &["minimum"]),
    ("single-zone-workload", &["zones"]),
    ("unpooled-function", &["usable_low", "usable_high"]),
    ("unsafe-max-connections", &["carried_low", "carried_high"]),
    ("zone-split-datastore", &["datastore_zones"]),
];

/// What it means that a number of a rule has become another.
pub(super) fn effect(rule: &str, name: &str, from: Option<SideMeasure>, to: Option<SideMeasure>) -> Effect {
    let (Some(from), Some(to)) = (from, to) else { return Effect::Open };
    let is_in = |table: &[(&str, &[&str])]| table.iter().any(|(known, names)| *known == rule && names.contains(&name));
    match (is_in(DAMAGE), is_in(ROOM)) {
        (true, _) if to > from => Effect::Worse,
        (true, _) => Effect::Better,
        (_, true) if to < from => Effect::Worse,
        (_, true) => Effect::Better,
        (false, false) => Effect::Open,
    }
}

/// Both tables as rule and name, to be held against the documentation.
#[cfg(test)]
pub(crate) fn table() -> impl Iterator<Item = (&'static str, &'static str)> {
    DAMAGE.iter().chain(ROOM).flat_map(|(rule, names)| names.iter().map(|name| (*rule, *name)))
}
