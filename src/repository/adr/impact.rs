//! The section on performance, as design principle DP8 has it: throughput, scaling, debt.

use super::decision::{Bound, Debt, Latency, Part, Performance, Scales, Section};
use super::figures::{first, milliseconds, number, target};
use super::topic::holds;

const TITLES: [&str; 6] = [
    "performance-auswirkungen",
    "performance impact",
    "performance implications",
    "performance",
    "auswirkungen auf die performance",
    "auswirkung auf die performance",
];
const THROUGHPUT: [&str; 4] = ["expected throughput", "throughput", "erwarteter durchsatz", "durchsatz"];
const STRATEGY: [&str; 4] = ["scaling strategy", "scaling", "skalierungsstrategie", "skalierung"];
const CREATED: [&str; 3] = ["performance debt created", "debt created", "entstandene performance-schuld"];
const ACCEPTED: [&str; 3] = ["performance debt accepted", "debt accepted", "akzeptierte performance-schuld"];

/// How deep a section is that a label makes, alone on a line: below all headings.
const LABEL: usize = 7;

/// The sections, with a section of its own for each label that is called like one: `**Performance impact**`.
fn labelled(sections: &[Section]) -> Vec<Section> {
    let mut all = Vec::with_capacity(sections.len());
    for section in sections {
        let mut current = Section { lines: Vec::new(), ..section.clone() };
        for (line, text) in &section.lines {
            let Some(title) = label(text) else {
                current.lines.push((*line, text.clone()));
                continue;
            };
            let next = Section { level: LABEL, title, line: *line, lines: Vec::new() };
            if next.is_called(&TITLES) || is_part(&next) {
                all.push(std::mem::replace(&mut current, next));
            } else {
                current.lines.push((*line, text.clone()));
            }
        }
        all.push(current);
    }
    all
}

/// What stands in bold letters alone on a line: `**Scaling strategy:**`.
fn label(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches(':');
    let inner = ["**", "__"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))?;
    let inner = inner.trim().trim_end_matches(':').trim_end();
    (!inner.is_empty() && !inner.contains("**")).then(|| inner.to_owned())
}

/// Whether a section is a part of the one on performance.
fn is_part(section: &Section) -> bool {
    [&THROUGHPUT[..], &STRATEGY, &CREATED, &ACCEPTED].iter().any(|titles| section.is_called(titles))
}

/// Finds the section.
pub(super) fn performance(sections: &[Section]) -> Option<Performance> {
    let sections = &labelled(sections);
    let called = |titles: &[&str]| sections.iter().position(|section| section.level > 1 && section.is_called(titles));
    // `Performance` alone may be the name of a driver of the decision.
    let whole: Vec<&str> = TITLES.iter().copied().filter(|title| *title != "performance").collect();
    let at = called(&whole).or_else(|| called(&TITLES))?;
    let head = sections.get(at)?;
    // Labels are all of one depth.
    let within = |section: &&Section| section.level > head.level || (section.level == LABEL && is_part(section));
    let below = sections.iter().skip(at + 1).take_while(within);
    let inner: Vec<&Section> = below.collect();
    let part = |titles: &[&str]| {
        let section = inner.iter().find(|section| section.is_called(titles))?;
        let deeper =
            inner.iter().skip_while(|other| other.line <= section.line).take_while(|other| other.level > section.level);
        let filled = std::iter::once(section).chain(deeper).any(|section| is_filled(section));
        Some(Part { line: section.line, filled })
    };
    let mut found = Performance {
        line: head.line,
        throughput: part(&THROUGHPUT),
        strategy: part(&STRATEGY),
        created: part(&CREATED),
        accepted: part(&ACCEPTED),
        latencies: Vec::new(),
        rates: Vec::new(),
        minimum: None,
        maximum: None,
        signals: Vec::new(),
    };
    for section in std::iter::once(head).chain(inner.iter().copied()) {
        let debts = section.is_called(&CREATED) || section.is_called(&ACCEPTED);
        for (line, text) in section.lines.iter().filter(|_| !debts) {
            figures(&mut found, text, *line);
            // What was measured elsewhere is no bound.
            if section.is_called(&STRATEGY) || std::ptr::eq(section, head) {
                bounds(&mut found, &text.to_lowercase(), *line);
            }
            if section.is_called(&STRATEGY) {
                signals(&mut found, text, *line);
            }
        }
    }
    Some(found)
}

