//! `aws_scheduler_schedule`: sets something off by the clock.

use super::cloudwatch_event_rule::{every, is_frequent, keeps_warm, works};
use super::cloudwatch_event_target::run_task;
use super::lambda_function::function_of;
use super::shared::markets::{self, Says};
use super::shared::meter;
use super::shared::revisions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader, link_value};
use crate::facts::{
    Charge, EventTarget, Facts, Field, Lines, Part, Quantity, Relation, Site, Source, SourceKind, Tariff,
};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_scheduler_schedule", mode: Mode::Managed, noun: "schedule", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    let mut warms = keeps_warm(&resource.text("name"));
    for target in resource.body.blocks("target") {
        if let Some(task) = target.block("ecs_parameters") {
            reader.within(Relation::InCluster, "target.arn", ONE, &target);
            let how = ONE.at(revisions::of_task(&task.text("task_definition_arn")));
            reader.within(Relation::UsesTemplate, "target.ecs_parameters.task_definition_arn", how, &task);
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
            let strategy = task.get("capacity_provider_strategy");
            reader.market(markets::containers(&task.text("launch_type"), strategy, &SAYS));
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

const SAYS: Says = Says {
    launch: "target.ecs_parameters.launch_type",
    strategy: "target.ecs_parameters.capacity_provider_strategy",
    billed: false,
};

/// By the start; a rate tells how often that is. Those that an account has for nothing are not taken off.
///
/// Source: Amazon EventBridge pricing, scheduler, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("schedule_expression"), Field::text("state")],
    usage: &[meter::key("monthly_invocations", "starts in a month, where the schedule has no rate")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let said = site.usage("monthly_invocations");
    let starts = match (meter::word(own, "state", "ENABLED"), meter::word(own, "schedule_expression", "")) {
        (Ok("DISABLED"), _) => Quantity::from(0),
        (Ok(_), Ok(expression)) => match (said, meter::starts(expression)) {
            (None, Some(starts)) => Quantity::from(meter::share(starts, 1_000_000)),
            (said, _) => Quantity::Used(meter::per(said, 1_000_000)),
        },
        (Err(why), _) | (_, Err(why)) => Quantity::Unknown(why),
    };
    lines.monthly("Invocations", "1M invocations", "aws_scheduler_schedule/Invocations", starts);
}
