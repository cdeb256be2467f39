//! What a reader should know before believing what lies between two reports.

use std::path::Path;

use super::change::PlanPair;
use super::side::{Side, SidePlan};
use crate::units::{counted, few};

/// All of it, what weighs most first.
pub(super) fn notes(from: &Side, to: &Side, plans: &[PlanPair]) -> Vec<String> {
    let mut notes: Vec<String> = names(from, to).into_iter().collect();
    notes.extend(lonely(from, to, plans));
    notes.extend(rulers(from, to));
    notes.extend(hidden(from, to));
    notes.extend(parts(from, to));
    notes
}

/// That two plans are held for the same though they are called differently.
fn names(from: &Side, to: &Side) -> Option<String> {
    let ([old], [new]) = (from.plans.as_slice(), to.plans.as_slice()) else { return None };
    let (what, [old, new]) = match (&old.project, &new.project) {
        (Some(old), Some(new)) => ("the projects differ", [old.clone(), new.clone()]),
        (None, _) | (_, None) => ("the plans have different names", [old, new].map(SidePlan::place)),
    };
    (old != new).then(|| format!("{what}, {old} and {new}: each report has one plan, so these are compared"))
}

/// Which plans only one of them has.
fn lonely(from: &Side, to: &Side, plans: &[PlanPair]) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, other, at) in [(from, to, 0), (to, from, 1)] {
        let only: Vec<&str> =
            plans.iter().filter(|plan| plan.at.get(1 - at) == Some(&None)).map(|plan| plan.name.as_str()).collect();
        if !only.is_empty() {
            let plan = if only.len() == 1 { "the plan" } else { "the plans" };
            let verb = if only.len() == 1 { "is" } else { "are" };
            let what = if at == 0 { "not compared" } else { "new" };
            notes.push(format!(
                "{plan} {} {verb} only in {}, and not in {}: all that is said there is {what}",
                few(&only),
                side.name,
                other.name
            ));
        }
    }
    notes
}

/// That they were not judged alike.
fn rulers(from: &Side, to: &Side) -> Vec<String> {
    let mut notes = Vec::new();
    if from.version != to.version {
        notes.push(format!(
            "they were written by planwise {} and {}: what differs may come from the versions rather than from the plans",
            from.version, to.version
        ));
    }
    if from.policy != to.policy {
        notes.push(format!(
            "they go by different policies, {} and {}: severities and limits may differ for that reason",
            from.policy, to.policy
        ));
    }
    if !is_same_file(from.config.as_deref(), to.config.as_deref()) {
        let file = |side: &Side| side.config.clone().unwrap_or_else(|| "none".to_owned());
        notes.push(format!(
            "they go by different configuration files, {} and {}: severities, limits and exemptions may differ for that reason",
            file(from),
            file(to)
        ));
    }
    notes
}

/// Whether two paths may be those of one file. A whole path differs from machine to machine, and says little.
fn is_same_file(from: Option<&str>, to: Option<&str>) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return from == to };
    let [from, to] = [from, to].map(Path::new);
    if from.is_absolute() || to.is_absolute() { from.file_name() == to.file_name() } else { from == to }
}

/// What they do not show.
fn hidden(from: &Side, to: &Side) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, seems) in [(from, "new"), (to, "gone")] {
        for (number, why) in [(side.left_out, "--min-severity leaves out"), (side.accepted, "a baseline accepts")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
        {
            let findings = counted(number, "finding");
            notes.push(format!(
                "{} does not show {findings} that {why}: what seems {seems} may be among them",
                side.name
            ));
        }
    }
    notes
}

/// Which plans hold only a part of the system.
fn parts(from: &Side, to: &Side) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, seems) in [(from, "new"), (to, "gone")] {
        for plan in side.plans.iter().filter(|plan| plan.is_partial) {
            notes.push(format!(
                "the plan {} in {} holds only a part of the system: what seems {seems} may only be missing there",
                plan.place(),
                side.name
            ));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_known_by_its_path() {
        let same = is_same_file;
        assert!(same(None, None) && same(Some("planwise.yaml"), Some("planwise.yaml")));
        assert!(!same(None, Some("planwise.yaml")) && !same(Some("a/planwise.yaml"), Some("b/planwise.yaml")));
        // Two machines, or two folders that a job was given.
        assert!(same(Some("/builds/1/planwise.yaml"), Some("/builds/2/planwise.yaml")));
        assert!(!same(Some("/builds/1/planwise.yaml"), Some("/builds/2/strict.yaml")));
    }
}
