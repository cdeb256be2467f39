//! The bill of a report, read back from its JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::words::{decimal, decimal_or_none, held, money};
use crate::compare;
use crate::cost::{Asked, Balance, Held, Rail, Sum, Totals};
use crate::model::Text;
use crate::report::CostTotals;
use crate::units::{Decimal, Money};

/// What plans cost, in a few numbers.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a cost")]
pub(super) struct Bill {
    pub(super) currency: String,
    before: Stage,
    after: Stage,
    difference: SumSide,
    changes_not_priced: BTreeMap<String, usize>,
    assumed_region: Option<String>,
    without_region: usize,
    guard_rails: Vec<GuardRail>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a bill")]
struct Stage {
    monthly: SumSide,
    complete: bool,
    priced: usize,
    free: usize,
    not_priced: BTreeMap<String, usize>,
    incomplete: BTreeMap<String, usize>,
    by_unstated_usage: usize,
    estimates: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(expecting = "amounts")]
struct SumSide {
    #[serde(deserialize_with = "money")]
    minimum: Money,
    #[serde(deserialize_with = "money")]
    expected: Money,
    #[serde(deserialize_with = "money")]
    maximum: Money,
    #[serde(deserialize_with = "money")]
    margin: Money,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "a guard rail")]
struct GuardRail {
    name: String,
    unit: String,
    #[serde(deserialize_with = "decimal")]
    limit: Decimal,
    #[serde(deserialize_with = "decimal_or_none")]
    reached: Option<Decimal>,
    #[serde(deserialize_with = "held")]
    verdict: Held,
}

impl SumSide {
    fn sum(self) -> Sum {
        let Self { minimum, expected, maximum, margin } = self;
        Sum { minimum, expected, maximum, margin }
    }
}

fn by_type(kinds: &BTreeMap<String, usize>) -> BTreeMap<Text, usize> {
    kinds.iter().map(|(kind, count)| (kind.as_str().into(), *count)).collect()
}

impl Stage {
    fn totals(&self) -> Totals {
        Totals {
            sum: self.monthly.sum(),
            priced: self.priced,
            free: self.free,
            not_priced: by_type(&self.not_priced),
            incomplete: by_type(&self.incomplete),
            by_unstated_usage: self.by_unstated_usage,
            estimates: self.estimates,
            ..Totals::default()
        }
    }
}

impl GuardRail {
    /// Nothing where it is of a kind that is not known: a later version may have more of them.
    fn asked(&self) -> Option<Asked> {
        let rail = match (self.name.as_str(), self.unit.as_str()) {
            ("max-increase", "amount") => Rail::Increase(Money(self.limit)),
            ("max-increase", "percent") => Rail::IncreasePercent(self.limit),
            ("max-total", "amount") => Rail::Total(Money(self.limit)),
            _ => return None,
        };
        Some(Asked { rail, held: self.verdict, reached: self.reached })
    }
}

impl Bill {
    /// The same as a report has it.
    pub(super) fn totals(&self) -> CostTotals {
        CostTotals {
            balance: Balance {
                before: self.before.totals(),
                after: self.after.totals(),
                difference: self.difference.sum(),
                partial: by_type(&self.changes_not_priced),
            },
            currency: self.currency.as_str().into(),
            rails: self.guard_rails.iter().filter_map(GuardRail::asked).collect(),
            assumed_region: self.assumed_region.as_deref().map(Into::into),
            without_region: self.without_region,
        }
    }

    /// Whether a month costs something else than before, or may.
    pub(super) fn changes(&self) -> bool {
        !self.difference.expected.cents().is_zero() || !self.changes_not_priced.is_empty()
    }

    /// What a month costs afterwards, as two reports have it.
    pub(super) fn afterwards(&self) -> compare::Bill {
        let Stage { monthly, complete, priced, not_priced, incomplete, by_unstated_usage, .. } = &self.after;
        compare::Bill {
            currency: self.currency.clone(),
            monthly: monthly.sum(),
            is_complete: *complete,
            priced: wide(*priced),
            gaps: not_priced.values().chain(incomplete.values()).fold(0, |sum, count| sum.saturating_add(wide(*count))),
            by_unstated_usage: wide(*by_unstated_usage),
        }
    }
}

/// A count as two reports have it.
pub(super) fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
