//! Reads what `planwise check --format json` wrote (`docs/report.schema.json`), as far as two reports can be compared. What it
//! does not know it steps over.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};

use crate::compare::{Bill, Side, SideFinding, SideMeasure, SidePlan};
use crate::cost::Sum;
use crate::finding::{Severity, Verdict};
use crate::units::{Decimal, Money};

/// The first number of the versions that are read.
const MAJOR: &str = "1";

/// A file that is no such report.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {what}\n  hint: {hint}")]
pub struct ResultError {
    name: String,
    what: String,
    hint: &'static str,
}

/// What says which kind of file it is.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Head {
    schema_version: Option<String>,
    /// Terraform's own.
    format_version: Option<IgnoredAny>,
    findings: Option<IgnoredAny>,
    summary: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Document {
    tool: Tool,
    plans: Vec<PlanPart>,
    config: Config,
    baseline: Option<Baseline>,
    findings: Vec<FindingPart>,
    exempted: Vec<FindingPart>,
    summary: Summary,
    cost: Option<CostPart>,
}

#[derive(Deserialize)]
#[serde(expecting = "the program")]
struct Tool {
    version: String,
}

#[derive(Deserialize)]
#[serde(expecting = "a plan")]
struct PlanPart {
    project: Option<String>,
    path: String,
    document: u64,
    complete: Option<bool>,
    #[serde(default)]
    errored: bool,
}

#[derive(Deserialize)]
#[serde(expecting = "a configuration")]
struct Config {
    policy: String,
}

#[derive(Deserialize)]
#[serde(expecting = "a baseline")]
struct Baseline {
    accepted: u64,
}

#[derive(Deserialize)]
#[serde(expecting = "a finding")]
struct FindingPart {
    plan: usize,
    rule: String,
    #[serde(deserialize_with = "severity")]
    severity: Severity,
    #[serde(deserialize_with = "verdict")]
    verdict: Verdict,
    status: String,
    address: String,
    message: String,
    fingerprint: String,
    measure: BTreeMap<String, MeasurePart>,
    exemption: Option<Exemption>,
}

#[derive(Deserialize)]
#[serde(expecting = "an exemption")]
struct Exemption {
    reason: String,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a measure is a whole number, not below 0, or \"unlimited\"")]
enum MeasurePart {
    Number(u64),
    Word(Unlimited),
}

#[derive(Deserialize)]
enum Unlimited {
    #[serde(rename = "unlimited")]
    Unlimited,
}

#[derive(Deserialize)]
#[serde(expecting = "a summary")]
struct Summary {
    rules: Vec<RulePart>,
    #[serde(default)]
    left_out: u64,
    #[serde(default)]
    undetermined_fails: bool,
}

#[derive(Deserialize)]
#[serde(expecting = "a rule")]
struct RulePart {
    rule: String,
}

#[derive(Deserialize)]
#[serde(expecting = "a cost")]
struct CostPart {
    currency: String,
    after: Stage,
}

#[derive(Deserialize)]
#[serde(expecting = "a bill")]
struct Stage {
    monthly: SumPart,
    complete: bool,
    priced: u64,
    not_priced: BTreeMap<String, u64>,
    incomplete: BTreeMap<String, u64>,
    #[serde(default)]
    by_unstated_usage: u64,
}

#[derive(Deserialize)]
#[serde(expecting = "amounts")]
struct SumPart {
    #[serde(deserialize_with = "money")]
    minimum: Money,
    #[serde(deserialize_with = "money")]
    expected: Money,
    #[serde(deserialize_with = "money")]
    maximum: Money,
    #[serde(deserialize_with = "money")]
    margin: Money,
}

fn severity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Severity, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

fn verdict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
    let word = String::deserialize(deserializer)?;
    let found = [Verdict::Violation, Verdict::Undetermined].into_iter().find(|verdict| verdict.as_str() == word);
    found.ok_or_else(|| D::Error::custom("the verdicts are violation and undetermined"))
}

fn money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse::<Decimal>().map(Money).map_err(|_| D::Error::custom("an amount is no decimal number"))
}

