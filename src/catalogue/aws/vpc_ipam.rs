//! `aws_vpc_ipam`: hands out addresses to networks.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_vpc_ipam", mode: Mode::Managed, noun: "IPAM", describe: inert, tariff: &TARIFF };

/// The advanced tier by the address that is in use; the free tier costs nothing.
///
/// Source: Amazon VPC pricing, IPAM, not looked up again; default advanced: provider documentation of `aws_vpc_ipam`, tier.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("tier")],
    usage: &[meter::key("active_ip_addresses", "addresses in use that it manages")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    if site.own().text("tier").known().is_some_and(|tier| tier.as_str() == "free") {
        return;
    }
    let active = Quantity::Used(site.usage("active_ip_addresses"));
    lines.capacity("Active IP addresses", "addresses", "aws_vpc_ipam/Active IP addresses", active);
}
