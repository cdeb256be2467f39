//! The terms of one product: what a unit costs on demand, from which amount on.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use crate::prices::import::number::{amount, day, price};
use crate::prices::import::report::Skip;
use crate::units::Decimal;

/// The price of a product on demand.
#[derive(Clone, Debug, Default)]
pub(super) struct OnDemand {
    /// What is counted, in the vendor's spelling: `Hrs`.
    pub(super) unit: String,
    /// The day from which it holds; empty where it is not said.
    pub(super) effective: String,
    /// From an amount on, a price in US dollars.
    pub(super) rates: Vec<(Decimal, Decimal)>,
}

/// `{"SKU.TERM": {effectiveDate, priceDimensions}}`: the terms of one product, as the files have them.
pub(super) type ProductTerms = FxHashMap<String, Term>;

/// One of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Term {
    #[serde(default)]
    effective_date: String,
    #[serde(deserialize_with = "values")]
    price_dimensions: Vec<Dimension>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    #[serde(default)]
    begin_range: String,
    unit: String,
    price_per_unit: FxHashMap<String, String>,
}

fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Dimension>, D::Error> {
    struct Values;
    impl<'de> serde::de::Visitor<'de> for Values {
        type Value = Vec<Dimension>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the dimensions of a price")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::with_capacity(1);
            while let Some((IgnoredAny, dimension)) = map.next_entry()? {
                all.push(dimension);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_map(Values)
}

/// What holds of a product's terms: the last one that is in force when the file is published.
///
/// # Errors
///
/// A price that is none: what is wrong with it.
pub(super) fn in_force(terms: ProductTerms, published: &str) -> Result<Result<OnDemand, Skip>, String> {
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.sort_by(|a, b| a.effective_date.cmp(&b.effective_date));
    // Moments of both are spelled alike, `2026-10-01T00:00:00Z`, so that they compare as text.
    let current = terms.iter().rposition(|term| published.is_empty() || term.effective_date.as_str() <= published);
    let Some(term) = current.and_then(|at| terms.into_iter().nth(at)) else { return Ok(Err(Skip::NoPrice)) };
    let mut on_demand = OnDemand { effective: day(&term.effective_date).unwrap_or_default(), ..OnDemand::default() };
    for dimension in term.price_dimensions {
        let Some(usd) = dimension.price_per_unit.get("USD") else { return Ok(Err(Skip::Currency)) };
        on_demand.rates.push((amount(&dimension.begin_range)?, price(usd)?));
        on_demand.unit = dimension.unit;
    }
    Ok(if on_demand.rates.is_empty() { Err(Skip::NoPrice) } else { Ok(on_demand) })
}
