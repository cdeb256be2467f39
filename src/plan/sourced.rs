//! The configuration's text beside a plan: which module is which, and what was filled in from it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::configuration::{Block, Configuration, constant, references};
use crate::model::{Key, Text, steps};
use crate::source::{Place, Sought, Source, mentions};

/// A source, laid beside the configuration that the plan itself holds.
#[derive(Debug)]
pub(super) struct Sourced {
    pub(super) source: Arc<Source>,
    /// For each module of the plan, that of the source.
    modules: Vec<Option<usize>>,
    /// For each block of the plan, its module and its name in the source, if it stands there as it does in the plan.
    blocks: Vec<Option<(usize, String)>>,
    /// By instance, what was filled in.
    pub(super) filled: FxHashMap<usize, Vec<Filled>>,
    /// Whether its comments let anything off.
    pub(super) is_heard: bool,
}

/// How well a source fits a plan.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// Blocks that stand in both.
    pub(super) fitting: usize,
    /// Blocks of the plan that the source lacks, or has otherwise, in modules that it has. What it lacks where a file was left out
    /// may stand in that one, and does not count.
    pub(super) others: usize,
    /// Of those, the ones in the root module, and modules that it calls.
    pub(super) strangers_in_root: usize,
}

/// An attribute that was filled in.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) attribute: Text,
    pub(super) place: Place,
    /// Its text, to find out which names stand in it.
    pub(super) text: String,
}

impl Sourced {
    /// Lays a source beside a configuration, and says how many blocks fit.
    pub(super) fn new(source: Arc<Source>, configuration: &Configuration<'_>) -> (Self, Fit) {
        let mut modules: Vec<Option<usize>> = vec![None; configuration.modules.len()];
        let mut blocks = vec![None; configuration.blocks.len()];
        if let (Some(first), Some(root)) = (modules.first_mut(), source.root()) {
            *first = Some(root);
        }
        let mut fit = Fit::default();
        for (at, module) in configuration.modules.iter().enumerate() {
            let Some(own) = modules.get(at).copied().flatten() else { continue };
            for (call, child) in module.calls() {
                let planned = configuration.modules.get(child).map(|child| child.repetition).unwrap_or_default();
                let written = source.is_repeated(own, &format!("module.{call}"), planned);
                if written.is_none() && source.is_partial(own) {
                    continue;
                }
                let is_same = written == Some(true);
                fit.strangers_in_root += usize::from(at == 0 && !is_same);
                if let Some(slot) = modules.get_mut(child).filter(|_| is_same) {
                    *slot = source.child(own, call);
                }
            }
            if source.is_partial(own) && at == 0 {
                // What the files lack tells nothing then; what they have, and the plan does not, tells as much.
                let has = |name: &&str| module.blocks().any(|(planned, _)| planned == *name);
                fit.strangers_in_root += source.blocks(own).filter(|name| !has(name)).count();
            }
            for (name, block) in module.blocks() {
                if source.is_partial(own) && source.names(own, name).is_none() {
                    continue;
                }
                let written = configuration.blocks.get(block);
                if written.is_some_and(|written| fits(&source, own, name, written)) {
                    fit.fitting += 1;
                    if let Some(slot) = blocks.get_mut(block) {
                        *slot = Some((own, name.to_owned()));
                    }
                } else {
                    fit.others += 1;
                    fit.strangers_in_root += usize::from(at == 0);
                }
            }
        }
        (Self { source, modules, blocks, filled: FxHashMap::default(), is_heard: false }, fit)
    }

    /// The module and the name of a block in the source.
    pub(super) fn block(&self, block: usize) -> Option<(usize, &str)> {
        self.blocks.get(block)?.as_ref().map(|(module, name)| (*module, name.as_str()))
    }

    /// The blocks of the plan that stand in the source, by their place there.
    pub(super) fn placed(&self) -> impl Iterator<Item = (usize, &str)> {
        self.blocks.iter().flatten().map(|(module, name)| (*module, name.as_str()))
    }

