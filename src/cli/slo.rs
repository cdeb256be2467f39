//! `planwise slo`: checks files of objectives, and writes templates of them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};

use super::args::{ConfigArgs, SourceArgs};
use super::chosen::declared;
use super::commands::{CLEAN, CliError, FOUND, WriteProblem, inputs};
use super::output::write_new;
use crate::report;
use crate::repository::slo::{Problem, ProblemKind, Service, Slo, normal, read, services};
use crate::repository::{TextFile, Tree};
use crate::run as pipeline;
use crate::units::{counted, plural};

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum SloCommand {
    /// Check files of objectives: the principle's own shapes, `OpenSLO`, Sloth and Pyrra
    Validate(Validate),
    /// Write a template for each public service of a plan that has no SLO yet
    Init(Init),
}

/// `planwise slo validate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise slo validate docs/slos/payment-api.yml
  planwise slo validate docs/slos

Objectives of one service may stand in several files: they are put together. Exit code 0: nothing is missing or wrong; 1: \
something is; 2: a file cannot be read, or holds no SLO.")]
pub struct Validate {
    /// Files, or folders of them
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
}

/// `planwise slo init`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise slo init plan.json
  planwise slo init plan.json --dir services/slos

No file is ever overwritten. The numbers are a start: agree on them before the first deployment.")]
pub struct Init {
    /// The JSON plan (`terraform show -json`); `-` reads standard input
    #[arg(value_name = "PLAN", value_hint = ValueHint::FilePath)]
    pub plan: PathBuf,
    /// The folder that the files are written to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "docs/slos")]
    pub dir: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub beside: ConfigArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub configuration: SourceArgs,
}

pub(super) fn run(command: &SloCommand, out: &mut dyn Write) -> Result<u8, CliError> {
    match command {
        SloCommand::Validate(args) => validate(args, out),
        SloCommand::Init(args) => init(args, out),
    }
}

fn validate(args: &Validate, out: &mut dyn Write) -> Result<u8, CliError> {
    let mut slos: Vec<Slo> = Vec::new();
    for path in &args.files {
        for file in texts(path)? {
            slos.extend(read(&file.path, &file.text)?.slos);
        }
    }
    let all = services(&slos);
    let problems: Vec<Problem> = all.iter().flat_map(Service::problems).collect();
    for problem in &problems {
        writeln!(out, "{problem}")?;
    }
    let fails = problems.iter().filter(|problem| problem.kind != ProblemKind::Unclear).count();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let of = counted(count(all.len()), "service");
    let unclear = problems.len() - fails;
    let also = if unclear == 0 { String::new() } else { format!(", {unclear} unclear") };
    if fails == 0 {
        writeln!(out, "SLOs of {of}: complete{also}")?;
    } else {
        writeln!(out, "SLOs of {of}: {} {}{also}", fails, plural(count(fails), "problem"))?;
    }
    out.flush()?;
    Ok(if fails == 0 { CLEAN } else { FOUND })
}

/// The file, or those of a folder that hold objectives.
fn texts(path: &Path) -> Result<Vec<TextFile>, CliError> {
    let name = path.display().to_string();
    let failed = |kind| CliError::SloFile { name: name.clone(), kind };
    if path.is_dir() {
        let mut tree = Tree::open(path, [])?;
        let files = tree.inside("", &["yml", "yaml", "json"], 3).into_iter();
        let files: Vec<TextFile> = files
            .map(|file| TextFile { path: format!("{}/{}", name.trim_end_matches('/'), file.path).into(), ..file })
            .filter(|file| !matches!(read(&file.path, &file.text), Err(crate::repository::slo::SloError::NoSlo { .. })))
            .collect();
        return if files.is_empty() { Err(failed(std::io::ErrorKind::NotFound)) } else { Ok(files) };
    }
    let text = fs::read_to_string(path).map_err(|error| failed(error.kind()))?;
    Ok(vec![TextFile { path: name.into(), text }])
}

fn init(args: &Init, out: &mut dyn Write) -> Result<u8, CliError> {
    let mut names: Vec<(String, String)> = Vec::new();
    for input in inputs(std::slice::from_ref(&args.plan), &args.configuration)? {
        for (_, [_, after]) in pipeline::topologies_declared(&input, &declared(&args.beside)?)? {
            for service in &after.publics {
                let name = file_name(&service.called());
                if !names.iter().any(|(known, _)| *known == name) {
                    names.push((name, service.address.to_string()));
                }
            }
        }
    }
    if names.is_empty() {
        writeln!(out, "no service of this plan is reached from outside: nothing to write")?;
        return Ok(CLEAN);
    }
    let there: Vec<String> = if args.dir.is_dir() {
        let files = texts(&args.dir).unwrap_or_default();
        let slos = files.iter().filter_map(|file| read(&file.path, &file.text).ok()).flat_map(|reading| reading.slos);
        slos.map(|slo| normal(&slo.name)).collect()
    } else {
        Vec::new()
    };
    fs::create_dir_all(&args.dir)
        .map_err(|error| CliError::SloFile { name: args.dir.display().to_string(), kind: error.kind() })?;
    for (name, address) in names {
        let path = args.dir.join(format!("{name}.yml"));
        let shown = path.display();
        if there.contains(&normal(&name)) || path.exists() {
            writeln!(out, "kept {shown}: an SLO of {name} is there")?;
            continue;
        }
        let mut text = Vec::new();
        report::slo_template(&name, &address, &mut text)?;
        write_new(&path, &text).map_err(WriteProblem::from)?;
        writeln!(out, "wrote {shown} for {address}")?;
    }
    out.flush()?;
    Ok(CLEAN)
}

/// A name as a file has it.
fn file_name(name: &str) -> String {
    let name: String =
        normal(name).chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "service".to_owned() } else { name.to_owned() }
}
