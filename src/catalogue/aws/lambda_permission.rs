//! `aws_lambda_permission`: lets somebody call a function.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EntryKind, Facts, Part, Relation, Tariff};
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
    let entry = match principal.split('.').next() {
        Some("apigateway") => EntryKind::Api,
        Some("elasticloadbalancing") => EntryKind::Balancer,
        // Queues, topics, buckets and rules call in their own resources.
        _ => return reader.facts(Part::Inert),
    };
    reader.top(Relation::Calls, "function_name", ONE, |name| function_of(&name));
    reader.facts(Part::Integration(entry))
}
