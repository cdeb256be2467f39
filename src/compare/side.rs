//! What a report says, as far as two of them can be compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::cost::Sum;
use crate::finding::{Severity, Verdict};

/// One report.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Its file.
    pub name: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// The policy that it goes by.
    pub policy: String,
    /// The configuration file that it goes by, if there is one.
    pub config: Option<String>,
    /// Its plans.
    pub plans: Vec<SidePlan>,
    /// What it says of the systems as they are afterwards: open findings, and exempted ones.
    pub findings: Vec<SideFinding>,
    /// The rules that were applied.
    pub rules: BTreeSet<String>,
    /// How many findings were left out as too mild.
    pub left_out: u64,
    /// How many a baseline accepts; they are not told.
    pub accepted: u64,
    /// Whether what cannot be told counts like a violation.
    pub open_fails: bool,
    /// What a month costs afterwards; nothing where nobody asked.
    pub bill: Option<Bill>,
}

/// One of its plans.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SidePlan {
    /// The project that it belongs to.
    pub project: Option<String>,
    /// The file as it was named.
    pub path: String,
    /// Which plan in that file it is, from 1.
    pub document: u64,
    /// Whether it holds only a part of the system.
    pub is_partial: bool,
}

/// One of its findings.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SideFinding {
    /// Its plan: the position in the report's list.
    pub plan: usize,
    /// The rule's name.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What the rule says.
    pub verdict: Verdict,
    /// The resource to look at first.
    pub address: String,
    /// What is wrong.
    pub message: String,
    /// By what it is known again.
    pub fingerprint: String,
    /// Its numbers.
    pub measures: BTreeMap<String, SideMeasure>,
    /// Why somebody lives with it.
    pub exemption: Option<String>,
}

/// A number of a finding. What has no end is the greatest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SideMeasure {
    /// So many.
    Number(u64),
    /// As many as anybody asks for.
    Unlimited,
}

/// What a month costs.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Bill {
    /// The code of the currency.
    pub currency: String,
    /// What is priced, together.
    pub monthly: Sum,
    /// Whether all that is billed whether or not it is used has a price.
    pub is_complete: bool,
    /// How many resources have a price, at least in part.
    pub priced: u64,
    /// How many have none, or one for a part only.
    pub gaps: u64,
    /// How many cost more the more they are used, and nobody says how much that is.
    pub by_unstated_usage: u64,
}

impl Bill {
    /// Whether it says anything: where nothing of what is billed has a price, the sum of nothing is no amount.
    pub const fn is_known(&self) -> bool {
        self.priced > 0 || self.is_complete
    }
}

impl Side {
    /// How many findings it has and does not show.
    pub const fn hidden(&self) -> u64 {
        self.left_out.saturating_add(self.accepted)
    }
}

impl SidePlan {
    /// Its file, and which plan in it.
    pub fn place(&self) -> String {
        if self.document > 1 { format!("{}#{}", self.path, self.document) } else { self.path.clone() }
    }
}
