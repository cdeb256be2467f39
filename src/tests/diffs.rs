//! Two reports, held against each other.

use std::fs;

use super::comments::{Dice, nasty, structure};
use super::docs::validate;
use super::support::{check, project, written};
use super::{formats, support};
use crate::compare::{Bill, Comparison, Kind, Side, SideFinding, SideMeasure, SidePlan, compare, table};
use crate::finding::{Severity, Verdict};
use crate::report::{self, Purpose, Report, Retold, Style};
use crate::rules;

fn side(name: &str, report: &Report) -> Side {
    let text = written(|out| report::json(report, out));
    Retold::read(name, text.as_bytes(), Purpose::Diff).unwrap().side(name)
}

/// A finding of the one plan that a made-up report has.
fn finding(fingerprint: &str, measures: &[(&str, SideMeasure)]) -> SideFinding {
    SideFinding {
        plan: 0,
        rule: "connection-exhaustion".to_owned(),
        severity: Severity::High,
        verdict: Verdict::Violation,
        address: "a.b".to_owned(),
        message: "it is wrong".to_owned(),
        fingerprint: fingerprint.to_owned(),
        measures: measures.iter().map(|(name, measure)| ((*name).to_owned(), *measure)).collect(),
        exemption: None,
    }
}

fn report_of(findings: Vec<SideFinding>) -> Side {
    let rules = ["connection-exhaustion".to_owned()].into();
    Side { name: "a.json".to_owned(), plans: vec![SidePlan::default()], findings, rules, ..Side::default() }
}

#[test]
fn differences_follow_their_schema() {
    let paths = [
        "testdata/plans/shop/plan.json",
        "testdata/plans/shop-repaired/plan.json",
        "testdata/plans/shop-update/plan.json",
    ];
    let mut sides: Vec<Side> = paths.iter().map(|path| side(path, &check(path))).collect();
    let full = formats::full();
    sides.push(side("full", &full));
    sides.push(side("bare", &Report { plans: full.plans, ..Report::default() }));
    let mut documents = Vec::new();
    for from in &sides {
        for to in &sides {
            let comparison = compare(from.clone(), to.clone(), Some(Severity::Low));
            let name = format!("{} → {}", from.name, to.name);
            documents.push((name, written(|out| report::diff_json(&comparison, out))));
        }
    }
    validate("docs/diff.schema.json", documents);
}

