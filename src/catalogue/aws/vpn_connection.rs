//! `aws_vpn_connection`: a tunnel to a network elsewhere.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpn_connection",
    mode: Mode::Managed,
    noun: "VPN connection",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour; a connection to a transit gateway is an attachment as well.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("transit_gateway_id")],
    usage: &[meter::key("monthly_data_processed_gb", "GB that the transit gateway processes in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.hours("VPN connection", "aws_vpn_connection/VPN connection", 1);
    // Who names one that is not there yet has one as well.
    if site.own().text("transit_gateway_id").is_unset() {
        return;
    }
    lines.hours("Transit gateway attachment", "aws_vpn_connection/Transit gateway attachment", 1);
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_vpn_connection/Data processed", processed);
}
