//! Files that come of a load test and are not the ones that are read: each with the one that is.

use super::error::GateError;

/// What begins so, what it is, and what to give instead.
const KNOWN: &[(&str, &str, &str)] = &[
    ("var stats", "it is Gatling's stats.js, which is a program", "give js/stats.json of the same report"),
    (
        "Timestamp,User Count,",
        "it is Locust's history, of which no row tells of the whole run",
        "give PREFIX_stats.csv",
    ),
    ("Method,Name,Error,", "it is Locust's list of failures", "give PREFIX_stats.csv"),
    ("Count,Message,Traceback", "it is Locust's list of exceptions", "give PREFIX_stats.csv"),
    (
        "timeStamp,elapsed,",
        "it is JMeter's log of samples",
        "make the dashboard of it with `jmeter -g results.jtl -o report`, and give report/statistics.json",
    ),
    (
        "metric_name,timestamp,",
        "it is k6's CSV, of which no line tells its kind",
        "run k6 with --out json=samples.json, or with --summary-export",
    ),
    ("RUN\t", "it is Gatling's simulation.log", "give js/stats.json of the report that Gatling makes of it"),
    (
        "<",
        "it is HTML or XML",
        "of a JMeter dashboard give statistics.json, of a Gatling report js/stats.json, of Locust PREFIX_stats.csv",
    ),
    ("PK\u{3}\u{4}", "it is a zip file", "unpack it, and give the result in it"),
];

/// What is read.
const READ: &str = "planwise gate reads k6 (handleSummary, --summary-export, --out json), Locust's PREFIX_stats.csv, Gatling's \
     js/stats.json and JMeter's statistics.json; see docs/gate.md";

/// Says what a text is that is no result.
pub(super) fn text(name: &str, text: &str) -> GateError {
    let text = text.trim_start();
    match KNOWN.iter().find(|(begins, ..)| text.starts_with(begins)) {
        Some((_, what, hint)) => GateError::new(name, *what, *hint),
        None => GateError::new(name, "it is not the result of a load test that is known here", READ),
    }
}

/// Says what JSON is that is no result.
pub(super) fn json(name: &str, keys: &[String]) -> GateError {
    if keys.iter().any(|key| key == "terraform_version") {
        return GateError::new(
            name,
            "it is a plan",
            "planwise check reads plans; the gate reads the results of load tests",
        );
    }
    let keys: Vec<_> = keys.iter().take(3).map(String::as_str).collect();
    let begins = if keys.is_empty() { String::new() } else { format!(" (it begins with {})", keys.join(", ")) };
    GateError::new(name, format!("it is JSON, but not the result of a load test that is known here{begins}"), READ)
}

/// Says what is wrong with JSON that is none.
pub(super) fn broken(name: &str, error: &serde_json::Error) -> GateError {
    let hint = if error.is_eof() {
        "the file is cut off: the run or its upload broke off, so run the test again"
    } else {
        "give the file as the tool wrote it; numbers such as NaN and Infinity are not JSON, and no measured value"
    };
    GateError::new(name, format!("it is no JSON: {error}"), hint)
}
