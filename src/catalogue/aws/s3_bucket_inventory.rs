//! `aws_s3_bucket_inventory`: lists the objects of a bucket.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_bucket_inventory",
    mode: Mode::Managed,
    noun: "S3 inventory",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the objects that it lists.
///
/// Source: Amazon S3 pricing, management and insights, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_listed_objects", meaning: "objects that are listed in a month" }],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Objects listed",
            "1M objects",
            "aws_s3_bucket_inventory/Objects listed",
            site.usage("monthly_listed_objects").map(|used| used / Decimal::from(1_000_000)),
        );
    }),
    ..Tariff::FREE
};
