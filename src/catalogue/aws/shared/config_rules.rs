//! What rules of AWS Config cost.

use super::meter;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::units::Decimal;

/// By the evaluation, in tiers.
///
/// Source: components as Infracost prints them, goldens of 2024-07: the same for rules of one account and of an organisation.
pub(in crate::catalogue::aws) static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_rule_evaluations", "evaluations of the rule in a month, in all accounts")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.tiers("evaluations", EVALUATIONS, site.usage("monthly_rule_evaluations"));
}

const EVALUATIONS: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Rule evaluations (first 100K)",
        "aws_config_config_rule/Rule evaluations (first 100K)",
        Some(Decimal::from_parts(100_000, 0, 0, false, 0)),
    ),
    (
        "Rule evaluations (next 400K)",
        "aws_config_config_rule/Rule evaluations (next 400K)",
        Some(Decimal::from_parts(400_000, 0, 0, false, 0)),
    ),
    ("Rule evaluations (over 500K)", "aws_config_config_rule/Rule evaluations (over 500K)", None),
];
