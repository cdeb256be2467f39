//! The resources of a ledger as tariffs see them, perhaps with some changes that nobody has made yet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Terms;
use crate::facts::{Added, Amounts, Change, Near, Neighbours, Plot, Record};
use crate::model::{Address, Attr, Text, Why};
use crate::topology::{Ledger, LedgerEntry};
use crate::units::{Decimal, plain};

/// A ledger with changes.
#[derive(Debug)]
pub(super) struct Prospect<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) terms: &'l Terms,
    records: FxHashMap<usize, Record>,
    units: FxHashMap<usize, Result<Amounts, String>>,
    used: BTreeMap<(usize, &'static str), Decimal>,
    pub(super) removed: BTreeSet<usize>,
    /// How many more there are of what is there.
    pub(super) copies: BTreeMap<usize, u32>,
    pub(super) added: Vec<New<'l>>,
}

/// Something that is added.
#[derive(Debug)]
pub(super) struct New<'l> {
    pub(super) what: &'l Added,
    record: Record,
    region: Attr<Text>,
    near: Vec<usize>,
}

static EMPTY: std::sync::LazyLock<Record> = std::sync::LazyLock::new(Record::default);
static NOWHERE: Attr<Text> = Attr::Unknown(Why::Elsewhere);

/// How far tariffs look: a proxy by its target at a cluster, and at the class of its machines.
const STEPS: usize = 3;

impl<'l> Prospect<'l> {
    /// The ledger as it is.
    pub(super) fn new(ledger: &'l Ledger, terms: &'l Terms) -> Self {
        Self {
            ledger,
            terms,
            records: FxHashMap::default(),
            units: FxHashMap::default(),
            used: BTreeMap::new(),
            removed: BTreeSet::new(),
            copies: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// The ledger with `changes`.
    ///
    /// # Errors
    /// Names a resource that is not there.
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
                Change::Copy { address, times } => {
                    prospect.copies.insert(position(address)?, *times);
                }
                Change::Add(added) => prospect.add(added)?,
                Change::Remove(address) => {
                    prospect.removed.insert(position(address)?);
                }
                Change::Variable { .. } | Change::Use { .. } => {}
            }
        }
        // Usage may be of what is added.
        for change in changes {
            let Change::Use { address, key, more } = change else { continue };
            let new = prospect.added.iter().position(|new| new.what.name == *address);
            let at = match new {
                Some(at) => ledger.entries().len() + at,
                None => position(address)?,
            };
            *prospect.used.entry((at, *key)).or_default() += *more;
        }
        Ok(prospect)
    }

    fn add(&mut self, what: &'l Added) -> Result<(), Address> {
        if self.added.iter().any(|new| new.what == what) {
            return Ok(());
        }
        let position = |address: &Address| self.ledger.position(address).ok_or_else(|| address.clone());
        let region =
            self.entry(position(&what.beside)?).map_or_else(|| NOWHERE.clone(), |entry| entry.region().clone());
        let near = what.near.iter().map(position).collect::<Result<_, _>>()?;
        let record = Record::new(what.offer.tariff.reads, &(what.offer.fill)(what.zones));
        self.added.push(New { what, record, region, near });
        Ok(())
    }

    /// What of the ledger may cost something else than before: what is changed, and what looks at it.
    pub(super) fn touched(&self) -> BTreeSet<usize> {
        let changed = self.records.keys().chain(self.units.keys()).chain(&self.removed).copied();
        let used = self.used.keys().map(|(at, _)| *at).filter(|at| *at < self.ledger.entries().len());
        let mut touched: BTreeSet<usize> = changed.chain(used).collect();
        for _ in 0..STEPS {
            let further: Vec<usize> = touched.iter().flat_map(|at| self.ledger.dependents(*at)).copied().collect();
            touched.extend(further);
        }
        touched
    }

    fn new_at(&self, at: usize) -> Option<&New<'l>> {
        self.added.get(at.checked_sub(self.ledger.entries().len())?)
    }

    fn entry(&self, at: usize) -> Option<&'l LedgerEntry> {
        self.ledger.entries().get(at)
    }
}

impl Plot for Prospect<'_> {
    fn record(&self, at: usize) -> &Record {
        let changed = self.records.get(&at).or_else(|| Some(&self.new_at(at)?.record));
        changed.or_else(|| self.entry(at)?.record()).unwrap_or(&EMPTY)
    }

    fn kind(&self, at: usize) -> &str {
        match self.new_at(at) {
            Some(new) => new.what.offer.kind,
            None => self.entry(at).map_or("", |entry| entry.kind.as_str()),
        }
    }

    fn region(&self, at: usize) -> &Attr<Text> {
        let region = match self.new_at(at) {
            Some(new) => &new.region,
            None => self.entry(at).map_or(&NOWHERE, |entry| entry.region()),
        };
        // What is assumed is for what the plan does not tell.
        let assumed = || self.terms.assumed_region.as_ref().or_else(|| self.ledger.likely_region());
        if region.known().is_some() { region } else { assumed().unwrap_or(region) }
    }

    fn near(&self, at: usize, near: Near) -> Neighbours<'_> {
        match self.new_at(at) {
            Some(new) if new.what.offer.near == Some(near) => Neighbours { certain: &new.near, open: None },
            Some(_) => Neighbours::default(),
            None => self.entry(at).map_or_else(Neighbours::default, |entry| entry.near(near)),
        }
    }

    fn units(&self, at: usize) -> Option<&Result<Amounts, String>> {
        self.units.get(&at).or_else(|| self.entry(at)?.units())
    }

    fn usage(&self, at: usize, key: &str) -> Option<Text> {
        let usage = &self.terms.usage;
        let said = match self.entry(at) {
            Some(entry) => usage.get(&entry.kind, &entry.address, key).cloned(),
            // Nobody can have said anything of what is not there yet.
            None => None,
        };
        let more = self.used.iter().find(|((of, changed), _)| *of == at && *changed == key).map(|(_, more)| *more);
        match more {
            None => said,
            // A difference is the same whatever it starts from, within one tier.
            Some(more) => {
                let before: Decimal = said.and_then(|text| text.parse().ok()).unwrap_or_default();
                Some(plain(before + more).into())
            }
        }
    }

    fn day(&self) -> Date {
        self.terms.day
    }
}
