//! `aws_networkfirewall_firewall`: inspects what passes between networks.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_networkfirewall_firewall",
    mode: Mode::Managed,
    noun: "network firewall",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour for each endpoint, one in each of its subnets or zones, and by the GB; peers count one endpoint.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Network Firewall pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("subnet_mapping", &[]), Field::blocks("availability_zone_mapping", &[])],
    usage: &[meter::key("monthly_data_processed_gb", "GB that the firewall processes in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let endpoints = meter::blocks(site.own(), "subnet_mapping").and_then(|subnets| {
        let zones = meter::blocks(site.own(), "availability_zone_mapping")?;
        Ok((subnets + zones).max(Decimal::ONE))
    });
    let hours = "aws_networkfirewall_firewall/Network Firewall Endpoint";
    lines.hours("Network Firewall Endpoint", hours, meter::exactly(endpoints));
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data Processed", "GB", "aws_networkfirewall_firewall/Data Processed", processed);
}
