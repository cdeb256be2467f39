//! How a resource is billed: what its bill depends on, and the lines that come of it.

use jiff::civil::Date;

use super::{Field, Lines, Record, Relation};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// How the resources of a type are billed.
#[derive(Debug)]
pub struct Tariff {
    /// The attributes that the bill depends on.
    pub reads: &'static [Field],
    /// The neighbours that it depends on.
    pub near: &'static [Near],
    /// What a usage file may say of such a resource.
    pub usage: &'static [UsageKey],
    /// What comes of it.
    pub charge: Charge,
}

/// What comes of a tariff.
#[derive(Clone, Copy, Debug)]
pub enum Charge {
    /// Nothing is billed for such a thing.
    Free,
    /// It is billed with what uses it, such as a launch template.
    Elsewhere,
    /// It is billed, but nobody knows here how much, for this reason.
    NotPriced(&'static str),
    /// These lines.
    By(fn(&Site<'_>, &mut Lines)),
}

impl Tariff {
    /// Of what costs nothing by itself.
    pub const FREE: Self = Self { reads: &[], near: &[], usage: &[], charge: Charge::Free };
    /// Of what is not billed here at all: a data source, or a type that nobody has described.
    pub const NONE: Self =
        Self { charge: Charge::NotPriced("planwise does not know how this type is billed"), ..Self::FREE };
}

/// A neighbour that a bill depends on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Near {
    /// What the resource names by a link of this relation.
    To(Relation),
    /// What names the resource so.
    From(Relation),
}

/// A value that no plan shows: how much a resource is used. The key is Infracost's; a dot leads into a nested map.
#[derive(Debug)]
pub struct UsageKey {
    /// The key, such as `monthly_data_processed_gb` or `standard.storage_gb`.
    pub key: &'static str,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

/// A number at the least, at first, and at the most.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Amounts {
    /// At the least.
    pub minimum: Decimal,
    /// As it starts.
    pub expected: Decimal,
    /// At the most.
    pub maximum: Decimal,
}

impl Amounts {
    /// A number that does not change.
    pub const fn exactly(number: Decimal) -> Self {
        Self { minimum: number, expected: number, maximum: number }
    }

    /// Each of them so many times.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Self {
        self.map(|number| number.checked_mul(factor).unwrap_or(Decimal::MAX))
    }

    /// None of them more than this.
    #[must_use]
    pub fn at_most(self, most: Decimal) -> Self {
        self.map(|number| number.min(most))
    }

    /// So many more.
    #[must_use]
    pub fn plus(self, more: Decimal) -> Self {
        self.map(|number| number.checked_add(more).unwrap_or(Decimal::MAX))
    }

    /// Each of them changed.
    #[must_use]
    pub fn map(self, change: impl Fn(Decimal) -> Decimal) -> Self {
        Self { minimum: change(self.minimum), expected: change(self.expected), maximum: change(self.maximum) }
    }
}

/// What a tariff sees of the plan: resources by position, and how they hang together.
pub trait Plot: Sync {
    /// What is known of a resource.
    fn record(&self, at: usize) -> &Record;
    /// Its Terraform type.
    fn kind(&self, at: usize) -> &str;
    /// The region that it lives in.
    fn region(&self, at: usize) -> &Attr<Text>;
    /// Its neighbours of one sort, if its tariff asks for them.
    fn near(&self, at: usize, near: Near) -> Neighbours<'_>;
    /// How many units it runs, or why that cannot be told; `None` if it does not run.
    fn units(&self, at: usize) -> Option<&Result<Amounts, String>>;
    /// What the usage file says of it.
    fn usage(&self, at: usize, key: &str) -> Option<Text>;
    /// The day of the bill.
    fn day(&self) -> Date;
}

/// Neighbours of one sort.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'p> {
    /// Those that are certain.
    pub certain: &'p [usize],
    /// Why there may be others, if there may.
    pub open: Option<&'p str>,
}

/// A resource in its surroundings, as its tariff sees it.
#[derive(Clone, Copy)]
pub struct Site<'p> {
    plot: &'p dyn Plot,
    at: usize,
}

impl<'p> Site<'p> {
    /// The resource at a position.
    pub const fn new(plot: &'p dyn Plot, at: usize) -> Self {
        Self { plot, at }
    }

    /// Its own attributes.
    pub fn own(&self) -> &'p Record {
        self.plot.record(self.at)
    }

    /// Its Terraform type.
    pub fn kind(&self) -> &'p str {
        self.plot.kind(self.at)
    }

    /// The region that it lives in.
    pub fn region(&self) -> &'p Attr<Text> {
        self.plot.region(self.at)
    }

    /// What it names, in the order of its attributes; and why there may be more, if there may.
    pub fn to(&self, relation: Relation) -> (Vec<Self>, Option<&'p str>) {
        self.near(Near::To(relation))
    }

    /// What names it, and why there may be more, if there may.
    pub fn from(&self, relation: Relation) -> (Vec<Self>, Option<&'p str>) {
        self.near(Near::From(relation))
    }

    fn near(&self, near: Near) -> (Vec<Self>, Option<&'p str>) {
        let Neighbours { certain, open } = self.plot.near(self.at, near);
        (certain.iter().map(|at| Self { plot: self.plot, at: *at }).collect(), open)
    }

    /// The only neighbour of one sort: `Ok(None)` if there is none.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn one(&self, near: Near) -> Result<Option<Self>, String> {
        let Neighbours { certain, open } = self.plot.near(self.at, near);
        match (certain.first(), open) {
            (Some(at), _) => Ok(Some(Self { plot: self.plot, at: *at })),
            (None, Some(why)) => Err(why.to_owned()),
            (None, None) => Ok(None),
        }
    }

    /// How many units it runs: one, if it is not known to scale.
    ///
    /// # Errors
    /// Why that cannot be told.
    pub fn units(&self) -> Result<Amounts, String> {
        self.plot.units(self.at).cloned().unwrap_or(Ok(Amounts::exactly(Decimal::ONE)))
    }

    /// A number that the usage file says of it; text that is no number is none.
    pub fn usage(&self, key: &str) -> Option<Decimal> {
        self.usage_text(key)?.parse().ok()
    }

    /// A word that the usage file says of it.
    pub fn usage_text(&self, key: &str) -> Option<Text> {
        self.plot.usage(self.at, key)
    }

    /// The day of the bill: some prices begin or end on one.
    pub fn day(&self) -> Date {
        self.plot.day()
    }
}
