//! Fills what a plan knows only after apply with what the configuration's text tells of it.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::instances::{Instance, Side, Surroundings};
use super::layout::{Change, Values};
use super::modules::Modules;
use super::sourced::{Filled, Fit, Sourced};
use super::world::{Known, places};
use crate::model::json::{self, Member};
use crate::model::{Action, Key, Mark, Mode, Text};
use crate::source::{Claim, Engine, Source, Value};

/// What instances were read from.
pub(super) struct Texts<'p> {
    pub(super) text: &'p str,
    pub(super) changes: Vec<Change<'p>>,
    pub(super) prior_state: Option<&'p str>,
}

/// An instance with attributes that the plan does not know, or not whole.
struct Gap<'g, 'p> {
    instance: usize,
    block: usize,
    change: &'g Change<'p>,
    attributes: Vec<Text>,
}

/// The marks and values of a side with some of them filled in.
struct Patch {
    instance: usize,
    values: String,
    unknown: String,
    filled: Vec<Filled>,
}

/// Evaluates what the plan does not know yet, in the order of the addresses, and describes what has become known.
pub(super) fn fill<T: Clone + Send + Sync>(
    (source, claim, timestamp): (&Arc<Source>, Claim, Option<&str>),
    instances: &mut [Instance<T>],
    texts: &Texts<'_>,
    is_whole: bool,
    modules: &Modules,
    surroundings: &Surroundings<'_, T>,
    notes: &mut Vec<String>,
) -> Option<Sourced> {
    let configuration = surroundings.configuration;
    if source.is_unread() {
        notes.extend(source.notes.iter().cloned());
        return None;
    }
    let (mut sourced, fit) = Sourced::new(source.clone(), configuration);
    let is_same_time = source.made().zip(timestamp).map(|(made, timestamp)| made == timestamp);
    if !is_used(claim, fit, notes) || !is_of_time(claim, source.made(), is_same_time, notes) {
        return None;
    }
    sourced.is_heard = is_heard(claim, source, is_same_time, notes);
    let missing = fit.others;
    notes.extend(source.notes.iter().cloned().chain(source.unplaced()));
    if missing > 0 {
        let (blocks, verb) = if missing == 1 { ("block", "is") } else { ("blocks", "are") };
        notes.push(format!(
            "{missing} {blocks} of the plan {verb} not in the configuration as the plan has it, which may be of another time: values are not taken from there"
        ));
    }
    let gaps = gaps(instances, texts, surroundings, &sourced);
    let known =
        Known { configuration, modules, instances, texts, is_whole, places: places(instances), state: OnceCell::new() };
    let reach = |path: &str| source.file(path);
    let mut engine = Engine::new(source, &reach, &known);
    let mut patches = Vec::new();
    for gap in &gaps {
        let patch = patch(gap, instances, modules, surroundings, &sourced, &mut engine);
        patches.extend(patch.map(|patch| (gap.change.change.after_sensitive.0, patch)));
    }
    if engine.is_spent() {
        notes.push(
            "evaluating the configuration was given up on the way: values that were not reached stay unknown"
                .to_owned(),
        );
    }
    for (sensitive, patch) in patches {
        let sensitive = Mark::of(sensitive);
        if let Some(instance) = instances.get_mut(patch.instance) {
            let values = Values::Whole(&patch.values);
            let side = Side { values, unknown: Mark::of(Some(&patch.unknown)), sensitive };
            instance.after = Some(surroundings.describe(instance, &side));
        }
        sourced.filled.insert(patch.instance, patch.filled);
    }
    Some(sourced)
}

/// Whether a source belongs to the plan: one that was named for it if anything in it does, one that was only found, or that was
/// named for several plans, if its root module is the plan's.
fn is_used(claim: Claim, fit: Fit, notes: &mut Vec<String>) -> bool {
    let is_whole = fit.fitting > 0 && fit.strangers_in_root == 0;
    match claim {
        Claim::Named => {
            if fit.fitting == 0 && fit.others > 0 {
                notes.push(
                    "the configuration that was named has no block in common with the plan: it is not used".to_owned(),
                );
            }
            fit.fitting > 0
        }
        Claim::Shared => {
            if !is_whole {
                notes.push(
                    "the configuration that was named for several plans differs from this one's, and is not used for it: check the plan in a run of its own if it is the one"
                        .to_owned(),
                );
            }
            is_whole
        }
        Claim::Found => {
            // What has little in common belongs to something else, and nobody asked for it.
            if fit.strangers_in_root > 0 && fit.fitting > fit.others {
                notes.push("the configuration that was found differs from the plan's, and is not used: name it with --source if it is the one".to_owned());
            }
            is_whole
        }
    }
}

