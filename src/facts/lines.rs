//! The lines of a bill, before anybody has looked prices up.

use super::Amounts;
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// One line: so much of something.
#[derive(Clone, Debug)]
pub struct Line {
    /// The part of the resource that it is for, such as `root_block_device`; empty for the resource itself.
    pub part: Text,
    /// Its name, as Infracost has it where it has such a line.
    pub name: Text,
    /// What the quantity is counted in: `hours`, `GB`, `1M requests`.
    pub unit: &'static str,
    /// What it is called in the price book.
    pub key: Text,
    /// Where that price holds, if not where the resource lives.
    pub region: Option<Text>,
    /// How much of it.
    pub quantity: Quantity,
    /// How the price and the quantity go together.
    pub rate: Rate,
    /// The price is so many times the book's: the factor's source stands where it is set.
    pub factor: Decimal,
    /// A key under which the book has the percentage that is saved on average: an estimate.
    pub saving: Option<Text>,
}

/// How much there is of something.
#[derive(Clone, Debug)]
pub enum Quantity {
    /// So much: an hour at a time, or a month, as [`Rate`] says.
    Known(Amounts),
    /// As much as it is used: what the usage file says, or nobody knows.
    Used(Option<Decimal>),
    /// It cannot be told, for this reason.
    Unknown(String),
}

/// How a price and a quantity go together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rate {
    /// The price is for an hour, the quantity runs all the time: shown as hours of a month.
    Hour,
    /// The price is for an hour, the quantity is a capacity: shown at the price of a month.
    Capacity,
    /// The price and the quantity are for a month, or for a piece.
    Month,
}

/// The lines of one resource.
#[derive(Debug, Default)]
pub struct Lines {
    /// All of them.
    pub all: Vec<Line>,
    /// What is billed for the resource and cannot be told here, for these reasons.
    pub not_priced: Vec<(Text, String)>,
    part: Text,
}

impl Lines {
    /// What follows is for this part of the resource.
    pub fn part(&mut self, part: impl Into<Text>) {
        self.part = part.into();
    }

    /// What follows is for the resource itself.
    pub fn whole(&mut self) {
        self.part = Text::default();
    }

    /// Adds a line and gives it back to be changed.
    pub fn add(
        &mut self,
        name: impl Into<Text>,
        unit: &'static str,
        key: impl Into<Text>,
        rate: Rate,
        quantity: Quantity,
    ) -> &mut Line {
        let line = Line {
            part: self.part.clone(),
            name: name.into(),
            unit,
            key: key.into(),
            region: None,
            quantity,
            rate,
            factor: Decimal::ONE,
            saving: None,
        };
        self.all.push(line);
        match self.all.last_mut() {
            Some(line) => line,
            None => unreachable!("it has just been put there"),
        }
    }

    /// So many of it run all the time.
    pub fn hours(&mut self, name: impl Into<Text>, key: impl Into<Text>, running: impl Into<Quantity>) -> &mut Line {
        self.add(name, "hours", key, Rate::Hour, running.into())
    }

    /// So much of it all the time, priced by the hour and shown by the month.
    pub fn capacity(
        &mut self,
        name: impl Into<Text>,
        unit: &'static str,
        key: impl Into<Text>,
        quantity: impl Into<Quantity>,
    ) -> &mut Line {
        self.add(name, unit, key, Rate::Capacity, quantity.into())
    }

    /// So much of it in a month.
    pub fn monthly(
        &mut self,
        name: impl Into<Text>,
        unit: &'static str,
        key: impl Into<Text>,
        quantity: impl Into<Quantity>,
    ) -> &mut Line {
        self.add(name, unit, key, Rate::Month, quantity.into())
    }

    /// As much of it in a month as it is used.
    pub fn used(
        &mut self,
        name: impl Into<Text>,
        unit: &'static str,
        key: impl Into<Text>,
        used: Option<Decimal>,
    ) -> &mut Line {
        self.add(name, unit, key, Rate::Month, Quantity::Used(used))
    }

    /// As much of it as it is used, spread over tiers that are lines of their own: each with its name, its key, and how much
    /// it holds at most, of the quantity's own unit; the last one holds the rest.
    pub fn tiers(&mut self, unit: &'static str, tiers: &[(&str, &str, Option<Decimal>)], used: Option<Decimal>) {
        let Some(used) = used else {
            // The first tier stands for all of them.
            if let Some((name, key, _)) = tiers.first() {
                self.used(*name, unit, *key, None);
            }
            return;
        };
        let mut left = used;
        for (at, (name, key, most)) in tiers.iter().enumerate() {
            let here = most.map_or(left, |most| left.min(most));
            if at == 0 || !here.is_zero() {
                self.used(*name, unit, *key, Some(here));
            }
            left -= here;
        }
    }

    /// Something is billed that cannot be told here.
    pub fn not_priced(&mut self, name: impl Into<Text>, why: impl Into<String>) {
        self.not_priced.push((name.into(), why.into()));
    }
}

impl Line {
    /// The price is so many times the book's.
    pub fn times(&mut self, factor: Decimal) -> &mut Self {
        self.factor *= factor;
        self
    }

    /// Less what is saved on average, by the percentage under this key.
    pub fn saving(&mut self, key: impl Into<Text>) -> &mut Self {
        self.saving = Some(key.into());
        self
    }

    /// Priced as in this region.
    pub fn in_region(&mut self, region: impl Into<Text>) -> &mut Self {
        self.region = Some(region.into());
        self
    }
}

impl Quantity {
    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: impl Into<Self>) -> Self {
        match (self, factor.into()) {
            (Self::Unknown(why), _) | (_, Self::Unknown(why)) => Self::Unknown(why),
            (Self::Used(None), _) | (_, Self::Used(None)) => Self::Used(None),
            (Self::Used(Some(used)), Self::Used(Some(more))) => Self::Used(Some(product(used, more))),
            (Self::Used(Some(used)), Self::Known(known)) | (Self::Known(known), Self::Used(Some(used))) => {
                Self::Used(Some(product(known.expected, used)))
            }
            (Self::Known(a), Self::Known(b)) => Self::Known(Amounts {
                minimum: product(a.minimum, b.minimum),
                expected: product(a.expected, b.expected),
                maximum: product(a.maximum, b.maximum),
            }),
        }
    }

    /// An attribute of the resource; the reason names it where it cannot be seen. What is unset counts as none of it: put a
    /// documented default before.
    pub fn of(name: &str, attr: &Attr<Decimal>) -> Self {
        match attr {
            Attr::Set(number) => (*number).into(),
            Attr::Unset => Decimal::ZERO.into(),
            Attr::Unknown(why) => Self::Unknown(format!("{name} is {why}")),
        }
    }
}

fn product(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or(Decimal::MAX)
}

impl From<Amounts> for Quantity {
    fn from(amounts: Amounts) -> Self {
        Self::Known(amounts)
    }
}

impl From<Decimal> for Quantity {
    fn from(number: Decimal) -> Self {
        Self::Known(Amounts::exactly(number))
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Decimal::from(number).into()
    }
}

impl From<Result<Amounts, String>> for Quantity {
    fn from(amounts: Result<Amounts, String>) -> Self {
        amounts.map_or_else(Self::Unknown, Self::Known)
    }
}
