//! The formats of code scanners, against one made-up report with everything awkward in it, and against whole plans.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::docs::{validate, validate_by};
use super::support::{check, entries, on_threads, project, snapshot, stem, written};
use crate::advice::{Advice, Status};
use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity, Suggestion, Verdict};
use crate::model::{Address, Place};
use crate::report::{self, Applied, Exempted, PlanSummary, Report, Told};

type Render = fn(&Report, &mut dyn Write) -> io::Result<()>;

/// All of them.
pub(super) const SCANNERS: [(&str, Render); 8] = [
    ("sarif", |report, out| report::sarif(report, out)),
    ("junit", |report, out| report::junit(report, out)),
    ("gitlab", |report, out| report::gitlab(report, out)),
    ("sonar", |report, out| report::sonar(report, out)),
    ("rdjson", |report, out| report::rdjson(report, out)),
    ("rdjsonl", |report, out| report::rdjsonl(report, out)),
    ("github", |report, out| report::github(report, out)),
    ("azure", |report, out| report::azure(report, out)),
];

const fn rule(name: &'static str, severity: Severity) -> RuleMeta {
    RuleMeta {
        name,
        summary: "Database that more units reach than it has connections",
        docs: " ## What it finds\n A `database` whose connections run out.\n In two lines.\n\n ## Why it matters\n It stops.\n",
        severity,
        principle: "DP4",
        control: "WAF-PERF-040",
        since: "0.1.0",
        thresholds: &[],
        sources: &["A source"],
    }
}

static SCARCE: RuleMeta = rule("scarce-thing", Severity::High);
static QUIET: RuleMeta = rule("quiet-thing", Severity::Low);

/// What somebody may call a thing to break out of a format.
const HOSTILE: &str =
    "aws_db.a[\"%0A::error::x,y: ]]><script>'&;]\u{1b}[31m\n##vso[task.complete]ü](http://x) @team\"]";

fn told(plan: usize, finding: Finding, status: Status) -> Told {
    Told { plan, position: Some(3), advice: Advice { finding, status } }
}

fn finding(verdict: Verdict, address: &str, message: &str) -> Finding {
    Finding::new(&SCARCE, verdict, &Address::new(address), message)
}

fn edit(file: &str, line: usize, old: &[&str], new: &[&str]) -> Suggestion {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    Suggestion { file: file.into(), line, old: lines(old), new: lines(new) }
}

/// A violation with a place, the resource's own place elsewhere, and edits in two files.
fn placed() -> Finding {
    let mut remedy =
        Remedy::new("let it stand in several zones: multi_az = true", "It has a standby then", Delta::Free("no"));
    remedy.suggestions = vec![
        edit("infra/other file.tf", 3, &["a = 1", "b = 2"], &[]),
        edit("infra/main.tf", 12, &["  multi_az = false"], &["  multi_az = true", "  # \"two\" lines"]),
    ];
    let mut finding =
        finding(Verdict::Violation, "module.db.aws_db.main", "aws_db.main has 1,200 connections of 341. It stops.");
    finding.working = vec!["4 × 300 = 1,200".to_owned()];
    finding.place = Some(Place::character("infra/main.tf", 12, 3));
    finding.inner_place = Some(Place::line("modules/db/main.tf", 7));
    finding.remedy(remedy)
}

fn plan(path: &str, project: Option<&str>) -> PlanSummary {
    PlanSummary {
        name: path.to_owned(),
        project: project.map(str::to_owned),
        path: path.to_owned(),
        document: 1,
        terraform_version: Some("1.11.4".to_owned()),
        resources: 5,
        understood: 3,
        not_understood: BTreeMap::new(),
        complete: Some(true),
        errored: false,
        notes: vec!["something \"worth\" knowing".to_owned()],
    }
}

