//! The formats of code scanners as the program's users write them.

use std::fs;

use super::{REPAIRED, SHOP, code, err, folder, out, planwise, run};

const FORMATS: [&str; 8] = ["sarif", "junit", "gitlab", "sonar", "rdjson", "rdjsonl", "github", "azure"];

#[test]
fn every_format_with_every_exit_code() {
    for format in FORMATS {
        for (args, expected) in [
            (&[SHOP][..], 1),
            (&[SHOP, "--exit-zero"], 0),
            (&[SHOP, "--fail-on", "none"], 0),
            (&[REPAIRED], 0),
            (&[REPAIRED, SHOP], 1),
        ] {
            let output = run(&[&["check", "--no-repo", "--format", format], args].concat());
            assert_eq!(code(&output), expected, "{format} {args:?}: {}", err(&output));
            assert!(!out(&output).contains('\u{1b}') && err(&output).is_empty(), "{format} {args:?}");
            // Nothing of this machine, and of line-wise formats nothing where nothing is found.
            assert!(!out(&output).contains(env!("CARGO_MANIFEST_DIR")), "{format}");
            assert_eq!(out(&output).is_empty(), format == "rdjsonl" && args == [REPAIRED], "{format} {args:?}");
        }
        let output = run(&["check", "--format", format, "testdata/broken/state.json"]);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{format}");
    }
}

/// Where a limit of the bill fails the run and nothing else does, no format that has a place for it says that all is well, and
/// none has another verdict than the exit code.
#[test]
fn exceeded_limits_are_told_where_there_is_a_place() {
    const LIMITS: [&str; 4] = ["--max-increase", "1", "--max-total", "1"];
    const KEPT: [&str; 4] = ["--max-increase", "100000", "--max-total", "100000"];
    // How often it says that a limit is exceeded, whether there is a place for it, and how it says that the run fails.
    for (format, times, failed) in [
        ("table", 2, Some("No problem found; 2 limits of the bill are exceeded.\n")),
        ("json", 2, Some("\"fail_on\": \"high\",\n    \"failed\": true\n")),
        ("markdown", 2, Some("limits of the bill are exceeded\n\n**The check fails.**")),
        (
            "sarif",
            2,
            Some(
                "\"level\": \"error\",\n              \"message\": {\n                \"text\": \"Max-increase 1 is exceeded",
            ),
        ),
        ("junit", 4, Some(" failures=\"2\" skipped=\"0\" errors=\"0\">")),
        ("gitlab", 0, None),
        ("sonar", 0, None),
        ("rdjson", 0, None),
        ("rdjsonl", 0, None),
        ("github", 2, Some("::error title=planwise%3A cost::Max-total 1 is exceeded")),
        ("azure", 2, Some("##vso[task.logissue type=error;code=cost;]Max-total 1 is exceeded")),
        ("atlantis", 2, Some("\n- planwise: No problem found; 2 limits of the bill are exceeded.")),
        ("conftest", 2, Some(" 2 failures,")),
        // In the message, and as an outcome with its description and its text.
        ("run-task", 6, Some("\"status\": \"failed\"")),
    ] {
        let check = |more: &[&str]| {
            let args = ["check", "--no-repo", "--no-config", "--no-source", REPAIRED, "--format", format];
            let output = run(&[&args[..], more].concat());
            assert_eq!(err(&output), "", "{format}");
            (code(&output), out(&output))
        };
        let (status, text) = check(&LIMITS);
        // Atlantis takes the number of failures for the verdict of conftest's lines.
        assert_eq!(status, i32::from(format != "conftest"), "{format}: {text}");
        assert_eq!(text.matches("is exceeded").count(), times, "{format}: {text}");
        assert_eq!(failed.is_none(), times == 0, "{format}");
        if let Some(failed) = failed {
            assert!(text.contains(failed), "{format}: {text}");
            let (status, kept) = check(&KEPT);
            assert!(status == 0 && !kept.contains(failed) && !kept.contains("exceeded"), "{format}: {kept}");
        }
        // What a host decides itself is told all the same.
        assert_eq!(check(&[&LIMITS[..], &["--exit-zero"]].concat()), (0, text), "{format}");
    }
}

