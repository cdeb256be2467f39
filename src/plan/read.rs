//! From text to plans.

use serde_json::error::Category;

use super::configuration::Configuration;
use super::detect;
use super::error::PlanError;
use super::input::Input;
use super::instances::{Collector, Instance, Side};
use super::layout::{Document, List, Map, Raw};
use super::modules::Modules;
use super::provider;
use super::references::Resolver;
use crate::model::{Attr, Body, Resource, Stage, Text, Why};

/// A plan, read.
#[derive(Debug)]
pub struct Plan<'p> {
    /// What to call it: the input's name, with `#2` behind it for the second document of a stream.
    pub name: String,
    /// The version of Terraform or OpenTofu that made it.
    pub terraform_version: Option<String>,
    /// Whether planning failed on the way, so that the plan holds only a part.
    pub errored: bool,
    /// Whether applying it would reach the configuration's state; `None` where the version does not say.
    pub complete: Option<bool>,
    /// What a reader should know of how it was read.
    pub notes: Vec<String>,
    /// Every resource instance, in address order.
    pub instances: Vec<Instance<'p>>,
    configuration: Configuration<'p>,
    modules: Modules,
    /// The region of each block's provider.
    regions: Vec<Option<Text>>,
}

impl<'p> Plan<'p> {
    /// The instance at position `at` as it is at `stage`, if it exists there.
    pub fn resource(&self, at: usize, stage: Stage) -> Option<Resource<'_>> {
        let instance = self.instances.get(at)?;
        let Side { values, unknown, sensitive } = match stage {
            Stage::Before => instance.before?,
            Stage::After => instance.after?,
        };
        let body = Body::new(Some(values), unknown, sensitive);
        let configured = instance.block.and_then(|block| self.configuration.blocks.get(block));
        let region = match body.text("region") {
            // Since version 6 of the AWS provider every resource carries its region.
            Attr::Set(region) if !region.is_empty() => Attr::Set(region),
            _ => match instance.block.and_then(|block| self.regions.get(block)) {
                Some(Some(region)) => Attr::Set(region.clone()),
                _ => Attr::Unknown(Why::Elsewhere),
            },
        };
        Some(Resource {
            address: instance.address.clone(),
            kind: &instance.kind,
            mode: instance.mode,
            region,
            body,
            configured: configured.map(super::configuration::Block::names),
        })
    }

    /// Answers what the configuration says.
    pub fn references(&self) -> Resolver<'_, 'p> {
        Resolver::new(&self.configuration, &self.modules, &self.instances)
    }
}

/// Reads every plan in `input`: one, or several JSON documents one after the other, as terragrunt writes them.
///
/// # Errors
/// When it is not a plan, is cut off, or is of an unknown format. The message says what it is and what to do.
pub fn read(input: &Input) -> Result<Vec<Plan<'_>>, PlanError> {
    let (start, json) = strip_wrapper(&input.text);
    if !json.trim_ascii_start().starts_with('{') {
        return Err(detect::text(input.name.clone(), json));
    }
    let mut documents = serde_json::Deserializer::from_str(json).into_iter::<Document<'_>>();
    let mut plans: Vec<Plan<'_>> = Vec::new();
    loop {
        let from = documents.byte_offset();
        let document = match documents.next() {
            None => break,
            Some(Ok(document)) => document,
            Some(Err(error)) => return Err(syntax(input, start + from, &error, plans.len())),
        };
        let name = match plans.len() {
            0 => input.name.clone(),
            earlier => format!("{}#{}", input.name, earlier + 1),
        };
        if !is_plan(&document) {
            let text = json.get(from..documents.byte_offset()).unwrap_or_default();
            return Err(detect::object(name, text.trim_ascii()));
        }
        plans.push(plan(name, document)?);
    }
    Ok(plans)
}

/// Cuts off what CI wrappers write around the JSON: the `[command]` line before it, workflow commands (`::debug::`)
/// around it.
fn strip_wrapper(text: &str) -> (usize, &str) {
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let plain = line.trim_ascii();
        if line.is_empty() || !(plain.is_empty() || plain.starts_with("[command]") || plain.starts_with("::")) {
            break;
        }
        start += line.len();
    }
    let mut rest = text.get(start..).unwrap_or_default();
    while let Some(line) = rest.trim_ascii_end().rsplit('\n').next().filter(|line| line.starts_with("::")) {
        rest = rest.trim_ascii_end().strip_suffix(line).unwrap_or_default();
    }
    (start, rest)
}

fn is_plan(document: &Document<'_>) -> bool {
    document.resource_changes.0.is_some()
        || document.planned_values.0.is_some()
        || document.configuration.0.is_some()
        || document.output_changes.0.is_some()
}

