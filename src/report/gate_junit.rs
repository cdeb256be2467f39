//! What a gate found, as `JUnit` XML: a suite for each run, a case for each demand.
//!
//! Source: `docs.gitlab.com/ci/testing/unit_test_reports` (what is read of it; of cases with one name only the first counts), read on
//! 2026-11-29.

use std::io::{self, Write};

use super::gate::{Demand, Outcome, baseline, demands, notes};
use super::xml::xml;
use crate::gate::{Judged, Judgement};

/// Writes `judgement` as XML.
pub fn render(judgement: &Judgement, out: &mut dyn Write) -> io::Result<()> {
    let suites: Vec<(&Judged, Vec<Demand>)> = judgement.runs.iter().map(|run| (run, demands(run))).collect();
    let all = || suites.iter().flat_map(|(_, demands)| demands);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="planwise gate" tests="{}" failures="{}" skipped="{}" errors="0">"#,
        all().count(),
        all().filter(|demand| demand.outcome == Outcome::Failed).count(),
        all().filter(|demand| demand.outcome == Outcome::Open).count(),
    )?;
    for (run, demands) in &suites {
        suite(judgement, run, demands, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(judgement: &Judgement, run: &Judged, demands: &[Demand], out: &mut dyn Write) -> io::Result<()> {
    let count = |outcome| demands.iter().filter(|demand| demand.outcome == outcome).count();
    let name = xml(&run.run.name);
    writeln!(
        out,
        r#"  <testsuite name="{name}" tests="{}" failures="{}" skipped="{}" errors="0">"#,
        demands.len(),
        count(Outcome::Failed),
        count(Outcome::Open),
    )?;
    for demand in demands {
        // Names that are there twice are shown once.
        let several = judgement.runs.len() > 1;
        let title = if several { format!("{}: {}", run.run.name, demand.title) } else { demand.title.clone() };
        let (title, text) = (xml(&title), xml(&demand.text));
        write!(out, r#"    <testcase classname="{name}" name="{title}""#)?;
        match demand.outcome {
            Outcome::Passed => writeln!(out, "/>")?,
            Outcome::Failed => writeln!(out, "><failure message=\"{text}\">{text}</failure></testcase>")?,
            Outcome::Open => writeln!(out, "><skipped message=\"{text}\"/></testcase>")?,
        }
    }
    let said: Vec<String> = notes(run).into_iter().chain(baseline(judgement)).collect();
    if !said.is_empty() {
        writeln!(out, "    <system-out>{}</system-out>", xml(&said.join("\n")))?;
    }
    writeln!(out, "  </testsuite>")
}
