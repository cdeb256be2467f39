//! `aws_api_gateway_rest_api`: an API of the first generation.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_api_gateway_rest_api",
    mode: Mode::Managed,
    noun: "REST API",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "execution_arn", "root_resource_id"]);
    reader.facts(Part::Api)
}
