//! The pipeline: text, plan, facts, graph, topology, findings, advice. Each step is one function.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::advice::{Advice, compare};
use crate::catalogue;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::graph::{Entry, Graph};
use crate::model::{Action, Address, Mode, Stage, Text};
use crate::plan::{Input, Plan, PlanError, Resolver, read};
use crate::policy::Policy;
use crate::report::{Applied, PlanSummary, Report, Told};
use crate::rules::{self, Judgement, Rule};
use crate::topology::Topology;

/// What is known of an instance, before and after.
type Described = [Option<Arc<Facts>>; 2];

/// Checks every plan in `inputs`.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn check(inputs: &[Input], policy: &Policy) -> Result<Report, PlanError> {
    let mut report = Report::default();
    for input in inputs {
        for plan in read(input)? {
            let number = report.plans.len();
            let described = describe(&plan);
            report.plans.push(summarise(&plan, &described));
            let (advice, passed) = judge(&plan, &described, policy);
            let positions: FxHashMap<&Address, Option<usize>> =
                plan.instances.iter().map(|instance| (&instance.address, instance.position)).collect();
            report.told.extend(advice.into_iter().map(|advice| {
                let position = positions.get(&advice.finding.address).copied().flatten();
                Told { plan: number, position, advice }
            }));
            for (rule, passed) in passed {
                match report.rules.iter_mut().find(|applied| applied.meta.name == rule.meta.name) {
                    Some(applied) => applied.passed += passed,
                    None => report.rules.push(Applied { meta: &rule.meta, passed }),
                }
            }
        }
    }
    Ok(report)
}

/// Draws the graph of every plan in `input` at `stage`.
///
/// # Errors
/// When it cannot be read.
pub fn graphs(input: &Input, stage: Stage) -> Result<Vec<Graph>, PlanError> {
    let plans = read(input)?;
    Ok(plans.iter().map(|plan| connect(plan, &describe(plan), &plan.references(), stage)).collect())
}

/// Builds the topologies of every plan in `input`, before and after.
///
/// # Errors
/// When it cannot be read.
pub fn topologies(input: &Input) -> Result<Vec<(String, [Topology; 2])>, PlanError> {
    let plans = read(input)?;
    let both = |plan: &Plan<'_>| {
        let (described, references) = (describe(plan), plan.references());
        let build = |stage| Topology::build(&connect(plan, &described, &references, stage), stage);
        (plan.name.clone(), [build(Stage::Before), build(Stage::After)])
    };
    Ok(plans.iter().map(both).collect())
}

/// Reads the facts of every instance, once where it is the same before and after.
fn describe(plan: &Plan<'_>) -> Vec<Described> {
    (0..plan.instances.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|at| {
            let at_stage = |stage| plan.resource(at, stage).and_then(|resource| catalogue::describe(&resource)).map(Arc::new);
            let after = at_stage(Stage::After);
            let kept = plan.instances.get(at).is_some_and(|instance| !instance.action.changes());
            let before = if kept { after.clone() } else { at_stage(Stage::Before) };
            [before, after]
        })
        .collect()
}

fn summarise(plan: &Plan<'_>, described: &[Described]) -> PlanSummary {
    let mut not_understood: BTreeMap<String, usize> = BTreeMap::new();
    let mut understood = 0;
    for (instance, facts) in plan.instances.iter().zip(described) {
        if facts.iter().any(Option::is_some) {
            understood += 1;
            continue;
        }
        let prefix = if instance.mode == Mode::Data { "data." } else { "" };
        *not_understood.entry(format!("{prefix}{}", instance.kind)).or_default() += 1;
    }
    PlanSummary {
        name: plan.name.clone(),
        terraform_version: plan.terraform_version.clone(),
        resources: plan.instances.len(),
        understood,
        not_understood,
        complete: plan.complete,
        errored: plan.errored,
        notes: plan.notes.clone(),
    }
}

/// Joins what exists at `stage`.
fn connect(plan: &Plan<'_>, described: &[Described], references: &Resolver<'_, '_>, stage: Stage) -> Graph {
    let entries = plan.instances.iter().zip(described).enumerate().filter_map(|(at, (instance, [before, after]))| {
        let (side, facts) = match stage {
            Stage::Before => (&instance.before, before),
            Stage::After => (&instance.after, after),
        };
        side.as_ref()?;
        Some(Entry {
            instance: at,
            address: instance.address.clone(),
            kind: Text::from(instance.kind.as_ref()),
            mode: instance.mode,
            // As things stand, nothing has been done yet.
            action: if stage == Stage::Before { Action::Keep } else { instance.action },
            facts: facts.clone(),
        })
    });
    Graph::connect(entries.collect(), references)
}

/// Judges both worlds, and compares.
fn judge(plan: &Plan<'_>, described: &[Described], policy: &Policy) -> (Vec<Advice>, Vec<(&'static Rule, usize)>) {
    let references = plan.references();
    let world = |stage| {
        let topology = Topology::build(&connect(plan, described, &references, stage), stage);
        rules::judge(&topology, policy)
    };
    let is_new = !plan.instances.iter().any(|instance| instance.before.is_some() && instance.mode == Mode::Managed);
    let is_kept = plan.instances.iter().all(|instance| !instance.action.changes());
    let (before, after) = match (is_new, is_kept) {
        (true, _) => (Vec::new(), world(Stage::After)),
        // Nothing changes: both worlds are one.
        (false, true) => (Vec::new(), world(Stage::After)),
        (false, false) => rayon::join(|| world(Stage::Before), || world(Stage::After)),
    };
    let actions: FxHashMap<&Address, Action> =
        plan.instances.iter().map(|instance| (&instance.address, instance.action)).collect();
    let changes = |address: &Address| actions.get(address).is_some_and(|action| action.changes());
    let flat = |all: Vec<(&'static Rule, Judgement)>| -> Vec<Finding> {
        all.into_iter().flat_map(|(_, judgement)| judgement.findings).collect()
    };
    let passed = after.iter().map(|(rule, judgement)| (*rule, judgement.passed)).collect();
    (compare(flat(before), flat(after), &changes), passed)
}
