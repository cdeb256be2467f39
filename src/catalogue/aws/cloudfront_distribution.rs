//! `aws_cloudfront_distribution`: answers from the edge, and asks the origin for the rest.

use std::collections::BTreeSet;

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{Charge, Edge, Facts, Field, Lines, Part, Record, Relation, Site, Stated, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudfront_distribution",
    mode: Mode::Managed,
    noun: "CloudFront distribution",
    describe,
    tariff: &TARIFF,
};

/// How long it waits for an origin that somebody runs; of a bucket nobody has to wait.
///
/// Source: Amazon `CloudFront` API reference, `CustomOriginConfig` and `VpcOriginConfig`, `OriginReadTimeout`: 30 seconds by default.
/// Read 2026-11-29.
fn describe(resource: &Resource<'_>) -> Facts {
    const DEFAULT: u64 = 30;
    let mut reader = Reader::new(resource);
    let mut waits = Vec::new();
    for origin in resource.body.get("origin").visible_blocks() {
        let own = origin.block("custom_origin_config").or_else(|| origin.block("vpc_origin_config"));
        let Some(own) = own else { continue };
        reader.within(Relation::Asks, "origin.domain_name", ONE.slot(waits.len()), &origin);
        // The provider writes the default where nobody says anything.
        let seconds = match own.int("origin_read_timeout").and_then(unsigned) {
            Attr::Set(DEFAULT) => Attr::Unset,
            seconds => seconds,
        };
        let wait = Stated::plan("origin.origin_read_timeout", seconds.map(|seconds| seconds.saturating_mul(1_000)));
        waits.push(wait.or_default(DEFAULT * 1_000, "30 s, Amazon CloudFront API reference, OriginReadTimeout"));
    }
    reader.facts(Part::Edge(Box::new(Edge { waits })))
}

/// By what goes through it, by where its viewers are. What nobody states is shown once, for North America, not for each part of the
/// world.
///
/// Source: components as Infracost prints them, goldens of 2024-07 and 2025-07.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::blocks("origin", &[Field::blocks("origin_shield", SHIELD)]),
        Field::blocks("viewer_certificate", &[Field::text("ssl_support_method")]),
        Field::blocks("default_cache_behavior", BEHAVIOR),
        Field::blocks("ordered_cache_behavior", BEHAVIOR),
    ],
    near: &[],
    usage: USAGE,
    charge: Charge::By(charge),
};

const BEHAVIOR: &[Field] = &[Field::text("field_level_encryption_id"), Field::text("realtime_log_config_arn")];

fn charge(site: &Site<'_>, lines: &mut Lines) {
    places(site, "monthly_data_transfer_to_internet_gb", |place, gb| to_internet(lines, place, gb));
    places(site, "monthly_data_transfer_to_origin_gb", |place, gb| {
        line(lines, place, "Data transfer out to origin", "GB", gb);
    });
    for (name, prefix) in [("HTTP requests", "monthly_http_requests"), ("HTTPS requests", "monthly_https_requests")] {
        places(site, prefix, |place, requests| line(lines, place, name, "10k requests", meter::per(requests, 10_000)));
    }
    lines.whole();
    shields(site, lines);
    extras(site, lines);
    for line in &mut lines.all {
        line.in_region(meter::GLOBAL);
    }
}

/// Gives each part of the world for which somebody says something; if nobody does, the first.
fn places(site: &Site<'_>, prefix: &str, mut give: impl FnMut(&'static str, Option<Decimal>)) {
    let mut is_said = false;
    for (key, place) in PLACES {
        if let Some(used) = site.usage(&format!("{prefix}.{key}")) {
            is_said = true;
            give(place, Some(used));
        }
    }
    if let (false, Some((_, place))) = (is_said, PLACES.first()) {
        give(place, None);
    }
}

fn line(lines: &mut Lines, place: &'static str, name: &str, unit: &'static str, used: Option<Decimal>) {
    lines.part(place);
    lines.used(name, unit, format!("aws_cloudfront_distribution/{place}: {name}"), used);
}

fn to_internet(lines: &mut Lines, place: &'static str, used: Option<Decimal>) {
    let named: Vec<(String, String, Option<Decimal>)> = TIERS
        .iter()
        .map(|(tier, most)| {
            let name = format!("Data transfer out to internet ({tier})");
            let key = format!("aws_cloudfront_distribution/{place}: {name}");
            (name, key, most.map(Decimal::from))
        })
        .collect();
    let tiers: Vec<_> = named.iter().map(|(name, key, most)| (name.as_str(), key.as_str(), *most)).collect();
    lines.part(place);
    lines.tiers("GB", &tiers, used);
}

const SHIELD: &[Field] = &[Field::flag("enabled"), Field::text("origin_shield_region")];

fn shield(lines: &mut Lines, place: &str, requests: Option<Decimal>) {
    let name = match place {
        "" => "Origin shield HTTP requests".to_owned(),
        place => format!("Origin shield HTTP requests ({place})"),
    };
    let key = format!("aws_cloudfront_distribution/{name}");
    lines.used(name, "10k requests", key, meter::per(requests, 10_000));
}

