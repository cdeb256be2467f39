//! `aws_globalaccelerator_accelerator`: fixed addresses that lead into the nearest edge of Amazon.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_globalaccelerator_accelerator",
    mode: Mode::Managed,
    noun: "accelerator",
    describe: inert,
    tariff: &TARIFF,
};

/// By the hour, whether or not it is enabled.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.hours("Fixed fee", "aws_globalaccelerator_accelerator/Fixed fee", 1).in_region(meter::GLOBAL);
}
