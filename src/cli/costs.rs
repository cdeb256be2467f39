//! Bills: what they go by, and the commands that write them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::chosen::configured;
use super::commands::{CLEAN, CliError, FOUND, WriteProblem, inputs};
use super::cost_args::{Cost, CostArgs, CostFormat, UsageInit};
use super::output::{clash, files, to_bytes, width, write_whole};
use crate::config::{Config, Costs, UsageFile};
use crate::cost::{Rail, Terms};
use crate::facts::Declarations;
use crate::policy::today;
use crate::prices::Book;
use crate::report::{self, CostBasis, CostReport, CostTotals, Extent, Style, UsageSketch};
use crate::run::{self as pipeline, Costing};

/// What bills go by, settled.
#[derive(Debug)]
pub(super) struct Reckoning {
    terms: Terms,
    usage: UsageFile,
    rails: Vec<Rail>,
    basis: CostBasis,
}

impl Reckoning {
    /// The command line counts before `planwise.yaml`, which stands in `folder`.
    pub(super) fn new(args: &CostArgs, costs: Costs, folder: &Path, as_of: Option<Date>) -> Result<Self, CliError> {
        let named = |typed: &Option<PathBuf>, written: Option<String>| -> Option<(PathBuf, String)> {
            let typed = typed.as_ref().map(|path| (path.clone(), path.display().to_string()));
            typed.or_else(|| written.map(|name| (folder.join(&name), name)))
        };
        let (usage, prices) = (named(&args.terms.usage, costs.usage), named(&args.terms.prices, costs.prices));
        let usage_file = match &usage {
            Some((path, name)) => {
                let text = fs::read_to_string(path)
                    .map_err(|source| CliError::UsageFile { name: name.clone(), kind: source.kind() })?;
                UsageFile::read(name, &text)?
            }
            None => UsageFile::default(),
        };
        let book = match &prices {
            Some((path, name)) => super::prices::read(path, name)?.over(Book::embedded()),
            None => Book::embedded(),
        };
        let book = book.with(costs.overlay)?;
        let day = as_of.unwrap_or_else(today);
        let region = args.terms.region.as_deref().map(Into::into).or(costs.region);
        let terms = pipeline::terms(book, usage_file.usage.clone(), day).assuming(region);
        // What is typed takes the place of what is written.
        let typed: Vec<Rail> = args.max_increase.iter().chain(&args.max_total).copied().collect();
        let rails = if typed.is_empty() { costs.rails } else { typed };
        let name = |file: Option<(PathBuf, String)>| file.map(|(_, name)| name);
        let basis = CostBasis { as_of: day.to_string(), usage: name(usage), prices: name(prices) };
        Ok(Self { terms, usage: usage_file, rails, basis })
    }

    pub(super) fn costing(&self) -> Costing<'_> {
        Costing { terms: &self.terms, said: &self.usage.said }
    }

    /// Takes in what was counted, and asks the guard rails.
    pub(super) fn settle(&self, totals: &mut CostTotals) {
        totals.assumed_region = self.terms.assumed_region.as_ref().and_then(|region| region.known().cloned());
        totals.rails = self.rails.iter().map(|rail| rail.ask(&totals.balance)).collect();
    }
}

/// `planwise cost`.
pub(super) fn cost(args: &Cost, out: &mut dyn Write) -> Result<u8, CliError> {
    let read = args
        .plans
        .iter()
        .chain(&args.configuration.planfile)
        .chain(&args.costs.terms.usage)
        .chain(&args.costs.terms.prices);
    let read: Vec<PathBuf> = read.cloned().chain(args.beside.file()).collect();
    clash(&files(&args.output), &read)?;
    let inputs = inputs(&args.plans, &args.configuration)?;
    let (config, folder) = configured(&args.beside)?.unwrap_or_default();
    let Config { declared, costs, .. } = config;
    let reckoning = Reckoning::new(&args.costs, costs, &folder, args.as_of)?;
    let mut report = pipeline::costs(inputs, &Declarations::new(declared), &reckoning.costing())?;
    reckoning.settle(&mut report.totals);
    report.basis = reckoning.basis.clone();
    report.extent = match (args.changed, args.all) {
        (true, _) => Extent::Changed,
        (_, true) => Extent::All,
        _ => Extent::Brief,
    };
    for output in &args.output {
        let content = to_bytes(|style, out| render(&report, output.format, style, out), args.quiet)?;
        write_whole(&output.file, &content).map_err(WriteProblem::from)?;
    }
    let mut page = Vec::new();
    render(&report, args.format, Style { width: width(), quiet: args.quiet }, &mut page)?;
    out.write_all(&page)?;
    out.flush()?;
    let code = if report.totals.is_failure() { FOUND } else { CLEAN };
    // The process ends: taking thousands of bills apart before is of no use to anybody.
    std::mem::forget(report);
    Ok(code)
}

fn render(report: &CostReport, format: CostFormat, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        CostFormat::Table => report::cost_table(report, style, out),
        CostFormat::Json => report::cost_json(report, out),
        CostFormat::Markdown => report::cost_markdown(report, out),
        CostFormat::InfracostJson => report::cost_infracost(report, out),
    }
}

/// `planwise usage init`.
pub(super) fn usage_init(args: &UsageInit, out: &mut dyn Write) -> Result<u8, CliError> {
    let mut sketch = UsageSketch::default();
    for input in inputs(&args.plans, &args.configuration)? {
        for (_, ledger) in pipeline::ledgers_after(&input, &Declarations::default())? {
            for entry in ledger.entries().iter().filter(|entry| entry.managed) {
                let Some(tariff) = entry.tariff() else { continue };
                sketch.add(&entry.kind, entry.address.as_str(), tariff.usage);
            }
        }
    }
    report::usage(&sketch, out)?;
    Ok(CLEAN)
}
