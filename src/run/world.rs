//! A plan with what is known of it, and the systems that it holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::asides::Tagged;
use crate::catalogue;
use crate::facts::Facts;
use crate::graph::{Entry, Graph};
use crate::model::{Action, Mode, Show, Stage};
use crate::plan::{Plan, Resolver};
use crate::report::PlanSummary;

/// What is known of one side of an instance; nothing of a type that the catalogue does not know.
pub(super) type Known = Option<Arc<Facts>>;

/// A plan with what is known of each instance.
pub(super) type Described<'k> = Plan<'k, Known>;
/// Reads the facts of one side of an instance.
pub(super) fn describe(kind: &str, mode: Mode, read: &Show<'_>) -> Known {
    catalogue::describe(kind, mode, read)
}

pub(super) fn summarise(plan: &Described<'_>) -> PlanSummary {
    let mut not_understood: BTreeMap<String, usize> = BTreeMap::new();
    let mut understood = 0;
    for instance in &plan.instances {
        if catalogue::understands(&instance.kind, instance.mode) {
            understood += 1;
            continue;
        }
        let prefix = if instance.mode == Mode::Data { "data." } else { "" };
        *not_understood.entry(format!("{prefix}{}", instance.kind)).or_default() += 1;
    }
    PlanSummary {
        name: plan.name.clone(),
        path: plan.path.clone(),
        document: plan.document,
        project: None,
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
pub(super) fn connect(plan: &Described<'_>, references: &Resolver<'_, Known>, stage: Stage) -> Graph {
    let entries = plan.instances.iter().enumerate().filter_map(|(at, instance)| {
        let facts = match stage {
            Stage::Before => instance.before.as_ref()?,
            Stage::After => instance.after.as_ref()?,
        };
        Some(Entry {
            instance: at,
            address: instance.address.clone(),
            kind: instance.kind.clone(),
            mode: instance.mode,
            // As things stand, nothing has been done yet.
            action: if stage == Stage::Before { Action::Keep } else { instance.action },
            facts: facts.clone(),
            earlier: match (stage, instance.action) {
                (Stage::After, Action::Update | Action::Replace) => instance.before.clone().flatten(),
                _ => None,
            },
        })
    });
    Graph::connect(entries, references)
}

/// What tags say of the system: as they will be, and of what goes as they are. They say the same of the system before:
/// somebody who adds a tag changes what is known, not what there is.
pub(super) fn tagged(plan: &Described<'_>) -> Tagged {
    let managed = plan.instances.iter().filter(|instance| instance.mode == Mode::Managed);
    Tagged::of(managed.filter_map(|instance| {
        let facts = instance.after.as_ref().or(instance.before.as_ref())?.as_ref()?;
        Some((&instance.address, facts.tags.as_deref()?))
    }))
}

/// Whether a plan is only a part of what its configuration makes.
pub(super) fn is_partial(plan: &Described<'_>) -> bool {
    plan.complete == Some(false) || plan.errored
}

/// Whether nothing is there yet.
pub(super) fn is_new(plan: &Described<'_>) -> bool {
    !plan.instances.iter().any(|instance| instance.before.is_some() && instance.mode == Mode::Managed)
}

/// Whether nothing changes: both worlds are one.
pub(super) fn is_kept(plan: &Described<'_>) -> bool {
    plan.instances.iter().all(|instance| !instance.action.changes())
}
