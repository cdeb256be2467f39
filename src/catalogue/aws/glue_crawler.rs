//! `aws_glue_crawler`: finds out what data looks like.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_glue_crawler", mode: Mode::Managed, noun: "Glue crawler", describe: inert, tariff: &TARIFF };

/// Billed by the hour: AWS Glue pricing, crawlers, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_hours", meaning: "Hours that the crawler runs in a month" }],
    charge: Charge::By(|site, lines| {
        lines.used("Duration", "hours", "aws_glue_crawler/Duration", site.usage("monthly_hours"));
    }),
    ..Tariff::FREE
};
