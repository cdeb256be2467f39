//! Workflows of `CircleCI`.
//!
//! Source: `CircleCI` documentation, configuration reference (`requires`, `when` of steps: whether something before it failed), not
//! looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::made::made;
use super::model::{Job, Pipeline, Start, System, Unseen};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::Node;

/// Reads the workflows of a configuration: each is a pipeline.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Vec<Pipeline> {
    let workflows = node.get("workflows").map(Node::entries).unwrap_or_default();
    let mut all = Vec::new();
    for (name, workflow) in workflows.iter().filter(|(name, _)| name != "version") {
        let mut unseen = None;
        let listed: Vec<(&str, &str, Option<&Node>, usize)> = workflow
            .get("jobs")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|item| match (item.text(), item.entries()) {
                (Some(job), _) => Some((job, job, None, item.line)),
                (None, [(job, with), ..]) => {
                    Some((with.word("name").unwrap_or(job), job.as_str(), Some(with), item.line))
                }
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for (id, job, with, line) in &listed {
            let requires = with.map(|with| requires(with)).unwrap_or_default();
            let follows: Vec<usize> =
                requires.iter().filter_map(|name| listed.iter().position(|(id, ..)| id == name)).collect();
            let own = Job { id: (*id).to_owned(), line: *line, deeds: Vec::new(), needs: follows.clone(), follows };
            found.push(read_job(own, job, *with, node, shelf, &mut unseen));
        }
        let timed = workflow
            .get("triggers")
            .is_some_and(|triggers| triggers.items().iter().all(|one| one.get("schedule").is_some()));
        let start = Start { change: !timed, proposal: !timed, occasional: timed, after: Vec::new() };
        let pipeline = Pipeline {
            system: System::CircleCi,
            file: file.to_owned(),
            address: None,
            name: name.clone(),
            start,
            jobs: Vec::new(),
            unseen,
        };
        all.push(settled(pipeline, found));
    }
    all
}

/// The jobs that one requires, by their names or as `name: [success]`.
fn requires(with: &Node) -> Vec<&str> {
    let items = with.get("requires").map(Node::items).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.text().or_else(|| item.entries().first().map(|(name, _)| name.as_str())))
        .collect()
}

fn read_job(
    own: Job,
    name: &str,
    with: Option<&Node>,
    root: &Node,
    shelf: &mut Shelf<'_>,
    unseen: &mut Option<Unseen>,
) -> Found {
    let mut places = vec![own.id.clone(), name.to_owned()];
    // What a workflow hands to a job says where to: `environment: staging`.
    let handed = with
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .filter(|(key, _)| !["requires", "context", "filters", "name"].contains(&key.as_str()));
    places.splice(0..0, handed.filter_map(|(_, node)| node.text()).map(str::to_owned));
    let mut manner = Manner { places, ..Manner::default() };
    let mut gather = Gather::new(shelf);
    let Some(job) = root.get("jobs").and_then(|jobs| jobs.get(name)) else {
        let input = |key: &str| with.and_then(|with| with.word(key));
        if let Some(what) = made(name, &input) {
            let words: Vec<&str> = ["script", "path", "flags"]
                .iter()
                .filter_map(|key| input(key))
                .flat_map(str::split_whitespace)
                .collect();
            gather.made(what, own.line, &words, &manner);
        } else if with.is_none_or(|with| with.word("type") != Some("approval")) && name.contains('/') {
            unseen.get_or_insert(Unseen { what: format!("what {name} does"), line: own.line });
        }
        return gather.into_job(own);
    };
    let folder = job.word("working_directory").filter(|folder| !folder.starts_with('~'));
    folder.unwrap_or_default().clone_into(&mut manner.folder);
    steps(job, root, &manner, &mut gather, 3);
    gather.into_job(own)
}

fn steps(holder: &Node, root: &Node, outer: &Manner, gather: &mut Gather<'_, '_>, depth: usize) {
    for step in holder.get("steps").map(Node::items).unwrap_or_default() {
        let (key, with) = match (step.text(), step.entries()) {
            (Some(name), _) => (name, None),
            (None, [(name, with), ..]) => (name.as_str(), Some(with)),
            _ => continue,
        };
        if let (true, Some(with)) = (["when", "unless"].contains(&key), with) {
            steps(with, root, outer, gather, depth);
            continue;
        }
        let name = with.and_then(|with| with.word("name"));
        let mut places: Vec<String> = name.map(str::to_owned).into_iter().collect();
        places.extend(outer.places.iter().cloned());
        let regardless =
            with.and_then(|with| with.word("when")).is_some_and(|when| when == "always" || when == "on_fail");
        let folder =
            with.and_then(|with| with.word("working_directory")).map_or_else(|| outer.folder.clone(), str::to_owned);
        let manner = Manner { name: name.map(str::to_owned), regardless, places, folder, ..outer.clone() };
        if key == "run" {
            let script = with.and_then(|with| if with.text().is_some() { Some(with) } else { with.get("command") });
            if let Some(script) = script {
                gather.script(script.text().unwrap_or_default(), script.line, Shell::STOPS, &manner);
            }
            continue;
        }
        let input = |key: &str| with.and_then(|with| with.word(key));
        if let Some(what) = made(key, &input) {
            gather.made(what, step.line, &[], &manner);
        } else if let Some(command) = root.get("commands").and_then(|commands| commands.get(key)).filter(|_| depth > 0)
        {
            let mut inner = Gather::new(gather.shelf);
            steps(command, root, &manner, &mut inner, depth - 1);
            let deeds = inner.deeds;
            gather.deeds.extend(deeds.into_iter().map(|(mut deed, words)| {
                deed.line = step.line;
                (deed, words)
            }));
        }
    }
}
