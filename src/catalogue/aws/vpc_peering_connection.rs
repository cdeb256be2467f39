//! `aws_vpc_peering_connection`: joins two networks.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_peering_connection",
    mode: Mode::Managed,
    noun: "peering connection",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::Gateway(Gateway { kind: GatewayKind::Peering, regional: Attr::Unset }))
}
