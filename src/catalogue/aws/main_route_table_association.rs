//! `aws_main_route_table_association`: makes a table the main one of its network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_main_route_table_association",
    mode: Mode::Managed,
    noun: "main route table association",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.link(Relation::MainTableOf, "route_table_id");
    reader.facts(Part::Association)
}
