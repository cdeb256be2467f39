//! The plan as a judge of the evaluation: where it knows an attribute, the configuration's text must come to the same.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use super::configuration::Configuration;
use super::document;
use super::fill::{Texts, may_be, of_side, path_of};
use super::input::Input;
use super::instances::{Surroundings, instances};
use super::layout::Change;
use super::modules::Modules;
use super::sourced::Sourced;
use super::world::{Known, places};
use crate::model::{Action, Mark, json};
use crate::source::{Engine, Wanted, find};

/// What the text comes to otherwise than the plan says, and how many attributes were compared.
fn disagreements(plan: &Path, folder: &Path) -> (Vec<String>, usize) {
    let input = Input::file(plan).unwrap();
    let wanted = Wanted { folder: Some(folder.to_path_buf()), ..Wanted::default() };
    let source = Arc::new(find(&wanted, None, &|_| false).unwrap().0.unwrap());
    let text = input.text().unwrap();
    let (document, _) = document::read(text, 0, &[]).unwrap();
    let written = document.configuration.map(|raw| serde_json::from_str(raw).unwrap()).unwrap_or_default();
    let variables = document.variables.map(|raw| serde_json::from_str(raw).unwrap()).unwrap_or_default();
    let configuration = Configuration::of(written, variables);
    let mut modules = Modules::new(&configuration);
    let regions = vec![None; configuration.blocks.len()];
    let (configuration, regions, accounts) = (&configuration, regions.as_slice(), &[][..]);
    let surroundings = Surroundings { text, configuration, regions, accounts, describe: &|_, _, _| () };
    let changes = document.resource_changes.unwrap_or_default();
    let (instances, _) = instances(&changes, document.prior_state, &mut modules, &surroundings).unwrap();
    modules.complete(configuration);
    let mut entries: Vec<Change<'_>> = Vec::new();
    for run in &changes {
        document::run(text, run, |change| entries.push(change)).unwrap();
    }
    let (sourced, _) = Sourced::new(source.clone(), configuration);
    let texts = Texts { text, changes: entries, prior_state: document.prior_state };
    let known = Known {
        configuration,
        modules: &modules,
        instances: &instances,
        texts: &texts,
        is_whole: true,
        places: places(&instances),
        state: OnceCell::new(),
    };
    let reach = |path: &str| source.file(path);
    let mut engine = Engine::new(&source, &reach, &known);
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for instance in &instances {
        let is_new = matches!(instance.action, Action::Create | Action::Read);
        let (Some(position), Some(block), true) = (instance.position, instance.block, is_new) else { continue };
        let Some((module, name)) = sourced.block(block) else { continue };
        let change = &texts.changes[position];
        let (unknown, sensitive) = (change.change.after_unknown.0, change.change.after_sensitive.0);
        let marked = |raw: Option<&str>, attribute: &str| {
            let all = json::members(raw.unwrap_or_default()).into_iter();
            all.filter(|(key, _)| key == attribute).any(|(_, raw)| !matches!(Mark::of(Some(raw)), Mark::No))
        };
        let at = engine.enter(path_of(&modules, instance.module));
        for attribute in source.names(module, name).unwrap() {
            if marked(unknown, attribute) || marked(sensitive, attribute) {
                continue;
            }
            let values = of_side(&change.change.after).unwrap_or_default();
            let Some((_, raw)) = values.into_iter().find(|(key, _)| key == attribute) else { continue };
            let planned: serde_json::Value = serde_json::from_str(raw).unwrap();
            let Some((value, place)) = engine.attribute(at, name, &instance.key, attribute) else { continue };
            if !value.is_known() || planned.is_null() {
                continue;
            }
            let is_same = match (value.items(), planned.as_array()) {
                // Sets stand in an order of their own.
                (Some(items), Some(all)) if all.iter().all(|item| !item.is_object()) => {
                    let mut written: Vec<String> = items.iter().map(|item| plain(&item.marked().0)).collect();
                    let mut planned: Vec<String> = all.iter().map(plain).collect();
                    written.sort();
                    planned.sort();
                    written == planned
                }
                // Blocks stand in the plan with all that the provider adds.
                (Some(_), _) => continue,
                (None, _) => may_be(&value, &planned),
            };
            compared += 1;
            // Some providers write a document in their own way.
            let read = |value: &serde_json::Value| serde_json::from_str::<serde_json::Value>(value.as_str()?).ok();
            let documents = (read(&value.marked().0), read(&planned));
            if !is_same && (documents.0.is_none() || documents.0 != documents.1) {
                wrong.push(format!("{}.{attribute} ({}:{})", instance.address, place.file, place.line));
            }
        }
    }
    (wrong, compared)
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn what_the_plan_knows_the_text_comes_to_as_well() {
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans");
    let mut all = 0;
    for scenario in ["new-service", "behind-locals", "first-apply", "handed-on", "nested-modules"] {
        let folder = plans.join(scenario);
        let (wrong, compared) = disagreements(&folder.join("plan.json"), &folder);
        assert!(wrong.is_empty(), "{scenario}: {wrong:#?}");
        all += compared;
    }
    assert!(all > 800, "{all}");
}
