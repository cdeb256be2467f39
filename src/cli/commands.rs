//! What each subcommand does.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory as _;

use super::adr::{AdrCommand, section};
use super::advise::{AdviseFormat, advise};
use super::args::{Check, Cli, Colour, Command, Facts, Format, Graph, GraphFormat, ListFormat, SourceArgs};
use super::baseline::BaselineCommand;
use super::chosen::{Chosen, beside, chosen, declared};
use super::comment::comment;
use super::cost_args::{CostFormat, UsageCommand};
use super::costs::{Reckoning, cost, usage_init};
use super::diff::{DiffFormat, diff};
use super::gate::{GateFormat, gate};
use super::init::{InitError, init};
use super::output::{
    Clash, WriteError, clash, files, near, render, stdout, step_summary, to_bytes, width, write_into, write_whole,
};
use super::prices;
use super::runner::Runner;
use crate::baseline::BaselineError;
use crate::finding::RuleMeta;
use crate::gate::GateError;
use crate::plan::{Input, PlanError};
use crate::policy::{PACKS, PolicyError};
#[cfg(feature = "post")]
use crate::post::PostError;
use crate::prices::BookError;
use crate::prices::import::ImportError;
use crate::report::{self, Host, RetoldError, Style};
use crate::repository::slo::SloError;
use crate::repository::{Repository, RepositoryError};
use crate::source::{self, SourceError, Wanted};
use crate::{rules, run as pipeline};

/// Nothing at or above the threshold.
pub(super) const CLEAN: u8 = 0;
/// Something is.
pub(super) const FOUND: u8 = 1;

/// Why a command could not do its work: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A plan cannot be read.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A configuration that was named cannot be used.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A repository that was named cannot be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// A file holds no objectives that can be read.
    #[error(transparent)]
    Slo(#[from] SloError),
    /// A file of objectives is not there, or cannot be written.
    #[error("{name} cannot be used: {kind}\n  hint: name a file of objectives, or a folder that holds some")]
    SloFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A report cannot be written.
    #[error(transparent)]
    Write(#[from] WriteProblem),
    /// Standard output cannot be written to.
    #[error("standard output: {0}")]
    Stdout(#[from] io::Error),
    /// Nothing was named.
    #[error("no plan was named\n  hint: planwise check plan.json, or terraform show -json tfplan | planwise check")]
    NoPlan,
    /// Atlantis says where the plan is to stand, and it does not.
    #[error(
        "$SHOWFILE is set, and {name} {what}\n  hint: put the step `show` before this one in the workflow, or: terraform show -json \
         $PLANFILE > $SHOWFILE"
    )]
    NoShowFile {
        /// The file.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// There is no configuration file to look into.
    #[error(
        "there is no planwise.yaml here, nor above in this repository\n  hint: name the files: planwise config check FILE"
    )]
    NoConfig,
    /// Several things are wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nerror: "))]
    Several(Vec<CliError>),
    /// A policy cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A policy cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: a policy is a YAML file, such as policies/default.yaml, or one of those that \
         `planwise policies` lists"
    )]
    PolicyFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A configuration file cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: --config takes a YAML file, --no-config does without; see docs/config.md"
    )]
    ConfigFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A usage file cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: --usage takes an infracost-usage.yml, which `planwise usage init PLAN` begins"
    )]
    UsageFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A price book cannot be used.
    #[error(transparent)]
    Prices(#[from] BookError),
    /// A price book cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: --prices takes a price book, a text file such as `planwise prices import` writes; \
         see docs/prices.md"
    )]
    PricesFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A vendor's price file cannot be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// What was imported cannot stand in a book.
    #[error(
        "{name} cannot be written: {what}\n  hint: import the files one by one to see which of them holds it, and leave that out"
    )]
    NoBook {
        /// The book.
        name: String,
        /// What is in the way.
        what: io::Error,
    },
    /// Nothing in the price book is called so.
    #[error(
        "no price is called {query}\n  hint: `planwise prices show '*'` lists all; keys are spelled as in docs/prices.md, and * \
         stands for anything"
    )]
    NoSuchPrice {
        /// What was asked for.
        query: String,
    },
    /// There are prices, and none for the region.
    #[error(
        "no price of {query} for {region} in the book\n  hint: it has {elsewhere} for other regions: leave --region out to see \
         them"
    )]
    NoPriceThere {
        /// What was asked for.
        query: String,
        /// Where.
        region: String,
        /// How many prices there are elsewhere.
        elsewhere: usize,
    },
    /// A file is no report of planwise that can be read.
    #[error(transparent)]
    Report(#[from] RetoldError),
    /// A report cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: name files that `planwise check --output json=FILE` wrote, or their folder"
    )]
    ReportFile {
        /// The file or folder.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A folder or a pattern holds no report.
    #[error(
        "{name}: there is no report\n  hint: `planwise check PLAN --output json=FILE` writes them; of a folder those are read that end with .json"
    )]
    NoReport {
        /// The folder or the pattern.
        name: String,
    },
    /// A comment cannot be posted.
    #[cfg(feature = "post")]
    #[error(transparent)]
    Post(#[from] PostError),
    /// The program cannot post.
    #[cfg(not(feature = "post"))]
    #[error(
        "this planwise was built without the network, so it cannot post\n  hint: build it with the feature `post`, which is on by default, or post what `planwise comment` prints by other means"
    )]
    NoPost,
    /// The result of a load test tells too little, or a baseline cannot be used.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// Nothing could fail.
    #[error(
        "there is nothing to hold the results against, so nothing could fail\n  hint: give limits, such as --p95 200ms --error-rate \
         0.1%, or take the principle's own with --defaults, or compare with --baseline FILE"
    )]
    NoLimit,
    /// A baseline cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: --baseline takes the file that `planwise baseline write PLAN` makes; see \
         docs/baseline.md"
    )]
    BaselineFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A plan that failed on the way is to be accepted as it is.
    #[error(
        "{plan}: planning failed on the way, so that most of its findings would be missing in the baseline\n  hint: plan again, and write it \
         of that"
    )]
    ErroredBaseline {
        /// The plan.
        plan: String,
    },
    /// A file is no baseline.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// A report that is to be compared cannot be read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: name two files that `planwise check PLAN --output json=FILE` wrote"
    )]
    ComparedFile {
        /// The file.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// Nothing could be begun.
    #[error(transparent)]
    Init(#[from] InitError),
    /// No rule is left to apply.
    #[error("no rule is left to apply\n  hint: `planwise rules` lists them")]
    NoRule,
    /// Standard input was named twice.
    #[error(
        "- was named twice, and standard input can be read once\n  hint: several plans may follow each other in one stream"
    )]
    StdinTwice,
    /// A binary plan was named for several plans.
    #[error(
        "--planfile names one binary plan, and {plans} plans are to be read\n  hint: a binary plan belongs to one of them: check each in a run of its own, or leave --planfile out where each lies beside its JSON"
    )]
    PlanfileForSeveral {
        /// How many.
        plans: usize,
    },
    /// A file would be written over another.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The focus of a graph is not there.
    #[error(
        "{address} is not in {plan}\n  hint: list the addresses with `planwise graph PLAN --format json | jq -r '.nodes[].address'`"
    )]
    NoSuchAddress {
        /// The address.
        address: String,
        /// The plan.
        plan: String,
    },
}

