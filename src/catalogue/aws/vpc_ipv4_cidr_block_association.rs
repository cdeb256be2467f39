//! `aws_vpc_ipv4_cidr_block_association`: one more address range of a network; others refer to the network through it.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_ipv4_cidr_block_association",
    mode: Mode::Managed,
    noun: "address range",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::Inert)
}