/// A file says the same as standard input, whatever colours are asked for.
#[test]
fn files_hold_the_same() {
    let folder = folder();
    for format in FORMATS {
        let file = folder.path().join(format);
        let named = format!("{format}={}", file.display());
        let args = ["check", "--no-repo", "--exit-zero", SHOP, "-f", format, "-o", &named, "--color", "always"];
        let output = run(&args);
        assert_eq!(fs::read_to_string(&file).unwrap(), out(&output), "{format}");
    }
}

/// A plan by its whole path says nothing of where it lies.
#[test]
fn whole_paths_stay_on_the_machine() {
    let folder = folder();
    let plan = folder.path().join("plan.json");
    fs::copy(super::project().join(SHOP), &plan).unwrap();
    let plan = plan.display().to_string();
    for format in FORMATS {
        let text = out(&run(&["check", "--no-repo", "--no-source", &plan, "--format", format]));
        assert!(!text.contains(&folder.path().display().to_string()), "{format}");
    }
}

/// On GitHub the report is added to what the step has said before, and left out where that is too much.
#[test]
fn the_summary_of_a_step() {
    let folder = folder();
    let file = folder.path().join("summary.md");
    let check = |format: &str, summary: &str| {
        let args = ["check", "--no-repo", SHOP, "--format", format];
        planwise(&args).env("GITHUB_STEP_SUMMARY", summary).output().unwrap()
    };
    let path = file.display().to_string();
    let markdown = out(&run(&["check", "--no-repo", SHOP, "--format", "markdown"]));
    fs::write(&file, "before\n").unwrap();
    assert_eq!(code(&check("github", &path)), 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("before\n{markdown}"));
    // Nobody asked for one.
    let text = out(&check("github", ""));
    assert_eq!(text, out(&check("github", &path)));
    check("table", &path);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("before\n{markdown}{markdown}"));
    let full = "x".repeat(1024 * 1024 - 100);
    fs::write(&file, &full).unwrap();
    let output = check("github", &path);
    assert_eq!((code(&output), fs::read_to_string(&file).unwrap().len()), (1, full.len()));
    assert!(
        out(&output).ends_with("The report is not in the summary of this step, which is full.\n"),
        "{}",
        out(&output)
    );
    let output = check("github", &folder.path().join("no/such.md").display().to_string());
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("such.md cannot be written") && err(&output).contains("hint: "), "{}", err(&output));
}

/// The action writes the report of each of its runs into the summary, once, whatever the format is.
#[cfg(unix)]
#[test]
fn the_action_tells_each_report_once() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let text = fs::read_to_string(super::project().join("action.yml")).unwrap();
    let action: serde_json::Value = serde_saphyr::from_str(&text).unwrap();
    let script = |name: &str| {
        let mut steps = action["runs"]["steps"].as_array().unwrap().iter();
        steps.find(|step| step["name"] == name).unwrap()["run"].as_str().unwrap().to_owned()
    };
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_planwise")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    for name in ["first.json", "second.json"] {
        fs::copy(super::project().join(SHOP), at(name)).unwrap();
    }
    let step = |name: &str, plan: &str, format: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-e", "-c", &script(name)]).current_dir(folder.path()).env("PATH", &path);
        for (name, value) in [("PLAN", plan), ("PLANFILE", ""), ("PROJECT", plan), ("CONFIG", ""), ("FAIL_ON", "high")]
        {
            command.env(name, value);
        }
        command.env("FORMAT", format).env("OUT", at("reports")).env("RUNNER_TEMP", folder.path());
        command.env("GITHUB_STEP_SUMMARY", at("summary.md")).env("GITHUB_OUTPUT", at("output"));
        let output = command.output().unwrap();
        assert_eq!(code(&output), 0, "{name}: {}{}", out(&output), err(&output));
    };
    for (plan, format) in [("first.json", "github"), ("second.json", "table")] {
        step("Check", plan, format);
        step("Summary", plan, format);
    }
    let summary = fs::read_to_string(at("summary.md")).unwrap();
    assert_eq!(summary.matches("\n### ").count() + usize::from(summary.starts_with("### ")), 2, "{summary}");
    assert_eq!(fs::read_to_string(at("output")).unwrap(), "failed=true\nfailed=true\n");
    assert_eq!(fs::read_dir(at("reports")).unwrap().count(), 4);
}

