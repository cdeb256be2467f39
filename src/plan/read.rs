//! From text to plans.

use super::configuration::Configuration;
use super::detect;
use super::document::{self, Document, Stop, descend};
use super::error::PlanError;
use super::fill::{Texts, fill};
use super::input::Input;
use super::instances::{Describe, Instance, Surroundings, instances};
use super::kept::Kept;
use super::landmarks::landmarks;
use super::layout::{self, List, Map, Raw};
use super::modules::Modules;
use super::provider;
use super::references::Resolver;
use super::sourced::Sourced;
use super::wrapper;
use crate::model::{Action, Address, Place};
use crate::source::{Claim, Ignores, Places, Sought};

/// A plan, read; each side of each instance is described by a `T`.
#[derive(Debug)]
pub struct Plan<'k, T> {
    /// What to call it: the input's name, with `#2` behind it for the second document of a stream.
    pub name: String,
    /// The input's name.
    pub path: String,
    /// Which document of the input it is, from 1.
    pub document: usize,
    /// The version of Terraform or `OpenTofu` that made it.
    pub terraform_version: Option<String>,
    /// Whether planning failed on the way, so that the plan holds only a part.
    pub errored: bool,
    /// Whether applying it would reach the configuration's state; `None` where the version does not say.
    pub complete: Option<bool>,
    /// What a reader should know of how it was read.
    pub notes: Vec<String>,
    /// Every resource instance, in address order.
    pub instances: Vec<Instance<T>>,
    pub(super) configuration: Configuration<'k>,
    modules: Modules,
    pub(super) sourced: Option<Sourced>,
}

impl<T> Plan<'_, T> {
    /// The instance at an address.
    pub fn instance(&self, address: &Address) -> Option<&Instance<T>> {
        let at = self.instances.binary_search_by(|instance| instance.address.cmp(address)).ok()?;
        self.instances.get(at)
    }

    /// Answers what the configuration says.
    pub fn references(&self) -> Resolver<'_, T> {
        Resolver::new(&self.configuration, &self.modules, &self.instances, self.sourced.as_ref())
    }

    /// Where the configuration writes what an attribute of an instance is, if the plan itself does not know it.
    pub fn written_at(&self, address: &Address, sought: Sought<'_>) -> Option<Place> {
        let sourced = self.sourced.as_ref()?;
        let at = self.instances.binary_search_by(|instance| instance.address.cmp(address)).ok()?;
        let block = self.instances.get(at)?.block?;
        sourced.written_at(at, block, sought).map(|place| sourced.source.shown(&place))
    }

    /// Where a resource is written, or the first of `sought` that is.
    pub fn places(&self, address: &Address, sought: &[Sought<'_>]) -> Option<Places> {
        let sourced = self.sourced.as_ref()?;
        let (module, name) = sourced.block(self.instance(address)?.block?)?;
        sourced.source.places(module, name, sought)
    }

    /// The comments of the configuration that say what planwise shall not tell.
    pub fn ignores(&self) -> Ignores {
        let heard = self.sourced.as_ref().filter(|sourced| sourced.is_heard);
        heard.map(|sourced| sourced.source.ignores()).unwrap_or_default()
    }

    /// Whether an attribute of an instance that exists stays as it is, whatever is written for it.
    pub fn leaves(&self, address: &Address, attribute: &str) -> bool {
        let instance = self.instance(address).filter(|instance| instance.action != Action::Create);
        let (Some(sourced), Some(block)) = (&self.sourced, instance.and_then(|instance| instance.block)) else {
            return false;
        };
        sourced.block(block).is_some_and(|(module, name)| sourced.source.leaves(module, name, attribute))
    }

    /// Whether the configuration's text is at hand.
    pub fn has_source(&self) -> bool {
        self.sourced.is_some()
    }

    /// Whether the configuration sets an attribute of an instance.
    pub fn sets(&self, address: &Address, attribute: &str) -> bool {
        let block = self.instance(address).and_then(|instance| self.configuration.blocks.get(instance.block?));
        block.is_some_and(|block| block.names().contains(&attribute))
    }
}

