//! Workflows of GitHub Actions.
//!
//! Source: GitHub Actions documentation, workflow syntax: default shell `bash -e`, and `bash -eo pipefail` where `shell: bash` is set
//! (github/docs#23853, github/docs#27583), read 2026-11-29; `needs`, `continue-on-error` and `if` not looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::made::made;
use super::model::{Job, Lenient, Pipeline, Start, System, Unseen};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::{Node, Yaml};

/// Reads a workflow.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Option<Pipeline> {
    let jobs = node.get("jobs")?;
    let start = start(node)?;
    let name = node.word("name").unwrap_or_else(|| file.rsplit('/').next().unwrap_or(file)).to_owned();
    let mut pipeline = Pipeline {
        system: System::GitHub,
        file: file.to_owned(),
        address: None,
        name,
        start,
        jobs: Vec::new(),
        unseen: None,
    };
    let ids: Vec<&str> = jobs.entries().iter().map(|(id, _)| id.as_str()).collect();
    let mut found = Vec::new();
    for (id, job) in jobs.entries() {
        found.push(read_job((id, job), &ids, &defaults(node, &Manner::default()), shelf, &mut pipeline.unseen, 2));
    }
    Some(settled(pipeline, found))
}

/// What starts it; nothing where it is only called by others: then it stands in those.
fn start(node: &Node) -> Option<Start> {
    let on = node.get("on").or_else(|| node.get("true"))?;
    let mut events: Vec<&str> = on.entries().iter().map(|(event, _)| event.as_str()).collect();
    events.extend(on.texts().into_iter().map(|(event, _)| event));
    if events == ["workflow_call"] {
        return None;
    }
    let any = |known: &[&str]| events.iter().any(|event| known.contains(event));
    let change = any(&["push", "release", "merge_group", "workflow_run", "deployment", "create", "registry_package"]);
    let proposal = any(&["pull_request", "pull_request_target"]);
    let after = on.get("workflow_run").map(|run| run.words("workflows").into_iter().map(str::to_owned).collect());
    Some(Start { change, proposal, occasional: !change && !proposal, after: after.unwrap_or_default() })
}

/// What `defaults` say of every script of a workflow or a job.
fn defaults(node: &Node, outer: &Manner) -> Manner {
    let run = node.get("defaults").and_then(|defaults| defaults.get("run"));
    let word = |key: &str| run.and_then(|run| run.word(key)).map(str::to_owned);
    let folder = word("working-directory").unwrap_or_else(|| outer.folder.clone());
    Manner { folder, shell: word("shell").or_else(|| outer.shell.clone()), ..Manner::default() }
}

fn read_job(
    (id, job): (&str, &Node),
    ids: &[&str],
    base: &Manner,
    shelf: &mut Shelf<'_>,
    unseen: &mut Option<Unseen>,
    depth: usize,
) -> Found {
    let named = job.words("needs");
    let needs: Vec<usize> = named.iter().filter_map(|name| ids.iter().position(|id| id == name)).collect();
    let condition = job.word("if").unwrap_or_default();
    let regardless = is_regardless(condition);
    let own = Job {
        id: id.to_owned(),
        line: job.line,
        deeds: Vec::new(),
        needs: if regardless { asked(condition, &needs, ids) } else { needs.clone() },
        follows: needs,
    };
    let environment = job.get("environment").and_then(|node| node.text().or_else(|| node.word("name")));
    let manner = Manner {
        name: None,
        lenient: lenient(job),
        regardless: false,
        occasional: is_occasional(condition),
        places: [environment, job.word("name"), Some(id)].into_iter().flatten().map(str::to_owned).collect(),
        ..defaults(job, base)
    };
    let mut gather = Gather::new(shelf);
    if condition.trim() == "false" {
        return gather.into_job(own);
    }
    if let Some(uses) = job.word("uses") {
        called(uses, job, &manner, &mut gather, unseen, depth);
    }
    let steps = job.get("steps").map(Node::items).unwrap_or_default();
    for (at, step) in steps.iter().enumerate() {
        read_step(step, steps.get(at + 1..).unwrap_or_default(), &manner, &mut gather, depth);
    }
    gather.into_job(own)
}

