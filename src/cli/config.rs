//! `planwise config`: whether configuration files can be used.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::chosen::examined;
use super::commands::{CLEAN, CliError};
use crate::report::{log_lines, one_line};

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Check configuration files: every key, name and value
    Check(ConfigCheck),
}

/// `planwise config check`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise config check
  planwise config check planwise.yaml stacks/*/planwise.yaml

Exit code 0: all can be used; 2: one of them cannot, and the error says where and why.")]
pub struct ConfigCheck {
    /// Files [default: planwise.yaml in the working directory, or above it in its repository]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

pub(super) fn run(command: &ConfigCommand, out: &mut dyn Write) -> Result<u8, CliError> {
    match command {
        ConfigCommand::Check(args) => check(args, out),
    }
}

/// Looks into each file; what is wrong with any of them is told together.
fn check(args: &ConfigCheck, out: &mut dyn Write) -> Result<u8, CliError> {
    let named: Vec<Option<&PathBuf>> =
        if args.files.is_empty() { vec![None] } else { args.files.iter().map(Some).collect() };
    let mut wrong = Vec::new();
    for file in named {
        match examined(file) {
            Ok(name) => log_lines(out, |out| writeln!(out, "{} can be used", one_line(&name)))?,
            Err(error) => wrong.push(error),
        }
    }
    out.flush()?;
    if wrong.is_empty() { Ok(CLEAN) } else { Err(CliError::Several(wrong)) }
}
