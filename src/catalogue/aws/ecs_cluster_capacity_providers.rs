//! `aws_ecs_cluster_capacity_providers`: the machines that a cluster may use.

use super::shared::machines::STRATEGY;
use super::shared::markets::{self, Says};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Capacity, Facts, Field, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecs_cluster_capacity_providers",
    mode: Mode::Managed,
    noun: "ECS capacity providers",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::InCluster, "cluster_name");
    let strategy = resource.body.blocks("default_capacity_provider_strategy");
    for (slot, provider) in strategy.iter().enumerate() {
        if !is_serverless(&provider.text("capacity_provider")) {
            reader.within(
                Relation::RunsOn,
                "default_capacity_provider_strategy.capacity_provider",
                MANY.slot(slot),
                provider,
            );
        }
    }
    let says = Says { launch: DEFAULT, strategy: DEFAULT, billed: false };
    reader.market(markets::containers(&Attr::Unset, resource.body.get(DEFAULT), &says));
    let serverless =
        !strategy.is_empty() && strategy.iter().all(|provider| is_serverless(&provider.text("capacity_provider")));
    reader.facts(Part::Capacity(Capacity { serverless, needs: Vec::new() }))
}

const DEFAULT: &str = "default_capacity_provider_strategy";

/// Whether a capacity provider is AWS's own.
pub(super) fn is_serverless(name: &Attr<crate::model::Text>) -> bool {
    matches!(name, Attr::Set(name) if name == "FARGATE" || name == "FARGATE_SPOT")
}

/// It costs nothing; what it says counts for the cluster's services.
static TARIFF: Tariff =
    Tariff { reads: &[Field::blocks("default_capacity_provider_strategy", STRATEGY)], ..Tariff::FREE };
