//! `aws_placement_group`: says how machines stand to each other: apart, or close together in one zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_placement_group",
    mode: Mode::Managed,
    noun: "placement group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "name", "placement_group_id"]);
    reader.facts(Part::PlacementGroup(resource.text("strategy").map(|strategy| strategy == "cluster")))
}
