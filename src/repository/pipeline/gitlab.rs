//! Pipelines of GitLab.
//!
//! Source: GitLab documentation, CI/CD YAML syntax reference: the defaults of `allow_failure` (gitlab-org/gitlab#362225 has its words:
//! true for manual jobs without rules) read 2026-11-29; `stages`, `needs`, `extends` and `include` not looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::made::made;
use super::model::{Job, Lenient, Pipeline, Start, System, Unseen, What};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::{Node, Yaml};

/// Keys that are no jobs.
const OTHERS: [&str; 13] = [
    "stages",
    "include",
    "default",
    "variables",
    "workflow",
    "image",
    "services",
    "cache",
    "before_script",
    "after_script",
    "spec",
    "pages",
    "types",
];
const STAGES: [&str; 3] = ["build", "test", "deploy"];

/// Reads a pipeline with what it includes of the repository.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Option<Pipeline> {
    let mut unseen = None;
    let mut all: Vec<(String, Node)> = Vec::new();
    included(node, shelf, &mut all, &mut unseen, 3);
    let entries = all;
    let stages: Vec<String> = entries
        .iter()
        .rfind(|(key, _)| key == "stages")
        .map(|(_, node)| node.texts().into_iter().map(|(text, _)| text.to_owned()).collect())
        .filter(|stages: &Vec<String>| !stages.is_empty())
        .unwrap_or_else(|| STAGES.map(str::to_owned).to_vec());
    let jobs: Vec<(&String, Node)> = entries
        .iter()
        .filter(|(key, node)| !key.starts_with('.') && !OTHERS.contains(&key.as_str()) && !node.entries().is_empty())
        .map(|(key, node)| (key, extended(node, &entries, 8)))
        .filter(|(_, node)| node.word("when") != Some("never"))
        .filter(|(_, node)| node.get("script").is_some() || node.get("trigger").is_some() || node.get("run").is_some())
        .collect();
    if jobs.is_empty() && unseen.is_none() {
        return None;
    }
    let stage = |node: &Node| match node.word("stage").unwrap_or("test") {
        ".pre" => 0,
        ".post" => stages.len() + 1,
        name => stages.iter().position(|stage| stage == name).map_or(stages.len(), |at| at + 1),
    };
    let at: Vec<usize> = jobs.iter().map(|(_, node)| stage(node)).collect();
    let mut found: Vec<Found> = Vec::new();
    for (position, (id, node)) in jobs.iter().enumerate() {
        let follows: Vec<usize> = match node.get("needs") {
            Some(needs) => {
                named(needs).iter().filter_map(|name| jobs.iter().position(|(id, _)| id.as_str() == *name)).collect()
            }
            None => (0..jobs.len()).filter(|other| at.get(*other) < at.get(position)).collect(),
        };
        let when = node.word("when").unwrap_or("on_success");
        let regardless = when == "always" || when == "on_failure";
        let needs = if regardless { Vec::new() } else { follows.clone() };
        let job =
            Job { id: (*id).clone(), line: node.line.saturating_sub(1).max(1), deeds: Vec::new(), needs, follows };
        found.push(read_job(job, node, node_default(&entries), shelf, &mut unseen));
    }
    let name = file.to_owned();
    let start = Start { change: true, proposal: true, ..Start::default() };
    let pipeline = Pipeline {
        system: System::GitLab,
        file: file.to_owned(),
        address: None,
        name,
        start,
        jobs: Vec::new(),
        unseen,
    };
    Some(settled(pipeline, found))
}

fn node_default(entries: &[(String, Node)]) -> Option<&Node> {
    entries.iter().find(|(key, _)| key == "default").map(|(_, node)| node)
}

/// The jobs that `needs` names, by their names or as `job: name`.
fn named(needs: &Node) -> Vec<&str> {
    needs.items().iter().filter_map(|need| need.text().or_else(|| need.word("job"))).collect()
}

/// All keys of a file and of those that it includes; the own ones last.
fn included(
    node: &Node,
    shelf: &mut Shelf<'_>,
    all: &mut Vec<(String, Node)>,
    unseen: &mut Option<Unseen>,
    depth: usize,
) {
    if let Some(include) = node.get("include") {
        for one in include.items() {
            let local = one.word("local").or_else(|| one.text().filter(|text| !text.contains("://")));
            let inner = local
                .filter(|_| depth > 0)
                .and_then(|path| shelf.text("", path))
                .and_then(|(_, text)| Node::read(&text).ok());
            if let Some(inner) = inner {
                included(&inner, shelf, all, unseen, depth - 1);
            } else {
                let name = one.text().or_else(|| {
                    ["template", "remote", "project", "component", "local"].iter().find_map(|key| one.word(key))
                });
                let what = format!("what {} includes", name.unwrap_or("it"));
                unseen.get_or_insert(Unseen { what, line: one.line });
            }
        }
    }
    for (key, value) in node.entries() {
        all.retain(|(known, _)| known != key);
        all.push((key.clone(), value.clone()));
    }
}

