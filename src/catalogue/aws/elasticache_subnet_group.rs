//! `aws_elasticache_subnet_group`: the subnets that a cache may stand in.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_subnet_group",
    mode: Mode::Managed,
    noun: "cache subnet group",
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

/// The subnet group of a cache.
pub(super) fn link(reader: &mut Reader<'_, '_>) {
    reader.top(Relation::PlacedBy, "subnet_group_name", ONE, |name| spell(&name));
}

/// A database's subnet group may have the same name, and is another thing.
fn spell(name: &Text) -> Text {
    Text::from(format!("{name} (cache)"))
}
