//! `aws_service_discovery_public_dns_namespace`: names of services on the internet.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_service_discovery_public_dns_namespace",
    mode: Mode::Managed,
    noun: "public namespace",
    describe: inert,
    tariff: &TARIFF,
};

/// A hosted zone comes with it.
///
/// Source: AWS Cloud Map pricing, not looked up again.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Hosted zone", "months", "aws_route53_zone/Hosted zone", 1).in_region(meter::GLOBAL);
}
