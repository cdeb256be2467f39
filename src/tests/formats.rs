//! Each format against one made-up report, so that a new rule touches none of these snapshots.

use std::collections::BTreeMap;

use super::support::{check, on_threads, snapshot, table, written};
use crate::advice::{Advice, Status};
use crate::finding::{Delta, Finding, Measure, Remedy, RuleMeta, Severity, Verdict};
use crate::model::{Address, Evidence, Provenance};
use crate::report::{self, Accepted, Applied, Basis, Exempted, Host, PlanSummary, Report, Style, Told};

static RULE: RuleMeta = RuleMeta {
    name: "some-rule",
    summary: "Some | awkward summary",
    docs: " ## Some page\n With a second line.\n",
    severity: Severity::High,
    principle: "DP4",
    control: "WAF-PERF-040",
    since: "0.1.0",
    thresholds: &[],
    sources: &["A source"],
};

fn told(plan: usize, severity: Severity, verdict: Verdict, status: Status, key: &str) -> Told {
    let address = Address::new("module.a[\"k|<b>\"].aws_thing.b[0]");
    let evidence = Evidence {
        address: address.clone(),
        attribute: "max_size".into(),
        value: "12 | `x`".to_owned(),
        source: Provenance::Default("the documentation"),
    };
    let mut finding =
        Finding::new(&RULE, verdict, &address, "a | b <i> `c` @team\nwith a second line of 1,200 things.")
            .severity(severity)
            .key(key)
            .about([&Address::new("aws_other.one")])
            .resting_on([&evidence, &Evidence::plan(&address, "name", "plain")])
            .measuring("maximum", 1200_u64)
            .measuring("rollout", Measure::Unlimited)
            .remedy(Remedy::new("do this", "it helps", Delta::Free("it costs nothing")).to("maximum", 300_u64))
            .remedy(Remedy::new("do that", "it helps more", Delta::not_priced("nobody knows")));
    finding.working = vec!["4 × 300 = 1,200".to_owned(), "limit: 341".to_owned()];
    Told { plan, position: Some(7), advice: Advice { finding, status } }
}

fn plan(name: &str) -> PlanSummary {
    PlanSummary {
        name: name.to_owned(),
        project: None,
        path: name.to_owned(),
        document: 1,
        terraform_version: Some("1.11.4".to_owned()),
        resources: 5,
        understood: 3,
        not_understood: BTreeMap::from([("aws_odd_thing".to_owned(), 2)]),
        complete: Some(false),
        errored: true,
        notes: vec!["something | worth knowing".to_owned()],
    }
}

pub(super) fn full() -> Report {
    Report {
        plans: vec![plan("a.json"), plan("b.json")],
        told: vec![
            told(0, Severity::Critical, Verdict::Violation, Status::Introduced, ""),
            told(0, Severity::Low, Verdict::Violation, Status::Worsened, "x"),
            told(1, Severity::High, Verdict::Violation, Status::Existing, ""),
            told(1, Severity::Medium, Verdict::Undetermined, Status::Introduced, "y"),
            told(1, Severity::Medium, Verdict::Violation, Status::Resolved, "z"),
        ],
        rules: vec![Applied { meta: &RULE, passed: 3 }],
        fail_on: Some(Severity::High),
        left_out: 0,
        counts_all: false,
        open_fails: false,
        exempted: vec![
            Exempted {
                told: told(0, Severity::Medium, Verdict::Violation, Status::Introduced, "e"),
                reason: "one | is <b>enough</b>\nhere".to_owned(),
                until: Some("2027-03-31".to_owned()),
                place: "planwise.yaml:7".to_owned(),
            },
            Exempted {
                told: told(1, Severity::Low, Verdict::Undetermined, Status::Existing, "u"),
                reason: "nobody knows".to_owned(),
                until: None,
                place: "planwise.yaml:11".to_owned(),
            },
        ],
        basis: Some(Basis { config: Some("../planwise.yaml".to_owned()), policy: "strict".to_owned() }),
        accepted: Some(Accepted {
            name: "base|line.json".to_owned(),
            number: 4,
            gone: vec!["some-rule aws_a.b".to_owned()],
        }),
        notes: vec!["something | of all plans".to_owned()],
        cost: None,
        pictures: BTreeMap::new(),
        host: Host::GitHub,
        near: BTreeMap::new(),
    }
}

#[test]
fn every_format() {
    let report = full();
    snapshot("report", "table", &table(&report));
    snapshot("report", "markdown", &written(|out| report::markdown(&report, out)));
    snapshot("report", "json", &written(|out| report::json(&report, out)));
    snapshot("report", "atlantis", &written(|out| report::atlantis(&report, out)));
    snapshot("report", "conftest", &written(|out| report::conftest(&report, out)));
    snapshot("report", "run-task", &written(|out| report::run_task(&report, out)));
    let quiet = written(|out| report::table(&report, Style { width: 80, quiet: true }, out));
    assert_eq!(quiet.lines().count(), 1, "{quiet}");
}

#[test]
fn nothing_to_say() {
    let mut report =
        Report { plans: vec![plan("a.json")], rules: vec![Applied { meta: &RULE, passed: 0 }], ..Report::default() };
    report.plans[0].errored = false;
    report.plans[0].complete = Some(true);
    report.plans[0].notes.clear();
    snapshot("report", "empty.table", &table(&report));
    snapshot("report", "empty.markdown", &written(|out| report::markdown(&report, out)));
    snapshot("report", "empty.json", &written(|out| report::json(&report, out)));
    snapshot("report", "empty.atlantis", &written(|out| report::atlantis(&report, out)));
    snapshot("report", "empty.conftest", &written(|out| report::conftest(&report, out)));
    snapshot("report", "empty.run-task", &written(|out| report::run_task(&report, out)));
    assert!(written(|out| report::table(&report, Style { width: 80, quiet: true }, out)).is_empty());
}

