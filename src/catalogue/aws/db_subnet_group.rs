//! `aws_db_subnet_group`: the subnets that a database may stand in.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_subnet_group",
    mode: Mode::Managed,
    noun: "DB subnet group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.facts(Part::SubnetGroup)
}
