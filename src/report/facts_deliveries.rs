//! The part of the facts that tells of pipelines that the plan makes.

use serde_json::{Value, json};

use super::facts::attr;
use crate::facts::BuildScript;
use crate::topology::{Delivery, DeliveryStep, StepWork};

pub(super) fn delivery(delivery: &Delivery) -> Value {
    json!({
        "address": delivery.address.as_str(),
        "noun": delivery.noun,
        "name": attr(&delivery.name, |name| name.as_str().into()),
        "steps": delivery.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

fn step(step: &DeliveryStep) -> Value {
    let (stage, order) = step.order;
    let (mut by, mut stated_by, mut file, mut unknown) = (None, None, None, None);
    match &step.work {
        StepWork::Deploy(how) => by = Some(how.as_str()),
        StepWork::LoadTest(tool) => by = Some(*tool),
        StepWork::Hidden(why) => unknown = Some(why.as_str()),
        StepWork::Script { address, script, .. } => {
            stated_by = Some(address.as_str());
            match script {
                BuildScript::File(path) => file = Some(path.as_str()),
                BuildScript::Elsewhere(place) => unknown = Some(place.as_str()),
                // A script may hold anything: it is not printed.
                BuildScript::Inline { .. } => {}
            }
        }
        StepWork::Other | StepWork::Commands(_) => {}
    }
    json!({
        "stage": attr(&step.stage, |name| name.as_str().into()),
        "name": attr(&step.name, |name| name.as_str().into()),
        "position": stage,
        "order": order,
        "kind": step.work.as_str(),
        "by": by,
        "script": stated_by,
        "file": file,
        "unknown": unknown,
    })
}
