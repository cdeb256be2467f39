//! `planwise check` as Atlantis runs it, and what Atlantis makes of what it prints.
//!
//! The server itself is not run here. What it does is done again as its source tells: runatlantis/atlantis at 078d0a820 of
//! 2026-08-22, `server/core/runtime` (output is merged, colours are taken away, without exit code 0 there is none) and
//! `server/events/project_command_runner.go` (what failed, whose it is, what was approved).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest as _, Sha256};

use super::{REPAIRED, SHOP, code, err, out, planwise, prices, project, run};

const HOSTILE: &str = "testdata/rules/unattached-volume.hostile.json";

/// A step in the folder of a project, with the variables that Atlantis sets.
struct Step {
    folder: tempfile::TempDir,
    project: &'static str,
}

impl Step {
    /// With a plan in the place where the step `show` puts it.
    fn showing(plan: &str) -> Self {
        let step = Self { folder: tempfile::tempdir().unwrap(), project: "shop" };
        fs::copy(project().join(plan), step.showfile()).unwrap();
        step
    }

    fn showfile(&self) -> PathBuf {
        self.folder.path().join("shop-default.json")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = planwise(args);
        command.current_dir(self.folder.path());
        command.env("ATLANTIS_TERRAFORM_VERSION", "1.11.4").env("SHOWFILE", self.showfile());
        command.env("REPO_REL_DIR", "infra/shop").env("WORKSPACE", "default").env("PROJECT_NAME", self.project);
        command
    }

    fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }
}

/// What Atlantis keeps of a step: both streams, without colours, and nothing where the exit code is not 0.
fn kept(output: &Output) -> Option<String> {
    let merged = format!("{}{}", out(output), err(output));
    let text = anstream::adapter::strip_str(&merged).to_string();
    assert!(text.lines().all(|line| line.len() < 64 * 1024), "a line is dropped");
    (code(output) == 0).then_some(text)
}

/// `([1-9][0-9]* failure|failures": \[)`, or `FAIL` at the beginning.
fn fails(text: &str) -> bool {
    let counted = text.match_indices(" failure").any(|(at, _)| {
        let before = &text[..at];
        let digits = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        digits.contains(|c: char| c != '0')
    });
    counted || text.contains("failures\": [") || text.trim().starts_with("FAIL")
}

/// `\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?(, \d skipped)?`: each that is found.
fn sums(text: &str) -> Vec<&str> {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_part = |part: &str, noun: &str| {
        part.split_once(' ').is_some_and(|(number, word)| is_number(number) && word.trim_end_matches('s') == noun)
    };
    let is_sum = |line: &str| {
        let parts: Vec<&str> = line.split(", ").collect();
        let nouns = ["test", "passed", "warning", "failure", "exception"];
        parts.len() == nouns.len() && parts.iter().zip(nouns).all(|(part, noun)| is_part(part, noun))
    };
    // A sum may begin anywhere in a line, and end before its end.
    let starts = text
        .lines()
        .flat_map(|line| line.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(move |(at, _)| &line[at..]));
    let cut = |text: &str| text.find(" exception").map_or(text.len(), |at| text.len().min(at + " exceptions".len()));
    let mut found: Vec<&str> = starts.filter(|text| text.get(..cut(text)).is_some_and(is_sum)).collect();
    // `17 tests` holds `7 tests`.
    found.dedup_by(|later, earlier| earlier.ends_with(*later));
    found
}

/// The approved items, by `(?m)^FAIL.*`.
fn items(text: &str) -> BTreeSet<Vec<u8>> {
    let lines = text.lines().filter(|line| line.starts_with("FAIL"));
    lines.map(|line| Sha256::digest(line.as_bytes()).to_vec()).collect()
}

/// A policy check of one set: whether it failed, and its text. Nothing where the set has no output of its own.
fn policy_check(outputs: &[Option<String>]) -> Option<(bool, String)> {
    let mut texts = outputs.iter().flatten().filter(|text| !text.is_empty());
    let own = texts.next()?;
    assert!(texts.next().is_none(), "an output of nobody's");
    Some((fails(own), own.clone()))
}

