//! What lies between two reports.

use super::side::{Bill, Side, SideFinding, SideMeasure};
use crate::cost::Sum;
use crate::finding::Severity;

/// All of it.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The first report and the second; their findings stand in `changes`.
    pub sides: [Side; 2],
    /// The plans of both.
    pub plans: Vec<PlanPair>,
    /// What is not the same: the gravest kind first, and of each kind the worst.
    pub changes: Vec<Change>,
    /// How many findings are the same in both.
    pub same: usize,
    /// What a reader should know before believing it.
    pub notes: Vec<String>,
    /// The mildest severity that fails; nothing where nothing does.
    pub fail_on: Option<Severity>,
}

/// A plan of both reports, or of one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlanPair {
    /// Its project, or its file.
    pub name: String,
    /// Its position in the first report, and in the second.
    pub at: [Option<usize>; 2],
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// Only the second report has it.
    New,
    /// It was exempted, and is no more.
    Unexempted,
    /// It is graver, or its numbers are.
    Worse,
    /// It could not be told, and is a violation.
    Confirmed,
    /// Other numbers, and it cannot be told whether that is good or bad.
    Changed,
    /// It was a violation, and cannot be told any more.
    Unclear,
    /// It is exempted, and was not.
    Exempted,
    /// It could not be told, and nothing is said of it any more.
    Cleared,
    /// It is milder, or its numbers are.
    Better,
    /// Only the first report has it.
    Gone,
    /// The other report did not ask.
    NotCompared,
}

impl Kind {
    /// All of them, what asks for somebody's attention first.
    pub const ALL: [Self; 11] = [
        Self::New,
        Self::Unexempted,
        Self::Worse,
        Self::Confirmed,
        Self::Changed,
        Self::Unclear,
        Self::Exempted,
        Self::Cleared,
        Self::Better,
        Self::Gone,
        Self::NotCompared,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unexempted => "unexempted",
            Self::Worse => "worse",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
            Self::Unclear => "unclear",
            Self::Exempted => "exempted",
            Self::Cleared => "cleared",
            Self::Better => "better",
            Self::Gone => "gone",
            Self::NotCompared => "not_compared",
        }
    }

    /// Whether it is bad news.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::New | Self::Unexempted | Self::Worse | Self::Confirmed)
    }
}

/// A finding that is not the same in both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// Its plan: the position in [`Comparison::plans`].
    pub plan: usize,
    /// What the first report says of it.
    pub from: Option<SideFinding>,
    /// What the second says.
    pub to: Option<SideFinding>,
    /// The numbers that differ, where both have some.
    pub measures: Vec<MeasureChange>,
    /// Whether it fails.
    pub fails: bool,
}

impl Change {
    /// The finding as it was told last.
    pub fn last(&self) -> Option<&SideFinding> {
        self.to.as_ref().or(self.from.as_ref())
    }
}

/// A number that differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MeasureChange {
    /// What it is called.
    pub name: String,
    /// What it was; nothing where the first report does not have it.
    pub from: Option<SideMeasure>,
    /// What it is.
    pub to: Option<SideMeasure>,
    /// Which way that goes.
    pub effect: Effect,
}

/// Whether another number is good or bad.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Bad.
    Worse,
    /// Good.
    Better,
    /// It depends.
    Open,
}

impl Effect {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Open => "unknown",
        }
    }
}

impl Comparison {
    /// Whether something fails.
    pub fn is_failure(&self) -> bool {
        self.changes.iter().any(|change| change.fails)
    }

    /// How many changes of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// What the second report costs more in a month, as far as prices are known; nothing where that cannot be told.
    pub fn difference(&self) -> Option<Sum> {
        let [Some(from), Some(to)] = self.bills() else { return None };
        (from.currency == to.currency && from.is_known() && to.is_known()).then(|| to.monthly - from.monthly)
    }

    /// What each of both costs.
    pub fn bills(&self) -> [Option<&Bill>; 2] {
        self.sides.each_ref().map(|side| side.bill.as_ref())
    }

    /// Whether both have the same plans, so that their bills are of the same systems.
    pub fn has_same_plans(&self) -> bool {
        self.plans.iter().all(|plan| plan.at.iter().all(Option::is_some))
    }
}
