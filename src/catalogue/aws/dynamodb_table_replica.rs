//! `aws_dynamodb_table_replica`: a table's replica in another region, which answers there.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dynamodb_table_replica",
    mode: Mode::Managed,
    noun: "DynamoDB table replica",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ReplicaOf, "global_table_arn");
    reader.facts(Part::Inert)
}
