//! `aws_apigatewayv2_api`: an API of the second generation, over HTTP or WebSocket.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_apigatewayv2_api", mode: Mode::Managed, noun: "HTTP API", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "execution_arn", "api_endpoint"]);
    reader.top(Relation::Calls, "target", ONE, |uri| function_of(&uri));
    reader.facts(Part::Api)
}
