//! `aws_ecs_task_set`: tasks of a service that somebody else deploys.

use super::shared::machines::{STRATEGY, Shares, Task};
use super::shared::revisions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Near, Part, Quantity, Relation, Site, Tariff};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecs_task_set", mode: Mode::Managed, noun: "ECS task set", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    let how = ONE.at(revisions::of_task(&resource.text("task_definition")));
    reader.top(Relation::UsesTemplate, "task_definition", how, |name| name);
    reader.link(Relation::Beside, "service");
    reader.facts(Part::Inert)
}

/// Billed as its service's tasks would be, of which it runs a percentage.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("launch_type"),
        Field::blocks("capacity_provider_strategy", STRATEGY),
        Field::blocks("scale", &[Field::number("value")]),
    ],
    near: &[Near::To(Relation::UsesTemplate), Near::To(Relation::Beside)],
    usage: &[],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let percent = own.block("scale").and_then(|scale| scale.number("value"));
    let percent = match percent {
        Attr::Unset => Quantity::Unknown("scale.value is not set".to_owned()),
        percent => Quantity::of("scale.value", &percent.map(|percent| percent / Decimal::ONE_HUNDRED)),
    };
    let units = match site.one(Near::To(Relation::Beside)) {
        Ok(Some(service)) => service.units(),
        Ok(None) => Err("its service is not set".to_owned()),
        Err(why) => Err(why),
    };
    let tasks = Quantity::from(units).times(percent);
    let shares = match (own.blocks("capacity_provider_strategy"), own.text("launch_type")) {
        (Attr::Set(strategy), _) => Shares::of(strategy, &tasks),
        (_, Attr::Set(kind)) if kind == "FARGATE" => Shares::usual(tasks),
        (_, Attr::Set(_)) => return,
        (strategy, kind) => {
            let why = match (strategy.why_unknown(), kind.why_unknown()) {
                (Some(why), _) => format!("capacity_provider_strategy is {why}"),
                (_, Some(why)) => format!("launch_type is {why}"),
                (None, None) => "the default strategy of its cluster decides where its tasks run".to_owned(),
            };
            lines.not_priced("Fargate tasks", why);
            return;
        }
    };
    let task = match site.one(Near::To(Relation::UsesTemplate)) {
        Ok(Some(definition)) => Task::of(definition.own()),
        Ok(None) => Task::unknown("task_definition is not set"),
        Err(why) => Task::unknown(&why),
    };
    shares.bill(&task, lines);
}
