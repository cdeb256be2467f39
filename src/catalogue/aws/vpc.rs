//! `aws_vpc`: a private network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Network, Part};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter { kind: "aws_vpc", mode: Mode::Managed, noun: "VPC", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    let ipv4 = resource.body.text("cidr_block").into_known();
    let ipv6 = resource.body.text("ipv6_cidr_block").into_known();
    let cidrs = ipv4.into_iter().chain(ipv6).filter(|cidr| !cidr.is_empty()).collect();
    reader.facts(Part::Network(Network { cidrs }))
}
