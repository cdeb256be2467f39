//! Walls: who may import whom, and who alone may know what.

use std::path::PathBuf;

use super::lexer::Source;
use super::support::{project, tree};

/// Each module with what it may import. Data flows down this list; nothing flows back.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("model", &["units"]),
    // Terraform's language. What it asks of a plan, it asks through a trait of its own.
    ("source", &["units", "model"]),
    ("plan", &["model", "source"]),
    // What lies beside the plan: it knows files, and nobody's resources.
    ("repository", &["units", "model"]),
    ("facts", &["units", "model"]),
    // The price book: it knows keys, and nobody's resources.
    ("prices", &["units", "model", "facts"]),
    ("catalogue", &["units", "model", "facts"]),
    ("graph", &["units", "model", "facts"]),
    ("topology", &["units", "model", "facts", "graph"]),
    // A bill for one stage: it knows lines and prices, and no cloud.
    ("cost", &["units", "model", "facts", "topology", "prices"]),
    ("finding", &["units", "model", "facts"]),
    // The results of load tests: it knows no plan.
    ("gate", &["units", "model", "repository"]),
    ("policy", &["units", "model", "finding"]),
    // `planwise.yaml`: changes to a policy, exemptions, what no plan shows; and usage files.
    ("config", &["units", "model", "repository", "facts", "prices", "cost", "finding", "policy"]),
    // Judges the topology: it sees no plan, no graph, no cloud and no format.
    ("rules", &["units", "model", "repository", "facts", "topology", "finding", "policy"]),
    ("advice", &["units", "model", "facts", "topology", "cost", "finding"]),
    // What is said beside the plans, and what becomes of it.
    ("asides", &["units", "model", "source", "facts", "topology", "policy", "rules", "advice"]),
    // Two reports, held against each other: it knows no format.
    ("compare", &["units", "cost", "finding"]),
    // Besides reports it spells the graph's picture, the topology's facts and the bill.
    (
        "report",
        &["units", "model", "facts", "prices", "graph", "topology", "cost", "finding", "gate", "advice", "compare"],
    ),
    // The network: it knows hosts and their comments, and nothing of what these say.
    ("post", &[]),
    // What somebody has accepted of a report.
    ("baseline", &["units", "advice", "finding", "report"]),
    (
        "run",
        &[
            "units",
            "model",
            "source",
            "plan",
            "repository",
            "facts",
            "catalogue",
            "graph",
            "topology",
            "prices",
            "cost",
            "finding",
            "policy",
            "rules",
            "advice",
            "finding",
            "asides",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "units",
            "model",
            "source",
            "plan",
            "repository",
            "facts",
            "prices",
            "cost",
            "finding",
            "gate",
            "policy",
            "post",
            "config",
            "rules",
            "report",
            "compare",
            "baseline",
            "run",
        ],
    ),
];

/// The source files of a module; none without code, so that nothing passes because nothing was read.
fn files_of(module: &str) -> Vec<Source> {
    let single = project("src").join(module).with_extension("rs");
    let mut paths: Vec<PathBuf> = if single.exists() { vec![single] } else { tree(&project("src").join(module)) };
    // Prices are data, beside the code that reads them.
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    assert!(!paths.is_empty(), "{module} has no files");
    let files: Vec<_> = paths.iter().map(|path| Source::file(path)).collect();
    let empty: Vec<_> = files.iter().filter(|file| file.tokens.is_empty()).map(|file| &file.name).collect();
    assert!(empty.is_empty(), "{empty:?}");
    files
}

