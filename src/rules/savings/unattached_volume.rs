use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::StandbyKind;

use super::shared::{Words, judge};

rule! {
    /// ## What it finds
    /// A disk of this plan that nothing attaches to a machine.
    ///
    /// ## Why it matters
    /// Disks are billed by what they could hold, attached or not.
    ///
    /// ## What to do
    /// Make a snapshot of it, if what is on it is wanted, and remove it; or attach it. A script or a tool of the cluster may
    /// attach it without a trace in this plan: exempt it then, with that as the reason.
    ///
    /// ## When it stays silent
    /// For disks that carry a tag of Kubernetes, which attaches them itself. For disks that this plan only reads.
    ///
    /// ## What makes it undetermined
    /// An attachment of which the plan does not show which disk it attaches; an output that hands the disk on; a script or
    /// something else that is told of it and may attach it; a plan without configuration, or with only a part of what that
    /// makes.
    "unattached-volume", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "Disk that nothing attaches",
    thresholds: [],
    sources: [
        "Amazon EBS pricing: provisioned gigabytes a month until the volume is deleted, not looked up again",
        "Design principle DP8, cost awareness across all decisions",
    ]
}

static WORDS: Words = Words {
    billed: "is billed by its size",
    question: "anything attaches it",
    detail: "a snapshot keeps what is on it for less",
};

fn check(context: Context<'_>) -> Judgement {
    judge(context, &RULE.meta, StandbyKind::Disk, &WORDS)
}