/// Whether a source is of the plan's time, as far as that is known: one that was named for this plan is used even so.
fn is_of_time(claim: Claim, made: Option<&str>, is_same: Option<bool>, notes: &mut Vec<String>) -> bool {
    let (Some(made), Some(false)) = (made, is_same) else { return true };
    match claim {
        Claim::Named => {
            notes.push(format!(
                "the binary plan that was named was made at {made}, and this plan at another time: values and lines may be others by now"
            ));
            true
        }
        Claim::Shared => {
            notes.push(format!(
                "the binary plan that was named was made at {made}, and is not this plan's: it is not used for it"
            ));
            false
        }
        Claim::Found => false,
    }
}

/// Whether comments of a source let off what the plan's findings say: only where it is the plan's own for certain. What somebody
/// decided of another environment is not decided of this one.
fn is_heard(claim: Claim, source: &Source, is_same_time: Option<bool>, notes: &mut Vec<String>) -> bool {
    const NAME: &str = "name it with --source, for this plan alone, if it is the plan's";
    let why = match (is_same_time, claim) {
        (Some(true), _) | (None, Claim::Named) => return true,
        (None, Claim::Found) if source.is_own() => return true,
        (Some(false), _) => "the binary plan is of another time".to_owned(),
        (None, Claim::Shared) => {
            "the configuration was named for several plans, and may be another's: check this one in a run of its own"
                .to_owned()
        }
        (None, Claim::Found) => {
            format!(
                "the configuration was found, and nothing shows that it is this plan's and no other environment's: {NAME}"
            )
        }
    };
    let comments = source.ignores().here.len();
    if comments > 0 {
        let (comments, verb) = if comments == 1 { ("the comment", "lets") } else { ("the comments", "let") };
        notes.push(format!("{comments} planwise:ignore {verb} nothing off here: {why}"));
    }
    false
}

/// The instances that change, that somebody reads, and of which the plan does not know what the configuration sets.
fn gaps<'t, 'p, T: Clone + Send + Sync>(
    instances: &[Instance<T>],
    texts: &'t Texts<'p>,
    surroundings: &Surroundings<'_, T>,
    sourced: &Sourced,
) -> Vec<Gap<'t, 'p>> {
    let mut all: Vec<Option<Gap<'t, 'p>>> = Vec::new();
    (instances.par_iter().enumerate())
        .map(|(at, instance)| {
            let changes = matches!(instance.action, Action::Create | Action::Update | Action::Replace | Action::Read);
            let block = instance.block.filter(|_| changes && instance.after.is_some() && !instance.deposed)?;
            let (module, name) = sourced.block(block)?;
            if !is_read(&instance.kind, instance.mode, surroundings) {
                return None;
            }
            let change = texts.changes.get(instance.position?)?;
            let written: Vec<&str> = sourced.source.names(module, name)?.collect();
            let marked = json::members(change.change.after_unknown.0.unwrap_or_default());
            let unknown = marked.into_iter().filter(|(_, mark)| !matches!(Mark::of(Some(mark)), Mark::No));
            let attributes: Vec<Text> =
                unknown.map(|(name, _)| Text::from(name)).filter(|name| written.contains(&name.as_str())).collect();
            (!attributes.is_empty()).then_some(Gap { instance: at, block, change, attributes })
        })
        .collect_into_vec(&mut all);
    all.into_iter().flatten().collect()
}

/// Whether anybody reads instances of a type: those whose description asks for nothing are described as well without.
fn is_read<T>(kind: &str, mode: Mode, surroundings: &Surroundings<'_, T>) -> bool {
    let asked = Cell::new(false);
    (surroundings.describe)(kind, mode, &|_| asked.set(true));
    asked.get()
}

