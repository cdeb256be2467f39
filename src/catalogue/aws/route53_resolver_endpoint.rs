//! `aws_route53_resolver_endpoint`: lets networks ask each other for names.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_resolver_endpoint",
    mode: Mode::Managed,
    noun: "resolver endpoint",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour for each address, and by the query; peers do the same.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("ip_address", &[])],
    usage: &[meter::key("monthly_queries", "queries in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let addresses = meter::exactly(meter::blocks(site.own(), "ip_address"));
    lines.hours("Resolver endpoints", "aws_route53_resolver_endpoint/Resolver endpoints", addresses);
    lines.tiers("1M queries", QUERIES, meter::per(site.usage("monthly_queries"), 1_000_000));
}

const QUERIES: &[(&str, &str, Option<Decimal>)] = &[
    ("DNS queries (first 1B)", "aws_route53_resolver_endpoint/DNS queries (first 1B)", Some(Decimal::ONE_THOUSAND)),
    ("DNS queries (over 1B)", "aws_route53_resolver_endpoint/DNS queries (over 1B)", None),
];
