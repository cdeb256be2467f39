//! Azure: pages of the Retail Prices API.

use std::fmt;

use rustc_hash::FxHashMap;
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
pub(super) const KIND: &str = "Azure Retail Prices API";

/// The prices of all pages so far: the tiers of one thing may stand on several.
#[derive(Debug, Default)]
pub(super) struct Meters {
    rates: FxHashMap<(Text, Text, Text), Vec<Rate>>,
}

#[derive(Debug)]
struct Rate {
    from: Decimal,
    usd: Decimal,
    since: String,
}

impl Meters {
    /// Hands all prices on. Of several for one amount the latest holds.
    pub(super) fn finish(self, sink: &mut Sink, report: &mut FileReport) {
        let mut all: Vec<_> = self.rates.into_iter().collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        for ((key, region, unit), mut rates) in all {
            rates.sort_by(|a, b| (a.from, &b.since).cmp(&(b.from, &a.since)));
            let latest = |from: Decimal| rates.iter().find(|rate| rate.from == from).map(|rate| &rate.since);
            let current: Vec<&Rate> = rates.iter().filter(|rate| latest(rate.from) == Some(&rate.since)).collect();
            let as_of = current.iter().map(|rate| rate.since.as_str()).max().unwrap_or_default();
            let source = Source { name: KIND.into(), as_of: as_of.into(), within_percent: None };
            let tiers = tiers(current.iter().map(|rate| (rate.from, rate.usd)).collect());
            let added = if is_certain(&tiers) {
                sink.add(Row { key, unit, region, tiers, source })
            } else {
                Err(Skip::Ambiguous)
            };
            if let Err(why) = added {
                report.skip(why);
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    currency_code: String,
    /// As it is spelled: a price never becomes a floating-point number.
    retail_price: Box<RawValue>,
    #[serde(default)]
    tier_minimum_units: Option<Box<RawValue>>,
    #[serde(default)]
    arm_region_name: Option<String>,
    effective_start_date: String,
    meter_name: String,
    product_name: String,
    sku_name: String,
    service_name: String,
    unit_of_measure: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    arm_sku_name: Option<String>,
}

/// Reads `Items`.
#[derive(Debug)]
pub(super) struct Items<'m>(pub(super) &'m mut Meters, pub(super) &'m mut FileReport);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of prices")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element::<Item>()? {
            self.1.seen += 1;
            match taken(&item) {
                Ok(key) => {
                    let from = item.tier_minimum_units.as_deref().map_or("", RawValue::get);
                    let in_place =
                        |what| A::Error::custom(format!("{what} (meter {}, {})", item.meter_name, item.sku_name));
                    let rate = Rate {
                        from: amount(from).map_err(in_place)?,
                        usd: price(item.retail_price.get()).map_err(in_place)?,
                        since: day(&item.effective_start_date).unwrap_or_default(),
                    };
                    let region = item.arm_region_name.filter(|name| name != "Global").unwrap_or_default();
                    let place = (key, region.into(), unit(&item.unit_of_measure));
                    self.0.rates.entry(place).or_default().push(rate);
                    self.1.taken += 1;
                }
                Err(why) => self.1.skip(why),
            }
        }
        Ok(())
    }
}

/// The key of a price: a machine by its size and system, anything else by service, product, SKU and meter.
///
/// Source of what tells machines apart: facts/README.md, section 6 (2026-11-23).
fn taken(item: &Item) -> Result<Text, Skip> {
    if item.kind != "Consumption" {
        return Err(Skip::NotOnDemand);
    }
    if item.currency_code != "USD" {
        return Err(Skip::Currency);
    }
    let Item { service_name: service, product_name: product, sku_name: sku, meter_name: meter, .. } = item;
    let size = item.arm_sku_name.as_deref().unwrap_or_default();
    if service != "Virtual Machines" || size.is_empty() {
        return Ok(format!("azure/{service}/{product}/{sku}/{meter}").into());
    }
    if product.contains("Cloud Services") {
        return Err(Skip::Variant);
    }
    let system = if product.contains("Windows") { "windows" } else { "linux" };
    let ends = |with: &str| sku.ends_with(with) || meter.ends_with(with);
    let market = match () {
        () if ends("Spot") => "/spot",
        () if ends("Low Priority") => "/low-priority",
        () => "",
    };
    Ok(format!("azure/{service}/{size}/{system}{market}").into())
}

fn unit(text: &str) -> Text {
    match text {
        "1 Hour" => "hours".into(),
        "1 GB/Month" => "GB-month".into(),
        "1 GB" => "GB".into(),
        other => other.into(),
    }
}
