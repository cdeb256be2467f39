//! `aws_nat_gateway`: shares a public address among those who have none; billed by the hour and the gigabyte.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Charge, Facts, Field, Gateway, GatewayKind, Lines, Part, Relation, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_nat_gateway", mode: Mode::Managed, noun: "NAT gateway", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id"]);
    reader.link(Relation::InSubnet, "subnet_id");
    reader.link(Relation::TakesAddress, "allocation_id");
    reader.links(Relation::TakesAddress, "secondary_allocation_ids");
    for (slot, zone) in resource.body.get("availability_zone_address").visible_blocks().iter().enumerate() {
        let allocations = "availability_zone_address.allocation_ids";
        reader.within(Relation::TakesAddress, allocations, MANY.slot(slot), zone);
    }
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

/// Billed by the hour in each zone that it stands in, and by what passes through it.
///
/// Source: Amazon VPC pricing, NAT gateway, not looked up again; a regional gateway is billed for each zone that it is in.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("availability_mode"), Field::blocks("availability_zone_address", &[])],
    near: &[],
    usage: &[UsageKey { key: "monthly_data_processed_gb", meaning: "GB that pass through the NAT gateway in a month" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let regional = site.own().text("availability_mode").known().is_some_and(|mode| *mode == "regional");
    let zones = site.own().blocks("availability_zone_address").known().map_or(0, |zones| zones.len());
    if !regional {
        lines.hours("NAT gateway", "AmazonEC2/NatGateway-Hours", 1);
    } else if zones > 0 {
        lines.hours("NAT gateway", "AmazonEC2/NatGateway-Hours", Decimal::from(zones));
    } else {
        let why = "in how many zones a regional NAT gateway stands is known only after apply";
        lines.hours("NAT gateway", "AmazonEC2/NatGateway-Hours", Err(why.to_owned()));
        // Addresses that it takes by itself are no Elastic IPs of the plan, which are billed for themselves.
        meter::public_addresses(lines, Err(why.to_owned()));
    }
    let processed = site.usage("monthly_data_processed_gb");
    lines.used("Data processed", "GB", "aws_nat_gateway/Data processed", processed);
}
