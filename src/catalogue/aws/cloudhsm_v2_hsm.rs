//! `aws_cloudhsm_v2_hsm`: a security module.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudhsm_v2_hsm",
    mode: Mode::Managed,
    noun: "CloudHSM module",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour: `CloudHSM` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_hrs", meaning: "Hours that the module runs in a month" }],
    charge: Charge::By(|site, lines| {
        const KEY: &str = "aws_cloudhsm_v2_hsm/HSM usage";
        match site.usage("monthly_hrs") {
            None => lines.hours("HSM usage", KEY, 1),
            hours => lines.used("HSM usage", "hours", KEY, hours),
        };
    }),
    ..Tariff::FREE
};
