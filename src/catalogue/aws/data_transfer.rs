//! `aws_data_transfer`: what leaves a region or a zone. Terraform has no such type: it stands in usage files only.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_data_transfer", mode: Mode::Managed, noun: "data transfer", describe: inert, tariff: &TARIFF };

/// By the GB. What goes from zone to zone is billed at both ends, so it counts twice; what goes to the internet is billed in tiers, and
/// to other regions at the price of most of them.
///
/// Source: components as Infracost prints them, golden of 2024-09-25; Amazon EC2 pricing, data transfer, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("region", "the region that it is about"),
        meter::key("monthly_intra_region_gb", "GB from zone to zone within the region in a month, counted once"),
        meter::key("monthly_outbound_internet_gb", "GB to the internet in a month"),
        meter::key(
            "monthly_outbound_us_east_to_us_east_gb",
            "GB between the regions us-east-1 and us-east-2 in a month",
        ),
        meter::key("monthly_outbound_other_regions_gb", "GB to other regions in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let within = site.usage("monthly_intra_region_gb").map(|gb| meter::product(gb, Decimal::TWO));
    lines.used("Intra-region data transfer", "GB", "aws_data_transfer/Intra-region data transfer", within);
    lines.tiers("GB", INTERNET, site.usage("monthly_outbound_internet_gb"));
    if let Some(gb) = site.usage("monthly_outbound_us_east_to_us_east_gb") {
        let key = "aws_data_transfer/Outbound data transfer to US East regions";
        lines.used("Outbound data transfer to US East regions", "GB", key, Some(gb));
    }
    let others = site.usage("monthly_outbound_other_regions_gb");
    let key = "aws_data_transfer/Outbound data transfer to other regions";
    lines.used("Outbound data transfer to other regions", "GB", key, others);
    if let Some(region) = site.usage_text("region") {
        for line in &mut lines.all {
            line.in_region(region.clone());
        }
    }
}

/// How much each tier holds, in GB: 10, 40 and 100 TB.
const INTERNET: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Outbound data transfer to Internet (first 10TB)",
        "aws_data_transfer/Outbound data transfer to Internet (first 10TB)",
        Some(Decimal::from_parts(10_240, 0, 0, false, 0)),
    ),
    (
        "Outbound data transfer to Internet (next 40TB)",
        "aws_data_transfer/Outbound data transfer to Internet (next 40TB)",
        Some(Decimal::from_parts(40_960, 0, 0, false, 0)),
    ),
    (
        "Outbound data transfer to Internet (next 100TB)",
        "aws_data_transfer/Outbound data transfer to Internet (next 100TB)",
        Some(Decimal::from_parts(102_400, 0, 0, false, 0)),
    ),
    (
        "Outbound data transfer to Internet (over 150TB)",
        "aws_data_transfer/Outbound data transfer to Internet (over 150TB)",
        None,
    ),
];
