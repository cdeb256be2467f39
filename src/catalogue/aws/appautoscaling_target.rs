//! `aws_appautoscaling_target`: registers something for scaling, within bounds.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Field, Part, Relation, ScalableTarget, Tariff};
use crate::model::{Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appautoscaling_target",
    mode: Mode::Managed,
    noun: "scalable target",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["resource_id"]);
    reader.top(Relation::Scales, "resource_id", ONE, |id| scaled(&id));
    let dimension = resource.text("scalable_dimension");
    // By its namespace, a table or a cache: what it scales is no workload.
    if dimension
        .known()
        .is_some_and(|dimension| dimension.starts_with("dynamodb:") || dimension.starts_with("elasticache:"))
    {
        reader.top(Relation::Sizes, "resource_id", ONE, |id| sized(&id));
    }
    let target = ScalableTarget {
        minimum: reader.count("min_capacity"),
        maximum: reader.count("max_capacity"),
        counts_units: dimension.known().is_some_and(|dimension| dimension == "ecs:service:DesiredCount"),
    };
    reader.facts(Part::Scalable(Box::new(target)))
}

/// What a resource identifier names: `service/shop/api` is the service `api` in the cluster `shop`.
pub(super) fn scaled(id: &str) -> Text {
    let name = id.split_once('/').map_or(id, |(_, name)| name);
    name.strip_prefix("cluster:").unwrap_or(name).into()
}

/// What an identifier of a table, of an index of one, or of a cache names: `table/orders/index/by-day` is the table `orders`.
fn sized(id: &str) -> Text {
    let name = id.split_once('/').map_or(id, |(_, name)| name);
    name.split_once("/index/").map_or(name, |(table, _)| table).into()
}

/// Nothing is billed for it; what it scales is, within these bounds.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("resource_id"),
        Field::text("scalable_dimension"),
        Field::number("min_capacity"),
        Field::number("max_capacity"),
    ],
    ..Tariff::FREE
};
