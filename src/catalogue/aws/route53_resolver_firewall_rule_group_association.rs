//! `aws_route53_resolver_firewall_rule_group_association`: checks the names that a network asks for.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_resolver_firewall_rule_group_association",
    mode: Mode::Managed,
    noun: "DNS firewall",
    describe: inert,
    tariff: &TARIFF,
};

/// By the query of the network that it guards.
///
/// Source: Amazon Route 53 pricing, Resolver DNS Firewall, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_queries", "queries in a month that the firewall looks at")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.tiers("1M queries", QUERIES, meter::per(site.usage("monthly_queries"), 1_000_000));
}

const QUERIES: &[(&str, &str, Option<Decimal>)] = &[
    ("DNS Firewall queries (first 1B)", "AmazonRoute53/DNS Firewall queries (first 1B)", Some(Decimal::ONE_THOUSAND)),
    ("DNS Firewall queries (over 1B)", "AmazonRoute53/DNS Firewall queries (over 1B)", None),
];