#[test]
fn imports_go_one_way() {
    let (mut wrong, mut files, mut imports) = (Vec::new(), 0, 0);
    for (module, allowed) in MAY_IMPORT {
        for file in files_of(module) {
            let names = file.imports();
            (files, imports) = (files + 1, imports + names.len());
            let foreign = names.iter().filter(|name| name != module && !allowed.contains(&name.as_str()));
            wrong.extend(foreign.map(|name| format!("{}: crate::{name}", file.name)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(files > 150 && imports > 2 * files, "{imports} imports in {files} files are too few to be all");
}

/// Every file of the crate belongs to a module of the table.
#[test]
fn every_module_stands_in_the_table() {
    let unknown: Vec<_> = tree(&project("src"))
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| Source::file(path).name)
        .filter(|name| !(name.starts_with("tests/") || ["lib.rs", "main.rs"].contains(&name.as_str())))
        .filter(|name| {
            let module = name.split('/').next().unwrap_or_default().trim_end_matches(".rs");
            !MAY_IMPORT.iter().any(|(known, _)| *known == module)
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// What gives a knowledge away.
#[derive(Clone, Copy, Debug)]
enum Word {
    /// A name in code.
    Name(&'static str),
    /// A text that begins so.
    Begins(&'static str),
    /// A text that holds it anywhere.
    Holds(&'static str),
}
use Word::{Begins, Holds, Name};

/// What only these modules may write, in code.
const KNOWN_TO: &[(&[&str], &[Word])] = &[
    // Terraform's JSON.
    (
        &["plan"],
        &[
            Begins("resource_changes"),
            Begins("after_unknown"),
            Begins("planned_values"),
            Begins("prior_state"),
            Begins("module_calls"),
            Begins("constant_value"),
            Begins("root_module"),
        ],
    ),
    // A cloud. Prices are in the clouds' own words: their import reads the clouds' files, keys are of their making.
    (
        &["catalogue", "prices"],
        &[Holds("aws_"), Holds("azurerm_"), Holds("google_"), Holds("amazonaws"), Holds("arn:"), Name("aws")],
    ),
    // Terraform's language.
    (&["source"], &[Name("hcl_edit")]),
    // The graph's library.
    (&["graph"], &[Name("petgraph")]),
    // The network.
    (&["post"], &[Name("ureq"), Name("TcpStream")]),
    // Formats.
    (&["report"], &[Holds("<details>"), Holds("flowchart"), Holds("digraph")]),
    // Vendors' price files.
    (&["prices"], &[Begins("priceDimensions"), Begins("pricingExpression")]),
    // Tables: price files, and the results of load tests.
    (&["prices", "gate"], &[Name("csv")]),
    // What load tests write.
    (&["gate"], &[Begins("http_req"), Holds("numberOfRequests"), Holds("ResTime"), Begins("Request Count")]),
    // The terminal.
    (&["report", "cli"], &[Name("anstyle"), Name("anstream"), Name("tabled")]),
];

/// Texts that hold such a word with reason: file, what the text holds, and how often.
const EXCEPTIONS: &[(&str, &str, usize)] = &[
    // Help shows what somebody would type.
    ("cli/args.rs", "--focus aws_", 2),
    ("cli/args.rs", "workloads: { aws_", 1),
];

#[test]
fn knowledge_stays_behind_its_wall() {
    let (mut wrong, mut texts, mut excused) = (Vec::new(), 0, vec![0; EXCEPTIONS.len()]);
    for (module, _) in MAY_IMPORT {
        for file in files_of(module) {
            texts += file.texts.len();
            for (owners, words) in KNOWN_TO.iter().filter(|(owners, _)| !owners.contains(module)) {
                let names =
                    words.iter().filter(|word| matches!(word, Name(name) if file.tokens.iter().any(|t| t == name)));
                wrong.extend(names.map(|word| format!("{}: {word:?} is for {owners:?}", file.name)));
                let told = file.texts.iter().filter(|text| {
                    words.iter().any(|word| match word {
                        Name(_) => false,
                        Begins(begin) => text.starts_with(begin),
                        Holds(part) => text.contains(part),
                    })
                });
                for text in told {
                    match EXCEPTIONS.iter().position(|(name, holds, _)| *name == file.name && text.contains(holds)) {
                        Some(at) => excused[at] += 1,
                        None => wrong.push(format!("{}: {text:?} is for {owners:?}", file.name)),
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let expected: Vec<_> = EXCEPTIONS.iter().map(|(.., times)| *times).collect();
    assert_eq!(excused, expected, "exceptions are for exactly what they were made for");
    assert!(texts > 1_000, "{texts} texts are too few to be all");
}

#[test]
fn folders_have_no_logic_in_their_lists() {
    let lists: Vec<_> = tree(&project("src")).into_iter().filter(|path| path.ends_with("mod.rs")).collect();
    assert!(lists.len() > 10, "{lists:?}");
    let with_logic =
        lists.iter().map(|path| Source::file(path)).filter(|file| file.tokens.iter().any(|token| token == "fn"));
    let with_logic: Vec<_> = with_logic.map(|file| file.name).collect();
    assert!(with_logic.is_empty(), "{with_logic:?}");
}
