//! Works out attributes of a plan's instances from the configuration's text.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::eval::{Budget, Evaluator, Reach, pairs};
use super::module::{Item, Items, Module, Place, Repeated};
use super::scope::{Bound, Scope};
use super::tree::Source;
use super::units::{Unit, gathered};
use super::value::{Members, Value};
use crate::model::{Key, Text};

/// The root module's position among the module instances.
pub(super) const ROOT: usize = 0;

/// What a plan knows. Implemented by `plan`.
pub trait World {
    /// The value of a root variable; nothing where it must not be looked at or is not there.
    fn variable(&self, name: &str) -> Option<Value>;

    /// The instances of a block (`type.name`, `data.type.name`) in a module instance, in the order of their keys, as they will
    /// be; nothing where it cannot be told which there are.
    fn objects(&self, module: &[(Text, Key)], block: &str) -> Option<Vec<(Key, Value)>>;
}

/// A module instance.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) parent: Option<usize>,
    pub(super) call: Text,
    pub(super) key: Key,
    /// Its module, if its files could be read.
    module: Option<usize>,
}

/// Evaluates a configuration in the world of a plan.
pub struct Engine<'s> {
    source: &'s Source,
    pub(super) world: &'s dyn World,
    pub(super) evaluator: Evaluator<'s>,
    pub(super) instances: Vec<Instance>,
    by_path: FxHashMap<(usize, Text, Key), usize>,
}

impl<'s> Engine<'s> {
    /// Nothing is evaluated yet.
    pub fn new(source: &'s Source, reach: Reach<'s>, world: &'s dyn World) -> Self {
        let root = Instance { parent: None, call: Text::default(), key: Key::None, module: source.root() };
        let evaluator = Evaluator {
            memo: FxHashMap::default(),
            budget: Budget::new(),
            reach,
            folders: vec![Text::from(".")],
            templates: RefCell::default(),
        };
        Self { source, world, evaluator, instances: vec![root], by_path: FxHashMap::default() }
    }

    /// Whether there was too much to do.
    pub fn is_spent(&self) -> bool {
        self.evaluator.budget.is_spent()
    }

