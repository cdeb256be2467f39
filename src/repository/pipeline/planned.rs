//! Pipelines that the plan makes: their order stands there, their scripts there or in the repository.

use super::buildspec::{self, Deeds, Phases};
use super::gather::{Found, Gather, Manner, settled};
use super::model::{Deed, Deploy, Fails, Job, Lenient, LoadTest, Pipeline, Spot, Start, System, Unseen, What};
use super::shelf::{Files, Shelf};
use super::shell::Shell;
use super::target::target;
use super::tools::sounds_like_load;
use crate::model::Address;

/// A pipeline, as the plan has it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Its address.
    pub address: Address,
    /// What a person calls such a thing.
    pub noun: &'static str,
    /// Its name, or else its address.
    pub name: String,
    /// What it does.
    pub steps: Vec<PlannedStep>,
}

/// Something that a pipeline does, as the plan has it.
#[derive(Clone, Debug)]
pub struct PlannedStep {
    /// The name of its stage.
    pub stage: String,
    /// Its own name.
    pub name: String,
    /// The attribute that says what it does.
    pub attribute: &'static str,
    /// What has less is done before and has to succeed; what has the same is done beside it.
    pub order: (usize, i64),
    /// What it does.
    pub work: PlannedWork,
    /// What may say where it leads to, nearest first.
    pub places: Vec<String>,
    /// What may let the pipeline go on although it fails.
    pub lenient: Option<&'static str>,
}

