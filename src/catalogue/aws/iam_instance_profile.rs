//! `aws_iam_instance_profile`: the role of a machine.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Permission, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_instance_profile",
    mode: Mode::Managed,
    noun: "instance profile",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "name", "id"]);
    reader.link(Relation::ActsAs, "role");
    reader.facts(Part::Identity(Permission::default()))
}
