//! `aws_ssm_parameter`: a parameter; of its value only what the configuration refers to is looked at.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, LinkValue, Part, Relation, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ssm_parameter", mode: Mode::Managed, noun: "parameter", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    for attribute in ["value", "insecure_value"] {
        let why = resource.body.get(attribute).presence().why_unknown().unwrap_or(Why::Sensitive);
        reader.value(Relation::Mentions, attribute, MANY, LinkValue::Unknown(why));
    }
    reader.facts(Part::Store(Store {
        kind: StoreKind::Parameter,
        services: services::only::SSM,
        copies: Box::default(),
    }))
}
