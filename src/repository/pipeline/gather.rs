//! Gathers what a job does from its scripts, those of the repository that these run included.

use super::model::{Deed, Deploy, Fails, Job, Lenient, Pipeline, Target, What};
use super::scripts::settle;
use super::shelf::Shelf;
use super::shell::{Command, Shell, commands};
use super::target::target;
use super::tools::{program, recognise, sounds_like_load};

/// What is said of a step beside its script.
#[derive(Clone, Debug, Default)]
pub(super) struct Manner {
    /// What a reader finds there.
    pub(super) name: Option<String>,
    /// What makes its failure go unnoticed.
    pub(super) lenient: Option<Lenient>,
    /// Whether it is done although something before it failed.
    pub(super) regardless: bool,
    /// Whether it is done only when somebody asks for it, or by the clock.
    pub(super) occasional: bool,
    /// The folder that it works in, from the root on.
    pub(super) folder: String,
    /// The shell that is asked for.
    pub(super) shell: Option<String>,
    /// What says where it deploys to, nearest first.
    pub(super) places: Vec<String>,
}

/// What a job does, as it is being found out.
pub(super) struct Gather<'g, 'f> {
    pub(super) shelf: &'g mut Shelf<'f>,
    pub(super) deeds: Vec<(Deed, Vec<String>)>,
}

/// Scripts run scripts; so deep they are followed.
const DEPTH: usize = 3;

impl<'g, 'f> Gather<'g, 'f> {
    pub(super) fn new(shelf: &'g mut Shelf<'f>) -> Self {
        Self { shelf, deeds: Vec::new() }
    }

    /// Takes in a script that begins on `line`. Gives back the folder in which it ends.
    pub(super) fn script(&mut self, script: &str, line: usize, shell: Shell, manner: &Manner) -> String {
        self.run(&commands(script, shell), manner, DEPTH, |offset| line + offset)
    }

    /// Takes in commands one after another, each in the folder to which those before it went.
    fn run(&mut self, commands: &[Command], manner: &Manner, depth: usize, line: impl Fn(usize) -> usize) -> String {
        let mut manner = manner.clone();
        let mut outer: Vec<String> = Vec::new();
        for command in commands {
            let (begins, ends) = command.apart;
            if begins {
                outer.push(manner.folder.clone());
            }
            match gone_to(&command.words) {
                Some(folder) => manner.folder = joined(&manner.folder, folder),
                None => self.command(command, line(command.offset), &manner, depth),
            }
            if ends {
                manner.folder = outer.pop().unwrap_or(manner.folder);
            }
        }
        manner.folder
    }

    /// Takes in what a step does that others have made.
    pub(super) fn made(&mut self, what: What, line: usize, words: &[&str], manner: &Manner) {
        let mut what = what;
        if let What::LoadTest(test) = &mut what {
            settle(test, words, &manner.folder, self.shelf);
        }
        let label = manner.name.clone().unwrap_or_else(|| words.join(" "));
        self.add(what, line, label, None, manner, words.iter().map(|word| (*word).to_owned()).collect());
    }

    fn command(&mut self, command: &Command, line: usize, manner: &Manner, depth: usize) {
        let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
        let text = words.join(" ");
        if let Some(mut what) = recognise(&command.words) {
            if let What::LoadTest(test) = &mut what {
                settle(test, &words, &manner.folder, self.shelf);
            }
            self.add(what, line, shortened(&text), command.lenient.clone(), manner, command.words.clone());
            return;
        }
        if let Some((script, folder, shell)) = self.followed(&words, &manner.folder).filter(|_| depth > 0) {
            let inner = Manner {
                lenient: manner.lenient.clone().or_else(|| command.lenient.clone()),
                folder,
                // What is called `deploy-staging` deploys to staging.
                places: std::iter::once(text).chain(manner.places.iter().cloned()).collect(),
                ..manner.clone()
            };
            self.run(&commands(&script, shell), &inner, depth - 1, |_| line);
            return;
        }
        let is_run = is_script(&words);
        let what = if is_run && sounds_like_load(&text) { What::Hint } else { What::Other };
        self.add(what, line, shortened(&text), command.lenient.clone(), manner, command.words.clone());
    }

    fn add(
        &mut self,
        what: What,
        line: usize,
        label: String,
        own: Option<Lenient>,
        manner: &Manner,
        words: Vec<String>,
    ) {
        let what = match what {
            What::Deploy(Deploy { how, target: Target::Unsaid }) => {
                let said = words.join(" ");
                let places = std::iter::once(said.as_str()).chain(manner.places.iter().map(String::as_str));
                What::Deploy(Deploy { target: target(places), how })
            }
            what => what,
        };
        let lenient = match (own, &manner.lenient) {
            (Some(own), Some(outer)) if outer.certain && !own.certain => Some(outer.clone()),
            (own, outer) => own.or_else(|| outer.clone()),
        };
        let Manner { regardless, occasional, .. } = *manner;
        self.deeds.push((Deed { what, line, spot: None, label, lenient, regardless, occasional }, words));
    }

