//! `planwise diff`: two reports compared.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::args::{Output, fail_on};
use super::commands::{CLEAN, CliError, FOUND, WriteProblem};
use super::output::{clash, files, to_bytes, width, write_whole};
use crate::compare::{Comparison, Side, compare};
use crate::policy::FailOn;
use crate::report::{self, Purpose, Retold, Style};

/// `planwise diff`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise check plan.json --output json=now.json
  planwise diff main.json now.json
  planwise diff last-week.json this-week.json --format markdown
  planwise diff main.json now.json --fail-on high --output json=diff.json

A finding is known again by its plan (the project, else the file) and its fingerprint; where each report has one plan, these
are compared whatever they are called (docs/diff.md).
Exit codes: 0 nothing new or worse at or above --fail-on, 1 something is, 2 a file is no report that can be read.")]
pub struct Diff {
    /// The report to compare with, as `planwise check --format json` writes it; `-` reads standard input
    #[arg(value_name = "FROM", value_hint = ValueHint::FilePath)]
    pub from: PathBuf,
    /// The report to look at
    #[arg(value_name = "TO", value_hint = ValueHint::FilePath)]
    pub to: PathBuf,
    /// How to print what lies between
    #[arg(short, long, value_enum, default_value_t = DiffFormat::Table)]
    pub format: DiffFormat,
    /// Write it to a file as well, whole or not at all; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output<DiffFormat>>,
    /// The mildest severity of what is new or worse that makes the exit code 1, or none
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on, default_value = "none")]
    pub fail_on: FailOn,
}

/// How to print it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Table,
    /// For machines.
    Json,
    /// For a pull request.
    Markdown,
}

/// Compares two reports.
pub(super) fn diff(args: &Diff, out: &mut dyn Write) -> Result<u8, CliError> {
    let is_stdin = |path: &PathBuf| path.as_path() == Path::new("-");
    if [&args.from, &args.to].into_iter().all(is_stdin) {
        return Err(CliError::StdinTwice);
    }
    clash(&files(&args.output), &[args.from.clone(), args.to.clone()])?;
    let (from, to) = (read(&args.from)?, read(&args.to)?);
    let comparison = compare(from, to, args.fail_on.0);
    for output in &args.output {
        let content = to_bytes(|style, out| render(&comparison, output.format, style, out), false)?;
        write_whole(&output.file, &content).map_err(WriteProblem::from)?;
    }
    render(&comparison, args.format, Style { width: width(), quiet: false }, out)?;
    out.flush()?;
    Ok(if comparison.is_failure() { FOUND } else { CLEAN })
}

fn read(path: &Path) -> Result<Side, CliError> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let text = if is_stdin { piped() } else { std::fs::read(path) };
    let text = text.map_err(|error| CliError::ComparedFile { name: name.clone(), kind: error.kind() })?;
    Ok(Retold::read(&name, &text, Purpose::Diff)?.side(&name))
}

fn piped() -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    Ok(text)
}

fn render(comparison: &Comparison, format: DiffFormat, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        DiffFormat::Table => report::diff_table(comparison, style, out),
        DiffFormat::Json => report::diff_json(comparison, out),
        DiffFormat::Markdown => report::diff_markdown(comparison, out),
    }
}
