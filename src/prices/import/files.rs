//! All files, one after the other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::de::DeserializeSeed as _;

use super::aws::{self, Offer};
use super::azure::{self, Meters};
use super::error::ImportError;
use super::google;
use super::input::{Looks, looks, open};
use super::json::{Document, Kind};
use super::report::{FileReport, Report};
use super::sink::Sink;
use crate::model::Text;
use crate::prices::Row;
use crate::units::listed;

/// What was read of vendors' price files.
#[derive(Clone, Debug)]
pub struct Import {
    /// The prices, by key and region.
    pub rows: Vec<Row>,
    /// What became of each file.
    pub report: Report,
}

/// Reads vendors' price files: AWS Price List offer files (JSON or CSV) and answers of `GetProducts`, pages of Azure's
/// Retail Prices API and of Google's Cloud Billing SKUs, each also packed with gzip. A file is read as it streams by;
/// what stays in memory is what is of use. The kind of a file is told by its content.
///
/// # Errors
///
/// A file cannot be read, is none of these, is cut, or holds what cannot be a price; or no file holds anything of use.
pub fn import(files: &[PathBuf]) -> Result<Import, ImportError> {
    let (mut sink, mut meters) = (Sink::default(), Meters::default());
    let mut report = Report::default();
    for path in files {
        report.files.push(one(path, &mut sink, &mut meters)?);
    }
    let pages = report.files.iter_mut().rev().find(|file| file.kind == azure::KIND);
    if let Some(last) = pages {
        meters.finish(&mut sink, last);
    }
    let rows = sink.into_rows();
    if rows.is_empty() {
        let files = listed(report.files.iter().map(|file| &file.file));
        let details = report.files.iter().fold(String::new(), |all, file| format!("{all}\n{file}"));
        return Err(ImportError::Nothing { files, details });
    }
    report.rows = rows.len();
    report.keys = rows.iter().map(|row| &row.key).collect::<BTreeSet<_>>().len();
    report.regions = rows.iter().map(|row| &row.region).filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().len();
    Ok(Import { rows, report })
}

/// Reads one file.
fn one(path: &Path, sink: &mut Sink, meters: &mut Meters) -> Result<FileReport, ImportError> {
    let file = path.display().to_string();
    let mut report = FileReport { file: file.clone(), ..FileReport::default() };
    let unreadable = |error: std::io::Error| ImportError::Unreadable { file: file.clone(), kind: error.kind() };
    let mut bytes = open(path).map_err(unreadable)?;
    match looks(&mut bytes).map_err(unreadable)? {
        Looks::OfferCsv => aws::read_csv(&file, bytes, &mut report)?.finish(sink, &mut report),
        Looks::Json => json(path, &file, bytes, &mut report, sink, meters)?,
        Looks::Unknown => return Err(ImportError::Unknown { file }),
    }
    Ok(report)
}

fn json(
    path: &Path,
    file: &str,
    bytes: Box<dyn std::io::BufRead>,
    report: &mut FileReport,
    sink: &mut Sink,
    meters: &mut Meters,
) -> Result<(), ImportError> {
    let mut offer = Offer::default();
    let mut answers: FxHashMap<(Text, Text), Offer> = FxHashMap::default();
    let mut read = |bytes, again, report: &mut FileReport, offer: &mut Offer| {
        let mut reader = serde_json::Deserializer::from_reader(bytes);
        let document = Document { sink, meters, report, offer, answers: &mut answers, again };
        let kind = document.deserialize(&mut reader).and_then(|kind| reader.end().map(|()| kind));
        kind.map_err(|error| ImportError::json(file, &error))
    };
    let mut kind = read(bytes, false, report, &mut offer)?;
    if kind == Some(Kind::TermsFirst) {
        let unreadable = |error: std::io::Error| ImportError::Unreadable { file: file.to_owned(), kind: error.kind() };
        kind = read(open(path).map_err(unreadable)?, true, report, &mut offer)?;
    }
    match kind {
        Some(Kind::Offer | Kind::TermsFirst) => offer.finish(sink, report),
        Some(Kind::Answers) => {
            let mut offers: Vec<_> = answers.into_iter().collect();
            offers.sort_by(|(a, _), (b, _)| a.cmp(b));
            for (_, offer) in offers {
                offer.finish(sink, report);
            }
        }
        Some(Kind::Azure) => azure::KIND.clone_into(&mut report.kind),
        Some(Kind::Google) => google::KIND.clone_into(&mut report.kind),
        Some(Kind::Index) => return Err(ImportError::Index { file: file.to_owned() }),
        None => return Err(ImportError::Unknown { file: file.to_owned() }),
    }
    Ok(())
}
