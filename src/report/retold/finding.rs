//! A finding, read back from a report's JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::words::{money, severity, status, verdict};
use crate::advice::Status;
use crate::compare::SideMeasure;
use crate::finding::{Severity, Verdict};
use crate::model::Place;
use crate::report::text::amount;
use crate::units::Money;

/// A finding of such a run.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a finding")]
pub(in crate::report) struct RetoldFinding {
    pub(in crate::report) plan: usize,
    pub(in crate::report) rule: String,
    #[serde(deserialize_with = "severity")]
    pub(in crate::report) severity: Severity,
    #[serde(deserialize_with = "verdict")]
    pub(in crate::report) verdict: Verdict,
    #[serde(deserialize_with = "status")]
    pub(in crate::report) status: Status,
    pub(in crate::report) address: String,
    subjects: Vec<String>,
    pub(in crate::report) message: String,
    pub(in crate::report) working: Vec<String>,
    pub(in crate::report) evidence: Vec<RetoldEvidence>,
    pub(super) measure: BTreeMap<String, RetoldMeasure>,
    pub(in crate::report) remedies: Vec<RetoldRemedy>,
    pub(super) fingerprint: String,
    place: Option<PlaceSide>,
    inner_place: Option<PlaceSide>,
    pub(in crate::report) fails_run: bool,
    pub(super) exemption: Option<RetoldExemption>,
    /// The neighbourhood as a Mermaid flowchart, where somebody drew it.
    #[serde(skip)]
    pub(in crate::report) picture: Option<String>,
}

/// A number of a finding.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, expecting = "a measure is a whole number, not below 0, or \"unlimited\"")]
pub(super) enum RetoldMeasure {
    Number(u64),
    Word(Unlimited),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum Unlimited {
    #[serde(rename = "unlimited")]
    Unlimited,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a piece of evidence")]
pub(in crate::report) struct RetoldEvidence {
    pub(in crate::report) address: String,
    pub(in crate::report) attribute: String,
    pub(in crate::report) value: String,
    source: String,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a way out")]
pub(in crate::report) struct RetoldRemedy {
    pub(in crate::report) title: String,
    pub(in crate::report) detail: String,
    monthly_delta: DeltaSide,
    #[serde(default)]
    pub(in crate::report) suggestions: Vec<RetoldSuggestion>,
}

/// Lines to write in place of others.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a suggestion")]
pub(in crate::report) struct RetoldSuggestion {
    pub(in crate::report) file: String,
    pub(in crate::report) line: usize,
    pub(in crate::report) old: Vec<String>,
    pub(in crate::report) new: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum DeltaSide {
    Free {
        reason: String,
    },
    NotPriced {
        reason: String,
    },
    Amount {
        #[serde(deserialize_with = "money")]
        amount: Money,
        #[serde(deserialize_with = "money")]
        maximum: Money,
        #[serde(deserialize_with = "money")]
        margin: Money,
        reason: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a place")]
struct PlaceSide {
    file: String,
    line: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an exemption")]
pub(super) struct RetoldExemption {
    pub(super) reason: String,
    until: Option<String>,
    place: String,
}

impl RetoldMeasure {
    /// The same as two reports have it.
    pub(super) const fn told(self) -> SideMeasure {
        match self {
            Self::Number(number) => SideMeasure::Number(number),
            Self::Word(Unlimited::Unlimited) => SideMeasure::Unlimited,
        }
    }
}

impl RetoldRemedy {
    /// What it costs, in a word or two.
    pub(in crate::report) fn price(&self, currency: &str) -> String {
        match &self.monthly_delta {
            DeltaSide::Free { .. } => "free".to_owned(),
            DeltaSide::NotPriced { .. } => "not priced".to_owned(),
            DeltaSide::Amount { amount: expected, maximum, margin, .. } => {
                amount(*expected, *maximum, *margin, currency)
            }
        }
    }

    /// Why it costs that; nothing where the amount says it all.
    pub(in crate::report) fn reason(&self) -> &str {
        match &self.monthly_delta {
            DeltaSide::Free { reason } | DeltaSide::NotPriced { reason } | DeltaSide::Amount { reason, .. } => reason,
        }
    }
}

impl RetoldEvidence {
    /// Where the value comes from, unless that is the plan.
    pub(in crate::report) fn provenance(&self) -> String {
        match (self.source.as_str(), &self.note) {
            ("plan", _) => String::new(),
            (source @ ("configuration" | "declared"), Some(place)) => format!("{source}, {place}"),
            (source, Some(note)) => format!("{source}: {note}"),
            (source, None) => source.to_owned(),
        }
    }
}

impl PlaceSide {
    fn place(&self) -> Place {
        Place { file: self.file.as_str().into(), line: self.line, column: None }
    }
}

impl RetoldFinding {
    /// What it is about: a resource, or a line of a file.
    pub(in crate::report) fn subject(&self) -> String {
        match &self.place {
            Some(place) if place.file == self.address => place.place().to_string(),
            _ => self.address.clone(),
        }
    }

    /// Where it is written, unless that is what it is about.
    pub(in crate::report) fn place(&self) -> Option<String> {
        let place = self.place.as_ref().filter(|place| place.file != self.address)?;
        Some(place.place().to_string())
    }

    /// Where the resource itself is written, if that is elsewhere.
    pub(in crate::report) fn inner_place(&self) -> Option<String> {
        Some(self.inner_place.as_ref()?.place().to_string())
    }

    /// The addresses that its texts may hold.
    pub(in crate::report) fn names(&self) -> Vec<&str> {
        let evidence = self.evidence.iter().map(|piece| piece.address.as_str());
        let mut names: Vec<&str> = self.subjects.iter().map(String::as_str).chain(evidence).collect();
        names.push(&self.address);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Why somebody lives with it.
    pub(in crate::report) fn exemption(&self) -> String {
        self.exemption.as_ref().map_or_else(String::new, |exemption| {
            let until = exemption.until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
            format!("{} ({}{until})", exemption.reason, exemption.place)
        })
    }

    /// Whether it is introduced or worsened.
    pub(in crate::report) fn is_new(&self) -> bool {
        matches!(self.status, Status::Introduced | Status::Worsened)
    }
}
