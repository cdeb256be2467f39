//! Where the prices of all files come together.

use rustc_hash::FxHashMap;

use super::report::Skip;
use crate::model::Text;
use crate::prices::{Row, Source, Tier};
use crate::units::Decimal;

/// All prices so far, by key and region.
#[derive(Debug, Default)]
pub(super) struct Sink {
    prices: FxHashMap<(Text, Text), Price>,
    /// What each key counts: a book has one unit for it.
    units: FxHashMap<Text, Text>,
}

#[derive(Debug)]
struct Price {
    unit: Text,
    tiers: Vec<Tier>,
    source: Source,
    /// Two of one day differ: nobody knows which of them is meant.
    ambiguous: bool,
}

impl Sink {
    /// Adds a price; of two for the same thing the newer one counts.
    ///
    /// # Errors
    ///
    /// It is older than one that is known, or differs from one of the same day: then neither is given out. Or it cannot
    /// stand in a book: it has no date, or another unit than its key has elsewhere.
    pub(super) fn add(&mut self, row: Row) -> Result<(), Skip> {
        let Row { key, unit, region, tiers, source } = row;
        if source.as_of.parse::<jiff::civil::Date>().is_err() {
            return Err(Skip::Undated);
        }
        let (key, region) = (tidy(key, " "), tidy(region, "-"));
        match self.units.get(&key) {
            Some(known) if *known != unit => return Err(Skip::Unit),
            Some(_) => {}
            None => drop(self.units.insert(key.clone(), unit.clone())),
        }
        let price = Price { unit, tiers, source, ambiguous: false };
        match self.prices.entry((key, region)) {
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(price);
                Ok(())
            }
            std::collections::hash_map::Entry::Occupied(mut place) => {
                let known = place.get_mut();
                if price.source.as_of > known.source.as_of {
                    *known = price;
                    Ok(())
                } else if price.source.as_of < known.source.as_of {
                    Err(Skip::Older)
                } else if same(&price, known) {
                    Ok(())
                } else {
                    known.ambiguous = true;
                    Err(Skip::Ambiguous)
                }
            }
        }
    }

    /// All prices that are certain, by key and region.
    pub(super) fn into_rows(self) -> Vec<Row> {
        let certain = self.prices.into_iter().filter(|(_, price)| !price.ambiguous);
        let mut rows: Vec<Row> = certain
            .map(|((key, region), Price { unit, tiers, source, .. })| Row { key, unit, region, tiers, source })
            .collect();
        rows.sort_by(|a, b| (&a.key, &a.region).cmp(&(&b.key, &b.region)));
        rows
    }
}

/// A name in one line, without blanks at its ends or in a row: vendors' descriptions are free text.
fn tidy(name: Text, between: &str) -> Text {
    let is_tidy = |name: &str| !name.contains(char::is_control) && !name.contains(' ');
    if is_tidy(&name) {
        return name;
    }
    let words = name.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between).into()
}

fn same(one: &Price, other: &Price) -> bool {
    one.unit == other.unit && one.tiers == other.tiers
}

/// The tiers of a price, from the first unit on, in order.
///
/// A first tier that costs nothing before one that costs something is an allowance for a whole account. It says nothing of
/// a single resource, so it is left out and what follows holds from the first unit on.
pub(super) fn tiers(mut rates: Vec<(Decimal, Decimal)>) -> Vec<Tier> {
    rates.sort_unstable();
    rates.dedup();
    let free = rates.iter().position(|(_, usd)| !usd.is_zero()).unwrap_or_default();
    let mut tiers: Vec<Tier> = rates.iter().skip(free).map(|(from, usd)| Tier { from: *from, usd: *usd }).collect();
    if let Some(first) = tiers.first_mut() {
        first.from = Decimal::ZERO;
    }
    tiers
}

/// Whether an amount has one price only.
pub(super) fn is_certain(tiers: &[Tier]) -> bool {
    tiers.windows(2).all(|pair| matches!(pair, [one, next] if one.from < next.from))
}
