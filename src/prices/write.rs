//! Writes a book.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

use super::volume::{EVERYWHERE, MAGIC};
use super::{Row, Source};
use crate::units::plain;

/// Writes the rows as a book: sorted, each key with its unit once, each region once. The same rows give the same bytes, in
/// whatever order they come. Of several for one key and region, a stated figure goes before an estimate, a newer before an
/// older, and the lower before the higher.
///
/// # Errors
/// When a row cannot stand in a book (no price, a tab in a name, two units for one key), or the output fails.
pub fn write(mut rows: Vec<Row>, out: &mut dyn Write) -> io::Result<()> {
    rows.iter().try_for_each(check)?;
    rows.sort_by(|a, b| {
        let rank = |row: &Row| (row.source.within_percent.is_some(), row.source.within_percent);
        let names = a.key.cmp(&b.key).then_with(|| a.region.cmp(&b.region)).then_with(|| rank(a).cmp(&rank(b)));
        let dates = names.then_with(|| Reverse(&a.source.as_of).cmp(&Reverse(&b.source.as_of)));
        let prices = |row: &Row| row.tiers.iter().map(|tier| (tier.usd, tier.from)).collect::<Vec<_>>();
        dates
            .then_with(|| prices(a).cmp(&prices(b)))
            .then_with(|| a.source.cmp(&b.source))
            .then_with(|| a.unit.cmp(&b.unit))
    });
    rows.dedup_by(|row, kept| row.key == kept.key && row.region == kept.region);

    let regions: BTreeSet<_> = rows.iter().map(|row| row.region.as_str()).filter(|region| !region.is_empty()).collect();
    let regions: Vec<_> = regions.into_iter().collect();
    let mut sources: Vec<_> = rows.iter().map(|row| &row.source).collect::<BTreeSet<_>>().into_iter().collect();
    sources.sort();
    writeln!(out, "{MAGIC}")?;
    for (index, region) in regions.iter().enumerate() {
        writeln!(out, "region {index} {region}")?;
    }
    for (index, Source { name, as_of, within_percent }) in sources.iter().enumerate() {
        let within = within_percent.map(|within| format!("within {}% ", plain(within))).unwrap_or_default();
        writeln!(out, "source {index} {as_of} {within}{name}")?;
    }
    writeln!(out)?;

    for of_key in rows.chunk_by(|a, b| a.key == b.key) {
        let Some(first) = of_key.first() else { continue };
        if let Some(other) = of_key.iter().find(|row| row.unit != first.unit) {
            return Err(wrong(format!("{} is priced by {} and by {}", first.key, first.unit, other.unit)));
        }
        write!(out, "{}\t{}\t", first.key, first.unit)?;
        // Prices of one source stand together, so that its number is written once.
        let mut cells: Vec<_> =
            of_key.iter().filter_map(|row| Some((sources.binary_search(&&row.source).ok()?, row))).collect();
        cells.sort_by_key(|(source, _)| *source);
        let mut space = "";
        for group in cells.chunk_by(|(a, _), (b, _)| a == b) {
            for (at, (source, row)) in group.iter().enumerate() {
                if at == 0 {
                    write!(out, "{space}@{source}")?;
                    space = " ";
                }
                match regions.binary_search(&row.region.as_str()) {
                    Ok(region) => write!(out, " {region}:")?,
                    Err(_) => write!(out, " {EVERYWHERE}:")?,
                }
                for (at, tier) in row.tiers.iter().enumerate() {
                    if at > 0 {
                        write!(out, ",{}=", plain(tier.from))?;
                    }
                    write!(out, "{}", plain(tier.usd))?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Whether a row can stand in a book.
fn check(row: &Row) -> io::Result<()> {
    let Row { key, unit, region, tiers, source } = row;
    let names = [("key", key), ("unit", unit), ("source", &source.name)];
    for (what, name) in names {
        if name.is_empty() || name.trim() != name.as_str() || name.contains(char::is_control) {
            return Err(wrong(format!("{name:?} is no {what} of a price")));
        }
    }
    if region.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(wrong(format!("{region:?} is no region")));
    }
    if source.as_of.parse::<jiff::civil::Date>().is_err() || source.name.starts_with("within ") {
        return Err(wrong(format!("{key}: {} of {} is no source", source.name, source.as_of)));
    }
    let rise = tiers.iter().zip(tiers.iter().skip(1)).all(|(a, b)| a.from < b.from);
    let begins = tiers.first().is_some_and(|first| first.from.is_zero());
    if !(rise && begins && tiers.iter().all(|tier| !tier.usd.is_sign_negative())) {
        return Err(wrong(format!(
            "{key}: prices begin with the first unit, rise by their tiers, and are not below zero"
        )));
    }
    Ok(())
}

fn wrong(problem: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::{Book, Tier};
    use crate::units::Decimal;

    fn row(key: &str, region: &str, usd: &str, as_of: &str, within: Option<i64>) -> Row {
        Row {
            key: key.into(),
            unit: "hours".into(),
            region: region.into(),
            tiers: vec![Tier { from: Decimal::ZERO, usd: usd.parse().unwrap() }],
            source: Source { name: "s".into(), as_of: as_of.into(), within_percent: within.map(Decimal::from) },
        }
    }

    fn text(rows: Vec<Row>) -> String {
        let mut out = Vec::new();
        write(rows, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let mut rows = vec![
            row("b", "x", "1.50", "2026-01-01", None),
            row("a", "", "2", "2026-01-01", None),
            row("a", "x", "3", "2026-02-01", Some(1)),
            row("a", "x", "4", "2025-02-01", None),
            row("a", "x", "5", "2026-01-01", None),
            row("a", "w", "0.000000400", "2026-01-01", None),
        ];
        let written = text(rows.clone());
        assert_eq!(
            written,
            "planwise price book 1\nregion 0 w\nregion 1 x\nsource 0 2026-01-01 s\n\n\
             a\thours\t@0 *:2 0:0.0000004 1:5\nb\thours\t@0 1:1.5\n"
        );
        rows.reverse();
        assert_eq!(text(rows), written);
        let read = Book::read("written", written.clone()).unwrap();
        assert_eq!(text(read.rows().collect()), written, "what is read is what was written");
    }

    #[test]
    fn rows_that_are_no_prices_are_refused() {
        let good = row("a", "x", "1", "2026-01-01", None);
        let mut all = vec![good.clone(); 7];
        all[0].key = "a\tb".into();
        all[1].unit = "".into();
        all[2].region = "x y".into();
        all[3].tiers.clear();
        all[4].tiers[0].from = Decimal::ONE;
        all[5].source.as_of = "lately".into();
        all[6].tiers[0].usd = -Decimal::ONE;
        for bad in all {
            assert!(write(vec![bad], &mut Vec::new()).is_err());
        }
        let other = Row { unit: "months".into(), region: "y".into(), ..good.clone() };
        assert!(write(vec![good, other], &mut Vec::new()).unwrap_err().to_string().contains("by hours and by months"));
    }
}
