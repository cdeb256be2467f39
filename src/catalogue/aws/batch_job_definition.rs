//! `aws_batch_job_definition`: what a batch job is made of.

use super::shared::containers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Runs, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_batch_job_definition",
    mode: Mode::Managed,
    noun: "Batch job definition",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let mut template = containers::read(&mut reader, "container_properties", resource.body.get("container_properties"));
    template.runs = Runs::WhenSubmitted;
    reader.facts(Part::Template(Box::new(template)))
}
