//! `aws_apigatewayv2_integration`: what answers behind a route of an HTTP API.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EntryKind, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_apigatewayv2_integration",
    mode: Mode::Managed,
    noun: "API integration",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::PartOfApi, "api_id");
    reader.top(Relation::Calls, "integration_uri", ONE, |uri| function_of(&uri));
    reader.facts(Part::Integration(EntryKind::Api))
}
