//! `aws_timestreamwrite_table`: measurements over time.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Quantity, Rate, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_timestreamwrite_table",
    mode: Mode::Managed,
    noun: "Timestream table",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what is written, kept and queried.
///
/// Source: Amazon Timestream for `LiveAnalytics` pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "monthly_writes", meaning: "writes of 1 KB in a month" },
        UsageKey { key: "memory_store_gb", meaning: "GB in its memory store" },
        UsageKey { key: "magnetic_store_gb", meaning: "GB in its magnetic store" },
        UsageKey { key: "monthly_query_tcu_hours", meaning: "compute units and hours of queries in a month" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Writes",
            "1M writes",
            "aws_timestreamwrite_table/Writes",
            site.usage("monthly_writes").map(|used| used / Decimal::from(1_000_000)),
        );
        let memory = Quantity::Used(site.usage("memory_store_gb"));
        lines.add("Memory store", "GB-hours", "aws_timestreamwrite_table/Memory store", Rate::Hour, memory);
        lines.used("Magnetic store", "GB", "aws_timestreamwrite_table/Magnetic store", site.usage("magnetic_store_gb"));
        lines.used("Queries", "TCU-hours", "aws_timestreamwrite_table/Queries", site.usage("monthly_query_tcu_hours"));
    }),
    ..Tariff::FREE
};
