//! `aws_ssm_parameter`: a parameter; of its value only what the configuration refers to is looked at.

use super::shared::{meter, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Charge, Facts, Field, Lines, LinkValue, Part, Quantity, Relation, Site, Store, StoreKind, Tariff};
use crate::model::{Mode, Resource, Text, Why};
use crate::units::HOURS_PER_MONTH;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ssm_parameter", mode: Mode::Managed, noun: "parameter", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    for attribute in ["value", "insecure_value"] {
        let why = resource.body.get(attribute).presence().why_unknown().unwrap_or(Why::Sensitive);
        reader.value(Relation::Mentions, attribute, MANY, LinkValue::Unknown(why));
    }
    reader.facts(Part::Store(Store {
        kind: StoreKind::Parameter,
        services: services::only::SSM,
        copies: Box::default(),
    }))
}

/// An advanced parameter by the hour and by the request; a standard one costs nothing unless more requests are allowed than usual.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Systems Manager pricing, Parameter Store, not looked up again; default Standard: provider documentation, tier.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("tier")],
    usage: &[
        meter::key("parameter_storage_hrs", "hours for which it is kept in a month: all, if unset"),
        meter::key("monthly_api_interactions", "requests in a month"),
        meter::key("api_throughput_limit", "standard, or higher where the account allows more requests"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let is_higher = |limit: Text| !limit.eq_ignore_ascii_case("standard");
    let higher = site.usage_text("api_throughput_limit").is_some_and(is_higher);
    let hours = site.usage("parameter_storage_hrs").unwrap_or(HOURS_PER_MONTH);
    let stored = match meter::word(site.own(), "tier", "Standard") {
        Ok("Standard") if !higher => return,
        Ok("Standard") => None,
        Ok("Advanced") => Some(Quantity::from(hours)),
        Ok(_) => Some(Quantity::Unknown("what is in the parameter decides whether it is an advanced one".to_owned())),
        Err(why) => Some(Quantity::Unknown(why)),
    };
    if let Some(stored) = stored {
        let key = "aws_ssm_parameter/Parameter storage (advanced)";
        lines.monthly("Parameter storage (advanced)", "hours", key, stored);
    }
    let requests = meter::per(site.usage("monthly_api_interactions"), 10_000);
    let key = "aws_ssm_parameter/API interactions (advanced)";
    lines.used("API interactions (advanced)", "10k interactions", key, requests);
}
