//! The resources of a ledger as tariffs see them, perhaps with some changes that nobody has made yet.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Terms;
use crate::facts::{Amounts, Near, Neighbours, Plot, Record, Tariff, Value};
use crate::model::{Address, Attr, Text};
use crate::topology::Ledger;

/// A change that somebody might make.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An attribute takes another value; the path leads through blocks.
    Set {
        /// The resource.
        address: Address,
        /// The attribute, as a dotted path.
        attribute: Text,
        /// Its value.
        value: Value,
    },
    /// It runs other numbers of units.
    Units {
        /// The resource.
        address: Address,
        /// How many.
        units: Amounts,
    },
    /// A resource that does not exist yet.
    Add(Box<Added>),
    /// A resource goes.
    Remove(Address),
}

/// A resource that does not exist yet.
#[derive(Clone, Debug)]
pub struct Added {
    /// Its Terraform type.
    pub kind: &'static str,
    /// How it is billed.
    pub tariff: &'static Tariff,
    /// What that depends on.
    pub record: Record,
    /// Where it lives.
    pub region: Attr<Text>,
    /// Its neighbours among the resources that exist.
    pub near: Vec<(Near, Vec<Address>)>,
    /// Tells it from others that are added.
    pub name: Text,
}

impl PartialEq for Added {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.name, &self.record) == (other.kind, &other.name, &other.record)
    }
}

/// A ledger with changes.
#[derive(Debug)]
pub(super) struct Prospect<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) terms: &'l Terms,
    records: FxHashMap<usize, Record>,
    units: FxHashMap<usize, Result<Amounts, String>>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<&'l Added>,
    /// The neighbours of what is added, by position in `added`.
    added_near: Vec<Vec<(Near, Vec<usize>)>>,
}

static EMPTY: std::sync::LazyLock<Record> = std::sync::LazyLock::new(Record::default);

impl<'l> Prospect<'l> {
    /// The ledger as it is.
    pub(super) fn new(ledger: &'l Ledger, terms: &'l Terms) -> Self {
        Self {
            ledger,
            terms,
            records: FxHashMap::default(),
            units: FxHashMap::default(),
            removed: Vec::new(),
            added: Vec::new(),
            added_near: Vec::new(),
        }
    }

    /// The ledger with `changes`; `Err` names a resource that is not there.
    pub(super) fn with(ledger: &'l Ledger, terms: &'l Terms, changes: &'l [Change]) -> Result<Self, Address> {
        let mut prospect = Self::new(ledger, terms);
        let position = |address: &Address| ledger.position(address).ok_or_else(|| address.clone());
        for change in changes {
            match change {
                Change::Set { address, attribute, value } => {
                    let at = position(address)?;
                    let record = prospect.record(at).with(attribute, &Attr::Set(value.clone()));
                    prospect.records.insert(at, record);
                }
                Change::Units { address, units } => {
                    prospect.units.insert(position(address)?, Ok(*units));
                }
                Change::Add(added) => {
                    if prospect.added.contains(&added.as_ref()) {
                        continue;
                    }
                    let mut near = Vec::new();
                    for (sort, addresses) in &added.near {
                        near.push((*sort, addresses.iter().map(position).collect::<Result<_, _>>()?));
                    }
                    prospect.added.push(added);
                    prospect.added_near.push(near);
                }
                Change::Remove(address) => prospect.removed.push(position(address)?),
            }
        }
        Ok(prospect)
    }

    /// What of the ledger may cost something else than before: what is changed, and what has it for a neighbour.
    pub(super) fn touched(&self) -> Vec<usize> {
        let is_changed =
            |at: &usize| self.records.contains_key(at) || self.units.contains_key(at) || self.removed.contains(at);
        let entries = self.ledger.entries().iter().enumerate();
        let is_touched = |at: usize, entry: &crate::topology::LedgerEntry| {
            is_changed(&at) || entry.neighbours().any(|near| is_changed(&near) || self.is_beside_a_changed(near))
        };
        entries.filter(|(at, entry)| is_touched(*at, entry)).map(|(at, _)| at).collect()
    }

    /// Tariffs may look two steps away: at a service's cluster's capacity.
    fn is_beside_a_changed(&self, at: usize) -> bool {
        let entry = self.ledger.entries().get(at);
        entry.is_some_and(|entry| {
            entry.neighbours().any(|near| {
                self.records.contains_key(&near) || self.units.contains_key(&near) || self.removed.contains(&near)
            })
        })
    }

    fn added_at(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.ledger.entries().len())
    }

    fn entry(&self, at: usize) -> Option<&'l crate::topology::LedgerEntry> {
        self.ledger.entries().get(at)
    }
}

impl Plot for Prospect<'_> {
    fn record(&self, at: usize) -> &Record {
        if let Some(record) = self.records.get(&at) {
            return record;
        }
        if let Some(added) = self.added_at(at).and_then(|at| self.added.get(at)) {
            return &added.record;
        }
        self.entry(at).and_then(|entry| entry.record()).unwrap_or(&EMPTY)
    }

    fn kind(&self, at: usize) -> &str {
        if let Some(added) = self.added_at(at).and_then(|at| self.added.get(at)) {
            return added.kind;
        }
        self.entry(at).map_or("", |entry| entry.kind.as_str())
    }

    fn region(&self, at: usize) -> &Attr<Text> {
        static UNSET: Attr<Text> = Attr::Unset;
        if let Some(added) = self.added_at(at).and_then(|at| self.added.get(at)) {
            return &added.region;
        }
        let region = self.entry(at).map_or(&UNSET, |entry| entry.region());
        // What is assumed is for what the plan does not tell.
        self.terms.assumed_region.as_ref().filter(|_| region.known().is_none()).unwrap_or(region)
    }

    fn near(&self, at: usize, near: Near) -> Neighbours<'_> {
        if let Some(added) = self.added_at(at) {
            let all = self.added_near.get(added).into_iter().flatten();
            let found = all.into_iter().find(|(sort, _)| *sort == near);
            return found.map_or_else(Neighbours::default, |(_, certain)| Neighbours { certain, open: None });
        }
        self.entry(at).map_or_else(Neighbours::default, |entry| entry.near(near))
    }

    fn units(&self, at: usize) -> Option<&Result<Amounts, String>> {
        self.units.get(&at).or_else(|| self.entry(at)?.units())
    }

    fn usage(&self, at: usize, key: &str) -> Option<Text> {
        // Nobody can have said anything of what is not there yet, unless of its whole type.
        let (kind, address) = match self.entry(at) {
            Some(entry) => (entry.kind.as_str(), &entry.address),
            None => return self.terms.usage.types.get(self.kind(at))?.get(key).cloned(),
        };
        self.terms.usage.get(kind, address, key).cloned()
    }

    fn day(&self) -> Date {
        self.terms.day
    }
}
