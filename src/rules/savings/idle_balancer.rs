use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::StandbyKind;

use super::shared::{Words, judge};

rule! {
    /// ## What it finds
    /// A load balancer on which nothing listens, or whose listeners forward to groups of targets with which nothing is
    /// registered.
    ///
    /// ## Why it matters
    /// It is billed for every hour that it exists, and so are its public addresses. No request gets through it.
    ///
    /// ## What to do
    /// Remove it; or add the listener or the targets, if that is what is missing.
    ///
    /// ## When it stays silent
    /// Where something may be registered that this plan does not show: groups of targets that an output hands on, that
    /// something else names, or that this plan only reads. For listeners that redirect, or that answer by themselves.
    ///
    /// ## What makes it undetermined
    /// A listener of which the plan does not show what it listens on; an output that hands on a balancer without
    /// listeners; something that names it and of which planwise does not know what it does; a plan without configuration,
    /// or with only a part of what that makes.
    "idle-balancer", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "Load balancer without listeners or without targets",
    thresholds: [],
    sources: [
        "Elastic Load Balancing pricing: each hour or partial hour that a balancer runs, not looked up again",
        "Design principle DP8, cost awareness across all decisions",
    ]
}

static WORDS: Words = Words {
    billed: "is billed by the hour",
    question: "anything is behind it",
    detail: "no request gets through it; names that lead to it go as well",
};

fn check(context: Context<'_>) -> Judgement {
    judge(context, &RULE.meta, StandbyKind::Balancer, &WORDS)
}
