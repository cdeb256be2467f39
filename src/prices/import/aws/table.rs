//! What is not a machine: from offer code and usage type to key, unit and factor.
//!
//! Usage types stand here without the region before them. Each is in `facts/aws_services.csv` (price lists of
//! 2022 to 2026), in the filters of infracost/infracost (internal/resources/aws, 2026-08-21), or, where marked with `*`,
//! was found in several public readers of these files on 2026-11-29. What could not be found is not here.

mod compute;
mod data;
mod network;
mod operations;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::product::{Field, Product};

/// What a product of the table is.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Entry {
    /// The code of the offer.
    pub(super) offer: &'static str,
    /// The usage type, without region; `*` for any, where other attributes decide.
    pub(super) usage: &'static str,
    /// What else has to be so.
    pub(super) when: &'static [(Field, &'static str)],
    /// The keys that its price goes to.
    pub(super) outs: &'static [Out],
    /// Whether the engine is a part of the key.
    pub(super) by_engine: bool,
    /// Whether it costs the same everywhere.
    pub(super) everywhere: bool,
    /// A unit in which the price would mean something else; such a product is left out.
    pub(super) not_in: &'static str,
}

/// One key of a product.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Out {
    /// The key; nothing for offer and usage type.
    pub(super) key: Option<&'static str>,
    /// The unit of the key.
    pub(super) unit: &'static str,
    /// How many of the vendor's units are one of it.
    pub(super) times: u32,
    /// Only the tier that begins with so many of the vendor's units; nothing for all.
    pub(super) tier: Option<u64>,
    /// Only where the engine is this one; nothing for any.
    pub(super) engine: &'static str,
}

impl Entry {
    const fn new(offer: &'static str, usage: &'static str, outs: &'static [Out]) -> Self {
        Self { offer, usage, when: &[], outs, by_engine: false, everywhere: false, not_in: "" }
    }

    const fn when(self, when: &'static [(Field, &'static str)]) -> Self {
        Self { when, ..self }
    }

    const fn by_engine(self) -> Self {
        Self { by_engine: true, ..self }
    }

    const fn everywhere(self) -> Self {
        Self { everywhere: true, ..self }
    }

    const fn not_in(self, not_in: &'static str) -> Self {
        Self { not_in, ..self }
    }
}

/// The key of offer and usage type.
const fn own(unit: &'static str) -> Out {
    Out { key: None, unit, times: 1, tier: None, engine: "" }
}

/// Another key.
const fn key(key: &'static str, unit: &'static str) -> Out {
    Out { key: Some(key), unit, times: 1, tier: None, engine: "" }
}

/// Another key, whose unit is so many of the vendor's.
const fn many(key: &'static str, unit: &'static str, times: u32) -> Out {
    Out { key: Some(key), unit, times, tier: None, engine: "" }
}

impl Out {
    /// Only the tier from so many units on.
    const fn from(self, amount: u64) -> Self {
        Self { tier: Some(amount), ..self }
    }

    /// Only where the engine is this one: `Any` stands for the prices that hold for all.
    const fn of(self, engine: &'static str) -> Self {
        Self { engine, ..self }
    }
}

/// All entries by offer code and usage type.
static BY_USAGE: LazyLock<FxHashMap<(&str, &str), Vec<&'static Entry>>> = LazyLock::new(|| {
    let mut all: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for entry in all_entries() {
        all.entry((entry.offer, entry.usage)).or_default().push(entry);
    }
    all
});

fn all_entries() -> impl Iterator<Item = &'static Entry> {
    [compute::ENTRIES, network::ENTRIES, data::ENTRIES, operations::ENTRIES].into_iter().flatten()
}

/// The entry of a product; one by its usage type before one for any.
pub(super) fn find(service: &str, usage: &str, product: &Product) -> Option<&'static Entry> {
    let fits = |entry: &&&Entry| entry.when.iter().all(|(field, value)| product.get(*field) == *value);
    let with = |usage| BY_USAGE.get(&(service, usage)).and_then(|entries| entries.iter().find(fits)).copied();
    with(usage).or_else(|| with("*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_entries_are_the_same() {
        let mut seen: Vec<_> =
            all_entries().map(|entry| format!("{} {} {:?}", entry.offer, entry.usage, entry.when)).collect();
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert!(all > 130, "{all}");
    }

    #[test]
    fn a_key_has_one_unit() {
        let mut units = FxHashMap::default();
        for out in all_entries().flat_map(|entry| entry.outs) {
            if let Some(key) = out.key {
                assert_eq!(*units.entry(key).or_insert(out.unit), out.unit, "{key}");
            }
        }
    }
}
