//! The other way round: who in the configuration names a block, or what is made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use rustc_hash::FxHashMap;

use super::Resolver;
use crate::model::{Key, Namer, Text, steps};
use crate::plan::configuration::{Module, references};
use crate::plan::modules::ROOT;

/// Somebody in a module who names something.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Site {
    /// A `resource` or `data` block.
    Block(usize, Text),
    Output(Text),
    /// An argument of a module call.
    Argument(Text, Text),
    /// What a module call is repeated over.
    Call(Text),
    Local(Text),
}

/// Who names what in one module: by `type.name`, `data.type.name`, `var.name`, `local.name`, `module.call.output`. A key
/// says which instance is meant, where one is.
#[derive(Debug, Default)]
pub(super) struct Index {
    sites: BTreeMap<String, Vec<(Key, Site)>>,
    /// The locals of which the plan does not show what they hold, and who names them.
    dark: Vec<(Text, Site)>,
}

/// Attributes in which nobody gives anything away.
const LABELS: &[&str] = &["tags", "tags_all", "name", "name_prefix", "description", "labels"];

impl<T> Resolver<'_, T> {
    /// Who names an instance.
    pub(super) fn namers_of(&self, instance: usize) -> Vec<Namer> {
        let Some(named) = self.instances.get(instance) else { return Vec::new() };
        let Some((module, block)) = self.modules.get(named.module).and_then(|at| at.module).zip(named.block) else {
            return Vec::new();
        };
        let Some(config) = self.configuration.modules.get(module) else { return Vec::new() };
        let Some((name, _)) = config.blocks().find(|(_, at)| *at == block) else { return Vec::new() };
        let mut found: Vec<Namer> = Vec::new();
        let mut seen: BTreeSet<(usize, String)> = BTreeSet::new();
        let mut open = vec![(named.module, name.to_owned(), named.key.clone())];
        while let Some((at, name, key)) = open.pop() {
            if !seen.insert((at, name.clone())) {
                continue;
            }
            let index = self.index_of(at);
            for (wanted, site) in index.sites.get(&name).into_iter().flatten() {
                if *wanted == Key::None || key == Key::None || *wanted == key {
                    self.step(instance, (at, site), &mut open, &mut found);
                }
            }
            for (local, site) in &index.dark {
                self.doubt(instance, (at, site), local, &mut found);
            }
        }
        found.sort_by(|a, b| (a.doubtful, &a.name).cmp(&(b.doubtful, &b.name)));
        found.dedup_by(|b, a| a.name == b.name && a.instances == b.instances);
        found
    }

    /// From a place where it is named: who that is, or where the name goes on.
    fn step(
        &self,
        instance: usize,
        (at, site): (usize, &Site),
        open: &mut Vec<(usize, String, Key)>,
        found: &mut Vec<Namer>,
    ) {
        match site {
            Site::Block(block, name) => found.extend(self.by_block(instance, at, *block, name)),
            Site::Output(name) if at == ROOT => {
                found.push(Namer { name: format!("output.{name}").into(), instances: Vec::new(), doubtful: false });
            }
            Site::Output(name) => {
                let Some((call, parent)) = self.modules.get(at).and_then(|here| Some((here, here.parent?))) else {
                    return;
                };
                for whole in [format!("module.{}.{name}", call.call), format!("module.{}", call.call)] {
                    open.push((parent, whole, call.key.clone()));
                }
            }
            Site::Argument(call, name) => {
                let children = self.modules.children(at, call);
                open.extend(children.iter().map(|child| (*child, format!("var.{name}"), Key::None)));
            }
            Site::Call(call) => {
                let name = format!("module.{call}").into();
                found.push(Namer { name, instances: Vec::new(), doubtful: false });
            }
            Site::Local(name) => open.push((at, format!("local.{name}"), Key::None)),
        }
    }

    /// Who names a local that may hold anything: blocks, and outputs that lead out of the plan.
    fn doubt(&self, instance: usize, (at, site): (usize, &Site), local: &Text, found: &mut Vec<Namer>) {
        let doubtful = |namer: Namer| Namer { name: format!("local.{local}").into(), doubtful: true, ..namer };
        match site {
            Site::Block(block, name) => {
                found.extend(self.by_block(instance, at, *block, name).map(doubtful));
            }
            Site::Output(_) if at == ROOT => {
                found.push(doubtful(Namer { name: Text::default(), instances: Vec::new(), doubtful: true }));
            }
            _ => {}
        }
    }

    /// A block that names it, if there are instances of that other than itself.
    fn by_block(&self, instance: usize, module: usize, block: usize, name: &Text) -> Option<Namer> {
        let all = self.instances_of(module, block).iter().map(|(.., at)| *at);
        let instances: Vec<usize> = all.filter(|at| *at != instance).collect();
        (!instances.is_empty()).then(|| Namer { name: name.clone(), instances, doubtful: false })
    }

    /// Who names what in the module of a module instance.
    fn index_of(&self, at: usize) -> Arc<Index> {
        let Some(module) = self.modules.get(at).and_then(|at| at.module) else { return Arc::default() };
        let known = self.indices.lock().unwrap_or_else(PoisonError::into_inner).get(&module).cloned();
        known.unwrap_or_else(|| {
            let config = self.configuration.modules.get(module);
            let index = Arc::new(config.map(|config| self.index(module, config)).unwrap_or_default());
            self.indices.lock().unwrap_or_else(PoisonError::into_inner).insert(module, Arc::clone(&index));
            index
        })
    }

    fn index(&self, module: usize, config: &Module<'_>) -> Index {
        let mut index = Index::default();
        let mut locals: BTreeSet<Text> = BTreeSet::new();
        let mut add = |index: &mut Index, names: &[String], site: &Site, says: bool| {
            for (name, key) in subjects(names) {
                if let Some(local) = name.strip_prefix("local.") {
                    locals.insert(local.into());
                    if says && self.sourced.and_then(|sourced| sourced.local(module, local, &[])).is_none() {
                        index.dark.push((local.into(), site.clone()));
                    }
                }
                index.sites.entry(name).or_default().push((key, site.clone()));
            }
        };
        for (name, at) in config.blocks() {
            let Some(block) = self.configuration.blocks.get(at) else { continue };
            let site = Site::Block(at, name.into());
            for (attribute, expressions) in block.all() {
                let says = !LABELS.contains(&attribute);
                for expression in expressions {
                    add(&mut index, &owned(expression), &site, says);
                }
            }
        }
        for (name, expression) in sorted(&config.outputs) {
            add(&mut index, &owned(expression), &Site::Output(name.as_str().into()), true);
        }
        for (call, child) in config.calls() {
            let Some(child) = self.configuration.modules.get(child) else { continue };
            for (name, expression) in sorted(&child.arguments) {
                add(&mut index, &owned(expression), &Site::Argument(call.into(), name.as_str().into()), false);
            }
            if let Some(over) = child.for_each {
                add(&mut index, &owned(over), &Site::Call(call.into()), false);
            }
        }
        // Locals may be made of others.
        let mut read: BTreeSet<Text> = BTreeSet::new();
        while let Some(local) = locals.pop_first() {
            if !read.insert(local.clone()) {
                continue;
            }
            let names = self.sourced.and_then(|sourced| sourced.local(module, &local, &[])).unwrap_or_default();
            for (name, key) in subjects(&names) {
                if let Some(other) = name.strip_prefix("local.") {
                    locals.insert(other.into());
                }
                index.sites.entry(name).or_default().push((key, Site::Local(local.clone())));
            }
        }
        for sites in index.sites.values_mut() {
            sites.sort();
            sites.dedup();
        }
        index.dark.sort();
        index.dark.dedup();
        index
    }
}

