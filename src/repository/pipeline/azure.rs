//! Pipelines of Azure `DevOps`.
//!
//! Source: Azure Pipelines documentation, YAML schema (`dependsOn`, `condition`, `continueOnError`; stages follow each other unless
//! they say otherwise, jobs do not), the steps' keys read 2026-11-29, the rest not looked up again. That its shells do not stop at a
//! failure stands in no document that was read: what rests on it is not certain.

use super::gather::{Found, Gather, Manner, settled};
use super::made::made;
use super::model::{Job, Lenient, Pipeline, Start, System, Unseen};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::Node;

/// A job with what it waits for, before the others are known.
struct Draft {
    found: Found,
    stage: usize,
    name: String,
    /// The names of jobs of its stage.
    depends: Vec<String>,
}

struct Stage {
    name: String,
    depends: Option<Vec<String>>,
    regardless: bool,
}

struct Reader<'r, 'f> {
    shelf: &'r mut Shelf<'f>,
    unseen: Option<Unseen>,
    stages: Vec<Stage>,
    drafts: Vec<Draft>,
}

/// Reads a pipeline with those of its templates that lie in the repository.
pub(super) fn read(file: &str, node: &Node, shelf: &mut Shelf<'_>) -> Option<Pipeline> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut reader = Reader { shelf, unseen: None, stages: Vec::new(), drafts: Vec::new() };
    if let Some(extends) = node.get("extends") {
        let what = format!("what the template {} does", extends.word("template").unwrap_or("that it extends"));
        reader.unseen = Some(Unseen { what, line: extends.line });
    }
    reader.stages(node, folder, 3);
    if reader.drafts.is_empty() && reader.unseen.is_none() {
        return None;
    }
    let found = reader.joined();
    let is_off = |key: &str| node.word(key) == Some("none");
    let start = Start {
        change: !is_off("trigger"),
        proposal: !is_off("pr"),
        occasional: is_off("trigger") && is_off("pr"),
        after: Vec::new(),
    };
    let name = node.word("name").filter(|name| !name.contains('$')).unwrap_or(file).to_owned();
    let pipeline = Pipeline {
        system: System::Azure,
        file: file.to_owned(),
        address: None,
        name,
        start,
        jobs: Vec::new(),
        unseen: reader.unseen,
    };
    Some(settled(pipeline, found))
}

