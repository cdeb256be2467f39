//! Reads decisions: those of adr-tools, of MADR, and of whatever is like them.
//!
//! Sources, read 2026-11-23: adr-tools (npryce/adr-tools@b3279ba: `.adr-dir`, `doc/adr`, `NNNN-title.md`, `# N. Title`,
//! `Date:`, `## Status`), MADR 4 (adr/madr@11807d8: front matter with `status` and `date`; MADR 2 has them in a list below the title).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::decision::{Decision, Section, Standing};
use super::figures::iso;
use super::impact::{debts, performance};
use super::markup::{Language, Markup, read};
use super::topic::holds;
use super::topic::topics;
use crate::model::Place;
use crate::repository::{Settings, TextFile, Tree};

/// Where decisions lie.
const FOLDERS: [&str; 10] = [
    "doc/adr",
    "docs/adr",
    "doc/adrs",
    "docs/adrs",
    "docs/decisions",
    "doc/decisions",
    "docs/architecture/decisions",
    "docs/architecture/adr",
    "doc/architecture/decisions",
    "adr",
];
const ENDINGS: [&str; 5] = ["md", "markdown", "adoc", "asciidoc", "asc"];

/// Whether decisions are looked for there without anybody naming it.
pub(in crate::repository) fn is_known(folder: &str) -> bool {
    FOLDERS.contains(&folder)
}

/// Reads every decision of a repository.
pub fn decisions(tree: &mut Tree, settings: &Settings) -> Vec<Decision> {
    let mut files: Vec<TextFile> = FOLDERS.iter().flat_map(|folder| tree.below(folder, &ENDINGS, 2)).collect();
    for file in tree.file(".adr-dir") {
        let base = file.path.strip_suffix(".adr-dir").unwrap_or_default();
        let named = format!("{base}{}", file.text.trim().trim_matches('/').trim_start_matches("./"));
        files.extend(tree.inside(&named, &ENDINGS, 2));
    }
    for folder in &settings.decisions {
        if let Some(folder) = tree.named(&settings.folder, folder) {
            files.extend(tree.inside(&folder, &ENDINGS, 2));
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.path.clone()));
    files.iter().filter_map(|file| parse(&file.path, &file.text)).collect()
}

/// Reads one decision; nothing where the file is an index, a template, or says nothing of itself.
pub fn parse(path: &str, text: &str) -> Option<Decision> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    if ["readme", "index", "template", "adr-template", "contributing", "changelog"].contains(&stem)
        || stem.contains("template")
    {
        return None;
    }
    let markup = read(text, Language::of(path));
    let head = markup.sections.iter().find(|section| section.level == 1)?;
    let (in_name, in_title) = (number_of(stem), titled(&head.title));
    let status = status(&markup);
    // A file in such a folder may be anything: a decision has a number or a status.
    if in_name.is_none() && in_title.0.is_none() && status.is_none() {
        return None;
    }
    let mut words = String::new();
    for section in &markup.sections {
        words.push_str(&section.title.to_lowercase());
        words.push('\n');
        for (_, line) in &section.lines {
            words.push_str(&line.to_lowercase());
            words.push('\n');
        }
    }
    Some(Decision {
        number: in_title.0.or(in_name),
        title: in_title.1.to_owned(),
        standing: standing(status.as_deref()),
        date: date(&markup),
        place: Place::line(path, head.line),
        topics: topics(in_title.1, &markup.sections),
        performance: performance(&markup.sections),
        debts: debts(&markup.sections),
        words,
        names: markup.names,
        sections: markup.sections,
    })
}

/// The number that begins a file's name: `0007-use-a-cache`, `adr-7`, `ADR007_cache`.
fn number_of(stem: &str) -> Option<u64> {
    let rest = stem.strip_prefix("adr").map_or(stem, |rest| rest.trim_start_matches(['-', '_']));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    // A day is no number.
    if digits.len() == 4
        && rest.get(4..).is_some_and(|tail| tail.len() > 5 && iso(rest.get(..10).unwrap_or_default()).is_some())
    {
        return None;
    }
    digits.parse().ok()
}

