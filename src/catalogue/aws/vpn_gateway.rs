//! `aws_vpn_gateway`: the way from a network to a data centre.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpn_gateway", mode: Mode::Managed, noun: "VPN gateway", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::Gateway(Gateway { kind: GatewayKind::Private, regional: Attr::Unset }))
}