fn full() -> Report {
    let hostile =
        finding(Verdict::Violation, HOSTILE, &format!("{HOSTILE} is 100% full.")).severity(Severity::Critical);
    let file = Place::line("docs/slos/a b%.yml", 4);
    let exempted = Exempted {
        told: told(0, finding(Verdict::Violation, "aws_db.small", "aws_db.small is full."), Status::Introduced),
        reason: "one is <b>enough</b>\nhere".to_owned(),
        until: Some("2027-03-31".to_owned()),
        place: "planwise.yaml:7".to_owned(),
    };
    Report {
        plans: vec![plan("infra/live/plan.json", Some("shop/live")), plan("/tmp/x/plan.json", None)],
        told: vec![
            told(0, placed(), Status::Introduced),
            told(
                0,
                finding(Verdict::Violation, "aws_db.old", "aws_db.old is full.").severity(Severity::Medium),
                Status::Existing,
            ),
            told(
                0,
                finding(
                    Verdict::Undetermined,
                    "aws_db.open",
                    "aws_db.open has a limit that is known only after apply.",
                ),
                Status::Introduced,
            ),
            told(0, finding(Verdict::Violation, "aws_db.gone", "aws_db.gone was full."), Status::Resolved),
            told(1, hostile, Status::Introduced),
            told(
                1,
                finding(Verdict::Violation, "aws_db.main", "aws_db.main is rather full.")
                    .severity(Severity::Medium)
                    .key("b"),
                Status::Worsened,
            ),
            told(
                1,
                Finding::in_file(&SCARCE, Verdict::Violation, &file, "Nobody measures this.").severity(Severity::Low),
                Status::Introduced,
            ),
        ],
        rules: vec![Applied { meta: &SCARCE, passed: 3 }, Applied { meta: &QUIET, passed: 2 }],
        fail_on: Some(Severity::High),
        exempted: vec![exempted],
        notes: vec!["something of all plans".to_owned()],
        ..Report::default()
    }
}

/// One plan in which all is well.
fn clean() -> Report {
    Report {
        plans: vec![plan("plan.json", None)],
        rules: vec![Applied { meta: &SCARCE, passed: 1 }],
        ..Report::default()
    }
}

fn text(format: &str, report: &Report) -> String {
    let (_, render) = SCANNERS.into_iter().find(|(name, _)| *name == format).unwrap();
    written(|out| render(report, out))
}

fn document(format: &str, report: &Report) -> Value {
    serde_json::from_str(&text(format, report)).unwrap()
}

fn scenarios() -> Vec<Report> {
    let folders = entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir());
    folders.map(|path| check(&format!("testdata/plans/{}/plan.json", stem(&path)))).collect()
}

#[test]
fn every_scanner() {
    let (full, clean) = (full(), clean());
    for (format, render) in SCANNERS {
        snapshot("scanners", format, &written(|out| render(&full, out)));
        snapshot("scanners", &format!("{format}.clean"), &written(|out| render(&clean, out)));
    }
}

#[test]
fn scanners_say_the_same_in_every_run() {
    for (format, render) in SCANNERS {
        let once =
            |threads| on_threads(threads, || written(|out| render(&check("testdata/plans/shop/plan.json"), out)));
        assert_eq!(once(1), once(8), "{format}");
    }
}

/// The schema of SARIF, with a pattern mended that is no regular expression: that of `language`, which is not written.
fn sarif_schema() -> Value {
    let text = std::fs::read_to_string(project("testdata/schemas/sarif-2.1.0.json")).unwrap();
    assert!(text.contains("{2}]?$"));
    serde_json::from_str(&text.replace("{2}]?$", "{2}$")).unwrap()
}

/// What GitLab asks of an issue (`codeclimate.json`), and what its documentation says besides.
fn gitlab_schema() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    json!({
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": text,
            "check_name": text,
            "fingerprint": text,
            "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": text,
                    "lines": { "type": "object", "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } },
                },
            },
        },
    })
}

#[test]
fn published_schemas_are_kept() {
    let mut reports = scenarios();
    reports.extend([full(), clean()]);
    let all = |format: &str| -> Vec<(String, String)> {
        reports.iter().map(|report| (report.plans[0].path.clone(), text(format, report))).collect()
    };
    validate_by(&sarif_schema(), all("sarif"));
    validate("testdata/schemas/rdjson.json", all("rdjson"));
    let issues = all("gitlab").into_iter().flat_map(|(name, text)| {
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        issues.into_iter().map(move |issue| (name.clone(), issue.to_string()))
    });
    validate_by(&gitlab_schema(), issues.collect());
}

