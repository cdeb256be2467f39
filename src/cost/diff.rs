//! The bills of both stages beside each other.

use std::collections::BTreeMap;

use super::{Bill, Item, Sum, Totals};
use crate::model::Address;

/// What a plan does to the bill.
#[derive(Debug)]
pub struct Comparison {
    /// Every resource that is there before or after, in address order.
    pub pairs: Vec<Pair>,
    /// The bill as things stand.
    pub before: Totals,
    /// The bill once the plan is applied.
    pub after: Totals,
}

/// One resource on both bills.
#[derive(Debug)]
pub struct Pair {
    /// Its address.
    pub address: Address,
    /// As it stands.
    pub before: Option<Item>,
    /// As it will be.
    pub after: Option<Item>,
}

impl Pair {
    /// How much more it costs, as far as that is known.
    pub fn difference(&self) -> Sum {
        let sum = |item: &Option<Item>| item.as_ref().map(Item::sum).unwrap_or_default();
        sum(&self.after) - sum(&self.before)
    }

    /// Whether the plan changes anything of what it costs.
    pub fn changes(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                (&before.status, &before.components, &before.not_priced)
                    != (&after.status, &after.components, &after.not_priced)
            }
            _ => true,
        }
    }

    /// The later of its two sides.
    pub fn item(&self) -> Option<&Item> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

impl Comparison {
    /// Puts both bills beside each other.
    pub fn of(before: Bill, after: Bill) -> Self {
        let totals = (before.totals(), after.totals());
        let mut pairs: BTreeMap<Address, (Option<Item>, Option<Item>)> = BTreeMap::new();
        for item in before.items {
            let address = item.address.clone();
            pairs.entry(address).or_default().0 = Some(item);
        }
        for item in after.items {
            let address = item.address.clone();
            pairs.entry(address).or_default().1 = Some(item);
        }
        let pairs = pairs.into_iter().map(|(address, (before, after))| Pair { address, before, after }).collect();
        Self { pairs, before: totals.0, after: totals.1 }
    }

    /// How much more it costs, as far as that is known.
    pub fn difference(&self) -> Sum {
        self.after.sum - self.before.sum
    }
}