fn sorted<'c, 'p>(expressions: &'c FxHashMap<String, &'p str>) -> Vec<(&'c String, &'p str)> {
    let mut sorted: Vec<_> = expressions.iter().map(|(name, expression)| (name, *expression)).collect();
    sorted.sort_unstable();
    sorted
}

fn owned(expression: &str) -> Vec<String> {
    references(expression).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// What references are to: the thing, without what is taken of it, and the key of the instance that is meant.
fn subjects(references: &[String]) -> Vec<(String, Key)> {
    let longer = |path: &String| references.iter().any(|other| other != path && super::is_prefix(path, other));
    let named = references.iter().filter(|path| !longer(path)).filter_map(|path| {
        let steps = steps(path)?;
        match steps.as_slice() {
            [head, ..] if matches!(head.name, "each" | "count" | "path" | "terraform" | "self") => None,
            [head, call, rest @ ..] if head.name == "module" => {
                let output = rest.first().map(|output| format!(".{}", output.name)).unwrap_or_default();
                Some((format!("module.{}{output}", call.name), call.key.clone()))
            }
            [head, kind, name, ..] if head.name == "data" => {
                Some((format!("data.{}.{}", kind.name, name.name), name.key.clone()))
            }
            [head, name, ..] if matches!(head.name, "var" | "local") => {
                Some((format!("{}.{}", head.name, name.name), Key::None))
            }
            [kind, name, ..] => Some((format!("{}.{}", kind.name, name.name), name.key.clone())),
            _ => None,
        }
    });
    named.collect()
}
