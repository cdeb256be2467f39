//! Google: pages of the Cloud Billing catalogue, `skus` of one service.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::number::{amount, day, price};
use super::report::{FileReport, Skip};
use super::sink::{Sink, is_certain, tiers};
use crate::model::Text;
use crate::prices::{Row, Source};
use crate::units::Decimal;

/// What the reports call it.
pub(super) const KIND: &str = "Google Cloud Billing SKUs";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sku {
    #[serde(rename = "skuId")]
    id: String,
    description: String,
    category: Category,
    #[serde(default)]
    service_regions: Vec<String>,
    #[serde(default)]
    pricing_info: Vec<Pricing>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Category {
    usage_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pricing {
    #[serde(default)]
    effective_time: String,
    pricing_expression: Expression,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expression {
    usage_unit: String,
    tiered_rates: Vec<Rate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    /// As it is spelled: an amount never becomes a floating-point number.
    start_usage_amount: Box<RawValue>,
    unit_price: Price,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Price {
    currency_code: String,
    /// Whole US dollars.
    #[serde(default)]
    units: String,
    /// And so many thousand-millionths of one.
    #[serde(default)]
    nanos: i64,
}

/// Reads `skus`.
#[derive(Debug)]
pub(super) struct Skus<'s>(pub(super) &'s mut Sink, pub(super) &'s mut FileReport);

impl<'de> DeserializeSeed<'de> for Skus<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Skus<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of SKUs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(sku) = list.next_element::<Sku>()? {
            self.1.seen += 1;
            let result = add(&sku, self.0);
            match result.map_err(|what| A::Error::custom(format!("{what} (SKU {})", sku.id)))? {
                Ok(()) => self.1.taken += 1,
                Err(why) => self.1.skip(why),
            }
        }
        Ok(())
    }
}

/// Adds the price of a SKU in each of its regions.
fn add(sku: &Sku, sink: &mut Sink) -> Result<Result<(), Skip>, String> {
    if !matches!(sku.category.usage_type.as_str(), "OnDemand" | "Preemptible") {
        return Ok(Err(Skip::NotOnDemand));
    }
    let Some(pricing) = sku.pricing_info.last() else { return Ok(Err(Skip::NoPrice)) };
    let expression = &pricing.pricing_expression;
    let mut rates = Vec::new();
    for rate in &expression.tiered_rates {
        if rate.unit_price.currency_code != "USD" {
            return Ok(Err(Skip::Currency));
        }
        rates.push((amount(rate.start_usage_amount.get())?, usd(&rate.unit_price)?));
    }
    let tiers = tiers(rates);
    if tiers.is_empty() {
        return Ok(Err(Skip::NoPrice));
    }
    if !is_certain(&tiers) {
        return Ok(Err(Skip::Ambiguous));
    }
    let as_of = day(&pricing.effective_time).unwrap_or_default();
    let mut result = Ok(());
    for region in &sku.service_regions {
        result = result.and(sink.add(Row {
            key: format!("gcp/{}/{}", sku.id, sku.description).into(),
            unit: unit(&expression.usage_unit),
            region: if region == "global" { Text::default() } else { region.into() },
            tiers: tiers.clone(),
            source: Source { name: KIND.into(), as_of: as_of.as_str().into(), within_percent: None },
        }));
    }
    Ok(result)
}

/// Units and nanos are one amount and have one sign.
fn usd(of: &Price) -> Result<Decimal, String> {
    let units = if of.units.is_empty() { "0" } else { &of.units };
    if of.nanos < 0 {
        return Err(format!("the price of {} nanos is less than nothing", of.nanos));
    }
    Ok(price(units)? + Decimal::new(of.nanos, 9))
}

fn unit(text: &str) -> Text {
    match text {
        "h" => "hours".into(),
        "mo" => "months".into(),
        "GiBy" => "GiB".into(),
        "GiBy.mo" => "GiB-month".into(),
        "GiBy.h" => "GiB-hours".into(),
        other => other.into(),
    }
}
