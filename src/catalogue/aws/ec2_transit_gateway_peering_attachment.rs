//! `aws_ec2_transit_gateway_peering_attachment`: ties two transit gateways together.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway_peering_attachment",
    mode: Mode::Managed,
    noun: "transit gateway peering",
    describe: inert,
    tariff: &TARIFF,
};

/// Each side is billed by the hour for its end.
///
/// Source: AWS Transit Gateway pricing, peering attachments, not looked up again.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.hours(
        "Transit gateway attachment",
        "aws_ec2_transit_gateway_peering_attachment/Transit gateway attachment",
        1,
    );
}
