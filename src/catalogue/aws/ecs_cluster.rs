//! `aws_ecs_cluster`: where containers run together.

use super::shared::machines::STRATEGY;
use super::shared::markets::{self, Says};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Field, Near, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecs_cluster", mode: Mode::Managed, noun: "ECS cluster", describe, tariff: &TARIFF };

const DEFAULT: &str = "default_capacity_provider_strategy";

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let strategy = resource.body.get(DEFAULT);
    if !strategy.visible_blocks().is_empty() {
        let says = Says { launch: DEFAULT, strategy: DEFAULT, billed: false };
        reader.market(markets::containers(&Attr::Unset, strategy, &says));
    }
    reader.facts(Part::Cluster)
}

/// It costs nothing; where its services run that do not say so, its own strategy says.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("default_capacity_provider_strategy", STRATEGY)],
    near: &[Near::From(Relation::InCluster)],
    ..Tariff::FREE
};