#[test]
fn a_step_reads_the_plan_that_was_shown() {
    let step = Step::showing(SHOP);
    let output = step.output(&["check", "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let report: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["plans"][0]["project"], "shop");
    assert_eq!(report["plans"][0]["path"].as_str(), step.showfile().to_str());
    // What is named wins.
    let repaired = project().join(REPAIRED);
    assert_eq!(code(&step.output(&["check", repaired.to_str().unwrap()])), 0);
    let table = out(&step.output(&["check", "--project", "other"]));
    assert!(table.lines().next().unwrap().contains("project other"), "{table}");
    let markdown = out(&step.output(&["check", "--format", "markdown"]));
    assert!(markdown.contains("Project `shop`"), "{markdown}");
    // Outside of a step nothing is different.
    let bare = planwise(&["check", SHOP, "--format", "json"]).env("PROJECT_NAME", "shop").output().unwrap();
    let report: serde_json::Value = serde_json::from_str(&out(&bare)).unwrap();
    assert!(report["plans"][0]["project"].is_null());
}

#[test]
fn a_plan_that_was_not_shown_is_asked_for() {
    let step = Step::showing(SHOP);
    fs::write(step.showfile(), "").unwrap();
    let empty = step.output(&["check"]);
    assert!(err(&empty).contains("is empty\n  hint: put the step `show` before"), "{}", err(&empty));
    fs::remove_file(step.showfile()).unwrap();
    let none = step.output(&["check"]);
    assert!(err(&none).contains("is not there\n  hint: put the step `show` before"), "{}", err(&none));
    assert_eq!((code(&empty), code(&none)), (2, 2));
    // In a policy check as a failure that is seen.
    let (failed, text) = policy_check(&[kept(&step.output(&["check", "-f", "conftest"]))]).unwrap();
    assert!(failed && text.starts_with("FAIL - shop - planwise - $SHOWFILE is set"), "{text}");
    assert!(!text.contains(step.folder.path().to_str().unwrap()), "{text}");
}

#[test]
fn a_policy_check_says_what_the_server_understands() {
    for (plan, args, expected) in [
        (SHOP, &["check", "--format", "conftest"][..], true),
        (SHOP, &["check", "--format", "conftest", "--fail-on", "none"], false),
        (REPAIRED, &["check", "--format", "conftest"], false),
        (HOSTILE, &["check", "--format", "conftest", "--fail-on", "low"], true),
        // Nothing fails, whatever is made up in the names.
        (HOSTILE, &["check", "--format", "conftest"], false),
        (REPAIRED, &["check", "--format", "conftest", "--max-total", "1"], true),
        ("testdata/broken/state.json", &["check", "--format=conftest"], true),
        (SHOP, &["check", "--format=conftest", "--no-such-option"], true),
        (SHOP, &["check", "-f", "conftest", "--config", "nowhere.yaml"], true),
    ] {
        let step = Step::showing(plan);
        let (failed, text) = policy_check(&[kept(&step.output(args))]).expect("an output");
        assert_eq!(failed, expected, "{plan} {args:?}: {text}");
        let sums = sums(&text);
        assert_eq!(sums, [text.lines().last().unwrap()], "{plan}: {text}");
        let failing = text.lines().filter(|line| line.starts_with("FAIL")).count();
        assert!(sums[0].contains(&format!("{failing} failure")), "{text}");
        assert_eq!(items(&text).len(), failing, "two items look alike: {text}");
        assert!(!text.contains('$') || text.contains("$SHOWFILE"), "a price: {text}");
        assert!(!text.contains(step.folder.path().to_str().unwrap()), "a folder: {text}");
        assert!(!text.contains("```"), "{text}");
    }
}

/// What somebody approved stays approved: on another day, with other prices, in another folder.
#[test]
fn items_are_the_same_in_every_run() {
    let texts = |plan: &str, more: &[&str]| {
        let mut args = vec!["check", "--format", "conftest", "--fail-on", "info"];
        args.extend(more);
        let step = Step::showing(plan);
        kept(&step.output(&args)).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let book = prices(folder.path());
    for plan in [SHOP, "testdata/plans/shop-update/plan.json", HOSTILE] {
        let first = texts(plan, &[]);
        assert!(!items(&first).is_empty(), "{first}");
        assert_eq!(first, texts(plan, &[]), "{plan}");
        assert_eq!(first, texts(plan, &["--as-of", "2031-01-31"]), "{plan}");
        assert_eq!(first, texts(plan, &["--no-cost"]), "{plan}");
        assert_eq!(first, texts(plan, &["--prices", &book]), "{plan}");
    }
    let debts = |day: &str| {
        let output = run(&["check", "testdata/repos/bookshop/infra/plan.json", "-f", "conftest", "--as-of", day]);
        kept(&output).unwrap().lines().filter(|line| line.contains("overdue")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!debts("2031-01-31").is_empty());
    assert_eq!(debts("2031-01-31"), debts("2031-02-28"));
}

/// The output of the plan stage stands in a fence for diffs, behind what the plan itself prints.
#[test]
fn the_plan_stage_stays_in_its_fence() {
    for (plan, args, first) in [
        (SHOP, &["check", "--format", "atlantis", "--exit-zero"][..], "- "),
        (REPAIRED, &["check", "--format", "atlantis"], "+ "),
        (HOSTILE, &["check", "--format", "atlantis", "--exit-zero", "--fail-on", "low"], "- "),
        (HOSTILE, &["check", "--format", "atlantis"], "! "),
        ("testdata/plans/running/plan.json", &["check", "--format", "atlantis"], "! "),
    ] {
        let text = kept(&Step::showing(plan).output(args)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines {
            assert!(["- ", "! ", "+ ", "  "].iter().any(|mark| line.starts_with(mark)), "{plan}: {line}");
            assert!(line.chars().count() <= 160 && !line.contains("```") && !line.contains('\u{1b}'), "{plan}: {line}");
        }
        assert!(lines[0].starts_with(first), "{plan}: {text}");
        if first != "- " {
            assert!(lines.len() <= 12, "{plan}: {text}");
        }
        let verdict = lines.iter().rposition(|line| line.contains("planwise: ")).unwrap();
        assert!(
            verdict + 4 >= lines.len() && lines[verdict..].iter().any(|line| line.contains("onthly cost")),
            "{text}"
        );
    }
}

/// Fifteen plans at once, as `--parallel-plan` runs them, into a folder that is not there yet.
#[test]
fn reports_of_many_projects_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("pull/7");
    let step = Step::showing(REPAIRED);
    let start = |at: usize| {
        let (place, name) = (format!("infra/{}", at % 5), if at < 5 { String::new() } else { format!("p-{at}") });
        let mut command = step.command(&["check", "--out-dir", reports.to_str().unwrap(), "--quiet"]);
        command.env("REPO_REL_DIR", place).env("PROJECT_NAME", name).spawn().unwrap()
    };
    let children: Vec<_> = (0..15).map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let paths: Vec<_> = fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path()).collect();
    let ending =
        |ending: &str| paths.iter().filter(|path| path.extension().is_some_and(|found| found == ending)).count();
    assert_eq!((paths.len(), ending("json"), ending("md")), (30, 15, 15), "{paths:?}");
    let projects: BTreeSet<_> = paths.iter().filter_map(|path| project_of(path)).collect();
    assert_eq!(projects.len(), 15, "{projects:?}");
}

fn project_of(path: &Path) -> Option<String> {
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).ok().filter(|_| is_json)?).unwrap();
    report["plans"][0]["project"].as_str().map(str::to_owned)
}

/// A report of an earlier plan says nothing of the one that cannot be read: the comment says that it could not be.
#[test]
fn a_run_that_could_not_analyse_leaves_why() {
    let folder = tempfile::tempdir().unwrap();
    let step = Step::showing(REPAIRED);
    let args = ["check", "--out-dir", folder.path().to_str().unwrap(), "--format", "atlantis"];
    assert_eq!(code(&step.output(&args)), 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    fs::write(step.showfile(), "{}").unwrap();
    let failed = step.output(&args);
    assert_eq!(code(&failed), 2);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(matches!(left.as_slice(), [only] if only.extension().is_some_and(|ending| ending == "json")), "{left:?}");
    let text = fs::read_to_string(&left[0]).unwrap();
    assert!(
        err(&failed).contains(step.folder.path().to_str().unwrap()) && text.contains("shop-default.json"),
        "{text}"
    );
    assert!(!text.contains(step.folder.path().to_str().unwrap()), "a folder of the server: {text}");
    let comment = out(&run(&["comment", left[0].to_str().unwrap()]));
    assert!(comment.contains("### planwise: This plan could not be analysed\n\nProject `shop`\n"), "{comment}");
    assert!(
        comment.contains("**`shop` could not be analysed:** shop-default.json is not the JSON of a plan: "),
        "{comment}"
    );
    // Once it can be, that is over.
    fs::copy(project().join(REPAIRED), step.showfile()).unwrap();
    assert_eq!(code(&step.output(&args)), 0);
    assert!(!fs::read_to_string(&left[0]).unwrap().contains("not_analysed"));
}

/// What is read is never replaced by the reason why nothing is written over it.
#[test]
fn a_file_that_is_read_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let step = Step::showing(REPAIRED);
    let dir = folder.path().to_str().unwrap();
    assert_eq!(code(&step.output(&["check", "--out-dir", dir])), 0);
    let paths = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let report = paths.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap();
    fs::write(&report, "{}").unwrap();
    let output = step.output(&["check", "--out-dir", dir, "--baseline", report.to_str().unwrap()]);
    assert!(code(&output) == 2 && err(&output).contains("is read in this run"), "{}", err(&output));
    assert_eq!(fs::read_to_string(&report).unwrap(), "{}");
}

#[test]
fn configuration_files_are_checked_before_there_is_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, bad) = (path("good.yaml", "policy: strict\n"), path("bad.yaml", "polizy: strict\n"));
    let worse = path("worse.yaml", "policy: nowhere\n");
    let output = run(&["config", "check", &good]);
    assert_eq!((code(&output), out(&output)), (0, format!("{good} can be used\n")));
    let output = run(&["config", "check", &bad, &good, &worse]);
    let told = err(&output);
    assert_eq!(code(&output), 2);
    assert!(told.contains("polizy") && told.contains("nowhere") && told.matches("error: ").count() == 2, "{told}");
    let mut command = planwise(&["config", "check"]);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("there is no planwise.yaml here"), "{}", err(&output));
}
