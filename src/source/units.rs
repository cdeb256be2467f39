//! Named values: variables, locals, outputs, blocks. Each is worked out once, after those that it needs.

use rustc_hash::{FxHashMap, FxHashSet};

use super::engine::Engine;
use super::module::{Formula, Repeated};
use super::references::Reference;
use super::scope::Scope;
use super::value::{Members, Value};
use crate::model::{Key, Text};

/// A named value in a module instance.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum Unit {
    Variable(usize, Text),
    Local(usize, Text),
    Output(usize, Text),
    /// One output of all instances of a module call, or all its outputs.
    Taken(usize, Text, Option<Text>),
    /// All instances of a `resource` or `data` block, as the plan shows them.
    Block(usize, Text),
    /// What a block or a module call (`module.name`) is repeated over.
    Repeat(usize, Text),
}

/// What has been worked out; nothing where it cannot be, because it leads round in a circle. What needs such a value comes to
/// nothing either, so that it does not matter which of a circle is asked for first.
pub(super) type Memo = FxHashMap<Unit, Option<Value>>;

impl Engine<'_> {
    /// Works out what `units` name, and all that they need. Says whether none of them leads round in a circle.
    pub(super) fn demand(&mut self, units: Vec<Unit>) -> bool {
        let wanted = units.clone();
        let mut stack = units;
        // Those whose needs have been put on the stack above them.
        let mut open: FxHashSet<Unit> = FxHashSet::default();
        while let Some(unit) = stack.last().cloned() {
            if self.evaluator.memo.contains_key(&unit) {
                stack.pop();
                continue;
            }
            open.insert(unit.clone());
            let needs = self.needs(&unit);
            let missing: Vec<Unit> =
                needs.iter().filter(|need| !self.evaluator.memo.contains_key(need)).cloned().collect();
            if missing.iter().any(|need| open.contains(need)) {
                self.evaluator.memo.insert(unit, None);
            } else if missing.is_empty() {
                let is_sound = needs.iter().all(|need| self.is_sound(need));
                let value = is_sound.then(|| self.work_out(&unit));
                self.evaluator.memo.insert(unit, value);
            } else {
                stack.extend(missing);
                continue;
            }
            if let Some(done) = stack.pop() {
                open.remove(&done);
            }
        }
        wanted.iter().all(|unit| self.is_sound(unit))
    }

    fn is_sound(&self, unit: &Unit) -> bool {
        self.evaluator.memo.get(unit).is_some_and(Option::is_some)
    }

    /// The unit that a reference in the module instance `at` leads to.
    pub(super) fn unit(&self, at: usize, reference: &Reference) -> Option<Unit> {
        let name = Text::from(reference.name(0)?);
        match reference.root.as_str() {
            "var" => Some(Unit::Variable(at, name)),
            "local" => Some(Unit::Local(at, name)),
            "module" => Some(Unit::Taken(at, name, reference.output.clone())),
            "path" | "terraform" | "self" | "each" | "count" => None,
            _ => {
                let block = reference.subject();
                let is_there = self.module(at).is_some_and(|module| module.blocks.contains_key(block.as_str()));
                is_there.then_some(Unit::Block(at, block))
            }
        }
    }

    /// What a formula in the module instance `at` needs; `own` is the block or the call that it stands in.
    pub(super) fn units_of<'r>(
        &self,
        at: usize,
        own: Option<&str>,
        references: impl IntoIterator<Item = &'r Reference>,
    ) -> Vec<Unit> {
        let mut units = Vec::new();
        for reference in references {
            if reference.root == "each"
                && let Some(own) = own
            {
                units.push(Unit::Repeat(at, own.into()));
            }
            units.extend(self.unit(at, reference));
        }
        units
    }

    fn needs(&mut self, unit: &Unit) -> Vec<Unit> {
        match unit {
            Unit::Variable(at, name) => {
                let Some((parent, call, formula)) = self.argument(*at, name) else { return Vec::new() };
                self.units_of(parent, Some(&format!("module.{call}")), &formula.references)
            }
            Unit::Local(at, name) => {
                let formula = self.module(*at).and_then(|module| module.locals.get(name));
                formula.map(|formula| self.units_of(*at, None, &formula.references)).unwrap_or_default()
            }
            Unit::Output(at, name) => {
                let output = self.module(*at).and_then(|module| module.outputs.get(name));
                output.map(|output| self.units_of(*at, None, &output.value.references)).unwrap_or_default()
            }
            Unit::Taken(at, call, output) => {
                let over = Unit::Repeat(*at, format!("module.{call}").into());
                if !self.evaluator.memo.contains_key(&over) {
                    return vec![over];
                }
                let mut units = vec![over];
                for (_, child) in self.children(*at, call).unwrap_or_default() {
                    let names = self.outputs(child, output.as_ref());
                    units.extend(names.into_iter().map(|name| Unit::Output(child, name)));
                }
                units
            }
            Unit::Block(at, block) => vec![Unit::Repeat(*at, block.clone())],
            Unit::Repeat(at, block) => match self.repeated(*at, block) {
                Some(Repeated::Count(formula) | Repeated::Each(formula)) => {
                    self.units_of(*at, None, &formula.references)
                }
                Some(Repeated::Once) | None => Vec::new(),
            },
        }
    }

    /// The argument that a module instance gets for a variable, with the instance and the call that it stands in.
    fn argument(&self, at: usize, name: &str) -> Option<(usize, Text, &Formula)> {
        let instance = self.instances.get(at)?;
        let (parent, call) = (instance.parent?, instance.call.clone());
        let formula = self.module(parent)?.calls.get(&call)?.arguments.get(name)?;
        Some((parent, call, formula))
    }

    fn outputs(&self, at: usize, only: Option<&Text>) -> Vec<Text> {
        match (only, self.module(at)) {
            (Some(name), _) => vec![name.clone()],
            (None, Some(module)) => module.outputs.keys().cloned().collect(),
            (None, None) => Vec::new(),
        }
    }

    fn work_out(&mut self, unit: &Unit) -> Value {
        self.evaluator.budget.renew();
        match unit {
            Unit::Variable(at, name) => self.variable(*at, name),
            Unit::Local(at, name) => {
                let formula = self.module(*at).and_then(|module| module.locals.get(name));
                self.formula(formula, &Scope { at: *at, ..Scope::default() })
            }
            Unit::Output(at, name) => {
                let output = self.module(*at).and_then(|module| module.outputs.get(name));
                let formula = output.filter(|output| !output.hidden).map(|output| &output.value);
                self.formula(formula, &Scope { at: *at, ..Scope::default() })
            }
            Unit::Taken(at, call, output) => self.taken(*at, call, output.as_ref()),
            Unit::Block(at, block) => self.objects(*at, block),
            Unit::Repeat(at, block) => match self.repeated(*at, block) {
                Some(Repeated::Count(formula) | Repeated::Each(formula)) => {
                    self.formula(Some(formula), &Scope { at: *at, ..Scope::default() })
                }
                Some(Repeated::Once) => Value::Null,
                None => Value::Hole,
            },
        }
    }

    fn formula(&self, formula: Option<&Formula>, scope: &Scope<'_>) -> Value {
        let Some(formula) = formula else { return Value::Hole };
        self.evaluator.eval(&formula.expression, scope).unwrap_or(Value::Hole)
    }

    fn variable(&self, at: usize, name: &str) -> Value {
        let Some(declared) = self.module(at).and_then(|module| module.variables.get(name)) else { return Value::Hole };
        if declared.hidden {
            return Value::Hole;
        }
        let default = || declared.default.as_ref().map(|default| self.formula(Some(default), &Scope::default()));
        let given = match self.argument(at, name) {
            Some((parent, call, formula)) => {
                let key = self.instances.get(at).map_or(Key::None, |instance| instance.key.clone());
                Some(self.formula(Some(formula), &self.scope(parent, &format!("module.{call}"), &key)))
            }
            None if at == super::engine::ROOT => self.world.variable(name),
            None => None,
        };
        let value = match given {
            Some(Value::Null) if declared.takes_no_null => default(),
            Some(value) => Some(value),
            None => default(),
        };
        let value = value.unwrap_or(Value::Hole);
        let literal = |expression: &_| self.evaluator.eval(expression, &Scope::default()).unwrap_or(Value::Hole);
        match &declared.kind {
            Some(kind) => super::convert::convert(value, kind, &literal),
            None => value,
        }
    }

    /// The outputs of a module call, in the shape in which the module is referred to.
    fn taken(&mut self, at: usize, call: &Text, output: Option<&Text>) -> Value {
        let Some(children) = self.children(at, call) else { return Value::Hole };
        let mut all = Vec::with_capacity(children.len());
        for (key, child) in children {
            if self.evaluator.budget.take(1).is_err() {
                return Value::Hole;
            }
            let mut members = Members::new();
            for name in self.outputs(child, output) {
                let value = self.evaluator.memo.get(&Unit::Output(child, name.clone())).cloned().flatten();
                members.insert(name.as_str().into(), value.unwrap_or(Value::Hole));
            }
            all.push((key, Value::map(members)));
        }
        gathered(self.repeated(at, &format!("module.{call}")), all)
    }
}

/// The instances of a block in the shape in which it is referred to.
pub(super) fn gathered(repeated: Option<&Repeated>, all: Vec<(Key, Value)>) -> Value {
    match repeated {
        Some(Repeated::Once) => match <[(Key, Value); 1]>::try_from(all) {
            Ok([(Key::None, value)]) => value,
            _ => Value::Hole,
        },
        Some(Repeated::Count(_)) => {
            let mut items = Vec::with_capacity(all.len());
            for (key, value) in all {
                // One that is missing on the way would shift the others.
                if i64::try_from(items.len()).map(Key::Index) != Ok(key) {
                    return Value::Hole;
                }
                items.push(value);
            }
            Value::list(items)
        }
        Some(Repeated::Each(_)) => {
            let mut members = Members::new();
            for (key, value) in all {
                let Key::Name(name) = key else { return Value::Hole };
                members.insert(name.as_str().into(), value);
            }
            Value::map(members)
        }
        None => Value::Hole,
    }
}