/// The calls that lead to a module instance.
pub(super) fn path_of(modules: &Modules, instance: usize) -> Vec<(&str, &Key)> {
    let all = modules.up_from(instance).filter_map(|at| modules.get(at)).filter(|module| module.parent.is_some());
    let mut path: Vec<(&str, &Key)> = all.map(|module| (module.call.as_str(), &module.key)).collect();
    path.reverse();
    path
}

fn patch<T>(
    gap: &Gap<'_, '_>,
    instances: &[Instance<T>],
    modules: &Modules,
    surroundings: &Surroundings<'_, T>,
    sourced: &Sourced,
    engine: &mut Engine<'_>,
) -> Option<Patch> {
    let instance = instances.get(gap.instance)?;
    let written = surroundings.configuration.blocks.get(gap.block)?;
    let (_, name) = sourced.block(gap.block)?;
    let at = engine.enter(path_of(modules, instance.module));
    let difference = &gap.change.change;
    let (values, unknown) = (of_side(&difference.after)?, json::members(difference.after_unknown.0?));
    let sensitive = json::members(difference.after_sensitive.0.unwrap_or_default());
    let mut filled = Vec::new();
    let mut laid: FxHashMap<&str, (String, String)> = FxHashMap::default();
    for attribute in &gap.attributes {
        if !sourced.agrees(gap.block, written, attribute) {
            continue;
        }
        let Some((value, place)) = engine.attribute(at, name, &instance.key, attribute) else { continue };
        if value.is_blank() {
            continue;
        }
        let raw = |all: &[Member<'_>]| {
            let found = all.iter().rev().find(|(key, _)| key == attribute.as_str());
            found.and_then(|(_, raw)| serde_json::from_str::<Json>(raw).ok()).unwrap_or_default()
        };
        let before = (raw(&values), raw(&unknown));
        let after = lay(&value, before.0.clone(), before.1.clone(), &raw(&sensitive));
        if after != before {
            let (value, mark) = (after.0.to_string(), after.1.to_string());
            filled.push(Filled { attribute: attribute.clone(), place, text: value.clone() });
            laid.insert(attribute, (value, mark));
        }
    }
    if filled.is_empty() {
        return None;
    }
    let (values, unknown) = (replaced(&values, &laid, |(value, _)| value), replaced(&unknown, &laid, |(_, mark)| mark));
    Some(Patch { instance: gap.instance, values, unknown, filled })
}

/// Lays what the configuration tells over what the plan does not know: a value and its marks. What the plan knows stays, and
/// so does all that is sensitive.
fn lay(known: &Value, value: Json, unknown: Json, sensitive: &Json) -> (Json, Json) {
    if unknown == Json::Bool(true) {
        return if is_marked(sensitive) { (value, unknown) } else { known.marked() };
    }
    match (value, unknown) {
        (Json::Object(mut values), Json::Object(mut marks)) if !is_whole(sensitive) => {
            for (name, mark) in &mut marks {
                let Some(known) = known.member(name) else { continue };
                let value = values.get(name).cloned().unwrap_or_default();
                let secret = sensitive.get(name).cloned().unwrap_or_default();
                let (value, left) = lay(known, value, mark.take(), &secret);
                values.insert(name.clone(), value);
                *mark = left;
            }
            (Json::Object(values), Json::Object(marks))
        }
        (Json::Array(values), Json::Array(marks)) if !is_whole(sensitive) => {
            let Some(pairs) = known.items().and_then(|items| paired(items, &values)) else {
                return (Json::Array(values), Json::Array(marks));
            };
            let laid = values.into_iter().enumerate().map(|(at, value)| {
                let mark = marks.get(at).cloned().unwrap_or_default();
                let secret = sensitive.get(at).cloned().unwrap_or_default();
                match pairs.get(at) {
                    Some(known) => lay(known, value, mark, &secret),
                    None => (value, mark),
                }
            });
            let (values, marks) = laid.unzip();
            (Json::Array(values), Json::Array(marks))
        }
        other => other,
    }
}

fn is_whole(sensitive: &Json) -> bool {
    *sensitive == Json::Bool(true)
}

/// Whether anything in it is marked.
fn is_marked(marks: &Json) -> bool {
    match marks {
        Json::Bool(mark) => *mark,
        Json::Array(items) => items.iter().any(is_marked),
        Json::Object(members) => members.values().any(is_marked),
        _ => false,
    }
}

