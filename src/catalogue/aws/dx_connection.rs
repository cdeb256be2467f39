//! `aws_dx_connection`: a cable to Amazon.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::{Mode, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dx_connection",
    mode: Mode::Managed,
    noun: "Direct Connect connection",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour for the port, by its speed, and by what goes out.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; the figure there is of a dedicated port of 1 Gbps.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("bandwidth"), Field::text("location")],
    usage: &[
        meter::key("dx_connection_type", "dedicated or hosted"),
        meter::key("dx_virtual_interface_type", "private, public or transit: does not change the price"),
        meter::key(
            "monthly_outbound_region_to_dx_location_gb",
            "GB that leave the region of the connection through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_east_1",
            "GB that leave us-east-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_east_2",
            "GB that leave us-east-2 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_west_1",
            "GB that leave us-west-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_west_2",
            "GB that leave us-west-2 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_gov_east_1",
            "GB that leave us-gov-east-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.us_gov_west_1",
            "GB that leave us-gov-west-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ca_central_1",
            "GB that leave ca-central-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_west_1",
            "GB that leave eu-west-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_west_2",
            "GB that leave eu-west-2 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_west_3",
            "GB that leave eu-west-3 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_central_1",
            "GB that leave eu-central-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_north_1",
            "GB that leave eu-north-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.eu_south_1",
            "GB that leave eu-south-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_east_1",
            "GB that leave ap-east-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_northeast_1",
            "GB that leave ap-northeast-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_northeast_2",
            "GB that leave ap-northeast-2 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_northeast_3",
            "GB that leave ap-northeast-3 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_south_1",
            "GB that leave ap-south-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_southeast_1",
            "GB that leave ap-southeast-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.ap_southeast_2",
            "GB that leave ap-southeast-2 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.me_south_1",
            "GB that leave me-south-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.sa_east_1",
            "GB that leave sa-east-1 through it in a month",
        ),
        meter::key(
            "monthly_outbound_from_region_to_dx_connection_location.af_south_1",
            "GB that leave af-south-1 through it in a month",
        ),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let hosted = site.usage_text("dx_connection_type").is_some_and(|kind| kind.as_str() == "hosted");
    match meter::word(site.own(), "bandwidth", "") {
        Ok("1Gbps") if !hosted => {
            lines.hours("DX connection", "aws_dx_connection/DX connection", 1);
        }
        Ok(speed) => {
            let kind = if hosted { "hosted" } else { "dedicated" };
            lines.hours("DX connection", format!("aws_dx_connection/DX connection ({kind}, {speed})"), 1);
        }
        Err(why) => {
            lines.hours("DX connection", "aws_dx_connection/DX connection", Quantity::Unknown(why));
        }
    }
    let place = meter::word(site.own(), "location", "the location").unwrap_or("the location");
    let here = site.region().known().map(|region| (region.clone(), "monthly_outbound_region_to_dx_location_gb".into()));
    let others = TARIFF.usage.iter().filter_map(|usage| {
        let region = usage.key.strip_prefix("monthly_outbound_from_region_to_dx_connection_location.")?;
        Some((Text::from(region.replace('_', "-")), Text::from(usage.key)))
    });
    for (region, key) in here.into_iter().chain(others) {
        if let Some(gb) = site.usage(&key) {
            let name = format!("Outbound data transfer (from {region}, to {place})");
            lines.used(name.as_str(), "GB", format!("aws_dx_connection/{name}"), Some(gb));
        }
    }
}
