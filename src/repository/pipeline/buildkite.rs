//! Pipelines of Buildkite.
//!
//! Source: Buildkite documentation, defining steps (`wait`, `block`, `depends_on`, `soft_fail`, `continue_on_failure`), not
//! looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::model::{Job, Lenient, Pipeline, Start, System, Unseen};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::{Node, Yaml};

/// Reads a pipeline.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Option<Pipeline> {
    let steps = if matches!(node.value, Yaml::List(_)) { node } else { node.get("steps")? };
    let mut flat: Vec<&Node> = Vec::new();
    for step in steps.items() {
        match step.get("group").and_then(|_| step.get("steps")) {
            Some(inner) => flat.extend(inner.items()),
            None => flat.push(step),
        }
    }
    let (mut found, mut keys): (Vec<Found>, Vec<Option<String>>) = (Vec::new(), Vec::new());
    // Whatever stands before a `wait` comes before all behind it.
    let (mut before, mut current, mut regardless): (Vec<usize>, Vec<usize>, bool) = (Vec::new(), Vec::new(), false);
    let mut unseen = None;
    for step in flat {
        let is = |word: &str| step.text() == Some(word) || step.get(word).is_some();
        if is("wait") || is("waiter") || is("block") || is("input") {
            before.append(&mut current);
            regardless = step.word("continue_on_failure") == Some("true");
            continue;
        }
        if let Some(trigger) = step.word("trigger") {
            unseen.get_or_insert(Unseen { what: format!("what the pipeline {trigger} does"), line: step.line });
        }
        let named = step.get("depends_on").map(depends);
        let follows: Vec<usize> = match &named {
            Some(keyed) => {
                keyed.iter().filter_map(|name| keys.iter().position(|key| key.as_deref() == Some(name))).collect()
            }
            None => before.clone(),
        };
        let label = step.word("label").or_else(|| step.word("name")).or_else(|| step.word("key"));
        let needs = if regardless && named.is_none() { Vec::new() } else { follows.clone() };
        let job = Job { id: label.unwrap_or("a step").to_owned(), line: step.line, deeds: Vec::new(), needs, follows };
        current.push(found.len());
        keys.push(step.word("key").or_else(|| step.word("id")).map(str::to_owned));
        let mut manner = Manner {
            name: label.map(str::to_owned),
            lenient: lenient(step),
            places: [label, step.word("key")].into_iter().flatten().map(str::to_owned).collect(),
            occasional: step.word("if").is_some_and(|condition| condition.contains("schedule")),
            ..Manner::default()
        };
        let mut gather = Gather::new(shelf);
        for script in ["command", "commands"].into_iter().filter_map(|key| step.get(key)).flat_map(Node::items) {
            manner.folder = gather.script(script.text().unwrap_or_default(), script.line, Shell::STOPS, &manner);
        }
        found.push(gather.into_job(job));
    }
    let start = Start { change: true, proposal: true, ..Start::default() };
    let pipeline = Pipeline {
        system: System::Buildkite,
        file: file.to_owned(),
        address: None,
        name: file.to_owned(),
        start,
        jobs: Vec::new(),
        unseen,
    };
    Some(settled(pipeline, found))
}

fn depends(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(|item| item.text().or_else(|| item.word("step"))).map(str::to_owned).collect()
}

fn lenient(step: &Node) -> Option<Lenient> {
    let own = step.get("soft_fail")?;
    match own.text() {
        Some("true") => Some(Lenient { what: "soft_fail".to_owned(), certain: true }),
        Some("false") => None,
        _ => Some(Lenient { what: "soft_fail".to_owned(), certain: false }),
    }
}
