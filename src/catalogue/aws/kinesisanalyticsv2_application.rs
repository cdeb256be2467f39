//! `aws_kinesisanalyticsv2_application`: Flink or SQL over a stream.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Rate, Site, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesisanalyticsv2_application",
    mode: Mode::Managed,
    noun: "Kinesis analytics application",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the processing units that it uses; with Flink, by one more that leads them, and by what they store.
///
/// Source: Amazon Managed Service for Apache Flink pricing: one more unit for each application, 50 GB of running storage with each
/// unit; not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("runtime_environment")],
    near: &[],
    usage: &[
        UsageKey { key: "kinesis_processing_units", meaning: "processing units in use" },
        UsageKey { key: "durable_application_backup_gb", meaning: "GB of copies of its state" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let units = site.usage("kinesis_processing_units");
    let key = "aws_kinesisanalyticsv2_application/Processing (stream)";
    lines.add("Processing (stream)", "KPU", key, Rate::Capacity, Quantity::Used(units));
    let runtime = site.own().text("runtime_environment");
    if runtime.known().is_some_and(|runtime| !runtime.starts_with("FLINK")) {
        return;
    }
    let key = "aws_kinesisanalyticsv2_application/Processing (orchestration)";
    lines.capacity("Processing (orchestration)", "KPU", key, 1);
    let stored = units.map(|units| units * Decimal::from(50));
    lines.used("Running storage", "GB", "aws_kinesisanalyticsv2_application/Running storage", stored);
    let kept = site.usage("durable_application_backup_gb");
    lines.used("Backup", "GB", "aws_kinesisanalyticsv2_application/Backup", kept);
}