/// A title with its number taken off: `7. Use a cache`, `ADR-007: Use a cache`.
fn titled(title: &str) -> (Option<u64>, &str) {
    let rest = title
        .strip_prefix("ADR")
        .or_else(|| title.strip_prefix("adr"))
        .map_or(title, |rest| rest.trim_start_matches(['-', '_', ' ', '#']));
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..end).and_then(|digits| digits.parse().ok());
    let tail = rest.get(end..).unwrap_or_default();
    let marked = tail.trim_start().starts_with(['.', ':', '-', '–', '—', ')']) || rest.len() < title.len();
    match number.filter(|_| marked) {
        Some(number) => (Some(number), tail.trim_start_matches([' ', '.', ':', '-', '–', '—', ')'])),
        None => (None, title),
    }
}

/// What is said of its status: in the front matter, in a section, or in a list or line below the title.
fn status(markup: &Markup) -> Option<String> {
    if let Some((_, value, _)) = markup.front.iter().find(|(key, value, _)| key == "status" && !value.is_empty()) {
        return Some(value.clone());
    }
    if let Some(section) = markup.sections.iter().find(|section| section.is_called(&["status", "decision status"])) {
        // adr-tools adds a line for each change; the first that says something stands for now, and a later one may end it.
        let lines: Vec<&str> =
            section.lines.iter().map(|(_, line)| line.trim()).filter(|line| !line.is_empty()).collect();
        return (!lines.is_empty()).then(|| lines.join("\n"));
    }
    labelled(markup, "status")
}

/// `* Status: accepted`, `**Status:** accepted`, `| Status | accepted |`, above the first section.
fn labelled(markup: &Markup, label: &str) -> Option<String> {
    let heads = markup.sections.iter().filter(|section: &&Section| section.level <= 1);
    let mut lines = heads.flat_map(|section| &section.lines);
    lines.find_map(|(_, line)| {
        let plain: String = line.chars().filter(|c| !['*', '_', '`'].contains(c)).collect();
        let plain = plain.trim_start_matches(['-', '+', '|', ' ']);
        let (key, value) = plain.split_once([':', '|'])?;
        (key.trim().eq_ignore_ascii_case(label)).then(|| value.trim_matches(['|', ' ']).to_owned())
    })
}

fn standing(status: Option<&str>) -> Standing {
    let Some(status) = status else { return Standing::Unsaid };
    let lower = status.to_lowercase();
    let gone = [
        "superseded",
        "superceded",
        "deprecated",
        "rejected",
        "withdrawn",
        "obsolete",
        "abgelöst",
        "abgelehnt",
        "veraltet",
        "replaced by",
        "ersetzt",
        "verworfen",
        "überholt",
        "zurückgezogen",
    ];
    if let Some(word) = gone.iter().find(|word| lower.contains(**word)) {
        return Standing::Gone((*word).to_owned());
    }
    let proposed = ["proposed", "draft", "open", "pending", "in review", "rfc", "undecided", "under discussion"];
    let german = ["vorgeschlagen", "entwurf", "vorschlag", "in diskussion", "offen"];
    // `Not accepted yet`, `Decision pending`: what says so outweighs the word that it holds.
    let is_open = proposed.iter().chain(&german).any(|word| holds(&lower, word));
    let denied = ["not accepted", "not yet accepted", "not approved", "not decided"];
    if denied.iter().any(|word| lower.contains(word)) || (is_open && !holds(&lower, "accepted")) {
        return Standing::Proposed;
    }
    let taken = ["accepted", "approved", "adopted", "implemented", "decided", "active", "final", "ratified", "done"];
    let german = ["akzeptiert", "angenommen", "beschlossen", "genehmigt", "in kraft", "gültig", "umgesetzt"];
    if taken.iter().chain(&german).any(|word| holds(&lower, word)) {
        return Standing::Accepted;
    }
    if is_open {
        return Standing::Proposed;
    }
    Standing::Unsaid
}

fn date(markup: &Markup) -> Option<Date> {
    let front = markup.front.iter().find(|(key, ..)| key == "date").map(|(_, value, _)| value.clone());
    iso(front.or_else(|| labelled(markup, "date")).or_else(|| labelled(markup, "datum"))?.trim())
}

#[cfg(test)]
mod tests {
    use super::super::decision::{Scales, Topic};
    use super::*;

