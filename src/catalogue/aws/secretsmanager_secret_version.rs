//! `aws_secretsmanager_secret_version`: what a secret holds; only what the configuration refers to is looked at.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_secretsmanager_secret_version",
    mode: Mode::Managed,
    noun: "secret version",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ContentOf, "secret_id");
    reader.value(Relation::Mentions, "secret_string", MANY, LinkValue::Known(Vec::new()));
    reader.facts(Part::Content)
}
