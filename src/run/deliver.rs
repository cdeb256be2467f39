//! Reads the pipelines that a plan makes, as those of the repository are read.

use crate::facts::BuildScript;
use crate::model::{Attr, Text};
use crate::repository::Repository;
use crate::repository::pipeline::{Pipeline, Planned, PlannedStep, PlannedWork, Script, planned};
use crate::topology::{Delivery, DeliveryStep, StepWork, Topology};

/// The pipelines of a topology, with the scripts that lie in the repository, where there is one.
pub(super) fn deliver(topology: &Topology, repository: Option<&Repository>) -> Vec<Pipeline> {
    let all: Vec<Planned> = topology.deliveries.iter().map(delivery).collect();
    match repository {
        _ if all.is_empty() => Vec::new(),
        Some(repository) => repository.planned(&all),
        None => planned(&all, None),
    }
}

fn delivery(delivery: &Delivery) -> Planned {
    let Delivery { address, noun, name, steps } = delivery;
    let name = name.known().map_or_else(|| address.to_string(), Text::to_string);
    Planned { address: address.clone(), noun, name, steps: steps.iter().map(step).collect() }
}

fn step(step: &DeliveryStep) -> PlannedStep {
    let said = |name: &Attr<Text>| name.known().map_or_else(|| "without a known name".to_owned(), Text::to_string);
    PlannedStep {
        stage: said(&step.stage),
        name: said(&step.name),
        attribute: step.attribute,
        order: step.order,
        work: work(&step.work),
        places: step.places.iter().map(Text::to_string).collect(),
        lenient: step.lenient,
    }
}

fn work(work: &StepWork) -> PlannedWork {
    match work {
        StepWork::Other => PlannedWork::Other,
        StepWork::Commands(all) => {
            PlannedWork::Commands(all.iter().map(|command| command.known().map(Text::to_string)).collect())
        }
        StepWork::Deploy(how) => PlannedWork::Deploy(how.to_string()),
        StepWork::LoadTest(tool) => PlannedWork::LoadTest(tool),
        StepWork::Hidden(why) => PlannedWork::Hidden(why.clone()),
        StepWork::Script { address, attribute, script } => {
            let script = match script {
                BuildScript::Inline { text, whole } => Script::Inline { text: text.to_string(), whole: *whole },
                BuildScript::File(path) => Script::File(path.to_string()),
                BuildScript::Elsewhere(place) => Script::Elsewhere(place.to_string()),
            };
            PlannedWork::Script { address: address.clone(), attribute, script }
        }
    }
}