/// What a step does, as the plan has it.
#[derive(Clone, Debug)]
pub enum PlannedWork {
    /// Nothing that matters here.
    Other,
    /// Runs these commands; nothing stands for one that cannot be seen.
    Commands(Vec<Option<String>>),
    /// Runs the script of a build, which this states.
    Script {
        /// The resource.
        address: Address,
        /// Its attribute.
        attribute: &'static str,
        /// The script.
        script: Script,
    },
    /// Deploys, by this.
    Deploy(String),
    /// Puts load on something, by this tool.
    LoadTest(&'static str),
    /// Something that cannot be seen, for this reason.
    Hidden(String),
}

/// Where a script is.
#[derive(Clone, Debug)]
pub enum Script {
    /// Here; `whole` says whether all of it is known.
    Inline {
        /// The script.
        text: String,
        /// Whether all of it is known.
        whole: bool,
    },
    /// In this file of the source.
    File(String),
    /// Somewhere that is not looked into.
    Elsewhere(String),
}

/// Where there is no repository, there are no files.
struct Nothing;

impl Files for Nothing {
    fn text(&mut self, _: &str) -> Option<String> {
        None
    }
}

/// What scripts are called by default: most repositories have one.
const EVERYWHERE: &str = "buildspec.yml";

/// Reads the pipelines of a plan. A script that they name is looked for in the repository, where there is one. No plan says that this is
/// their source: a script of the same name is taken for the one that is meant, and of the usual name what it does not do may be done
/// elsewhere.
pub fn planned(all: &[Planned], files: Option<&mut dyn Files>) -> Vec<Pipeline> {
    let at_hand = files.is_some();
    let mut nothing = Nothing;
    let files = files.unwrap_or(&mut nothing);
    let mut shelf = Shelf::new(files);
    all.iter().map(|one| pipeline(one, &mut shelf, at_hand)).collect()
}

/// What a step comes to.
struct Done {
    /// Its parts, in order, each with whether it is done even where the one before has failed.
    parts: Vec<(Deeds, bool)>,
    /// Why not all of it can be seen.
    hidden: Option<String>,
}

/// A step that has been read.
struct Taken {
    order: (usize, i64),
    /// The positions of its jobs.
    jobs: Vec<usize>,
    /// Why not all of it can be seen.
    hidden: Option<String>,
}

fn pipeline(one: &Planned, shelf: &mut Shelf<'_>, at_hand: bool) -> Pipeline {
    let mut found: Vec<Found> = Vec::new();
    let mut taken: Vec<Taken> = Vec::new();
    let mut steps: Vec<&PlannedStep> = one.steps.iter().collect();
    steps.sort_by_key(|step| step.order);
    for step in steps {
        let Done { parts, hidden } = done(one, step, shelf, at_hand);
        let hidden = hidden.map(|why| format!("what the {} does cannot be seen: {why}", words(step)));
        let earlier = taken.iter().filter(|taken| taken.order < step.order).flat_map(|taken| &taken.jobs);
        let mut follows: Vec<usize> = earlier.copied().collect();
        let mut jobs: Vec<usize> = Vec::new();
        for (deeds, regardless) in parts {
            let skipped = jobs.last().filter(|_| regardless);
            let needs = follows.iter().filter(|job| Some(*job) != skipped).copied().collect();
            let id = format!("{}/{}", step.stage, step.name);
            let at = found.len();
            found.push(Found { job: Job { id, line: 0, deeds: Vec::new(), needs, follows: follows.clone() }, deeds });
            jobs.push(at);
            follows.push(at);
        }
        taken.push(Taken { order: step.order, jobs, hidden });
    }
    let unseen = unseen(taken, &found).map(|what| Unseen { what, line: 0 });
    let pipeline = Pipeline {
        system: System::Cloud(one.noun),
        file: String::new(),
        address: Some(one.address.clone()),
        name: one.name.clone(),
        start: Start { change: true, ..Start::default() },
        jobs: Vec::new(),
        unseen,
    };
    settled(pipeline, found)
}

/// What cannot be seen, and may hold a deployment back: what comes after the last one holds nothing back.
fn unseen(taken: Vec<Taken>, found: &[Found]) -> Option<String> {
    let deploys = |job: &usize| {
        let deeds = found.get(*job).map(|found| &found.deeds);
        deeds.is_some_and(|deeds| deeds.iter().any(|(deed, _)| matches!(deed.what, What::Deploy(_))))
    };
    let last = taken.iter().filter(|taken| taken.jobs.iter().any(deploys)).map(|taken| taken.order).max()?;
    taken.into_iter().filter(|taken| taken.order <= last).find_map(|taken| taken.hidden)
}

/// `action load of stage Test`.
fn words(step: &PlannedStep) -> String {
    let kind = if step.attribute.contains(".rule.") { "rule" } else { "action" };
    format!("{kind} {} of stage {}", step.name, step.stage)
}

fn done(one: &Planned, step: &PlannedStep, shelf: &mut Shelf<'_>, at_hand: bool) -> Done {
    let spot = Spot { address: one.address.clone(), attribute: step.attribute, file: None, words: words(step) };
    let lenient = step.lenient.map(|what| Lenient { what: what.to_owned(), certain: false });
    let said = [&step.name, &step.stage].into_iter().chain(&step.places).chain([&one.name]);
    let places = said.map(|name| spaced(name)).collect();
    let manner = Manner { name: Some(step.name.clone()), lenient, places, ..Manner::default() };
    match &step.work {
        PlannedWork::Other => Done { parts: vec![(Vec::new(), false)], hidden: None },
        PlannedWork::Commands(all) => {
            let mut gather = Gather::new(shelf);
            for command in all.iter().flatten() {
                gather.script(command, 0, Shell::LAX, &manner);
            }
            let hidden = all.contains(&None).then(|| "some of its commands are known only after apply".to_owned());
            Done { parts: vec![(placed(gather.deeds, &spot), false)], hidden }
        }
        PlannedWork::Deploy(how) => {
            let target = target(manner.places.iter().map(String::as_str));
            single(What::Deploy(Deploy { how: how.clone(), target }), how, &manner, spot)
        }
        PlannedWork::LoadTest(tool) => {
            let fails = Fails::Unknown("its criteria stand elsewhere".to_owned());
            let test = LoadTest { tool, fails, results: Vec::new(), judge: None };
            single(What::LoadTest(test), &step.name, &manner, spot)
        }
        PlannedWork::Hidden(why) => hidden(why.clone(), step, &manner, spot),
        PlannedWork::Script { address, attribute, script } => {
            let (text, whole, file) = match script {
                Script::Inline { text, whole } => (text.clone(), *whole, None),
                Script::File(name) => match shelf.text("", name) {
                    Some((path, text)) => (text, true, Some(path)),
                    None if at_hand => {
                        return hidden(format!("its script {name} is not in the repository"), step, &manner, spot);
                    }
                    None => {
                        let why = format!("its script {name} lies in a repository, and none was read");
                        return hidden(why, step, &manner, spot);
                    }
                },
                Script::Elsewhere(place) => {
                    return hidden(format!("its script lies in {place}"), step, &manner, spot);
                }
            };
            let here = Spot { address: address.clone(), attribute, file, ..spot.clone() };
            match buildspec::read(&text, &manner, shelf) {
                Ok(Phases { first, build, last, regardless }) => {
                    let parts = [(first, false), (build, false), (last, regardless)];
                    let parts = parts.map(|(deeds, regardless)| (placed(deeds, &here), regardless));
                    let hidden = match &here.file {
                        _ if !whole => Some("parts of its script are known only after apply".to_owned()),
                        Some(file) if file == EVERYWHERE => Some(format!(
                            "its script is the {EVERYWHERE} of its source, and whether that is this repository is not said"
                        )),
                        _ => None,
                    };
                    Done { parts: parts.into(), hidden }
                }
                Err(problem) => hidden(format!("its script is not understood: {problem}"), step, &manner, spot),
            }
        }
    }
}

/// A name with its words apart: `DeployToProd` is `Deploy To Prod`. What it is called itself, a stage, says of no place.
fn spaced(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 4);
    let mut low = false;
    for c in name.chars() {
        if low && c.is_uppercase() {
            apart.push(' ');
        }
        low = c.is_lowercase() || c.is_ascii_digit();
        apart.push(if matches!(c, '-' | '_') { ' ' } else { c });
    }
    let words: Vec<&str> = apart.split(' ').filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [.., before, last] if last.eq_ignore_ascii_case("stage") && !before.eq_ignore_ascii_case("to") => {
            words.get(..words.len() - 1).unwrap_or_default().join(" ")
        }
        _ => apart,
    }
}

/// A step that cannot be seen, and may sound like something.
fn hidden(why: String, step: &PlannedStep, manner: &Manner, spot: Spot) -> Done {
    let sounds = [&step.name, &step.stage].into_iter().chain(&step.places).any(|name| sounds_like_load(name));
    let what = if sounds { What::Hint } else { What::Other };
    Done { hidden: Some(why), ..single(what, &step.name, manner, spot) }
}

fn single(what: What, label: &str, manner: &Manner, spot: Spot) -> Done {
    let lenient = manner.lenient.clone();
    let (label, spot) = (label.to_owned(), Some(spot));
    let deed = Deed { what, line: 0, spot, label, lenient, regardless: false, occasional: false };
    Done { parts: vec![(vec![(deed, Vec::new())], false)], hidden: None }
}

fn placed(deeds: Deeds, spot: &Spot) -> Deeds {
    deeds.into_iter().map(|(deed, words)| (Deed { spot: Some(spot.clone()), ..deed }, words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let all = [
            ("DeployToProd", "Deploy To Prod"),
            ("DeployStage", "Deploy"),
            ("deploy-to-stage", "deploy to stage"),
            ("pre-prod", "pre prod"),
            ("Stage", "Stage"),
            ("k6Load", "k6 Load"),
        ];
        for (name, expected) in all {
            assert_eq!(spaced(name), expected, "{name}");
        }
    }
}
