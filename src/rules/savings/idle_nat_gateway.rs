use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::StandbyKind;

use super::shared::{Words, judge};

rule! {
    /// ## What it finds
    /// A NAT gateway of this plan that no route leads to.
    ///
    /// ## Why it matters
    /// It is billed for every hour that it exists, whether anything passes through it or not, and its public address is
    /// as well.
    ///
    /// ## What to do
    /// Remove it, and its address with it; or lead a route to it, if that is what is missing.
    ///
    /// ## When it stays silent
    /// For gateways that some route leads to, whichever subnets that route is for. For private NAT gateways, which lead to
    /// other networks, and for gateways that this plan only reads.
    ///
    /// ## What makes it undetermined
    /// Routes of which the plan does not show where they lead; an output that hands the gateway on; something that names it
    /// and of which planwise does not know what it does; a plan without configuration, or with only a part of what that
    /// makes.
    "idle-nat-gateway", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "NAT gateway that no route leads to",
    thresholds: [],
    sources: [
        "Amazon VPC pricing, NAT gateway: each hour that it is provisioned, not looked up again",
        "Design principle DP8, cost awareness across all decisions",
    ]
}

static WORDS: Words = Words {
    billed: "is billed by the hour",
    question: "a route leads to it",
    detail: "nothing leaves through it; its public address is billed as well until it is released",
};

fn check(context: Context<'_>) -> Judgement {
    judge(context, &RULE.meta, StandbyKind::Nat, &WORDS)
}
