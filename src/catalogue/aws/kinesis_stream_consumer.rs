//! `aws_kinesis_stream_consumer`: reads a stream on a connection of its own; who names it means the stream.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_kinesis_stream_consumer",
    mode: Mode::Managed,
    noun: "Kinesis stream consumer",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id"]);
    reader.link(Relation::NameOf, "stream_arn");
    reader.facts(Part::Alias)
}

/// By the hour and shard, and by what it reads: with the stream, whose usage says how much.
static TARIFF: Tariff = Tariff { charge: Charge::Elsewhere, ..Tariff::FREE };
