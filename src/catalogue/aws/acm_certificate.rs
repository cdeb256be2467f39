//! `aws_acm_certificate`: proves who a name belongs to.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_acm_certificate", mode: Mode::Managed, noun: "certificate", describe: inert, tariff: &TARIFF };

/// A public certificate costs nothing unless it may be exported; one of a private authority is billed when it is made.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Certificate Manager pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("certificate_authority_arn"), Field::blocks("options", &[Field::text("export")])],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    if !site.own().text("certificate_authority_arn").is_unset() {
        lines.monthly("Certificate", "requests", "aws_acm_certificate/Certificate", 1);
        return;
    }
    let export = site.own().block("options").and_then(|options| options.text("export"));
    if export.known().is_some_and(|export| export.as_str() == "ENABLED") {
        lines.not_priced("Exportable certificate", "planwise has no price of public certificates that may be exported");
    }
}