/// Several plans of a project are accepted each for itself; a baseline that does not tell them apart is refused.
#[test]
fn a_baseline_is_for_its_own_plan() {
    let folder = folder();
    for name in ["a.json", "b.json"] {
        fs::copy(super::project().join(SHOP), folder.path().join(name)).unwrap();
    }
    let inside = |args: &[&str]| planwise(args).current_dir(folder.path()).output().unwrap();
    let check = |plans: &[&str], baseline: &str| {
        inside(&[&["check", "--no-repo", "--all", "--project", "shop", "--baseline", baseline], plans].concat())
    };
    assert_eq!(code(&inside(&["baseline", "write", "a.json", "--project", "shop", "--output", "a.base"])), 0);
    assert_eq!(code(&check(&["a.json"], "a.base")), 0);
    let both = check(&["a.json", "b.json"], "a.base");
    assert_eq!(code(&both), 2, "{}", out(&both));
    assert!(err(&both).contains("does not say in which of its 2 plans\n  hint: "), "{}", err(&both));
    let all = ["baseline", "write", "a.json", "b.json", "--project", "shop", "--output", "both.base"];
    assert_eq!(code(&inside(&all)), 0);
    assert_eq!(code(&check(&["a.json", "b.json"], "both.base")), 0);
    fs::copy(folder.path().join("b.json"), folder.path().join("c.json")).unwrap();
    assert_eq!(code(&check(&["a.json", "c.json"], "both.base")), 1);
}

/// A plan by its whole path has the same name as by its path from where planwise runs.
#[test]
fn whole_paths_are_told_from_the_repository() {
    let folder = folder();
    fs::create_dir(folder.path().join("infra")).unwrap();
    let plan = folder.path().join("infra/plan.json");
    fs::copy(super::project().join(SHOP), &plan).unwrap();
    let told = |plan: &str, format: &str| {
        let args = ["check", "--no-repo", "--no-source", "--exit-zero", plan, "--format", format];
        out(&planwise(&args).current_dir(folder.path()).output().unwrap())
    };
    for format in ["gitlab", "rdjson", "junit", "sonar"] {
        assert_eq!(told(&plan.display().to_string(), format), told("infra/plan.json", format), "{format}");
    }
}