/// Whether something stands there besides what a template asks: `TODO`, `…`, `?`, `{what}`, `[e.g. …]`.
fn is_filled(section: &Section) -> bool {
    section.lines.iter().any(|(_, line)| {
        let text = line.trim().trim_start_matches(['-', '*', '+', '.', '|', ' ']).trim_end_matches(['|', ' ']);
        let lower = text.to_lowercase();
        let placeholder = ["todo", "tbd", "fixme", "n/a?", "…", "..."]
            .iter()
            .any(|word| lower == *word || lower.starts_with(&format!("{word}:")));
        let open = text.ends_with('?')
            || (text.starts_with('{') && text.ends_with('}'))
            || (text.starts_with('<') && text.ends_with('>'))
            || (text.starts_with('[') && text.ends_with(']'));
        text.chars().any(char::is_alphanumeric) && !placeholder && !open
    })
}

/// Response times, rates, and bounds of one line.
fn figures(found: &mut Performance, text: &str, line: usize) {
    let lower = text.to_lowercase();
    for (at, _) in lower.match_indices('p') {
        let alone = !lower.get(..at).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric);
        let rest = lower.get(at + 1..).unwrap_or_default().trim_start_matches('(');
        let Some((percentile, rest)) = number(rest).filter(|(number, _)| alone && (50..=99).contains(number)) else {
            continue;
        };
        let rest = rest.trim_start_matches([')', ' ', '<', '=', '≤', ':', '~', '|', '≈', '>']);
        let rest = rest.strip_prefix("latency").unwrap_or(rest).trim_start_matches([' ', '<', '=', '≤', ':', '|']);
        if let Some(milliseconds) = milliseconds(rest) {
            found.latencies.push(Latency { percentile, milliseconds, line });
        }
    }
    let units = [
        "req/s",
        "requests/s",
        "rps",
        "requests per second",
        "anfragen/s",
        "anfragen pro sekunde",
        "req/sec",
        "requests/sec",
    ];
    for unit in units {
        for (at, _) in lower.match_indices(unit) {
            let head = lower.get(..at).unwrap_or_default().trim_end();
            let begin = head
                .rfind(|c: char| !c.is_ascii_digit() && ![',', '.', '_', '\''].contains(&c))
                .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
            if let Some((value, "")) = head.get(begin..).and_then(number) {
                found.rates.push(Bound { value, line });
            }
        }
    }
}

const UNITS: [&str; 14] = [
    "instances",
    "instance",
    "instanzen",
    "tasks",
    "task",
    "replicas",
    "replica",
    "pods",
    "nodes",
    "containers",
    "units",
    "machines",
    "capacity",
    "anzahl",
];