/// A workflow that a job calls: what its jobs do, one after another.
fn called(
    uses: &str,
    job: &Node,
    manner: &Manner,
    gather: &mut Gather<'_, '_>,
    unseen: &mut Option<Unseen>,
    depth: usize,
) {
    let text = uses.strip_prefix("./").filter(|_| depth > 0).and_then(|path| gather.shelf.text("", path));
    let node = text.and_then(|(_, text)| Node::read(&text).ok());
    let Some(jobs) = node.as_ref().and_then(|node| node.get("jobs")) else {
        let what = format!("what {uses} does");
        unseen.get_or_insert(Unseen { what, line: job.get("uses").map_or(job.line, |node| node.line) });
        return;
    };
    // Inputs say where to: `with: { environment: staging }`.
    let inputs = job.get("with").map(Node::entries).unwrap_or_default().iter().filter_map(|(_, node)| node.text());
    let mut places: Vec<String> = inputs.map(str::to_owned).collect();
    places.extend(manner.places.iter().cloned());
    let ids: Vec<&str> = jobs.entries().iter().map(|(id, _)| id.as_str()).collect();
    let base = node.as_ref().map(|node| defaults(node, &Manner::default())).unwrap_or_default();
    let mut all: Vec<Found> = Vec::new();
    for (id, inner) in jobs.entries() {
        all.push(read_job((id, inner), &ids, &base, gather.shelf, unseen, depth - 1));
    }
    for at in in_order(&all) {
        let Some(one) = all.get_mut(at) else { continue };
        for (mut deed, words) in one.deeds.drain(..) {
            deed.line = job.line;
            deed.lenient = deed.lenient.or_else(|| manner.lenient.clone());
            deed.occasional |= manner.occasional;
            if let super::model::What::Deploy(deploy) = &mut deed.what
                && matches!(deploy.target, super::model::Target::Unsaid | super::model::Target::Variable(_))
            {
                deploy.target = super::target::target(places.iter().map(String::as_str));
            }
            gather.deeds.push((deed, words));
        }
    }
}

/// The positions of jobs, each behind those that it follows.
fn in_order(all: &[Found]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(all.len());
    for _ in 0..=all.len() {
        for (at, one) in all.iter().enumerate() {
            if !order.contains(&at) && one.job.follows.iter().all(|before| order.contains(before)) {
                order.push(at);
            }
        }
    }
    order
}

fn read_step(step: &Node, later: &[Node], outer: &Manner, gather: &mut Gather<'_, '_>, depth: usize) {
    let condition = step.word("if").unwrap_or_default();
    if condition.trim() == "false" {
        return;
    }
    let mut places = outer.places.clone();
    places.splice(0..0, step.word("name").map(str::to_owned));
    let manner = Manner {
        name: step.word("name").map(str::to_owned),
        lenient: lenient(step).and_then(|own| noticed(own, step, later)).or_else(|| outer.lenient.clone()),
        regardless: outer.regardless || is_regardless(condition),
        occasional: outer.occasional || is_occasional(condition),
        folder: step.word("working-directory").map_or_else(|| outer.folder.clone(), str::to_owned),
        shell: outer.shell.clone(),
        places,
    };
    if let Some(run) = step.get("run").filter(|run| run.text().is_some()) {
        let shell = match step.word("shell").or(outer.shell.as_deref()) {
            Some("bash") => Shell::STRICT,
            Some(_) => Shell::STOPS,
            None => Shell::PLAIN,
        };
        gather.script(run.text().unwrap_or_default(), run.line, shell, &manner);
    }
    let Some(uses) = step.word("uses") else { return };
    let with = step.get("with");
    let input = |key: &str| with.and_then(|with| with.word(key));
    if let Some(what) = made(uses, &input) {
        let words: Vec<&str> = ["path", "filename", "flags", "args", "command"]
            .iter()
            .filter_map(|key| input(key))
            .flat_map(str::split_whitespace)
            .collect();
        gather.made(what, step.line, &words, &manner);
        return;
    }
    // An action of the repository itself.
    if let Some(path) = uses.strip_prefix("./").filter(|_| depth > 0) {
        let files = [format!("{path}/action.yml"), format!("{path}/action.yaml")];
        let text = files.iter().find_map(|file| gather.shelf.text("", file));
        let Some(action) = text.and_then(|(_, text)| Node::read(&text).ok()) else { return };
        let inner = Gather::new(gather.shelf);
        let mut inner = inner;
        let steps = action.get("runs").and_then(|runs| runs.get("steps")).map(Node::items).unwrap_or_default();
        for (at, step) in steps.iter().enumerate() {
            read_step(step, steps.get(at + 1..).unwrap_or_default(), &manner, &mut inner, depth - 1);
        }
        for (mut deed, words) in inner.deeds {
            deed.line = step.line;
            gather.deeds.push((deed, words));
        }
    }
}

