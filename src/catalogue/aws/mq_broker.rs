//! `aws_mq_broker`: a message broker inside the network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_mq_broker", mode: Mode::Managed, noun: "MQ broker", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "broker_name"]);
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.facts(Part::Source(Box::new(Source { permitted: false, ..Source::always(SourceKind::Queue) })))
}
