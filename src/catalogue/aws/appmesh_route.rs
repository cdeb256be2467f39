//! `aws_appmesh_route`: which requests go to which virtual nodes.

use super::shared::mesh::{self, RETIREMENT};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, unsigned};
use crate::facts::{Facts, MeshPart, MeshRoute, Part, Relation, Stated, Tariff};
use crate::model::{Attr, Body, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_appmesh_route", mode: Mode::Managed, noun: "App Mesh route", describe, tariff: &Tariff::FREE };

/// The kinds of routes: the block, what names a virtual node in it, how often it tries again, and how long each try takes.
const KINDS: [(&str, &str, &str, &str); 4] = [
    (
        "http_route",
        "spec.http_route.action.weighted_target.virtual_node",
        "spec.http_route.retry_policy.max_retries",
        "spec.http_route.retry_policy.per_retry_timeout",
    ),
    (
        "http2_route",
        "spec.http2_route.action.weighted_target.virtual_node",
        "spec.http2_route.retry_policy.max_retries",
        "spec.http2_route.retry_policy.per_retry_timeout",
    ),
    (
        "grpc_route",
        "spec.grpc_route.action.weighted_target.virtual_node",
        "spec.grpc_route.retry_policy.max_retries",
        "spec.grpc_route.retry_policy.per_retry_timeout",
    ),
    ("tcp_route", "spec.tcp_route.action.weighted_target.virtual_node", "spec.tcp_route", "spec.tcp_route"),
];

/// A route has one of these blocks, and sends on to one virtual node or to several by weight.
///
/// Without a retry policy App Mesh may have one of its own, depending on the age of the account (AWS App Mesh user guide, Envoy
/// defaults, read 2026-11-30): then nothing is said of it.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = mesh::reader(resource);
    let spec = resource.body.block("spec").unwrap_or_default();
    let mut route = MeshRoute { retries: Stated::unset("spec"), each: Stated::unset("spec") };
    for (kind, target, retries, each) in KINDS {
        let Some(block) = spec.block(kind) else { continue };
        let targets = block.block("action").map(|action| action.blocks("weighted_target")).unwrap_or_default();
        for (slot, one) in targets.iter().enumerate() {
            reader.within(Relation::SendsTo, target, ONE.slot(slot), one);
        }
        let Some(policy) = block.block("retry_policy") else { continue };
        route.retries = Stated::plan(retries, policy.int("max_retries").and_then(unsigned));
        route.each = Stated::plan(each, policy.block("per_retry_timeout").map_or(Attr::Unset, |each| span(&each)));
    }
    let part = MeshPart { retirement: Some(&RETIREMENT), route: Some(Box::new(route)), ..MeshPart::default() };
    reader.facts(Part::Mesh(part))
}

/// A span of time in milliseconds: a number with its unit, `s` or `ms`.
fn span(block: &Body<'_>) -> Attr<u64> {
    let value = block.int("value").and_then(unsigned);
    match block.text("unit") {
        Attr::Set(unit) if unit.as_str() == "s" => value.map(|seconds| seconds.saturating_mul(1_000)),
        Attr::Unknown(why) => Attr::Unknown(why),
        Attr::Set(_) | Attr::Unset => value,
    }
}
