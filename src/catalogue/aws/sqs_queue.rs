//! `aws_sqs_queue`: messages wait until somebody takes them.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_sqs_queue", mode: Mode::Managed, noun: "SQS queue", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "url", "id", "name"]);
    reader.facts(Part::Source(Box::new(Source { service: Some(&services::SQS), ..Source::always(SourceKind::Queue) })))
}
