//! Answers of the query API (`aws pricing get-products`): each entry is a product with its terms and its version.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::dimension::{self, ProductTerms};
use super::offer::Offer;
use super::product::{Product, ProductSeed};
use crate::model::Text;
use crate::prices::import::report::FileReport;

/// Reads a list of answers; an entry may be an object or the text of one, as the API gives it.
#[derive(Debug)]
pub(in crate::prices::import) struct Answers<'o> {
    /// One offer for each version that is met.
    pub(in crate::prices::import) offers: &'o mut FxHashMap<(Text, Text), Offer>,
    /// What is counted.
    pub(in crate::prices::import) report: &'o mut FileReport,
}

impl<'de> DeserializeSeed<'de> for Answers<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Answers<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of products with their terms")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(answer) = list.next_element_seed(AnswerSeed)? {
            let Answer { product, sku, service, version, published, terms } = answer;
            let offer = self.offers.entry((service.clone(), version.clone()));
            let offer = offer.or_insert_with(|| Offer::new(service, version, published));
            offer.product(&sku, &product, self.report);
            if offer.wants(&sku) {
                let in_force = dimension::in_force(terms, &offer.published);
                match in_force.map_err(|what| A::Error::custom(format!("{what} (product {sku})")))? {
                    Ok(price) => offer.price(&sku, price),
                    Err(why) => offer.forget(&sku, why, self.report),
                }
            }
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Answer {
    product: Product,
    sku: String,
    service: Text,
    version: Text,
    published: Text,
    terms: ProductTerms,
}

struct AnswerSeed;

impl<'de> DeserializeSeed<'de> for AnswerSeed {
    type Value = Answer;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answer, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnswerSeed {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a product with its terms, or the text of one")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Answer, E> {
        let mut inner = serde_json::Deserializer::from_str(text);
        Self.deserialize(&mut inner).map_err(|error| E::custom(format!("an entry that is no JSON: {error}")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
        let mut answer = Answer::default();
        let mut whole = false;
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "product" => {
                    answer.sku = map.next_value_seed(ProductSeed(&mut answer.product))?.unwrap_or_default();
                    whole = true;
                }
                "serviceCode" => answer.service = map.next_value::<String>()?.into(),
                "version" => answer.version = map.next_value::<String>()?.into(),
                "publicationDate" => answer.published = map.next_value::<String>()?.into(),
                "terms" => {
                    let mut kinds: Kinds = map.next_value()?;
                    answer.terms = kinds.on_demand.take().unwrap_or_default();
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if whole { Ok(answer) } else { Err(A::Error::custom("an entry without a product")) }
    }
}

#[derive(serde::Deserialize)]
struct Kinds {
    #[serde(rename = "OnDemand")]
    on_demand: Option<ProductTerms>,
}
