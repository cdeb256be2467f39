//! What became of each file.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::Text;
use crate::units::{Grouped, counted};

/// Why a price was not taken.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Skip {
    /// No resource is priced by it.
    Unused,
    /// It is for a Local Zone, a Wavelength Zone, an Outpost or an edge location.
    Elsewhere,
    /// It is for another licence, tenancy or software than a plain resource has.
    Variant,
    /// It is not for use by the unit: reservations, commitments, prices for tests.
    NotOnDemand,
    /// It names no region that is known.
    Region,
    /// It is in another currency.
    Currency,
    /// It is in a unit that was not expected.
    Unit,
    /// Nothing says of which day it is.
    Undated,
    /// The product has no price on demand.
    NoPrice,
    /// A machine for nothing: a placeholder.
    Zero,
    /// Several products of the file have the same key and region, and different prices.
    Ambiguous,
    /// Another file gives a newer price.
    Older,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unused => "of no resource that planwise prices",
            Self::Elsewhere => "for Local Zones, Wavelength Zones, Outposts or edge locations",
            Self::Variant => "for another licence, tenancy or software",
            Self::NotOnDemand => "reservations, commitments or prices for tests",
            Self::Region => "in no region that is known",
            Self::Currency => "not in US dollars",
            Self::Unit => "in another unit than expected",
            Self::Undated => "without a date",
            Self::NoPrice => "without a price on demand",
            Self::Zero => "machines at a price of zero",
            Self::Ambiguous => "with several prices for the same thing",
            Self::Older => "with a newer price in another file",
        })
    }
}

/// What became of one file.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// The file, as it was named.
    pub file: String,
    /// What it is: `AWS Price List of AmazonEC2, version 20261027`.
    pub kind: String,
    /// The day it was published; empty where the file does not say.
    pub published: String,
    /// Products (of AWS), items (of Azure) or SKUs (of Google) in it.
    pub seen: u64,
    /// How many of them gave a price.
    pub taken: u64,
    /// How many did not, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// Those of no resource, by the vendor's name for their kind.
    pub unused: BTreeMap<Text, u64>,
}

impl FileReport {
    /// Notes one that is not taken.
    pub(super) fn skip(&mut self, why: Skip) {
        *self.skipped.entry(why).or_default() += 1;
    }

    /// Notes one that no resource is priced by.
    pub(super) fn unused(&mut self, family: &str) {
        self.skip(Skip::Unused);
        let family = if family.is_empty() { "(without a family)" } else { family };
        match self.unused.get_mut(family) {
            Some(count) => *count += 1,
            None => drop(self.unused.insert(family.into(), 1)),
        }
    }
}

/// How many kinds of unused products are named.
const NAMED: usize = 8;

impl fmt::Display for FileReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.kind)?;
        if !self.published.is_empty() {
            write!(f, ", published {}", self.published)?;
        }
        write!(f, "\n  {} seen, {} taken", Grouped(self.seen), Grouped(self.taken))?;
        for (why, count) in &self.skipped {
            write!(f, "\n  {} skipped: {why}", Grouped(*count))?;
        }
        let mut unused: Vec<_> = self.unused.iter().collect();
        unused.sort_by_key(|(family, count)| (std::cmp::Reverse(**count), *family));
        for (family, count) in unused.iter().take(NAMED) {
            write!(f, "\n    {} {family}", Grouped(**count))?;
        }
        if unused.len() > NAMED {
            let rest: u64 = unused.iter().skip(NAMED).map(|(_, count)| **count).sum();
            write!(f, "\n    {} of other kinds", Grouped(rest))?;
        }
        Ok(())
    }
}

/// What became of all files.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// File by file, in the order in which they were named.
    pub files: Vec<FileReport>,
    /// Prices in the book.
    pub rows: usize,
    /// Keys in the book.
    pub keys: usize,
    /// Regions in the book.
    pub regions: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            writeln!(f, "{file}")?;
        }
        let [rows, keys, regions] = [self.rows, self.keys, self.regions].map(|count| count as u64);
        write!(f, "{}: {} in {}", counted(rows, "price"), counted(keys, "key"), counted(regions, "region"))
    }
}
