//! What can be typed.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use jiff::civil::Date;

use super::adr::AdrCommand;
use super::advise::Advise;
use super::baseline::BaselineCommand;
use super::comment::Comment;
use super::config::ConfigCommand;
use super::cost_args::{Cost, CostArgs, UsageCommand};
use super::diff::Diff;
use super::gate::Gate;
use super::init::Init;
use super::prices::Prices;
use super::slo::SloCommand;
use crate::finding::Severity;
use crate::model::Stage;
use crate::policy::{FailOn, PACKS, parse_date};
use crate::report::Host;
use crate::rules;
use crate::units::listed;

/// Reads a Terraform or `OpenTofu` plan as a system and says where it will run out of headroom.
#[derive(Debug, Parser)]
#[command(
    name = "planwise",
    version,
    about = "Reads a Terraform or OpenTofu plan as a system and says where it will run out of headroom",
    after_help = "Examples:
  terraform plan -out tfplan && terraform show -json tfplan > plan.json
  planwise check plan.json
  terraform show -json tfplan | planwise check
  planwise check plan.json --planfile tfplan
  planwise cost plan.json --max-increase 10%
  planwise advise plan.json --budget 100
  planwise check plan.json --output json=planwise.json --output markdown=comment.md
  planwise graph plan.json --focus aws_db_instance.main --format mermaid
  planwise gate summary.json --p95 200ms --p99 500ms --error-rate 0.1%
  planwise explain connection-exhaustion

Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 the input could not be analysed."
)]
pub struct Cli {
    /// When to use colours (`auto` honours `NO_COLOR` and `CLICOLOR_FORCE`)
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a first planwise.yaml, and the file for the CI that is used here
    Init(Init),
    /// Check plans, and report what they introduce, worsen or resolve
    Check(Check),
    /// Accept what is there already, so that only what is new counts
    Baseline {
        /// What to do
        #[command(subcommand)]
        command: BaselineCommand,
    },
    /// Price plans: what a month costs before and after, and what changes
    Cost(Cost),
    /// How much things are used, which no plan shows
    Usage {
        /// What to do
        #[command(subcommand)]
        command: UsageCommand,
    },
    /// Choose among the ways out: the cheapest changes that clear what a plan violates
    Advise(Advise),
    /// Make one comment on a pull request of the JSON reports of many projects, and post it
    Comment(Comment),
    /// Compare two reports, of two branches or weeks: what is new, worse, better and gone, and what it costs
    Diff(Diff),
    /// Hold the results of load tests against limits and a baseline
    Gate(Gate),
    /// Begin what a decision on record says of performance
    Adr {
        /// What to do
        #[command(subcommand)]
        command: AdrCommand,
    },
    /// Draw the graph of a plan
    Graph(Graph),
    /// Print the settled topology of a plan as JSON, for policies of your own
    Facts(Facts),
    /// List the rules
    Rules {
        /// For people, or as JSON
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Look into configuration files
    Config {
        /// What to do
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// List the policies that are built in, or print one
    Policies {
        /// The policy to print
        #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(PACKS.iter().map(|pack| pack.name)))]
        name: Option<String>,
    },
    /// Explain a rule: what it finds, when it stays silent, its defaults and sources
    Explain {
        /// The rule
        #[arg(value_name = "RULE", value_parser = rule_names())]
        rule: String,
    },
    /// Objectives: check files of them, or write templates
    Slo {
        /// What to do
        #[command(subcommand)]
        command: SloCommand,
    },
    /// Look into the price book
    Prices(Prices),
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Which rules apply, and how strictly.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rules")]
pub struct RuleArgs {
    /// Apply only this rule; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_names())]
    pub only: Vec<String>,
    /// Do not apply this rule; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_names())]
    pub skip: Vec<String>,
    /// A policy that is built in (`planwise policies` lists them), or a file: switches rules, sets severities and thresholds
    #[arg(long, value_name = "NAME|FILE", value_hint = ValueHint::FilePath)]
    pub policy: Option<String>,
    /// The day for which exemptions are asked, and of the bill, as 2027-03-31 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Let off nothing, whatever comments, tags and planwise.yaml say
    #[arg(long)]
    pub no_ignore: bool,
    /// Leave out what is milder
    #[arg(long, value_name = "SEVERITY")]
    pub min_severity: Option<Severity>,
}

/// Where the configuration's text is.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Configuration")]
pub struct SourceArgs {
    /// The binary plan that the JSON was made of: it holds the configuration, which tells what the plan knows only after apply
    /// [default: $PLANFILE where there is one plan, or one beside the JSON]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_source")]
    pub planfile: Option<PathBuf>,
    /// The folder of the root module; of several plans it is used for those that it fits [default: the plan's folder or the working
    /// directory, where it holds .tf files]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "no_source")]
    pub source: Option<PathBuf>,
    /// Do not read the configuration
    #[arg(long)]
    pub no_source: bool,
}

/// What lies in the repository, beside the configuration.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Repository")]
pub struct RepositoryArgs {
    /// The repository whose objectives, decisions and pipelines are read [default: the one that holds the plan, or the working
    /// directory]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "no_repo")]
    pub repo: Option<PathBuf>,
    /// Do not read any
    #[arg(long)]
    pub no_repo: bool,
}

/// What is said beside the plan.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "What a plan cannot show, and exemptions")]
pub struct ConfigArgs {
    /// The configuration file [default: planwise.yaml in the working directory, or above it in its repository]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Do not look for a configuration file
    #[arg(long)]
    pub no_config: bool,
}

impl ConfigArgs {
    /// The configuration file, named or found.
    pub(super) fn file(&self) -> Option<PathBuf> {
        if self.no_config {
            return None;
        }
        let found = || crate::config::find(&std::env::current_dir().ok()?).map(|(path, _)| path);
        self.config.clone().or_else(found)
    }
}

/// `planwise check`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise check plan.json
  planwise check plans/*.json --fail-on medium
  terraform show -json tfplan | planwise check --format markdown
  planwise check plan.json --only connection-exhaustion --all
  planwise check plan.json --policy strict
  planwise check plan.json --output sarif=planwise.sarif --output junit=planwise.xml
  planwise check plan.json --config team.yaml --as-of 2027-03-31
  planwise check --format conftest --out-dir \"$REPORTS\"

A planwise.yaml says what a plan cannot show, and what is exempted (docs/config.md):
  workloads: { aws_ecs_service.api: { pool-size: 10 } }")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Check {
    /// JSON plans (`terraform show -json`); `-` reads standard input. Where none is named: in a step of Atlantis $SHOWFILE, else
    /// what is piped in
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plans: Vec<PathBuf>,
    /// How to print the report
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Write the report to a file as well, whole or not at all; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output<Format>>,
    /// Where `markdown` is read: it is never longer than a comment may be there
    #[arg(long, value_enum, default_value_t = HostName::Github, value_name = "HOST")]
    pub host: HostName,
    /// Write the report to DIR as well, as JSON and as Markdown, under a name of the project's own; DIR is made where it is missing
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out_dir: Option<PathBuf>,
    /// The project that the plans belong to [default: what Atlantis or Digger calls it, where one of them runs the step]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub project: Option<String>,
    /// The mildest severity that makes the exit code 1, or none [default: what the policy says; high]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on)]
    pub fail_on: Option<FailOn>,
    /// Let findings that were there before make the exit code 1 as well
    #[arg(long)]
    pub all: bool,
    /// Let count only what this file does not accept; `planwise baseline write` makes one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Exit with 0 whatever is found (2 is still 2)
    #[arg(long)]
    pub exit_zero: bool,
    /// Print only what makes the exit code 1, a line each
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub rules: RuleArgs,
    /// Do not say what it costs
    #[arg(long, conflicts_with_all = ["usage", "prices", "region", "max_increase", "max_total"])]
    pub no_cost: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub costs: CostArgs,
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

/// `planwise graph`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise graph plan.json | dot -Tsvg > plan.svg
  planwise graph plan.json --format mermaid --focus aws_ecs_service.api --depth 2")]
pub struct Graph {
    /// The JSON plan; `-` reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plan: PathBuf,
    /// The language to draw in
    #[arg(short, long, value_enum, default_value_t = GraphFormat::Dot)]
    pub format: GraphFormat,
    /// Draw only what is near this resource; without an instance key, near all its instances
    #[arg(long, value_name = "ADDRESS")]
    pub focus: Option<String>,
    /// How many links away is near
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    pub depth: usize,
    /// The stage to draw
    #[arg(long, value_enum, default_value_t = StageName::After)]
    pub stage: StageName,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

/// `planwise facts`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise facts plan.json | jq '.stages.after.budgets'
  planwise facts plan.json | conftest test --policy policies/ -")]
pub struct Facts {
    /// The JSON plan; `-` reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plan: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub beside: ConfigArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

/// How to print a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Table,
    /// For machines.
    Json,
    /// For a pull request.
    Markdown,
    /// SARIF 2.1.0, for code scanning on GitHub.
    Sarif,
    /// JUnit XML, for the test report of a CI.
    Junit,
    /// Code Quality, for merge requests on GitLab.
    Gitlab,
    /// Generic issues, for SonarQube 10.3 and newer.
    Sonar,
    /// For reviewdog, as one document.
    Rdjson,
    /// For reviewdog, line by line.
    Rdjsonl,
    /// Workflow commands and a step summary, for GitHub Actions.
    Github,
    /// Logging commands, for Azure Pipelines.
    Azure,
    /// For the stage `plan` of Atlantis: lines of a diff, the verdict last.
    Atlantis,
    /// For the stage `policy_check` of Atlantis: conftest's lines; the exit code is 0 whatever is found.
    Conftest,
    /// For a run task of HCP Terraform: the body of the answer.
    RunTask,
}

impl Format {
    /// Whether it is written for a terminal, which may have colours; nothing is taken out of what a program reads.
    pub(super) const fn is_for_terminals(self) -> bool {
        matches!(self, Self::Table | Self::Markdown)
    }
}

/// Where pull requests are read, by name.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum HostName {
    /// GitHub, 65,536 characters.
    #[default]
    Github,
    /// GitLab, 1,000,000 characters.
    Gitlab,
    /// Azure Repos, 150,000 characters.
    Azure,
    /// Bitbucket, 32,768 characters and no HTML.
    Bitbucket,
}

impl From<HostName> for Host {
    fn from(name: HostName) -> Self {
        match name {
            HostName::Github => Self::GitHub,
            HostName::Gitlab => Self::GitLab,
            HostName::Azure => Self::Azure,
            HostName::Bitbucket => Self::Bitbucket,
        }
    }
}

/// How to print a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Table,
    /// For machines.
    Json,
}

/// The languages for graphs.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid, which GitHub and GitLab draw.
    Mermaid,
    /// For machines.
    Json,
}

/// The stages by name.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum StageName {
    /// As things stand.
    Before,
    /// As they will be.
    After,
}

impl From<StageName> for Stage {
    fn from(name: StageName) -> Self {
        match name {
            StageName::Before => Self::Before,
            StageName::After => Self::After,
        }
    }
}

/// A file to write a report to, in one of the formats `F`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Output<F> {
    /// The format.
    pub format: F,
    /// The file.
    pub file: PathBuf,
}

impl<F: ValueEnum> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').ok_or("write it as FORMAT=FILE, for instance json=planwise.json")?;
        let names = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names = listed(names.map(|value| value.get_name().to_owned()));
        let format = F::from_str(format, true).map_err(|_| format!("'{format}' is no format; {names} are"))?;
        if file.is_empty() {
            return Err("the file's name is missing behind =".to_owned());
        }
        if file == "-" {
            return Err("- is no file: --format prints to standard output; a file of that name is ./-".to_owned());
        }
        Ok(Self { format, file: file.into() })
    }
}

pub(super) fn fail_on(text: &str) -> Result<FailOn, String> {
    if text == "none" {
        return Ok(FailOn(None));
    }
    text.parse().map(|severity| FailOn(Some(severity))).map_err(|error| format!("{error}, or none"))
}

fn rule_names() -> PossibleValuesParser {
    PossibleValuesParser::new(rules::all().into_iter().map(|rule| rule.meta.name))
}
