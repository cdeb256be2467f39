//! `aws_codepipeline`: builds and delivers step by step.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_codepipeline", mode: Mode::Managed, noun: "pipeline", describe: inert, tariff: &TARIFF };

/// A pipeline of type V1 by the month in which it is used, one of type V2 by the minute of its actions.
///
/// Source: AWS `CodePipeline` pricing, not looked up again; default V1: provider documentation, `pipeline_type`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("pipeline_type")],
    usage: &[meter::key("monthly_action_mins", "minutes that actions take in a month (V2)")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "pipeline_type", "V1") {
        Ok("V2") => {
            let minutes = site.usage("monthly_action_mins");
            lines.used("Action execution", "minutes", "aws_codepipeline/Action execution", minutes);
        }
        Ok(_) => {
            lines.monthly("Active pipeline", "months", "aws_codepipeline/Active pipeline", 1);
        }
        Err(why) => lines.not_priced("Pipeline", why),
    }
}
