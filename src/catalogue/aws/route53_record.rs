//! `aws_route53_record`: another name of a database, a cache or a load balancer.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Charge, Facts, Field, Lines, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route53_record", mode: Mode::Managed, noun: "DNS record", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["fqdn", "name"]);
    reader.top(Relation::NameOf, "records", MANY, without_root);
    for (slot, alias) in resource.body.blocks("alias").iter().enumerate() {
        reader.within(Relation::NameOf, "alias.name", ONE.slot(slot), alias);
    }
    reader.facts(Part::Alias)
}

/// A name as others have it: `db.example.com.` ends at the root of all names.
fn without_root(name: Text) -> Text {
    name.strip_suffix('.').map(Text::from).unwrap_or(name)
}

/// By the query, by how the answer is chosen. Queries for an alias cost nothing: it stands for a thing of AWS, or for a record of the
/// same zone, where they are counted.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; Amazon Route 53 pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks("alias", &[]),
        Field::blocks("latency_routing_policy", &[]),
        Field::blocks("geolocation_routing_policy", &[]),
        Field::blocks("geoproximity_routing_policy", &[]),
        Field::blocks("cidr_routing_policy", &[]),
    ],
    usage: &[
        meter::key("monthly_standard_queries", "queries in a month whose answer does not depend on who asks"),
        meter::key("monthly_latency_based_queries", "queries in a month that are answered by latency"),
        meter::key("monthly_geo_queries", "queries in a month that are answered by place"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let has = |name: &str| own.blocks(name).known().is_some();
    let millions = |key: &str| meter::per(site.usage(key), 1_000_000);
    let by_place = has("geolocation_routing_policy") || has("geoproximity_routing_policy");
    let by_network = has("cidr_routing_policy");
    let by_latency = has("latency_routing_policy");
    let plain = !(has("alias") || by_place || by_network || by_latency);
    for (kinds, shown, used) in [
        (STANDARD, plain, millions("monthly_standard_queries")),
        (LATENCY, by_latency && !has("alias"), millions("monthly_latency_based_queries")),
        (GEO, by_place && !has("alias"), millions("monthly_geo_queries")),
    ] {
        if shown || used.is_some() {
            lines.tiers("1M queries", kinds, used);
        }
    }
    if by_network && !has("alias") {
        lines.used("IP based routing queries", "1M queries", "aws_route53_record/IP based routing queries", None);
    }
    for line in &mut lines.all {
        line.in_region(meter::GLOBAL);
    }
}

const STANDARD: &[(&str, &str, Option<Decimal>)] = &[
    ("Standard queries (first 1B)", "aws_route53_record/Standard queries (first 1B)", Some(Decimal::ONE_THOUSAND)),
    ("Standard queries (over 1B)", "aws_route53_record/Standard queries (over 1B)", None),
];

const LATENCY: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Latency based routing queries (first 1B)",
        "aws_route53_record/Latency based routing queries (first 1B)",
        Some(Decimal::ONE_THOUSAND),
    ),
    ("Latency based routing queries (over 1B)", "aws_route53_record/Latency based routing queries (over 1B)", None),
];

const GEO: &[(&str, &str, Option<Decimal>)] = &[
    ("Geo DNS queries (first 1B)", "aws_route53_record/Geo DNS queries (first 1B)", Some(Decimal::ONE_THOUSAND)),
    ("Geo DNS queries (over 1B)", "aws_route53_record/Geo DNS queries (over 1B)", None),
];