/// Origin shields, where one is switched on or somebody says how it is used.
fn shields(site: &Site<'_>, lines: &mut Lines) {
    let mut is_said = false;
    for (key, place, _) in SHIELDS {
        if let Some(requests) = site.usage(&format!("monthly_shield_requests.{key}")) {
            is_said = true;
            shield(lines, place, Some(requests));
        }
    }
    if is_said {
        return;
    }
    let origins = site.own().blocks("origin").into_known().unwrap_or_default();
    let shields = origins.iter().filter_map(|origin| origin.block("origin_shield").into_known());
    let on = shields.filter(|shield| shield.flag("enabled").into_known() == Some(true));
    let places: BTreeSet<&str> =
        on.map(|shield| shield.text("origin_shield_region").known().map_or("", |region| place_of(region))).collect();
    for place in places {
        shield(lines, place, None);
    }
}

fn extras(site: &Site<'_>, lines: &mut Lines) {
    let paths = meter::beyond(site.usage("monthly_invalidation_requests"), 1_000);
    let key = "aws_cloudfront_distribution/Invalidation requests (over 1k)";
    lines.used("Invalidation requests (over 1k)", "paths", key, paths);
    let encrypted = site.usage("monthly_encryption_requests");
    if encrypted.is_some() || behaves(site.own(), "field_level_encryption_id") {
        let key = "aws_cloudfront_distribution/Field level encryption requests";
        lines.used("Field level encryption requests", "10k requests", key, meter::per(encrypted, 10_000));
    }
    let logged = site.usage("monthly_log_lines");
    if logged.is_some() || behaves(site.own(), "realtime_log_config_arn") {
        let key = "aws_cloudfront_distribution/Real-time log requests";
        lines.used("Real-time log requests", "1M lines", key, meter::per(logged, 1_000_000));
    }
    let key = "aws_cloudfront_distribution/Dedicated IP custom SSLs";
    let method = site.own().block("viewer_certificate").and_then(|one| one.text("ssl_support_method"));
    if let Some(certificates) = site.usage("custom_ssl_certificates") {
        lines.used("Dedicated IP custom SSLs", "certificates", key, Some(certificates));
    } else if method.known().is_some_and(|method| method.as_str() == "vip") {
        lines.monthly("Dedicated IP custom SSLs", "certificates", key, 1);
    }
}

/// Whether one of its cache behaviours has something switched on.
fn behaves(own: &Record, name: &str) -> bool {
    let kinds = ["default_cache_behavior", "ordered_cache_behavior"];
    let all = kinds.iter().filter_map(|kind| own.blocks(kind).into_known()).flatten();
    all.into_iter().any(|behavior| !behavior.text(name).is_unset())
}

/// Parts of the world, as usage files and as prices name them.
const PLACES: &[(&str, &str)] = &[
    ("us", "US, Mexico, Canada"),
    ("europe", "Europe, Israel"),
    ("south_africa", "South Africa, Kenya, Middle East"),
    ("south_america", "South America"),
    ("japan", "Japan"),
    ("australia", "Australia, New Zealand"),
    ("asia_pacific", "Hong Kong, Philippines, Asia Pacific"),
    ("india", "India"),
];

/// Origin shields, as usage files and as prices name them, with the regions that they stand in.
///
/// Source: Amazon `CloudFront` developer guide, choosing the AWS Region for Origin Shield, not looked up again.
const SHIELDS: &[(&str, &str, &[&str])] = &[
    ("us", "US", &["us-east-1", "us-east-2", "us-west-2"]),
    ("europe", "Europe", &["eu-central-1", "eu-west-1", "eu-west-2"]),
    ("south_america", "South America", &["sa-east-1"]),
    ("japan", "Japan", &["ap-northeast-1"]),
    ("australia", "Australia", &["ap-southeast-2"]),
    ("singapore", "Singapore", &["ap-southeast-1"]),
    ("south_korea", "South Korea", &["ap-northeast-2"]),
    ("india", "India", &["ap-south-1"]),
];

/// The price's name of the place that a region is in; empty if it has none.
fn place_of(region: &Text) -> &'static str {
    let found = SHIELDS.iter().find(|(_, _, regions)| regions.contains(&region.as_str()));
    found.map_or("", |(_, place, _)| place)
}

/// How much each tier holds, in GB.
const TIERS: &[(&str, Option<u64>)] = &[
    ("first 10TB", Some(10_240)),
    ("next 40TB", Some(40_960)),
    ("next 100TB", Some(102_400)),
    ("next 350TB", Some(358_400)),
    ("next 524TB", Some(536_576)),
    ("next 4PB", Some(4_194_304)),
    ("over 5PB", None),
];

