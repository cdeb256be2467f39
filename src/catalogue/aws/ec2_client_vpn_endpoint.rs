//! `aws_ec2_client_vpn_endpoint`: where people dial in.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_client_vpn_endpoint",
    mode: Mode::Managed,
    noun: "client VPN endpoint",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour for each connection; where it is associated, the association is billed.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07, which count one connection all month; here nobody has dialled in unless the usage says so.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key(
        "monthly_connection_hrs",
        "hours for which clients are connected in a month, of all clients together",
    )],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let connected = site.usage("monthly_connection_hrs");
    lines.used("Connection", "hours", "AmazonVPC/ClientVPN connection", connected);
}
