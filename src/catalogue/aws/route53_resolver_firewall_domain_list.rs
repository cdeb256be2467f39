//! `aws_route53_resolver_firewall_domain_list`: the names that a DNS firewall looks for.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_resolver_firewall_domain_list",
    mode: Mode::Managed,
    noun: "DNS firewall list",
    describe: inert,
    tariff: &TARIFF,
};

/// By the name that is stored.
///
/// Source: Amazon Route 53 pricing, Resolver DNS Firewall, not looked up again.
static TARIFF: Tariff = Tariff { reads: &[Field::texts("domains")], charge: Charge::By(charge), ..Tariff::FREE };

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let names = meter::texts(site.own(), "domains").map(Option::unwrap_or_default);
    let key = "aws_route53_resolver_firewall_domain_list/Domain names stored";
    lines.monthly("Domain names stored", "domains", key, meter::exactly(names));
}
