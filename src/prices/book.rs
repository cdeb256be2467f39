//! The price book.

use std::collections::BTreeMap;
use std::fmt;

use super::{Row, Source, Tier};
use crate::model::Text;

/// List prices by key and region.
#[derive(Clone, Debug, Default)]
pub struct Book {
    rows: BTreeMap<(Text, Text), Row>,
}

/// A price, found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quote {
    /// What one pays for.
    pub unit: Text,
    /// What it costs, from the first unit on.
    pub tiers: Vec<Tier>,
    /// Where the figure comes from.
    pub source: Source,
}

/// Why there is no price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Hole {
    /// The book does not know the thing.
    NoSuchKey,
    /// It knows it, but not in this region.
    NotInRegion(Text),
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchKey => f.write_str("the price book has no price for it"),
            Self::NotInRegion(region) => write!(f, "the price book has no price for {region}"),
        }
    }
}

impl Book {
    /// A book of these prices.
    pub fn of(rows: Vec<Row>) -> Self {
        Self { rows: rows.into_iter().map(|row| ((row.key.clone(), row.region.clone()), row)).collect() }
    }

    /// The price of `key` in `region`, or everywhere.
    ///
    /// # Errors
    /// When the book has none.
    pub fn price(&self, key: &str, region: &str) -> Result<Quote, Hole> {
        let at = |region: &str| self.rows.get(&(Text::from(key), Text::from(region)));
        let Some(row) = at(region).or_else(|| at("")) else {
            let known =
                self.rows.range((Text::from(key), Text::default())..).next().is_some_and(|((k, _), _)| k == key);
            return Err(if known { Hole::NotInRegion(region.into()) } else { Hole::NoSuchKey });
        };
        Ok(Quote { unit: row.unit.clone(), tiers: row.tiers.clone(), source: row.source.clone() })
    }
}
