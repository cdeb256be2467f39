//! How much of each thing a comment says, and what it says of the rest.

use super::host::Host;
use crate::units::{counted, listed};

/// How much is told of each thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Detail {
    /// Whether neighbourhoods are drawn.
    pub(super) pictures: bool,
    /// Whether it is told what findings rest on.
    pub(super) evidence: bool,
    /// Whether the lines to change are shown.
    pub(super) diffs: bool,
    /// Of how many new findings of a plan there are details.
    pub(super) folds: usize,
    /// How many are told of what was there before, is over, open or exempted.
    pub(super) lists: usize,
    /// How many new findings of a plan stand in its table.
    pub(super) rows: usize,
    /// How many plans stand in the table of all, and in the coverage.
    pub(super) projects: usize,
    /// How many notes there are.
    pub(super) notes: usize,
}

const ALL: Detail = Detail {
    pictures: true,
    evidence: true,
    diffs: true,
    folds: 100,
    lists: 500,
    rows: 200,
    projects: 300,
    notes: 100,
};
const NO_PICTURES: Detail = Detail { pictures: false, ..ALL };
const NO_EVIDENCE: Detail = Detail { evidence: false, lists: 100, ..NO_PICTURES };
const FEW: Detail = Detail { folds: 25, lists: 25, rows: 100, notes: 25, ..NO_EVIDENCE };
const FEWER: Detail = Detail { folds: 10, lists: 10, projects: 150, ..FEW };
const NO_DIFFS: Detail = Detail { diffs: false, folds: 3, ..FEWER };
const NO_DETAILS: Detail = Detail { folds: 0, rows: 50, ..NO_DIFFS };
const ROWS: Detail = Detail { rows: 25, lists: 3, projects: 100, notes: 5, ..NO_DETAILS };
const FEW_ROWS: Detail = Detail { rows: 5, lists: 0, projects: 50, ..ROWS };
const NO_ROWS: Detail = Detail { rows: 0, projects: 15, notes: 3, ..FEW_ROWS };

/// In this order detail goes, until a comment fits.
pub(super) const STEPS: &[Detail] =
    &[ALL, NO_PICTURES, NO_EVIDENCE, FEW, FEWER, NO_DIFFS, NO_DETAILS, ROWS, FEW_ROWS, NO_ROWS];

/// What was left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    pub(super) pictures: bool,
    pub(super) evidence: bool,
    pub(super) diffs: bool,
    /// Of how many findings there are no details.
    pub(super) details: usize,
    /// How many new findings are not told at all.
    pub(super) findings: usize,
    /// How many others.
    pub(super) others: usize,
}

impl Left {
    /// What was left out, as a sentence or two; nothing where all is told.
    pub(super) fn told(&self, host: Host) -> Option<String> {
        let count = |number: usize, noun: &str| counted(u64::try_from(number).unwrap_or(u64::MAX), noun);
        let mut parts = Vec::new();
        if self.findings > 0 {
            parts.push(count(self.findings, "new finding"));
        }
        if self.details > 0 {
            parts.push(format!("the details of {}", count(self.details, "finding")));
        }
        if self.others > 0 {
            let noun = if self.findings > 0 { "other finding" } else { "finding" };
            parts.push(format!("{} that no new problem is", count(self.others, noun)));
        }
        let words = [(self.evidence, "the evidence"), (self.diffs, "the lines to change"), (self.pictures, "pictures")];
        parts.extend(words.into_iter().filter(|(left, _)| *left).map(|(_, word)| word.to_owned()));
        let all = "all of it: planwise check PLAN, or --format json";
        (!parts.is_empty()).then(|| {
            format!(
                "Not shown, to fit into a comment on {}: {}. The full report has {all}.",
                host.name(),
                listed(parts)
            )
        })
    }
}
