//! `aws_network_interface`: an address in a subnet.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_network_interface",
    mode: Mode::Managed,
    noun: "network interface",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InSubnet, "subnet_id");
    reader.links(Relation::GuardedBy, "security_groups");
    // A route to an interface leads to the machine behind it, which forwards.
    reader.facts(Part::Gateway(Gateway { kind: GatewayKind::Appliance, regional: Attr::Unset }))
}
