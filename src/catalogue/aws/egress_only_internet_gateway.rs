//! `aws_egress_only_internet_gateway`: the way to the internet for IPv6, outwards only.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_egress_only_internet_gateway",
    mode: Mode::Managed,
    noun: "egress-only gateway",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::Gateway(Gateway { kind: GatewayKind::EgressOnly, regional: Attr::Unset }))
}
