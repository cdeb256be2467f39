//! `aws_ssm_activation`: lets machines elsewhere be managed.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Quantity, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ssm_activation",
    mode: Mode::Managed,
    noun: "hybrid activation",
    describe: inert,
    tariff: &TARIFF,
};

/// Machines of the advanced tier by the hour; those of the standard tier cost nothing.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("instance_tier", "standard or advanced"),
        meter::key("instances", "machines that are registered with it"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    if site.usage_text("instance_tier").is_none_or(|tier| tier.as_str() != "advanced") {
        return;
    }
    let machines = Quantity::Used(site.usage("instances"));
    let key = "aws_ssm_activation/On-prem managed instances (advanced)";
    lines.hours("On-prem managed instances (advanced)", key, machines);
}
