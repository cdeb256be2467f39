//! `planwise diff` as its users run it: on reports that the program itself wrote.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{REPAIRED, SHOP, code, err, out, piped, run, snapshot};

const UPDATE: &str = "testdata/plans/shop-update/plan.json";
const DECLARED: &str = "testdata/rules/connection-exhaustion.declared.json";

/// A folder of reports.
struct Reports(tempfile::TempDir);

impl Reports {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Writes the report on plans, with `planwise.yaml` where there is a text for it.
    fn write(&self, name: &str, args: &[&str], config: Option<&str>) -> String {
        let (path, file) = (self.path(name), self.path("planwise.yaml"));
        let output = format!("json={path}");
        let mut all = vec!["check", "--no-repo", "--as-of", "2026-11-29", "--exit-zero", "--output", &output];
        all.extend(args);
        if let Some(text) = config {
            fs::write(&file, text).unwrap();
            all.extend(["--config", &file]);
        } else {
            all.push("--no-config");
        }
        let checked = run(&all);
        assert_eq!(code(&checked), 0, "{}", err(&checked));
        path
    }

    /// What is said of two reports, without the folder that they lie in.
    fn told(&self, args: &[&str]) -> (i32, String) {
        let all: Vec<&str> = ["diff"].into_iter().chain(args.iter().copied()).collect();
        let output = run(&all);
        let folder = format!("{}/", self.0.path().display());
        (code(&output), (out(&output) + &err(&output)).replace(&folder, ""))
    }

