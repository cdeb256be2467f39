//! `aws_globalaccelerator_endpoint_group`: where an accelerator leads to in one region.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::{Mode, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_globalaccelerator_endpoint_group",
    mode: Mode::Managed,
    noun: "accelerator endpoint group",
    describe: inert,
    tariff: &TARIFF,
};

/// By the GB, for the direction in which more goes; the price depends on both ends, so the key names them.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_inbound_data_transfer_gb.us", "GB that come in from US, Mexico, Canada in a month"),
        meter::key("monthly_inbound_data_transfer_gb.europe", "GB that come in from Europe in a month"),
        meter::key(
            "monthly_inbound_data_transfer_gb.south_africa",
            "GB that come in from South Africa, Kenya in a month",
        ),
        meter::key("monthly_inbound_data_transfer_gb.south_america", "GB that come in from South America in a month"),
        meter::key("monthly_inbound_data_transfer_gb.south_korea", "GB that come in from South Korea in a month"),
        meter::key("monthly_inbound_data_transfer_gb.middle_east", "GB that come in from Middle East in a month"),
        meter::key(
            "monthly_inbound_data_transfer_gb.australia",
            "GB that come in from Australia, New Zealand in a month",
        ),
        meter::key("monthly_inbound_data_transfer_gb.asia_pacific", "GB that come in from Asia Pacific in a month"),
        meter::key(
            "monthly_inbound_data_transfer_gb.india",
            "GB that come in from India, Indonesia, Philippines, Thailand in a month",
        ),
        meter::key("monthly_outbound_data_transfer_gb.us", "GB that go out to US, Mexico, Canada in a month"),
        meter::key("monthly_outbound_data_transfer_gb.europe", "GB that go out to Europe in a month"),
        meter::key(
            "monthly_outbound_data_transfer_gb.south_africa",
            "GB that go out to South Africa, Kenya in a month",
        ),
        meter::key("monthly_outbound_data_transfer_gb.south_america", "GB that go out to South America in a month"),
        meter::key("monthly_outbound_data_transfer_gb.south_korea", "GB that go out to South Korea in a month"),
        meter::key("monthly_outbound_data_transfer_gb.middle_east", "GB that go out to Middle East in a month"),
        meter::key(
            "monthly_outbound_data_transfer_gb.australia",
            "GB that go out to Australia, New Zealand in a month",
        ),
        meter::key("monthly_outbound_data_transfer_gb.asia_pacific", "GB that go out to Asia Pacific in a month"),
        meter::key(
            "monthly_outbound_data_transfer_gb.india",
            "GB that go out to India, Indonesia, Philippines, Thailand in a month",
        ),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let region = site.region().known().map_or("its region", Text::as_str);
    let mut is_said = false;
    for (prefix, direction) in DIRECTIONS {
        for (key, place) in PLACES {
            let Some(gb) = site.usage(&format!("{prefix}.{key}")) else { continue };
            is_said = true;
            lines.part(*place);
            let name = format!("{direction} DT-premium fee");
            let key = format!("aws_globalaccelerator_endpoint_group/{name} [{region}, {place}]");
            lines.used(name, "GB", key, Some(gb)).in_region(meter::GLOBAL);
        }
    }
    if !is_said {
        let key = "aws_globalaccelerator_endpoint_group/Outbound DT-premium fee";
        lines.used("Outbound DT-premium fee", "GB", key, None).in_region(meter::GLOBAL);
    }
}

const DIRECTIONS: &[(&str, &str)] =
    &[("monthly_inbound_data_transfer_gb", "Inbound"), ("monthly_outbound_data_transfer_gb", "Outbound")];

const PLACES: &[(&str, &str)] = &[
    ("us", "US, Mexico, Canada"),
    ("europe", "Europe"),
    ("south_africa", "South Africa, Kenya"),
    ("south_america", "South America"),
    ("south_korea", "South Korea"),
    ("middle_east", "Middle East"),
    ("australia", "Australia, New Zealand"),
    ("asia_pacific", "Asia Pacific"),
    ("india", "India, Indonesia, Philippines, Thailand"),
];
