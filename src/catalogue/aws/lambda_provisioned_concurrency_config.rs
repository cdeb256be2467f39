//! `aws_lambda_provisioned_concurrency_config`: how many executions of a function are kept ready.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lambda_provisioned_concurrency_config",
    mode: Mode::Managed,
    noun: "provisioned concurrency",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.top(Relation::Scales, "function_name", ONE, |name| function_of(&name));
    let ready = reader.count("provisioned_concurrent_executions");
    reader.facts(Part::Ready(ready))
}
