//! Tables, and the prices that are gathered from them.

use std::collections::BTreeMap;
use std::path::Path;

use csv::StringRecord;

use crate::model::Text;
use crate::prices::{Row, Source, Tier};
use crate::units::Decimal;

/// A table with a head.
pub(super) struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<StringRecord>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    table: &'t Table,
    row: &'t StringRecord,
}

impl Table {
    pub(super) fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        Self { name: path.display().to_string(), columns, rows: reader.records().map(Result::unwrap).collect() }
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { table: self, row })
    }
}

impl<'t> Line<'t> {
    /// The value in a column.
    pub(super) fn get(self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|name| name == column);
        &self.row[at.unwrap_or_else(|| panic!("{}: no column {column}", self.table.name))]
    }

    pub(super) fn text(self, column: &str) -> Text {
        self.get(column).into()
    }

    /// Who says so, and when.
    pub(super) fn source(self) -> Source {
        let (mut name, as_of) = (self.get("source").to_owned(), self.get("as_of"));
        let as_of = match as_of {
            // Newer than the files of that day.
            _ if as_of.starts_with("2026 (commit newer than the 2026-08-20") => "2026-08-20".to_owned(),
            // The day on which the tables were made.
            "undated page" => {
                name.push_str(", an undated page");
                "2026-11-23".to_owned()
            }
            month if month.len() == 7 => format!("{month}-01"),
            day => day.to_owned(),
        };
        Source { name: name.into(), as_of: as_of.into(), within_percent: None }
    }
}

/// A number of a table: `0.096`, `1.4E-8`.
pub(super) fn decimal(text: &str) -> Decimal {
    let number = if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { text.parse().ok() };
    number.unwrap_or_else(|| panic!("{text:?} is no number"))
}

/// One price from the first unit on.
pub(super) fn flat(usd: Decimal) -> Vec<Tier> {
    vec![Tier { from: Decimal::ZERO, usd }]
}

/// An estimate: from which law it follows, how old the older of its figures is, and how far off it may be.
pub(super) fn estimate(law: &str, as_of: &str, within: &str) -> Source {
    Source { name: format!("estimate: {law}").into(), as_of: as_of.into(), within_percent: Some(decimal(within)) }
}

/// By how much one number differs from another, in percent of the other.
pub(super) fn off(number: Decimal, truth: Decimal) -> Decimal {
    ((number - truth) / truth).abs() * Decimal::ONE_HUNDRED
}

/// Prices by key and region.
#[derive(Default)]
pub(super) struct Prices {
    rows: BTreeMap<(Text, Text), Row>,
}

impl Prices {
    pub(super) fn get(&self, key: &str, region: &str) -> Option<&Row> {
        self.rows.get(&(key.into(), region.into()))
    }

    /// A price that is not there yet.
    pub(super) fn add(&mut self, row: Row) {
        let name = (row.key.clone(), row.region.clone());
        let old = self.rows.insert(name, row);
        assert!(old.is_none(), "{old:?} is there twice");
    }

    /// A price, where there is none.
    pub(super) fn fill(&mut self, row: Row) {
        self.rows.entry((row.key.clone(), row.region.clone())).or_insert(row);
    }

    /// A price, instead of the one that is there.
    pub(super) fn replace(&mut self, row: Row) {
        self.rows.insert((row.key.clone(), row.region.clone()), row);
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }

    pub(super) fn into_rows(self) -> Vec<Row> {
        self.rows.into_values().collect()
    }
}