    /// The module instance at the end of a path of calls.
    pub fn enter<'k>(&mut self, path: impl IntoIterator<Item = (&'k str, &'k Key)>) -> usize {
        path.into_iter().fold(ROOT, |at, (call, key)| self.child(at, call, key))
    }

    fn child(&mut self, parent: usize, call: &str, key: &Key) -> usize {
        let path = (parent, Text::from(call), key.clone());
        if let Some(known) = self.by_path.get(&path) {
            return *known;
        }
        let module = self.module(parent).and_then(|module| module.children.get(call)).copied();
        let new = self.instances.len();
        let folder = module.and_then(|module| self.source.module(module)).map(|module| module.folder.clone());
        self.instances.push(Instance { parent: Some(parent), call: call.into(), key: key.clone(), module });
        self.evaluator.folders.push(folder.unwrap_or_default());
        self.by_path.insert(path, new);
        new
    }

    pub(super) fn module(&self, at: usize) -> Option<&'s Module> {
        self.source.module(self.instances.get(at)?.module?)
    }

    /// How a block or a call (`module.name`) is repeated.
    pub(super) fn repeated(&self, at: usize, block: &str) -> Option<&'s Repeated> {
        let module = self.module(at)?;
        match block.strip_prefix("module.") {
            Some(call) => module.calls.get(call).map(|call| &call.repeated),
            None => module.blocks.get(block).map(|block| &block.repeated),
        }
    }

    /// The instances of a module call; nothing where it cannot be told which there are. What it is repeated over has been
    /// worked out.
    pub(super) fn children(&mut self, at: usize, call: &str) -> Option<Vec<(Key, usize)>> {
        let name = format!("module.{call}");
        let keys = match self.repeated(at, &name)? {
            Repeated::Once => vec![Key::None],
            repeated => {
                let over = self.evaluator.memo.get(&Unit::Repeat(at, name.into()))?.clone()?;
                keys(repeated, &over)?
            }
        };
        self.evaluator.budget.take(keys.len()).ok()?;
        Some(keys.into_iter().map(|key| (key.clone(), self.child(at, call, &key))).collect())
    }

    /// Where an expression of the instance `key` of a block or a call stands.
    pub(super) fn scope(&self, at: usize, block: &str, key: &Key) -> Scope<'static> {
        let each = match key {
            Key::Name(name) => {
                let over = self.evaluator.memo.get(&Unit::Repeat(at, block.into())).cloned().flatten();
                let value = match &over {
                    Some(Value::Map(members)) => members.get(name.as_str()).cloned(),
                    // Of a set, each element is its own key.
                    Some(Value::List(..)) => Some(Value::text(name)),
                    _ => None,
                };
                Some((Value::text(name), value.unwrap_or(Value::Hole)))
            }
            Key::None | Key::Index(_) => None,
        };
        let index = if let Key::Index(index) = key { Some(*index) } else { None };
        Scope { at, each, index, ..Scope::default() }
    }

    /// The path of calls to a module instance.
    fn path(&self, at: usize) -> Vec<(Text, Key)> {
        let up = std::iter::successors(self.instances.get(at), |instance| self.instances.get(instance.parent?));
        let mut path: Vec<_> = up
            .filter(|instance| instance.parent.is_some())
            .map(|instance| (instance.call.clone(), instance.key.clone()))
            .collect();
        path.reverse();
        path
    }

    /// All instances of a block, as the plan shows them.
    pub(super) fn objects(&self, at: usize, block: &str) -> Value {
        let Some(all) = self.world.objects(&self.path(at), block) else { return Value::Hole };
        if self.evaluator.budget.take(2 * all.len()).is_err() {
            return Value::Hole;
        }
        let over = self.evaluator.memo.get(&Unit::Repeat(at, block.into())).cloned().flatten();
        let expected = match over {
            Some(Value::Map(members)) => Some(members.len()),
            Some(Value::List(_, items)) => Some(items.len()),
            Some(Value::Number(count)) => usize::try_from(count).ok(),
            _ => None,
        };
        // A plan with targets shows a part of them only.
        if expected.map_or(all.is_empty(), |expected| expected != all.len()) {
            return Value::Hole;
        }
        gathered(self.repeated(at, block), all)
    }

    /// What the attribute or the blocks `name` of an instance come to, and where they are written.
    pub fn attribute(&mut self, at: usize, block: &str, key: &Key, name: &str) -> Option<(Value, Place)> {
        let items: Vec<&'s Item> = self.module(at)?.blocks.get(block)?.items.named(name);
        let place = items.first()?.place().clone();
        let mut units = Vec::new();
        for item in &items {
            units.extend(self.units_of(at, Some(block), item.references()));
        }
        if !self.demand(units) {
            return None;
        }
        self.evaluator.budget.renew();
        let scope = self.scope(at, block, key);
        let value = self.named(&items, &scope)?;
        Some((value, place))
    }

    /// What all items of one name come to: an attribute its value, blocks a list of objects.
    fn named(&self, items: &[&Item], scope: &Scope<'_>) -> Option<Value> {
        if let [Item::Attribute(formula)] = items {
            return self.evaluator.eval(&formula.expression, scope).ok();
        }
        let mut all = Vec::new();
        for item in items {
            match item {
                Item::Attribute(_) => return None,
                Item::Block(items, ..) => all.push(self.body(items, scope)),
                Item::Dynamic { over, iterator, content, .. } => {
                    let over = self.evaluator.eval(&over.expression, scope).ok()?;
                    for (key, value) in pairs(&over)? {
                        self.evaluator.budget.take(1).ok()?;
                        let both = [("key", key), ("value", value)].map(|(name, value)| (Arc::from(name), value));
                        let value = Value::map(Members::from(both));
                        let name = Bound { name: iterator, value, outer: scope.names };
                        all.push(self.body(content, &Scope { names: Some(&name), ..scope.clone() }));
                    }
                }
            }
        }
        Some(Value::list(all))
    }

    fn body(&self, items: &Items, scope: &Scope<'_>) -> Value {
        let mut members = Members::new();
        for name in items.names() {
            if !members.contains_key(name) {
                let same = items.named(name);
                // One attribute that cannot be told says nothing of the others.
                members.insert(Arc::from(name), self.named(&same, scope).unwrap_or(Value::Hole));
            }
        }
        Value::map(members)
    }
}

/// The keys that a repetition makes.
fn keys(repeated: &Repeated, over: &Value) -> Option<Vec<Key>> {
    match (repeated, over) {
        (Repeated::Count(_), count) => {
            let count = i64::try_from(count.as_number()?).ok()?;
            (count <= 10_000).then(|| (0..count).map(Key::Index).collect())
        }
        (_, Value::Map(members)) => Some(members.keys().map(|name| Key::Name(Text::from(name.as_ref()))).collect()),
        (_, Value::List(_, items)) => items
            .iter()
            .map(|item| item.is_known().then(|| item.as_text().map(|name| Key::Name(Text::from(name.as_ref()))))?)
            .collect(),
        _ => None,
    }
}
