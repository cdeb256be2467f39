//! `aws_sfn_state_machine`: runs steps in their order.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sfn_state_machine",
    mode: Mode::Managed,
    noun: "state machine",
    describe: inert,
    tariff: &TARIFF,
};

/// A standard workflow by the transition, an express workflow by the request and by the memory and time that it takes: time in steps of
/// 100 ms, memory in steps of 64 MB.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Step Functions pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("type")],
    usage: &[
        meter::key("monthly_transitions", "transitions of state in a month (standard)"),
        meter::key("monthly_requests", "starts in a month (express)"),
        meter::key("memory_mb", "MB that a workflow takes, on average (express)"),
        meter::key("workflow_duration_ms", "how long a workflow takes, in ms, on average (express)"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "type", "STANDARD") {
        Ok("EXPRESS") => express(site, lines),
        Ok(_) => {
            let transitions = meter::per(site.usage("monthly_transitions"), 1_000);
            lines.used("Transitions", "1K transitions", "aws_sfn_state_machine/Transitions", transitions);
        }
        Err(why) => lines.not_priced("Workflows", why),
    }
}

fn express(site: &Site<'_>, lines: &mut Lines) {
    let requests = site.usage("monthly_requests");
    let key = "aws_sfn_state_machine/Requests";
    lines.used("Requests", "1M requests", key, meter::per(requests, 1_000_000));
    let steps = meter::in_chunks(requests, site.usage("workflow_duration_ms"), 100);
    let chunks = site.usage("memory_mb").map_or(Decimal::ONE, |mb| meter::share(mb, 64).ceil().max(Decimal::ONE));
    // A step is a tenth of a second, a chunk a sixteenth of a GB.
    let used = steps.map(|steps| meter::share(meter::product(steps, chunks), 10 * 16 * 3_600));
    lines.tiers("GB-hours", DURATION, used.filter(|_| site.usage("workflow_duration_ms").is_some()));
}

const DURATION: &[(&str, &str, Option<Decimal>)] = &[
    ("Duration (first 1K)", "aws_sfn_state_machine/Duration (first 1K)", Some(Decimal::ONE_THOUSAND)),
    (
        "Duration (next 4K)",
        "aws_sfn_state_machine/Duration (next 4K)",
        Some(Decimal::from_parts(4_000, 0, 0, false, 0)),
    ),
    ("Duration (over 5K)", "aws_sfn_state_machine/Duration (over 5K)", None),
];
