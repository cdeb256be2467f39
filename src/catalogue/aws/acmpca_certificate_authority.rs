//! `aws_acmpca_certificate_authority`: makes certificates of its own.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_acmpca_certificate_authority",
    mode: Mode::Managed,
    noun: "private certificate authority",
    describe: inert,
    tariff: &TARIFF,
};

/// By the month and by the certificate.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; default `GENERAL_PURPOSE`: provider documentation, `usage_mode`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("usage_mode")],
    usage: &[meter::key("monthly_requests", "certificates in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let requests = site.usage("monthly_requests");
    match meter::word(site.own(), "usage_mode", "GENERAL_PURPOSE") {
        Ok("SHORT_LIVED_CERTIFICATE") => {
            let name = "Private certificate authority (short-lived certificate mode)";
            lines.monthly(name, "months", format!("aws_acmpca_certificate_authority/{name}"), 1);
            let key = "aws_acmpca_certificate_authority/Certificates (short-lived)";
            lines.used("Certificates (short-lived)", "requests", key, requests);
        }
        Ok(_) => {
            let key = "aws_acmpca_certificate_authority/Private certificate authority";
            lines.monthly("Private certificate authority", "months", key, 1);
            lines.tiers("requests", CERTIFICATES, requests);
        }
        Err(why) => lines.not_priced("Private certificate authority", why),
    }
}

const CERTIFICATES: &[(&str, &str, Option<Decimal>)] = &[
    (
        "Certificates (first 1K)",
        "aws_acmpca_certificate_authority/Certificates (first 1K)",
        Some(Decimal::ONE_THOUSAND),
    ),
    (
        "Certificates (next 9K)",
        "aws_acmpca_certificate_authority/Certificates (next 9K)",
        Some(Decimal::from_parts(9_000, 0, 0, false, 0)),
    ),
    ("Certificates (over 10K)", "aws_acmpca_certificate_authority/Certificates (over 10K)", None),
];
