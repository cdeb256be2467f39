//! `aws_ecr_repository`: container images.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Part, Store, StoreKind, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecr_repository", mode: Mode::Managed, noun: "ECR repository", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name", "repository_url"]);
    reader.facts(Part::Store(Store { kind: StoreKind::Images, services: services::IMAGE_PULL, copies: Box::default() }))
}

/// Billed by what it stores.
///
/// Source: Amazon ECR pricing, private repositories, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "storage_gb", meaning: "GB of images" }],
    charge: Charge::By(|site, lines| {
        lines.used("Storage", "GB", "aws_ecr_repository/Storage", site.usage("storage_gb"));
    }),
    ..Tariff::FREE
};
