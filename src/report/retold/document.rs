//! What `planwise check --format json` says of one run.

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;

use super::cost::Bill;
use super::finding::RetoldFinding;
use super::head::{self, Purpose, Refusal, RetoldError};
use super::words::threshold;
use crate::advice::Status;
use crate::finding::{Severity, Verdict};
use crate::report::headline::{Standing, reservations};
use crate::report::summary::{Basis, PlanSummary, Report, Summary};
use crate::report::{CostTotals, json, mermaid};

/// A report. What stands here without a default was there in the first version of `docs/report.schema.json`; what is not
/// known is stepped over.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a report")]
pub struct Retold {
    pub(super) tool: Tool,
    pub(super) plans: Vec<PlanSide>,
    #[serde(default)]
    pub(super) config: Config,
    pub(super) baseline: Option<Baseline>,
    #[serde(default)]
    pub(in crate::report) notes: Vec<String>,
    pub(in crate::report) findings: Vec<RetoldFinding>,
    #[serde(default)]
    pub(in crate::report) exempted: Vec<RetoldFinding>,
    pub(super) summary: Totals,
    pub(super) cost: Option<Bill>,
    /// Why the plans could not be analysed; nothing where they could.
    #[serde(default)]
    pub(in crate::report) not_analysed: Option<String>,
}

/// What wrote it.
#[derive(Debug, Deserialize)]
#[serde(expecting = "the program")]
pub(super) struct Tool {
    pub(super) version: String,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a baseline")]
pub(super) struct Baseline {
    path: String,
    pub(super) accepted: usize,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a plan")]
pub(super) struct PlanSide {
    pub(super) path: String,
    #[serde(default = "first")]
    pub(super) document: usize,
    pub(super) project: Option<String>,
    terraform_version: Option<String>,
    resources: usize,
    understood: usize,
    not_understood: BTreeMap<String, usize>,
    pub(super) complete: Option<bool>,
    pub(super) errored: bool,
    notes: Vec<String>,
}

const fn first() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a configuration")]
pub(super) struct Config {
    pub(super) path: Option<String>,
    pub(super) policy: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { path: None, policy: DEFAULT.to_owned() }
    }
}

/// The policy of whoever chose none.
const DEFAULT: &str = "default";

#[derive(Debug, Deserialize)]
#[serde(expecting = "a summary")]
pub(super) struct Totals {
    pub(super) rules: Vec<RuleCount>,
    #[serde(default)]
    pub(super) left_out: usize,
    #[serde(default)]
    existing_fails: bool,
    #[serde(default)]
    pub(super) undetermined_fails: bool,
    #[serde(deserialize_with = "threshold")]
    fail_on: Option<Severity>,
    failed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a rule")]
pub(super) struct RuleCount {
    pub(super) rule: String,
    passed: usize,
}

impl Retold {
    /// Reads what `planwise check --format json` wrote; `name` is the file's.
    ///
    /// # Errors
    /// When it is something else, cut off, or of a version that is not known.
    pub fn read(name: &str, text: &[u8], purpose: Purpose) -> Result<Self, RetoldError> {
        let whole = Self::parse(text).map_err(|refusal| refusal.of(name, purpose))?;
        match &whole.not_analysed {
            // Nothing is known of its plan: whatever is held against that would seem to be new, or over.
            Some(reason) if purpose == Purpose::Diff => Err(Refusal::NotAnalysed(reason.clone()).of(name, purpose)),
            _ => Ok(whole),
        }
    }

    fn parse(text: &[u8]) -> Result<Self, Refusal> {
        let whole: Self = serde_json::from_slice(head::report(text)?)
            .map_err(|error| Refusal::NoReport(format!("it is no whole report: {error}")))?;
        let lists = [("findings", &whole.findings), ("exempted", &whole.exempted)];
        for (list, findings) in lists {
            let stray = findings.iter().enumerate().find(|(_, finding)| finding.plan >= whole.plans.len());
            if let Some((at, RetoldFinding { plan, .. })) = stray {
                return Err(Refusal::NoReport(format!("{list}[{at}] belongs to plan {plan}, which is not in it")));
            }
        }
        Ok(whole)
    }

    /// The same of a report that is at hand.
    ///
    /// # Errors
    /// Never but where the report's own JSON is none.
    pub(in crate::report) fn of(report: &Report) -> io::Result<Self> {
        let mut text = Vec::new();
        json::render(report, &mut text)?;
        let mut retold: Self = serde_json::from_slice(&text)?;
        for (finding, told) in retold.findings.iter_mut().zip(&report.told) {
            if let Some(picture) = report.picture(told) {
                let mut drawn = Vec::new();
                mermaid(picture, &mut drawn)?;
                finding.picture = String::from_utf8(drawn).ok();
            }
        }
        Ok(retold)
    }

