//! `aws_dynamodb_table`: items in a table; it may feed a stream.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_dynamodb_table",
    mode: Mode::Managed,
    noun: "DynamoDB table",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name", "stream_arn"]);
    // Replicas of a global table answer in their own regions: Amazon DynamoDB developer guide, global tables, read 2026-11-29.
    let replicas = resource.body.get("replica").visible_blocks().into_iter();
    let copies = replicas.filter_map(|replica| replica.text("region_name").into_known()).collect();
    reader.facts(Part::Store(Store { kind: StoreKind::Table, services: services::only::DYNAMODB, copies }))
}