    /// The script of the repository that a command runs, the folder that it works in, and its shell.
    fn followed(&mut self, words: &[&str], folder: &str) -> Option<(String, String, Shell)> {
        let (first, rest) = words.split_first()?;
        let bare = rest.iter().copied().find(|word| !word.starts_with('-') && !word.contains('='));
        match (program(first), bare) {
            ("make" | "gmake", target) => {
                let within = rest.iter().position(|word| *word == "-C").and_then(|at| rest.get(at + 1));
                let target = match within {
                    Some(within) => rest
                        .iter()
                        .copied()
                        .find(|word| !word.starts_with('-') && word != within && !word.contains('=')),
                    None => target,
                };
                let folder = within.map_or_else(|| folder.to_owned(), |within| format!("{folder}/{within}"));
                let names = ["Makefile", "makefile", "GNUmakefile"];
                let (_, text) = names.into_iter().find_map(|name| self.shelf.text(&folder, name))?;
                Some((recipe(&text, target?, &mut Vec::new())?, folder, Shell::LAX))
            }
            ("npm" | "yarn" | "pnpm" | "bun", Some(word)) => {
                let mut named = rest.iter().copied().filter(|word| !word.starts_with('-'));
                let name = if ["run", "run-script"].contains(&word) { named.nth(1)? } else { word };
                let (_, text) = self.shelf.text(folder, "package.json")?;
                let package: serde_json::Value = serde_json::from_str(&text).ok()?;
                let script = |name: &str| Some(package.get("scripts")?.get(name)?.as_str()?.to_owned());
                let own = script(name)?;
                // npm runs what is called so before and after it: npm documentation, scripts, not looked up again.
                let around = |prefix: &str| script(&format!("{prefix}{name}")).filter(|_| program(first) == "npm");
                let all: Vec<String> = [around("pre"), Some(own), around("post")].into_iter().flatten().collect();
                Some((all.join("\n"), folder.to_owned(), Shell::STOPS))
            }
            ("bash" | "sh" | "zsh", Some(script)) if rest.contains(&"-c") => {
                Some((script.to_owned(), folder.to_owned(), Shell::LAX))
            }
            ("bash" | "sh" | "zsh" | "source" | ".", Some(script)) => {
                let (_, text) = self.shelf.text(folder, script)?;
                Some((text, folder.to_owned(), Shell::LAX))
            }
            _ if is_path(first) => {
                let (_, text) = self.shelf.text(folder, first)?;
                // A program is no script.
                text.starts_with("#!")
                    .then(|| (text, folder.to_owned(), Shell::LAX))
                    .filter(|(text, ..)| text.lines().next().is_some_and(|line| line.contains("sh")))
            }
            _ => None,
        }
    }

    /// Gives a job what was found.
    pub(super) fn into_job(self, job: Job) -> Found {
        Found { job, deeds: self.deeds }
    }
}

/// A job with all its commands, so that those can be found that look at what a load test measured.
pub(super) struct Found {
    pub(super) job: Job,
    pub(super) deeds: Vec<(Deed, Vec<String>)>,
}

/// Whether a command runs something that may do anything.
fn is_script(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let runners = [
        "make",
        "gmake",
        "npm",
        "yarn",
        "pnpm",
        "bun",
        "just",
        "task",
        "bash",
        "sh",
        "python",
        "python3",
        "node",
        "go",
        "invoke",
        "mage",
        "rake",
        "nx",
        "./gradlew",
        "mvn",
        "gradle",
    ];
    runners.contains(&program(first)) && !rest.is_empty() && !rest.contains(&"install") || is_path(first)
}

/// Whether a program is named by its path, and so may be one of the repository.
fn is_path(program: &str) -> bool {
    program.contains('/') || program.rsplit_once('.').is_some_and(|(_, ending)| ending == "sh")
}

/// The folder that a command goes to, if it does nothing else.
fn gone_to(words: &[String]) -> Option<&str> {
    match words {
        [cd, folder] if ["cd", "pushd"].contains(&cd.as_str()) => Some(folder),
        _ => None,
    }
}

/// A folder as it is named from another one. Where to `cd -` and the like lead nobody sees.
fn joined(folder: &str, to: &str) -> String {
    match to {
        "-" => "$OLDPWD".to_owned(),
        to if to.starts_with('/') => to.to_owned(),
        to => format!("{folder}/{to}"),
    }
}

/// So many targets are followed that one is made from.
const TARGETS: usize = 64;

/// Whether a line of a Makefile says what a target is made from.
fn is_rule(line: &str, target: &str) -> bool {
    line.split_once(':').is_some_and(|(head, tail)| {
        let named = !line.starts_with(['\t', ' ', '#']) && !tail.starts_with('=');
        named && head.split_whitespace().any(|name| name == target)
    })
}