/// Where nothing fails, a comment folds nothing, however much there is to say; and a comment has an end where much fails.
#[test]
fn lines_for_atlantis_are_few() {
    let many = |severity| Report {
        told: (0..500).map(|at| told(0, severity, Verdict::Violation, Status::Introduced, &at.to_string())).collect(),
        ..full()
    };
    let lines =
        |report: &Report| written(|out| report::atlantis(report, out)).lines().map(str::to_owned).collect::<Vec<_>>();
    let calm = lines(&many(Severity::Low));
    assert!(calm.len() <= 12 && calm.iter().any(|line| line.contains(" more, which")), "{calm:#?}");
    let bad = lines(&many(Severity::Critical));
    assert!((100..=210).contains(&bad.len()) && bad.last().is_some_and(|line| line.contains("planwise: ")), "{bad:#?}");
}

/// Neither with `--all`, which lets findings count that were there before.
#[test]
fn what_is_over_fails_nothing() {
    let report = |status| Report {
        told: vec![told(0, Severity::Critical, Verdict::Violation, status, "")],
        fail_on: Some(Severity::Info),
        counts_all: true,
        ..full()
    };
    assert!(report(Status::Existing).is_failure());
    assert!(!report(Status::Resolved).is_failure());
}

/// Whatever a name is, no line of a table is a command, ends early or moves what stands around it.
#[test]
fn no_name_in_a_table_is_a_command() {
    const NAME: &str = "a b\n::stop-commands::x \u{1b}[2K##[group]y ###vso[task.complete]z \u{202e}w";
    let mut report = full();
    for plan in &mut report.plans {
        (plan.name, plan.path) = (NAME.to_owned(), NAME.to_owned());
        plan.notes = vec![NAME.to_owned()];
        plan.project = Some(NAME.to_owned());
        plan.not_understood = BTreeMap::from([(NAME.to_owned(), 2)]);
    }
    for told in &mut report.told {
        let finding = &mut told.advice.finding;
        finding.address = Address::new(NAME);
        finding.message = NAME.into();
        finding.working = vec![NAME.to_owned()];
        for evidence in &mut finding.evidence {
            (evidence.address, evidence.value) = (Address::new(NAME), NAME.to_owned());
        }
        for remedy in &mut finding.remedies {
            (remedy.title, remedy.detail) = (NAME.into(), NAME.into());
        }
    }
    report.notes = vec![NAME.to_owned()];
    for (width, quiet) in [(60, false), (67, false), (75, false), (100, false), (100, true)] {
        let mut stream = anstream::StripStream::new(Vec::new());
        report::table(&report, Style { width, quiet }, &mut stream).unwrap();
        let text = String::from_utf8(stream.into_inner()).unwrap();
        assert!(text.contains("stop-commands"), "{text}");
        for line in text.lines() {
            let is_command = line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[");
            assert!(!is_command && !line.contains(['\u{1b}', '\u{202e}']), "{width}: {line}");
        }
        // Colours are the program's own.
        let coloured = written(|out| report::table(&report, Style { width, quiet }, out));
        assert!(!coloured.contains("[2K") || coloured.contains("\\u{1b}[2K"), "{coloured}");
        assert!(!coloured.contains("\u{1b}[2K"), "{coloured}");
    }
}

/// What fails is told whatever there is of it; of the rest a hundred, and how many more there are.
#[test]
fn lines_for_conftest_are_few_but_for_what_fails() {
    let many = |severity| Report {
        told: (0..500).map(|at| told(0, severity, Verdict::Violation, Status::Introduced, &at.to_string())).collect(),
        ..full()
    };
    let lines = |report: &Report, word: &str| {
        let text = written(|out| report::conftest(report, out));
        text.lines().filter(|line| line.starts_with(word)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&many(Severity::Critical), "FAIL - ").len(), 500);
    let mild = lines(&many(Severity::Low), "WARN - ");
    assert!(mild.iter().any(|line| line.contains(" - and 400 more, which the other formats tell")), "{mild:#?}");
    assert!((101..=110).contains(&mild.len()), "{}", mild.len());
    assert!(written(|out| report::conftest(&many(Severity::Low), out)).contains(" 50"), "all are counted");
    let mut report = full();
    report.exempted = vec![report.exempted.swap_remove(0); 150];
    assert_eq!(lines(&report, "EXCP - ").len(), 101);
}

/// No line of a table is wider than the terminal, unless a single word is.
#[test]
fn tables_keep_to_the_width() {
    for width in [60, 80, 120] {
        let mut stream = anstream::StripStream::new(Vec::new());
        report::table(&full(), Style { width, quiet: false }, &mut stream).unwrap();
        let text = String::from_utf8(stream.into_inner()).unwrap();
        let wide: Vec<_> = text.lines().filter(|line| line.chars().count() > width).collect();
        assert!(wide.is_empty(), "{width}: {wide:#?}");
    }
}

/// The same report is written in the same bytes, whatever the number of threads.
#[test]
fn every_run_says_the_same() {
    let once = |threads| {
        on_threads(threads, || {
            let report = check("testdata/plans/nested-modules/plan.json");
            (table(&report), written(|out| report::json(&report, out)))
        })
    };
    assert_eq!(once(1), once(8));
}
