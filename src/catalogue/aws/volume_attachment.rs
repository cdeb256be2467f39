//! `aws_volume_attachment`: gives a disk to a machine.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_volume_attachment",
    mode: Mode::Managed,
    noun: "volume attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::Mounts, "volume_id");
    reader.link(Relation::TargetIs, "instance_id");
    reader.facts(Part::DiskAttachment)
}