/// A report that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct WriteProblem(#[from] WriteError);

/// Does what was typed; gives the exit code.
///
/// # Errors
/// When the input cannot be analysed or the output not be written: exit code 2.
pub fn run(cli: &Cli) -> Result<u8, CliError> {
    // What a program reads has no colours that could be taken away.
    let is_for_programs = match &cli.command {
        Command::Check(args) => !args.format.is_for_terminals(),
        Command::Advise(args) => args.format == AdviseFormat::Json,
        Command::Cost(args) => matches!(args.format, CostFormat::Json | CostFormat::InfracostJson),
        Command::Diff(args) => args.format == DiffFormat::Json,
        Command::Gate(args) => matches!(args.format, GateFormat::Json | GateFormat::Junit),
        _ => false,
    };
    let mut out = stdout(if is_for_programs { Colour::Always } else { cli.color });
    match &cli.command {
        Command::Check(args) => check(args, &mut out),
        Command::Baseline { command: BaselineCommand::Write(args) } => super::baseline::write(args, &mut out),
        Command::Cost(args) => cost(args, &mut out),
        Command::Usage { command: UsageCommand::Init(args) } => usage_init(args, &mut out),
        Command::Advise(args) => advise(args, &mut out),
        Command::Comment(args) => comment(args, &mut out),
        Command::Init(args) => init(args, &mut out),
        Command::Diff(args) => diff(args, &mut out),
        Command::Gate(args) => gate(args, &mut out),
        Command::Adr { command: AdrCommand::Section(args) } => section(args, &mut out),
        Command::Graph(args) => graph(args, &mut out),
        Command::Facts(args) => facts(args, &mut out),
        Command::Rules { format } => {
            let all: Vec<&RuleMeta> = rules::all().into_iter().map(|rule| &rule.meta).collect();
            report::list_rules(&all, *format == ListFormat::Json, &mut out)?;
            Ok(CLEAN)
        }
        Command::Config { command } => super::config::run(command, &mut out),
        Command::Policies { name } => {
            for pack in PACKS.iter().filter(|pack| name.as_ref().is_none_or(|name| name == pack.name)) {
                if name.is_some() {
                    out.write_all(pack.text.as_bytes())?;
                } else {
                    writeln!(out, "{:<8} {}", pack.name, pack.summary)?;
                }
            }
            Ok(CLEAN)
        }
        Command::Explain { rule } => {
            if let Some(rule) = rules::all().into_iter().find(|known| known.meta.name == rule) {
                report::explain(&rule.meta, &mut out)?;
            }
            Ok(CLEAN)
        }
        Command::Slo { command } => super::slo::run(command, &mut out),
        Command::Prices(args) => {
            prices::run(args, &mut out)?;
            Ok(CLEAN)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "planwise", &mut script);
            out.write_all(&script)?;
            Ok(CLEAN)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            out.write_all(&page)?;
            Ok(CLEAN)
        }
    }
}