/// Reads every plan in `input`: one, or several JSON documents one after the other, as terragrunt writes them. Each side of
/// each instance is described while its text is at hand; an instance that stays the same is described once. What is asked for
/// later is copied to `kept`, so that the input can be let go of.
///
/// # Errors
/// When it is not a plan, is cut off, or is of an unknown format. The message says what it is and what to do.
pub fn read<'k, T: Clone + Send + Sync>(
    input: &Input,
    kept: &'k Kept,
    describe: Describe<'_, T>,
) -> Result<Vec<Plan<'k, T>>, PlanError> {
    let (text, landmarks) = rayon::join(|| input.text(), || landmarks(input.bytes()));
    let text = text?;
    let (mut at, end) = wrapper::inside(text);
    let body = text.get(..end).unwrap_or_default();
    if !body.get(at..).unwrap_or_default().trim_ascii_start().starts_with('{') {
        return Err(detect::text(input.name.clone(), body.get(at..).unwrap_or_default()));
    }
    let mut plans = Vec::new();
    loop {
        let rest = body.get(at..).unwrap_or_default();
        let from = at + (rest.len() - rest.trim_ascii_start().len());
        if from == body.len() {
            return Ok(plans);
        }
        let place = Spot { input, text, body, from, number: plans.len() + 1 };
        // Landmarks may be none: whatever is amiss is told as it is found without them.
        let guessed = (plans.is_empty() && !landmarks.is_empty()).then(|| one(place, &landmarks, kept, describe));
        let (plan, end) = match guessed {
            Some(Ok(read)) => read,
            Some(Err(_)) | None => one(place, &[], kept, describe)?,
        };
        plans.push(plan);
        at = end;
    }
}

/// Where a plan stands in an input.
#[derive(Clone, Copy)]
struct Spot<'p> {
    input: &'p Input,
    text: &'p str,
    /// The text without what wrappers write behind it.
    body: &'p str,
    from: usize,
    /// Which document of the input it is, from 1.
    number: usize,
}

impl Spot<'_> {
    /// Tells where its text stops being JSON; failing that, what else is wrong.
    fn problem(self, stop: Stop) -> PlanError {
        let stop = document::first_error(self.body, self.from).unwrap_or(stop);
        problem(&self.input.name, self.text, stop, self.number - 1)
    }

    /// What is no JSON is neither another kind of object nor of another version.
    fn refuse(self, error: PlanError) -> PlanError {
        match document::first_error(self.body, self.from) {
            Some(stop) => problem(&self.input.name, self.text, stop, self.number - 1),
            None => error,
        }
    }
}

/// Reads the plan at a place; gives the byte behind it.
fn one<'k, T: Clone + Send + Sync>(
    place: Spot<'_>,
    landmarks: &[usize],
    kept: &'k Kept,
    describe: Describe<'_, T>,
) -> Result<(Plan<'k, T>, usize), PlanError> {
    let Spot { input, body, from, number, .. } = place;
    let (mut document, end) = document::read(body, from, landmarks).map_err(|stop| place.problem(stop))?;
    let name = if number == 1 { input.name.clone() } else { format!("{}#{number}", input.name) };
    if !is_plan(&document) {
        return Err(place.refuse(detect::object(name, body.get(from..end).unwrap_or_default())));
    }
    let known = is_known_version(document.format_version);
    let Ok(notes) = known else {
        let found = document.format_version.0.unwrap_or_default();
        let is_version = found.len() <= 40 && found.trim_matches('"').chars().all(|c| c.is_ascii_digit() || c == '.');
        let found = if is_version { found } else { "that is no version" }.to_owned();
        return Err(place.refuse(PlanError::Version { name, found }));
    };
    // What was named for one plan may be another's, where several stand in one input.
    let is_alone = number == 1 && body.get(end..).unwrap_or_default().trim_ascii().is_empty();
    let unread = document.take_unread();
    let written = Written {
        configuration: document.configuration.map(|text| kept.keep(text)),
        variables: document.variables.map(|text| kept.keep(text)),
    };
    let (plan, verified) = rayon::join(
        || plan(name, (input.name.clone(), number, is_alone), (input, body), (document, written), notes, describe),
        || document::verify(body, &unread),
    );
    let plan = verified.and(plan).map_err(|stop| place.problem(stop))?;
    Ok((plan, end))
}

/// Copies of what is asked for later.
#[derive(Clone, Copy)]
struct Written<'k> {
    configuration: Option<&'k str>,
    variables: Option<&'k str>,
}

