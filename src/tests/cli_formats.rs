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
