//! `aws_kinesis_analytics_application`: SQL over a stream.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Quantity, Rate, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesis_analytics_application",
    mode: Mode::Managed,
    noun: "Kinesis analytics application",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the processing units that it uses.
///
/// Source: Amazon Kinesis Data Analytics pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "kinesis_processing_units", meaning: "processing units in use" }],
    charge: Charge::By(|site, lines| {
        let units = Quantity::Used(site.usage("kinesis_processing_units"));
        lines.add(
            "Processing (stream)",
            "KPU",
            "aws_kinesis_analytics_application/Processing (stream)",
            Rate::Capacity,
            units,
        );
    }),
    ..Tariff::FREE
};
