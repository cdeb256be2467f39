//! `aws_config_configuration_recorder`: writes down how resources change.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_config_configuration_recorder",
    mode: Mode::Managed,
    noun: "configuration recorder",
    describe: inert,
    tariff: &TARIFF,
};

/// By the record.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_config_items", "records of AWS resources in a month"),
        meter::key("monthly_custom_config_items", "records of other resources in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let items = site.usage("monthly_config_items");
    lines.used("Config items", "records", "aws_config_configuration_recorder/Config items", items);
    let custom = site.usage("monthly_custom_config_items");
    lines.used("Custom config items", "records", "aws_config_configuration_recorder/Custom config items", custom);
}
