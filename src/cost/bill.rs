//! The bill of one stage.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::component::{Component, Sum, component};
use super::diff::{differing, hole_between, sum_of};
use super::plot::Prospect;
use super::{Terms, Totals};
use crate::facts::{Change, Charge, Lines, Plot as _, Site};
use crate::model::{Address, Text};
use crate::topology::{Ledger, LedgerEntry};
use crate::units::Decimal;

/// What every resource of one stage costs in a month.
#[derive(Debug, Default)]
pub struct Bill {
    /// The resources that Terraform manages, in address order.
    pub items: Vec<Item>,
}

/// One resource on a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its address.
    pub address: Address,
    /// Its Terraform type.
    pub kind: Text,
    /// Whether it costs anything.
    pub status: Status,
    /// Its lines.
    pub components: Vec<Component>,
    /// What is billed for it and cannot be told, with the reasons.
    pub not_priced: Vec<(Text, String)>,
}

/// Whether a resource costs anything.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// Nothing is billed for it by itself.
    Free,
    /// It is billed with what uses it.
    Elsewhere,
    /// All that is billed whether or not it is used has a price.
    Priced,
    /// Something that is billed in any case has no price: the bill is incomplete.
    Incomplete,
    /// Nothing is known of what it costs, for this reason.
    NotPriced(String),
}

impl Item {
    /// What it costs in a month, as far as that is known.
    pub fn sum(&self) -> Sum {
        self.components.iter().filter_map(|component| component.cost).sum()
    }

    /// Whether some of it depends on usage that nobody states.
    pub fn depends_on_usage(&self) -> bool {
        self.components.iter().any(|component| component.quantity == Ok(None))
    }
}

impl Bill {
    /// All of it together.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.items.iter().for_each(|item| totals.add(item));
        totals
    }
}

/// Writes the bill of everything in `ledger`.
pub fn bill(ledger: &Ledger, terms: &Terms) -> Bill {
    let prospect = Prospect::new(ledger, terms);
    let all = ledger.entries().par_iter().enumerate();
    Bill { items: all.filter_map(|(at, entry)| item_of(&prospect, at, entry)).collect() }
}

/// Adds up everything in `ledger` without keeping the lines.
pub fn totals(ledger: &Ledger, terms: &Terms) -> Totals {
    let prospect = Prospect::new(ledger, terms);
    let all = ledger.entries().par_iter().enumerate();
    all.filter_map(|(at, entry)| item_of(&prospect, at, entry))
        .fold(Totals::default, |mut totals, item| {
            totals.add(&item);
            totals
        })
        .reduce(Totals::default, Totals::plus)
}

/// What changes cost: the bill of what they touch with them, less that without.
///
/// # Errors
/// Why it cannot be told.
pub fn what_if(ledger: &Ledger, terms: &Terms, changes: &[Change]) -> Result<Sum, String> {
    let as_it_is = Prospect::new(ledger, terms);
    let prospect =
        Prospect::with(ledger, terms, changes).map_err(|address| format!("{address} is not in this plan"))?;
    let mut difference = Sum::default();
    for at in prospect.touched() {
        let Some(entry) = ledger.entries().get(at).filter(|entry| entry.managed) else { continue };
        let old = item_of(&as_it_is, at, entry);
        let new = if prospect.removed.contains(&at) { None } else { item_of(&prospect, at, entry) };
        difference = difference + delta(old.as_ref(), new.as_ref())?;
    }
    // A copy is as the original will be, and takes a share of its work: all of them together are used no more.
    for (at, times) in &prospect.copies {
        let Some(entry) = ledger.entries().get(*at) else { continue };
        let mut copy = item_of(&prospect, *at, entry);
        if let Some(item) = &mut copy {
            item.components.retain(|line| !line.used);
        }
        let one = delta(None, copy.as_ref())?;
        difference = (0..*times).fold(difference, |sum, _| sum + one);
    }
    for (at, new) in prospect.added.iter().enumerate() {
        let at = ledger.entries().len() + at;
        let item = charged(&prospect, at, new.what.name.clone(), &new.what.offer.tariff.charge);
        difference = difference + delta(None, Some(&item))?;
    }
    Ok(difference)
}