/// What a target of a Makefile does, and before it what it is made from does.
///
/// Source: GNU make manual, rules and their prerequisites, not looked up again.
fn recipe(text: &str, target: &str, seen: &mut Vec<String>) -> Option<String> {
    if seen.len() >= TARGETS || seen.iter().any(|known| known == target) {
        return None;
    }
    seen.push(target.to_owned());
    let mut found = String::new();
    for line in text.lines().filter(|line| is_rule(line, target)) {
        let (_, tail) = line.split_once(':').unwrap_or_default();
        let named = tail.split(['#', ';']).next().unwrap_or_default().trim_start_matches(':');
        for before in named.split_whitespace().filter(|name| *name != "|") {
            found.extend(recipe(text, before, seen));
        }
    }
    let mut lines = text.lines().skip_while(|line| !is_rule(line, target));
    // The last of several rules for a target may be the one that does something.
    while let Some(line) = lines.next() {
        if is_rule(line, target) {
            found.push_str(&body(lines.clone()));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The commands below a rule of a Makefile.
fn body<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let mut found = String::new();
    for line in lines {
        if let Some(command) = line.strip_prefix('\t') {
            let ignores = command.trim_start_matches('@').starts_with('-');
            let command = command.trim_start_matches(['@', '-', '+']);
            // Each line is a command of its own, and `-` ignores how it ends.
            let end = if command.trim_end().ends_with('\\') {
                "\n"
            } else if ignores {
                " || true\n"
            } else {
                " || exit 1\n"
            };
            found.push_str(command);
            found.push_str(end);
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
    }
    found
}

fn shortened(text: &str) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 {
        line = line.chars().take(59).chain(['…']).collect();
    }
    line
}

/// Programs that only carry a file, or show it.
const CARRIERS: [&str; 17] = [
    "cat", "echo", "ls", "cp", "mv", "tar", "zip", "gzip", "curl", "tee", "mkdir", "rm", "aws", "gsutil", "az", "head",
    "tail",
];

/// Finds what looks at the results of load tests, and takes out what does not matter.
pub(super) fn settled(mut pipeline: Pipeline, found: Vec<Found>) -> Pipeline {
    let mut judged: Vec<(usize, usize)> = Vec::new();
    for (job, one) in found.iter().enumerate() {
        for (at, (deed, _)) in one.deeds.iter().enumerate() {
            if let What::LoadTest(test) = &deed.what {
                for (reader, other) in found.iter().enumerate() {
                    let from = if reader == job { at + 1 } else { 0 };
                    let after = reader == job || depends(&found, reader, job);
                    let looks = other
                        .deeds
                        .iter()
                        .enumerate()
                        .skip(from)
                        .filter(|(_, (_, words))| looks_at(words, &test.results));
                    if after {
                        judged.extend(looks.map(|(at, _)| (reader, at)));
                    }
                }
            }
        }
    }
    for (job, one) in found.into_iter().enumerate() {
        let mut job_with = one.job;
        for (at, (mut deed, _)) in one.deeds.into_iter().enumerate() {
            if judged.contains(&(job, at)) && matches!(deed.what, What::Other | What::Hint) {
                deed.what = What::Judge;
            }
            if deed.what != What::Other {
                job_with.deeds.push(deed);
            }
        }
        pipeline.jobs.push(job_with);
    }
    judges_count(&mut pipeline);
    pipeline
}

fn depends(found: &[Found], later: usize, earlier: usize) -> bool {
    let mut open = vec![later];
    let mut seen = vec![false; found.len()];
    while let Some(at) = open.pop() {
        let Some(one) = found.get(at) else { continue };
        for before in &one.job.follows {
            if *before == earlier {
                return true;
            }
            if let Some(seen) = seen.get_mut(*before).filter(|seen| !**seen) {
                *seen = true;
                open.push(*before);
            }
        }
    }
    false
}

/// Whether a command is handed one of `results`, and does more than to carry it.
fn looks_at(words: &[String], results: &[String]) -> bool {
    let Some(first) = words.first() else { return false };
    if CARRIERS.contains(&program(first)) {
        return false;
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    results.iter().any(|result| {
        let result = name(result);
        result.len() > 3 && words.iter().skip(1).any(|word| name(word).starts_with(&result))
    })
}

/// A load test whose results are judged fails by its judge, unless nobody notices that.
fn judges_count(pipeline: &mut Pipeline) {
    let judges: Vec<_> = pipeline
        .deeds()
        .filter(|(_, deed)| deed.what == What::Judge)
        .map(|(place, deed)| (place, deed.lenient.clone()))
        .collect();
    let mut settled = Vec::new();
    for (place, deed) in pipeline.deeds() {
        if let What::LoadTest(_) = &deed.what {
            let judge = judges.iter().find(|(judge, _)| pipeline.is_before(place, *judge));
            settled.extend(judge.map(|(judge, lenient)| (place, *judge, lenient.clone())));
        }
    }
    for ((job, at), judge, lenient) in settled {
        if let Some(deed) = pipeline.jobs.get_mut(job).and_then(|job| job.deeds.get_mut(at))
            && let What::LoadTest(test) = &mut deed.what
        {
            test.fails = Fails::Yes;
            test.judge = Some(judge);
            // That the test itself goes on whatever happens is what lets the judge speak.
            deed.lenient = lenient;
        }
    }
}
