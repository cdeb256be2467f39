//! `aws_memorydb_subnet_group`: the subnets that a `MemoryDB` cluster may stand in.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_memorydb_subnet_group",
    mode: Mode::Managed,
    noun: "MemoryDB subnet group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    if let Attr::Set(name) = resource.text("name") {
        reader.name(spell(&name));
    }
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.facts(Part::SubnetGroup)
}

/// A subnet group of another service may have the same name, and is another thing.
pub(super) fn spell(name: &Text) -> Text {
    Text::from(format!("{name} (MemoryDB)"))
}
