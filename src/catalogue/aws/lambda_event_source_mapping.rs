//! `aws_lambda_event_source_mapping`: takes work from a queue or a stream and calls a function with it.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{Consumer, Facts, Part, Relation, SourceKind, Stated, Tariff};
use crate::model::{Attr, Mode, Provenance, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_event_source_mapping",
    mode: Mode::Managed,
    noun: "event source mapping",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.top(Relation::Calls, "function_name", ONE, |name| function_of(&name));
    reader.link(Relation::ReadsFrom, "event_source_arn");
    for failed in resource.body.blocks("destination_config").iter().flat_map(|all| all.blocks("on_failure")) {
        reader.within(Relation::FailsTo, "destination_config.on_failure.destination_arn", ONE, &failed);
    }
    let scaling = resource.body.block("scaling_config");
    // Only records of a stream have a position to start from, and only Kafka has topics.
    let queue = resource.text("starting_position").is_unset() && resource.body.get("topics").presence().is_unset();
    let pollers = resource.body.block("provisioned_poller_config").filter(|_| queue);
    let consumer = Consumer {
        concurrency: match pollers {
            Some(pollers) => by_pollers(pollers.int("maximum_pollers").and_then(unsigned)),
            None => Stated::plan(
                "scaling_config.maximum_concurrency",
                scaling.map_or(Attr::Unset, |scaling| scaling.int("maximum_concurrency").and_then(unsigned)),
            ),
        },
        per_shard: per_shard(resource),
        // Default true: provider documentation of aws_lambda_event_source_mapping, 2026-11.
        enabled: Stated::plan("enabled", resource.bool("enabled").or_default(true)),
        gathers: reader.span(
            "maximum_batching_window_in_seconds",
            1_000,
            0,
            "0 s, AWS Lambda API reference, CreateEventSourceMapping",
        ),
        reads: if queue { SourceKind::Queue } else { SourceKind::Stream },
    };
    reader.facts(Part::Consumer(Box::new(consumer)))
}

/// How many calls at a time each shard makes; states may hold 0 for what nobody set.
fn per_shard(resource: &Resource<'_>) -> Stated<u64> {
    const DEFAULT: &str = "AWS Lambda API reference, CreateEventSourceMapping, ParallelizationFactor";
    let set = resource.int("parallelization_factor").and_then(unsigned);
    let set = if set == Attr::Set(0) { Attr::Unset } else { set };
    Stated::plan("parallelization_factor", set).or_default(1, DEFAULT)
}

/// How many calls at a time the pollers of a queue make: up to 10 each, and 200 pollers unless it is said: AWS Lambda developer
/// guide, provisioned mode, and its API reference, `ProvisionedPollerConfig`; read 2026-11-25.
fn by_pollers(pollers: Attr<u64>) -> Stated<u64> {
    Stated {
        value: pollers.or_default(200).map(|pollers| pollers.saturating_mul(10)),
        attribute: "provisioned_poller_config.maximum_pollers",
        source: Provenance::Default(
            "up to 10 calls at a time for each poller, AWS Lambda developer guide, provisioned mode",
        ),
        unit: 0,
    }
}
