//! What a plan knows, for those who evaluate its configuration.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::configuration::Configuration;
use super::fill::{Texts, of_side};
use super::instances::Instance;
use super::layout::StateResource;
use super::modules::Modules;
use super::state::Objects;
use crate::model::{Action, Key, Text};
use crate::source::{Value, World};

/// A plan's variables and objects.
pub(super) struct Known<'k, 'p, T> {
    pub(super) configuration: &'k Configuration<'k>,
    pub(super) modules: &'k Modules,
    pub(super) instances: &'k [Instance<T>],
    pub(super) texts: &'k Texts<'p>,
    /// Whether the plan holds everything that the configuration makes.
    pub(super) is_whole: bool,
    /// The instances of each block in each module instance.
    pub(super) places: FxHashMap<(usize, usize), Vec<usize>>,
    /// The objects of the prior state, by address.
    pub(super) state: OnceCell<FxHashMap<String, StateResource<'p>>>,
}

/// The instances of each block in each module instance.
pub(super) fn places<T>(instances: &[Instance<T>]) -> FxHashMap<(usize, usize), Vec<usize>> {
    let mut places: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (at, instance) in instances.iter().enumerate() {
        if let (Some(block), false, true) = (instance.block, instance.deposed, instance.after.is_some()) {
            places.entry((instance.module, block)).or_default().push(at);
        }
    }
    places
}

impl<T: Clone + Send> World for Known<'_, '_, T> {
    fn variable(&self, name: &str) -> Option<Value> {
        let raw = self.configuration.variables.get(name)?;
        Some(Value::of(&serde_json::from_str(raw).ok()?, &[]))
    }

    fn objects(&self, module: &[(Text, Key)], block: &str) -> Option<Vec<(Key, Value)>> {
        let at = self.modules.find(module)?;
        let config = self.configuration.modules.get(self.modules.get(at)?.module?)?;
        let block = config.blocks().find(|(name, _)| *name == block).map(|(_, block)| block)?;
        let all = self.places.get(&(at, block)).map(Vec::as_slice).unwrap_or_default();
        // Where the plan is a part only, others may be there that it does not show.
        if all.is_empty() && !self.is_whole {
            return None;
        }
        let mut objects: Vec<(Key, Value)> = all
            .iter()
            .filter_map(|at| self.instances.get(*at))
            .map(|one| (one.key.clone(), self.object(one)))
            .collect();
        objects.sort_by(|(a, _), (b, _)| a.cmp(b));
        Some(objects)
    }
}

impl<T: Clone + Send> Known<'_, '_, T> {
    /// An object as it will be.
    fn object(&self, instance: &Instance<T>) -> Value {
        let read = |raw: Option<&str>| raw.and_then(|raw| serde_json::from_str::<serde_json::Value>(raw).ok());
        let none = serde_json::Value::Null;
        let Some(position) = instance.position else {
            let state = self.state.get_or_init(|| {
                self.texts
                    .prior_state
                    .map(|state| {
                        Objects::of(self.texts.text, state).map(|all| all.read(self.texts.text)).unwrap_or_default()
                    })
                    .unwrap_or_default()
            });
            let Some(found) = state.get(instance.address.as_str()) else { return Value::Hole };
            let hidden = read(found.sensitive_values.0).unwrap_or_default();
            return Value::of(&read(found.values.0).unwrap_or(none), &[&hidden]);
        };
        let Some(change) = self.texts.changes.get(position) else { return Value::Hole };
        let difference = &change.change;
        let members = of_side(&difference.after).or_else(|| of_side(&difference.before));
        let values = members.map_or(none, |members| {
            let members = members.into_iter().filter_map(|(key, raw)| Some((key.into_owned(), read(Some(raw))?)));
            serde_json::Value::Object(members.collect())
        });
        // Nothing changes in what is kept.
        let is_kept = matches!(instance.action, Action::Keep | Action::Forget);
        let unknown = if is_kept { None } else { read(difference.after_unknown.0) }.unwrap_or_default();
        let sensitive = read(difference.after_sensitive.0).unwrap_or_default();
        let before = if is_kept { read(difference.before_sensitive.0) } else { None }.unwrap_or_default();
        Value::of(&values, &[&unknown, &sensitive, &before])
    }
}
