//! Follows references: through arguments of module calls, variables, outputs, instance keys and splats.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::configuration::{Configuration, references};
use super::instances::Instance;
use super::modules::{Modules, ROOT};
use super::sourced::Sourced;
use crate::model::{DeadEnd, Found, Hit, Key, Lookup, Namer, Only, References, Step, Text, steps};

mod modules;
mod namers;

/// So often a value is handed on in one go, before the stack is full. A longer way is gone in several.
const DEEPEST: usize = 100;

/// So many steps one question may take. Only a cycle takes more, which Terraform forbids and a broken file may hold.
const MOST_STEPS: u32 = 100_000;

/// How far a question has come.
#[derive(Clone, Copy)]
struct Way<'w> {
    depth: usize,
    /// The steps that are left.
    steps: &'w Cell<u32>,
}

impl Way<'_> {
    /// One step on; `None` at the end of all that may be taken in one go.
    fn on(self) -> Option<Self> {
        let left = self.steps.get().checked_sub(1)?;
        self.steps.set(left);
        (self.depth < DEEPEST).then_some(Self { depth: self.depth + 1, ..self })
    }
}

/// Answers where the expressions of a plan's configuration lead.
#[derive(Debug)]
pub struct Resolver<'a, T> {
    configuration: &'a Configuration<'a>,
    modules: &'a Modules,
    instances: &'a [Instance<T>],
    /// The configuration's text, if it is at hand.
    sourced: Option<&'a Sourced>,
    /// Module instance, block and instance, in order.
    places: Vec<(usize, usize, usize)>,
    /// What flows through a variable or an output of a module instance: asked for by many, the same for all.
    memo: Mutex<FxHashMap<(usize, Port), Arc<Trace>>>,
    /// What each expression refers to, by where it stands: one block makes many instances.
    paths: Mutex<FxHashMap<usize, Arc<Vec<String>>>>,
    /// Who names what in each module.
    indices: Mutex<FxHashMap<usize, Arc<namers::Index>>>,
}

/// The way into a module instance, or out of it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Port {
    /// A variable, and the field that is taken of it.
    Variable(Text, Option<Text>),
    Output(Text),
    /// A local, and what is taken of it.
    Local(Text, Vec<Key>),
}

/// Where an expression leads, and where its trace is lost.
#[derive(Clone, Debug, Default)]
struct Trace {
    hits: Vec<Hit>,
    dead_ends: Vec<DeadEnd>,
    /// Where it was given up on the way: from there somebody may come further.
    cut: Option<(usize, Port)>,
}

impl Trace {
    /// Once what was found several times, on several ways.
    fn settle(&mut self) {
        self.hits.sort_by(|a, b| (a.instance, &a.attribute, a.found).cmp(&(b.instance, &b.attribute, b.found)));
        self.hits.dedup_by(|b, a| a.instance == b.instance && a.attribute == b.attribute);
        self.dead_ends.sort_by(|a, b| (a.module, &a.name).cmp(&(b.module, &b.name)));
        self.dead_ends.dedup();
    }
}

/// A block that a reference names, and what it takes of it.
struct Named<'s> {
    data: bool,
    kind: &'s str,
    name: &'s Step<'s>,
    attribute: Option<&'s Step<'s>>,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Scope<'s> {
    module: usize,
    /// What `each.key` or `count.index` is there.
    key: &'s Key,
    /// What `each.value` comes from.
    for_each: Option<&'s str>,
    /// Whether `for_each` makes several instances there: what one of them gets, another may not.
    several: bool,
    /// Whether `for_each` is the very thing that it refers to, and nothing that is made of it.
    plain: bool,
    /// Where the expression is what is iterated over: the key of the element that is taken of it.
    under: Option<&'s Key>,
    /// What is taken of the expression where it is a whole object: `private_subnets` of `var.network`.
    field: Option<&'s str>,
}

impl Scope<'_> {
    /// In a module, outside of what is repeated there.
    fn inside(module: usize) -> Self {
        Self { module, key: &Key::None, for_each: None, several: false, plain: false, under: None, field: None }
    }
}

