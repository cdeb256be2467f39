//! `aws_ecs_cluster`: where containers run together.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ecs_cluster", mode: Mode::Managed, noun: "ECS cluster", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    reader.facts(Part::Cluster)
}