impl<'k> Written<'k> {
    /// The configuration, if there is one in the plan, whose text is `text`.
    fn read(self, text: &str, document: &Document<'_>) -> Result<Option<Configuration<'k>>, Stop> {
        let variables = match document.variables.zip(self.variables) {
            Some((part, copy)) => document::copied(text, part, copy)?,
            None => Map::default(),
        };
        let Some((part, copy)) = document.configuration.zip(self.configuration) else { return Ok(None) };
        let configuration: Option<layout::Configuration<'k>> = document::copied(text, part, copy)?;
        Ok(configuration.map(|configuration| Configuration::of(configuration, variables)))
    }
}

fn is_plan(document: &Document<'_>) -> bool {
    document.resource_changes.is_some()
        || document.planned_values.is_some()
        || document.has_configuration
        || document.has_outputs
}

fn plan<'k, T: Clone + Send + Sync>(
    name: String,
    (path, number, is_alone): (String, usize, bool),
    (input, text): (&Input, &str),
    (document, written): (Document<'_>, Written<'k>),
    mut notes: Vec<String>,
    describe: Describe<'_, T>,
) -> Result<Plan<'k, T>, Stop> {
    let configuration = written.read(text, &document)?;
    let is_written = configuration.is_some();
    let configuration = configuration.unwrap_or_default();
    let mut modules = Modules::new(&configuration);
    let regions: Vec<_> =
        (0..configuration.blocks.len()).map(|block| provider::region_of(&configuration, block)).collect();
    let accounts = provider::accounts(&configuration);
    let (regions, accounts) = (regions.as_slice(), accounts.as_slice());
    let surroundings = Surroundings { text, configuration: &configuration, regions, accounts, describe };
    let changes = document.resource_changes.unwrap_or_default();
    let (mut instances, unused) = instances(&changes, document.prior_state, &mut modules, &surroundings)?;
    modules.complete(&configuration);
    notes.extend(input.source_notes.iter().cloned());
    let sourced = input.source.as_ref().and_then(|source| {
        // Read once more, by those who ask for values: only where there is a source to ask for.
        let mut entries = Vec::new();
        for run in &changes {
            document::run(text, run, |change| entries.push(change)).ok()?;
        }
        let texts = Texts { text, changes: entries, prior_state: document.prior_state };
        let is_whole = document.complete.0 != Some("false") && document.errored.0 != Some("true");
        let claim = match source.claim() {
            Claim::Named if !is_alone => Claim::Shared,
            claim => claim,
        };
        let timestamp = document.timestamp.0.as_deref();
        fill((source, claim, timestamp), &mut instances, &texts, is_whole, &modules, &surroundings, &mut notes)
    });
    if unused > 0 {
        notes.push(format!(
            "{unused} of the resource changes could not be read: no type, no values, or an address that came before"
        ));
    }
    if instances.is_empty() {
        let planned = document.planned_values.map_or(Ok(0), |planned| count_planned(text, planned))?;
        if planned > 0 {
            let resources = if planned == 1 { "resource" } else { "resources" };
            notes.push(format!(
                "planned_values lists {planned} {resources}, but there are no resource_changes: nothing could be analysed"
            ));
        }
    }
    if !is_written {
        notes.push(
            "the plan holds no configuration: what is known only after apply cannot be followed to its source"
                .to_owned(),
        );
    }
    Ok(Plan {
        name,
        path,
        document: number,
        terraform_version: document.terraform_version.0.map(std::borrow::Cow::into_owned),
        errored: document.errored.0 == Some("true"),
        complete: match document.complete.0 {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        },
        notes,
        instances,
        configuration,
        modules,
        sourced,
    })
}

/// Formats 0.1 and 0.2 (Terraform 0.12 to 1.0) and 1.x: a minor version only adds keys, a major one may change their
/// meaning. Source: hashicorp/web-unified-docs, "JSON Output Format", read 2026-11.
fn is_known_version(raw: Raw<'_>) -> Result<Vec<String>, ()> {
    let Some(raw) = raw.0 else {
        return Ok(vec!["format_version is missing; read as format 1".to_owned()]);
    };
    let (major, minor) = match raw.trim_matches('"').split_once('.') {
        Some((major, rest)) => (major, rest.split('.').next().unwrap_or_default()),
        None => (raw.trim_matches('"'), "0"),
    };
    match (major.parse::<u32>(), minor.parse::<u32>()) {
        (Ok(1), Ok(_)) | (Ok(0), Ok(1 | 2)) => Ok(Vec::new()),
        _ => Err(()),
    }
}