impl<'a, T> Resolver<'a, T> {
    pub(super) fn new(
        configuration: &'a Configuration<'a>,
        modules: &'a Modules,
        instances: &'a [Instance<T>],
        sourced: Option<&'a Sourced>,
    ) -> Self {
        let mut places = Vec::with_capacity(instances.len());
        for (at, instance) in instances.iter().enumerate() {
            if let (Some(block), false) = (instance.block, instance.deposed) {
                places.push((instance.module, block, at));
            }
        }
        places.sort_unstable();
        let (memo, paths, indices) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { configuration, modules, instances, sourced, places, memo, paths, indices }
    }

    /// The instances of a block in a module instance.
    fn instances_of(&self, module: usize, block: usize) -> &[(usize, usize, usize)] {
        let from = self.places.partition_point(|(m, b, _)| (*m, *b) < (module, block));
        let rest = self.places.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|(m, b, _)| (*m, *b) == (module, block)).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Follows expressions to their ends. Where the way is too long for one go, its last part is gone first, and remembered:
    /// so that what is found depends neither on who asks first nor on how long the way is.
    fn start(&self, expressions: &[&str], scope: Scope<'_>) -> Trace {
        let steps = Cell::new(MOST_STEPS);
        let way = Way { depth: 0, steps: &steps };
        let mut parts: Vec<(usize, Port)> = Vec::new();
        loop {
            let cut = match parts.last() {
                None => {
                    let trace = self.resolve(expressions, scope, way);
                    if trace.cut.is_none() {
                        return trace;
                    }
                    trace.cut
                }
                Some((module, Port::Variable(name, field))) => {
                    self.variable(*module, name, field.as_deref(), way).cut.clone()
                }
                Some((module, Port::Output(name))) => self.output(*module, name, way).cut.clone(),
                Some((module, Port::Local(name, taken))) => {
                    self.local(*module, name, taken, way).and_then(|through| through.cut.clone())
                }
            };
            match cut {
                None => {
                    parts.pop();
                }
                Some(next) if !parts.contains(&next) && steps.get() > 0 => parts.push(next),
                Some((module, _)) => {
                    let mut trace = self.resolve(expressions, scope, way);
                    trace.dead_ends.push(DeadEnd { name: Text::from("what is handed round in a circle"), module });
                    return trace;
                }
            }
        }
    }

    fn resolve(&self, expressions: &[&str], scope: Scope<'_>, way: Way<'_>) -> Trace {
        let mut trace = Trace::default();
        for expression in expressions {
            let all = self.references(expression);
            self.follow_all(&all, scope, way, &mut trace);
        }
        trace.settle();
        trace
    }

    /// Follows the references of one expression.
    fn follow_all(&self, all: &[impl AsRef<str>], scope: Scope<'_>, way: Way<'_>, trace: &mut Trace) {
        let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
        let joined = all.iter().any(|path| path.starts_with("each.") || *path == "count.index");
        let mut last: &str = "";
        for (at, path) in all.iter().enumerate() {
            // One traversal is written longest first, then its prefixes.
            if is_prefix(path, last) {
                continue;
            }
            let from = trace.hits.len();
            self.follow(path, scope, joined, way, trace);
            last = path;
            // `block[var.which].address` is written as the block and what its index is made of.
            let next = all.iter().skip(at + 1).find(|next| !is_prefix(next, path));
            let heads = ["each.", "var.", "local.", "count."];
            if next.is_some_and(|next| heads.iter().any(|head| next.starts_with(head))) {
                let splats = trace.hits.iter_mut().skip(from).filter(|hit| hit.found == Found::Splat);
                splats.for_each(|hit| hit.found = Found::Choice);
            }
        }
    }

    /// What an expression of the configuration refers to.
    fn references(&self, expression: &str) -> Arc<Vec<String>> {
        let place = expression.as_ptr().addr();
        let known = self.paths.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        known.unwrap_or_else(|| {
            let found = Arc::new(references(expression).into_iter().map(Cow::into_owned).collect::<Vec<_>>());
            self.paths.lock().unwrap_or_else(PoisonError::into_inner).insert(place, Arc::clone(&found));
            found
        })
    }

