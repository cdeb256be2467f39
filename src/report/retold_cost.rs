//! The bill of a report, read back from its JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::CostTotals;
use super::retold_finding::money;
use crate::cost::{Asked, Balance, Held, Rail, Sum, Totals};
use crate::model::Text;
use crate::units::{Decimal, Money};

/// What plans cost, in a few numbers.
#[derive(Debug, Deserialize)]
pub(super) struct Bill {
    #[serde(default)]
    pub(super) currency: String,
    before: Stage,
    after: Stage,
    difference: SumSide,
    #[serde(default)]
    changes_not_priced: BTreeMap<String, usize>,
    assumed_region: Option<String>,
    #[serde(default)]
    without_region: usize,
    #[serde(default)]
    guard_rails: Vec<GuardRail>,
}

#[derive(Debug, Deserialize)]
struct Stage {
    monthly: SumSide,
    #[serde(default)]
    priced: usize,
    #[serde(default)]
    free: usize,
    #[serde(default)]
    not_priced: BTreeMap<String, usize>,
    #[serde(default)]
    incomplete: BTreeMap<String, usize>,
    #[serde(default)]
    by_unstated_usage: usize,
    #[serde(default)]
    estimates: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
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
struct GuardRail {
    name: String,
    unit: String,
    limit: String,
    reached: Option<String>,
    verdict: String,
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
    /// Nothing where it is of a kind that is not known.
    fn asked(&self) -> Option<Asked> {
        let limit: Decimal = self.limit.parse().ok()?;
        let rail = match (self.name.as_str(), self.unit.as_str()) {
            ("max-increase", "amount") => Rail::Increase(Money(limit)),
            ("max-increase", "percent") => Rail::IncreasePercent(limit),
            ("max-total", "amount") => Rail::Total(Money(limit)),
            _ => return None,
        };
        let held = match self.verdict.as_str() {
            "kept" => Held::Kept,
            "exceeded" => Held::Exceeded,
            _ => Held::Open,
        };
        Some(Asked { rail, held, reached: self.reached.as_ref().and_then(|text| text.parse().ok()) })
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
}
