//! `aws_api_gateway_rest_api`: an API of the first generation.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Lines, Part, Site, Stated, Tariff, Wait};
use crate::model::{Attr, Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_api_gateway_rest_api", mode: Mode::Managed, noun: "REST API", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "execution_arn", "root_resource_id"]);
    reader.labels(&["name"]);
    reader.secluded(private(resource));
    // Its integrations say how long they wait.
    reader.facts(Part::Api(Wait::Elsewhere(MOST)))
}

/// How long an integration waits, in milliseconds, where nobody says otherwise.
///
/// Source: Amazon API Gateway developer guide, quotas, integration timeout: 50 milliseconds to 29 seconds; more, of regional and
/// private APIs, where the account's quota is raised. The provider's default is 29,000. Read 2026-11-29.
pub(super) const MOST: u64 = 29_000;
/// What says so.
pub(super) const MOST_SAYS: &str = "29 s, Amazon API Gateway developer guide, quotas";

/// Whether it is reached through endpoints of a network alone. It is not unless somebody says so: Amazon API Gateway API reference,
/// `EndpointConfiguration`, types, read 2026-11-29.
fn private(resource: &Resource<'_>) -> Stated<bool> {
    const TYPES: &str = "endpoint_configuration.types";
    let types = match resource.body.block("endpoint_configuration") {
        Some(block) => block.get("types").texts(),
        None => resource.body.get("endpoint_configuration").presence().and_then(|()| Attr::Unset),
    };
    let private = types.and_then(|types| match types.iter().find(|kind| !matches!(kind, Attr::Set(_))) {
        Some(Attr::Unknown(why)) => Attr::Unknown(*why),
        _ => Attr::Set(types.contains(&Attr::Set("PRIVATE".into()))),
    });
    // Where nobody writes the block, the provider marks it as known only after apply.
    let private =
        if resource.leaves_open("endpoint_configuration") && private.known().is_none() { Attr::Unset } else { private };
    Stated::plan(TYPES, private).or_default(false, "Amazon API Gateway, EndpointConfiguration")
}

/// By the request, in tiers of a month.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_requests", "requests in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.tiers("1M requests", REQUESTS, meter::per(site.usage("monthly_requests"), 1_000_000));
}

/// How much each tier holds, in millions.
const REQUESTS: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Requests (first 333M)",
        "aws_api_gateway_rest_api/Requests (first 333M)",
        Some(Decimal::from_parts(333, 0, 0, false, 0)),
    ),
    (
        "Requests (next 667M)",
        "aws_api_gateway_rest_api/Requests (next 667M)",
        Some(Decimal::from_parts(667, 0, 0, false, 0)),
    ),
    (
        "Requests (next 19B)",
        "aws_api_gateway_rest_api/Requests (next 19B)",
        Some(Decimal::from_parts(19_000, 0, 0, false, 0)),
    ),
    ("Requests (over 20B)", "aws_api_gateway_rest_api/Requests (over 20B)", None),
];
