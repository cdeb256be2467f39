//! `aws_cloudwatch_event_target`: what a rule sets off: a function, a queue, or a task of ECS.

use super::cloudwatch_event_rule::keeps_warm;
use super::lambda_function::function_of;
use super::shared::markets::{self, Says};
use super::shared::meter;
use super::shared::revisions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader, unsigned};
use crate::facts::{
    Charge, Compute, ComputeKind, EventTarget, Facts, Field, Hosting, Lines, Part, Relation, Site, SourceKind, Stated,
    Surge, Tariff, Template,
};
use crate::model::{Attr, Body, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_event_target",
    mode: Mode::Managed,
    noun: "EventBridge target",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::RuledBy, "rule");
    if let Some(task) = resource.body.block("ecs_target") {
        reader.link(Relation::InCluster, "arn");
        let how = ONE.at(revisions::of_task(&task.text("task_definition_arn")));
        reader.within(Relation::UsesTemplate, "ecs_target.task_definition_arn", how, &task);
        for network in task.blocks("network_configuration") {
            reader.within(Relation::InSubnet, "ecs_target.network_configuration.subnets", MANY, &network);
            reader.within(Relation::GuardedBy, "ecs_target.network_configuration.security_groups", MANY, &network);
        }
        reader.market(markets::containers(&task.text("launch_type"), task.get("capacity_provider_strategy"), &SAYS));
        return run_task(reader, &task, "ecs_target.task_count", None);
    }
    for job in resource.body.blocks("batch_target") {
        reader.within(Relation::Submits, "batch_target.job_definition", ONE, &job);
    }
    reader.top(Relation::DeliversTo, "arn", ONE, |arn| function_of(&arn));
    let warms = keeps_warm(&resource.text("input")) || keeps_warm(&resource.text("target_id"));
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms })))
}

const SAYS: Says =
    Says { launch: "ecs_target.launch_type", strategy: "ecs_target.capacity_provider_strategy", billed: false };

/// A rule or a schedule that runs a task: the task is a workload that nobody else declares.
pub(super) fn run_task(
    reader: Reader<'_, '_>,
    task: &Body<'_>,
    count: &'static str,
    source: Option<SourceKind>,
) -> Facts {
    let network = task.block("network_configuration");
    // Default 1: API reference of EventBridge, EcsParameters.TaskCount.
    let tasks = Stated::plan(count, task.int("task_count").and_then(unsigned))
        .or_default(1, "Amazon EventBridge, EcsParameters.TaskCount");
    let hosting =
        task.text("launch_type").map(|kind| if kind == "FARGATE" { Hosting::Serverless } else { Hosting::Shared });
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::Task,
        unit: "task",
        minimum: Stated::plan(count, Attr::Set(0)),
        desired: tasks.clone(),
        maximum: tasks,
        surge: Surge::None,
        quota: None,
        hosting,
        size: Attr::Unset,
        public_address: network.map_or(Attr::Unset, |network| network.bool("assign_public_ip")).or_default(false),
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        own: Template::default(),
        gathers: None,
        entry: None,
        findable: None,
        source,
        needs: Vec::new(),
        likeness: 0,
        breaker: None,
    })))
}

/// What goes to services of the same account costs nothing; calls of other people's APIs and events for other buses are billed.
///
/// Source: Amazon EventBridge pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("arn")],
    usage: &[meter::key("monthly_invocations", "events in a month that go to another bus or an API")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let Attr::Set(target) = site.own().text("arn") else { return };
    let events = meter::per(site.usage("monthly_invocations"), 1_000_000);
    if target.contains(":api-destination/") {
        lines.used("API destination calls", "1M events", "aws_cloudwatch_event_target/API destination calls", events);
    } else if target.contains(":event-bus/") {
        lines.used(
            "Events for another bus",
            "1M events",
            "aws_cloudwatch_event_bus/Third-party events published",
            events,
        );
    }
}