/// `Min instances: 2`, `max. 20 tasks`, `| Minimum instances | 2 |`, `2 to 20 instances`, `2–20 Instanzen`.
fn bounds(found: &mut Performance, lower: &str, line: usize) {
    let counts = UNITS.iter().any(|unit| holds(lower, unit));
    // What changes says first what was; what is of each zone is no bound of the whole.
    let changes = ["raise", "increase", "lower", "reduce", "instead of", "previously", "erhöh", "senk", "statt"];
    let each = ["per zone", "per az", "per region", "per node", "je zone", "pro zone"];
    if !counts || changes.iter().chain(&each).any(|word| lower.contains(word)) {
        return;
    }
    let after = |names: &[&str]| {
        names.iter().find_map(|name| {
            let at = lower.match_indices(name).map(|(at, _)| at).find(|at| {
                let alone = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
                alone(lower.get(..*at).and_then(|head| head.chars().next_back()))
                    && alone(lower.get(at + name.len()..).and_then(|tail| tail.chars().next()))
            })?;
            let rest = lower.get(at + name.len()..)?;
            let (value, behind) = first(rest)?;
            // Between the name and its number stand units and marks, and no other bound.
            let between = rest.get(..rest.find(|c: char| c.is_ascii_digit())?)?;
            let plain = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let fits = plain.clone().all(|word| {
                UNITS.contains(&word) || ["of", "number", "is", "count", "desired", "von", "der"].contains(&word)
            });
            let percent = behind.trim_start().starts_with('%');
            // `4 → 20`: what stands behind the arrow counts.
            let arrow = ["→", "->", "=>"].iter().find_map(|mark| behind.trim_start().strip_prefix(mark));
            let value = arrow.and_then(|rest| number(rest.trim_start())).map_or(value, |(later, _)| later);
            // A row with several numbers does not say which one counts.
            let several = lower.trim_start().starts_with('|') && first(behind).is_some_and(|(other, _)| other != value);
            (fits && !percent && !several).then_some(Bound { value, line })
        })
    };
    found.minimum = found.minimum.or_else(|| after(&["minimum", "mindestens", "min", "at least"]));
    found.maximum = found.maximum.or_else(|| after(&["maximum", "höchstens", "max", "maximal", "at most", "up to"]));
    if found.minimum.is_none() && found.maximum.is_none() {
        range(found, lower, line);
    }
}

/// `2 to 20 instances`.
fn range(found: &mut Performance, lower: &str, line: usize) {
    for (at, c) in lower.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let _ = c;
        let alone =
            !lower.get(..at).and_then(|head| head.chars().next_back()).is_some_and(|c| c.is_alphanumeric() || c == '.');
        let Some((low, rest)) = lower.get(at..).and_then(number).filter(|_| alone) else { continue };
        let rest = rest.trim_start();
        let joins = ["to", "bis", "-", "–", "—", "..", "and", "und"];
        let Some(rest) = joins.iter().find_map(|join| rest.strip_prefix(join)) else { continue };
        let Some((high, rest)) = number(rest.trim_start()) else { continue };
        let unit: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        if UNITS.contains(&unit.as_str()) && low <= high {
            found.minimum = Some(Bound { value: low, line });
            found.maximum = Some(Bound { value: high, line });
            return;
        }
    }
}

/// What a strategy scales on: the words that name it.
const SIGNALS: &[(Scales, &[&str])] = &[
    (
        Scales::Requests,
        &[
            "requestcountpertarget",
            "albrequestcountpertarget",
            "request rate",
            "requests per",
            "request count",
            "anfragen pro",
            "rps",
            "anfragerate",
        ],
    ),
    (Scales::Cpu, &["cpu", "cpuutilization", "asgaveragecpuutilization", "ecsserviceaveragecpuutilization"]),
    (
        Scales::Memory,
        &["memory utilization", "memory utilisation", "ecsserviceaveragememoryutilization", "speicherauslastung"],
    ),
    (
        Scales::Backlog,
        &[
            "queue depth",
            "queue length",
            "backlog",
            "approximatenumberofmessagesvisible",
            "messages in",
            "consumer lag",
            "warteschlange",
        ],
    ),
    (Scales::Schedule, &["scheduled scaling", "on a schedule", "cron", "zeitplan"]),
];