fn lenient(node: &Node) -> Option<Lenient> {
    let own = node.get("continue-on-error")?;
    let what = "continue-on-error".to_owned();
    match (&own.value, own.text()) {
        (Yaml::Bool(false), _) | (_, Some("false")) => None,
        (_, Some("true")) => Some(Lenient { what, certain: true }),
        _ => Some(Lenient { what, certain: false }),
    }
}

/// What is left of a tolerance where a later step asks how the step ended: nothing where that fails then.
///
/// Source: GitHub Actions documentation, contexts: `outcome` of a step is its result before `continue-on-error`, not looked up again.
fn noticed(own: Lenient, step: &Node, later: &[Node]) -> Option<Lenient> {
    let Some(id) = step.word("id") else { return Some(own) };
    let name = format!("steps.{id}.outcome");
    let told = |step: &Node| step.word("run").unwrap_or_default().to_owned();
    let asks = |step: &&Node| step.word("if").is_some_and(|word| word.contains(&name)) || told(step).contains(&name);
    let fails = |step: &Node| {
        let script = told(step);
        let mut ends =
            script.match_indices("exit ").map(|(at, word)| script.get(at + word.len()..).unwrap_or_default());
        ends.any(|rest| !rest.trim_start().starts_with('0')) || script.lines().any(|line| line.trim() == "false")
    };
    let asking: Vec<&Node> = later.iter().filter(asks).collect();
    if asking.iter().any(|step| fails(step) && lenient(step).is_none()) {
        return None;
    }
    Some(Lenient { certain: own.certain && asking.is_empty(), ..own })
}

fn is_regardless(condition: &str) -> bool {
    let plain = without_blanks(condition);
    // What asks that nothing before has failed waits for it.
    let waits = plain.contains("!failure()") || plain.contains("!contains(needs.*.result,'failure')");
    (!waits || plain.contains("||"))
        && ["always()", "!cancelled()", "failure()"].iter().any(|word| plain.contains(word))
}

/// Whether a condition asks that a job which it needs has gone well.
fn asks_for(condition: &str, job: &str) -> bool {
    let plain = without_blanks(condition);
    !plain.contains("||")
        && (plain.contains(&format!("needs.{job}.result=='success'"))
            || plain.contains(&format!("needs.{job}.result!='failure'")))
}

/// Of the jobs that a job needs, those that its condition asks to have gone well.
fn asked(condition: &str, needs: &[usize], ids: &[&str]) -> Vec<usize> {
    needs.iter().copied().filter(|at| ids.get(*at).is_some_and(|id| asks_for(condition, id))).collect()
}

fn without_blanks(condition: &str) -> String {
    condition.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether something is done by hand or by the clock alone.
fn is_occasional(condition: &str) -> bool {
    let named = ["workflow_dispatch", "schedule", "inputs.", "github.event.label", "labels"];
    named.iter().any(|word| condition.contains(word)) && !condition.contains("!=") && !condition.contains("push")
}
