//! `aws_kinesis_stream`: records in order, in shards.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Source, SourceKind};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_kinesis_stream", mode: Mode::Managed, noun: "Kinesis stream", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Source(Source { kind: SourceKind::Stream, warms: false, service: Some(&services::KINESIS) }))
}
