//! `aws_s3_bucket_analytics_configuration`: watches how objects of a bucket are used.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_bucket_analytics_configuration",
    mode: Mode::Managed,
    noun: "S3 analytics",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the objects that it watches.
///
/// Source: Amazon S3 pricing, management and insights, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_monitored_objects", meaning: "objects that are watched in a month" }],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Objects monitored",
            "1M objects",
            "aws_s3_bucket_analytics_configuration/Objects monitored",
            site.usage("monthly_monitored_objects").map(|used| used / Decimal::from(1_000_000)),
        );
    }),
    ..Tariff::FREE
};
