//! `aws_lambda_function_event_invoke_config`: where Lambda puts the results of calls that nobody waits for.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_function_event_invoke_config",
    mode: Mode::Managed,
    noun: "configuration of asynchronous calls",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.top(Relation::Calls, "function_name", ONE, |name| function_of(&name));
    for destinations in resource.body.blocks("destination_config") {
        for failed in destinations.blocks("on_failure") {
            reader.within(Relation::FailsTo, "destination_config.on_failure.destination", ONE, &failed);
        }
        for done in destinations.blocks("on_success") {
            reader.within(Relation::FailsTo, "destination_config.on_success.destination", ONE, &done);
        }
    }
    reader.facts(Part::Inert)
}
