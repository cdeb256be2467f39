//! `planwise advise`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::args::{ConfigArgs, Output, RepositoryArgs, RuleArgs, SourceArgs};
use super::chosen::{Chosen, beside, chosen};
use super::commands::{CLEAN, CliError, FOUND, WriteProblem, inputs};
use super::cost_args::{CostArgs, TermArgs};
use super::costs::Reckoning;
use super::output::{clash, files, to_bytes, width, write_whole};
use crate::report::{self, Counsel, Style};
use crate::run as pipeline;
use crate::units::{Decimal, Money};

/// `planwise advise`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise advise plan.json
  planwise advise plan.json --budget 100
  planwise advise plan.json --usage infracost-usage.yml --format markdown

Every combination of the ways out that `planwise check` tells of is priced together, and the cheapest that clears all
violations is shown, or with --budget the one that clears the gravest of them (docs/advise.md).
Exit codes: 0 all violations can be cleared, 1 some stay, 2 the input could not be analysed.")]
pub struct Advise {
    /// JSON plans (`terraform show -json`); `-`, or nothing with a pipe, reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plans: Vec<PathBuf>,
    /// How to print the advice
    #[arg(short, long, value_enum, default_value_t = AdviseFormat::Table)]
    pub format: AdviseFormat,
    /// Write the advice to a file as well, whole or not at all; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output<AdviseFormat>>,
    /// How much more a month may cost: the gravest violations that this clears
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    pub budget: Option<Money>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub rules: RuleArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub terms: TermArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub beside: ConfigArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub repository: RepositoryArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

/// How to print advice.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum AdviseFormat {
    /// For a terminal.
    Table,
    /// For machines.
    Json,
    /// For a pull request.
    Markdown,
}

fn budget(text: &str) -> Result<Money, String> {
    let amount: Option<Decimal> = text.trim_start_matches('$').replace(',', "").parse().ok();
    let amount = amount.filter(|amount| !amount.is_sign_negative());
    amount.map(Money).ok_or_else(|| "a budget is an amount a month, such as 100 or 99.50".to_owned())
}

/// Chooses, and writes it down.
pub(super) fn advise(args: &Advise, out: &mut dyn Write) -> Result<u8, CliError> {
    let read = args.plans.iter().chain(&args.configuration.planfile).chain(&args.terms.usage).chain(&args.terms.prices);
    let read: Vec<PathBuf> = read.cloned().chain(args.beside.file()).collect();
    clash(&files(&args.output), &read)?;
    let inputs = inputs(&args.plans, &args.configuration)?;
    let Chosen { policy, declared, costs: (costs, folder), repository, .. } = chosen(&args.rules, &args.beside, None)?;
    let repository = beside(&args.repository, &args.plans, &repository)?;
    let terms = CostArgs { terms: args.terms.clone(), ..CostArgs::default() };
    let reckoning = Reckoning::new(&terms, costs, &folder, args.rules.as_of)?;
    let counsel = pipeline::advise(inputs, &policy, &declared, &reckoning.costing(), repository.as_ref(), args.budget)?;
    for output in &args.output {
        let content = to_bytes(|style, out| render(&counsel, output.format, style, out), false)?;
        write_whole(&output.file, &content).map_err(WriteProblem::from)?;
    }
    let mut page = Vec::new();
    render(&counsel, args.format, Style { width: width(), quiet: false }, &mut page)?;
    out.write_all(&page)?;
    out.flush()?;
    Ok(if counsel.is_open() { FOUND } else { CLEAN })
}

fn render(counsel: &Counsel, format: AdviseFormat, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        AdviseFormat::Table => report::advise_table(counsel, style, out),
        AdviseFormat::Json => report::advise_json(counsel, out),
        AdviseFormat::Markdown => report::advise_markdown(counsel, out),
    }
}
