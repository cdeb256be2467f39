//! What a book answers.

use std::fmt;

use super::{Source, Tier};
use crate::model::Text;
use crate::units::{Decimal, counted, listed};

/// What something costs in a region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quote {
    /// What one pays for: `hours`, `GB-month`, `1M requests`.
    pub unit: Text,
    /// What it costs, from the first unit on; never empty. The prices are in `currency`, after the discount.
    pub tiers: Vec<Tier>,
    /// Where the list price comes from.
    pub source: Source,
    /// By how much this is below the list price, in percent, where a discount applies.
    pub discount_percent: Option<Decimal>,
    /// `USD`, or what an overlay converts to.
    pub currency: Text,
}

impl Quote {
    /// The price of the first unit.
    pub fn price(&self) -> Decimal {
        self.tiers.first().map_or(Decimal::ZERO, |tier| tier.usd)
    }
}

/// Why there is no price. Its spelling is for a bill, behind "not priced: ".
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Hole {
    /// The book does not know the thing.
    NoSuchKey {
        /// What was asked for.
        key: Text,
    },
    /// The book knows it in other regions alone.
    NotInRegion {
        /// Where the price was asked for.
        region: Text,
        /// Where there is one.
        has: Vec<Text>,
    },
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchKey { key } => write!(f, "no price of {key} in the book"),
            Self::NotInRegion { region, has } => {
                write!(f, "no price for {region} in the book, only for ")?;
                match has.as_slice() {
                    few if few.len() <= 3 => f.write_str(&listed(few)),
                    many => f.write_str(&counted(u64::try_from(many.len()).unwrap_or(u64::MAX), "other region")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hole;

    #[test]
    fn holes_read_well_in_a_bill() {
        let hole = |has: &[&str]| Hole::NotInRegion {
            region: "eu-central-2".into(),
            has: has.iter().map(|&name| name.into()).collect(),
        };
        assert_eq!(
            hole(&["eu-west-1", "us-east-1"]).to_string(),
            "no price for eu-central-2 in the book, only for eu-west-1 and us-east-1"
        );
        assert_eq!(
            hole(&["a", "b", "c", "d"]).to_string(),
            "no price for eu-central-2 in the book, only for 4 other regions"
        );
        assert_eq!(
            Hole::NoSuchKey { key: "AmazonEC2/x/linux".into() }.to_string(),
            "no price of AmazonEC2/x/linux in the book"
        );
    }
}