const USAGE: &[UsageKey] = &[
    meter::key("monthly_data_transfer_to_internet_gb.us", "GB to viewers in US, Mexico, Canada in a month"),
    meter::key("monthly_data_transfer_to_internet_gb.europe", "GB to viewers in Europe, Israel in a month"),
    meter::key(
        "monthly_data_transfer_to_internet_gb.south_africa",
        "GB to viewers in South Africa, Kenya, Middle East in a month",
    ),
    meter::key("monthly_data_transfer_to_internet_gb.south_america", "GB to viewers in South America in a month"),
    meter::key("monthly_data_transfer_to_internet_gb.japan", "GB to viewers in Japan in a month"),
    meter::key("monthly_data_transfer_to_internet_gb.australia", "GB to viewers in Australia, New Zealand in a month"),
    meter::key(
        "monthly_data_transfer_to_internet_gb.asia_pacific",
        "GB to viewers in Hong Kong, Philippines, Asia Pacific in a month",
    ),
    meter::key("monthly_data_transfer_to_internet_gb.india", "GB to viewers in India in a month"),
    meter::key(
        "monthly_data_transfer_to_origin_gb.us",
        "GB from viewers in US, Mexico, Canada to the origin in a month",
    ),
    meter::key(
        "monthly_data_transfer_to_origin_gb.europe",
        "GB from viewers in Europe, Israel to the origin in a month",
    ),
    meter::key(
        "monthly_data_transfer_to_origin_gb.south_africa",
        "GB from viewers in South Africa, Kenya, Middle East to the origin in a month",
    ),
    meter::key(
        "monthly_data_transfer_to_origin_gb.south_america",
        "GB from viewers in South America to the origin in a month",
    ),
    meter::key("monthly_data_transfer_to_origin_gb.japan", "GB from viewers in Japan to the origin in a month"),
    meter::key(
        "monthly_data_transfer_to_origin_gb.australia",
        "GB from viewers in Australia, New Zealand to the origin in a month",
    ),
    meter::key(
        "monthly_data_transfer_to_origin_gb.asia_pacific",
        "GB from viewers in Hong Kong, Philippines, Asia Pacific to the origin in a month",
    ),
    meter::key("monthly_data_transfer_to_origin_gb.india", "GB from viewers in India to the origin in a month"),
    meter::key("monthly_http_requests.us", "HTTP requests from US, Mexico, Canada in a month"),
    meter::key("monthly_http_requests.europe", "HTTP requests from Europe, Israel in a month"),
    meter::key("monthly_http_requests.south_africa", "HTTP requests from South Africa, Kenya, Middle East in a month"),
    meter::key("monthly_http_requests.south_america", "HTTP requests from South America in a month"),
    meter::key("monthly_http_requests.japan", "HTTP requests from Japan in a month"),
    meter::key("monthly_http_requests.australia", "HTTP requests from Australia, New Zealand in a month"),
    meter::key(
        "monthly_http_requests.asia_pacific",
        "HTTP requests from Hong Kong, Philippines, Asia Pacific in a month",
    ),
    meter::key("monthly_http_requests.india", "HTTP requests from India in a month"),
    meter::key("monthly_https_requests.us", "HTTPS requests from US, Mexico, Canada in a month"),
    meter::key("monthly_https_requests.europe", "HTTPS requests from Europe, Israel in a month"),
    meter::key(
        "monthly_https_requests.south_africa",
        "HTTPS requests from South Africa, Kenya, Middle East in a month",
    ),
    meter::key("monthly_https_requests.south_america", "HTTPS requests from South America in a month"),
    meter::key("monthly_https_requests.japan", "HTTPS requests from Japan in a month"),
    meter::key("monthly_https_requests.australia", "HTTPS requests from Australia, New Zealand in a month"),
    meter::key(
        "monthly_https_requests.asia_pacific",
        "HTTPS requests from Hong Kong, Philippines, Asia Pacific in a month",
    ),
    meter::key("monthly_https_requests.india", "HTTPS requests from India in a month"),
    meter::key("monthly_shield_requests.us", "requests to an origin shield in US in a month"),
    meter::key("monthly_shield_requests.europe", "requests to an origin shield in Europe in a month"),
    meter::key("monthly_shield_requests.south_america", "requests to an origin shield in South America in a month"),
    meter::key("monthly_shield_requests.japan", "requests to an origin shield in Japan in a month"),
    meter::key("monthly_shield_requests.australia", "requests to an origin shield in Australia in a month"),
    meter::key("monthly_shield_requests.singapore", "requests to an origin shield in Singapore in a month"),
    meter::key("monthly_shield_requests.south_korea", "requests to an origin shield in South Korea in a month"),
    meter::key("monthly_shield_requests.india", "requests to an origin shield in India in a month"),
    meter::key("monthly_invalidation_requests", "paths that are invalidated in a month"),
    meter::key("monthly_encryption_requests", "requests with encrypted fields in a month"),
    meter::key("monthly_log_lines", "lines of real-time logs in a month"),
    meter::key("custom_ssl_certificates", "certificates with addresses of their own"),
];
