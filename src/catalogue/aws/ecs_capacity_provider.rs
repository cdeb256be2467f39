//! `aws_ecs_capacity_provider`: ties a cluster's containers to a group of machines.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Caller, Capacity, Facts, Need, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecs_capacity_provider",
    mode: Mode::Managed,
    noun: "ECS capacity provider",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    for provider in resource.body.blocks("auto_scaling_group_provider") {
        reader.within(Relation::MachinesOf, "auto_scaling_group_provider.auto_scaling_group_arn", ONE, &provider);
    }
    reader.facts(Part::Capacity(Capacity {
        serverless: false,
        needs: agent("auto_scaling_group_provider.auto_scaling_group_arn"),
    }))
}

/// What the agent on each container machine calls: Amazon ECS developer guide, interface VPC endpoints (awsdocs 49232cf),
/// read 2026-11-23. Fargate needs none of it.
pub(super) fn agent(attribute: &'static str) -> Vec<Need> {
    [&services::ECS, &services::ECS_AGENT, &services::ECS_TELEMETRY]
        .map(|service| Need {
            service,
            certain: true,
            caller: Caller::Code,
            attribute,
            value: "a container machine".into(),
            why: "the ECS agent runs on its machines",
            chatter: true,
            vital: true,
            by_gateway: false,
        })
        .to_vec()
}