    /// Whether an attribute refers to the same in the plan and in the source.
    pub(super) fn agrees(&self, block: usize, written: &Block<'_>, attribute: &str) -> bool {
        let Some((module, name)) = self.block(block) else { return false };
        let expressions = written.expressions(attribute, None);
        let mut planned: Vec<Text> = expressions
            .iter()
            .flat_map(|expression| references(expression))
            .filter_map(|path| {
                let steps = steps(&path)?;
                let names = if steps.first()?.name == "data" { 3 } else { 2 };
                let names: Vec<&str> = steps.iter().take(names).map(|step| step.name).collect();
                // The whole module stands beside what is taken of it.
                Some(Text::from(names.join(".")))
            })
            .collect();
        planned.sort();
        planned.dedup();
        let written_here = self.source.subjects(module, name, attribute);
        // `dynamic` blocks are left out of the plan.
        let is_whole = written.whole(attribute).is_some();
        if is_whole { planned == written_here } else { planned.iter().all(|subject| written_here.contains(subject)) }
    }

    /// What a local of a module refers to.
    pub(super) fn local(&self, module: usize, name: &str, taken: &[Key]) -> Option<Vec<String>> {
        self.source.local(self.modules.get(module).copied().flatten()?, name, taken)
    }

    /// Whether a block is repeated over a name, and over nothing that is made of it.
    pub(super) fn block_is_plain(&self, block: usize) -> bool {
        self.block(block).is_some_and(|(module, name)| self.source.repeats_plainly(module, name))
    }

    /// The same for a call in a module.
    pub(super) fn call_is_plain(&self, module: usize, call: &str) -> bool {
        let module = self.modules.get(module).copied().flatten();
        module.is_some_and(|module| self.source.repeats_plainly(module, &format!("module.{call}")))
    }

    /// Whether the text of a local tells what stands in it under a key.
    pub(super) fn tells(&self, module: usize, name: &str, key: &Key) -> bool {
        let module = self.modules.get(module).copied().flatten();
        module.is_some_and(|module| self.source.local_tells(module, name, key))
    }

    /// Where the configuration writes what an attribute of an instance of a block is, or what a name in one of its texts is.
    pub(super) fn written_at(&self, instance: usize, block: usize, sought: Sought<'_>) -> Option<Place> {
        let all = self.filled.get(&instance)?;
        let head = sought.attribute.split('.').next().unwrap_or_default();
        // A variable, behind the name of its container.
        let name = sought.attribute.rsplit('.').next().unwrap_or_default();
        let by_name = || all.iter().find(|filled| mentions(&filled.text, name));
        let filled = all.iter().find(|filled| filled.attribute == head).or_else(by_name)?;
        let own =
            self.block(block).and_then(|(module, name)| self.source.name_in(module, name, &filled.attribute, sought));
        Some(own.unwrap_or_else(|| filled.place.clone()))
    }
}

/// Whether a block of a plan stands in the source with all that it sets, repeated in the same way, and with the same constants.
fn fits(source: &Source, module: usize, name: &str, written: &Block<'_>) -> bool {
    let Some(names) = source.names(module, name) else { return false };
    if source.is_repeated(module, name, written.repetition) != Some(true) {
        return false;
    }
    let names: Vec<&str> = names.collect();
    let is_same = |attribute: &str| {
        let planned = written.expressions(attribute, None);
        let planned = planned
            .first()
            .copied()
            .and_then(constant)
            .and_then(|raw| serde_json::from_str::<serde_json::Value>(raw).ok());
        match (planned, source.literal(module, name, attribute)) {
            (Some(planned), Some(written)) => plain(&planned) == plain(&written),
            _ => true,
        }
    };
    written.names().iter().all(|name| names.contains(name) && is_same(name))
}

/// A constant without its type: a provider may want a number where somebody writes a text.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
