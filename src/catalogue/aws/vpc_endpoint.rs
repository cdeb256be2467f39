//! `aws_vpc_endpoint`: a way to an AWS service that stays inside the network.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Endpoint, EndpointKind, Facts, Field, Lines, Near, Part, Relation, Site, Stated, Tariff};
use crate::model::{Attr, Mode, Resource, Text, Why};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpc_endpoint", mode: Mode::Managed, noun: "VPC endpoint", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    // What is called, is called by its DNS names.
    reader.labels(&["id", "arn"]);
    for entry in resource.body.get("dns_entry").visible_blocks() {
        if let Attr::Set(name) = entry.text("dns_name") {
            reader.name(name);
        }
    }
    reader.link(Relation::InNetwork, "vpc_id");
    reader.links(Relation::InTable, "route_table_ids");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.links(Relation::GuardedBy, "security_group_ids");
    let service = resource.text("service_name").map(|name| short_name(&name));
    let region = resource.text("service_name").and_then(|name| region(&name).into());
    // Default Gateway: provider documentation of aws_vpc_endpoint, 2026-11.
    let kind = resource.text("vpc_endpoint_type").or_default("Gateway".into()).and_then(|kind| match kind.as_str() {
        "Gateway" => Attr::Set(EndpointKind::Gateway),
        "Interface" => Attr::Set(EndpointKind::Interface),
        "GatewayLoadBalancer" => Attr::Set(EndpointKind::Appliance),
        // VPC Lattice resources and service networks lead to no AWS service.
        "Resource" | "ServiceNetwork" => Attr::Set(EndpointKind::Appliance),
        _ => Attr::Unknown(Why::Malformed),
    });
    // Default false: provider documentation of aws_vpc_endpoint, 2026-11.
    let private_dns = resource.bool("private_dns_enabled").or_default(false);
    let private_dns = Stated::plan("private_dns_enabled", private_dns);
    reader.facts(Part::Endpoint(Endpoint { service, region, kind, private_dns }))
}

/// The service in `com.amazonaws.eu-west-1.ecr.dkr`: what follows the region.
fn short_name(name: &str) -> Text {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.iter().position(|part| part.matches('-').count() >= 2) {
        Some(region) if parts.contains(&"amazonaws") => parts.get(region + 1..).unwrap_or_default().join(".").into(),
        _ => name.into(),
    }
}

/// The region in `com.amazonaws.eu-west-1.ecr.dkr`.
fn region(name: &str) -> Option<Text> {
    name.split('.').find(|part| part.matches('-').count() >= 2 && !part.starts_with("vpce-")).map(Text::from)
}

/// A gateway endpoint costs nothing. An interface endpoint is billed by the hour in each subnet, that is, in each zone, and by the GB.
/// One that names no subnet counts once: it has to stand somewhere.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS PrivateLink pricing, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("vpc_endpoint_type"), Field::texts("subnet_ids")],
    near: &[Near::From(Relation::EndpointOf), Near::To(Relation::InSubnet)],
    usage: &[meter::key("monthly_data_processed_gb", "GB that pass through the endpoint in a month")],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let processed = site.usage("monthly_data_processed_gb");
    match meter::word(site.own(), "vpc_endpoint_type", "Gateway") {
        Ok("Gateway") => {}
        Ok("Interface") => {
            let zones = meter::exactly(zones(site));
            lines.hours("Endpoint (Interface)", "aws_vpc_endpoint/Endpoint (Interface)", zones);
            lines.tiers("GB", PROCESSED, processed);
        }
        Ok("GatewayLoadBalancer") => {
            let zones = meter::exactly(zones(site));
            lines.hours("Endpoint (GatewayLoadBalancer)", "aws_vpc_endpoint/Endpoint (GatewayLoadBalancer)", zones);
            lines.used("Data processed", "GB", "aws_vpc_endpoint/Data processed", processed);
        }
        Ok(kind) => lines.not_priced(format!("Endpoint ({kind})"), "planwise has no price of endpoints of this kind"),
        Err(why) => lines.not_priced("Endpoint", why),
    }
}

/// How much each tier holds, in GB: 1 and 4 PB.
const PROCESSED: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Data processed (first 1PB)",
        "aws_vpc_endpoint/Data processed (first 1PB)",
        Some(Decimal::from_parts(1_048_576, 0, 0, false, 0)),
    ),
    (
        "Data processed (next 4PB)",
        "aws_vpc_endpoint/Data processed (next 4PB)",
        Some(Decimal::from_parts(4_194_304, 0, 0, false, 0)),
    ),
    ("Data processed (over 5PB)", "aws_vpc_endpoint/Data processed (over 5PB)", None),
];

/// In how many subnets it stands: those that it names, or those that are tied to it, whichever are more, since the provider
/// writes the latter among the former.
fn zones(site: &Site<'_>) -> Result<Decimal, String> {
    let named = match meter::texts(site.own(), "subnet_ids") {
        Ok(named) => named,
        // The configuration may name each of them all the same.
        Err(why) => match site.to(Relation::InSubnet) {
            (subnets, None) if !subnets.is_empty() => Some(Decimal::from(subnets.len())),
            _ => return Err(why),
        },
    };
    let (around, open) = site.from(Relation::EndpointOf);
    let tied = around.iter().filter(|one| one.kind() == "aws_vpc_endpoint_subnet_association").count();
    match (named, open) {
        (None, Some(why)) => Err(why.to_owned()),
        (named, _) => Ok(named.unwrap_or_default().max(Decimal::from(tied)).max(Decimal::ONE)),
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn short_names() {
        assert_eq!(short_name("com.amazonaws.eu-west-1.s3"), "s3");
        assert_eq!(short_name("com.amazonaws.us-gov-west-1.ecr.dkr"), "ecr.dkr");
        assert_eq!(short_name("cn.com.amazonaws.cn-north-1.ecr.api"), "ecr.api");
        assert_eq!(short_name("com.amazonaws.vpce.us-east-1.vpce-svc-0e123abc"), "vpce-svc-0e123abc");
        assert_eq!(short_name("aws.sagemaker.us-east-1.notebook"), "aws.sagemaker.us-east-1.notebook");
    }
}
