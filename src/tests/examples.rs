//! What is shown to be copied: the YAML is read, and the program takes every command line.

use std::fs;
use std::path::PathBuf;

use clap::{CommandFactory as _, Parser as _, ValueEnum as _};

use super::support::{project, tree};
use crate::cli::Cli;
use crate::report;

/// The files with commands or YAML in them.
fn files() -> Vec<PathBuf> {
    let single = ["docs/atlantis.md", "docs/ci.md", "action.yml", ".pre-commit-hooks.yaml"].map(project);
    tree(&project("examples")).into_iter().chain(single).collect()
}

fn is_yaml(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml")
}

#[test]
fn yaml_can_be_read() {
    let mut read = 0;
    for path in files().into_iter().filter(|path| is_yaml(path)) {
        let text = fs::read_to_string(&path).unwrap();
        let value: serde_json::Value =
            serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(!value.is_null(), "{}", path.display());
        read += 1;
    }
    for page in ["docs/atlantis.md", "docs/ci.md"] {
        for block in fenced(&fs::read_to_string(project(page)).unwrap(), "yaml") {
            let value: Result<serde_json::Value, _> = serde_saphyr::from_str(&block);
            assert!(value.is_ok(), "{page}: {value:?}\n{block}");
            read += 1;
        }
    }
    assert!(read >= 14, "{read}");
}

/// What stands in fences of one kind.
fn fenced(page: &str, kind: &str) -> Vec<String> {
    let (mut blocks, mut inside) = (Vec::new(), None::<String>);
    for line in page.lines() {
        match &mut inside {
            None if line == format!("```{kind}") => inside = Some(String::new()),
            Some(_) if line == "```" => blocks.extend(inside.take()),
            Some(block) => block.push_str(&format!("{line}\n")),
            None => {}
        }
    }
    blocks
}

/// The command lines that begin with `planwise `, without what a shell does with them: `$VARIABLES` stay as they are, comments
/// and everything behind `|`, `>`, `;`, `&` and `)` go.
fn commands(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\\\n", " ");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let starts = lines.flat_map(|line| line.match_indices("planwise ").map(move |(at, _)| (&line[..at], &line[at..])));
    let begins = |before: &str| {
        let before = before.trim_start();
        before.is_empty() || ["- ", "run: ", "script: ", "entry: ", "| "].iter().any(|start| before.ends_with(start))
    };
    starts.filter(|(before, _)| begins(before)).map(|(_, rest)| words(rest)).collect()
}

/// Words as a shell parts them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '|' | '>' | ';' | '&' | '#') => {
                // `2>` is a part of what follows it.
                word = word.filter(|word| word != "2");
                break;
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether a command waits for something that the program does not have yet.
fn is_awaited(command: &[String]) -> bool {
    let has = |name: &str| Cli::command().get_subcommands().any(|known| known.get_name() == name);
    let formats = crate::cli::Format::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value);
    let formats: Vec<String> = formats.map(|value| value.get_name().to_owned()).collect();
    let asks = |name: &str| command.iter().any(|word| word == name || word.starts_with(&format!("{name}=")));
    let awaited = ["gitlab", "azure"].into_iter().any(|name| asks(name) && !formats.iter().any(|known| known == name));
    awaited || (command.get(1).is_some_and(|word| word == "comment") && !has("comment"))
}

#[test]
fn the_program_takes_every_command() {
    let mut taken = 0;
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let is_page = path.extension().is_some_and(|ending| ending == "md");
        let text = if is_page { [fenced(&text, "sh"), fenced(&text, "yaml")].concat().concat() } else { text };
        for command in commands(&text) {
            // Lists of a shell's own arguments are its business.
            let command: Vec<String> =
                command.into_iter().filter(|word| word != "$@" || !path.ends_with("action.yml")).collect();
            if is_awaited(&command) {
                continue;
            }
            // A variable may hold any value that is asked for.
            let typed = command.iter().map(|word| match word.as_str() {
                "$FORMAT" => "table",
                "$FAIL_ON" => "high",
                "$PULL_NUM" | "$PULL_REQUEST" | "$CI_MERGE_REQUEST_IID" | "$(System.PullRequest.PullRequestId)" => "7",
                word => word,
            });
            if let Err(error) = Cli::try_parse_from(typed) {
                panic!("{}: {command:?}: {error}", path.display());
            }
            taken += 1;
        }
    }
    assert!(taken >= 14, "{taken}");
}

#[test]
fn commands_are_found_in_text() {
    let text = "# planwise checks\n- run: planwise check --format atlantis --out-dir \"$A B\" || true\n\
                x | planwise check - --exit-zero > f.json\nplanwise config check # all\n    entry: planwise config check\n";
    let found: Vec<String> = commands(text).iter().map(|words| words.join("_")).collect();
    let expected = [
        "planwise_check_--format_atlantis_--out-dir_$A B",
        "planwise_check_-_--exit-zero",
        "planwise_config_check",
        "planwise_config_check",
    ];
    assert_eq!(found, expected);
}

/// A limit of the bill that fails the run is named first, and has an outcome of its own.
#[test]
fn a_run_task_names_the_limits_that_fail_it() {
    use crate::cost::{Asked, Held, Rail};
    let mut report = super::support::check("testdata/plans/shop/plan.json");
    report.told.clear();
    let rail = Rail::total("10").unwrap();
    report.cost.as_mut().unwrap().rails = vec![Asked { rail, held: Held::Exceeded, reached: Some(99.into()) }];
    let answer: serde_json::Value =
        serde_json::from_str(&super::support::written(|out| report::run_task(&report, out))).unwrap();
    let attributes = &answer["data"]["attributes"];
    assert_eq!(attributes["status"], "failed");
    let message = attributes["message"].as_str().unwrap();
    assert!(
        message.contains("is exceeded: $99.00 a month") && message.find("exceeded") < message.find("No problem"),
        "{message}"
    );
    let outcomes = answer["data"]["relationships"]["outcomes"]["data"].as_array().unwrap();
    assert!(
        matches!(outcomes.as_slice(), [one] if one["attributes"]["tags"]["Status"][0]["label"] == "failed"
        && one["attributes"]["description"].as_str().unwrap().contains("is exceeded")),
        "{outcomes:#?}"
    );
}

/// What a run task is answered with has the shape that its documentation asks for.
#[test]
fn run_tasks_are_answered_in_their_shape() {
    let report = super::support::check("testdata/plans/shop/plan.json");
    let answer: serde_json::Value =
        serde_json::from_str(&super::support::written(|out| report::run_task(&report, out))).unwrap();
    let data = &answer["data"];
    assert_eq!((&data["type"], &data["attributes"]["status"]), (&"task-results".into(), &"failed".into()));
    let outcomes = data["relationships"]["outcomes"]["data"].as_array().unwrap();
    assert_eq!(outcomes.len(), report.told.len());
    let mut ids: Vec<_> =
        outcomes.iter().map(|outcome| outcome["attributes"]["outcome-id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), outcomes.len());
    for outcome in outcomes {
        assert_eq!(outcome["type"], "task-result-outcomes");
        for kind in ["Status", "Severity"] {
            let level = outcome["attributes"]["tags"][kind][0]["level"].as_str().unwrap();
            assert!(["none", "info", "warning", "error"].contains(&level), "{level}");
        }
    }
}