    fn json(&self, from: &str, to: &str) -> Value {
        let (status, text) = self.told(&[from, to, "--format", "json"]);
        assert_eq!(status, 0, "{text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// The kinds that occur, each with how often.
fn kinds(diff: &Value) -> Vec<(String, u64)> {
    let counts = diff["summary"]["by_kind"].as_object().unwrap().iter();
    let counts = counts.map(|(kind, number)| (kind.clone(), number.as_u64().unwrap()));
    counts.filter(|(_, number)| *number > 0).collect()
}

fn is(kinds: &[(String, u64)], expected: &[(&str, u64)]) -> bool {
    kinds.iter().map(|(kind, number)| (kind.as_str(), *number)).eq(expected.iter().copied())
}

/// Without line breaks.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What somebody repaired, and the other way round.
#[test]
fn what_is_new_and_what_is_gone() {
    let reports = Reports::new();
    let (shop, repaired) =
        (reports.write("shop.json", &[SHOP], None), reports.write("repaired.json", &[REPAIRED], None));
    let update = reports.write("update.json", &[UPDATE], None);
    let (status, text) = reports.told(&[&shop, &repaired, "--fail-on", "info"]);
    assert_eq!(status, 0, "{text}");
    snapshot("diff_repaired", &text);
    let (status, text) = reports.told(&[&repaired, &shop, "--fail-on", "high"]);
    assert_eq!(status, 1);
    snapshot("diff_broken", &text);
    let (status, text) = reports.told(&[&repaired, &shop, "--format", "markdown"]);
    assert_eq!(status, 0, "nothing fails where nobody says what");
    snapshot("diff_markdown", &text);
    let (status, text) = reports.told(&[&shop, &update]);
    assert_eq!(status, 0);
    snapshot("diff_update", &text);
    // The same report, and the same file.
    let (status, text) = reports.told(&[&shop, &shop, "--fail-on", "info"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("Nothing has changed: 13 findings in both.\n"), "{text}");
    assert!(text.contains("Monthly cost unchanged: $455.87.\n"), "{text}");
}

/// Numbers that grew, an exemption, another severity.
#[test]
fn what_became_worse_is_told_with_its_numbers() {
    let reports = Reports::new();
    let from = reports.write("from.json", &[SHOP], None);
    let config = "workloads:\n  aws_ecs_service.api: { pool-size: 20 }\nexemptions:\n  - { rule: shared-nat, address: \
                  aws_nat_gateway.main, reason: one is enough here }\nrules:\n  fixed-capacity: { severity: low }\n";
    let to = reports.write("to.json", &[SHOP], Some(config));
    let (status, text) = reports.told(&[&from, &to, "--fail-on", "high"]);
    assert_eq!(status, 1, "{text}");
    snapshot("diff_worse", &text);
    let (status, text) = reports.told(&[&from, &to, "--format", "json"]);
    assert_eq!(status, 0);
    snapshot("diff_json", &text);
    // Nothing of critical severity has become worse.
    assert_eq!(reports.told(&[&from, &to, "--fail-on", "critical"]).0, 0);
    let back = kinds(&reports.json(&to, &from));
    assert!(is(&back, &[("unexempted", 1), ("worse", 1), ("better", 1)]), "{back:?}");
    assert_eq!(reports.told(&[&to, &from, "--fail-on", "medium"]).0, 1);
    // An exemption that ends makes it count again, and one that begins does not.
    assert!(reports.told(&[&to, &from]).1.contains("No longer exempted (1)\n"));
}

#[test]
fn what_could_not_be_told_is_decided() {
    let reports = Reports::new();
    let only = ["--only", "connection-exhaustion", "--no-cost", "--no-source"];
    let args = |plan: &'static str| [plan].into_iter().chain(only).collect::<Vec<_>>();
    let from = reports.write("from.json", &args(DECLARED), None);
    let config = "workloads:\n  aws_ecs_service.key: { pool-size: 10 }\n  aws_ecs_service.other: { pool-size: 100 }\n";
    let to = reports.write("to.json", &args(DECLARED), Some(config));
    let (status, text) = reports.told(&[&from, &to, "--fail-on", "high"]);
    assert_eq!(status, 1, "{text}");
    snapshot("diff_decided", &text);
    // Backwards: what cannot be told any more is no good news, and fails nothing.
    let (status, text) = reports.told(&[&to, &from, "--fail-on", "info"]);
    assert_eq!(status, 0, "{text}");
    let diff = reports.json(&to, &from);
    assert!(is(&kinds(&diff), &[("new", 1), ("unclear", 1)]), "{diff}");
    assert_eq!((&diff["cost"]["from"], &diff["cost"]["difference"]), (&Value::Null, &Value::Null));
    // Where a policy lets what cannot be told fail, it does.
    let strict = "policy: default\nundetermined: fail\n";
    let open = reports.write("open.json", &args(DECLARED), Some(strict));
    assert_eq!(reports.told(&[&to, &open, "--fail-on", "info"]).0, 1);
}

/// Silence is good news only where somebody looked.
#[test]
fn what_nobody_asked_is_not_gone() {
    let reports = Reports::new();
    let whole = reports.write("whole.json", &[SHOP], None);
    let part = reports.write("part.json", &[SHOP, "--skip", "shared-nat", "--min-severity", "high", "--no-cost"], None);
    let (status, text) = reports.told(&[&whole, &part]);
    assert_eq!(status, 0);
    snapshot("diff_not_asked", &text);
    // The other way round it is not new, and fails nothing; what was left out as too mild may seem so, which is said.
    let diff = reports.json(&part, &whole);
    let unasked = diff["changes"].as_array().unwrap().iter().filter(|change| change["kind"] == "not_compared");
    assert_eq!(unasked.map(|change| change["rule"].as_str().unwrap()).collect::<Vec<_>>(), ["shared-nat"]);
    assert!(diff["notes"][0].as_str().unwrap().contains("what seems new may be among them"), "{}", diff["notes"]);
    // What a baseline accepts is not told either.
    let baseline = reports.path("baseline.json");
    let written = run(&["baseline", "write", SHOP, "--no-repo", "--no-config", "--output", &baseline]);
    assert_eq!(code(&written), 0);
    let accepted = reports.write("accepted.json", &[SHOP, "--baseline", &baseline], None);
    let (_, text) = reports.told(&[&whole, &accepted]);
    assert!(joined(&text).contains("does not show 13 findings that a baseline accepts: what seems gone"), "{text}");
    assert!(text.contains("13 not compared; none is the same.\n"), "{text}");
}

/// Projects count before files, and files tell plans apart where there are several.
#[test]
fn plans_of_two_reports() {
    let reports = Reports::new();
    let one = reports.write("one.json", &[SHOP], None);
    let two = reports.write("two.json", &[UPDATE, REPAIRED, SHOP], None);
    let diff = reports.json(&one, &two);
    let plans: Vec<_> = diff["plans"].as_array().unwrap().iter().map(|plan| (&plan["from"], &plan["to"])).collect();
    let (none, shop) = (Value::Null, Value::from(SHOP));
    assert_eq!(plans, [(&none, &Value::from(UPDATE)), (&none, &Value::from(REPAIRED)), (&shop, &shop)]);
    assert!(is(&kinds(&diff), &[("new", 8)]), "{diff}");
    assert_eq!((&diff["summary"]["same"], &diff["cost"]["same_plans"]), (&13.into(), &false.into()));
    let back = reports.json(&two, &one);
    assert!(is(&kinds(&back), &[("not_compared", 8)]), "{back}");
    let (_, text) = reports.told(&[&two, &one]);
    assert!(joined(&text).contains("are only in two.json, and not in one.json"), "{text}");
    assert!(
        joined(&text)
            .contains("for 3 plans → $455.87 for 1 plan. These are not the same plans, so the two are not compared."),
        "{text}"
    );
    // The same amount for other plans is no news of them.
    let (lone, other) = (reports.write("lone.json", &[SHOP, REPAIRED], None), reports.path("other.json"));
    let text = fs::read_to_string(&lone).unwrap();
    fs::write(&other, text.replace(REPAIRED, "another.json")).unwrap();
    let (_, text) = reports.told(&[&lone, &other]);
    assert!(text.contains(" for 2 plans → ") && !text.contains("unchanged"), "{text}");
    // Two projects, one plan each: they are compared, and that is said.
    let (dev, live) = (
        reports.write("dev.json", &[SHOP, "--project", "dev"], None),
        reports.write("live.json", &[SHOP, "--project", "live"], None),
    );
    let (_, text) = reports.told(&[&dev, &live]);
    assert!(
        joined(&text).contains("the projects differ, dev and live") && text.contains("Nothing has changed"),
        "{text}"
    );
    assert!(text.contains("Monthly cost from dev to live unchanged: $455.87.\n"), "{text}");
    // One plan each, by two names.
    let (_, text) = reports.told(&[&one, &reports.write("repaired.json", &[REPAIRED], None)]);
    let said = format!("the plans have different names, {SHOP} and {REPAIRED}: each report has one plan");
    assert!(joined(&text).contains(&said), "{text}");
}

/// Severities that a policy or a file changed are no news of a plan.
#[test]
fn what_they_go_by_is_told() {
    let reports = Reports::new();
    let plain = reports.write("plain.json", &[SHOP, "--no-cost"], None);
    let strict = reports.write("strict.json", &[SHOP, "--no-cost", "--policy", "strict"], None);
    let (_, text) = reports.told(&[&plain, &strict]);
    assert!(joined(&text).contains("they go by different policies, default and strict"), "{text}");
    let configured =
        reports.write("configured.json", &[SHOP, "--no-cost"], Some("rules:\n  fixed-capacity: { severity: low }\n"));
    let (_, text) = reports.told(&[&plain, &configured]);
    let said = joined(&text);
    assert!(
        said.contains("they go by different configuration files, none and ") && said.contains("planwise.yaml"),
        "{text}"
    );
    let (_, text) = reports.told(&[&configured, &configured]);
    assert!(!text.contains("they go by"), "{text}");
}

#[test]
fn what_is_no_report_is_refused() {
    let reports = Reports::new();
    let shop = reports.write("shop.json", &[SHOP], None);
    let text = fs::read_to_string(&shop).unwrap();
    let broken = |name: &str, content: &[u8]| {
        let path = reports.path(name);
        fs::write(&path, content).unwrap();
        path
    };
    let bill = run(&["cost", SHOP, "--format", "json", "--as-of", "2026-11-29"]);
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1).into_bytes()
    };
    let (before, bills) = text.split_at(text.find("\"cost\": {").unwrap());
    let cut = text.get(..text.len() / 2).unwrap();
    let files = [
        broken("bill.json", &bill.stdout),
        broken("version-2.json", &change("\"schema_version\": \"1.0\"", "\"schema_version\": \"2.0\"")),
        broken("no-version.json", &change("\"schema_version\": \"1.0\",", "")),
        broken("severity.json", &change("\"severity\": \"high\"", "\"severity\": \"awful\"")),
        broken("measure.json", &change("\"maximum\": 1460", "\"maximum\": -1")),
        broken("plan.json", &change("\"plan\": 0", "\"plan\": 7")),
        broken("amount.json", format!("{before}{}", bills.replace("\"minimum\": \"", "\"minimum\": \"a")).as_bytes()),
        broken("cut-off.json", cut.as_bytes()),
        broken("twice.json", format!("{text}{text}").as_bytes()),
        broken("list.json", b"[]"),
        broken("text.json", b"planwise: no problem found"),
        broken("empty.json", b" \n"),
        broken("utf-16.json", b"\xff\xfe{\0}\0"),
        reports.path("no-such-file.json"),
        SHOP.to_owned(),
        "testdata".to_owned(),
    ];
    let mut told = String::new();
    for file in &files {
        for args in [[&shop, file], [file, &shop]] {
            let (status, said) = reports.told(&[args[0], args[1], "--fail-on", "info"]);
            assert_eq!(status, 2, "{file}: {said}");
            assert!(said.starts_with("error: ") && said.contains("\n  hint: "), "{said}");
            if args[1] == file {
                told.push_str(&said);
            }
        }
    }
    snapshot("diff_refused", &told);
    assert_eq!(code(&run(&["diff", &shop])), 2);
    assert_eq!(code(&run(&["diff", &shop, &shop, "--fail-on", "awful"])), 2);
    assert_eq!(code(&run(&["diff", "-", "-"])), 2);
}

/// What a later version adds is stepped over.
#[test]
fn reports_of_later_versions_are_read() {
    let reports = Reports::new();
    let shop = reports.write("shop.json", &[SHOP], None);
    let mut later: Value = serde_json::from_str(&fs::read_to_string(&shop).unwrap()).unwrap();
    later["schema_version"] = "1.7".into();
    later["something"] = 7.into();
    later["findings"][0]["something"] = "new".into();
    later["tool"]["version"] = "0.9.0".into();
    let path = reports.path("later.json");
    fs::write(&path, format!("\u{feff}{later}")).unwrap();
    let (status, text) = reports.told(&[&shop, &path]);
    assert_eq!(status, 0, "{text}");
    assert!(
        joined(&text).contains("what differs may come from the versions") && text.contains("Nothing has changed"),
        "{text}"
    );
}

#[test]
fn one_report_may_come_through_a_pipe() {
    let reports = Reports::new();
    let (shop, repaired) =
        (reports.write("shop.json", &[SHOP], None), reports.write("repaired.json", &[REPAIRED], None));
    let file = reports.path("diff.md");
    let output = format!("markdown={file}");
    let args = ["diff", "-", &shop, "--format", "json", "--output", &output];
    let piped = piped(&args, &fs::read(Path::new(&repaired)).unwrap());
    assert_eq!(code(&piped), 0, "{}", err(&piped));
    let diff: Value = serde_json::from_str(&out(&piped)).unwrap();
    assert_eq!((&diff["from"]["path"], &diff["summary"]["by_kind"]["new"]), (&"standard input".into(), &13.into()));
    assert!(fs::read_to_string(file).unwrap().starts_with("<!-- planwise:diff -->\n"));
}
