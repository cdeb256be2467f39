//! What is in a price book.

use std::io::{self, Write};

use serde_json::{Value, json};
use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::{Alignment, Padding, Style as Borders};

use crate::model::Text;
use crate::prices::{Contents, Holding, Row};
use crate::units::{Grouped, counted, plain};

/// Writes what a book holds, for people or as JSON.
pub fn contents(contents: &Contents, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        let services = contents.services.iter().map(|(name, holding)| {
            let name = if name.is_empty() { None } else { Some(name.as_str()) };
            json!({ "service": name, "holds": described(holding) })
        });
        let services: Vec<_> = services.collect();
        let all = json!({ "bytes": contents.bytes, "total": described(&contents.total), "services": services });
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return writeln!(out);
    }
    let mut table = Builder::default();
    table.push_record(["SERVICE", "KEYS", "IN ONE REGION", "REGIONS", "FIGURES", "ESTIMATES", "OLDEST", "NEWEST"]);
    let total = ("all".into(), contents.total.clone());
    for (name, holding) in contents.services.iter().chain([&total]) {
        let number = |count: usize| Grouped(wide(count)).to_string();
        table.push_record([
            if name.is_empty() { "by resource type".to_owned() } else { name.to_string() },
            number(holding.keys),
            number(holding.in_one_region),
            number(holding.regions.len()),
            number(holding.figures),
            number(holding.estimates),
            holding.oldest.to_string(),
            holding.newest.to_string(),
        ]);
    }
    let mut table = table.build();
    table.with(Borders::empty()).with(Padding::new(0, 2, 0, 0));
    table.modify(Columns::new(1..6), Alignment::right());
    write_lines(&table.to_string(), out)?;
    writeln!(
        out,
        "\n{}. List prices without tax, free tiers and discounts; estimates say by how much they may be off.\n\
         A price that is not there is \"not priced\", never nothing. Holes: {} in one region alone, and what docs/prices.md\n\
         lists. `planwise prices show QUERY` shows prices, and --prices FILE asks another book first.",
        counted(wide(contents.bytes), "byte"),
        if contents.total.in_one_region == 1 {
            "1 key is priced".to_owned()
        } else {
            format!("{} keys are priced", Grouped(wide(contents.total.in_one_region)))
        },
    )
}

fn described(holding: &Holding) -> Value {
    json!({
        "keys": holding.keys,
        "keys_in_one_region": holding.in_one_region,
        "regions": holding.regions.iter().map(Text::as_str).collect::<Vec<_>>(),
        "figures": holding.figures,
        "estimates": holding.estimates,
        "oldest": holding.oldest.as_str(),
        "newest": holding.newest.as_str(),
    })
}

/// Writes prices, for people or as JSON.
pub fn prices(rows: &[Row], as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        let all: Vec<Value> = rows.iter().map(priced).collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return writeln!(out);
    }
    let mut table = Builder::default();
    table.push_record(["KEY", "REGION", "PRICE", "UNIT", "AS OF", "SOURCE"]);
    for row in rows {
        let tiers = row.tiers.iter().map(|tier| {
            let usd = if row.unit == "percent" { plain(tier.usd) } else { format!("${}", plain(tier.usd)) };
            if tier.from.is_zero() { usd } else { format!("{usd} from {} on", plain(tier.from)) }
        });
        let source = match row.source.within_percent {
            // A figure of somebody's that may be off, or an estimate: both say by how much.
            Some(within) => format!("{} (±{} %)", row.source.name, plain(within)),
            None => row.source.name.to_string(),
        };
        table.push_record([
            row.key.to_string(),
            if row.region.is_empty() { "everywhere".to_owned() } else { row.region.to_string() },
            tiers.collect::<Vec<_>>().join("\n"),
            row.unit.to_string(),
            row.source.as_of.to_string(),
            source,
        ]);
    }
    let mut table = table.build();
    table.with(Borders::empty()).with(Padding::new(0, 2, 0, 0));
    write_lines(&table.to_string(), out)
}

fn priced(row: &Row) -> Value {
    let tiers = row.tiers.iter().map(|tier| json!({ "from": plain(tier.from), "usd": plain(tier.usd) }));
    json!({
        "key": row.key.as_str(),
        "region": if row.region.is_empty() { None } else { Some(row.region.as_str()) },
        "unit": row.unit.as_str(),
        "tiers": tiers.collect::<Vec<_>>(),
        "source": row.source.name.as_str(),
        "as_of": row.source.as_of.as_str(),
        "within_percent": row.source.within_percent.map(plain),
    })
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn write_lines(text: &str, out: &mut dyn Write) -> io::Result<()> {
    text.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
