//! `aws_nat_gateway`: shares a public address among those who have none; billed by the hour and the gigabyte.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Gateway, GatewayKind, Part, Relation};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_nat_gateway", mode: Mode::Managed, noun: "NAT gateway", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InSubnet, "subnet_id");
    // Only a regional gateway is told its network; else the provider takes it from the subnet.
    if !resource.leaves_open("vpc_id") {
        reader.link(Relation::InNetwork, "vpc_id");
    }
    // A private NAT gateway leads to other networks, not to the internet.
    let private = resource.text("connectivity_type") == Attr::Set("private".into());
    let kind = if private { GatewayKind::Transit } else { GatewayKind::Nat };
    // Default zonal: API reference of CreateNatGateway, AvailabilityMode.
    let regional = resource.text("availability_mode").map(|mode| mode == "regional").or_default(false);
    reader.facts(Part::Gateway(Gateway { kind, regional }))
}