/// Every path is relative and stays inside, wherever it is written.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains('\\')
        && path.split('/').all(|step| !["", ".", ".."].contains(&step))
}

fn no_empty_text(value: &Value, at: &str) {
    match value {
        Value::String(text) => assert!(!text.trim().is_empty(), "{at} is empty"),
        Value::Array(all) => all.iter().for_each(|one| no_empty_text(one, at)),
        Value::Object(all) => all.iter().for_each(|(key, one)| no_empty_text(one, &format!("{at}/{key}"))),
        _ => {}
    }
}

/// What GitHub asks for beyond the schema.
#[test]
fn code_scanning_takes_it() {
    let mut reports = scenarios();
    reports.extend([full(), clean()]);
    for report in &reports {
        let document = document("sarif", report);
        no_empty_text(&document, "");
        for run in document["runs"].as_array().unwrap() {
            let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
            for rule in rules {
                let length = |key: &str| rule[key]["text"].as_str().unwrap().chars().count();
                assert!(length("shortDescription") <= 1024 && length("fullDescription") <= 1024, "{rule}");
                assert!(rule["name"].as_str().unwrap().len() <= 255 && length("help") > 0, "{rule}");
                assert!(rule["properties"].get("security-severity").is_none());
            }
            let mut prints = BTreeSet::new();
            for result in run["results"].as_array().unwrap() {
                let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
                assert_eq!(rules[index]["id"], result["ruleId"]);
                let place = &result["locations"][0]["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                assert!(is_inside(uri) && !uri.contains([' ', ':', '"']), "{uri}");
                assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
                assert!(
                    prints.insert(result["partialFingerprints"]["primaryLocationLineHash"].to_string()),
                    "{result}"
                );
                assert_ne!(result["baselineState"], "absent");
                assert!(result.get("suppressions").is_none());
            }
        }
    }
}

/// A category for each project, unless whoever uploads the file has to name one.
#[test]
fn a_run_for_each_project() {
    let ids = |report: &Report| -> Vec<Value> {
        document("sarif", report)["runs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|run| run["automationDetails"]["id"].clone())
            .collect()
    };
    assert_eq!(ids(&full()), [json!("planwise/shop/live/"), json!("planwise/plan.json/")]);
    assert_eq!(ids(&clean()), [Value::Null]);
    let named = Report { plans: vec![plan("plan.json", Some("shop"))], ..clean() };
    assert_eq!(ids(&named), [json!("planwise/shop/")]);
    // In the run of one plan equal findings are told apart.
    let mut twice = full();
    twice.plans.truncate(1);
    twice.told.iter_mut().for_each(|told| told.plan = 0);
    twice.told[5].advice.finding = twice.told[1].advice.finding.clone();
    assert_eq!(ids(&twice), [json!("planwise/shop/live/")]);
    let prints: BTreeSet<String> = document("sarif", &twice)["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["partialFingerprints"].to_string())
        .collect();
    assert_eq!(prints.len(), 6);
    // More than GitHub takes share the last one.
    let mut many = full();
    many.plans = (0..25).map(|at| plan("plan.json", Some(&format!("p{at}")))).collect();
    many.told.iter_mut().for_each(|told| told.plan += 20);
    let all = ids(&many);
    assert_eq!((all.len(), &all[18], &all[19]), (20, &json!("planwise/p18/"), &json!("planwise/the other projects/")));
    let last = &document("sarif", &many)["runs"][19]["results"];
    assert_eq!(last.as_array().unwrap().len(), 6);
}

/// Plans of one name are told apart by their paths, by their documents, and otherwise by their order.
#[test]
fn no_two_plans_are_called_the_same() {
    let same = |plans: &[(&str, usize, Option<&str>)]| {
        let plans = plans.iter().map(|(path, document, project)| {
            let (name, document) = ((*path).to_owned(), *document);
            PlanSummary { name, document, notes: Vec::new(), ..plan(path, *project) }
        });
        let one = finding(Verdict::Violation, "aws_db.main", "aws_db.main is full.");
        let mut report =
            Report { plans: plans.collect(), exempted: Vec::new(), fail_on: Some(Severity::High), ..full() };
        report.told = (0..report.plans.len()).map(|at| told(at, one.clone(), Status::Introduced)).collect();
        report.near.insert("/srv/repo/a/plan.json".to_owned(), "a/plan.json".to_owned());
        for (format, sign) in [("junit", "<testsuite name="), ("github", "::error"), ("azure", "##vso")] {
            let lines: Vec<String> =
                text(format, &report).lines().filter(|line| line.contains(sign)).map(str::to_owned).collect();
            let apart: BTreeSet<&String> = lines.iter().collect();
            assert!(lines.len() >= 2 && apart.len() == lines.len(), "{format}: {lines:#?}");
        }
        let lines = written(|out| report::conftest(&report, out));
        let lines: Vec<&str> = lines.lines().filter(|line| line.starts_with("FAIL")).collect();
        assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), report.plans.len(), "{lines:#?}");
        let sarif = document("sarif", &report);
        let ids = sarif["runs"].as_array().unwrap().iter().map(|run| run["automationDetails"]["id"].as_str().unwrap());
        (ids.map(str::to_owned).collect::<Vec<_>>(), lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    };
    let shop = Some("shop");
    let (ids, lines) = same(&[("a/plan.json", 1, shop), ("b/plan.json", 1, shop)]);
    assert_eq!(ids, ["planwise/shop (a/plan.json)/", "planwise/shop (b/plan.json)/"]);
    assert!(lines[1].starts_with("FAIL - shop (b/plan.json) - scarce-thing"), "{lines:#?}");
    let (ids, _) = same(&[("standard input", 1, shop), ("standard input", 2, shop)]);
    assert_eq!(ids, ["planwise/shop (standard input)/", "planwise/shop (standard input#2)/"]);
    let (ids, _) = same(&[("/tmp/a/plan.json", 1, None), ("/tmp/b/plan.json", 1, None)]);
    assert_eq!(ids, ["planwise/plan.json/", "planwise/plan.json (2)/"]);
    let (ids, lines) = same(&[("/srv/repo/a/plan.json", 1, None), ("b/plan.json", 1, None)]);
    assert_eq!(ids, ["planwise/a/plan.json/", "planwise/b/plan.json/"]);
    assert!(lines[0].starts_with("FAIL - a/plan.json - scarce-thing"), "{lines:#?}");
}

/// Of cases that are called the same, a reader of JUnit keeps one.
#[test]
fn equal_cases_are_numbered() {
    let mut report = full();
    let one = finding(Verdict::Violation, "aws_db.main", "aws_db.main is full.");
    report.told = (0..3).map(|_| told(0, one.clone(), Status::Introduced)).collect();
    let text = text("junit", &report);
    for name in ["\"scarce-thing\"", "\"scarce-thing #2\"", "\"scarce-thing #3\""] {
        assert_eq!(text.matches(&format!("classname=\"aws_db.main\" name={name}")).count(), 1, "{text}");
    }
}

/// What may be wrong with how a plan was read is a warning, and what is left out is counted.
#[test]
fn a_pass_with_reservations_says_so() {
    type Change<'c> = &'c dyn Fn(&mut Report);

    let told = |change: &dyn Fn(&mut Report)| {
        let mut report = clean();
        report.plans[0].notes.clear();
        report.notes.clear();
        change(&mut report);
        [("github", "::warning "), ("azure", "##vso[task.logissue type=warning;")].map(|(format, sign)| {
            let text = text(format, &report);
            let warnings: Vec<String> = text.lines().filter(|line| line.starts_with(sign)).map(str::to_owned).collect();
            (text.lines().next().unwrap().to_owned(), warnings)
        })
    };
    for (_, warnings) in told(&|_| {}) {
        assert!(warnings.is_empty(), "{warnings:#?}");
    }
    let cases: [(Change<'_>, &str); 5] = [
        (&|report| report.plans[0].errored = true, "Planning failed on the way"),
        (&|report| report.plans[0].complete = Some(false), "The plan is incomplete"),
        (&|report| report.plans[0].understood = 0, "silence here says nothing"),
        (&|report| report.plans[0].notes.push("something is odd".to_owned()), "Something is odd."),
        (&|report| report.notes.push("a file cannot be read".to_owned()), "A file cannot be read."),
    ];
    for (change, expected) in cases {
        for (_, warnings) in told(change) {
            assert!(matches!(warnings.as_slice(), [one] if one.contains(expected)), "{expected}: {warnings:#?}");
        }
    }
    for (first, _) in told(&|report| {
        report.left_out = 3;
        report.exempted = full().exempted;
    }) {
        assert!(first.contains("3 findings left out as too mild") && first.contains("exempted"), "{first}");
    }
}

/// Equal findings of several plans are several issues.
#[test]
fn gitlab_keeps_all_of_them() {
    let mut report = full();
    let path = report.plans[0].path.clone();
    report.plans[1].path = path;
    report.plans[0].project = None;
    report.told = (0..2).map(|plan| told(plan, placed(), Status::Introduced)).collect();
    let issues = document("gitlab", &report);
    let prints: BTreeSet<_> = issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), 2);
    assert!(!text("gitlab", &report).starts_with('\u{feff}'));
    assert_eq!(text("gitlab", &clean()), "[]\n");
}

/// What SonarQube refuses a report for: its validator.
#[test]
fn sonar_refuses_nothing() {
    for report in scenarios().iter().chain([&full(), &clean()]) {
        let document = document("sonar", report);
        let mut ids = BTreeSet::new();
        for rule in document["rules"].as_array().unwrap() {
            for field in ["id", "name", "engineId", "cleanCodeAttribute"] {
                assert!(rule[field].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
            }
            assert_eq!(rule["impacts"].as_array().unwrap().len(), 1);
            assert!(ids.insert(rule["id"].as_str().unwrap()), "{rule} is there twice");
        }
        for issue in document["issues"].as_array().unwrap() {
            assert!(ids.contains(issue["ruleId"].as_str().unwrap()), "{issue}");
            assert!(issue.get("severity").is_none() && issue.get("type").is_none(), "{issue}");
            let location = &issue["primaryLocation"];
            assert!(is_inside(location["filePath"].as_str().unwrap()) && location["message"].is_string(), "{issue}");
            assert!(location.get("textRange").is_none_or(|range| range["startLine"].is_u64()), "{issue}");
        }
    }
}

/// On GitHub, reviewdog takes an edit only on exactly the lines of its diagnostic.
#[test]
fn reviewdog_takes_every_edit() {
    let document = document("rdjson", &full());
    let diagnostics = document["diagnostics"].as_array().unwrap();
    let edits: Vec<&Value> = diagnostics.iter().filter(|one| one.get("suggestions").is_some()).collect();
    for edit in &edits {
        assert_eq!(edit["suggestions"][0]["range"], edit["location"]["range"]);
        assert!(!edit["location"]["range"].to_string().contains("column"));
    }
    let texts: Vec<&Value> = edits.iter().map(|edit| &edit["suggestions"][0]["text"]).collect();
    assert_eq!(texts, [&json!("  multi_az = true\n  # \"two\" lines"), &json!("")]);
    // Line by line the same, each whole by itself.
    let lines = text("rdjsonl", &full());
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), diagnostics.len());
    for (line, one) in lines.iter().zip(diagnostics) {
        assert_eq!(
            (&line["message"], &line["location"], &line["source"]["name"]),
            (&one["message"], &one["location"], &json!("planwise"))
        );
    }
}

