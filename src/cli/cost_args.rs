//! What can be typed of costs.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use jiff::civil::Date;

use super::args::{ConfigArgs, Output, SourceArgs};
use crate::cost::Rail;
use crate::policy::parse_date;

/// What bills go by.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Cost")]
pub struct TermArgs {
    /// How much things are used, as an infracost-usage.yml [default: what planwise.yaml names]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub usage: Option<PathBuf>,
    /// A price book that is asked before the one that is built in [default: what planwise.yaml names]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub prices: Option<PathBuf>,
    /// Where resources are taken to be of which the plan does not tell the region
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

/// What bills go by, and how far they may go.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Cost")]
pub struct CostArgs {
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub terms: TermArgs,
    /// Make the exit code 1 where a month costs more by this much, or by so many percent; may be repeated
    #[arg(long, value_name = "AMOUNT|PERCENT%", value_parser = Rail::increase)]
    pub max_increase: Vec<Rail>,
    /// Make the exit code 1 where a month costs more than this
    #[arg(long, value_name = "AMOUNT", value_parser = Rail::total)]
    pub max_total: Option<Rail>,
}

/// `planwise cost`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise cost plan.json
  planwise cost plan.json --usage infracost-usage.yml --max-increase 10%
  planwise cost plans/*.json --output markdown=comment.md --output infracost-json=infracost.json
  terraform show -json tfplan | planwise cost --changed

Amounts are list prices for a month of 730 hours (docs/cost.md). What has no price is told, and is not taken for nothing.
Exit codes: 0 within all limits, 1 a limit is exceeded, 2 the input could not be analysed.")]
pub struct Cost {
    /// JSON plans (`terraform show -json`); `-`, or nothing with a pipe, reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plans: Vec<PathBuf>,
    /// How to print the bill
    #[arg(short, long, value_enum, default_value_t = CostFormat::Table)]
    pub format: CostFormat,
    /// Write the bill to a file as well, whole or not at all; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output<CostFormat>>,
    /// The day of the bill, as 2027-03-31: some prices begin or end on one [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Show only what changes; totals are of everything all the same
    #[arg(long)]
    pub changed: bool,
    /// Show everything in full
    #[arg(long, conflicts_with = "changed")]
    pub all: bool,
    /// Print only the limits that are exceeded, a line each
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub costs: CostArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub beside: ConfigArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

/// How to print a bill.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum CostFormat {
    /// For a terminal.
    Table,
    /// For machines.
    Json,
    /// For a pull request.
    Markdown,
    /// For what reads Infracost's JSON, version 0.2.
    InfracostJson,
}

/// `planwise usage`.
#[derive(Debug, Subcommand)]
pub enum UsageCommand {
    /// Print a usage file with all that these plans' resources may be told of, to fill in
    Init(UsageInit),
}

/// `planwise usage init`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise usage init plan.json > infracost-usage.yml")]
pub struct UsageInit {
    /// JSON plans; `-`, or nothing with a pipe, reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plans: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}
