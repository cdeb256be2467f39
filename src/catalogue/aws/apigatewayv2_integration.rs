//! `aws_apigatewayv2_integration`: what answers behind a route of an HTTP API.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{EntryKind, Facts, Integration, Part, Relation, Stated, Tariff, Wait};
use crate::model::{Attr, Mode, Resource};

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
    // What it does not say, its API does.
    let wait = resource.int("timeout_milliseconds").and_then(unsigned);
    // Less than 50 is none that could be set.
    let wait = wait.and_then(|wait| if wait < 50 { Attr::Unset } else { Attr::Set(wait) });
    let wait = Stated::plan("timeout_milliseconds", wait);
    reader.facts(Part::Integration(Integration { kind: EntryKind::Api, wait: Wait::For(wait) }))
}
