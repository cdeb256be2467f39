//! `aws_sns_topic`: hands messages to everyone who subscribed.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_sns_topic", mode: Mode::Managed, noun: "SNS topic", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Source(Box::new(Source { service: Some(&services::SNS), ..Source::always(SourceKind::Topic) })))
}
