//! `aws_kms_external_key`: a key from elsewhere that encrypts.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_kms_external_key", mode: Mode::Managed, noun: "KMS key", describe: inert, tariff: &TARIFF };

/// By the month and by the request; 20,000 requests that an account has for nothing are not taken off.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS KMS pricing, replicas, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_requests", "requests in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Customer master key", "months", "aws_kms_key/Customer master key", 1);
    let requests = meter::per(site.usage("monthly_requests"), 10_000);
    lines.used("Requests", "10k requests", "aws_kms_key/Requests", requests);
}
