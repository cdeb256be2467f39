//! `aws_kinesisanalyticsv2_application_snapshot`: a copy of the state of an application.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesisanalyticsv2_application_snapshot",
    mode: Mode::Managed,
    noun: "Kinesis analytics snapshot",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what it holds.
///
/// Source: Amazon Managed Service for Apache Flink pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "durable_application_backup_gb", meaning: "GB of the copy" }],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Backup",
            "GB",
            "aws_kinesisanalyticsv2_application_snapshot/Backup",
            site.usage("durable_application_backup_gb"),
        );
    }),
    ..Tariff::FREE
};