/// What would be lost is told before anything is written: another report, and what the run reads.
#[test]
fn no_output_goes_over_another_file() {
    let folder = folder();
    let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
    write("plan.json", &fs::read(super::project().join(SHOP)).unwrap());
    write("planwise.yaml", b"exemptions: []\n");
    write("accepted.json", b"{\"planwise_baseline\": 1, \"findings\": []}");
    write("summary.json", b"{}");
    let inside = |args: &[&str]| {
        let output = planwise(args).current_dir(folder.path()).output().unwrap();
        (code(&output), err(&output))
    };
    let read = "is read in this run, and would be written over\n  hint: ";
    for (args, expected) in [
        (
            &["check", "plan.json", "-o", "json=r.json", "-o", "markdown=./r.json"][..],
            "two reports would be written to ./r.json",
        ),
        (&["check", "./plan.json", "-o", "markdown=r.md", "-o", "json=plan.json"], read),
        (&["check", "plan.json", "-o", "json=planwise.yaml"], read),
        (&["check", "plan.json", "--baseline", "accepted.json", "-o", "json=accepted.json"], read),
        (&["check", "plan.json", "-o", "json=-"], "- is no file: --format prints to standard output"),
        (&["cost", "plan.json", "-o", "json=plan.json"], read),
        (&["advise", "plan.json", "-o", "json=plan.json"], read),
        (&["diff", "accepted.json", "plan.json", "-o", "json=plan.json"], read),
        (&["gate", "x=summary.json", "--defaults", "-o", "json=summary.json"], read),
        (&["baseline", "write", "plan.json", "--output", "plan.json"], read),
        (&["baseline", "write", "plan.json", "--output", "-"], "- names no file to write to"),
        (&["prices", "import", "summary.json", "--out", "summary.json"], read),
    ] {
        let (status, said) = inside(args);
        assert!(status == 2 && said.contains(expected), "{args:?}: {said}");
    }
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["accepted.json", "plan.json", "planwise.yaml", "summary.json"]);
    assert_eq!(fs::read(folder.path().join("plan.json")).unwrap(), fs::read(super::project().join(SHOP)).unwrap());
    let (status, said) = inside(&["check", "plan.json", "--exit-zero", "-o", "json=r.json", "-o", "markdown=r.md"]);
    assert_eq!(status, 0, "{said}");
    // A report is no longer lost where another is made of it.
    let (status, said) = inside(&["comment", "r.json", "--output", "r.json"]);
    assert!(status == 2 && said.contains(read), "{said}");
}

/// A binary plan belongs to one plan. So does a baseline's entry, however the plan is named.
#[test]
fn plans_are_kept_apart_and_known_again() {
    let refused = run(&["check", SHOP, REPAIRED, "--planfile", "tfplan"]);
    assert_eq!(code(&refused), 2);
    assert!(
        err(&refused).contains("--planfile names one binary plan, and 2 plans are to be read\n  hint: "),
        "{}",
        err(&refused)
    );
    let folder = folder();
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::copy(super::project().join(SHOP), folder.path().join("plan.json")).unwrap();
    let inside = |args: &[&str]| planwise(args).current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&inside(&["baseline", "write", "./plan.json"])), 0);
    for plan in ["plan.json", "./plan.json", "a/../plan.json"] {
        let clean = inside(&["check", plan, "--all", "--baseline", "planwise-baseline.json"]);
        assert_eq!(code(&clean), 0, "{plan}: {}", out(&clean));
        assert!(out(&clean).contains("but what the baseline accepts"), "{plan}: {}", out(&clean));
    }
}

/// Without a repository, paths are told from where planwise runs, as the plan's own path is.
#[test]
fn without_a_repository_paths_begin_where_planwise_runs() {
    let (folder, original) = (folder(), super::project().join("testdata/plans/new-service"));
    fs::create_dir(folder.path().join("infra")).unwrap();
    for name in ["data.tf", "network.tf", "service.tf", "variables.tf", "versions.tf", "plan.json"] {
        fs::copy(original.join(name), folder.path().join("infra").join(name)).unwrap();
    }
    let files = |inside: &str, plan: &str| -> Vec<String> {
        let args = ["check", plan, "--exit-zero", "--format", "rdjsonl"];
        let output = planwise(&args).current_dir(folder.path().join(inside)).output().unwrap();
        let path = |line: &str| {
            let one: serde_json::Value = serde_json::from_str(line).unwrap();
            one["location"]["path"].as_str().unwrap().to_owned()
        };
        let mut all: Vec<String> = out(&output).lines().map(path).collect();
        all.sort();
        all.dedup();
        all
    };
    assert!(files("", "infra/plan.json").contains(&"infra/service.tf".to_owned()));
    assert!(files("infra", "plan.json").contains(&"service.tf".to_owned()));
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    assert_eq!(files("elsewhere", "../infra/plan.json"), ["plan.json"]);
}
