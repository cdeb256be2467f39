//! `aws_ec2_client_vpn_network_association`: puts a client VPN endpoint into a subnet.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_client_vpn_network_association",
    mode: Mode::Managed,
    noun: "client VPN association",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.hours("Endpoint association", "AmazonVPC/ClientVPN endpoint association", 1);
}
