//! `aws_ec2_transit_gateway_connect`: ties an appliance to a transit gateway.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway_connect",
    mode: Mode::Managed,
    noun: "transit gateway Connect attachment",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour; what passes is billed with the attachment that carries it.
///
/// Source: AWS's price list of Transit Gateway, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.hours("Transit gateway Connect attachment", "AmazonVPC/TransitGateway Connect attachment", 1);
}
