//! `aws_s3_directory_bucket`: objects in one zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_directory_bucket",
    mode: Mode::Managed,
    noun: "S3 directory bucket",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what it holds, by requests, and by what is moved.
///
/// Source: Amazon S3 pricing, S3 Express One Zone, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "storage_gb", meaning: "GB stored" },
        UsageKey { key: "monthly_tier_1_requests", meaning: "PUT, COPY, POST and LIST requests in a month" },
        UsageKey { key: "monthly_tier_2_requests", meaning: "GET and all other requests in a month" },
        UsageKey { key: "monthly_data_uploaded_gb", meaning: "GB written in a month" },
        UsageKey { key: "monthly_data_retrieved_gb", meaning: "GB read in a month" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used("Storage", "GB", "aws_s3_directory_bucket/Storage", site.usage("storage_gb"));
        lines.used(
            "PUT, COPY, POST, LIST requests",
            "1k requests",
            "aws_s3_directory_bucket/PUT, COPY, POST, LIST requests",
            site.usage("monthly_tier_1_requests").map(|used| used / Decimal::from(1000)),
        );
        lines.used(
            "GET, SELECT, and all other requests",
            "1k requests",
            "aws_s3_directory_bucket/GET, SELECT, and all other requests",
            site.usage("monthly_tier_2_requests").map(|used| used / Decimal::from(1000)),
        );
        lines.used(
            "Data uploaded",
            "GB",
            "aws_s3_directory_bucket/Data uploaded",
            site.usage("monthly_data_uploaded_gb"),
        );
        lines.used(
            "Data retrieved",
            "GB",
            "aws_s3_directory_bucket/Data retrieved",
            site.usage("monthly_data_retrieved_gb"),
        );
    }),
    ..Tariff::FREE
};