    /// The section as design principle DP8 shows it.
    const TEMPLATE: &str = "## Performance Impact\n\n### Expected Throughput\n- Design target: 1000 req/s at P95 < 200ms\n- Load test result: 1200 req/s at P95 = 145ms ✅\n\n### Scaling Strategy\n- Auto-scaling: Target tracking on ALBRequestCountPerTarget\n- Min instances: 2 (no cold start), Max instances: 20\n\n### Performance Debt Created\n- None identified at this time\n\n### Performance Debt Accepted\n- CDN not configured in Phase 1 (estimated +50ms for static assets)\n  - Registered in Performance Debt Register as PERF-DEBT-2026-003\n  - Target resolution: Q3 2026\n";

    fn decision(text: &str) -> Decision {
        parse("docs/adr/0007-cache.md", text).unwrap()
    }

    #[test]
    fn the_template_of_the_principle() {
        let text = format!(
            "# 7. Cache what is read\n\nDate: 2026-01-15\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use Redis.\n\n{TEMPLATE}"
        );
        let decision = decision(&text);
        assert_eq!((decision.number, decision.title.as_str()), (Some(7), "Cache what is read"));
        assert_eq!(
            (decision.standing.clone(), decision.date.unwrap().to_string()),
            (Standing::Accepted, "2026-01-15".to_owned())
        );
        assert_eq!(decision.topics, [(Topic::Cache, "cache".to_owned())]);
        let performance = decision.performance.unwrap();
        for part in [&performance.throughput, &performance.strategy, &performance.created, &performance.accepted] {
            assert!(part.as_ref().unwrap().filled);
        }
        assert_eq!((performance.minimum.unwrap().value, performance.maximum.unwrap().value), (2, 20));
        assert_eq!(performance.minimum.unwrap().line, 21);
        assert_eq!(performance.rates.iter().map(|rate| rate.value).collect::<Vec<_>>(), [1000, 1200]);
        let latencies: Vec<_> = performance.latencies.iter().map(|one| (one.percentile, one.milliseconds)).collect();
        assert_eq!(latencies, [(95, 200), (95, 145)]);
        assert_eq!(
            performance.signals.iter().map(|(signal, said, _)| (*signal, said.as_str())).collect::<Vec<_>>(),
            [(Scales::Requests, "ALBRequestCountPerTarget")]
        );
        assert_eq!(decision.debts.len(), 1, "{:?}", decision.debts);
        let debt = &decision.debts[0];
        assert_eq!(
            (debt.id.as_str(), debt.target.as_ref().unwrap().1.to_string()),
            ("PERF-DEBT-2026-003", "2026-09-30".to_owned())
        );
        assert!(!debt.paid && debt.title.starts_with("CDN not configured"), "{debt:?}");
    }

    #[test]
    fn labels_alone_on_a_line_are_headings() {
        let inner = "**Expected throughput**\n\n1,000 req/s\n\n**Scaling strategy:**\n\n2 to 20 tasks on CPU\n\n**Debt created**\n\nnone\n";
        for head in ["## Performance impact", "**Performance impact**"] {
            let text = format!("# 7. Use a queue\n\n## Status\n\nAccepted\n\n## Consequences\n\n{head}\n\n{inner}");
            let found = parse("docs/adr/0007-queue.md", &text).unwrap().performance.unwrap();
            assert!(found.throughput.is_some_and(|part| part.filled) && found.strategy.is_some(), "{head}");
            assert!(found.created.is_some(), "{head}");
            assert_eq!(found.maximum.map(|bound| bound.value), Some(20), "{head}");
        }
        // What is only printed in bold is text.
        let text = "# 7. Use a queue\n\n## Status\n\nAccepted\n\n## Decision\n\n**We use a queue.**\n";
        assert!(parse("docs/adr/0007-queue.md", text).unwrap().performance.is_none());
    }

    #[test]
    fn statuses_wherever_they_stand() {
        let of = |text: &str| decision(text).standing;
        assert_eq!(of("---\nstatus: accepted\n---\n# A\n"), Standing::Accepted);
        assert_eq!(of("---\nstatus: superseded by ADR-0123\n---\n# A\n"), Standing::Gone("superseded".to_owned()));
        assert_eq!(
            of("# 1. A\n\n## Status\n\nAccepted\n\nSuperseded by [2. B](0002-b.md)\n"),
            Standing::Gone("superseded".to_owned())
        );
        assert_eq!(of("# A\n\n* Status: proposed\n* Date: 2020-01-01\n"), Standing::Proposed);
        assert_eq!(of("# A\n\n**Status:** Accepted\n\n## Decision\n"), Standing::Accepted);
        assert_eq!(of("# A\n\n## Decision\n"), Standing::Unsaid);
        let asciidoc = parse("adr/0001-a.adoc", "= ADR-1: A\n:status: rejected\n\n== Decision\nX\n").unwrap();
        assert_eq!((asciidoc.standing, asciidoc.number), (Standing::Gone("rejected".to_owned()), Some(1)));
        // A decision that replaces another one holds.
        assert_eq!(of("# A\n\n## Status\n\nAccepted, supersedes ADR-3\n"), Standing::Accepted);
    }

