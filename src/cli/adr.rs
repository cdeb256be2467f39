//! `planwise adr`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::args::{ConfigArgs, RuleArgs, SourceArgs};
use super::chosen::{Chosen, chosen};
use super::commands::{CLEAN, CliError, inputs};
use super::cost_args::CostArgs;
use super::costs::Reckoning;
use crate::report::{self, Markup};
use crate::run as pipeline;

/// `planwise adr`.
#[derive(Debug, Subcommand)]
pub enum AdrCommand {
    /// Print the section "Performance Impact" for what a plan changes, filled as far as the plan knows
    Section(SectionArgs),
}

/// `planwise adr section`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise adr section plan.json >> docs/adr/0012-scale-out.md
  planwise adr section plan.json --format asciidoc

What the plan does not know stays a question: answer it, and `planwise check` reads the section (docs/adr.md).")]
pub struct SectionArgs {
    /// The JSON plan; `-`, or nothing with a pipe, reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plan: Vec<PathBuf>,
    /// How to write it
    #[arg(short, long, value_enum, default_value_t = SectionFormat::Markdown)]
    pub format: SectionFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub beside: ConfigArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

/// How to write a section.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum SectionFormat {
    /// For Markdown.
    Markdown,
    /// For `AsciiDoc`.
    #[value(name = "asciidoc")]
    AsciiDoc,
}

/// Prints the section.
pub(super) fn section(args: &SectionArgs, out: &mut dyn Write) -> Result<u8, CliError> {
    let inputs = inputs(&args.plan, &args.configuration)?;
    let Chosen { policy, declared, costs: (costs, folder), .. } = chosen(&RuleArgs::default(), &args.beside, None)?;
    let reckoning = Reckoning::new(&CostArgs::default(), costs, &folder, None)?;
    let costing = reckoning.costing();
    let mut systems = Vec::new();
    for input in &inputs {
        systems.extend(pipeline::topologies_declared(input, &declared)?);
    }
    let beside = pipeline::Beside { costing: Some(&costing), ..pipeline::Beside::default() };
    let found = pipeline::check_beside(inputs, &policy, &declared, beside)?;
    let markup = match args.format {
        SectionFormat::Markdown => Markup::Markdown,
        SectionFormat::AsciiDoc => Markup::AsciiDoc,
    };
    report::impact(&systems, &found, markup, out)?;
    out.flush()?;
    Ok(CLEAN)
}
