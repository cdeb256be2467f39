//! `planwise gate`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::args::Output;
use super::commands::{CLEAN, CliError, FOUND, WriteProblem};
use super::output::{clash, files, to_bytes, width, write_whole};
use crate::gate::{
    self, Against, Allowance, Asked, Baseline, Bound, EndpointLimit, GateError, Judgement, Limit, Metric, Options,
    Origin, Percentile, Run, Source, Terms,
};
use crate::report::{self, Style};

/// `planwise gate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k6 run --summary-trend-stats=\"avg,min,med,max,p(90),p(95),p(99)\" --summary-export=summary.json test.js
  planwise gate summary.json --p95 200ms --p99 500ms --error-rate 0.1%
  planwise gate samples.json.gz --defaults --per-endpoint
  planwise gate summary.json --slo docs/slos/shop.yml --service shop
  planwise gate shop_stats.csv --p95 300ms --endpoint 'POST /checkout:p99=1s'
  planwise gate summary.json --defaults --baseline baseline.json --regression 10%
  planwise gate summary.json --defaults --baseline baseline.json --update-baseline   # on main, after the test
  planwise gate smoke=out/a.json peak=out/b.json --defaults --output junit=gate.xml

Reads k6 (handleSummary, --summary-export, --out json), Locust's PREFIX_stats.csv, Gatling's js/stats.json and JMeter's
statistics.json, also packed with gzip (docs/gate.md). A limit is not kept where it is reached: 200 ms is not below 200 ms.
Exit codes: 0 all is kept, 1 something is not, 2 a file does not tell what is asked for.")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Gate {
    /// Results of load tests, each a FILE or NAME=FILE; `-` reads standard input
    #[arg(value_name = "RESULT", value_hint = ValueHint::FilePath, required = true)]
    pub results: Vec<String>,
    /// How to print what is found
    #[arg(short, long, value_enum, default_value_t = GateFormat::Table)]
    pub format: GateFormat,
    /// Write it to a file as well, whole or not at all; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output<GateFormat>>,
    /// Print only what fails, a line each
    #[arg(short, long)]
    pub quiet: bool,
    /// Show all endpoints: requests, groups, tags
    #[arg(long)]
    pub per_endpoint: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub limits: LimitArgs,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub baseline: BaselineArgs,
    /// Which percentiles a Gatling or `JMeter` file holds, in its order, where they are configured [default: the tool's own]
    #[arg(long, value_name = "LIST", value_parser = Places::parse)]
    pub percentiles: Option<Places>,
}

/// How far a run may go.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits")]
pub struct LimitArgs {
    /// The median has to be below this, such as 50ms; `<=50ms` lets it be reached
    #[arg(long, value_name = "TIME", value_parser = p50)]
    pub p50: Option<Bound>,
    /// 90 of 100 requests have to be answered within less than this
    #[arg(long, value_name = "TIME", value_parser = p90)]
    pub p90: Option<Bound>,
    /// 95 of 100 requests have to be answered within less than this
    #[arg(long, value_name = "TIME", value_parser = p95)]
    pub p95: Option<Bound>,
    /// 99 of 100 requests have to be answered within less than this
    #[arg(long, value_name = "TIME", value_parser = p99)]
    pub p99: Option<Bound>,
    /// The share of requests that fail has to be below this, such as 0.1%
    #[arg(long, value_name = "PERCENT", value_parser = error_rate)]
    pub error_rate: Option<Bound>,
    /// There have to be at least so many requests by the second
    #[arg(long, value_name = "RATE", value_parser = throughput)]
    pub throughput: Option<Bound>,
    /// A limit for one endpoint, such as '/checkout:p95=300ms'; may be repeated
    #[arg(long, value_name = "NAME:METRIC=LIMIT", value_parser = EndpointLimit::parse)]
    pub endpoint: Vec<EndpointLimit>,
    /// Apply the objectives of an SLO file, where no option limits the same; see docs/slo.md for the shapes that are read
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub slo: Option<PathBuf>,
    /// The service in the SLO file that was tested; the only one need not be named
    #[arg(long, value_name = "NAME", requires = "slo")]
    pub service: Option<String>,
    /// Apply the principle's limits where no other is given: P95 below 200 ms, P99 below 500 ms, error rate below 0.1%
    #[arg(long)]
    pub defaults: bool,
}

