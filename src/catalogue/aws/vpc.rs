//! `aws_vpc`: a private network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Network, Part, Stated, Tariff};
use crate::model::{Attr, Mode, Resource, Why};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpc", mode: Mode::Managed, noun: "VPC", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    of(resource, false)
}

/// What the network is called that every account has in every region: its subnets do not say its identifier.
pub(super) const DEFAULT: &str = "the default VPC";

const SUPPORT: &str = "provider documentation of aws_vpc, enable_dns_support";
const HOSTNAMES: &str = "provider documentation of aws_vpc, enable_dns_hostnames";

/// A network that Terraform makes, or one that was there and that it `adopted`.
pub(super) fn of(resource: &Resource<'_>, adopted: bool) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    if adopted || resource.bool("default") == Attr::Set(true) {
        reader.name(DEFAULT);
    }
    reader.main_tables(&["main_route_table_id", "default_route_table_id"]);
    let ipv4 = resource.body.text("cidr_block").into_known();
    let ipv6 = resource.body.text("ipv6_cidr_block").into_known();
    let cidrs = ipv4.into_iter().chain(ipv6).filter(|cidr| !cidr.is_empty()).collect();
    let setting = |attribute: &'static str, default: bool, source: &'static str| match resource.mode {
        Mode::Managed => Stated::plan(attribute, resource.bool(attribute)).or_default(default, source),
        Mode::Data => Stated::plan(attribute, resource.bool(attribute).or(Attr::Unknown(Why::Elsewhere))),
    };
    let naming = vec![
        setting("enable_dns_support", true, SUPPORT),
        // On in the network that every account has: Amazon VPC user guide, default VPCs.
        setting("enable_dns_hostnames", adopted, HOSTNAMES),
    ];
    reader.facts(Part::Network(Network { cidrs, adopted, naming }))
}