fn signals(found: &mut Performance, text: &str, line: usize) {
    let lower = text.to_lowercase();
    // What it does not do is no signal.
    let denies =
        ["not ", "no ", "instead of", "rather than", "nicht", "kein", "statt"].iter().any(|word| lower.contains(word));
    let scales =
        ["scal", "skal", "tracking", "signal", "metric", "metrik", "target"].iter().any(|word| lower.contains(word));
    if denies || !scales {
        return;
    }
    for (signal, words) in SIGNALS {
        if let Some(word) = words.iter().find(|word| holds(&lower, word)) {
            let at = lower.find(word).unwrap_or(0);
            // As it is written, where lower case has not changed the length of what stands before it.
            let said = text.get(at..at + word.len()).filter(|said| said.to_lowercase() == **word).unwrap_or(word);
            found.signals.push((*signal, said.to_owned(), line));
        }
    }
}

/// Everything that is put off: names of the register, each with what is said of it until the next one.
pub(super) fn debts(sections: &[Section]) -> Vec<Debt> {
    let mut found: Vec<Debt> = Vec::new();
    for section in sections {
        let mut title = String::new();
        let mut open: Option<usize> = None;
        // A heading may name one as well.
        let heading = (section.line, section.title.clone());
        for (line, text) in std::iter::once(&heading).chain(&section.lines) {
            let trimmed = text.trim_start();
            let deeper = ["**", "--", ".."].iter().any(|mark| trimmed.starts_with(mark));
            let outer = text.len() - trimmed.len() < 2 && !deeper && trimmed.starts_with(['-', '*', '+', '|', '.']);
            if outer {
                title = said(trimmed);
                open = None;
            } else if trimmed.is_empty() && open.is_some() && !trimmed.starts_with(['-', '*']) {
                // A blank line within a list ends nothing.
            }
            for id in ids(text) {
                let own = if title.is_empty() { said(trimmed) } else { title.clone() };
                open = Some(found.len());
                found.push(Debt { id, title: own, line: *line, target: None, paid: false });
            }
            let Some(debt) = open.and_then(|at| found.get_mut(at)) else { continue };
            let lower = text.to_lowercase();
            let asks = [
                "target",
                "resolution",
                "due",
                "until",
                "ziel",
                "bis ",
                "fällig",
                "deadline",
                "resolve by",
                "by q",
                "by 20",
                "fixed by",
            ]
            .iter()
            .any(|word| lower.contains(word));
            let cell = trimmed.starts_with('|');
            let plain = text.replace(debt.id.as_str(), " ");
            if debt.target.is_none() && (asks || cell) {
                debt.target = target(&plain).map(|(said, day)| (said, day, *line));
            }
            debt.paid |= is_paid(&lower, text);
        }
    }
    // A debt may be named several times: what is said last of it counts.
    let mut whole: Vec<Debt> = Vec::new();
    for debt in found {
        match whole.iter_mut().find(|other| other.id == debt.id) {
            Some(other) => {
                other.paid |= debt.paid;
                other.target = debt.target.or(other.target.take());
            }
            None => whole.push(debt),
        }
    }
    whole
}

/// Whether a line says that a debt is paid.
fn is_paid(lower: &str, text: &str) -> bool {
    let plain: String = lower.chars().filter(|c| !['*', '_', '`'].contains(c)).collect();
    let words = ["resolved", "paid", "done", "closed", "fixed in", "erledigt", "behoben", "bezahlt"];
    let open = ["to be ", "must be", "should be", "will be", "not ", "unpaid", "unresolved", "nicht "];
    let says = words.iter().any(|word| holds(&plain, word)) && !open.iter().any(|word| plain.contains(word));
    says || plain.contains("[x]") || text.contains("~~") || text.contains('✅')
}

fn said(line: &str) -> String {
    line.trim_start_matches(['-', '*', '+', '|', '.', ' ']).trim_end_matches(['|', ' ']).to_owned()
}

/// Names of the register: `PERF-DEBT-2026-003`.
fn ids(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, begin) in text.match_indices("PERF-DEBT-") {
        let rest = text.get(at + begin.len()..).unwrap_or_default();
        let tail: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        let tail = tail.trim_end_matches('-');
        if !tail.is_empty() {
            found.push(format!("{begin}{tail}"));
        }
    }
    found
}
