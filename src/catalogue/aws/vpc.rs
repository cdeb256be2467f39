//! `aws_vpc`: a private network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Network, Part};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter { kind: "aws_vpc", mode: Mode::Managed, noun: "VPC", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    of(resource, false)
}

/// What the network is called that every account has in every region: its subnets do not say its identifier.
pub(super) const DEFAULT: &str = "the default VPC";

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
    reader.facts(Part::Network(Network { cidrs, adopted }))
}
