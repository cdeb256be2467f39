//! One offer file: products first, then their terms, joined by SKU.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::dimension::{self, OnDemand, ProductTerms};
use super::product::{Field, Product, ProductSeed};
use super::wanted::{self, Wanted};
use crate::model::Text;
use crate::prices::Source;
use crate::prices::import::number::day;
use crate::prices::import::report::{FileReport, Skip};
use crate::prices::import::sink::Sink;

/// What is known of an offer file: of its products only those that are of use.
#[derive(Debug, Default)]
pub(in crate::prices::import) struct Offer {
    /// `AmazonEC2`.
    pub(in crate::prices::import) code: Text,
    /// `20261027213040`.
    pub(in crate::prices::import) version: Text,
    /// `2026-10-27T21:30:40Z`.
    pub(in crate::prices::import) published: Text,
    /// Products of use by SKU, with their price as soon as it is known.
    wanted: FxHashMap<Text, (Wanted, Option<Box<OnDemand>>)>,
}

impl Offer {
    /// One without products yet.
    pub(super) fn new(code: Text, version: Text, published: Text) -> Self {
        Self { code, version, published, ..Self::default() }
    }

    /// Notes a product, if it is of use and not known yet.
    pub(super) fn product(&mut self, sku: &str, product: &Product, report: &mut FileReport) {
        report.seen += 1;
        match wanted::wanted(&self.code, product) {
            Ok(wanted) => drop(self.wanted.insert(sku.into(), (wanted, None))),
            Err(Skip::Unused) => report.unused(product.get(Field::Family)),
            Err(why) => report.skip(why),
        }
    }

    /// Whether a product is of use.
    pub(super) fn wants(&self, sku: &str) -> bool {
        self.wanted.contains_key(sku)
    }

    /// Notes what a product of use costs.
    pub(super) fn price(&mut self, sku: &str, price: OnDemand) {
        if let Some((_, place)) = self.wanted.get_mut(sku) {
            *place = Some(Box::new(price));
        }
    }

    /// Notes one more rate of a product of use: a CSV file has a line for each.
    pub(super) fn rate(&mut self, sku: &str, rate: OnDemand) {
        if let Some((_, place)) = self.wanted.get_mut(sku) {
            match place {
                Some(known) => known.rates.extend(rate.rates),
                None => *place = Some(Box::new(rate)),
            }
        }
    }

    /// Notes that a product of use cannot be priced after all.
    pub(super) fn forget(&mut self, sku: &str, why: Skip, report: &mut FileReport) {
        if self.wanted.remove(sku).is_some() {
            report.skip(why);
        }
    }

    /// Hands all prices on.
    pub(in crate::prices::import) fn finish(self, sink: &mut Sink, report: &mut FileReport) {
        let Self { code, version, published, wanted } = self;
        report.kind = match (code.as_str(), version.as_str()) {
            (code, "") => format!("AWS Price List of {code}"),
            (code, version) => format!("AWS Price List of {code}, version {version}"),
        };
        let published = day(&published).or_else(|| day(&version)).unwrap_or_default();
        let name = Text::from(format!("AWS Price List {code} {version}").trim_end());
        report.published.clone_from(&published);
        let mut all: Vec<_> = wanted.into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (_, (wanted, price)) in all {
            let Some(price) = price else {
                report.skip(Skip::NoPrice);
                continue;
            };
            let as_of = if published.is_empty() { &price.effective } else { &published };
            let source = Source { name: name.clone(), as_of: as_of.into(), within_percent: None };
            match wanted.rows(*price, &source, sink) {
                Ok(()) => report.taken += 1,
                Err(why) => report.skip(why),
            }
        }
    }
}

/// Reads `products`: `{"SKU": {productFamily, attributes}}`.
#[derive(Debug)]
pub(in crate::prices::import) struct Products<'o>(
    pub(in crate::prices::import) &'o mut Offer,
    pub(in crate::prices::import) &'o mut FileReport,
);

impl<'de> DeserializeSeed<'de> for Products<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Products<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("products by their SKU")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut product = Product::default();
        while let Some(sku) = map.next_key::<String>()? {
            product.clear();
            map.next_value_seed(ProductSeed(&mut product))?;
            self.0.product(&sku, &product, self.1);
        }
        Ok(())
    }
}

/// Reads `terms`: of `OnDemand` the products of use, of all else nothing.
#[derive(Debug)]
pub(in crate::prices::import) struct Terms<'o>(
    pub(in crate::prices::import) &'o mut Offer,
    pub(in crate::prices::import) &'o mut FileReport,
);

impl<'de> DeserializeSeed<'de> for Terms<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Terms<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("terms by their kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(kind) = map.next_key::<String>()? {
            if kind == "OnDemand" {
                map.next_value_seed(OnDemandTerms(self.0, self.1))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct OnDemandTerms<'o>(&'o mut Offer, &'o mut FileReport);

impl<'de> DeserializeSeed<'de> for OnDemandTerms<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OnDemandTerms<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("terms by the SKU of their product")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(sku) = map.next_key_seed(Known(self.0))? {
            let Some(sku) = sku else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let terms: ProductTerms = map.next_value()?;
            let in_force = dimension::in_force(terms, &self.0.published);
            match in_force.map_err(|what| A::Error::custom(format!("{what} (product {sku})")))? {
                Ok(price) => self.0.price(&sku, price),
                Err(why) => self.0.forget(&sku, why, self.1),
            }
        }
        Ok(())
    }
}

/// A SKU, if its product is of use.
struct Known<'o>(&'o Offer);

impl<'de> DeserializeSeed<'de> for Known<'_> {
    type Value = Option<Text>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Known<'_> {
    type Value = Option<Text>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a SKU")
    }
    fn visit_str<E>(self, sku: &str) -> Result<Self::Value, E> {
        Ok(self.0.wants(sku).then(|| sku.into()))
    }
}
