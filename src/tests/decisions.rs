//! The section that `planwise adr section` prints is one that planwise reads.

use super::support::{check, input, snapshot, written};
use crate::report::{self, Markup};
use crate::repository::adr::{Decision, Standing, parse};
use crate::run;

/// The section for a plan, and the decision that it is a part of.
fn section(plan: &str, markup: Markup) -> (String, Decision) {
    let path = format!("testdata/rules/{plan}.json");
    let systems = run::topologies(&input(&path)).unwrap();
    let report = check(&path);
    let text = written(|out| report::impact(&systems, &report, markup, out));
    let (file, head) = match markup {
        Markup::Markdown => {
            ("docs/adr/0001-scale.md", "# 1. Scale out\n\n## Status\n\nAccepted\n\n## Decision\n\nAuto-scaling.\n\n")
        }
        Markup::AsciiDoc => {
            ("docs/adr/0001-scale.adoc", "= 1. Scale out\n:status: accepted\n\n== Decision\n\nAuto-scaling.\n\n")
        }
    };
    let decision = parse(file, &format!("{head}{text}")).unwrap();
    (text, decision)
}

#[test]
fn what_is_printed_is_read() {
    for markup in [Markup::Markdown, Markup::AsciiDoc] {
        let (_, decision) = section("missing-load-test-gate", markup);
        assert_eq!(decision.standing, Standing::Accepted);
        let said = decision.performance.unwrap();
        // The service starts with two tasks, and nothing scales it.
        let bounds = (said.minimum.map(|bound| bound.value), said.maximum.map(|bound| bound.value));
        assert_eq!(bounds, (Some(2), Some(2)));
        assert!(said.strategy.unwrap().filled);
        // What the plan does not know is asked, and asking says nothing.
        assert!(!said.throughput.unwrap().filled && !said.accepted.unwrap().filled);
        assert!(said.created.is_some() && said.rates.is_empty() && said.latencies.is_empty());
        assert!(decision.debts.is_empty(), "{:?}", decision.debts);
    }
}

#[test]
fn what_changes_is_told_with_what_was() {
    let (text, decision) = section("unrecorded-capacity-change", Markup::Markdown);
    snapshot("report", "adr-section", &text);
    assert!(text.contains("Min instances: 2, Max instances: 18 (before: 6)"), "{text}");
    assert!(text.contains("class db.r6g.large (before: db.r5.large)"), "{text}");
    // The name of a debt that is only asked for is none.
    assert!(decision.debts.is_empty(), "{text}");
}