    /// The plans as a report has them.
    pub(in crate::report) fn plans(&self) -> Vec<PlanSummary> {
        let of = |side: &PlanSide| PlanSummary {
            name: if side.document > 1 { format!("{}#{}", side.path, side.document) } else { side.path.clone() },
            path: side.path.clone(),
            document: side.document,
            project: side.project.clone().filter(|name| !name.is_empty()),
            terraform_version: side.terraform_version.clone(),
            resources: side.resources,
            understood: side.understood,
            not_understood: side.not_understood.clone(),
            complete: side.complete,
            errored: side.errored,
            notes: side.notes.clone(),
        };
        self.plans.iter().map(of).collect()
    }

    /// What it goes by, where somebody chose that.
    pub(in crate::report) fn basis(&self) -> Option<Basis> {
        let Config { path, policy } = &self.config;
        (path.is_some() || policy != DEFAULT).then(|| Basis { config: path.clone(), policy: policy.clone() })
    }

    /// What it costs, where somebody asked.
    pub(in crate::report) fn cost(&self) -> Option<CostTotals> {
        self.cost.as_ref().map(Bill::totals)
    }

    /// How many limits of the bill are exceeded, of all plans together.
    pub(in crate::report) fn exceeded(&self) -> usize {
        self.cost().map_or(0, |totals| totals.exceeded())
    }

    /// The currency of its prices.
    pub(in crate::report) fn currency(&self) -> &str {
        self.cost.as_ref().map_or("", |cost| cost.currency.as_str())
    }

    /// The rules that were applied.
    pub(in crate::report) fn rules(&self) -> Vec<&str> {
        self.summary.rules.iter().map(|rule| rule.rule.as_str()).collect()
    }

    /// Whether the run failed.
    pub(in crate::report) fn failed(&self) -> bool {
        self.summary.failed
    }

    /// The mildest severity that fails it; nothing where no finding does, but for instance a limit of the bill.
    pub(in crate::report) fn fail_on(&self) -> Option<&str> {
        let is_found = self.findings.iter().any(|finding| finding.fails_run);
        self.summary.fail_on.filter(|_| is_found).map(Severity::as_str)
    }

    /// Whether a finding is told like a new one: with `--all` also what was there before.
    pub(in crate::report) fn is_told_as_new(&self, finding: &RetoldFinding) -> bool {
        finding.verdict == Verdict::Violation
            && (finding.is_new() || finding.status == Status::Existing && self.summary.existing_fails)
    }

    /// How the plans stand for which `counts` is true; what is said of all plans counts for all of them.
    pub(in crate::report) fn standing(&self, counts: impl Fn(usize) -> bool) -> Standing {
        let findings = || self.findings.iter().filter(|finding| counts(finding.plan));
        let violations = |keep: &dyn Fn(Status) -> bool| {
            findings().filter(|finding| finding.verdict == Verdict::Violation && keep(finding.status)).count()
        };
        let open = || findings().filter(|finding| finding.verdict == Verdict::Undetermined);
        let of = |severity: Severity| {
            let new = findings().filter(|finding| finding.verdict == Verdict::Violation && finding.is_new());
            (severity, new.filter(|finding| finding.severity == severity).count())
        };
        Standing {
            plans: (0..self.plans.len()).filter(|plan| counts(*plan)).count(),
            summary: Summary {
                introduced: violations(&|status| status == Status::Introduced),
                worsened: violations(&|status| status == Status::Worsened),
                existing: violations(&|status| status == Status::Existing),
                resolved: violations(&|status| status == Status::Resolved),
                undetermined: open().count(),
                passed: self.summary.rules.iter().map(|rule| rule.passed).sum(),
            },
            worst: Severity::ALL.into_iter().rev().map(of).collect(),
            exempted: self.exempted.iter().filter(|finding| counts(finding.plan)).count(),
            left_out: self.summary.left_out,
            open_failing: open().filter(|finding| finding.fails_run).count(),
            // Limits are of all plans together.
            exceeded: self.exceeded(),
            not_analysed: if self.not_analysed.is_some() { self.plans.len() } else { 0 },
            accepted: self.baseline.as_ref().map(|baseline| (baseline.accepted, vec![baseline.path.clone()])),
        }
    }

    /// Whether there is nothing that a reader of a pull request would miss. A plan that is a part of one, or of which nothing is
    /// understood, is no clean one: nobody knows.
    pub fn is_clean(&self) -> bool {
        let Summary { introduced, worsened, resolved, undetermined, .. } = self.standing(|_| true).summary;
        let changes_cost = self.cost.as_ref().is_some_and(Bill::changes);
        let is_whole = self.plans().iter().all(|plan| reservations(plan).is_empty());
        !self.failed() && is_whole && introduced + worsened + resolved + undetermined == 0 && !changes_cost
    }
}