/// The last good run.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Baseline")]
pub struct BaselineArgs {
    /// Compare with the runs in this file; where it is not there yet, limits alone decide, and the report says so
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// How much worse P95, P99, error rate and throughput may be: 10%, p99=5%, throughput=off; may be repeated [default: 10%]
    #[arg(long, value_name = "[METRIC=]PERCENT", value_parser = Allowance::parse, requires = "baseline")]
    pub regression: Vec<Allowance>,
    /// Write what was measured to the baseline, where nothing failed
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
}

/// Percentiles by their places.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Places(Vec<Percentile>);

impl Places {
    fn parse(text: &str) -> Result<Self, String> {
        gate::positions(text).map(Self)
    }
}

/// How to print what a gate found.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum GateFormat {
    /// For a terminal.
    Table,
    /// For machines.
    Json,
    /// For a pull request.
    Markdown,
    /// For CI systems that show test results.
    Junit,
}

fn p50(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::Percentile(Percentile::P50), text)
}

fn p90(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::Percentile(Percentile::P90), text)
}

fn p95(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::Percentile(Percentile::P95), text)
}

fn p99(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::Percentile(Percentile::P99), text)
}

fn error_rate(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::ErrorRate, text)
}

fn throughput(text: &str) -> Result<Bound, String> {
    Bound::parse(Metric::Throughput, text)
}

/// Reads the results, and judges them.
pub(super) fn gate(args: &Gate, out: &mut dyn Write) -> Result<u8, CliError> {
    let results = args.results.iter().map(|typed| named(typed).1);
    let read: Vec<PathBuf> = results.chain(args.baseline.baseline.clone()).collect();
    clash(&files(&args.output), &read)?;
    let (terms, note) = terms(args)?;
    let mut runs = runs(args)?;
    if let Some(note) = note {
        for run in &mut runs {
            run.notes.push(note.clone());
        }
    }
    let mut judgement = gate::judge(runs, &terms)?;
    judgement.shows_endpoints = args.per_endpoint;
    let baseline = args.baseline.baseline.as_deref().filter(|_| args.baseline.update_baseline);
    judgement.updated = baseline.map(|_| !judgement.is_failure());
    for output in &args.output {
        let content = to_bytes(|style, out| render(&judgement, output.format, style, out), args.quiet)?;
        write_whole(&output.file, &content).map_err(WriteProblem::from)?;
    }
    // Last, so that nothing becomes the measure of later runs where something else went wrong.
    if let Some(path) = baseline.filter(|_| !judgement.is_failure()) {
        update(path, terms.against, &judgement)?;
    }
    let mut page = Vec::new();
    render(&judgement, args.format, Style { width: width(), quiet: args.quiet }, &mut page)?;
    out.write_all(&page)?;
    out.flush()?;
    Ok(if judgement.is_failure() { FOUND } else { CLEAN })
}

fn render(judgement: &Judgement, format: GateFormat, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        GateFormat::Table => report::gate_table(judgement, style, out),
        GateFormat::Json => report::gate_json(judgement, out),
        GateFormat::Markdown => report::gate_markdown(judgement, out),
        GateFormat::Junit => report::gate_junit(judgement, out),
    }
}

/// What the runs are held against, and what a reader should know of it. A gate that nothing can fail is no gate.
fn terms(args: &Gate) -> Result<(Terms, Option<String>), CliError> {
    let Asked { limits, note } = limits(&args.limits)?;
    let against = args.baseline.baseline.as_deref().map(|path| against(path, &args.baseline.regression)).transpose()?;
    let compares = against.as_ref().is_some_and(|against| !against.allowed.is_empty());
    if limits.is_empty() && !compares {
        return Err(CliError::NoLimit);
    }
    Ok((Terms { limits, against }, note))
}

