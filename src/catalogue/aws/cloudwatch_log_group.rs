//! `aws_cloudwatch_log_group`: logs.

use super::shared::{meter, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Rate, Site, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cloudwatch_log_group", mode: Mode::Managed, noun: "log group", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Logs, services: services::only::LOGS, copies: Box::default() }))
}

/// By the GB that comes in, that is kept, and that queries look at.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; the class: Amazon CloudWatch pricing, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("log_group_class")],
    usage: &[
        meter::key("monthly_data_ingested_gb", "GB that are written in a month"),
        meter::key("storage_gb", "GB that are kept"),
        meter::key("monthly_data_scanned_gb", "GB that Logs Insights looks at in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let ingested = site.usage("monthly_data_ingested_gb");
    match meter::word(site.own(), "log_group_class", "STANDARD") {
        Ok("INFREQUENT_ACCESS") => {
            let key = "AmazonCloudWatch/DataProcessing-Bytes (infrequent access)";
            lines.used("Data ingested", "GB", key, ingested);
        }
        Ok(_) => {
            lines.used("Data ingested", "GB", "AmazonCloudWatch/DataProcessing-Bytes", ingested);
        }
        // What is not used costs nothing in either class.
        Err(why) => {
            let quantity = if ingested.is_some() { Quantity::Unknown(why) } else { Quantity::Used(None) };
            lines.add("Data ingested", "GB", "AmazonCloudWatch/DataProcessing-Bytes", Rate::Month, quantity);
        }
    }
    let stored = site.usage("storage_gb");
    lines.used("Archival Storage", "GB", "AmazonCloudWatch/TimedStorage-ByteHrs", stored);
    let scanned = site.usage("monthly_data_scanned_gb");
    lines.used("Insights queries data scanned", "GB", "AmazonCloudWatch/DataScanned-Bytes", scanned);
}
