//! `aws_kinesis_stream`: records in order, in shards.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{Reader, unsigned};
use crate::facts::{Facts, Part, Source, SourceKind, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesis_stream",
    mode: Mode::Managed,
    noun: "Kinesis stream",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    // Provisioned streams only: on-demand ones grow as they need.
    let on_demand = resource.body.block("stream_mode_details").map(|mode| mode.text("stream_mode"));
    let on_demand = on_demand == Some(Attr::Set("ON_DEMAND".into()));
    let shards = if on_demand { Attr::Unset } else { resource.int("shard_count").and_then(unsigned) };
    reader.facts(Part::Source(Box::new(Source {
        shards,
        service: Some(&services::KINESIS),
        ..Source::always(SourceKind::Stream)
    })))
}