impl Reader<'_, '_> {
    /// The text of a template, read.
    fn template(&mut self, node: &Node, folder: &str, depth: usize) -> Option<(Node, String)> {
        let name = node.word("template")?;
        // `file@repository` lies in another one.
        let read = self.shelf.text(folder, name).filter(|_| depth > 0 && !name.contains('@'));
        let read = read.and_then(|(path, text)| Some((Node::read(&text).ok()?, path)));
        let Some((read, path)) = read else {
            self.unseen.get_or_insert(Unseen { what: format!("what the template {name} does"), line: node.line });
            return None;
        };
        Some((read, path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned())))
    }

    fn stages(&mut self, node: &Node, folder: &str, depth: usize) {
        let Some(stages) = node.get("stages") else {
            self.stages.push(Stage { name: String::new(), depends: None, regardless: false });
            self.jobs(node, folder, &Manner::default(), depth);
            return;
        };
        for stage in stages.items() {
            if stage.word("template").is_some() {
                if let Some((inner, folder)) = self.template(stage, folder, depth) {
                    self.stages(&inner, &folder, depth - 1);
                }
                continue;
            }
            let name = stage.word("stage").unwrap_or_default().to_owned();
            let depends =
                stage.get("dependsOn").map(|node| node.texts().into_iter().map(|(text, _)| text.to_owned()).collect());
            let regardless = stage.word("condition").is_some_and(is_regardless);
            let places =
                [stage.word("displayName"), Some(name.as_str())].into_iter().flatten().map(str::to_owned).collect();
            self.stages.push(Stage { name, depends, regardless });
            self.jobs(stage, folder, &Manner { places, ..Manner::default() }, depth);
        }
    }

    fn jobs(&mut self, node: &Node, folder: &str, manner: &Manner, depth: usize) {
        let Some(jobs) = node.get("jobs") else {
            if let Some(steps) = node.get("steps") {
                self.job(node, String::new(), &[steps], folder, manner, depth);
            }
            return;
        };
        for job in jobs.items() {
            if job.word("template").is_some() {
                if let Some((inner, folder)) = self.template(job, folder, depth) {
                    self.jobs(&inner, &folder, manner, depth - 1);
                }
                continue;
            }
            let name = job.word("job").or_else(|| job.word("deployment")).unwrap_or_default().to_owned();
            let environment = job.get("environment").and_then(|node| node.text().or_else(|| node.word("name")));
            let mut places: Vec<String> = [environment, job.word("displayName"), Some(name.as_str())]
                .into_iter()
                .flatten()
                .map(str::to_owned)
                .collect();
            places.extend(manner.places.iter().cloned());
            let manner = Manner { places, lenient: lenient(job), ..manner.clone() };
            // A deployment's steps stand in its strategy: `runOnce: { deploy: { steps } }`.
            let strategy = job.get("strategy").map(Node::entries).unwrap_or_default().iter();
            let hooks = strategy.flat_map(|(_, kind)| kind.entries()).filter_map(|(_, hook)| hook.get("steps"));
            let steps: Vec<&Node> = job.get("steps").into_iter().chain(hooks).collect();
            self.job(job, name, &steps, folder, &manner, depth);
        }
    }

    fn job(&mut self, node: &Node, name: String, steps: &[&Node], folder: &str, manner: &Manner, depth: usize) {
        let depends = node.words("dependsOn").into_iter().map(str::to_owned).collect();
        let regardless = node.word("condition").is_some_and(is_regardless);
        let id = if name.is_empty() {
            self.stages.last().map_or_else(String::new, |stage| stage.name.clone())
        } else {
            name.clone()
        };
        let job = Job { id, line: node.line, ..Job::default() };
        let mut deeds = Vec::new();
        for list in steps {
            for step in list.items() {
                deeds.extend(self.step(step, folder, manner, depth));
            }
        }
        for (deed, _) in &mut deeds {
            deed.regardless |= regardless;
        }
        let found = Found { job, deeds };
        self.drafts.push(Draft { found, stage: self.stages.len().saturating_sub(1), name, depends });
    }

    fn step(&mut self, step: &Node, folder: &str, outer: &Manner, depth: usize) -> Vec<(super::Deed, Vec<String>)> {
        if step.word("template").is_some() {
            let Some((inner, folder)) = self.template(step, folder, depth) else { return Vec::new() };
            let steps = inner.get("steps").cloned().unwrap_or_default();
            let deeds = steps.items().iter().flat_map(|inner| self.step(inner, &folder, outer, depth - 1));
            return deeds.map(|(deed, words)| (super::Deed { line: step.line, ..deed }, words)).collect();
        }
        let condition = step.word("condition").unwrap_or_default();
        if step.word("enabled") == Some("false") || condition == "false" {
            return Vec::new();
        }
        let name = step.word("displayName");
        let mut places: Vec<String> = name.map(str::to_owned).into_iter().collect();
        places.extend(outer.places.iter().cloned());
        let inputs = step.get("inputs");
        let input = |key: &str| {
            inputs
                .and_then(|inputs| inputs.entries().iter().find(|(name, _)| name.eq_ignore_ascii_case(key)))
                .and_then(|(_, node)| node.text())
        };
        let manner = Manner {
            name: name.map(str::to_owned),
            lenient: lenient(step).or_else(|| outer.lenient.clone()),
            shell: None,
            regardless: is_regardless(condition),
            occasional: condition.contains("Schedule") || condition.contains("Manual"),
            folder: step
                .word("workingDirectory")
                .or_else(|| input("workingDirectory"))
                .filter(|folder| !folder.contains('$'))
                .unwrap_or_default()
                .to_owned(),
            places,
        };
        let mut gather = Gather::new(self.shelf);
        for key in ["script", "bash", "pwsh", "powershell"] {
            if let Some(script) = step.get(key).filter(|node| node.text().is_some()) {
                gather.script(script.text().unwrap_or_default(), script.line, Shell::PERHAPS_LAX, &manner);
            }
        }
        if let Some(task) = step.word("task") {
            for key in ["script", "inlineScript"] {
                let script = inputs.and_then(|inputs| inputs.get(key)).filter(|node| node.text().is_some());
                if let Some(script) = script {
                    gather.script(script.text().unwrap_or_default(), script.line, Shell::PERHAPS_LAX, &manner);
                }
            }
            if let Some(what) = made(task, &input) {
                gather.made(what, step.line, &[], &manner);
            }
        }
        gather.deeds
    }

    /// Joins jobs by what they wait for.
    fn joined(&mut self) -> Vec<Found> {
        let drafts = std::mem::take(&mut self.drafts);
        let of_stage =
            |stage: usize| drafts.iter().enumerate().filter(move |(_, draft)| draft.stage == stage).map(|(at, _)| at);
        let joins: Vec<(Vec<usize>, Vec<usize>)> = drafts
            .iter()
            .map(|draft| {
                let stage = self.stages.get(draft.stage);
                let before: Vec<usize> = match stage.and_then(|stage| stage.depends.as_ref()) {
                    Some(names) => names
                        .iter()
                        .filter_map(|name| self.stages.iter().position(|stage| stage.name == *name))
                        .collect(),
                    None => draft.stage.checked_sub(1).into_iter().collect(),
                };
                let stages: Vec<usize> = before.into_iter().flat_map(of_stage).collect();
                let own =
                    |name: &String| drafts.iter().position(|other| other.stage == draft.stage && other.name == *name);
                let jobs = draft.depends.iter().filter_map(own);
                let follows: Vec<usize> = stages.iter().copied().chain(jobs.clone()).collect();
                let needs = if stage.is_some_and(|stage| stage.regardless) { jobs.collect() } else { follows.clone() };
                (needs, follows)
            })
            .collect();
        drafts
            .into_iter()
            .zip(joins)
            .map(|(draft, (needs, follows))| Found {
                job: Job { needs, follows, ..draft.found.job },
                deeds: draft.found.deeds,
            })
            .collect()
    }
}

fn lenient(node: &Node) -> Option<Lenient> {
    let what = "continueOnError".to_owned();
    match node.word("continueOnError")? {
        "true" => Some(Lenient { what, certain: true }),
        "false" => None,
        _ => Some(Lenient { what, certain: false }),
    }
}

fn is_regardless(condition: &str) -> bool {
    let plain: String = condition.chars().filter(|c| !c.is_whitespace()).collect();
    // What asks that nothing before has failed waits for it.
    let plain = plain.replace("not(failed())", "");
    ["always()", "succeededOrFailed()", "failed()"].iter().any(|word| plain.contains(word))
}
