//! A report, read back from its own JSON: comments are made of it, of one run or of many.

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;

use super::headline::Standing;
use super::json;
use super::retold_cost::Bill;
use super::retold_finding::RetoldFinding;
use super::summary::{Basis, PlanSummary, Report, Summary};
use super::{CostTotals, Host};
use crate::advice::Status;
use crate::finding::{Severity, Verdict};

/// A file that is no report that can be read.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}\n  hint: {hint}")]
pub struct RetoldError {
    name: String,
    problem: String,
    hint: &'static str,
}

/// What `planwise check --format json` says of one run.
#[derive(Debug, Deserialize)]
pub struct Retold {
    plans: Vec<PlanSide>,
    #[serde(default)]
    config: Config,
    #[serde(default)]
    pub(super) notes: Vec<String>,
    #[serde(default)]
    pub(super) findings: Vec<RetoldFinding>,
    #[serde(default)]
    pub(super) exempted: Vec<RetoldFinding>,
    #[serde(default)]
    summary: Totals,
    #[serde(default)]
    cost: Option<Bill>,
    baseline: Option<Baseline>,
}

#[derive(Debug, Deserialize)]
struct Baseline {
    path: String,
    #[serde(default)]
    accepted: usize,
}

#[derive(Debug, Deserialize)]
struct PlanSide {
    path: String,
    #[serde(default = "first")]
    document: usize,
    project: Option<String>,
    terraform_version: Option<String>,
    #[serde(default)]
    resources: usize,
    #[serde(default)]
    understood: usize,
    #[serde(default)]
    not_understood: BTreeMap<String, usize>,
    complete: Option<bool>,
    #[serde(default)]
    errored: bool,
    #[serde(default)]
    notes: Vec<String>,
}

fn first() -> usize {
    1
}

#[derive(Debug, Default, Deserialize)]
struct Config {
    path: Option<String>,
    policy: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Totals {
    #[serde(default)]
    rules: Vec<RuleCount>,
    #[serde(default)]
    left_out: usize,
    #[serde(default)]
    existing_fails: bool,
    #[serde(default)]
    fail_on: String,
    #[serde(default)]
    failed: bool,
}

#[derive(Debug, Deserialize)]
struct RuleCount {
    rule: String,
    #[serde(default)]
    passed: usize,
}

impl Retold {
    /// Reads what `planwise check --format json` wrote; `name` is the file's.
    ///
    /// # Errors
    /// When it is something else, or of a version that is not known.
    pub fn read(name: &str, text: &[u8]) -> Result<Self, RetoldError> {
        const HINT: &str = "name files that `planwise check --format json` or `--output json=FILE` wrote";
        let wrong = |problem: String, hint| RetoldError { name: name.to_owned(), problem, hint };
        // A file of another tool may begin with a byte order mark.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let version: Version = serde_json::from_slice(text).map_err(|error| {
            // What a report would be made of inside of this program is nobody's business.
            let problem =
                if error.is_data() { "it is no report".to_owned() } else { format!("it is no JSON: {error}") };
            wrong(problem, HINT)
        })?;
        match (version.schema.as_deref(), version.plan, version.totals) {
            (_, Some(_), _) => {
                return Err(wrong(
                    "it is a plan, not a report".to_owned(),
                    "planwise check PLAN --output json=FILE makes one of it",
                ));
            }
            (Some(_), _, Some(_)) => {
                return Err(wrong("it is a bill, of `planwise cost`, and no report".to_owned(), HINT));
            }
            (Some(known), ..) if known.split('.').next() == Some("1") => {}
            (Some(other), ..) => {
                let other = super::markdown_text::clip(other, 20);
                let problem = format!("it has schema version {other}, and this planwise reads 1");
                return Err(wrong(problem, "let the same version of planwise write and read it"));
            }
            (None, ..) => return Err(wrong("it is no report: it has no schema_version".to_owned(), HINT)),
        }
        serde_json::from_slice(text).map_err(|error| wrong(format!("it is no whole report: {error}"), HINT))
    }

    /// The same of a report that is at hand.
    ///
    /// # Errors
    /// Never but where the report's own JSON is none.
    pub(super) fn of(report: &Report) -> io::Result<Self> {
        let mut text = Vec::new();
        json::render(report, &mut text)?;
        let mut retold: Self = serde_json::from_slice(&text)?;
        for (finding, told) in retold.findings.iter_mut().zip(&report.told) {
            if let Some(picture) = report.picture(told) {
                let mut drawn = Vec::new();
                super::mermaid(picture, &mut drawn)?;
                finding.picture = String::from_utf8(drawn).ok();
            }
        }
        Ok(retold)
    }

    /// The plans as a report has them.
    pub(super) fn plans(&self) -> Vec<PlanSummary> {
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
    pub(super) fn basis(&self) -> Option<Basis> {
        let Config { path, policy } = &self.config;
        let policy = policy.clone().unwrap_or_else(|| "default".to_owned());
        (path.is_some() || policy != "default").then(|| Basis { config: path.clone(), policy })
    }

    /// What it costs, where somebody asked.
    pub(super) fn cost(&self) -> Option<CostTotals> {
        self.cost.as_ref().map(Bill::totals)
    }

    /// The currency of its prices.
    pub(super) fn currency(&self) -> &str {
        self.cost.as_ref().map_or("", |cost| cost.currency.as_str())
    }

    /// The rules that were applied.
    pub(super) fn rules(&self) -> Vec<&str> {
        self.summary.rules.iter().map(|rule| rule.rule.as_str()).collect()
    }

    /// Whether the run failed.
    pub(super) fn failed(&self) -> bool {
        self.summary.failed
    }

    /// The mildest severity that fails it; nothing where none does.
    pub(super) fn fail_on(&self) -> Option<&str> {
        Some(self.summary.fail_on.as_str()).filter(|word| word.parse::<Severity>().is_ok())
    }

    /// Whether a finding is told like a new one: with `--all` also what was there before.
    pub(super) fn is_told_as_new(&self, finding: &RetoldFinding) -> bool {
        finding.verdict == Verdict::Violation
            && (finding.is_new() || finding.status == Status::Existing && self.summary.existing_fails)
    }

    /// How the plans stand for which `counts` is true; what is said of all plans counts for all of them.
    pub(super) fn standing(&self, counts: impl Fn(usize) -> bool) -> Standing {
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
            accepted: self.baseline.as_ref().map(|baseline| (baseline.accepted, vec![baseline.path.clone()])),
        }
    }

    /// Whether there is anything that a reader of a pull request would miss.
    pub fn is_clean(&self) -> bool {
        let Summary { introduced, worsened, resolved, undetermined, .. } = self.standing(|_| true).summary;
        let changes_cost = self.cost.as_ref().is_some_and(Bill::changes);
        !self.failed() && introduced + worsened + resolved + undetermined == 0 && !changes_cost
    }
}

/// Enough of a file to say what it is.
#[derive(Deserialize)]
struct Version {
    #[serde(rename = "schema_version")]
    schema: Option<String>,
    /// A plan's.
    #[serde(rename = "format_version")]
    plan: Option<serde::de::IgnoredAny>,
    /// A bill's.
    totals: Option<serde::de::IgnoredAny>,
}

/// What a comment is made for.
#[derive(Clone, Debug, Default)]
pub struct CommentTerms {
    /// Where it is read.
    pub host: Host,
    /// What tells it from other comments of planwise on the same pull request.
    pub tag: Option<String>,
}
