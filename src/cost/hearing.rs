//! Whether what a usage file says meets anything.

use std::collections::{BTreeMap, BTreeSet};

use super::usage::fits;
use crate::facts::Charge;
use crate::model::Text;
use crate::topology::{Ledger, LedgerEntry};
use crate::units::{counted, few, nearest};

/// What a usage file says of one type, address or pattern, and where.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Said {
    /// Of what.
    pub of: Text,
    /// Whether that is a type.
    pub is_type: bool,
    /// The file and the line.
    pub place: String,
    /// The keys, each with its place.
    pub keys: Vec<(Text, String)>,
}

/// Listens to all plans of a run, and tells at the end what said nothing to any of them.
#[derive(Debug)]
pub struct Hearing<'s> {
    all: &'s [Said],
    /// By position, the types that are meant and the keys that these know.
    met: BTreeMap<usize, (BTreeSet<Text>, BTreeSet<&'static str>)>,
    exact: BTreeMap<&'s str, Vec<usize>>,
}

impl<'s> Hearing<'s> {
    /// Listens for `all`.
    pub fn new(all: &'s [Said]) -> Self {
        let mut exact: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let named = all.iter().enumerate().filter(|(_, said)| said.is_type || !said.of.contains('*'));
        named.for_each(|(at, said)| exact.entry(&said.of).or_default().push(at));
        Self { all, met: BTreeMap::new(), exact }
    }

    /// Takes in the resources of one stage.
    pub fn listen(&mut self, ledger: &Ledger) {
        if self.all.is_empty() {
            return;
        }
        for entry in ledger.entries().iter().filter(|entry| entry.managed) {
            for name in [entry.address.as_str(), entry.kind.as_str()] {
                for at in self.exact.get(name).cloned().unwrap_or_default() {
                    self.meets(at, entry);
                }
            }
            let patterns = self.all.iter().enumerate().filter(|(_, said)| !said.is_type && said.of.contains('*'));
            let met: Vec<usize> =
                patterns.filter(|(_, said)| fits(&said.of, entry.address.as_str())).map(|(at, _)| at).collect();
            for at in met {
                self.meets(at, entry);
            }
        }
    }

    fn meets(&mut self, at: usize, entry: &LedgerEntry) {
        let (kinds, keys) = self.met.entry(at).or_default();
        kinds.insert(entry.kind.clone());
        keys.extend(entry.tariff().into_iter().flat_map(|tariff| tariff.usage).map(|usage| usage.key));
    }

    /// What met nothing. Of a type that is in no plan that is no news: the file may be for several.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (at, said) in self.all.iter().enumerate() {
            let Some((kinds, known)) = self.met.get(&at) else {
                if !said.is_type {
                    notes.push(format!(
                        "{}: there is no {} in what is billed; its usage counts for nothing",
                        said.place, said.of
                    ));
                }
                continue;
            };
            for (key, place) in said.keys.iter().filter(|(key, _)| !known.contains(key.as_str())) {
                let hint = match nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean {near}?"),
                    None if known.is_empty() => "it has no price that depends on usage".to_owned(),
                    None => format!("there {} {}", if known.len() == 1 { "is" } else { "are" }, few(known)),
                };
                notes.push(format!("{place}: {} has no key {key}; {hint}", few(kinds)));
            }
        }
        shortened(notes)
    }
}

/// A file that is for something else altogether is told in short.
fn shortened(mut notes: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 10;
    if let Some(more) = notes.len().checked_sub(SHOWN).filter(|more| *more > 1) {
        notes.truncate(SHOWN);
        notes.push(format!(
            "{} of the usage file like these",
            counted(u64::try_from(more).unwrap_or(u64::MAX), "more line")
        ));
    }
    notes
}

/// How many resources of a ledger are billed somewhere that the plan does not tell.
pub fn without_region(ledger: &Ledger) -> usize {
    let is_billed = |entry: &&LedgerEntry| entry.tariff().is_some_and(|tariff| matches!(tariff.charge, Charge::By(_)));
    let managed = ledger.entries().iter().filter(|entry| entry.managed);
    managed.filter(is_billed).filter(|entry| entry.region().known().is_none()).count()
}