/// Every line is a command, or cannot be taken for one.
#[test]
fn nobody_else_gives_commands() {
    let report = crowd();
    for line in text("github", &report).lines().chain(text("github", &full()).lines()) {
        let is_command =
            ["::error ", "::warning ", "::notice ", "::group::", "::endgroup::"].iter().any(|c| line.starts_with(c));
        assert!(!line.contains("##["), "{line}");
        assert!(is_command || !line.trim_start().starts_with("::"), "{line}");
    }
    for line in text("azure", &report).lines().chain(text("azure", &full()).lines()) {
        assert!(!line.get(1..).unwrap_or_default().contains("##"), "{line}");
    }
}

/// More findings than are shown, of every kind, with hostile names.
fn crowd() -> Report {
    let mut report = full();
    report.told = [Severity::Critical, Severity::Medium, Severity::Info]
        .into_iter()
        .flat_map(|severity| (0..12).map(move |at| (severity, at)))
        .map(|(severity, at)| {
            let address = format!("{HOSTILE}.{at}");
            told(
                0,
                finding(Verdict::Violation, &address, &format!("{address} is full.")).severity(severity),
                Status::Introduced,
            )
        })
        .collect();
    report
}

/// Ten of each kind, the last notice counts the rest, and the rest stands in the log.
#[test]
fn github_shows_the_worst() {
    let text = text("github", &crowd());
    let count = |kind: &str| text.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
    assert_eq!([count("error"), count("warning"), count("notice")], [10, 10, 10]);
    let left = text.lines().filter(|line| line.starts_with("- ")).count();
    assert_eq!(left, 2 + 3 + 2 + crowd().plans.len() + crowd().notes.len());
    assert!(
        text.ends_with(&format!(
            "::notice title=planwise::{left} messages more in the log of this step: GitHub shows 10 of each kind.\n"
        )),
        "{text}"
    );
}

