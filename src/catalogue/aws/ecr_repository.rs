//! `aws_ecr_repository`: container images.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecr_repository",
    mode: Mode::Managed,
    noun: "ECR repository",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name", "repository_url"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Images, services: services::IMAGE_PULL, copies: Box::default() }))
}
