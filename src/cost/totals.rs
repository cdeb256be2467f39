//! A bill in a few numbers.

use std::collections::BTreeMap;

use super::{Item, Status, Sum};
use crate::model::Text;
use crate::units::Money;

/// What a bill comes to, and how far that goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// What is priced, together.
    pub sum: Sum,
    /// How much of it, as it starts, rests on a stated usage.
    pub by_usage: Money,
    /// How many resources have a price, at least in part.
    pub priced: usize,
    /// How many cost nothing by themselves.
    pub free: usize,
    /// By type, how many have no price.
    pub not_priced: BTreeMap<Text, usize>,
    /// By type, how many have a price for a part only.
    pub incomplete: BTreeMap<Text, usize>,
    /// How many cost more the more they are used, and nobody says how much that is.
    pub by_unstated_usage: usize,
    /// How many lines rest on an estimated price.
    pub estimates: usize,
    /// Why resources have no price or one for a part only, each reason with how many.
    pub reasons: BTreeMap<String, usize>,
}

impl Totals {
    /// Takes in one resource.
    pub(super) fn add(&mut self, item: &Item) {
        self.sum = self.sum + item.sum();
        let used = item.components.iter().filter(|component| component.used);
        self.by_usage = self.by_usage + used.filter_map(|component| Some(component.cost?.expected)).sum();
        self.by_unstated_usage += usize::from(item.depends_on_usage());
        let is_estimate = |component: &&super::Component| {
            component.cost.is_some() && component.price.as_ref().is_ok_and(super::UnitPrice::is_estimate)
        };
        self.estimates += item.components.iter().filter(is_estimate).count();
        match &item.status {
            Status::Free | Status::Elsewhere => self.free += 1,
            Status::Priced => self.priced += 1,
            Status::Incomplete => {
                self.priced += 1;
                *self.incomplete.entry(item.kind.clone()).or_default() += 1;
                let reason = item.components.iter().find_map(super::Component::hole).map(str::to_owned);
                let reason = reason.or_else(|| item.not_priced.first().map(|(_, why)| why.clone()));
                *self.reasons.entry(reason.unwrap_or_default()).or_default() += 1;
            }
            Status::NotPriced(why) => {
                *self.not_priced.entry(item.kind.clone()).or_default() += 1;
                *self.reasons.entry(why.clone()).or_default() += 1;
            }
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.sum = self.sum + other.sum;
        self.by_usage = self.by_usage + other.by_usage;
        self.priced += other.priced;
        self.free += other.free;
        self.by_unstated_usage += other.by_unstated_usage;
        self.estimates += other.estimates;
        for (into, from) in [(&mut self.not_priced, other.not_priced), (&mut self.incomplete, other.incomplete)] {
            for (kind, count) in from {
                *into.entry(kind).or_default() += count;
            }
        }
        for (reason, count) in other.reasons {
            *self.reasons.entry(reason).or_default() += count;
        }
        self
    }

    /// Whether all that is billed whether or not it is used has a price.
    pub fn is_complete(&self) -> bool {
        self.not_priced.is_empty() && self.incomplete.is_empty()
    }
}
