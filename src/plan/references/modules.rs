//! The ways through modules: variables, locals, outputs, and modules that are handed on as a whole.

use std::sync::{Arc, PoisonError};

use super::{Port, Resolver, Scope, Trace, Way};
use crate::model::{Found, Hit, Key, Step, Text};
use crate::plan::configuration::{Module, references};

impl<T> Resolver<'_, T> {
    /// A reference to an output of a module.
    pub(super) fn follow_module(
        &self,
        call: &Step<'_>,
        output: Option<&Step<'_>>,
        scope: Scope<'_>,
        joined: bool,
        way: Way<'_>,
        trace: &mut Trace,
    ) {
        // The whole module, of which something is taken later on.
        let taken = scope.field.map(|name| Step { name, key: Key::None });
        let output = output.or(taken.as_ref());
        let mut children: Vec<usize> = self.modules.children(scope.module, call.name).to_vec();
        let joined = joined || (taken.is_some() && scope.for_each.is_none() && *scope.key != Key::None);
        let wanted = if call.key == Key::None && joined { scope.key } else { &call.key };
        if children.len() > 1 && *wanted != Key::None {
            let keyed = |child: &usize| self.modules.get(*child).is_some_and(|child| child.key == *wanted);
            if children.iter().any(keyed) {
                children.retain(keyed);
            }
        }
        let many = children.len() > 1;
        for child in children {
            let through = match output {
                Some(output) => self.output(child, output.name, way),
                None => self.outputs(child, way),
            };
            let from = trace.hits.len();
            let key = output.map_or(&Key::None, |output| &output.key);
            self.pass(&through, key, scope, joined && !many, trace);
            if many {
                for hit in trace.hits.iter_mut().skip(from) {
                    hit.found = hit.found.max(Found::Splat);
                }
            }
        }
    }

    /// What the call of a module instance gives its variable `name`, or a field of it.
    pub(super) fn variable(&self, module: usize, name: &str, field: Option<&str>, way: Way<'_>) -> Arc<Trace> {
        self.through(module, Port::Variable(name.into(), field.map(Text::from)), way, |this, way| {
            let Some((scope, config)) = this.call_of(module) else { return Trace::default() };
            let scope = Scope { field, ..scope };
            let Some(argument) = config.arguments.get(name) else { return Trace::default() };
            this.resolve(&[argument], scope, way)
        })
    }

    /// What a local of a module instance refers to, if the configuration's text is at hand.
    pub(super) fn local(&self, module: usize, name: &str, taken: &[Key], way: Way<'_>) -> Option<Arc<Trace>> {
        let config = self.modules.get(module)?.module?;
        let references = self.sourced?.local(config, name, taken)?;
        Some(self.through(module, Port::Local(name.into(), taken.to_vec()), way, |this, way| {
            let mut trace = Trace::default();
            let scope = Scope::inside(module);
            this.follow_all(&references, scope, way, &mut trace);
            trace.settle();
            trace
        }))
    }

    /// Whether `for_each` is a local whose text tells what stands under a key.
    pub(super) fn tells(&self, module: usize, for_each: &str, key: &Key) -> bool {
        let module = self.modules.get(module).and_then(|instance| instance.module);
        let (Some(module), Some(sourced)) = (module, self.sourced) else { return false };
        match references(for_each).as_slice() {
            [only] => only.strip_prefix("local.").is_some_and(|name| sourced.tells(module, name, key)),
            _ => false,
        }
    }

    pub(super) fn output(&self, module: usize, name: &str, way: Way<'_>) -> Arc<Trace> {
        self.through(module, Port::Output(name.into()), way, |this, way| {
            let config = this.modules.get(module).and_then(|instance| instance.module);
            let config = config.and_then(|config| this.configuration.modules.get(config));
            let Some(expression) = config.and_then(|config| config.outputs.get(name)) else {
                return Trace::default();
            };
            let scope = Scope::inside(module);
            this.resolve(&[expression], scope, way)
        })
    }

    /// A module that is handed on as a whole: any of its outputs.
    fn outputs(&self, module: usize, way: Way<'_>) -> Arc<Trace> {
        let config = self.modules.get(module).and_then(|instance| instance.module);
        let config = config.and_then(|config| self.configuration.modules.get(config));
        let mut names: Vec<&String> = config.map(|config| config.outputs.keys().collect()).unwrap_or_default();
        names.sort();
        let mut trace = Trace::default();
        for name in names {
            let output = self.output(module, name, way);
            let hits = output.hits.iter().cloned();
            trace.hits.extend(hits.map(|hit| Hit { found: Found::Ambiguous, ..hit }));
            trace.dead_ends.extend(output.dead_ends.iter().cloned());
            trace.cut = trace.cut.or_else(|| output.cut.clone());
        }
        trace.settle();
        Arc::new(trace)
    }

    fn through(
        &self,
        module: usize,
        port: Port,
        way: Way<'_>,
        trace: impl FnOnce(&Self, Way<'_>) -> Trace,
    ) -> Arc<Trace> {
        let key = (module, port);
        let known = self.memo.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let Some(way) = way.on() else {
                return Arc::new(Trace { cut: Some(key), ..Trace::default() });
            };
            let found = Arc::new(trace(self, way));
            if found.cut.is_some() {
                return found;
            }
            self.memo.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&found));
            found
        })
    }

    /// The scope of the call that makes a module instance, and the module's configuration.
    pub(super) fn call_of(&self, module: usize) -> Option<(Scope<'_>, &Module<'_>)> {
        let instance = self.modules.get(module)?;
        let config = self.configuration.modules.get(instance.module?)?;
        let parent = instance.parent?;
        let several = self.modules.has_siblings(module);
        let outer = self.modules.get(parent).and_then(|parent| parent.module);
        let plain =
            self.sourced.zip(outer).is_some_and(|(sourced, outer)| sourced.call_is_plain(outer, &instance.call));
        let (key, for_each) = (&instance.key, config.for_each);
        Some((Scope { module: parent, key, for_each, several, plain, under: None, field: None }, config))
    }
}
