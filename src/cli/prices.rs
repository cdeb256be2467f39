//! `planwise prices`: what the price book holds.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};

use super::args::ListFormat;
use super::commands::{CliError, WriteProblem};
use super::output::{clash, write_whole};
use crate::prices::{self, Book, Contents, Row, import};
use crate::report;

/// `planwise prices`.
#[derive(Args, Debug)]
pub struct Prices {
    /// What to do
    #[command(subcommand)]
    pub command: PricesCommand,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// Say what the price book holds: services, regions, figures, estimates, dates
    Info(Info),
    /// Show prices, with their source and date
    Show(Show),
    /// Make a price book of vendors' price files
    Import(Import),
}

/// Which book is asked.
#[derive(Args, Clone, Debug, Default)]
pub struct BookArgs {
    /// A price book that is asked first; what it lacks, the built-in one is asked (docs/prices.md)
    #[arg(long = "prices", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

/// `planwise prices info`.
#[derive(Args, Debug)]
pub struct Info {
    /// For people, or as JSON
    #[arg(short, long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub book: BookArgs,
}

/// `planwise prices show`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise prices show m6i.large --region eu-central-1
  planwise prices show 'AmazonEC2/m6i.*/linux' --region eu-central-1
  planwise prices show NatGateway --format json")]
pub struct Show {
    /// A part of the key, in capitals or not; with `*` for anything, the whole key
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// Only what is priced in this region
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// For people, or as JSON
    #[arg(short, long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub book: BookArgs,
}

/// `planwise prices import`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise prices import AmazonEC2/index.json AmazonRDS/index.csv.gz --out prices.book
  planwise prices show m6i.large --prices prices.book

Where the files are to be had, and what is taken from them, is in docs/prices.md.")]
pub struct Import {
    /// AWS Price List offer files (JSON or CSV), answers of `GetProducts`, pages of Azure's Retail Prices API and of Google's
    /// Cloud Billing SKUs; each may be packed with gzip
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The price book to write, whole or not at all
    #[arg(short, long, value_name = "BOOK", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
}

/// Does what was typed.
pub(super) fn run(args: &Prices, out: &mut dyn Write) -> Result<(), CliError> {
    match &args.command {
        PricesCommand::Info(args) => {
            let contents = Contents::of(&book(&args.book)?);
            report::price_contents(&contents, args.format == ListFormat::Json, out)?;
        }
        PricesCommand::Show(args) => {
            let rows = wanted(args, &book(&args.book)?)?;
            report::prices(&rows, args.format == ListFormat::Json, out)?;
        }
        PricesCommand::Import(args) => {
            clash(std::slice::from_ref(&args.out), &args.files)?;
            let import::Import { rows, report } = import::import(&args.files)?;
            let mut text = Vec::new();
            prices::write(rows, &mut text)
                .map_err(|what| CliError::NoBook { name: args.out.display().to_string(), what })?;
            write_whole(&args.out, &text).map_err(WriteProblem::from)?;
            writeln!(out, "{report}, written to {}", args.out.display())?;
        }
    }
    Ok(())
}

/// The built-in book, below the one that was named.
///
/// # Errors
/// When the file cannot be read, or is no price book.
pub(super) fn book(args: &BookArgs) -> Result<Book, CliError> {
    let embedded = Book::embedded();
    let Some(path) = &args.file else { return Ok(embedded) };
    Ok(read(path, &path.display().to_string())?.over(embedded))
}

/// The book at `path`, called `name` in errors.
pub(super) fn read(path: &Path, name: &str) -> Result<Book, CliError> {
    let text =
        fs::read_to_string(path).map_err(|error| CliError::PricesFile { name: name.to_owned(), kind: error.kind() })?;
    Ok(Book::read(name, text)?)
}

/// The prices that were asked for, by key and region.
fn wanted(args: &Show, book: &Book) -> Result<Vec<Row>, CliError> {
    let query = args.query.to_lowercase();
    let mut rows: Vec<Row> = book.rows().filter(|row| matches(&query, &row.key.to_lowercase())).collect();
    let elsewhere = rows.len();
    if let Some(region) = &args.region {
        rows.retain(|row| row.region.is_empty() || row.region == region.as_str());
    }
    if rows.is_empty() {
        let (query, region) = (args.query.clone(), args.region.clone().unwrap_or_default());
        return Err(if elsewhere > 0 {
            CliError::NoPriceThere { query, region, elsewhere }
        } else {
            CliError::NoSuchPrice { query }
        });
    }
    rows.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| a.region.cmp(&b.region)));
    Ok(rows)
}

/// Whether a key is meant: by a part of it, or, with stars, by the whole.
fn matches(query: &str, key: &str) -> bool {
    let mut parts = query.split('*');
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else { return key.contains(query) };
    let Some(mut rest) = key.strip_prefix(first) else { return false };
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn keys_are_found_by_a_part_or_by_stars() {
        let key = "machines/m6i.large/linux";
        for query in
            ["m6i.large", "", "machines/m6i.large/linux", "*", "*large*", "machines/m6i.*/linux", "*/linux", "m*m*l*x"]
        {
            assert!(matches(query, key), "{query}");
        }
        for query in ["m6i.xlarge", "m6i.*", "*/windows", "machines/m6i.large/linux*x", "a*", "*large*large*"] {
            assert!(!matches(query, key), "{query}");
        }
    }
}
