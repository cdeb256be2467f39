//! The last good runs, as a file of its own: `planwise gate --update-baseline` writes it.

use std::collections::BTreeMap;

use super::error::GateError;
use super::metric::Metric;
use super::node::Node;
use super::run::{Run, tame};
use crate::units::{Decimal, plain};

/// The member that says what the file is, and in which version.
const MARK: &str = "planwise_gate_baseline";
/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// What was measured of each run, by its name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Baseline {
    runs: BTreeMap<String, BTreeMap<Metric, Decimal>>,
}

/// The name of a metric in the file, with its unit.
fn key(metric: Metric) -> String {
    match metric {
        Metric::Percentile(_) => format!("{}_ms", metric.key()),
        Metric::ErrorRate => "error_rate".to_owned(),
        Metric::Throughput => "throughput_per_second".to_owned(),
    }
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is none that this program wrote.
    pub fn read(name: &str, text: &str) -> Result<Self, GateError> {
        let wrong = |what: String| {
            GateError::new(
                name,
                format!("it is no baseline: {what}"),
                "restore it, or remove it and let a good run write it anew with --update-baseline",
            )
        };
        let text = text.trim_start_matches('\u{feff}').trim();
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| wrong(error.to_string()))?;
        let root = Node(text);
        match root.get(MARK).and_then(Node::count) {
            Some(VERSION) => {}
            Some(other) => return Err(wrong(format!("its version is {other}, and this program reads {VERSION}"))),
            None => return Err(wrong(format!("it has no {MARK}"))),
        }
        let runs =
            root.get("runs").filter(|runs| runs.is_object()).ok_or_else(|| wrong("it has no runs".to_owned()))?;
        let mut all = BTreeMap::new();
        for (run, node) in runs.members() {
            let mut values = BTreeMap::new();
            for metric in Metric::COMPARED {
                let Some(value) = node.get(&key(metric)) else { continue };
                let value = value.number().filter(|value| *value >= Decimal::ZERO);
                let value =
                    value.ok_or_else(|| wrong(format!("{} of {} is no measured value", key(metric), tame(&run))))?;
                values.insert(metric, value);
            }
            if values.is_empty() {
                return Err(wrong(format!("{} holds no measured value", tame(&run))));
            }
            all.insert(run.into_owned(), values);
        }
        Ok(Self { runs: all })
    }

    /// Takes in what was measured of a run, in the place of what was there.
    pub fn record(&mut self, run: &Run) {
        let values = Metric::COMPARED.iter().filter_map(|metric| Some((*metric, run.whole.values.get(metric)?.value)));
        self.runs.insert(run.name.clone(), values.collect());
    }

    /// Leaves a run out.
    pub fn forget(&mut self, run: &str) {
        self.runs.remove(run);
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let runs = self.runs.iter().map(|(name, values)| {
            let values = values.iter().map(|(metric, value)| (key(*metric), plain(*value).into()));
            (name.clone(), serde_json::Value::Object(values.collect()))
        });
        let file = serde_json::json!({ MARK: VERSION, "runs": runs.collect::<serde_json::Map<_, _>>() });
        format!("{file:#}\n")
    }

    /// What is kept of a run; of the only one also under another name, where there is only one to ask for.
    pub(super) fn of(&self, run: &str, is_only: bool) -> Option<(&str, &BTreeMap<Metric, Decimal>)> {
        let by_name = self.runs.get_key_value(run);
        let found = by_name.or_else(|| self.runs.first_key_value().filter(|_| is_only && self.runs.len() == 1));
        found.map(|(name, values)| (name.as_str(), values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Format, Reading};

    fn run(name: &str, p95: &str) -> Run {
        let mut run = Run::new(name, Format::Locust);
        run.whole.put(Metric::COMPARED[0], Some(Reading::exact(p95.parse().unwrap())));
        run.whole.put(Metric::ErrorRate, Some(Reading::exact(Decimal::ZERO)));
        run
    }

    #[test]
    fn what_is_written_is_read_to_the_last_digit() {
        let mut baseline = Baseline::default();
        baseline.record(&run("a.json", "182.4000000000000000000001"));
        baseline.record(&run("b", "9"));
        let text = baseline.write();
        assert_eq!(Baseline::read("base.json", &text).unwrap(), baseline);
        assert!(text.contains("\"p95_ms\": \"182.4000000000000000000001\""), "{text}");
        let named = |name: &str, only: bool| baseline.of(name, only).map(|(name, _)| name.to_owned());
        assert_eq!(named("b", true).as_deref(), Some("b"));
        assert_eq!(named("c", true), None, "there are two that could be meant");
    }

    #[test]
    fn what_is_broken_is_no_first_run() {
        for (text, says) in [
            ("", "no baseline: EOF"),
            ("{", "no baseline: EOF"),
            ("[]", "no planwise_gate_baseline"),
            (r#"{"planwise_gate_baseline":2,"runs":{}}"#, "its version is 2"),
            (r#"{"planwise_gate_baseline":1}"#, "it has no runs"),
            (r#"{"planwise_gate_baseline":1,"runs":{"a":{"p95_ms":"fast"}}}"#, "p95_ms of a"),
            (r#"{"planwise_gate_baseline":1,"runs":{"a":{"p95_ms":-1}}}"#, "p95_ms of a"),
            (r#"{"planwise_gate_baseline":1,"runs":{"a":{}}}"#, "a holds no measured value"),
        ] {
            let error = Baseline::read("base.json", text).unwrap_err().to_string();
            assert!(error.starts_with("base.json: it is no baseline: ") && error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_is_never_a_baseline() {
        let mut baseline = Baseline::default();
        baseline.record(&run("a.json", "182.4"));
        let text = baseline.write();
        for end in 0..text.trim_end().len() {
            assert!(Baseline::read("base.json", &text[..end]).is_err(), "{end}");
        }
    }
}
