//! What a bill is reckoned by, besides the resources themselves.

use std::sync::RwLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Usage;
use crate::model::{Attr, Text};
use crate::prices::{Book, Hole, Quote};

/// Prices, usage and the day.
#[derive(Debug)]
pub struct Terms {
    /// How much things are used.
    pub usage: Usage,
    /// The day of the bill: some prices begin or end on one.
    pub day: Date,
    /// Whether a type that nobody has described costs nothing.
    pub free: fn(&str) -> bool,
    /// Where resources are taken to be of which the plan does not tell it.
    pub assumed_region: Option<Attr<Text>>,
    book: Book,
    /// What has been looked up: in a large plan the same few hundred prices are asked for over and over.
    known: RwLock<FxHashMap<(Text, Text), Result<Quote, Hole>>>,
}

impl Terms {
    /// Bills by `book`.
    pub fn new(book: Book, usage: Usage, day: Date, free: fn(&str) -> bool) -> Self {
        Self { usage, day, free, assumed_region: None, book, known: RwLock::default() }
    }

    /// The same, with resources in `region` of which the plan does not tell where they are.
    #[must_use]
    pub fn assuming(self, region: Option<Text>) -> Self {
        Self { assumed_region: region.map(Attr::Set), ..self }
    }

    /// The code of the currency of the bill.
    pub fn currency(&self) -> &str {
        self.book.currency()
    }

    /// The price of `key` in `region`.
    ///
    /// # Errors
    /// When the book has none.
    pub fn price(&self, key: &Text, region: &Text) -> Result<Quote, Hole> {
        let name = (key.clone(), region.clone());
        if let Some(found) = self.known.read().ok().and_then(|known| known.get(&name).cloned()) {
            return found;
        }
        let found = self.book.price(key, region);
        if let Ok(mut known) = self.known.write() {
            known.insert(name, found.clone());
        }
        found
    }
}
