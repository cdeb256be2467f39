//! `aws_api_gateway_integration`: what answers behind a method of a REST API.

use super::api_gateway_rest_api::{MOST, MOST_SAYS};
use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EntryKind, Facts, Integration, Part, Relation, Stated, Tariff, Wait};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_api_gateway_integration",
    mode: Mode::Managed,
    noun: "API integration",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::PartOfApi, "rest_api_id");
    reader.top(Relation::Calls, "uri", ONE, |uri| function_of(&uri));
    let wait = wait(&reader, resource);
    reader.facts(Part::Integration(Integration { kind: EntryKind::Api, wait }))
}

/// Which mapping says that nobody waits for the function.
///
/// Source: Amazon API Gateway developer guide, set up asynchronous invocation of the backend Lambda function, read 2026-11-29.
const HANDED_OVER: &str = "integration.request.header.x-amz-invocation-type";

fn wait(reader: &Reader<'_, '_>, resource: &Resource<'_>) -> Wait {
    let mappings = match resource.body.get("request_parameters").body() {
        Attr::Set(mappings) => mappings,
        Attr::Unset => return Wait::For(reader.span("timeout_milliseconds", 1, MOST, MOST_SAYS)),
        Attr::Unknown(why) => return Wait::For(Stated::plan("request_parameters", Attr::Unknown(why))),
    };
    let said = mappings.keys().find(|key| key.eq_ignore_ascii_case(HANDED_OVER)).map(|key| mappings.text(key));
    match said {
        // In single quotes it is a constant; without, whatever a caller sends.
        Some(Attr::Set(kind)) if kind.eq_ignore_ascii_case("'Event'") => Wait::Never,
        Some(Attr::Set(kind)) if !kind.starts_with('\'') => {
            Wait::For(Stated::plan("request_parameters", Attr::Unknown(Why::Elsewhere)))
        }
        Some(Attr::Unknown(why)) => Wait::For(Stated::plan("request_parameters", Attr::Unknown(why))),
        Some(Attr::Set(_) | Attr::Unset) | None => Wait::For(reader.span("timeout_milliseconds", 1, MOST, MOST_SAYS)),
    }
}