/// Checks; says in the way of the format that it could not, where another way would not be heard.
fn check(args: &Check, out: &mut dyn Write) -> Result<u8, CliError> {
    let runner = Runner::read();
    let error = match checked(args, &runner, out) {
        Ok(code) => return Ok(code),
        Err(error) => error,
    };
    // What is read lies where the report would, or the report is there and only could not be printed.
    let is_kept = matches!(error, CliError::Clash(_) | CliError::Stdout(_));
    if let Some(folder) = args.out_dir.as_ref().filter(|_| !is_kept) {
        runner.refuse(folder, args, &error.to_string());
    }
    // Atlantis drops what a policy check prints that exits with another code, and may take it for a pass.
    if args.format != Format::Conftest || matches!(error, CliError::Stdout(_)) {
        return Err(error);
    }
    let project = runner.project(args.project.as_deref());
    report::conftest_refusal(project.as_deref(), &runner.without_paths(&error.to_string(), &args.plans), out)?;
    out.flush()?;
    Ok(CLEAN)
}

fn checked(args: &Check, runner: &Runner, out: &mut dyn Write) -> Result<u8, CliError> {
    let plans = runner.plans(&args.plans)?;
    apart(args, runner, &plans)?;
    let inputs = inputs(&plans, &args.configuration)?;
    let Chosen { policy, declared, basis, fail_on, costs: (costs, folder), repository } =
        chosen(&args.rules, &args.beside, args.fail_on)?;
    let repository = beside(&args.repository, &plans, &repository)?;
    let root = repository.as_ref().and_then(Repository::root);
    let reckoning =
        if args.no_cost { None } else { Some(Reckoning::new(&args.costs, costs, &folder, args.rules.as_of)?) };
    let costing = reckoning.as_ref().map(Reckoning::costing);
    let mut report = {
        let outputs = args.output.iter().map(|output| output.format);
        let is_comment = args.out_dir.is_some()
            || outputs.chain([args.format]).any(|format| matches!(format, Format::Markdown | Format::Github));
        let beside = pipeline::Beside {
            costing: costing.as_ref(),
            repository: repository.as_ref(),
            pictures: is_comment && Host::from(args.host).draws(),
        };
        pipeline::check_beside(inputs, &policy, &declared, beside)?
    };
    if let (Some(reckoning), Some(totals)) = (&reckoning, &mut report.cost) {
        reckoning.settle(totals);
    }
    report.fail_on = fail_on;
    report.open_fails = policy.rules.open_fails();
    report.basis = basis;
    report.counts_all = args.all;
    report.host = args.host.into();
    let project = runner.project(args.project.as_deref());
    for plan in &mut report.plans {
        plan.project.clone_from(&project);
    }
    if let Some(baseline) = &args.baseline {
        super::baseline::apply(baseline, &mut report)?;
    }
    let paths = report.plans.iter().map(|plan| &plan.path);
    report.near = paths.filter_map(|path| Some((path.clone(), near(path, root.as_deref())?))).collect();
    for output in &args.output {
        let content = to_bytes(|style, out| render(&report, output.format, style, out), args.quiet)?;
        write_whole(&output.file, &content).map_err(WriteProblem)?;
    }
    if let Some(folder) = &args.out_dir {
        for (format, path) in runner.files(folder, args) {
            let content = to_bytes(|style, out| render(&report, format, style, out), false)?;
            write_into(folder, &path, &content).map_err(WriteProblem)?;
        }
    }
    let mut page = Vec::new();
    render(&report, args.format, Style { width: width(), quiet: args.quiet }, &mut page)?;
    out.write_all(&page)?;
    if args.format == Format::Github {
        step_summary(&report, out)?;
    }
    out.flush()?;
    let is_quiet = args.exit_zero || args.format == Format::Conftest;
    let code = if report.is_failure() && !is_quiet { FOUND } else { CLEAN };
    // The process ends: taking thousands of findings apart before is of no use to anybody.
    std::mem::forget(report);
    Ok(code)
}

