//! Measures `planwise check` on plans of several sizes, against bare reading of what it needs at the least, in the same run:
//! `cargo bench --bench check`, or `cargo bench --bench check -- 16 64` for some sizes, in megabytes of 1,000,000 bytes.
//!
//! - *Extraction*: in this process, the file read into a `String`, and `serde_json::from_str` of address, type, actions
//!   and `after` (as raw text) of every entry of `resource_changes`, with the system's allocator. The clock stops when all
//!   of it is in hand: neither letting go of it nor starting a process counts.
//! - *Check*: `planwise check FILE --format json --exit-zero` in a process of its own with its output discarded, from
//!   starting it until it has ended.
//!
//! Both take turns, so that what else the machine does slows down both. Peak memory is measured in further runs, as the
//! kernel counts it (`VmHWM`); where there is no `/proc` it is not measured. Nothing fails for being slow: see README.md.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the people who work on this crate")]

use std::borrow::Cow;
use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::value::RawValue;

mod plan;

/// Cargo builds it for this benchmark, with the profile of a release.
const PLANWISE: &str = env!("CARGO_BIN_EXE_planwise");

/// In megabytes of 1,000,000 bytes.
const SIZES: &[u64] = &[1, 4, 16, 64, 100];

const MOST_TIMES_EXTRACTION: f64 = 2.0;
const MOST_MIB_BEYOND_FILE: f64 = 64.0;
/// Between two sizes a megabyte may take this many times what it takes between any other two.
const MOST_TIMES_GROWTH: f64 = 1.5;

const MIB: f64 = 1024.0 * 1024.0;

type Failure = Box<dyn Error>;

/// What everything that reads plans has to read.
#[derive(Deserialize)]
struct Extraction<'p> {
    #[serde(borrow)]
    resource_changes: Vec<Change<'p>>,
}

#[derive(Deserialize)]
#[allow(clippy::struct_field_names, reason = "the names are Terraform's")]
struct Change<'p> {
    #[serde(borrow)]
    address: Cow<'p, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'p, str>,
    #[serde(borrow)]
    change: Difference<'p>,
}

#[derive(Deserialize)]
struct Difference<'p> {
    #[serde(borrow)]
    actions: Vec<Cow<'p, str>>,
    #[serde(borrow)]
    after: &'p RawValue,
}

/// What was measured on one plan.
struct Row {
    bytes: u64,
    resources: usize,
    extraction: Times,
    check: Times,
    peak: Option<f64>,
}

/// In milliseconds.
struct Times {
    median: f64,
    least: f64,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    // `cargo bench` adds `--bench`.
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut sizes = arguments.map(|size| size.parse()).collect::<Result<Vec<u64>, _>>()?;
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    sizes.sort_unstable();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut rows = Vec::new();
    print_head();
    for size in sizes {
        let file = folder.path().join(format!("{size}.json"));
        let mut out = BufWriter::new(File::create(&file)?);
        plan::write(&mut out, size * 1_000_000)?;
        out.flush()?;
        drop(out);
        let row = measure(&file)?;
        print_row(&row, rows.last());
        rows.push(row);
        fs::remove_file(&file)?;
    }
    print_verdicts(&rows);
    Ok(())
}

fn measure(file: &Path) -> Result<Row, Failure> {
    let bytes = fs::metadata(file)?.len();
    // Some two seconds of each, and never so few that one disturbance decides.
    let rounds = usize::try_from(400_000_000 / bytes.max(1))?.clamp(9, 60);
    let (mut extraction, mut check) = (Vec::new(), Vec::new());
    let resources = extract(file)?.1;
    ended(&mut start(file)?)?;
    for _ in 0..rounds {
        extraction.push(extract(file)?.0);
        let from = Instant::now();
        ended(&mut start(file)?)?;
        check.push(from.elapsed());
    }
    let mut peak = None;
    for _ in 0..3 {
        peak = peak_of(start(file)?)?.max(peak);
    }
    let peak = peak.map(precise).map(|kib| kib * 1024.0 / MIB);
    Ok(Row { bytes, resources, extraction: times(extraction), check: times(check), peak })
}

