//! `aws_kms_key`: a key that encrypts.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_kms_key", mode: Mode::Managed, noun: "KMS key", describe: inert, tariff: &TARIFF };

/// By the month and by the request, by what sort of key it is; 20,000 requests that an account has for nothing are not taken off.
/// A year later a key that rotates costs more: that is not counted.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; default `SYMMETRIC_DEFAULT`: provider documentation of `aws_kms_key`.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("customer_master_key_spec")],
    usage: &[meter::key("monthly_requests", "requests in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Customer master key", "months", "aws_kms_key/Customer master key", 1);
    let requests = meter::per(site.usage("monthly_requests"), 10_000);
    let (name, key) = match meter::word(site.own(), "customer_master_key_spec", "SYMMETRIC_DEFAULT") {
        Ok("RSA_2048") => ("Requests (RSA 2048)", "aws_kms_key/Requests (RSA 2048)"),
        Ok(kind) if kind.starts_with("RSA") || kind.starts_with("ECC") || kind.starts_with("SM2") => {
            ("Requests (asymmetric)", "aws_kms_key/Requests (asymmetric)")
        }
        Ok(_) => ("Requests", "aws_kms_key/Requests"),
        Err(why) => return lines.not_priced("Requests", why),
    };
    lines.used(name, "10k requests", key, requests);
}