/// Refuses to write over what is read, and over another report.
fn apart(args: &Check, runner: &Runner, plans: &[PathBuf]) -> Result<(), CliError> {
    let kept = args.out_dir.iter().flat_map(|folder| runner.files(folder, args)).map(|(_, path)| path);
    let written: Vec<PathBuf> = files(&args.output).into_iter().chain(kept).collect();
    let policy = args.rules.policy.iter().map(PathBuf::from);
    let costs = args.costs.terms.usage.iter().chain(&args.costs.terms.prices).cloned();
    let named = plans.iter().chain(&args.baseline).chain(&args.configuration.planfile).cloned();
    let binary = plans.iter().flat_map(|plan| source::beside(Some(plan))).chain(planfile());
    let read: Vec<PathBuf> = named.chain(args.beside.file()).chain(policy).chain(costs).chain(binary).collect();
    Ok(clash(&written, &read)?)
}

/// Reads what was named; where nothing was, the file of a step of Atlantis, or standard input where something is piped in.
pub(super) fn inputs(plans: &[PathBuf], configuration: &SourceArgs) -> Result<Vec<Input>, CliError> {
    let plans = Runner::read().plans(plans)?;
    if plans.iter().filter(|path| path.as_path() == Path::new("-")).count() > 1 {
        return Err(CliError::StdinTwice);
    }
    if plans.len() > 1 && configuration.planfile.is_some() {
        return Err(CliError::PlanfileForSeveral { plans: plans.len() });
    }
    plans.iter().map(|path| input(path, configuration, plans.len() > 1)).collect()
}

/// The binary plan that the surroundings name.
fn planfile() -> Option<PathBuf> {
    std::env::var_os("PLANFILE").filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// Reads one plan, of `several` or alone, and the configuration that it was made of.
fn input(path: &Path, configuration: &SourceArgs, several: bool) -> Result<Input, CliError> {
    let file = Some(path).filter(|path| *path != Path::new("-"));
    let mut input = file.map_or_else(Input::stdin, Input::file)?;
    let wanted = Wanted {
        planfile: configuration.planfile.clone(),
        surroundings: planfile(),
        folder: configuration.source.clone(),
        none: configuration.no_source,
        several,
    };
    let (mut source, notes) = source::find(&wanted, file, &|text| input.says(text))?;
    // Of a binary plan alone nobody knows where its files lie; Atlantis says so.
    if let (Some(source), Some(folder)) = (&mut source, Runner::read().folder()) {
        source.is_said_to_lie_in(folder);
    }
    (input.source, input.source_notes) = (source.map(Arc::new), notes);
    Ok(input)
}

fn graph(args: &Graph, out: &mut dyn Write) -> Result<u8, CliError> {
    let input = input(&args.plan, &args.configuration, false)?;
    // Of several plans in one stream, those count in which the address is.
    let graphs = pipeline::graphs(&input, args.stage.into())?;
    let pictures = graphs.iter().filter_map(|graph| graph.picture(args.focus.as_deref(), args.depth));
    let pictures: Vec<_> = pictures.collect();
    if let (Some(address), true) = (&args.focus, pictures.is_empty()) {
        return Err(CliError::NoSuchAddress { address: address.clone(), plan: input.name.clone() });
    }
    for picture in &pictures {
        match args.format {
            GraphFormat::Dot => report::dot(picture, out)?,
            GraphFormat::Mermaid => report::mermaid(picture, out)?,
            GraphFormat::Json => report::graph_json(picture, out)?,
        }
    }
    Ok(CLEAN)
}

fn facts(args: &Facts, out: &mut dyn Write) -> Result<u8, CliError> {
    let input = input(&args.plan, &args.configuration, false)?;
    for (name, [before, after]) in pipeline::topologies_declared(&input, &declared(&args.beside)?)? {
        report::facts(&name, &[&before, &after], out)?;
    }
    Ok(CLEAN)
}
