//! `aws_synthetics_canary`: tries by itself what users do.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Quantity, Record, Site, Tariff};
use crate::model::{Attr, Mode};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_synthetics_canary", mode: Mode::Managed, noun: "canary", describe: inert, tariff: &TARIFF };

/// By the run. A canary that Terraform does not start runs when somebody else starts it.
///
/// Source: Amazon CloudWatch pricing, canaries, 2025-01 to 2025-06; default of `start_canary`: provider documentation, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("schedule", &[Field::text("expression")]), Field::flag("start_canary")],
    usage: &[meter::key("monthly_runs", "runs in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let said = site.usage("monthly_runs").map(|runs| Quantity::Used(Some(runs)));
    let runs = said.unwrap_or_else(|| planned(site.own()));
    lines.monthly("Canary runs", "runs", "AmazonCloudWatch/CW:Canary-runs", runs);
}

/// Its schedule's runs: known where it has a rate, else as often as somebody has it run.
fn planned(own: &Record) -> Quantity {
    match meter::flag(own, "start_canary", false) {
        Ok(true) => {}
        Ok(false) => return Quantity::Used(None),
        Err(why) => return Quantity::Unknown(why),
    }
    let Attr::Set(schedule) = own.block("schedule") else { return Quantity::Used(None) };
    match meter::word(schedule, "expression", "") {
        Ok(expression) => meter::starts(expression).map_or(Quantity::Used(None), Quantity::from),
        Err(why) => Quantity::Unknown(format!("schedule.{why}")),
    }
}
