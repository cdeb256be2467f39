//! `aws_route53_health_check`: asks something whether it is well.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Field, Lines, Record, Site, Tariff};
use crate::model::{Attr, Mode};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_health_check",
    mode: Mode::Managed,
    noun: "health check",
    describe: inert,
    tariff: &TARIFF,
};

/// By the month, more for what is not in AWS, and more for each optional feature.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; of the features: Amazon Route 53 pricing, health checks, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("type"), Field::number("request_interval"), Field::flag("measure_latency")],
    usage: &[meter::key("endpoint_type", "aws for an endpoint in AWS, else non_aws")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let abroad = site.usage_text("endpoint_type").is_some_and(|kind| kind.as_str() != "aws");
    let (check, option) = if abroad {
        (
            "aws_route53_health_check/Health check [non-AWS endpoint]",
            "aws_route53_health_check/Optional features [non-AWS endpoint]",
        )
    } else {
        ("aws_route53_health_check/Health check", "aws_route53_health_check/Optional features")
    };
    lines.monthly("Health check", "months", check, 1).in_region(meter::GLOBAL);
    match features(site.own()) {
        Ok(number) if number.is_zero() => {}
        number => {
            lines.monthly("Optional features", "months", option, meter::exactly(number)).in_region(meter::GLOBAL);
        }
    }
}

/// HTTPS, a text that is looked for, every ten seconds, and latency: each counts.
fn features(own: &Record) -> Result<Decimal, String> {
    let kind = meter::word(own, "type", "")?;
    let soon = match own.number("request_interval") {
        Attr::Set(seconds) => seconds == Decimal::TEN,
        Attr::Unset => false,
        Attr::Unknown(why) => return Err(format!("request_interval is {why}")),
    };
    let latency = meter::flag(own, "measure_latency", false)?;
    let all = [kind.starts_with("HTTPS"), kind.ends_with("_STR_MATCH"), soon, latency];
    Ok(Decimal::from(all.iter().filter(|on| **on).count()))
}
