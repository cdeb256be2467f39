//! One plan in a comment: its verdict, and its findings by what becomes of them.

use super::markdown_text::clip;
use super::retold::{Retold, RetoldFinding};
use super::summary::PlanSummary;
use crate::advice::Status;
use crate::finding::{Severity, Verdict};

/// A name longer than this is cut.
pub(super) const NAME: usize = 200;

/// One plan of one run.
#[derive(Debug)]
pub(super) struct Section<'r> {
    pub(super) run: &'r Retold,
    pub(super) plan: PlanSummary,
    pub(super) name: String,
    /// Whether the run has no other plan: what it costs is what this plan costs.
    pub(super) is_alone: bool,
    pub(super) fails: bool,
    /// Whether it fails by nothing of its own, but by a limit of the bill of all plans of the run.
    pub(super) is_over_limit: bool,
    pub(super) new: Vec<&'r RetoldFinding>,
    pub(super) existing: Vec<&'r RetoldFinding>,
    pub(super) resolved: Vec<&'r RetoldFinding>,
    pub(super) unknown: Vec<&'r RetoldFinding>,
    pub(super) exempted: Vec<&'r RetoldFinding>,
}

impl<'r> Section<'r> {
    pub(super) fn new(run: &'r Retold, at: usize, plan: PlanSummary, is_alone: bool) -> Self {
        let of = |keep: &dyn Fn(&RetoldFinding) -> bool| -> Vec<&'r RetoldFinding> {
            run.findings.iter().filter(|finding| finding.plan == at && keep(finding)).collect()
        };
        let violation = |finding: &RetoldFinding| finding.verdict == Verdict::Violation;
        let fails_by_itself = run.findings.iter().any(|finding| finding.plan == at && finding.fails_run);
        // A limit is one of all plans together: where it is exceeded, none of them passes.
        let is_over_limit = !fails_by_itself && run.exceeded() > 0;
        let no_finding = !run.findings.iter().any(|finding| finding.fails_run);
        Self {
            run,
            name: clip(plan.project.as_ref().unwrap_or(&plan.name), NAME),
            plan,
            is_alone,
            fails: fails_by_itself || is_over_limit || run.failed() && (is_alone || no_finding),
            is_over_limit,
            new: of(&|finding| run.is_told_as_new(finding)),
            existing: of(&|finding| {
                violation(finding) && finding.status == Status::Existing && !run.is_told_as_new(finding)
            }),
            resolved: of(&|finding| violation(finding) && finding.status == Status::Resolved),
            unknown: of(&|finding| !violation(finding)),
            exempted: run.exempted.iter().filter(|finding| finding.plan == at).collect(),
        }
    }

    /// How many violations there are of each severity that are told as new, worst first.
    pub(super) fn by_severity(&self) -> Vec<(Severity, usize)> {
        let of = |severity| (severity, self.new.iter().filter(|finding| finding.severity == severity).count());
        Severity::ALL.into_iter().rev().map(of).filter(|(_, count)| *count > 0).collect()
    }

    /// What stands first in a comment: what could not be analysed, what fails, and the worst of it.
    pub(super) fn worst(&self) -> (bool, bool, Option<Severity>, usize) {
        let worst = self.by_severity().first().map(|(severity, _)| *severity);
        (self.not_analysed().is_some(), self.fails, worst, self.new.len())
    }

    /// Why it could not be analysed.
    pub(super) fn not_analysed(&self) -> Option<&'r str> {
        self.run.not_analysed.as_deref()
    }

    /// Its verdict in a word or two.
    pub(super) fn verdict(&self) -> &'static str {
        match (self.not_analysed(), self.fails, self.is_over_limit) {
            (Some(_), _, _) => "**not analysed**",
            (None, true, true) => "**fails** (limit of the bill)",
            (None, true, false) => "**fails**",
            (None, false, _) => "passes",
        }
    }

    /// How many findings are told of it that are not new.
    pub(super) fn others(&self) -> usize {
        self.existing.len() + self.resolved.len() + self.unknown.len() + self.exempted.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.others() == 0
    }
}