/// Which way a number goes rests on what the documentation says that it means.
#[test]
fn known_directions_are_of_documented_numbers() {
    let page = fs::read_to_string(project("docs/json.md")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for (rule, name) in table() {
        assert!(rules::all().iter().any(|known| known.meta.name == rule), "no rule {rule}");
        let row = page
            .lines()
            .find(|line| line.starts_with("| `") && line.split(" | ").next().unwrap().contains(&format!("`{rule}`")));
        let row = row.unwrap_or_else(|| panic!("docs/json.md says nothing of {rule}"));
        assert!(row.contains(&format!("`{name}`")), "docs/json.md: {rule} has no {name}");
        assert!(seen.insert((rule, name)), "{rule} {name} goes both ways");
    }
}

/// What became of one finding whose numbers differ.
fn trend(from: &[(&str, u64)], to: &[(&str, u64)]) -> Option<Kind> {
    let of = |measures: &[(&str, u64)]| {
        let measures: Vec<_> = measures.iter().map(|(name, number)| (*name, SideMeasure::Number(*number))).collect();
        report_of(vec![finding("1", &measures)])
    };
    compare(of(from), of(to), None).changes.first().map(|change| change.kind)
}

#[test]
fn numbers_decide_where_their_meaning_is_known() {
    assert_eq!(trend(&[("rollout", 10)], &[("rollout", 10)]), None);
    assert_eq!(trend(&[("rollout", 10)], &[("rollout", 11)]), Some(Kind::Worse));
    assert_eq!(trend(&[("rollout", 10)], &[("rollout", 9)]), Some(Kind::Better));
    // A higher limit is good.
    assert_eq!(trend(&[("limit_low", 10)], &[("limit_low", 11)]), Some(Kind::Better));
    assert_eq!(trend(&[("limit_low", 10)], &[("limit_low", 9)]), Some(Kind::Worse));
    // What is better makes up for nothing that is worse.
    assert_eq!(trend(&[("rollout", 10), ("limit_low", 5)], &[("rollout", 20), ("limit_low", 50)]), Some(Kind::Worse));
    // A number that nobody knows, and one that one report does not have.
    assert_eq!(trend(&[("something", 10)], &[("something", 11)]), Some(Kind::Changed));
    assert_eq!(trend(&[("rollout", 10)], &[]), Some(Kind::Changed));
    assert_eq!(trend(&[("rollout", 10), ("x", 1)], &[("rollout", 11), ("x", 2)]), Some(Kind::Worse));
    let unlimited = report_of(vec![finding("1", &[("rollout", SideMeasure::Unlimited)])]);
    let bounded = report_of(vec![finding("1", &[("rollout", SideMeasure::Number(u64::MAX))])]);
    assert_eq!(compare(bounded, unlimited, None).changes[0].kind, Kind::Worse);
}

/// What cannot be told fails where the policy of the second report lets it count like a violation, as it does in `check`: where
/// it is new, no longer exempted or graver; not where a violation of the same severity was there.
#[test]
fn what_cannot_be_told_fails_where_the_policy_says_so() {
    let of = |verdict, severity| SideFinding { severity, verdict, ..finding("1", &[]) };
    let (violation, open) =
        (|severity| of(Verdict::Violation, severity), |severity| of(Verdict::Undetermined, severity));
    let exempted = |finding: SideFinding| SideFinding { exemption: Some("we live with it".to_owned()), ..finding };
    let (medium, high, low) = (Severity::Medium, Severity::High, Severity::Low);
    for (before, after, kind, fails) in [
        (None, open(high), Some(Kind::New), true),
        (None, open(low), Some(Kind::New), false),
        (None, exempted(open(high)), Some(Kind::Exempted), false),
        (Some(exempted(open(high))), open(high), Some(Kind::Unexempted), true),
        (Some(open(medium)), open(high), Some(Kind::Worse), true),
        (Some(open(high)), open(high), None, false),
        (Some(violation(medium)), open(high), Some(Kind::Unclear), true),
        (Some(violation(high)), open(high), Some(Kind::Unclear), false),
        (Some(violation(high)), exempted(open(high)), Some(Kind::Exempted), false),
        (Some(exempted(violation(medium))), open(high), Some(Kind::Unexempted), true),
    ] {
        for open_fails in [false, true] {
            let from = report_of(before.clone().into_iter().collect());
            let to = Side { open_fails, ..report_of(vec![after.clone()]) };
            let comparison = compare(from, to, Some(medium));
            let case = format!("{before:?}, then {after:?}, {open_fails}");
            assert_eq!(comparison.changes.first().map(|change| change.kind), kind, "{case}");
            assert_eq!(comparison.is_failure(), fails && open_fails, "{case}");
            assert_eq!(text(&comparison).contains("This fails: 1 finding"), fails && open_fails, "{case}");
        }
    }
}

/// Of several with one fingerprint none is lost.
#[test]
fn findings_that_look_alike_are_counted() {
    let (one, two) = (report_of(vec![finding("1", &[])]), report_of(vec![finding("1", &[]), finding("1", &[])]));
    let comparison = compare(one, two, Some(Severity::Info));
    assert_eq!((comparison.same, comparison.count(Kind::New), comparison.is_failure()), (1, 1, true));
}

/// No price is not nothing.
#[test]
fn bills_without_prices_have_no_difference() {
    let bill = |currency: &str, priced: u64, is_complete: bool| {
        Some(Bill { currency: currency.to_owned(), priced, is_complete, gaps: 3, ..Bill::default() })
    };
    let of = |bill| Side { bill, ..report_of(Vec::new()) };
    let told = |from, to| {
        let comparison = compare(of(from), of(to), None);
        let text = text(&comparison);
        (
            comparison.difference().is_some(),
            text.lines().find(|line| line.starts_with("Monthly")).unwrap_or_default().to_owned(),
        )
    };
    let (known, unknown) = (bill("USD", 1, true), bill("USD", 0, false));
    assert_eq!(told(known.clone(), known.clone()), (true, "Monthly cost unchanged: $0.00.".to_owned()));
    assert_eq!(
        told(unknown.clone(), known.clone()),
        (false, "Monthly cost: not known → $0.00; what lies between is not known.".to_owned())
    );
    assert!(told(bill("USD", 1, false), known.clone()).1.ends_with(", as far as prices are known."));
    assert_eq!(
        told(known.clone(), bill("EUR", 1, true)),
        (false, "Monthly cost: $0.00 → EUR 0.00; amounts in USD and EUR are not compared.".to_owned())
    );
    assert_eq!(told(None, known).1, "Monthly cost: $0.00 in a.json; the other report does not say it.");
    assert_eq!(told(None, None), (false, String::new()));
}

fn text(comparison: &Comparison) -> String {
    let mut stream = anstream::StripStream::new(Vec::new());
    report::diff_table(comparison, Style { width: 100, quiet: false }, &mut stream).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

/// Two reports in which everything that is a text is one of these words: an exempted finding, one with other numbers, one that
/// is new; and plans that only one of them has.
fn worded(mut word: impl FnMut() -> String) -> Comparison {
    let mut spoilt = |fingerprint: &str, exemption: bool, number: u64| {
        let measures = [(word(), SideMeasure::Number(number))].into();
        let exemption = exemption.then(&mut word);
        SideFinding { rule: word(), address: word(), message: word(), measures, exemption, ..finding(fingerprint, &[]) }
    };
    let (old, now) = (spoilt("1", false, 1), spoilt("1", false, 2));
    let (let_off, new) = (spoilt("2", true, 1), spoilt("3", false, 1));
    let mut side = |findings: Vec<SideFinding>, own: &str| {
        let rules = findings.iter().map(|finding| finding.rule.clone()).collect();
        let plan = |path: String| SidePlan { path, ..SidePlan::default() };
        let plans = vec![plan("same".to_owned()), plan(format!("{own}{}", word()))];
        Side {
            name: word(),
            policy: format!("{own}{}", word()),
            config: Some(format!("{own}{}", word())),
            version: format!("{own}{}", word()),
            plans,
            findings,
            rules,
            ..Side::default()
        }
    };
    let (from, mut to) = (side(vec![old], "a"), side(vec![now, let_off, new], "b"));
    let mut rules = from.rules.clone();
    rules.extend(to.rules.clone());
    to.rules.clone_from(&rules);
    compare(Side { rules, ..from }, to, Some(Severity::Info))
}

/// A report is a file, and a file is anybody's: whatever its words are, what a page is made of stays the same.
#[test]
fn hostile_words_change_no_structure() {
    let page = |comparison: &Comparison| written(|out| report::diff_markdown(comparison, out));
    let mut number = 0;
    let plain = worded(|| {
        number += 1;
        format!("text {number}")
    });
    support::snapshot("report", "diff.markdown", &page(&plain));
    let expected = structure(&page(&plain));
    assert_eq!(expected.iter().filter(|part| part.ends_with(" Table")).count(), 3, "{expected:#?}");
    for seed in 1..=400 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let mut number = 0;
        let hostile = worded(|| {
            number += 1;
            nasty(&mut dice, number)
        });
        let text = page(&hostile);
        assert_eq!(structure(&text), expected, "seed {seed}:\n{text}");
        assert!(!self::text(&hostile).contains(['\u{1b}', '\u{202e}']), "seed {seed}");
    }
}

/// However many findings there are, it fits into a comment.
#[test]
fn differences_fit_into_a_comment() {
    let many = report_of((0..5_000).map(|number| finding(&number.to_string(), &[])).collect());
    let page = written(|out| report::diff_markdown(&compare(report_of(Vec::new()), many, None), out));
    assert!(page.len() < 65_536 && page.contains("more; `--format json` has them all"), "{}", page.len());
}
