//! `aws_ec2_transit_gateway_vpc_attachment`: ties a network to a transit gateway.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ec2_transit_gateway_vpc_attachment",
    mode: Mode::Managed,
    noun: "transit gateway attachment",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.facts(Part::Inert)
}
