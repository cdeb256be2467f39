//! `aws_secretsmanager_secret`: a secret.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_secretsmanager_secret", mode: Mode::Managed, noun: "secret", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Store(Store {
        kind: StoreKind::Secret,
        services: services::only::SECRETS_MANAGER,
        copies: Box::default(),
    }))
}
