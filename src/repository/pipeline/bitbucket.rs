//! Pipelines of Bitbucket: one for each branch, tag or custom name, and in each one step after another.
//!
//! Source: Bitbucket Cloud documentation, bitbucket-pipelines.yml reference, not looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::made::made;
use super::model::{Job, Pipeline, Start, System};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::{Node, Yaml};

/// Reads all pipelines of a file.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Vec<Pipeline> {
    let mut all = Vec::new();
    for (kind, inner) in node.get("pipelines").map(Node::entries).unwrap_or_default() {
        if matches!(inner.value, Yaml::List(_)) {
            all.push(pipeline(file, kind, kind, inner, shelf));
            continue;
        }
        for (name, list) in inner.entries() {
            all.push(pipeline(file, kind, name, list, shelf));
        }
    }
    all
}

fn pipeline(file: &str, kind: &str, name: &str, list: &Node, shelf: &mut Shelf<'_>) -> Pipeline {
    let mut found: Vec<Found> = Vec::new();
    let mut before: Vec<usize> = Vec::new();
    for item in list.items() {
        let steps: Vec<(&Node, Option<&Node>)> = if let Some(parallel) = item.get("parallel") {
            let inner = parallel.get("steps").unwrap_or(parallel);
            inner.items().iter().filter_map(|one| Some((one.get("step")?, None))).collect()
        } else if let Some(stage) = item.get("stage") {
            stage
                .get("steps")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|one| Some((one.get("step")?, Some(stage))))
                .collect()
        } else {
            item.get("step").map(|step| (step, None)).into_iter().collect()
        };
        let together = item.get("parallel").is_some();
        let mut current = Vec::new();
        for (step, stage) in steps {
            let follows = if together { before.clone() } else { (0..found.len()).collect() };
            current.push(found.len());
            found.push(read_step(step, stage, name, follows, shelf));
        }
        before.extend(current);
    }
    let start = Start {
        change: kind != "custom" && kind != "pull-requests",
        proposal: kind == "pull-requests",
        occasional: kind == "custom",
        after: Vec::new(),
    };
    let called = if kind == name { kind.to_owned() } else { format!("{kind} {name}") };
    let pipeline = Pipeline {
        system: System::Bitbucket,
        file: file.to_owned(),
        address: None,
        name: called,
        start,
        jobs: Vec::new(),
        unseen: None,
    };
    settled(pipeline, found)
}

fn read_step(step: &Node, stage: Option<&Node>, pipeline: &str, follows: Vec<usize>, shelf: &mut Shelf<'_>) -> Found {
    let name = step.word("name");
    let deployment = step.word("deployment").or_else(|| stage.and_then(|stage| stage.word("deployment")));
    let job = Job {
        id: name.unwrap_or("a step").to_owned(),
        line: step.line,
        deeds: Vec::new(),
        needs: follows.clone(),
        follows,
    };
    let mut manner = Manner {
        name: name.map(str::to_owned),
        places: [deployment, name, Some(pipeline)].into_iter().flatten().map(str::to_owned).collect(),
        ..Manner::default()
    };
    let mut gather = Gather::new(shelf);
    for item in step.get("script").map(Node::items).unwrap_or_default() {
        if let Some(pipe) = item.word("pipe") {
            let variables = item.get("variables");
            let input = |key: &str| variables.and_then(|variables| variables.word(key));
            if let Some(what) = made(pipe, &input) {
                gather.made(what, item.line, &[], &manner);
            }
            continue;
        }
        manner.folder = gather.script(item.text().unwrap_or_default(), item.line, Shell::STOPS, &manner);
    }
    gather.into_job(job)
}