/// Reads the report in the file called `name`.
///
/// # Errors
/// When it is something else, cut off, or of a version that this program does not read.
pub fn read(name: &str, text: &[u8]) -> Result<Side, ResultError> {
    let wrong = |what: String, hint| ResultError { name: name.to_owned(), what, hint };
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    is_report(text).map_err(|(what, hint)| wrong(what, hint))?;
    let document: Document =
        serde_json::from_slice(text).map_err(|error| wrong(format!("it is no whole report: {error}"), WRITE))?;
    document.side(name).map_err(|what| wrong(what, WRITE))
}

/// How to get a file that can be read.
const WRITE: &str = "planwise check PLAN --output json=FILE writes a report that can be compared";

/// Whether a text looks like a report; else what it is, and what to do.
fn is_report(text: &[u8]) -> Result<(), (String, &'static str)> {
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Err(("it is UTF-16, as some shells write it behind >".to_owned(), WRITE));
    }
    if text.trim_ascii().is_empty() {
        return Err(("it is empty".to_owned(), WRITE));
    }
    let head: Head = serde_json::from_slice(text).map_err(|error| {
        let what = if error.is_data() { "it is no report" } else { "it is no whole JSON document" };
        (format!("{what}: {error}"), WRITE)
    })?;
    match (&head.schema_version, head.format_version, head.findings.and(head.summary)) {
        (None, Some(_), _) => Err(("it is a plan, and no report on one".to_owned(), WRITE)),
        (None, None, _) => Err(("it is no report: it has no schema_version".to_owned(), WRITE)),
        (Some(_), _, None) => {
            Err(("it is no report of `planwise check`: findings and summary are not both there".to_owned(), WRITE))
        }
        (Some(version), ..) if version.split('.').next() == Some(MAJOR) => Ok(()),
        (Some(version), ..) => {
            let version: String = version.chars().take(20).collect::<String>().escape_debug().collect();
            Err((
                format!("its schema_version is {version}, and this program reads {MAJOR}"),
                "write both reports with the version of planwise that compares them",
            ))
        }
    }
}

impl Document {
    fn side(self, name: &str) -> Result<Side, String> {
        let plans: Vec<SidePlan> = self.plans.into_iter().map(PlanPart::plan).collect();
        let all = [("findings", self.findings), ("exempted", self.exempted)];
        let mut findings = Vec::new();
        for (list, parts) in all {
            for (at, part) in parts.into_iter().enumerate() {
                if part.plan >= plans.len() {
                    return Err(format!("{list}[{at}] belongs to plan {}, which is not in it", part.plan));
                }
                // What is resolved describes the system as it was.
                if part.status != "resolved" {
                    findings.push(part.finding());
                }
            }
        }
        Ok(Side {
            name: name.to_owned(),
            version: self.tool.version,
            policy: self.config.policy,
            plans,
            findings,
            rules: self.summary.rules.into_iter().map(|part| part.rule).collect::<BTreeSet<_>>(),
            left_out: self.summary.left_out,
            accepted: self.baseline.map_or(0, |baseline| baseline.accepted),
            open_fails: self.summary.undetermined_fails,
            bill: self.cost.map(CostPart::bill),
        })
    }
}

impl PlanPart {
    fn plan(self) -> SidePlan {
        SidePlan {
            project: self.project.filter(|project| !project.is_empty()),
            path: self.path,
            document: self.document,
            is_partial: self.errored || self.complete == Some(false),
        }
    }
}

impl FindingPart {
    fn finding(self) -> SideFinding {
        let measure = |(name, part)| match part {
            MeasurePart::Number(number) => (name, SideMeasure::Number(number)),
            MeasurePart::Word(Unlimited::Unlimited) => (name, SideMeasure::Unlimited),
        };
        SideFinding {
            plan: self.plan,
            rule: self.rule,
            severity: self.severity,
            verdict: self.verdict,
            address: self.address,
            message: self.message,
            fingerprint: self.fingerprint,
            measures: self.measure.into_iter().map(measure).collect(),
            exemption: self.exemption.map(|exemption| exemption.reason),
        }
    }
}

impl CostPart {
    fn bill(self) -> Bill {
        let Stage { monthly, complete, priced, not_priced, incomplete, by_unstated_usage } = self.after;
        let SumPart { minimum, expected, maximum, margin } = monthly;
        let gaps = not_priced.values().chain(incomplete.values()).fold(0, |sum: u64, count| sum.saturating_add(*count));
        Bill {
            currency: self.currency,
            monthly: Sum { minimum, expected, maximum, margin },
            is_complete: complete,
            priced,
            gaps,
            by_unstated_usage,
        }
    }
}
