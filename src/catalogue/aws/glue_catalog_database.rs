//! `aws_glue_catalog_database`: what tables of a data lake are like.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_glue_catalog_database",
    mode: Mode::Managed,
    noun: "Glue database",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the objects that it describes and by requests.
///
/// Source: AWS Glue pricing, Data Catalog, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "monthly_objects", meaning: "objects beyond the million that are free" },
        UsageKey { key: "monthly_requests", meaning: "requests in a month beyond the million that is free" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Storage",
            "100k objects",
            "aws_glue_catalog_database/Storage",
            site.usage("monthly_objects").map(|used| used / Decimal::from(100_000)),
        );
        lines.used(
            "Requests",
            "1M requests",
            "aws_glue_catalog_database/Requests",
            site.usage("monthly_requests").map(|used| used / Decimal::from(1_000_000)),
        );
    }),
    ..Tariff::FREE
};
