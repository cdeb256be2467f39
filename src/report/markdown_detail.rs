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
    /// How many plans stand in the table of all.
    pub(super) projects: usize,
    /// Of how many of these the findings are told, the worst first.
    pub(super) sections: usize,
    /// Of how many plans it is told how much was understood.
    pub(super) coverage: usize,
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
    sections: usize::MAX,
    coverage: 300,
    notes: 100,
};
const NO_PICTURES: Detail = Detail { pictures: false, ..ALL };
const NO_EVIDENCE: Detail = Detail { evidence: false, lists: 100, ..NO_PICTURES };
const FEW: Detail = Detail { folds: 25, lists: 25, rows: 100, coverage: 100, notes: 25, ..NO_EVIDENCE };
const FEWER: Detail = Detail { folds: 10, lists: 10, coverage: 50, ..FEW };
const NO_DIFFS: Detail = Detail { diffs: false, folds: 3, ..FEWER };
const NO_DETAILS: Detail = Detail { folds: 0, rows: 50, coverage: 25, ..NO_DIFFS };
const ROWS: Detail = Detail { rows: 25, lists: 3, coverage: 15, notes: 5, ..NO_DETAILS };
const FIVE_ROWS: Detail = Detail { rows: 5, lists: 0, ..ROWS };
const THREE_ROWS: Detail = Detail { rows: 3, ..FIVE_ROWS };
const ONE_ROW: Detail = Detail { rows: 1, ..THREE_ROWS };
// A verdict on every project says more than findings of some: the table of projects is the last to be cut.
const OF_FIFTY: Detail = Detail { sections: 50, ..ONE_ROW };
const OF_FIFTEEN: Detail = Detail { rows: 3, sections: 15, ..ONE_ROW };
const OF_FIVE: Detail = Detail { rows: 3, sections: 5, coverage: 5, ..ONE_ROW };
const NO_ROWS: Detail = Detail { rows: 0, sections: 0, ..OF_FIVE };
const PROJECTS: Detail = Detail { projects: 150, notes: 3, ..NO_ROWS };
const FEW_PROJECTS: Detail = Detail { projects: 50, ..PROJECTS };
const LAST: Detail = Detail { projects: 15, coverage: 3, ..FEW_PROJECTS };

/// In this order detail goes, until a comment fits.
pub(super) const STEPS: &[Detail] = &[
    ALL,
    NO_PICTURES,
    NO_EVIDENCE,
    FEW,
    FEWER,
    NO_DIFFS,
    NO_DETAILS,
    ROWS,
    FIVE_ROWS,
    THREE_ROWS,
    ONE_ROW,
    OF_FIFTY,
    OF_FIFTEEN,
    OF_FIVE,
    NO_ROWS,
    PROJECTS,
    FEW_PROJECTS,
    LAST,
];

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
    /// What was left out at `detail`, and why, as a few sentences; nothing where all is told.
    pub(super) fn told(&self, host: Host, detail: &Detail) -> Option<String> {
        let count = |number: usize, noun: &str| counted(u64::try_from(number).unwrap_or(u64::MAX), noun);
        let (mut readable, mut fitting) = (Vec::new(), Vec::new());
        let mut tell = |is_cut: bool, part: String| if is_cut { fitting.push(part) } else { readable.push(part) };
        // What even the longest comment leaves out is not left out for want of space.
        if self.findings > 0 {
            let is_cut = detail.rows < ALL.rows || detail.sections < ALL.sections;
            tell(is_cut, count(self.findings, "new finding"));
        }
        if self.details > 0 {
            tell(detail.folds < ALL.folds, format!("the details of {}", count(self.details, "finding")));
        }
        if self.others > 0 {
            let noun = if self.findings > 0 { "other finding" } else { "finding" };
            tell(detail.lists < ALL.lists, format!("{} that no new problem is", count(self.others, noun)));
        }
        let words = [(self.evidence, "the evidence"), (self.diffs, "the lines to change"), (self.pictures, "pictures")];
        for (_, word) in words.into_iter().filter(|(left, _)| *left) {
            tell(true, word.to_owned());
        }
        let mut told = Vec::new();
        if !readable.is_empty() {
            told.push(format!("Not shown, to keep the comment readable: {}.", listed(readable)));
        }
        if !fitting.is_empty() {
            told.push(format!("Not shown, to fit into a comment on {}: {}.", host.name(), listed(fitting)));
        }
        let all = "The full report has all of it: planwise check PLAN, or --format json.";
        (!told.is_empty()).then(|| format!("{} {all}", told.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_with_its_reason() {
        let left = Left { details: 30, pictures: true, ..Left::default() };
        let all = "The full report has all of it: planwise check PLAN, or --format json.";
        let readable = "Not shown, to keep the comment readable: the details of 30 findings.";
        assert_eq!(
            left.told(Host::GitLab, &NO_PICTURES).unwrap(),
            format!("{readable} Not shown, to fit into a comment on GitLab: pictures. {all}")
        );
        let left = Left { pictures: false, ..left };
        assert_eq!(left.told(Host::GitLab, &ALL).unwrap(), format!("{readable} {all}"));
        assert_eq!(
            left.told(Host::GitLab, &FEW).unwrap(),
            format!("Not shown, to fit into a comment on GitLab: the details of 30 findings. {all}")
        );
        assert_eq!(Left::default().told(Host::GitLab, &ALL), None);
    }
}
