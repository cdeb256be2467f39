//! A price file in JSON: what its first names are tells what it is.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::aws::{Answers, Offer, Products, Terms};
use super::azure::{Items, Meters};
use super::google::Skus;
use super::report::FileReport;
use super::sink::Sink;
use crate::model::Text;

/// What a document turned out to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// An offer file of AWS.
    Offer,
    /// An offer file whose terms come before its products: they have to be read once more.
    TermsFirst,
    /// Answers of AWS's `GetProducts`.
    Answers,
    /// A page of Azure's prices.
    Azure,
    /// A page of Google's SKUs.
    Google,
    /// A list of price files.
    Index,
}

/// A document on its way in.
#[derive(Debug)]
pub(super) struct Document<'d> {
    pub(super) sink: &'d mut Sink,
    pub(super) meters: &'d mut Meters,
    pub(super) report: &'d mut FileReport,
    pub(super) offer: &'d mut Offer,
    pub(super) answers: &'d mut FxHashMap<(Text, Text), Offer>,
    /// Whether the products are known from a first reading, so that only the terms are wanted.
    pub(super) again: bool,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Option<Kind>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Option<Kind>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a price file")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Answers { offers: self.answers, report: self.report }.visit_seq(list)?;
        Ok(Some(Kind::Answers))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut kind = None;
        let (mut products, mut terms) = (self.again, false);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "offerCode" => self.offer.code = map.next_value::<String>()?.into(),
                "version" => self.offer.version = map.next_value::<String>()?.into(),
                "publicationDate" => self.offer.published = map.next_value::<String>()?.into(),
                "products" if !self.again => {
                    map.next_value_seed(Products(self.offer, self.report))?;
                    (products, kind) = (true, Some(if terms { Kind::TermsFirst } else { Kind::Offer }));
                }
                "terms" if products => {
                    map.next_value_seed(Terms(self.offer, self.report))?;
                    (terms, kind) = (true, Some(Kind::Offer));
                }
                "terms" => {
                    map.next_value::<IgnoredAny>()?;
                    terms = true;
                }
                "PriceList" => {
                    map.next_value_seed(Answers { offers: self.answers, report: self.report })?;
                    kind = Some(Kind::Answers);
                }
                "Items" => {
                    map.next_value_seed(Items(self.meters, self.report))?;
                    kind = Some(Kind::Azure);
                }
                "skus" => {
                    map.next_value_seed(Skus(self.sink, self.report))?;
                    kind = Some(Kind::Google);
                }
                "regions" | "offers" | "versions" if kind.is_none() => {
                    map.next_value::<IgnoredAny>()?;
                    kind = Some(Kind::Index);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        match kind {
            Some(Kind::Offer) if !terms => Err(A::Error::custom("the file has products and no terms: no price")),
            kind => Ok(kind),
        }
    }
}