/// Reads what has to be read: how long it took, and how many resources there are.
fn extract(file: &Path) -> Result<(Duration, usize), Failure> {
    let from = Instant::now();
    let text = fs::read_to_string(file)?;
    let plan: Extraction<'_> = serde_json::from_str(&text)?;
    let took = from.elapsed();
    let Extraction { resource_changes } = black_box(&plan);
    for Change { address, kind, change: Difference { actions, after } } in resource_changes {
        black_box((address, kind, actions, after));
    }
    Ok((took, resource_changes.len()))
}

fn start(file: &Path) -> std::io::Result<Child> {
    let mut command = Command::new(PLANWISE);
    command.arg("check").arg(file).args(["--format", "json", "--exit-zero"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()
}

fn ended(child: &mut Child) -> Result<(), Failure> {
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("planwise check: {status}").into()) }
}

/// The most memory that a process ever had at once, in KiB. It only ever grows, so that the last look before the end tells
/// it, but for what the process takes in its last fraction of a millisecond.
fn peak_of(mut child: Child) -> Result<Option<u64>, Failure> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).max(peak);
        sleep(Duration::from_micros(200));
    }
    ended(&mut child)?;
    Ok(peak)
}

fn times(mut all: Vec<Duration>) -> Times {
    all.sort_unstable();
    let of = |at: usize| all.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    Times { median: of(all.len() / 2), least: of(0) }
}

/// A count that floating point holds exactly: nothing here comes near 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "no size here comes near 2^53")]
fn precise(count: u64) -> f64 {
    count as f64
}

impl Row {
    fn megabytes(&self) -> f64 {
        precise(self.bytes) / 1e6
    }

    fn most_memory(&self) -> f64 {
        precise(self.bytes) / MIB + MOST_MIB_BEYOND_FILE
    }

    /// By the least times, which other work on the machine disturbs least.
    fn growth(&self, before: &Self) -> f64 {
        (self.check.least - before.check.least) / (self.megabytes() - before.megabytes())
    }
}

fn print_head() {
    println!("                        extraction, ms     check, ms          ratio of         peak    file +   growth");
    println!(
        "      MB    resources   median    least    median    least    median  least     MiB    64 MiB  ms per MB"
    );
}

fn print_row(row: &Row, before: Option<&Row>) {
    let Row { resources, extraction, check, peak, .. } = row;
    let peak = peak.map_or_else(|| "-".to_owned(), |peak| format!("{peak:.1}"));
    let growth = before.map_or_else(|| "-".to_owned(), |before| format!("{:.2}", row.growth(before)));
    println!(
        "{:8.2} {resources:12} {:8.1} {:8.1}  {:8.1} {:8.1}  {:8.2} {:6.2} {peak:>7} {:9.1} {growth:>10}",
        row.megabytes(),
        extraction.median,
        extraction.least,
        check.median,
        check.least,
        check.median / extraction.median,
        check.least / extraction.least,
        row.most_memory(),
    );
}

/// Says of each target whether it is met, on the largest plan.
fn print_verdicts(rows: &[Row]) {
    let Some(row) = rows.last() else { return };
    let says = |met: bool| if met { "met" } else { "MISSED" };
    let ratio = row.check.median / row.extraction.median;
    let least = row.check.least / row.extraction.least;
    println!();
    println!(
        "On {:.1} MB, with {} threads at hand:",
        row.megabytes(),
        std::thread::available_parallelism().map_or(1, usize::from)
    );
    println!(
        "- time: {ratio:.2} times the extraction ({least:.2} at the least), at most {MOST_TIMES_EXTRACTION:.1}: {}",
        says(ratio <= MOST_TIMES_EXTRACTION)
    );
    if let Some(peak) = row.peak {
        println!(
            "- memory: {peak:.1} MiB, at most {:.1} MiB (the file and {MOST_MIB_BEYOND_FILE:.0} MiB): {}",
            row.most_memory(),
            says(peak <= row.most_memory())
        );
    }
    let growths: Vec<f64> = rows.windows(2).filter_map(|pair| Some(pair.get(1)?.growth(pair.first()?))).collect();
    if let (Some(most), Some(least)) =
        (growths.iter().copied().reduce(f64::max), growths.iter().copied().reduce(f64::min))
    {
        let times = most / least;
        println!(
            "- linear: a further MB takes {least:.2} to {most:.2} ms, {times:.2} times as long, at most {MOST_TIMES_GROWTH:.1}: {}",
            says(times <= MOST_TIMES_GROWTH)
        );
    }
}