fn plan(name: String, document: Document<'_>) -> Result<Plan<'_>, PlanError> {
    let mut notes = Vec::new();
    if !is_known_version(document.format_version, &mut notes) {
        let found = document.format_version.0.unwrap_or_default();
        let found: String = found.chars().filter(|c| !c.is_control()).take(40).collect();
        return Err(PlanError::Version { name, found });
    }
    let configuration = Configuration::read(document.configuration.0, document.variables);
    let List(changes) = document.resource_changes.0.unwrap_or_default();
    let mut collector = Collector::new(&configuration, changes.len());
    for (position, change) in changes.into_iter().enumerate() {
        collector.change(position, change);
    }
    if let Some(prior) = document.prior_state.0 {
        collector.prior_state(prior);
    }
    let Collector { modules, mut instances, unreadable, .. } = collector;
    instances.sort_by(|a, b| a.address.cmp(&b.address));

    if unreadable > 0 {
        notes.push(format!(
            "{unreadable} of the resource changes could not be read: no type, no values, or an address that came before"
        ));
    }
    if instances.is_empty() {
        let planned = document.planned_values.0.map_or(0, count_planned);
        if planned > 0 {
            notes.push(format!(
                "planned_values lists {planned} resources, but there are no resource_changes: nothing could be analysed"
            ));
        }
    }
    if document.configuration.0.is_none() {
        notes.push(
            "the plan holds no configuration: what is known only after apply cannot be followed to its source".to_owned(),
        );
    }
    let regions =
        (0..configuration.blocks.len()).map(|block| provider::region_of(&configuration, block)).collect();
    Ok(Plan {
        name,
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
        regions,
    })
}

/// Formats 0.1 and 0.2 (Terraform 0.12 to 1.0) and 1.x: a minor version only adds keys, a major one may change their
/// meaning. Source: hashicorp/web-unified-docs, "JSON Output Format", read 2026-11.
fn is_known_version(raw: Raw<'_>, notes: &mut Vec<String>) -> bool {
    let Some(raw) = raw.0 else {
        notes.push("format_version is missing; read as format 1".to_owned());
        return true;
    };
    let (major, minor) = match raw.trim_matches('"').split_once('.') {
        Some((major, rest)) => (major, rest.split('.').next().unwrap_or_default()),
        None => (raw.trim_matches('"'), "0"),
    };
    matches!((major.parse::<u32>(), minor.parse::<u32>()), (Ok(1), Ok(_)) | (Ok(0), Ok(1 | 2)))
}

/// How many resources `planned_values` lists.
fn count_planned(raw: &str) -> usize {
    fn count(module: &str) -> usize {
        let Ok(Map(entries)) = serde_json::from_str::<Map<'_, Raw<'_>>>(module) else { return 0 };
        entries
            .iter()
            .filter_map(|(key, raw)| raw.0.map(|raw| (key.as_ref(), raw)))
            .map(|(key, raw)| {
                let items = || serde_json::from_str::<List<Raw<'_>>>(raw).unwrap_or_default().0;
                match key {
                    "root_module" => count(raw),
                    "resources" => items().len(),
                    "child_modules" => items().into_iter().filter_map(|item| item.0).map(count).sum(),
                    _ => 0,
                }
            })
            .sum()
    }
    count(raw)
}

/// Turns serde's error into ours. Its text is used only where it cannot quote the input.
fn syntax(input: &Input, from: usize, error: &serde_json::Error, plans: usize) -> PlanError {
    let name = input.name.clone();
    if error.classify() == Category::Eof {
        return PlanError::Truncated { name, byte: input.text.len() };
    }
    // serde counts lines from where its text began.
    let begin = input.text.get(..from).unwrap_or_default();
    let (line, column, byte) = if plans == 0 {
        position(&input.text, strip_wrapper(&input.text).0, error)
    } else {
        let line = begin.matches('\n').count() + 1;
        let column = begin.len() - begin.rfind('\n').map_or(0, |at| at + 1) + 1;
        (line, column, begin.len())
    };
    let text = error.to_string();
    let problem = match error.classify() {
        Category::Syntax => text.split(" at line ").next().unwrap_or("syntax error").to_owned(),
        Category::Data | Category::Io | Category::Eof => "a value of an unexpected kind".to_owned(),
    };
    let hint = if plans == 0 {
        "write it again with `terraform show -json tfplan > plan.json`; if it was converted between encodings, skip that step"
    } else {
        "a plan ends before that place; remove what follows it"
    };
    PlanError::Syntax { name, problem, line, column, byte, hint: hint.to_owned() }
}

fn position(text: &str, start: usize, error: &serde_json::Error) -> (usize, usize, usize) {
    let json = text.get(start..).unwrap_or_default();
    let before = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let byte = start + before + error.column().saturating_sub(1);
    let skipped = text.get(..start).unwrap_or_default().matches('\n').count();
    (error.line() + skipped, error.column(), byte)
}
