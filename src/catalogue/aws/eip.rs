//! `aws_eip`: a public address.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eip", mode: Mode::Managed, noun: "Elastic IP", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "allocation_id", "public_ip"]);
    reader.link(Relation::TargetIs, "instance");
    reader.facts(Part::PublicAddress)
}