    #[test]
    fn what_is_no_decision() {
        assert!(parse("docs/adr/README.md", "# Decisions\n").is_none());
        assert!(parse("docs/adr/template.md", "# N. Title\n\n## Status\n").is_none());
        assert!(parse("docs/adr/0000-adr-template.md", "# Title\n").is_none());
        assert!(parse("docs/adr/notes.md", "# Notes of a meeting\n").is_none());
    }

    #[test]
    fn what_is_decided_and_what_is_only_told() {
        let topics = |text: &str| decision(text).topics.into_iter().map(|(topic, _)| topic).collect::<Vec<_>>();
        assert_eq!(topics("# Use PostgreSQL\n"), [Topic::Database]);
        assert_eq!(topics("# Log format\n\n## Context\n\nThe database is slow.\n\n## Decision\n\nWe log JSON.\n"), []);
        assert_eq!(
            topics(
                "# A\n\n## Considered Options\n\n* Redis\n\n## Decision Outcome\n\nChosen: files.\n\n### Consequences\n\nNo Redis.\n"
            ),
            []
        );
        assert_eq!(topics("# A\n\n## Decision Outcome\n\nAuto-scaling on requests.\n"), [Topic::Scaling]);
    }

    #[test]
    fn bounds_as_people_write_them() {
        let of = |line: &str| {
            let text = format!("# A\n\n## Performance Impact\n\n### Scaling Strategy\n\n{line}\n");
            let performance = decision(&text).performance.unwrap();
            (performance.minimum.map(|bound| bound.value), performance.maximum.map(|bound| bound.value))
        };
        assert_eq!(of("- Min instances: 2, Max instances: 20"), (Some(2), Some(20)));
        assert_eq!(of("| Minimum instances | 3 |\n| Maximum instances | 1,200 |"), (Some(3), Some(1200)));
        assert_eq!(of("* scales from 2 to 12 tasks"), (Some(2), Some(12)));
        assert_eq!(of("* 2–12 Instanzen"), (Some(2), Some(12)));
        assert_eq!(of("* mindestens 2 Instanzen, maximal 8 Instanzen"), (Some(2), Some(8)));
        assert_eq!(of("* at most 90 % CPU"), (None, None));
        assert_eq!(of("* Max CPU of instances: 70 %"), (None, None));
        assert_eq!(of("* P95 at 2 to 3 s"), (None, None));
    }

    #[test]
    fn parts_that_only_ask() {
        let text = "# A\n\n## Performance Impact\n\n### Expected Throughput\n\nTODO\n\n### Scaling Strategy\n\n- How many requests per second are expected?\n\n### Performance Debt Created\n\nNone.\n";
        let performance = decision(text).performance.unwrap();
        assert!(!performance.throughput.unwrap().filled && !performance.strategy.unwrap().filled);
        assert!(performance.created.unwrap().filled && performance.accepted.is_none());
    }

    #[test]
    fn debts_in_a_table_and_paid_ones() {
        let text = "# A\n\n## Performance Debt\n\n| id | what | target |\n|---|---|---|\n| PERF-DEBT-2025-001 | no cache | 2025-06-30 |\n| PERF-DEBT-2025-002 | slow query | Q1 2025 (resolved in 1.4) |\n\nPERF-DEBT-2025-003: later\n";
        let debts = decision(text).debts;
        let told: Vec<_> = debts
            .iter()
            .map(|debt| (debt.id.as_str(), debt.target.as_ref().map(|(said, ..)| said.as_str()), debt.paid))
            .collect();
        assert_eq!(
            told,
            [
                ("PERF-DEBT-2025-001", Some("2025-06-30"), false),
                ("PERF-DEBT-2025-002", Some("Q1 2025"), true),
                ("PERF-DEBT-2025-003", None, false)
            ]
        );
    }
}
