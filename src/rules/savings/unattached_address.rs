use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::StandbyKind;

use super::shared::{Words, judge};

rule! {
    /// ## What it finds
    /// A public address of this plan that nothing uses: no machine, no network interface, no NAT gateway, no load balancer.
    ///
    /// ## Why it matters
    /// Public addresses are billed by the hour, used or not.
    ///
    /// ## What to do
    /// Release it; or give it to what it was made for.
    ///
    /// ## When it stays silent
    /// For addresses that the provider says to belong to somebody, also where this plan takes them away: the next plan
    /// tells. For addresses that somebody brought along, which cost nothing. An address that is only kept so that nobody
    /// else gets it should be exempted, with that as the reason.
    ///
    /// ## What makes it undetermined
    /// Something of which the plan does not show which address it takes; an output that hands the address on; a script or
    /// something else that is told of it and may take it; a plan without configuration, or with only a part of what that
    /// makes.
    "unattached-address", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "Public address that nothing uses",
    thresholds: [],
    sources: [
        "AWS networking blog, Identify and optimize public IPv4 address usage on AWS, as of 2024-02-01: all but addresses \
         that are brought along are billed, in use or idle",
        "Design principle DP8, cost awareness across all decisions",
    ]
}

static WORDS: Words = Words {
    billed: "is billed by the hour",
    question: "anything uses it",
    detail: "once released it cannot be had again: see that no name and no list of allowed addresses has it",
};

fn check(context: Context<'_>) -> Judgement {
    judge(context, &RULE.meta, StandbyKind::Address, &WORDS)
}
