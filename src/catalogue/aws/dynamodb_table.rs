//! `aws_dynamodb_table`: items in a table; it may feed a stream.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_dynamodb_table", mode: Mode::Managed, noun: "DynamoDB table", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name", "stream_arn"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Table, services: services::only::DYNAMODB }))
}
