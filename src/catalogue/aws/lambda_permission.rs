//! `aws_lambda_permission`: lets somebody call a function.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EntryKind, Facts, Integration, Part, Relation, Tariff, Wait};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_permission",
    mode: Mode::Managed,
    noun: "Lambda permission",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    let Attr::Set(principal) = resource.text("principal") else { return reader.facts(Part::Inert) };
    // What calls, and how long it waits unless it is told otherwise: see `api_gateway_integration` and `lb`.
    let (kind, usual) = match principal.split('.').next() {
        Some("apigateway") => (EntryKind::Api, 29_000),
        Some("elasticloadbalancing") => (EntryKind::Balancer, 60_000),
        // Queues, topics, buckets and rules call in their own resources.
        _ => return reader.facts(Part::Inert),
    };
    reader.top(Relation::Calls, "function_name", ONE, |name| function_of(&name));
    reader.facts(Part::Integration(Integration { kind, wait: Wait::Elsewhere(usual) }))
}
