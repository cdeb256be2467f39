//! One book as it is written: a sorted text in which prices are looked up without decoding the rest.

use std::borrow::Cow;

use super::{BookError, Row, Source, Tier, write};
use crate::model::Text;
use crate::units::Decimal;

/// How a book begins. The number changes when older programs could not read what newer ones write.
pub(super) const MAGIC: &str = "planwise price book 1";

/// What stands in a cell instead of a region for a price that is the same everywhere.
pub(super) const EVERYWHERE: &str = "*";

/// A text, and what its head says.
#[derive(Clone, Debug)]
pub(super) struct Volume {
    text: Cow<'static, str>,
    /// Where the first row begins.
    body: usize,
    regions: Vec<Text>,
    sources: Vec<Source>,
    /// Prices that somebody pays already: no discount applies to them.
    pub(super) is_agreed: bool,
}

/// A price that was found.
#[derive(Clone, Debug)]
pub(super) struct Cell<'v> {
    pub(super) tiers: Vec<Tier>,
    pub(super) source: &'v Source,
}

impl Volume {
    /// Reads the head and nothing else, and takes the rest on trust: for a text that the tests have checked.
    pub(super) fn trusted(text: &'static str) -> Self {
        Self::head("", Cow::Borrowed(text)).map_or_else(
            |_| Self { text: Cow::Borrowed(""), body: 0, regions: Vec::new(), sources: Vec::new(), is_agreed: false },
            |(volume, _)| volume,
        )
    }

    /// Writes rows as a book, and reads it.
    pub(super) fn of(name: &str, rows: Vec<Row>) -> Result<Self, BookError> {
        let wrong = |problem: String| BookError::Rows { name: name.to_owned(), problem };
        let mut text = Vec::new();
        write(rows, &mut text).map_err(|error| wrong(error.to_string()))?;
        Self::checked(name, String::from_utf8(text).map_err(|error| wrong(error.to_string()))?)
    }

    /// Reads the head, and checks every line.
    pub(super) fn checked(name: &str, text: String) -> Result<Self, BookError> {
        // Lookups know one end of a line.
        let text = if text.contains('\r') { text.replace("\r\n", "\n") } else { text };
        let (volume, head) = Self::head(name, Cow::Owned(text))?;
        let mut before = "";
        for (at, line) in volume.lines().enumerate() {
            let key = volume.check(line, before);
            before = key.map_err(|problem| BookError::Line { name: name.to_owned(), line: head + at + 1, problem })?;
        }
        Ok(volume)
    }

    /// Reads what stands above the rows; gives how many lines that are, too.
    fn head(name: &str, text: Cow<'static, str>) -> Result<(Self, usize), BookError> {
        let mut volume =
            Self { text: Cow::Borrowed(""), body: 0, regions: Vec::new(), sources: Vec::new(), is_agreed: false };
        let mut lines = 0;
        for line in text.split_inclusive('\n') {
            volume.body += line.len();
            lines += 1;
            let line = line.trim_end_matches(['\n', '\r']);
            if lines == 1 {
                if line != MAGIC {
                    return Err(BookError::NoBook { name: name.to_owned(), magic: MAGIC });
                }
            } else if line.is_empty() {
                break;
            } else {
                let told = volume.declare(line);
                told.map_err(|problem| BookError::Line { name: name.to_owned(), line: lines, problem })?;
            }
        }
        if lines == 0 {
            return Err(BookError::NoBook { name: name.to_owned(), magic: MAGIC });
        }
        volume.text = text;
        Ok((volume, lines))
    }

    /// Takes in a region or a source of the head.
    fn declare(&mut self, line: &str) -> Result<(), String> {
        let mut parts = line.splitn(3, ' ');
        let (Some(kind), Some(index), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
            return Err("a line of the head is `region N NAME` or `source N DATE NAME`".to_owned());
        };
        let due = match kind {
            "region" => self.regions.len(),
            "source" => self.sources.len(),
            _ => return Err(format!("{kind} belongs to no head; region and source do")),
        };
        if index != due.to_string() {
            return Err(format!("{kind} {due} belongs here"));
        }
        if kind == "region" {
            if self.regions.last().is_some_and(|last| last.as_str() >= rest) {
                return Err("regions are in the order of their names".to_owned());
            }
            self.regions.push(rest.into());
            return Ok(());
        }
        let (as_of, rest) = rest.split_once(' ').ok_or("a source has a date and a name")?;
        if as_of.parse::<jiff::civil::Date>().is_err() {
            return Err(format!("{as_of} is no date; 2026-07-20 is one"));
        }
        let (within, name) = match rest.strip_prefix("within ").and_then(|rest| rest.split_once("% ")) {
            Some((within, name)) => (Some(amount(within).ok_or_else(|| format!("{within} is no number"))?), name),
            None => (None, rest),
        };
        self.sources.push(Source { name: name.into(), as_of: as_of.into(), within_percent: within });
        Ok(())
    }