    fn follow(&self, path: &str, scope: Scope<'_>, joined: bool, way: Way<'_>, trace: &mut Trace) {
        let Some(steps) = steps(path) else { return };
        match steps.as_slice() {
            [head, ..] if matches!(head.name, "count" | "path" | "terraform" | "self") => {}
            [head, name, rest @ ..] if head.name == "var" => {
                let field = rest.first().map(|step| step.name).or(scope.field);
                let through = self.variable(scope.module, name.name, field, way);
                self.pass(&through, &name.key, scope, joined, trace);
            }
            [head, name, rest @ ..] if head.name == "local" => {
                let taken = taken(name, rest, scope);
                if let Some(through) = self.local(scope.module, name.name, &taken, way) {
                    self.pass(&through, &name.key, scope, joined, trace);
                } else {
                    let name = Text::from(format!("local.{}", name.name));
                    trace.dead_ends.push(DeadEnd { name, module: scope.module });
                }
            }
            [head, name, rest @ ..] if head.name == "each" => {
                if name.name == "value"
                    && let Some(for_each) = scope.for_each
                {
                    let field = rest.first().map(|step| step.name).or(scope.field);
                    let outer = Scope {
                        for_each: None,
                        under: Some(scope.key).filter(|key| scope.plain && **key != Key::None),
                        field,
                        ..scope
                    };
                    let mut through = self.resolve(&[for_each], outer, way);
                    let is_told = outer.under.is_some_and(|key| self.tells(outer.module, for_each, key));
                    let is_keyed = |hit: &Hit| self.key_of(hit.instance) == Some(scope.key);
                    if scope.several && !is_told && !through.hits.iter().any(is_keyed) {
                        // Which of the map's references stand under this key, the JSON does not tell.
                        through.hits.iter_mut().for_each(|hit| hit.found = Found::Ambiguous);
                    }
                    self.pass(&through, &Key::None, scope, true, trace);
                }
            }
            [head, call, rest @ ..] if head.name == "module" => {
                self.follow_module(call, rest.first(), scope, joined, way, trace);
            }
            [head, kind, name, rest @ ..] if head.name == "data" => {
                let named = Named { data: true, kind: kind.name, name, attribute: rest.first() };
                self.select(&named, scope, joined, trace);
            }
            [kind, name, rest @ ..] => {
                let named = Named { data: false, kind: kind.name, name, attribute: rest.first() };
                self.select(&named, scope, joined, trace);
            }
            _ => {}
        }
    }

    /// Takes over what came through a variable, an output or `each.value`, picking one of several instances where an
    /// index or an equal key tells which.
    fn pass(&self, through: &Trace, index: &Key, scope: Scope<'_>, joined: bool, trace: &mut Trace) {
        trace.dead_ends.extend(through.dead_ends.iter().cloned());
        trace.cut = trace.cut.take().or_else(|| through.cut.clone());
        let wanted = if *index == Key::None && joined { scope.key } else { index };
        let is_splat =
            through.hits.len() > 1 && through.hits.iter().all(|hit| matches!(hit.found, Found::Splat | Found::Choice));
        if is_splat && *wanted != Key::None {
            let keyed: Vec<_> =
                through.hits.iter().filter(|hit| self.key_of(hit.instance) == Some(wanted)).cloned().collect();
            // Without an equal key the `each` or `count` belongs to another part of the expression.
            if !keyed.is_empty() {
                trace.hits.extend(keyed.into_iter().map(|hit| Hit { found: Found::Key, ..hit }));
                return;
            }
        }
        trace.hits.extend(through.hits.iter().cloned());
    }

    /// A reference to a block: which of its instances?
    fn select(&self, named: &Named<'_>, scope: Scope<'_>, joined: bool, trace: &mut Trace) {
        let Named { data, kind, name, attribute } = *named;
        let module = self.modules.get(scope.module).and_then(|instance| instance.module);
        let block = module.and_then(|module| self.configuration.block(module, data, kind, name.name));
        let all = block.map(|block| self.instances_of(scope.module, block)).unwrap_or_default();
        let attribute = attribute.map(|step| Text::from(step.name));
        let mut add = |instance, found| trace.hits.push(Hit { instance, block, attribute: attribute.clone(), found });
        let keyed = |key: &Key| all.iter().map(|(.., at)| *at).find(|at| self.key_of(*at) == Some(key));
        if name.key != Key::None {
            if let Some(instance) = keyed(&name.key) {
                add(instance, Found::Reference);
            }
        } else if let [(.., only)] = all {
            add(*only, Found::Reference);
        } else if joined && let Some(instance) = keyed(scope.key) {
            add(instance, Found::Key);
        } else {
            for (.., instance) in all {
                add(*instance, Found::Splat);
            }
        }
    }

