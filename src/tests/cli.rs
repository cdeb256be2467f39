//! The program as its users run it: what is typed, what comes back, and with which exit code.

#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

mod cli_atlantis;
mod cli_comment;
mod cli_diff;
mod cli_formats;
mod cli_gate;
mod cli_init;
mod cli_journey;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program in the project's folder, without anything of the caller's that changes its output.
fn planwise(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planwise"));
    command.args(args).current_dir(project()).stdin(Stdio::null());
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("COLUMNS").env_remove("PLANFILE");
    command.env_remove("GITHUB_STEP_SUMMARY");
    command.env_remove("ATLANTIS_TERRAFORM_VERSION").env_remove("SHOWFILE").env_remove("DIGGER_PLANFILE");
    command
}

fn run(args: &[&str]) -> Output {
    planwise(args).output().unwrap()
}

/// Runs it with `input` on standard input.
fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = planwise(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The program may stop reading early; what it says of that is tested below.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project().join("snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(project().join(folder)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const SHOP: &str = "testdata/plans/shop/plan.json";
const REPAIRED: &str = "testdata/plans/shop-repaired/plan.json";

#[test]
fn what_is_no_plan_says_what_it_is() {
    let mut told = String::new();
    for name in names("testdata/broken") {
        let path = format!("testdata/broken/{name}");
        let output = run(&["check", &path]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(output.stdout.is_empty(), "{name}: {}", out(&output));
        let text = err(&output);
        assert!(text.starts_with("error: ") && text.contains(&name) && text.contains("\n  hint: "), "{name}: {text}");
        told.push_str(&text);
        // By way of standard input the same, under another name.
        let by_pipe = piped(&["check", "-"], &fs::read(project().join(&path)).unwrap());
        assert_eq!(code(&by_pipe), 2, "{name}");
        assert_eq!(err(&by_pipe), text.replace(&path, "standard input"), "{name}");
    }
    snapshot("broken", &told);
}

#[test]
fn paths_that_lead_nowhere() {
    for path in ["testdata", "testdata/nowhere.json"] {
        let output = run(&["check", path]);
        assert_eq!(code(&output), 2, "{path}");
        assert!(output.stdout.is_empty() && err(&output).contains("hint: "), "{path}: {}", err(&output));
    }
}

#[test]
fn one_that_cannot_be_read_stops_all() {
    let output = run(&["check", SHOP, "testdata/broken/state.json"]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
    assert!(err(&output).contains("testdata/broken/state.json"));
}

#[test]
fn every_encoding_reads_the_same() {
    let whole = |name: &str| {
        let path = format!("testdata/encodings/{name}");
        let output = run(&["check", &path, "--format", "json"]);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
        out(&output).replace(&path, "plan.json")
    };
    let expected = whole("utf-8.json");
    for name in names("testdata/encodings").iter().filter(|name| *name != "two-documents.json") {
        assert_eq!(whole(name), expected, "{name}");
    }
    let two: serde_json::Value = serde_json::from_str(&whole("two-documents.json")).unwrap();
    let places: Vec<_> =
        two["plans"].as_array().unwrap().iter().map(|plan| (&plan["path"], &plan["document"])).collect();
    assert_eq!(places, [(&"plan.json".into(), &1.into()), (&"plan.json".into(), &2.into())]);
}

#[test]
fn exit_codes() {
    let all: &[(&[&str], i32)] = &[
        (&[SHOP], 1),
        (&[SHOP, "--exit-zero"], 0),
        (&[SHOP, "--fail-on", "none"], 0),
        (&[SHOP, "--fail-on", "critical", "--only", "zone-split-datastore"], 0),
        (&[SHOP, "--only", "zone-split-datastore"], 1),
        (&["testdata/rules/missing-vpc-endpoint.json"], 0),
        (&["testdata/rules/missing-vpc-endpoint.json", "--fail-on", "medium"], 1),
        (&[REPAIRED], 0),
        (&[REPAIRED, "--fail-on", "info", "--all"], 0),
        (&["testdata/plans/running/plan.json"], 0),
        (&["testdata/plans/running/plan.json", "--all"], 1),
        (&["testdata/plans/running/plan.json", SHOP], 1),
    ];
    for (args, expected) in all {
        // The project's own repository is nobody's business here.
        let output = run(&[&["check", "--no-repo"], *args].concat());
        assert_eq!(code(&output), *expected, "{args:?}: {}", err(&output));
    }
    for args in [
        &["check", SHOP, "--only", "no-such-rule"][..],
        &["check", SHOP, "--fail-on", "dire"],
        &["frobnicate"],
        &[],
        &["check", "testdata/broken/state.json", "--exit-zero"],
        &["check", "testdata/nowhere.json", "--fail-on", "none"],
        &["check", SHOP, "testdata/broken/state.json", "--exit-zero"],
        &["graph", SHOP, "--depth", "2"],
    ] {
        let output = run(args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn a_pipe_needs_no_name() {
    let plan = fs::read(project().join(SHOP)).unwrap();
    let (named, unnamed) = (piped(&["check", "-"], &plan), piped(&["check"], &plan));
    assert_eq!(code(&named), 1);
    assert_eq!(out(&named), out(&unnamed));
    assert!(out(&named).starts_with("standard input"));
}

#[test]
fn a_pipe_can_be_read_once() {
    let plan = fs::read(project().join(SHOP)).unwrap();
    let twice = piped(&["check", "-", "-"], &plan);
    assert_eq!(code(&twice), 2);
    assert!(twice.stdout.is_empty() && err(&twice).contains("- was named twice"), "{}", err(&twice));
    let beside = piped(&["check", REPAIRED, "-", "--format", "json"], &plan);
    assert_eq!(code(&beside), 1);
    let report: serde_json::Value = serde_json::from_str(&out(&beside)).unwrap();
    let paths: Vec<_> = report["plans"].as_array().unwrap().iter().map(|plan| plan["path"].as_str().unwrap()).collect();
    assert_eq!(paths, [REPAIRED, "standard input"]);
}

#[test]
fn rules_can_be_chosen() {
    let rules = |args: &[&str]| -> Vec<String> {
        let output = run(&[&["check", SHOP, "--no-repo", "--format", "json"], args].concat());
        let report: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        let mut names: Vec<_> =
            report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(rules(&[]).len(), 7);
    assert_eq!(rules(&["--only", "zone-split-datastore"]), ["zone-split-datastore"]);
    assert_eq!(rules(&["--only", "zone-split-datastore,missing-vpc-endpoint"]).len(), 2);
    assert_eq!(rules(&["--skip", "zone-split-datastore"]).len(), 6);
    let output = run(&["check", SHOP, "--min-severity", "high", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let mild = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| !matches!(f["severity"].as_str(), Some("high" | "critical")));
    assert_eq!(mild.count(), 0);
}

/// A folder of its own for what a test writes.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn files_are_written_whole_and_beside_standard_output() {
    let folder = folder();
    let file = |name: &str| -> PathBuf { folder.path().join(name) };
    let named = |format: &str, name: &str| format!("{format}={}", file(name).display());
    let (json, markdown, table) = (named("json", "r.json"), named("markdown", "r.md"), named("table", "r.txt"));
    let output = run(&["check", SHOP, "-o", &json, "-o", &markdown, "--output", &table]);
    assert_eq!(code(&output), 1);
    assert_eq!(fs::read_to_string(file("r.json")).unwrap(), out(&run(&["check", SHOP, "-f", "json"])));
    assert_eq!(fs::read_to_string(file("r.md")).unwrap(), out(&run(&["check", SHOP, "-f", "markdown"])));
    assert_eq!(fs::read_to_string(file("r.txt")).unwrap(), out(&output));
    assert_eq!(names_in(folder.path()).len(), 3, "no temporary file stays");

    // What is there stays where a plan cannot be read.
    let output = run(&["check", "testdata/broken/state.json", "-o", &json]);
    assert_eq!(code(&output), 2);
    assert!(fs::read_to_string(file("r.json")).unwrap().starts_with('{'));

    let nowhere = format!("json={}", folder.path().join("no/such/r.json").display());
    let output = run(&["check", SHOP, "-o", &nowhere]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty() && err(&output).contains("hint: "), "{}", err(&output));
}

/// Who may read a report is for its folder's owner to say: a new one is a file like any other, an old one stays as it is.
#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let file = folder.path().join("r.json");
    let written = || {
        assert_eq!(code(&run(&["check", REPAIRED, "-o", &format!("json={}", file.display())])), 0);
        fs::metadata(&file).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(written(), 0o644);
    for mode in [0o600, 0o640, 0o664] {
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(written(), mode, "{mode:o}");
        assert!(fs::read_to_string(&file).unwrap().starts_with('{'));
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn colours_only_where_they_are_wanted() {
    let coloured = |output: &Output| out(output).contains('\u{1b}');
    assert!(!coloured(&run(&["check", SHOP])));
    assert!(coloured(&run(&["check", SHOP, "--color", "always"])));
    assert!(!coloured(&run(&["--color", "never", "check", SHOP])));
    assert!(coloured(&planwise(&["check", SHOP]).env("CLICOLOR_FORCE", "1").output().unwrap()));
    assert!(!coloured(&planwise(&["check", SHOP]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap()));
}

#[test]
fn quiet_says_what_fails_and_nothing_else() {
    let output = run(&["check", SHOP, "--quiet"]);
    assert_eq!(code(&output), 1);
    assert!(!out(&output).is_empty());
    assert!(
        out(&output).lines().all(|line| line.starts_with("high ") || line.starts_with("critical ")),
        "{}",
        out(&output)
    );
    // A file says as much as the terminal.
    let folder = folder();
    let file = folder.path().join("r.txt");
    let quiet = run(&["check", SHOP, "--quiet", "-o", &format!("table={}", file.display())]);
    assert_eq!(fs::read_to_string(&file).unwrap(), out(&quiet));
    let output = run(&["check", REPAIRED, "--quiet"]);
    assert_eq!((code(&output), out(&output).as_str()), (0, ""));
}

#[test]
fn what_is_said_of_rules_and_of_the_program() {
    snapshot("rules", &out(&run(&["rules"])));
    snapshot("explain", &out(&run(&["explain", "connection-exhaustion"])));
    snapshot("help", &out(&run(&["--help"])));
    snapshot("help-cost", &out(&run(&["cost", "--help"])));
    snapshot("help-check", &out(&run(&["check", "--help"])));
    snapshot("help-diff", &out(&run(&["diff", "--help"])));
    snapshot("help-init", &out(&run(&["init", "--help"])));
    snapshot("help-gate", &out(&run(&["gate", "--help"])));
    let json: serde_json::Value = serde_json::from_str(&out(&run(&["rules", "--format", "json"]))).unwrap();
    assert_eq!(json.as_array().unwrap().len(), out(&run(&["rules"])).lines().count() - 1);
    assert_eq!(code(&run(&["explain", "no-such-rule"])), 2);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&["completions", shell])).contains("planwise"), "{shell}");
    }
    assert!(out(&run(&["man"])).contains(".TH planwise"));
    assert!(out(&run(&["--version"])).starts_with("planwise "));
}

#[test]
fn graphs_and_facts() {
    for format in ["dot", "mermaid", "json"] {
        let output = run(&["graph", SHOP, "--format", format]);
        assert_eq!(code(&output), 0, "{format}: {}", err(&output));
        assert!(out(&output).contains("aws_"), "{format}");
    }
    let output = run(&["graph", SHOP, "--focus", "aws_vpc.nowhere"]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty() && err(&output).contains("aws_vpc.nowhere"));
    let facts: serde_json::Value = serde_json::from_str(&out(&run(&["facts", SHOP]))).unwrap();
    assert!(facts["stages"]["after"]["budgets"].as_array().is_some_and(|budgets| !budgets.is_empty()));
    assert_eq!(code(&run(&["facts", "testdata/broken/state.json"])), 2);
    assert_eq!(code(&run(&["graph", "testdata/broken/state.json"])), 2);
}

/// What a picture shows, and nothing of how.
fn addresses(args: &[&str]) -> BTreeSet<String> {
    let output = run(&[&["graph"], args, &["--format", "json"]].concat());
    assert_eq!(code(&output), 0, "{args:?}: {}", err(&output));
    let picture: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    picture["nodes"].as_array().unwrap().iter().map(|node| node["address"].as_str().unwrap().to_owned()).collect()
}

/// The update deletes a nightly task, and leaves what others need.
#[test]
fn a_graph_is_of_one_stage() {
    const UPDATE: &str = "testdata/plans/shop-update/plan.json";
    let [before, after] = ["before", "after"].map(|stage| addresses(&[UPDATE, "--stage", stage]));
    let gone: Vec<_> = before.difference(&after).collect();
    assert!(!gone.is_empty() && gone.iter().all(|address| address.contains("export")), "{gone:?}");
    assert_eq!(addresses(&[UPDATE]), after);
    assert!(addresses(&[SHOP, "--stage", "before"]).is_subset(&addresses(&[SHOP])));
}

#[test]
fn a_graph_goes_as_far_as_is_asked() {
    let near = |depth: &[&str]| addresses(&[&[SHOP, "--focus", "aws_db_instance.shop"], depth].concat());
    let [none, one, two] = ["0", "1", "2"].map(|depth| near(&["--depth", depth]));
    assert_eq!(none, BTreeSet::from(["aws_db_instance.shop".to_owned()]));
    assert!(none.is_subset(&one) && one.is_subset(&two) && none.len() < one.len() && one.len() < two.len());
    assert_eq!(near(&[]), one);
}

/// Whoever has seen enough of the output closes it: no error, no panic.
#[test]
fn a_reader_may_stop_early() {
    let mut child = planwise(&["facts", SHOP]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(err(&output).is_empty(), "{}", err(&output));
}

#[test]
fn policies() {
    let folder = folder();
    let file = folder.path().join("p.yaml");
    let path = file.display().to_string();
    let codes = |text: &str| {
        fs::write(&file, text).unwrap();
        code(&run(&["check", SHOP, "--policy", &path]))
    };
    assert_eq!(codes(""), 1);
    assert_eq!(code(&run(&["check", SHOP, "--policy", "policies/default.yaml"])), 1);
    let mild = |rule: &str| format!("  {rule}: {{ severity: medium }}\n");
    let all = ["connection-exhaustion", "missing-vpc-endpoint", "shared-scaling-domain", "zone-split-datastore"];
    assert_eq!(codes(&format!("rules:\n{}", all.map(mild).concat())), 0);
    fs::write(&file, "rules: { zone-split-datastor: {} }").unwrap();
    let output = run(&["check", SHOP, "--policy", &path]);
    assert_eq!(code(&output), 2);
    assert!(
        output.stdout.is_empty() && err(&output).contains("did you mean zone-split-datastore?"),
        "{}",
        err(&output)
    );
    let output = run(&["check", SHOP, "--policy", "nowhere.yaml"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("nowhere.yaml cannot be read"), "{}", err(&output));
    let output = run(&["check", SHOP, "--only", all[0], "--skip", all[0]]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no rule is left"), "{}", err(&output));
}

/// A folder with a plan in it, in a repository, with a configuration file at the root.
fn repository(config: &str) -> tempfile::TempDir {
    let folder = folder();
    fs::create_dir_all(folder.path().join("stacks/shop")).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::copy(project().join("testdata/plans/undeclared/plan.json"), folder.path().join("stacks/shop/plan.json"))
        .unwrap();
    fs::write(folder.path().join("planwise.yaml"), config).unwrap();
    folder
}

fn report(command: &mut Command) -> serde_json::Value {
    let output = command.args(["--format", "json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
}

#[test]
fn the_file_is_found_above_named_or_left_alone() {
    let config = fs::read_to_string(project().join("testdata/plans/undeclared/planwise.yaml")).unwrap();
    let folder = repository(&config);
    let stack = folder.path().join("stacks/shop");
    let run = |args: &[&str]| {
        report(planwise(&["check", "plan.json", "--as-of", "2027-03-31"]).args(args).current_dir(&stack))
    };
    let found = run(&[]);
    assert_eq!(found["config"], serde_json::json!({ "path": "../../planwise.yaml", "policy": "default" }));
    assert_eq!(found["exempted"].as_array().unwrap().len(), 2);
    assert_eq!(found["exempted"][0]["exemption"]["place"], "../../planwise.yaml:7");
    let none = run(&["--no-config"]);
    assert_eq!(none["config"], serde_json::json!({ "path": null, "policy": "default" }));
    assert!(none["exempted"].as_array().unwrap().is_empty() && none["notes"].as_array().unwrap().is_empty());
    fs::write(stack.join("other.yaml"), "policy: waf-pp\nfail-on: critical\n").unwrap();
    let named = run(&["--config", "other.yaml"]);
    assert_eq!(named["config"], serde_json::json!({ "path": "other.yaml", "policy": "waf-pp" }));
    assert_eq!(named["summary"]["fail_on"], "critical");
    // The nearest counts, alone.
    fs::write(stack.join("planwise.yaml"), "rules: { shared-nat: { enabled: false } }").unwrap();
    let nearest = run(&[]);
    assert_eq!(nearest["config"]["path"], "planwise.yaml");
    assert!(nearest["exempted"].as_array().unwrap().is_empty());
    assert!(nearest["findings"].as_array().unwrap().iter().all(|finding| finding["rule"] != "shared-nat"));
    // `facts` shows what is declared as well.
    fs::remove_file(stack.join("planwise.yaml")).unwrap();
    let output = planwise(&["facts", "plan.json"]).current_dir(&stack).output().unwrap();
    assert!(out(&output).contains("../../planwise.yaml:16"));
    let output = planwise(&["facts", "plan.json", "--no-config"]).current_dir(&stack).output().unwrap();
    assert!(!out(&output).contains("planwise.yaml"));
}

#[test]
fn whoever_is_nearer_counts() {
    let folder = repository("");
    let stack = folder.path().join("stacks/shop");
    fs::create_dir(folder.path().join("policies")).unwrap();
    fs::write(folder.path().join("policies/team.yaml"), "fail-on: low\nrules: { shared-nat: { severity: low } }")
        .unwrap();
    let told = |config: &str, args: &[&str]| {
        fs::write(folder.path().join("planwise.yaml"), config).unwrap();
        let report = report(planwise(&["check", "plan.json"]).args(args).current_dir(&stack));
        let nat =
            report["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "shared-nat").unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        (text(&nat["severity"]), text(&report["summary"]["fail_on"]), text(&report["config"]["policy"]))
    };
    let says =
        |severity: &str, fail_on: &str, policy: &str| (severity.to_owned(), fail_on.to_owned(), policy.to_owned());
    assert_eq!(told("", &[]), says("medium", "high", "default"));
    // A file that the file names stands beside it.
    let team = "policy: policies/team.yaml\n";
    assert_eq!(told(team, &[]), says("low", "low", "policies/team.yaml"));
    let own = format!("{team}fail-on: medium\nrules: {{ shared-nat: {{ severity: info }} }}");
    assert_eq!(told(&own, &[]), says("info", "medium", "policies/team.yaml"));
    assert_eq!(told(&own, &["--policy", "strict"]), says("info", "medium", "strict"));
    assert_eq!(told(&own, &["--policy", "waf-pp"]), says("medium", "medium", "waf-pp"));
    assert_eq!(told(&own, &["--policy", "waf-pp", "--fail-on", "none"]), says("medium", "none", "waf-pp"));
}

#[test]
fn mistakes_in_the_file_stop_the_run() {
    let folder = repository("");
    let stack = folder.path().join("stacks/shop");
    let run = |args: &[&str]| planwise(&["check", "plan.json"]).args(args).current_dir(&stack).output().unwrap();
    for (config, args, problem) in [
        (
            "workloads:\n  a.b:\n    pool-sze: 3\n",
            &[][..],
            "../../planwise.yaml cannot be used: line 3 column 5: there is no key `pool-sze`",
        ),
        ("polcy: strict", &[], "did you mean policy?"),
        ("policy: strikt", &[], "../../planwise.yaml: there is no policy strikt\n  hint: did you mean strict?"),
        ("policy: strict\npolicy: strict", &[], "line 2 column 1: the key policy is there twice"),
        ("policy: nowhere.yaml", &[], "nowhere.yaml cannot be read"),
        ("", &["--config", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        ("", &["--policy", "strikt"], "--policy: there is no policy strikt\n  hint: did you mean strict?"),
        ("", &["--policy", "zzz"], "there are default, strict, waf-pp"),
        ("", &["--as-of", "soon"], "no day"),
        ("", &["--config", "x.yaml", "--no-config"], "cannot be used with"),
    ] {
        fs::write(folder.path().join("planwise.yaml"), config).unwrap();
        let output = run(args);
        assert_eq!(code(&output), 2, "{config} {args:?}");
        assert!(output.stdout.is_empty() && err(&output).contains(problem), "{config} {args:?}: {}", err(&output));
    }
}

#[test]
fn policies_are_listed_and_printed() {
    let list = out(&run(&["policies"]));
    assert_eq!(
        list.lines().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["default", "strict", "waf-pp"]
    );
    for name in ["default", "strict", "waf-pp"] {
        let text = fs::read_to_string(project().join("policies").join(name).with_extension("yaml")).unwrap();
        assert_eq!(out(&run(&["policies", name])), text);
        assert_ne!(code(&run(&["check", REPAIRED, "--policy", name])), 2, "{name}");
    }
    assert_eq!(code(&run(&["policies", "no-such"])), 2);
}

#[test]
fn the_configuration_is_found_named_or_left_alone() {
    const PLAN: &str = "testdata/plans/new-service/plan.json";
    let verdicts = |args: &[&str]| {
        let output =
            run(&[&["check", PLAN, "-f", "json", "--exit-zero", "--only", "connection-exhaustion"], args].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        report["summary"]["by_verdict"]["violation"].as_u64().unwrap()
    };
    // The folder of the plan holds it.
    assert_eq!(verdicts(&[]), 1);
    assert_eq!(verdicts(&["--source", "testdata/plans/new-service"]), 1);
    assert_eq!(verdicts(&["--no-source"]), 0);
    // What is named has to be usable, what is found has not.
    for args in
        [["--planfile", "Cargo.toml"], ["--planfile", PLAN], ["--planfile", "no-such-file"], ["--source", "policies"]]
    {
        let output = run(&[&["check", PLAN], &args[..]].concat());
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(err(&output).contains("hint:"), "{}", err(&output));
    }
    let found = planwise(&["check", PLAN, "--exit-zero"]).env("PLANFILE", "Cargo.toml").output().unwrap();
    assert_eq!(code(&found), 0, "{}", err(&found));
    for command in ["graph", "facts"] {
        assert_ne!(out(&run(&[command, PLAN])), out(&run(&[command, PLAN, "--no-source"])), "{command}");
    }
}

const NAT: &str = "testdata/bills/nat.json";

/// A price book in which an hour of a NAT gateway costs 0.05 $ in its region: three of them cost 109.50 $ a month.
fn prices(folder: &Path) -> String {
    let book = "planwise price book 1\nregion 0 us-east-1\nsource 0 2026-11-01 a test\n\n\
                AmazonEC2/NatGateway-Hours\thours\t@0 0:0.05\naws_nat_gateway/Data processed\tGB\t@0 0:0.04\n";
    let file = folder.join("prices.book");
    fs::write(&file, book).unwrap();
    file.display().to_string()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", err(output)))
}

#[test]
fn a_bill_in_every_format() {
    let folder = folder();
    let book = prices(folder.path());
    let cost = |args: &[&str]| run(&[&["cost", NAT, "--prices", &book, "--as-of", "2026-11-29"], args].concat());
    let table = cost(&[]);
    assert_eq!(code(&table), 0, "{}", err(&table));
    assert!(out(&table).contains("730 hours × $0.05") && out(&table).contains("$36.50"), "{}", out(&table));
    assert!(out(&table).contains("depends on usage: $0.04 per GB"), "{}", out(&table));
    let bill = json(&cost(&["--format", "json"]));
    let gateway = bill["resources"].as_array().unwrap().iter().find(|one| one["address"] == "aws_nat_gateway.private");
    assert_eq!(gateway.unwrap()["after"]["monthly"]["expected"], "36.5");
    assert_eq!(gateway.unwrap()["after"]["components"][0]["price"]["source"], "a test");
    let infracost = json(&cost(&["--format", "infracost-json"]));
    assert_eq!((&infracost["version"], &infracost["currency"]), (&"0.2".into(), &"USD".into()));
    assert!(out(&cost(&["--format", "markdown"])).starts_with("<!-- planwise:cost -->"));
    // Beside standard output, and by way of a pipe, the same.
    let file = |name: &str| folder.path().join(name);
    let named = |format: &str, name: &str| format!("{format}={}", file(name).display());
    let written =
        cost(&["-o", &named("json", "r.json"), "-o", &named("infracost-json", "i.json"), "-o", &named("table", "t")]);
    assert_eq!(code(&written), 0, "{}", err(&written));
    assert_eq!(fs::read_to_string(file("t")).unwrap(), out(&table));
    assert_eq!(fs::read_to_string(file("i.json")).unwrap(), out(&cost(&["-f", "infracost-json"])));
    let plan = fs::read(project().join(NAT)).unwrap();
    let by_pipe = piped(&["cost", "-", "--prices", &book, "--as-of", "2026-11-29"], &plan);
    assert_eq!(out(&by_pipe).replace("standard input", NAT), out(&table));
    assert_eq!(code(&cost(&["--output", "infracost=x"])), 2);
}

#[test]
fn limits_make_the_exit_code() {
    let folder = folder();
    let book = prices(folder.path());
    for command in ["cost", "check"] {
        let limited = |args: &[&str]| {
            let output = run(&[&[command, NAT, "--prices", &book, "--quiet"], args].concat());
            (code(&output), out(&output))
        };
        assert_eq!(limited(&[]), (0, String::new()));
        assert_eq!(limited(&["--max-increase", "100000", "--max-total", "100000"]).0, 0);
        let (code, said) = limited(&["--max-increase", "100000", "--max-increase", "1.5"]);
        assert!(code == 1 && said.contains("max-increase 1.5 is exceeded: $") && said.lines().count() == 1, "{said}");
        let (code, said) = limited(&["--max-total", "1"]);
        assert!(code == 1 && said.contains("max-total 1 is exceeded"), "{said}");
        // Of nothing there is no percentage.
        assert_eq!(limited(&["--max-increase", "1%"]).0, 0);
        assert_eq!(limited(&["--max-increase", "much"]).0, 2);
    }
    let report = json(&run(&["check", NAT, "--prices", &book, "-f", "json", "--max-total", "1"]));
    assert_eq!((&report["cost"]["failed"], &report["summary"]["failed"]), (&true.into(), &true.into()));
    let without = json(&run(&["check", NAT, "-f", "json", "--no-cost"]));
    assert!(without.get("cost").is_none());
    assert_eq!(code(&run(&["check", NAT, "--no-cost", "--max-total", "1"])), 2);
}

#[test]
fn usage_comes_from_a_file() {
    let folder = folder();
    let book = prices(folder.path());
    let file = folder.path().join("usage.yml");
    let with = |text: &str| {
        fs::write(&file, text).unwrap();
        run(&["cost", NAT, "--prices", &book, "-f", "json", "--usage", &file.display().to_string()])
    };
    // 2 x 1,000 GB at 0.04 $.
    let bill =
        json(&with("version: 0.1\nresource_usage:\n  aws_nat_gateway.zone[*]: { monthly_data_processed_gb: 1000 }\n"));
    assert_eq!(bill["totals"]["after"]["by_stated_usage"], "80");
    let stray = json(&with("version: 0.1\nresource_usage:\n  aws_nat_gateway.x: { monthly_data_processed_gb: 1 }\n"));
    assert!(
        stray["notes"][0].as_str().unwrap().contains("usage.yml:3: there is no aws_nat_gateway.x"),
        "{}",
        stray["notes"]
    );
    let wrong = with("version: 0.1\nresource_usage:\n  aws_nat_gateway.x: {\n");
    assert!(
        code(&wrong) == 2 && err(&wrong).contains("usage.yml") && err(&wrong).contains("hint: "),
        "{}",
        err(&wrong)
    );
    let nowhere = run(&["cost", NAT, "--usage", "nowhere.yml"]);
    assert!(code(&nowhere) == 2 && err(&nowhere).contains("nowhere.yml cannot be read"), "{}", err(&nowhere));
    let no_book = run(&["cost", NAT, "--prices", "Cargo.toml"]);
    assert!(code(&no_book) == 2 && err(&no_book).contains("Cargo.toml is no price book"), "{}", err(&no_book));
    // A file to fill in is one that can be read as it is.
    let sketch = run(&["usage", "init", NAT]);
    assert!(out(&sketch).contains("'aws_nat_gateway.zone[*]': # 2 resources"), "{}", out(&sketch));
    let unfilled = with(&out(&sketch));
    assert_eq!((code(&unfilled), json(&unfilled)["notes"].as_array().unwrap().len()), (0, 0));
}

/// 109.50 $ of gateways less 10 %, in another currency at half a dollar: 49.275; the limits of the file hold for both commands.
#[test]
fn the_configuration_has_discounts_limits_and_files() {
    let folder = folder();
    prices(folder.path());
    fs::write(folder.path().join("usage.yml"), "version: 0.1\n").unwrap();
    let config = folder.path().join("planwise.yaml");
    let text = "cost:\n  prices: prices.book\n  usage: usage.yml\n  discounts: { AmazonEC2: 10% }\n  \
                currency: { code: EUR, per-usd: 0.5 }\n  max-increase: [40, 100000]\n";
    fs::write(&config, text).unwrap();
    let config = config.display().to_string();
    let output = run(&["cost", NAT, "--config", &config, "-f", "json"]);
    let bill = json(&output);
    assert_eq!((code(&output), &bill["totals"]["currency"], &bill["usage"]), (1, &"EUR".into(), &"usage.yml".into()));
    let resources = bill["resources"].as_array().unwrap().iter().filter(|one| one["type"] == "aws_nat_gateway");
    let monthly: Vec<_> = resources.map(|one| one["after"]["monthly"]["expected"].as_str().unwrap()).collect();
    assert_eq!(monthly, ["16.425"; 3]);
    assert_eq!(code(&run(&["check", NAT, "--config", &config, "-q"])), 1);
    assert_eq!(code(&run(&["check", NAT, "--config", &config, "-q", "--no-cost"])), 0);
    // What is typed takes the place of what is written.
    assert_eq!(code(&run(&["cost", NAT, "--config", &config, "-q", "--max-total", "100000"])), 0);
    assert!(out(&run(&["cost", NAT, "--config", &config])).contains("EUR 0.0225 (less 10 %)"));
}

#[test]
fn the_price_book_can_be_looked_into() {
    let shown = run(&["prices", "show", "AmazonEC2/NatGateway-*", "--region", "eu-central-1"]);
    assert_eq!(code(&shown), 0, "{}", err(&shown));
    let lines: Vec<_> = out(&shown).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[1].contains("$0.052") && lines[1].contains("estimate: ") && lines[1].ends_with("(±10 %)"),
        "{lines:?}"
    );
    assert!(lines[2].contains("2022-09-03") && lines[2].contains("hours"), "{lines:?}");

    let json = run(&["prices", "show", "cw:metricmonitorusage", "--format", "json"]);
    let prices: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(prices[0]["tiers"][1], serde_json::json!({ "from": "10000", "usd": "0.1" }));
    assert_eq!(prices[0]["within_percent"], serde_json::Value::Null);

    let info = out(&run(&["prices", "info"]));
    assert!(info.contains("AmazonElastiCache") && info.contains("not priced"), "{info}");
    let info: serde_json::Value = serde_json::from_str(&out(&run(&["prices", "info", "-f", "json"]))).unwrap();
    assert!(info["total"]["figures"].as_u64() > Some(60_000), "{info}");
}

#[test]
fn a_named_price_book_is_asked_first() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("team.book"), folder.path().join("bad.book"));
    let head = "planwise price book 1\nregion 0 eu-central-1\nsource 0 2026-11-01 contract\n\n";
    fs::write(&good, format!("{head}AmazonEC2/NatGateway-Bytes\tGB\t@0 0:0.02\n")).unwrap();
    fs::write(&bad, format!("{head}AmazonEC2/NatGateway-Bytes\tGB\t@0 0:cheap\n")).unwrap();
    let show = |book: &Path| {
        run(&["prices", "show", "NatGateway-", "--region", "eu-central-1", "--prices", &book.display().to_string()])
    };
    let text = out(&show(&good));
    assert!(text.contains("$0.02 ") && text.contains("contract") && text.contains("$0.052"), "{text}");
    assert!(!text.contains("estimate"), "{text}");

    for (output, problem) in [
        (show(&bad), "bad.book:5: cheap is no price"),
        (show(Path::new("nowhere.book")), "nowhere.book cannot be read"),
        (show(Path::new("Cargo.toml")), "Cargo.toml is no price book"),
        (run(&["prices", "show", "no such thing"]), "no price is called no such thing"),
        (run(&["prices", "show", "NatGateway-", "--region", "mars"]), "no price of NatGateway- for mars"),
    ] {
        assert_eq!(code(&output), 2);
        assert!(output.stdout.is_empty());
        let text = err(&output);
        assert!(text.contains(problem) && text.contains("hint: "), "{text}");
    }
}

#[test]
fn vendors_price_files_become_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("fresh.book").display().to_string();
    let report = out(&run(&["prices", "import", "testdata/prices/offer.json", "--out", &book]));
    assert!(report.contains("AWS Price List of AmazonEC2, version 20261105120000, published 2026-11-05"), "{report}");
    assert!(report.contains("16 prices: 16 keys in 1 region, written to "), "{report}");
    let shown = out(&run(&["prices", "show", "AmazonEC2/m6i.large/linux", "--region", "eu-west-3", "--prices", &book]));
    assert!(shown.contains("0.112") && shown.contains("2026-11-05"), "{shown}");

    // Nothing is written where a file is none.
    let other = folder.path().join("other.book").display().to_string();
    let failed =
        run(&["prices", "import", "testdata/prices/offer.json", "testdata/prices/index.json", "--out", &other]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("testdata/prices/index.json is an index"));
    assert!(!Path::new(&other).exists());
}

#[test]
fn slo_files_are_validated() {
    let good = run(&["slo", "validate", "testdata/slos/template.yml", "testdata/slos/definition.yml"]);
    assert_eq!((code(&good), out(&good).as_str()), (0, "SLOs of 1 service: complete\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.yml");
    let template = fs::read_to_string(project().join("testdata/slos/template.yml")).unwrap();
    fs::write(&path, template.replace("target: 99.9 ", "target: 9.99 ").replace("  policy", "  polcy")).unwrap();
    let bad = run(&["slo", "validate", path.to_str().unwrap()]);
    assert_eq!(code(&bad), 1);
    let text = out(&bad);
    assert!(text.contains("shop.yml:6: wrong: the target of availability is 9.99"), "{text}");
    assert!(text.contains("shop.yml:2: missing: nothing is said of what happens"), "{text}");
    assert!(text.ends_with("SLOs of 1 service: 2 problems\n"), "{text}");
    // A folder: what is no SLO is passed over.
    fs::write(folder.path().join("other.yml"), "a: 1\n").unwrap();
    assert_eq!(code(&run(&["slo", "validate", folder.path().to_str().unwrap()])), 1);
    for (name, text) in [("none.yml", "a: 1\n"), ("broken.yml", "service: [\n")] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let failed = run(&["slo", "validate", path.to_str().unwrap()]);
        assert_eq!(code(&failed), 2);
        assert!(err(&failed).contains(name) && err(&failed).contains("hint: "), "{}", err(&failed));
    }
    assert_eq!(code(&run(&["slo", "validate", "nowhere.yml"])), 2);
}

#[test]
fn slo_templates_are_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("docs/slos");
    let args = ["slo", "init", "testdata/rules/missing-slo.json", "--dir", dir.to_str().unwrap()];
    let first = run(&args);
    assert_eq!(code(&first), 0, "{}", err(&first));
    assert!(out(&first).contains("billing.yml for aws_ecs_service.bad_billing"), "{}", out(&first));
    assert!(!dir.join("ledger.yml").exists(), "nobody from outside reaches it");
    let own = dir.join("billing.yml");
    fs::write(&own, "service: billing\nslos: []\n").unwrap();
    let second = run(&args);
    assert!(!out(&second).contains("wrote"), "{}", out(&second));
    assert_eq!(fs::read_to_string(&own).unwrap(), "service: billing\nslos: []\n");
    fs::remove_file(&own).unwrap();
    // What is written is complete.
    let valid = run(&["slo", "validate", dir.to_str().unwrap()]);
    assert_eq!(code(&valid), 0, "{}", out(&valid));
    // And names the service for the next check.
    let checked = run(&[
        "check",
        "testdata/rules/missing-slo.json",
        "--repo",
        folder.path().to_str().unwrap(),
        "--only",
        "missing-slo",
        "--no-config",
        "--format",
        "json",
        "--exit-zero",
    ]);
    let findings: Vec<String> =
        out(&checked).lines().filter(|line| line.contains("\"violation\"")).map(str::to_owned).collect();
    assert!(out(&checked).contains("aws_ecs_service.bad_billing"), "its file was removed");
    assert!(!findings.is_empty());
}

#[test]
fn a_baseline_accepts_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("base.json");
    let file = file.to_str().unwrap();
    let written = run(&["baseline", "write", SHOP, "--output", file]);
    assert_eq!(code(&written), 0, "{}", err(&written));
    assert!(out(&written).contains(" accepts "), "{}", out(&written));
    let text = fs::read_to_string(file).unwrap();
    // Twice the same, byte by byte.
    run(&["baseline", "write", SHOP, "--output", file]);
    assert_eq!(fs::read_to_string(file).unwrap(), text);
    let clean = run(&["check", SHOP, "--baseline", file]);
    assert_eq!(code(&clean), 0, "{}", out(&clean));
    assert!(out(&clean).contains("No problem found but what the baseline accepts."), "{}", out(&clean));
    // One less, and one that was worth less.
    let mut some: serde_json::Value = serde_json::from_str(&text).unwrap();
    let findings = some["findings"].as_array_mut().unwrap();
    let at = findings.iter().position(|one| one["rule"] == "connection-exhaustion").unwrap();
    findings[at]["gravity"] = 0.into();
    let gone = serde_json::json!({
        "plan": SHOP, "rule": "shared-nat", "address": "aws_nat_gateway.gone", "fingerprint": "0123456789abcdef", "gravity": 1
    });
    findings.push(gone);
    fs::write(file, some.to_string()).unwrap();
    let worse = run(&["check", SHOP, "--baseline", file]);
    assert_eq!(code(&worse), 1);
    let told = out(&worse);
    assert!(told.contains("connection-exhaustion") && !told.contains("zone-split-datastore"), "{told}");
    let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("1 finding of the baseline is over: shared-nat aws_nat_gateway.gone"), "{told}");
    // What is none is refused, and says how to get one.
    fs::write(file, "{\"planwise_baseline\": 3, \"findings\": []}").unwrap();
    for (path, expected) in [(file, "its version is 3"), ("no-such-file", "cannot be read"), (SHOP, "is no baseline")] {
        let refused = run(&["check", SHOP, "--baseline", path]);
        assert_eq!(code(&refused), 2);
        let error = err(&refused);
        assert!(error.contains(expected) && error.contains("planwise baseline write"), "{error}");
    }
}

/// A file that standard output is redirected to keeps both reports.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_may_be_named_as_a_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let args = ["check", SHOP, "--exit-zero", "--no-repo", "--output", "json=/dev/stdout"];
    let status = planwise(&args).stdout(file.reopen().unwrap()).status().unwrap();
    assert!(status.success());
    let text = fs::read_to_string(file.path()).unwrap();
    assert!(text.starts_with('{') && text.contains("\n}\n") && text.contains("\nCoverage\n"), "{text}");
}
