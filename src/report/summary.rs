//! All that there is to say of one run.

use std::collections::BTreeMap;

use super::cost::CostTotals;
use super::host::Host;
use crate::advice::{Advice, Status};
use crate::finding::{RuleMeta, Severity, Verdict};
use crate::graph::Picture;

/// One plan, as far as a reader wants to know how it was read.
#[derive(Clone, Debug)]
pub struct PlanSummary {
    /// What it is called: a path, or standard input.
    pub name: String,
    /// The file that it stands in, or standard input.
    pub path: String,
    /// Which document of that file it is, from 1.
    pub document: usize,
    /// The project that it belongs to, where somebody names it.
    pub project: Option<String>,
    /// The version of Terraform or OpenTofu that made it.
    pub terraform_version: Option<String>,
    /// How many resource instances it has, before or after.
    pub resources: usize,
    /// How many of them are of a type that the catalogue knows.
    pub understood: usize,
    /// How many there are of each type that it does not know.
    pub not_understood: BTreeMap<String, usize>,
    /// Whether the plan is all there is; `None` where its version does not say.
    pub complete: Option<bool>,
    /// Whether planning failed on the way.
    pub errored: bool,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

/// A rule that was applied.
#[derive(Clone, Copy, Debug)]
pub struct Applied {
    /// Its identity card.
    pub meta: &'static RuleMeta,
    /// How many subjects pass.
    pub passed: usize,
}

/// A finding in one of the plans.
#[derive(Clone, Debug)]
pub struct Told {
    /// The plan's position.
    pub plan: usize,
    /// Where in the plan's `resource_changes` its resource stands, if it does.
    pub position: Option<usize>,
    /// The finding.
    pub advice: Advice,
}

/// A finding that somebody has decided to live with.
#[derive(Clone, Debug)]
pub struct Exempted {
    /// The finding.
    pub told: Told,
    /// Why.
    pub reason: String,
    /// The last day on which that holds: `2027-03-31`.
    pub until: Option<String>,
    /// Where it stands: `planwise.yaml:7`.
    pub place: String,
}

/// What a baseline accepts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Accepted {
    /// The file.
    pub name: String,
    /// How many findings of this run it accepts.
    pub number: usize,
    /// What it accepts, and no longer occurs: the rule and the address.
    pub gone: Vec<String>,
}

/// What a run goes by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Basis {
    /// The configuration file, by which a reader finds it.
    pub config: Option<String>,
    /// The policy: a pack's name, or a file.
    pub policy: String,
}

/// All that there is to say of one run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The plans.
    pub plans: Vec<PlanSummary>,
    /// The findings, plan by plan, worst first.
    pub told: Vec<Told>,
    /// The rules that were applied.
    pub rules: Vec<Applied>,
    /// The mildest severity that fails the run; `None` where nothing does.
    pub fail_on: Option<Severity>,
    /// How many findings were left out as too mild.
    pub left_out: usize,
    /// Whether findings fail the run that were there before.
    pub counts_all: bool,
    /// Whether cases fail it that cannot be decided.
    pub open_fails: bool,
    /// The findings that are exempted, plan by plan; none of them is in `told`.
    pub exempted: Vec<Exempted>,
    /// What is accepted by a baseline, where one was named; none of it is in `told`.
    pub accepted: Option<Accepted>,
    /// What it goes by, where somebody chose that.
    pub basis: Option<Basis>,
    /// What else a reader should know of all plans together.
    pub notes: Vec<String>,
    /// What they cost, where somebody asked.
    pub cost: Option<CostTotals>,
    /// The neighbourhoods of some findings, by plan and fingerprint, where somebody asked.
    pub pictures: BTreeMap<(usize, String), Picture>,
    /// Where a comment on it is read.
    pub host: Host,
    /// The whole paths of plans that lie in the repository or in the working directory, and the same from there on.
    pub near: BTreeMap<String, String>,
}

/// Findings, counted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Summary {
    /// Violations that this plan brings.
    pub introduced: usize,
    /// Violations that it makes worse.
    pub worsened: usize,
    /// Violations that were there before.
    pub existing: usize,
    /// Violations that it ends.
    pub resolved: usize,
    /// Cases that cannot be decided.
    pub undetermined: usize,
    /// Subjects that pass.
    pub passed: usize,
}

impl Report {
    /// Whether a finding fails the run.
    pub fn fails(&self, told: &Told) -> bool {
        let Told { advice, .. } = told;
        let counts = match advice.status {
            Status::Introduced | Status::Worsened => true,
            Status::Existing => self.counts_all,
            Status::Resolved => false,
        };
        let bad = self.fail_on.is_some_and(|least| advice.finding.severity >= least);
        counts && bad && (self.open_fails || advice.finding.verdict == Verdict::Violation)
    }

    /// The neighbourhood of a finding, where it was drawn.
    pub fn picture(&self, told: &Told) -> Option<&Picture> {
        // Nobody writes fingerprints down for nothing.
        let some = !self.pictures.is_empty();
        some.then(|| self.pictures.get(&(told.plan, told.advice.fingerprint()))).flatten()
    }

    /// Whether the run fails.
    pub fn is_failure(&self) -> bool {
        self.told.iter().any(|told| self.fails(told)) || self.cost.as_ref().is_some_and(CostTotals::is_failure)
    }

    /// The findings, counted.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { passed: self.rules.iter().map(|rule| rule.passed).sum(), ..Summary::default() };
        for Told { advice, .. } in &self.told {
            let count = match (advice.finding.verdict, advice.status) {
                (Verdict::Undetermined, _) => &mut summary.undetermined,
                (Verdict::Violation, Status::Introduced) => &mut summary.introduced,
                (Verdict::Violation, Status::Worsened) => &mut summary.worsened,
                (Verdict::Violation, Status::Existing) => &mut summary.existing,
                (Verdict::Violation, Status::Resolved) => &mut summary.resolved,
            };
            *count += 1;
        }
        summary
    }

    /// How many violations that are not over have each severity, worst first; those that count for the run if `new`.
    pub fn by_severity(&self, new: bool) -> Vec<(Severity, usize)> {
        let of = |severity| {
            let told = self.told.iter().map(|told| &told.advice).filter(|advice| {
                advice.finding.verdict == Verdict::Violation
                    && advice.status != Status::Resolved
                    && advice.finding.severity == severity
                    && (!new || advice.is_new())
            });
            (severity, told.count())
        };
        Severity::ALL.into_iter().rev().map(of).collect()
    }
}