/// For each element that the plan has, the one that the configuration writes. A set's elements stand in another order there:
/// they are told by what is known of them, and only where each fits one alone.
fn paired<'v>(written: &'v [Value], planned: &[Json]) -> Option<Vec<&'v Value>> {
    if written.len() != planned.len() {
        return None;
    }
    if let [only] = written {
        return Some(vec![only]);
    }
    let mut pairs = Vec::with_capacity(planned.len());
    for value in planned {
        let mut fitting = written.iter().filter(|written| may_be(written, value));
        let only = fitting.next()?;
        if fitting.next().is_some() || pairs.iter().any(|other: &&Value| std::ptr::eq(*other, only)) {
            return None;
        }
        pairs.push(only);
    }
    Some(pairs)
}

/// Whether a written value may be what the plan has, as far as both are known.
pub(super) fn may_be(written: &Value, planned: &Json) -> bool {
    match (written, planned) {
        // The plan's `null` stands for what it does not know as well as for what is not set.
        (Value::Hole | Value::Null, _) | (_, Json::Null) => true,
        (Value::Map(_), Json::Object(members)) => {
            members.iter().all(|(name, planned)| written.member(name).is_none_or(|written| may_be(written, planned)))
        }
        (Value::List(_, items), Json::Array(planned)) => !written.is_known() || items.len() == planned.len(),
        (Value::Text(_) | Value::Number(_) | Value::Bool(_), planned) => {
            let plain = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            !written.is_known() || plain(&written.marked().0) == plain(planned)
        }
        _ => false,
    }
}

/// The members of an object at one stage; `None` where it is not there.
pub(super) fn of_side<'p>(values: &Values<'p>) -> Option<Vec<Member<'p>>> {
    match values {
        Values::None => None,
        Values::Whole(raw) => Some(json::members(raw)),
        Values::Members(members) => Some(members.clone()),
    }
}

/// An object's text with some of its members replaced, and those added that it lacks.
fn replaced(
    members: &[Member<'_>],
    with: &FxHashMap<&str, (String, String)>,
    pick: impl Fn(&(String, String)) -> &String,
) -> String {
    let mut all: std::collections::BTreeMap<&str, &str> =
        members.iter().map(|(key, raw)| (key.as_ref(), *raw)).collect();
    let mut names: Vec<&&str> = with.keys().collect();
    names.sort_unstable();
    for name in names {
        if let Some(both) = with.get(*name) {
            all.insert(name, pick(both));
        }
    }
    let pairs: Vec<String> = all.iter().map(|(name, raw)| format!("{}:{raw}", Json::from(*name))).collect();
    format!("{{{}}}", pairs.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(json: &Json, holes: &Json) -> Value {
        Value::of(json, &[holes])
    }

    #[test]
    fn only_what_is_unknown_and_not_sensitive_is_filled() {
        let known = value(&json!({ "a": 1, "b": "x", "c": "y", "d": null }), &json!({ "d": true }));
        let laid = lay(&known, json!({ "a": 7 }), json!({ "b": true, "c": true, "d": true }), &json!({ "c": true }));
        let values = json!({ "a": 7, "b": "x", "c": null, "d": null });
        assert_eq!(laid, (values, json!({ "b": false, "c": true, "d": true })));
        let secret = lay(&known, json!(null), json!(true), &json!({ "b": true }));
        assert_eq!(secret, (json!(null), json!(true)));
    }

    #[test]
    fn elements_of_sets_are_told_by_what_is_known() {
        let written = value(&json!([{ "p": 1, "x": "a" }, { "p": 2, "x": "b" }]), &json!(false));
        let planned = json!([{ "p": 2, "x": null }, { "p": 1, "x": null }]);
        let marks = json!([{ "x": true }, { "x": true }]);
        let (values, _) = lay(&written, planned, marks.clone(), &json!(false));
        assert_eq!(values, json!([{ "p": 2, "x": "b" }, { "p": 1, "x": "a" }]));
        let alike = json!([{ "p": null, "x": null }, { "p": null, "x": null }]);
        assert_eq!(lay(&written, alike.clone(), marks.clone(), &json!(false)), (alike, marks));
    }
}
