//! `aws_scheduler_schedule`: sets something off by the clock.

use super::cloudwatch_event_rule::{every, is_frequent, keeps_warm, works};
use super::cloudwatch_event_target::run_task;
use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader, link_value};
use crate::facts::{EventTarget, Facts, Part, Relation, Source, SourceKind, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_scheduler_schedule", mode: Mode::Managed, noun: "schedule", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    let mut warms = keeps_warm(&resource.text("name"));
    for target in resource.body.blocks("target") {
        if let Some(task) = target.block("ecs_parameters") {
            reader.within(Relation::InCluster, "target.arn", ONE, &target);
            reader.within(Relation::UsesTemplate, "target.ecs_parameters.task_definition_arn", ONE, &task);
            for network in task.blocks("network_configuration") {
                reader.within(
                    Relation::InSubnet,
                    "target.ecs_parameters.network_configuration.subnets",
                    MANY,
                    &network,
                );
                let groups = "target.ecs_parameters.network_configuration.security_groups";
                reader.within(Relation::GuardedBy, groups, MANY, &network);
            }
            let source = (works(resource).value != Attr::Set(false)).then_some(SourceKind::Schedule);
            return run_task(reader, &task, "target.ecs_parameters.task_count", source);
        }
        if let Some(value) = link_value(target.get("arn"), false, |arn| function_of(&arn)) {
            reader.value(Relation::DeliversTo, "target.arn", ONE, value);
        }
        warms = warms || keeps_warm(&target.text("input"));
    }
    warms = warms && is_frequent(&resource.text("schedule_expression"));
    let every = every(&resource.text("schedule_expression"));
    let source = Some(Source { works: works(resource), every, ..Source::always(SourceKind::Schedule) });
    reader.facts(Part::EventTarget(Box::new(EventTarget { source, warms })))
}