    fn key_of(&self, instance: usize) -> Option<&Key> {
        self.instances.get(instance).map(|instance| &instance.key)
    }
}

/// What is taken of a local, step by step.
fn taken(name: &Step<'_>, rest: &[Step<'_>], scope: Scope<'_>) -> Vec<Key> {
    let mut taken = Vec::new();
    let add = |key: &Key, taken: &mut Vec<Key>| taken.extend((*key != Key::None).then(|| key.clone()));
    add(&name.key, &mut taken);
    for step in rest {
        taken.push(Key::Name(step.name.into()));
        add(&step.key, &mut taken);
    }
    // What is taken of it later on: first of all what stands under the key.
    taken.extend(scope.under.cloned());
    taken.extend(scope.field.map(|field| Key::Name(field.into())));
    taken
}

/// Whether `path` is `of` cut short.
fn is_prefix(path: &str, of: &str) -> bool {
    of.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

impl<T: Sync> References for Resolver<'_, T> {
    fn lookup(&self, instance: usize, attribute: &str, only: Option<Only>) -> Lookup {
        let Some(instance) = self.instances.get(instance) else { return Lookup::default() };
        let Some(config) = instance.block.and_then(|block| self.configuration.blocks.get(block)) else {
            return Lookup::default();
        };
        let mut expressions = config.expressions(attribute, only);
        if expressions.is_empty() {
            // Some attributes are written as blocks (`ingress`, `route`): the JSON holds one expression for all of them.
            expressions.extend(attribute.split_once('.').and_then(|(outer, _)| config.whole(outer)));
        }
        if expressions.is_empty() {
            let Some((outer, _)) = attribute.split_once('.') else {
                return Lookup { configured: Some(false), ..Lookup::default() };
            };
            // A block that the JSON does not show may still be there: `dynamic` blocks are left out of it.
            let name = Text::from(format!("what may be a dynamic block ({outer})"));
            let dead_ends = vec![DeadEnd { name, module: instance.module }];
            return Lookup { configured: None, hits: Vec::new(), dead_ends };
        }
        let several = instance.block.is_some_and(|block| self.instances_of(instance.module, block).len() > 1);
        let scope = Scope {
            module: instance.module,
            key: &instance.key,
            for_each: config.for_each,
            several,
            plain: self.sourced.zip(instance.block).is_some_and(|(sourced, block)| sourced.block_is_plain(block)),
            under: None,
            field: None,
        };
        let Trace { hits, dead_ends, .. } = self.start(&expressions, scope);
        Lookup { configured: Some(true), hits, dead_ends }
    }

    fn module_of(&self, instance: usize) -> usize {
        self.instances.get(instance).map_or(ROOT, |instance| instance.module)
    }

    fn inputs(&self, module: usize) -> Lookup {
        if module == ROOT {
            return Lookup::default();
        }
        let Some((scope, config)) = self.call_of(module) else { return Lookup::default() };
        let arguments: Vec<&str> = config.arguments.values().copied().collect();
        let Trace { hits, mut dead_ends, .. } = self.start(&arguments, scope);
        // The callers' own locals are names and tags, nearly always.
        let callers: Vec<usize> = self.modules.up_from(module).collect();
        dead_ends.retain(|end| !callers.contains(&end.module));
        Lookup { configured: Some(true), hits, dead_ends }
    }

    fn namers(&self, instance: usize) -> Option<Vec<Namer>> {
        self.configuration.root().map(|_| self.namers_of(instance))
    }

    fn modules_around(&self, instance: usize) -> Vec<usize> {
        self.modules.up_from(self.module_of(instance)).collect()
    }
}
