//! `aws_cloudwatch_log_group`: logs.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_log_group",
    mode: Mode::Managed,
    noun: "log group",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Logs, services: services::only::LOGS, copies: Box::default() }))
}
