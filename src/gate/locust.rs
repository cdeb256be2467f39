//! Locust's `<prefix>_stats.csv`: `locust --headless --csv PREFIX`.
//!
//! Source: locust 2.47.0 on `PyPI`, locust/stats.py (columns, and how response times are rounded), read on 2026-11-29.

use super::error::GateError;
use super::format::Format;
use super::metric::{Metric, Percentile};
use super::node::number;
use super::run::{Endpoint, Measures, Reading, Run, tame};
use crate::units::Decimal;

/// The row of all requests together. It is the last, and names no type: its cell is empty, or Python's word for nothing.
const WHOLE: &str = "Aggregated";
const NO_TYPE: [&str; 2] = ["", "None"];

/// Reads the table.
pub(super) fn read(name: &str, text: &str) -> Result<Run, GateError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| broken(name, &error))?.clone();
    let mut run = Run::new(name, Format::Locust);
    let mut whole: Option<Endpoint> = None;
    for row in reader.records() {
        let row = row.map_err(|error| broken(name, &error))?;
        let cell = |column: &str| head.iter().position(|title| title == column).and_then(|at| row.get(at));
        let (kind, called) = (cell("Type").unwrap_or_default(), cell("Name").unwrap_or_default());
        let pairs: Vec<(&str, &str)> = head.iter().zip(row.iter()).collect();
        let measures = measures(&pairs).map_err(|column| {
            let what =
                format!("the column {column} of {} holds no number", if called.is_empty() { "a row" } else { called });
            GateError::new(name, what, "give PREFIX_stats.csv as Locust wrote it")
        })?;
        let label = [kind, called].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let row = Endpoint { name: tame(&label), measures };
        // What another row follows is a request that somebody calls so.
        run.endpoints.extend(whole.take());
        if NO_TYPE.contains(&kind) && called == WHOLE {
            whole = Some(row);
        } else {
            run.endpoints.push(row);
        }
    }
    // All requests together are no fewer than those of one name.
    let holds_all = |row: &Endpoint| run.endpoints.iter().all(|part| part.measures.requests <= row.measures.requests);
    run.whole = whole.filter(holds_all).map(|row| row.measures).ok_or_else(|| {
        GateError::new(
            name,
            format!("the row `{WHOLE}`, which is the last, is not there"),
            "the run or its upload broke off: run the test again",
        )
    })?;
    run.notes.push(
        "Locust rounds response times: below 100 ms to 1 ms, below 1 s to 10 ms, below 10 s to 100 ms, then to 1 s"
            .to_owned(),
    );
    run.checked()
}

fn broken(name: &str, error: &csv::Error) -> GateError {
    let line = error.position().map_or_else(String::new, |position| format!("line {} ", position.line()));
    GateError::new(
        name,
        format!("{line}does not go with the head of the table: it is cut off, or not as Locust wrote it"),
        "run the test again, and give PREFIX_stats.csv of `locust --headless --csv PREFIX`",
    )
}

/// What a row tells; the name of a column that has to be a number and is none.
fn measures<'a>(pairs: &[(&'a str, &str)]) -> Result<Measures, &'a str> {
    let find =
        |column: &'a str| pairs.iter().find(|(title, _)| *title == column).and_then(|(_, cell)| number(cell.trim()));
    let count = |column: &'a str| find(column).and_then(|number| u64::try_from(number).ok()).ok_or(column);
    let (requests, failures) = (count("Request Count")?, count("Failure Count")?);
    let mut measures = Measures { requests: Some(requests), ..Measures::default() };
    measures.put_failures(failures, requests);
    measures.put(Metric::Throughput, find("Requests/s").map(Reading::exact));
    for (title, cell) in pairs {
        // The greatest stands last, where a file that is cut off may show half of it.
        let percentile = title.strip_suffix('%').and_then(Percentile::parse).filter(|p| p.fraction() < Decimal::ONE);
        let Some(percentile) = percentile else { continue };
        let value = number(cell.trim());
        if value.is_none() && !cell.trim().eq_ignore_ascii_case("n/a") {
            return Err(title);
        }
        measures.put(Metric::Percentile(percentile), value.map(rounded));
    }
    Ok(measures)
}

/// A response time as Locust keeps it: half a step to either side.
fn rounded(value: Decimal) -> Reading {
    let half = match value {
        value if value < Decimal::from(100) => Decimal::new(5, 1),
        value if value < Decimal::from(1_000) => Decimal::from(5),
        value if value < Decimal::from(10_000) => Decimal::from(50),
        _ => Decimal::from(500),
    };
    let low = value.checked_sub(half).unwrap_or(value).max(Decimal::ZERO);
    Reading { value, low, high: value.checked_add(half).unwrap_or(value) }
}