/// What is typed counts before an SLO, and that before the principle's limits.
fn limits(args: &LimitArgs) -> Result<Asked, CliError> {
    let typed = [args.p50, args.p90, args.p95, args.p99, args.error_rate, args.throughput].into_iter().flatten();
    let mut limits: Vec<Limit> = typed.map(|bound| Limit { bound, endpoint: None, origin: Origin::Typed }).collect();
    let mut note = None;
    if let Some(path) = &args.slo {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            let hint = "--slo takes an SLO file, such as docs/slos/shop.yml";
            GateError::new(&name, format!("it cannot be read: {}", error.kind()), hint)
        })?;
        let own: Vec<Metric> = limits.iter().map(|limit| limit.bound.metric).collect();
        let asked = gate::slo_limits(&name, &text, args.service.as_deref(), &own)?;
        limits.extend(asked.limits);
        note = asked.note;
    }
    if args.defaults {
        let own: Vec<Metric> = limits.iter().map(|limit| limit.bound.metric).collect();
        limits.extend(gate::defaults().into_iter().filter(|limit| !own.contains(&limit.bound.metric)));
    }
    limits.extend(args.endpoint.iter().cloned().map(|EndpointLimit { endpoint, bound }| Limit {
        bound,
        endpoint: Some(endpoint),
        origin: Origin::Typed,
    }));
    Ok(Asked { limits, note })
}

/// A baseline that is not there is a first run; one that cannot be read is none.
fn against(path: &Path, typed: &[Allowance]) -> Result<Against, CliError> {
    let name = path.display().to_string();
    let baseline = match fs::read_to_string(path) {
        Ok(text) => Some(Baseline::read(&name, &text)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            let hint = "--baseline takes the file that --update-baseline writes";
            return Err(GateError::new(&name, format!("it cannot be read: {}", error.kind()), hint).into());
        }
    };
    Ok(Against { name, baseline, allowed: Allowance::settle(typed) })
}

/// Writes the baseline, unless something failed; says whether it did.
fn update(path: &Path, against: Option<Against>, judgement: &Judgement) -> Result<(), CliError> {
    let mut baseline = against.and_then(|against| against.baseline).unwrap_or_default();
    for judged in &judgement.runs {
        // The only run of a baseline stays the only one, also under a new name.
        if let Some(before) = &judged.compared_with {
            baseline.forget(before);
        }
        baseline.record(&judged.run);
    }
    write_whole(path, baseline.write().as_bytes()).map_err(WriteProblem::from)?;
    Ok(())
}

fn runs(args: &Gate) -> Result<Vec<Run>, CliError> {
    let options = Options {
        percentiles: args.percentiles.as_ref().map(|places| places.0.clone()),
        endpoints: args.limits.endpoint.iter().map(|limit| limit.endpoint.clone()).collect(),
    };
    let (mut names, mut files) = (BTreeSet::new(), BTreeSet::new());
    let mut runs = Vec::new();
    for typed in &args.results {
        let (name, path) = named(typed);
        if path == Path::new("-") {
            if !files.insert(path.clone()) {
                return Err(CliError::StdinTwice);
            }
        } else if !files.insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone())) {
            return Err(twice(&name, "the same file was named before").into());
        }
        if !names.insert(name.clone()) {
            return Err(twice(&name, "another result has the same name").into());
        }
        let source = if path == Path::new("-") { Source::stdin(&name) } else { Source::file(&name, &path)? };
        runs.push(gate::read(source, &options)?);
    }
    Ok(runs)
}

fn twice(name: &str, what: &str) -> GateError {
    GateError::new(name, what, "name each result once, as NAME=FILE where files are called the same: smoke=a/out.json")
}

/// `NAME=FILE`, or a file that is called by its own name. A file whose name holds an equals sign is taken as it is there.
fn named(typed: &str) -> (String, PathBuf) {
    let path = PathBuf::from(typed);
    if typed == "-" {
        return ("standard input".to_owned(), path);
    }
    match typed.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() && !path.exists() => (name.to_owned(), file.into()),
        _ => (typed.to_owned(), path),
    }
}