/// A job with what it takes over from others.
fn extended(node: &Node, entries: &[(String, Node)], depth: usize) -> Node {
    let mut map: Vec<(String, Node)> = Vec::new();
    for base in node.words("extends") {
        if let Some((_, base)) = entries.iter().find(|(key, _)| key == base).filter(|_| depth > 0) {
            let base = extended(base, entries, depth - 1);
            for (key, value) in base.entries() {
                map.retain(|(known, _)| known != key);
                map.push((key.clone(), value.clone()));
            }
        }
    }
    for (key, value) in node.entries() {
        map.retain(|(known, _)| known != key);
        map.push((key.clone(), value.clone()));
    }
    Node { value: Yaml::Map(map), line: node.line }
}

fn read_job(
    job: Job,
    node: &Node,
    default: Option<&Node>,
    shelf: &mut Shelf<'_>,
    unseen: &mut Option<Unseen>,
) -> Found {
    let environment = node.get("environment").and_then(|node| node.text().or_else(|| node.word("name")));
    let manual = node.word("when") == Some("manual");
    let rules: Vec<&Node> = node.get("rules").map(|rules| rules.items().iter().collect()).unwrap_or_default();
    let by_rules = |word: &str| {
        !rules.is_empty()
            && rules.iter().all(|rule| rule.word("when").is_some_and(|when| when == word || when == "never"))
    };
    let scheduled =
        |text: &str| text.contains("\"schedule\"") || text.contains("'schedule'") || text.contains("\"web\"");
    let by_clock = !rules.is_empty()
        && rules.iter().all(|rule| rule.word("if").is_some_and(scheduled) || rule.word("when") == Some("never"))
        || node.words("only").iter().any(|word| ["schedules", "web"].contains(word)) && node.words("only").len() == 1;
    let mut manner = Manner {
        name: None,
        lenient: lenient(node, manual && rules.is_empty()),
        regardless: false,
        occasional: manual || by_rules("manual") || by_clock,
        folder: String::new(),
        shell: None,
        places: [environment, Some(job.id.as_str()), node.word("stage")]
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .collect(),
    };
    let mut gather = Gather::new(shelf);
    let before = node.get("before_script").or_else(|| default.and_then(|default| default.get("before_script")));
    let is_image = node.get("image").and_then(|image| image.text().or_else(|| image.word("name"))).unwrap_or_default();
    for script in [before, node.get("script"), node.get("run")].into_iter().flatten() {
        for (text, line) in lines(script) {
            manner.folder = gather.script(text, line, Shell::STOPS, &manner);
        }
    }
    // Templates of one's own are named by `!reference`, and their scripts cannot be followed.
    let hidden = node.get("script").is_some_and(|script| script.texts().iter().any(|(text, _)| text.starts_with('.')));
    if hidden {
        unseen.get_or_insert(Unseen { what: format!("what the script of {} refers to", job.id), line: node.line });
    }
    if let Some(what) = made(is_image, &|_| None) {
        gather.made(what, node.line, &[], &manner);
    }
    if let Some(trigger) = node.get("trigger") {
        let name = trigger
            .text()
            .or_else(|| trigger.word("project"))
            .or_else(|| trigger.word("include"))
            .unwrap_or("another pipeline");
        unseen.get_or_insert(Unseen { what: format!("what {name} does, which {} starts", job.id), line: trigger.line });
    }
    // A pipeline waits for what is started by hand and may not fail: nothing behind it runs without it.
    let may_fail =
        std::iter::once(node).chain(rules.iter().copied()).any(|one| one.word("allow_failure") == Some("true"));
    let is_told = node.get("allow_failure").is_some_and(|own| own.text() == Some("false"));
    if !may_fail && (is_told && manual || by_rules("manual")) {
        let of_tests = gather.deeds.iter_mut().filter(|(deed, _)| !matches!(deed.what, What::Deploy(_)));
        of_tests.for_each(|(deed, _)| deed.occasional = false);
    }
    gather.into_job(job)
}

/// The texts of a script, each with the line on which its first command stands.
fn lines(script: &Node) -> Vec<(&str, usize)> {
    match &script.value {
        Yaml::List(items) => items.iter().flat_map(lines).collect(),
        _ => script.text().map(|text| (text, script.line)).into_iter().collect(),
    }
}

fn lenient(node: &Node, manual: bool) -> Option<Lenient> {
    let by_hand = || manual.then(|| Lenient { what: "when: manual".to_owned(), certain: true });
    let Some(own) = node.get("allow_failure") else { return by_hand() };
    let what = "allow_failure".to_owned();
    match own.text() {
        Some("true") => Some(Lenient { what, certain: true }),
        Some("false") => None,
        // Only some exit codes are let through.
        _ => Some(Lenient { what: format!("{what}: exit_codes"), certain: false }),
    }
}
