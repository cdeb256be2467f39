//! `aws_vpc_endpoint`: a way to an AWS service that stays inside the network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Endpoint, EndpointKind, Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource, Text, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpc_endpoint", mode: Mode::Managed, noun: "VPC endpoint", describe, tariff: &Tariff::NONE };

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
