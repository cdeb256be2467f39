//! What a book holds, in numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use crate::model::Text;

/// What is in a book.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Contents {
    /// By service, in the order of their names. Components of resource types stand together, under the empty name.
    pub services: Vec<(Text, Holding)>,
    /// All of it.
    pub total: Holding,
    /// How many bytes it has as it is written.
    pub bytes: usize,
}

/// What is in a book for one service.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Holding {
    /// How many different things are priced.
    pub keys: usize,
    /// How many of them in one region alone, and everywhere else not.
    pub in_one_region: usize,
    /// The regions.
    pub regions: BTreeSet<Text>,
    /// How many prices somebody states.
    pub figures: usize,
    /// How many are estimates, or may be off otherwise.
    pub estimates: usize,
    /// The day of the oldest.
    pub oldest: Text,
    /// The day of the newest.
    pub newest: Text,
}

impl Contents {
    /// Counts what is in a book.
    pub fn of(book: &Book) -> Self {
        let (mut services, mut total) = (BTreeMap::<Text, Holding>::new(), Holding::default());
        let mut places: BTreeMap<Text, BTreeSet<Text>> = BTreeMap::new();
        for row in book.rows() {
            for holding in [services.entry(service(&row.key)).or_default(), &mut total] {
                if !row.region.is_empty() {
                    holding.regions.insert(row.region.clone());
                }
                *(if row.source.within_percent.is_some() { &mut holding.estimates } else { &mut holding.figures }) += 1;
                if holding.oldest.is_empty() || row.source.as_of < holding.oldest {
                    holding.oldest.clone_from(&row.source.as_of);
                }
                if row.source.as_of > holding.newest {
                    holding.newest.clone_from(&row.source.as_of);
                }
            }
            places.entry(row.key).or_default().insert(row.region);
        }
        for (key, regions) in &places {
            let is_in_one = regions.len() == 1 && !regions.contains("");
            for holding in [services.entry(service(key)).or_default(), &mut total] {
                holding.keys += 1;
                holding.in_one_region += usize::from(is_in_one);
            }
        }
        Self { services: services.into_iter().collect(), total, bytes: book.size() }
    }
}

/// Services have names that begin with a capital; resource types do not.
fn service(key: &str) -> Text {
    let name = key.split('/').next().unwrap_or_default();
    if name.starts_with(|letter: char| letter.is_ascii_uppercase()) { name.into() } else { Text::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_counted() {
        let text = "planwise price book 1\nregion 0 a\nregion 1 b\nsource 0 2026-07-20 s\nsource 1 2025-01-02 within 1% e\n\n\
            Machines/x\thours\t@0 0:1 @1 1:2\nMachines/y\thours\t@0 0:1\nNames/z\tmonths\t@0 *:1\nkind_of/part\tGB\t@0 1:1\n";
        let contents = Contents::of(&Book::read("b", text.to_owned()).unwrap());
        let names: Vec<_> = contents.services.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["", "Machines", "Names"]);
        let machines = &contents.services[1].1;
        assert_eq!((machines.keys, machines.in_one_region, machines.figures, machines.estimates), (2, 1, 2, 1));
        assert_eq!((machines.oldest.as_str(), machines.newest.as_str()), ("2025-01-02", "2026-07-20"));
        assert_eq!((contents.total.keys, contents.total.in_one_region, contents.total.regions.len()), (4, 2, 2));
        assert_eq!(contents.bytes, text.len());
    }
}