    /// Checks a row; gives its key.
    fn check<'l>(&self, line: &'l str, before: &str) -> Result<&'l str, String> {
        let (key, unit, cells) = parts(line).ok_or("a row is a key, a unit and prices, with tabs between them")?;
        if key.is_empty() || unit.is_empty() || cells.is_empty() {
            return Err("the key, the unit or the price is missing".to_owned());
        }
        if key <= before {
            return Err(format!("{key} stands behind {before}; rows are in the order of their keys, each key once"));
        }
        let (mut source, mut seen) = (None, Vec::new());
        for cell in cells.split(' ') {
            if let Some(index) = cell.strip_prefix('@') {
                source = Some(at(&self.sources, index).ok_or_else(|| format!("there is no source {index}"))?);
                continue;
            }
            if source.is_none() {
                return Err("the first price has no source".to_owned());
            }
            let (region, prices) = cell.split_once(':').ok_or_else(|| format!("{cell} is no price of a region"))?;
            if region != EVERYWHERE && at(&self.regions, region).is_none() {
                return Err(format!("there is no region {region}"));
            }
            if seen.contains(&region) {
                return Err(format!("region {region} stands there twice"));
            }
            seen.push(region);
            tiers(prices).ok_or_else(|| format!("{prices} is no price: amounts of dollars, each from its tier on"))?;
        }
        if seen.is_empty() { Err("there is no price".to_owned()) } else { Ok(key) }
    }

    /// The rows as they are written.
    pub(super) fn lines(&self) -> std::str::Lines<'_> {
        self.rows_text().lines()
    }

    fn rows_text(&self) -> &str {
        self.text.get(self.body..).unwrap_or_default()
    }

    /// Bytes of the whole book.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The unit and the cells of a key, found by halving.
    pub(super) fn find(&self, key: &str) -> Option<(&str, &str)> {
        let mut text = self.rows_text();
        while !text.is_empty() {
            let middle = text.len() / 2;
            let start = memchr::memrchr(b'\n', text.as_bytes().get(..middle)?).map_or(0, |at| at + 1);
            let rest = text.get(start..)?;
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let (here, unit, cells) = parts(rest.get(..end)?)?;
            match key.cmp(here) {
                std::cmp::Ordering::Equal => return Some((unit, cells)),
                std::cmp::Ordering::Less => text = text.get(..start)?,
                std::cmp::Ordering::Greater => text = rest.get(end + 1..).unwrap_or_default(),
            }
        }
        None
    }

    /// The price for a region among the cells of a row; the one for everywhere, where the region has none of its own.
    pub(super) fn pick(&self, cells: &str, region: &str) -> Option<Cell<'_>> {
        let (mut everywhere, mut source) = (None, None);
        let wanted = self.regions.binary_search_by(|name| name.as_str().cmp(region)).ok();
        for cell in cells.split(' ') {
            match cell.split_once(':') {
                None => source = cell.strip_prefix('@').and_then(|index| at(&self.sources, index)),
                Some((EVERYWHERE, prices)) => everywhere = source.map(|source| (prices, source)),
                Some((index, prices)) if wanted.is_some() && index.parse().ok() == wanted => {
                    return Some(Cell { tiers: tiers(prices)?, source: source? });
                }
                Some(_) => {}
            }
        }
        everywhere.and_then(|(prices, source)| Some(Cell { tiers: tiers(prices)?, source }))
    }

    /// The regions that a row's cells are for; the empty name for everywhere.
    pub(super) fn regions<'v>(&'v self, cells: &'v str) -> impl Iterator<Item = &'v str> {
        let indices = cells.split(' ').filter_map(|cell| Some(cell.split_once(':')?.0));
        indices.filter_map(|index| match index {
            EVERYWHERE => Some(""),
            index => at(&self.regions, index).map(Text::as_str),
        })
    }

    /// Every price of it, in the order in which they are written.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.lines().filter_map(parts).flat_map(move |(key, unit, cells)| {
            let regions = self.regions(cells);
            regions.filter_map(move |region| {
                let Cell { tiers, source } = self.pick(cells, region)?;
                Some(Row { key: key.into(), unit: unit.into(), region: region.into(), tiers, source: source.clone() })
            })
        })
    }
}

/// The key, the unit and the cells of a line.
fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (key, rest) = line.split_once('\t')?;
    let (unit, cells) = rest.split_once('\t')?;
    Some((key, unit, cells))
}

/// What a written index means.
fn at<'v, T>(list: &'v [T], index: &str) -> Option<&'v T> {
    list.get(index.parse::<usize>().ok()?)
}

/// Prices as they are written: `0.3,10000=0.1` is 0.3 up to 10,000 units, and 0.1 for those beyond.
fn tiers(prices: &str) -> Option<Vec<Tier>> {
    let mut tiers: Vec<Tier> = Vec::with_capacity(1);
    for price in prices.split(',') {
        let (from, usd) = match price.split_once('=') {
            Some((from, usd)) => (amount(from)?, usd),
            None => (Decimal::ZERO, price),
        };
        if tiers.last().is_some_and(|last| last.from >= from) || tiers.is_empty() != from.is_zero() {
            return None;
        }
        tiers.push(Tier { from, usd: amount(usd)? });
    }
    Some(tiers)
}

/// A decimal of digits and one point at most: no sign, no exponent, nothing lost.
pub(super) fn amount(text: &str) -> Option<Decimal> {
    let written = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (written && !text.is_empty() && text != ".").then(|| Decimal::from_str_exact(text).ok()).flatten()
}