/// The agent keeps ten errors and ten warnings; the last warning counts the rest, which stands in the log.
#[test]
fn azure_keeps_the_worst() {
    let text = text("azure", &crowd());
    let count = |kind: &str| text.matches(&format!("##vso[task.logissue type={kind};")).count();
    assert_eq!([count("error"), count("warning")], [10, 10]);
    let left = 2 + 3 + crowd().plans.len() + crowd().notes.len();
    assert!(text.contains(&format!("code=planwise;]{left} more in the log of this step")), "{text}");
    assert!(text.contains(&format!("##[group]planwise: beyond what is kept of a step ({left})\n")), "{text}");
    assert!(text.contains("##[group]planwise: milder, or there before (12)\n"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("scarce-thing (")).count(), 2 + 3 + 12);
}

/// An error in the log is what fails the run.
#[test]
fn errors_in_the_log_are_what_fails() {
    for (format, error) in [("github", "::error "), ("azure", "##vso[task.logissue type=error;")] {
        let errors = |report: &Report| text(format, report).lines().filter(|line| line.starts_with(error)).count();
        for fail_on in [None, Some(Severity::Critical), Some(Severity::High), Some(Severity::Info)] {
            for (counts_all, open_fails) in [(false, false), (true, false), (false, true)] {
                let report = Report { fail_on, counts_all, open_fails, ..full() };
                let expected = report.told.iter().filter(|told| report.fails(told)).count();
                assert_eq!(errors(&report), expected, "{format} {fail_on:?} {counts_all} {open_fails}");
            }
        }
    }
}

/// What cannot be told is never an error, unless it fails the run.
#[test]
fn what_is_open_is_no_error() {
    let levels = |report: &Report| {
        let sarif = document("sarif", report)["runs"][0]["results"][0]["level"].clone();
        let gitlab = document("gitlab", report)[0]["severity"].clone();
        let rdjson = document("rdjson", report)["diagnostics"][0]["severity"].clone();
        let sonar = document("sonar", report)["rules"][1]["impacts"][0]["severity"].clone();
        [sarif, gitlab, rdjson, sonar]
    };
    let mut report = full();
    report.exempted.clear();
    report.told = vec![report.told.swap_remove(2)];
    assert_eq!(levels(&report), ["warning", "minor", "WARNING", "MEDIUM"]);
    report.open_fails = true;
    assert_eq!(levels(&report), ["error", "critical", "ERROR", "HIGH"]);
    assert!(text("junit", &report).contains("failures=\"1\""));
}
