//! `aws_ec2_transit_gateway_vpc_attachment`: ties a network to a transit gateway.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Lines, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway_vpc_attachment",
    mode: Mode::Managed,
    noun: "transit gateway attachment",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.facts(Part::Inert)
}

/// By the hour, and by the GB that comes from the network.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_data_processed_gb", "GB that the network sends to the transit gateway in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.hours("Transit gateway attachment", "aws_ec2_transit_gateway_vpc_attachment/Transit gateway attachment", 1);
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_ec2_transit_gateway_vpc_attachment/Data processed", processed);
}
