//! The CSV form of an offer file: five lines about the file, a line of names, then a line for each rate.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::dimension::OnDemand;
use super::offer::Offer;
use super::product::{Field, Product};
use crate::prices::import::error::ImportError;
use crate::prices::import::number::{amount, day, price};
use crate::prices::import::report::{FileReport, Skip};

/// The columns that no file is without.
const NEEDED: [&str; 7] = ["SKU", "TermType", "StartingRange", "Unit", "PricePerUnit", "Currency", "usageType"];

/// How a file that is not like this came to be.
const HINT: &str = "this should be the index.csv of one service, as AWS publishes it; was it changed or cut?";

/// Where each column is.
#[derive(Debug, Default)]
struct Columns {
    sku: usize,
    term: usize,
    effective: Option<usize>,
    from: usize,
    unit: usize,
    price: usize,
    currency: usize,
    fields: Vec<(Field, usize)>,
}

/// Reads an offer file.
///
/// # Errors
///
/// It cannot be read, lacks a column, or holds a price that is none.
pub(in crate::prices::import) fn read(
    file: &str,
    bytes: impl Read,
    report: &mut FileReport,
) -> Result<Offer, ImportError> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 18).from_reader(bytes);
    let mut offer = Offer::default();
    let mut line = ByteRecord::new();
    let columns = loop {
        if !reader.read_byte_record(&mut line).map_err(|error| broken(file, &error))? {
            let what = "no line of column names".to_owned();
            return Err(ImportError::Broken { file: file.to_owned(), place: "the end".to_owned(), what, hint: HINT });
        }
        let (name, value) = (text(&line, Some(0)), text(&line, Some(1)));
        match name.as_str() {
            "SKU" => break columns(file, &line)?,
            "OfferCode" => offer.code = value.into(),
            "Version" => offer.version = value.into(),
            "Publication Date" => offer.published = value.into(),
            _ => {}
        }
    };
    let names = line.len();
    let (mut product, mut sku) = (Product::default(), String::new());
    while reader.read_byte_record(&mut line).map_err(|error| broken(file, &error))? {
        let at = line.position().map_or(0, csv::Position::line);
        if line.len() != names {
            let (place, found) = (format!("line {at}"), line.len());
            let ends = !reader.read_byte_record(&mut line).unwrap_or(false);
            return Err(if ends {
                ImportError::Truncated { file: file.to_owned(), place }
            } else {
                let what = format!("{found} values for {names} columns");
                ImportError::Broken { file: file.to_owned(), place, what, hint: HINT }
            });
        }
        if line.get(columns.term) != Some(b"OnDemand") {
            continue;
        }
        let found = line.get(columns.sku).unwrap_or_default();
        // The lines of a product stand together, mostly; where they do not, it is looked at again and counted again.
        if found != sku.as_bytes() {
            sku = text(&line, Some(columns.sku));
            if !offer.wants(&sku) {
                product.clear();
                for (field, column) in &columns.fields {
                    product.set(*field, &text(&line, Some(*column)));
                }
                offer.product(&sku, &product, report);
            }
        }
        if !offer.wants(&sku) {
            continue;
        }
        if line.get(columns.currency) != Some(b"USD") {
            offer.forget(&sku, Skip::Currency, report);
            continue;
        }
        let number = |result: Result<_, String>| {
            result.map_err(|what| ImportError::Broken {
                file: file.to_owned(),
                place: format!("line {at}"),
                what,
                hint: HINT,
            })
        };
        let usd = number(price(&text(&line, Some(columns.price))))?;
        let from = number(amount(&text(&line, Some(columns.from))))?;
        let effective = day(&text(&line, columns.effective)).unwrap_or_default();
        offer.rate(&sku, OnDemand { unit: text(&line, Some(columns.unit)), effective, rates: vec![(from, usd)] });
    }
    Ok(offer)
}

/// Finds the columns by their names: services differ in them.
fn columns(file: &str, names: &ByteRecord) -> Result<Columns, ImportError> {
    let place = |wanted: &str| {
        names.iter().position(|name| name == wanted.as_bytes()).ok_or_else(|| ImportError::Broken {
            file: file.to_owned(),
            place: format!("line {}", names.position().map_or(0, csv::Position::line)),
            what: format!("the column {wanted} is missing"),
            hint: HINT,
        })
    };
    let [sku, term, from, unit, price, currency, _] = NEEDED.map(place);
    place("usageType")?;
    let fields = names.iter().enumerate().filter_map(|(at, name)| {
        let field = std::str::from_utf8(name).ok().and_then(Field::named)?;
        Some((field, at))
    });
    let fields: Vec<_> = fields.collect();
    if !fields.iter().any(|(field, _)| matches!(field, Field::Region | Field::Location | Field::FromLocation)) {
        place("Location")?;
    }
    Ok(Columns {
        sku: sku?,
        term: term?,
        effective: place("EffectiveDate").ok(),
        from: from?,
        unit: unit?,
        price: price?,
        currency: currency?,
        fields,
    })
}

fn text(line: &ByteRecord, column: Option<usize>) -> String {
    column
        .and_then(|column| line.get(column))
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default()
}

fn broken(file: &str, error: &csv::Error) -> ImportError {
    let file = file.to_owned();
    if let csv::ErrorKind::Io(error) = error.kind() {
        return ImportError::Unreadable { file, kind: error.kind() };
    }
    let place = error.position().map_or_else(|| "the beginning".to_owned(), |at| format!("line {}", at.line()));
    ImportError::Broken { file, place, what: error.to_string(), hint: HINT }
}