/// How many resources `planned_values`, a part of `text`, lists.
fn count_planned(text: &str, planned: &str) -> Result<usize, Stop> {
    fn count(text: &str, module: &str, depth: usize) -> Result<usize, Stop> {
        descend(text, module, depth)?;
        let Ok(Map(entries)) = serde_json::from_str::<Map<'_, Raw<'_>>>(module) else { return Ok(0) };
        let mut resources = 0;
        for (key, raw) in entries.iter().filter_map(|(key, raw)| Some((key.as_ref(), raw.0?))) {
            let items = || serde_json::from_str::<List<Raw<'_>>>(raw).unwrap_or_default().0;
            match key {
                "root_module" => resources += count(text, raw, depth + 1)?,
                "resources" => resources += items().len(),
                "child_modules" => {
                    for child in items().into_iter().filter_map(|item| item.0) {
                        resources += count(text, child, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(resources)
    }
    count(text, planned, 0)
}

/// Says in our words, and by line and column, where reading stopped.
fn problem(name: &str, text: &str, stop: Stop, plans: usize) -> PlanError {
    let name = name.to_owned();
    let (byte, problem) = match stop {
        Stop::Truncated => return PlanError::Truncated { name, byte: text.len() },
        Stop::Syntax(byte, problem) => (byte, problem),
    };
    let before = text.as_bytes().get(..byte).unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let column = byte - before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1) + 1;
    let hint = if plans == 0 {
        "write it again with `terraform show -json tfplan > plan.json`; if it was converted between encodings, skip that step"
    } else {
        "a plan ends before that place; remove what follows it"
    };
    PlanError::Syntax { name, problem, line, column, byte, hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRIES: usize = 1500;

    /// A plan that is large enough for landmarks; `extra` stands in what is planned.
    fn plan(extra: &str) -> String {
        let entry = |at: usize| {
            let pad = "x".repeat(1000);
            format!(
                r#"{{"address":"a.b[{at}]","mode":"managed","type":"a","name":"b","index":{at},"change":{{"actions":["create"],"after":{{"pad":"{pad}"}}}}}}"#
            )
        };
        let entries: Vec<String> = (0..ENTRIES).map(entry).collect();
        let state = r#"{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"data.a.c","mode":"data","type":"a","name":"c","values":{}}]}}}"#;
        format!(
            r#"{{"format_version":"1.2","planned_values":{{{extra}}},"resource_changes":[{}],"prior_state":{state},"configuration":{{"root_module":{{}}}}}}"#,
            entries.join(",")
        )
    }

    fn input(text: &str) -> Input {
        Input::decode("plan.json".to_owned(), text.as_bytes().to_vec()).unwrap()
    }

    /// What is read with landmarks and without, each as far as anybody can tell them apart.
    fn both(input: &Input) -> [Result<String, String>; 2] {
        let text = input.text().unwrap();
        let kept = Kept::default();
        let alone = one(Spot { input, text, body: text, from: 0, number: 1 }, &[], &kept, &|_, _, _| ());
        let shown = |plan: &Plan<'_, ()>| format!("{:?} {:?}", plan.instances, plan.notes);
        let with = read(input, &kept, &|_, _, _| ()).map(|plans| plans.iter().map(shown).collect());
        [
            with.map_err(|error| error.to_string()),
            alone.map(|(plan, _)| shown(&plan)).map_err(|error| error.to_string()),
        ]
    }

    #[test]
    fn landmarks_change_nothing() {
        let plain = plan("");
        let misleading = plan(r#""a":{"b":1,"resource_changes":[]},"c":{"d":1,"prior_state":{"format_version":1}}"#);
        for text in [&plain, &misleading] {
            assert!(!landmarks(text.as_bytes()).is_empty());
            let input = input(text);
            assert_eq!(read(&input, &Kept::default(), &|_, _, _| ()).unwrap()[0].instances.len(), ENTRIES + 1);
            let [with, without] = both(&input);
            assert_eq!(with, without);
        }
    }

    #[test]
    fn what_is_broken_is_told_as_without_landmarks() {
        let plain = plan("");
        let breaks = [
            (r#""index":700,"#, r#""index":7 00,"#),
            (r#""index":700,"#, r#""index":700"#),
            (r#"},{"address":"a.b[900]""#, r#"}{"address":"a.b[900]""#),
            (r#"},{"address":"a.b[900]""#, r#"},,{"address":"a.b[900]""#),
            (r#"}],"prior_state""#, r#"},],"prior_state""#),
            (r#"}],"prior_state""#, r#"},"prior_state""#),
            (r#""planned_values":{}"#, r#""planned_values":{]"#),
            (r#""values":{}}"#, r#""values":{}"#),
            (r#""format_version":"1.2""#, r#""format_version":"9.9""#),
        ];
        for (whole, broken) in breaks {
            let text = plain.replacen(whole, broken, 1);
            assert_ne!(text, plain);
            let [with, without] = both(&input(&text));
            assert!(with.is_err(), "{broken}");
            assert_eq!(with, without);
        }
    }
}
