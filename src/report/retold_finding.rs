//! A finding, read back from a report's JSON.

use serde::{Deserialize, Deserializer};

use super::text::amount;
use crate::advice::Status;
use crate::finding::{Severity, Verdict};
use crate::model::Place;
use crate::units::{Decimal, Money};

/// A finding of such a run.
#[derive(Debug, Deserialize)]
pub(super) struct RetoldFinding {
    #[serde(default)]
    pub(super) plan: usize,
    pub(super) rule: String,
    #[serde(deserialize_with = "severity")]
    pub(super) severity: Severity,
    #[serde(deserialize_with = "verdict")]
    pub(super) verdict: Verdict,
    #[serde(deserialize_with = "status")]
    pub(super) status: Status,
    pub(super) address: String,
    #[serde(default)]
    subjects: Vec<String>,
    pub(super) message: String,
    #[serde(default)]
    pub(super) working: Vec<String>,
    #[serde(default)]
    pub(super) evidence: Vec<RetoldEvidence>,
    #[serde(default)]
    pub(super) remedies: Vec<RetoldRemedy>,
    place: Option<PlaceSide>,
    inner_place: Option<PlaceSide>,
    #[serde(default)]
    pub(super) fails_run: bool,
    exemption: Option<Exemption>,
    /// The neighbourhood as a Mermaid flowchart, where somebody drew it.
    #[serde(skip)]
    pub(super) picture: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RetoldEvidence {
    pub(super) address: String,
    pub(super) attribute: String,
    pub(super) value: String,
    source: String,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RetoldRemedy {
    pub(super) title: String,
    pub(super) detail: String,
    monthly_delta: DeltaSide,
    #[serde(default)]
    pub(super) suggestions: Vec<RetoldSuggestion>,
}

/// Lines to write in place of others.
#[derive(Debug, Deserialize)]
pub(super) struct RetoldSuggestion {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) old: Vec<String>,
    pub(super) new: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum DeltaSide {
    Free {
        #[serde(default)]
        reason: String,
    },
    NotPriced {
        #[serde(default)]
        reason: String,
    },
    Amount {
        #[serde(deserialize_with = "money")]
        amount: Money,
        #[serde(deserialize_with = "money")]
        maximum: Money,
        #[serde(deserialize_with = "money")]
        margin: Money,
        #[serde(default)]
        reason: String,
    },
}

#[derive(Debug, Deserialize)]
struct PlaceSide {
    file: String,
    line: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct Exemption {
    reason: String,
    until: Option<String>,
    place: String,
}

/// A word of a closed list, by the list.
fn word<'de, D: Deserializer<'de>, T>(source: D, find: impl FnOnce(&str) -> Option<T>) -> Result<T, D::Error> {
    let text = String::deserialize(source)?;
    find(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no word for it")))
}

fn severity<'de, D: Deserializer<'de>>(source: D) -> Result<Severity, D::Error> {
    word(source, |text| text.parse().ok())
}

fn verdict<'de, D: Deserializer<'de>>(source: D) -> Result<Verdict, D::Error> {
    let all = [Verdict::Violation, Verdict::Undetermined];
    word(source, |text| all.into_iter().find(|verdict| verdict.as_str() == text))
}

fn status<'de, D: Deserializer<'de>>(source: D) -> Result<Status, D::Error> {
    word(source, |text| Status::ALL.into_iter().find(|status| status.as_str() == text))
}

/// A decimal that is written as a text.
pub(super) fn money<'de, D: Deserializer<'de>>(source: D) -> Result<Money, D::Error> {
    word(source, |text| text.parse::<Decimal>().ok().map(Money))
}

impl RetoldRemedy {
    /// What it costs, in a word or two.
    pub(super) fn price(&self, currency: &str) -> String {
        match &self.monthly_delta {
            DeltaSide::Free { .. } => "free".to_owned(),
            DeltaSide::NotPriced { .. } => "not priced".to_owned(),
            DeltaSide::Amount { amount: expected, maximum, margin, .. } => {
                amount(*expected, *maximum, *margin, currency)
            }
        }
    }

    /// Why it costs that; nothing where the amount says it all.
    pub(super) fn reason(&self) -> &str {
        match &self.monthly_delta {
            DeltaSide::Free { reason } | DeltaSide::NotPriced { reason } | DeltaSide::Amount { reason, .. } => reason,
        }
    }
}

impl RetoldEvidence {
    /// Where the value comes from, unless that is the plan.
    pub(super) fn provenance(&self) -> String {
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
    pub(super) fn subject(&self) -> String {
        match &self.place {
            Some(place) if place.file == self.address => place.place().to_string(),
            _ => self.address.clone(),
        }
    }

    /// Where it is written, unless that is what it is about.
    pub(super) fn place(&self) -> Option<String> {
        let place = self.place.as_ref().filter(|place| place.file != self.address)?;
        Some(place.place().to_string())
    }

    /// Where the resource itself is written, if that is elsewhere.
    pub(super) fn inner_place(&self) -> Option<String> {
        Some(self.inner_place.as_ref()?.place().to_string())
    }

    /// The addresses that its texts may hold.
    pub(super) fn names(&self) -> Vec<&str> {
        let evidence = self.evidence.iter().map(|piece| piece.address.as_str());
        let mut names: Vec<&str> = self.subjects.iter().map(String::as_str).chain(evidence).collect();
        names.push(&self.address);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Why somebody lives with it.
    pub(super) fn exemption(&self) -> String {
        self.exemption.as_ref().map_or_else(String::new, |exemption| {
            let until = exemption.until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
            format!("{} ({}{until})", exemption.reason, exemption.place)
        })
    }

    /// Whether it is introduced or worsened.
    pub(super) fn is_new(&self) -> bool {
        matches!(self.status, Status::Introduced | Status::Worsened)
    }
}