/// Everything whose bill changes touch, by address, and what they add, by name.
pub fn touched(ledger: &Ledger, terms: &Terms, changes: &[Change]) -> BTreeSet<String> {
    let Ok(prospect) = Prospect::with(ledger, terms, changes) else { return BTreeSet::new() };
    let entries = prospect.touched().into_iter().chain(prospect.copies.keys().copied());
    let there = entries.filter_map(|at| Some(ledger.entries().get(at)?.address.to_string()));
    there.chain(prospect.added.iter().map(|new| new.what.name.to_string())).collect()
}

/// What the usage file says of a resource.
pub fn usage_of(ledger: &Ledger, terms: &Terms, address: &Address, key: &str) -> Option<Decimal> {
    let at = ledger.position(address)?;
    Prospect::new(ledger, terms).usage(at, key)?.parse().ok()
}

/// What one resource costs more.
///
/// # Errors
/// Why that cannot be told: something that differs has no figure.
fn delta(old: Option<&Item>, new: Option<&Item>) -> Result<Sum, String> {
    let (old_lines, new_lines) = differing(old, new);
    match hole_between((old, &old_lines), (new, &new_lines)) {
        Some(why) => Err(why),
        None => Ok(sum_of(&new_lines) - sum_of(&old_lines)),
    }
}

pub(super) fn item_of(prospect: &Prospect<'_>, at: usize, entry: &LedgerEntry) -> Option<Item> {
    if !entry.managed {
        return None;
    }
    Some(match entry.tariff() {
        Some(tariff) => charged(prospect, at, entry.address.clone(), &tariff.charge),
        None if (prospect.terms.free)(&entry.kind) => bare(entry.address.clone(), &entry.kind, Status::Free),
        None => {
            let why = "planwise does not know how this type is billed".to_owned();
            bare(entry.address.clone(), &entry.kind, Status::NotPriced(why))
        }
    })
}

fn bare(address: Address, kind: &str, status: Status) -> Item {
    Item { address, kind: kind.into(), status, components: Vec::new(), not_priced: Vec::new() }
}

fn charged(prospect: &Prospect<'_>, at: usize, address: Address, charge: &Charge) -> Item {
    let kind = prospect.kind(at);
    let write = match charge {
        Charge::Free => return bare(address, kind, Status::Free),
        Charge::Elsewhere => return bare(address, kind, Status::Elsewhere),
        Charge::NotPriced(why) => return bare(address, kind, Status::NotPriced((*why).to_owned())),
        Charge::By(write) => write,
    };
    let mut lines = Lines::default();
    write(&Site::new(prospect, at), &mut lines);
    let region = prospect.region(at);
    let components: Vec<Component> =
        lines.all.into_iter().map(|line| component(line, region, prospect.terms)).collect();
    let status = status(&components, &lines.not_priced);
    Item { address, kind: kind.into(), status, components, not_priced: lines.not_priced }
}

fn status(components: &[Component], not_priced: &[(Text, String)]) -> Status {
    let holes = components.iter().filter(|component| component.hole().is_some()).count() + not_priced.len();
    let counted = components.iter().filter(|component| component.quantity != Ok(None)).count() + not_priced.len();
    let has_price = components.iter().any(|component| component.price.is_ok());
    match (components.is_empty() && not_priced.is_empty(), has_price, holes) {
        (true, ..) => return Status::Free,
        (_, true, 0) => return Status::Priced,
        (_, true, holes) if holes < counted => return Status::Incomplete,
        _ => {}
    }
    let first = components.iter().find_map(Component::hole).map(str::to_owned);
    // Of what nobody uses, nothing is known either if nothing has a price.
    let first = first.or_else(|| components.iter().find_map(|component| component.price.as_ref().err().cloned()));
    let first = first.or_else(|| not_priced.first().map(|(_, why)| why.clone()));
    Status::NotPriced(first.unwrap_or_default())
}
