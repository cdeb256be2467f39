//! `planwise baseline`: accepts what is there already.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueHint};

use super::args::{ConfigArgs, RepositoryArgs, RuleArgs, SourceArgs};
use super::chosen::{Chosen, beside, chosen};
use super::commands::{CLEAN, CliError, WriteProblem, inputs};
use super::output::{clash, write_whole};
use super::runner::Runner;
use crate::baseline::Baseline;
use crate::report::{Report, log_lines, one_line};
use crate::run as pipeline;
use crate::units::counted;

/// What there is to do with a baseline.
#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Accept all that these plans have now, so that only what is new counts with `check --baseline`
    Write(WriteBaseline),
}

/// `planwise baseline write`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise baseline write plan.json
  planwise baseline write plans/*.json --output planwise-baseline.json
  planwise check plan.json --baseline planwise-baseline.json")]
pub struct WriteBaseline {
    /// JSON plans (`terraform show -json`); `-`, or nothing with a pipe, reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plans: Vec<PathBuf>,
    /// Where to write it; what is there is replaced
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "planwise-baseline.json")]
    pub output: PathBuf,
    /// The project that the plans belong to [default: what Atlantis or Digger calls it, where one of them runs the step]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub project: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub rules: RuleArgs,
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

/// Writes a baseline.
pub(super) fn write(args: &WriteBaseline, out: &mut dyn Write) -> Result<u8, CliError> {
    let runner = Runner::read();
    let plans = runner.plans(&args.plans)?;
    let read: Vec<PathBuf> =
        plans.iter().cloned().chain(args.beside.file()).chain(args.configuration.planfile.clone()).collect();
    clash(std::slice::from_ref(&args.output), &read)?;
    let inputs = inputs(&plans, &args.configuration)?;
    let Chosen { policy, declared, repository, .. } = chosen(&args.rules, &args.beside, None)?;
    let repository = beside(&args.repository, &plans, &repository)?;
    let known = pipeline::Beside { repository: repository.as_ref(), ..pipeline::Beside::default() };
    let mut report = pipeline::check_beside(inputs, &policy, &declared, known)?;
    let project = runner.project(args.project.as_deref());
    for plan in &mut report.plans {
        plan.project.clone_from(&project);
    }
    // What was not planned would be new as soon as it is.
    if let Some(plan) = report.plans.iter().find(|plan| plan.errored) {
        return Err(CliError::ErroredBaseline { plan: one_line(&plan.name) });
    }
    let baseline = Baseline::of(&report);
    let text = baseline.write().map_err(std::io::Error::from)?;
    write_whole(&args.output, text.as_bytes()).map_err(WriteProblem::from)?;
    let number = u64::try_from(baseline.len()).unwrap_or(u64::MAX);
    let name = one_line(&args.output.display().to_string());
    log_lines(out, |out| writeln!(out, "{name} accepts {}", counted(number, "finding")))?;
    Ok(CLEAN)
}

/// Lets count only what the baseline in a file does not accept.
pub(super) fn apply(path: &Path, report: &mut Report) -> Result<(), CliError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| CliError::BaselineFile { name: name.clone(), kind: source.kind() })?;
    Ok(Baseline::read(&name, &text)?.apply(&name, report)?)
}
