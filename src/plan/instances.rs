//! The instances of a plan, each with its side of the two worlds.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::configuration::Configuration;
use super::layout::{Change, State, StateModule, StateResource, Str};
use super::modules::Modules;
use crate::model::{Action, Address, Key, Mark, Mode, Parsed};

/// An instance at one stage: its attributes and what the plan marks of them, as text.
#[derive(Clone, Copy, Debug)]
pub struct Side<'p> {
    pub(super) values: &'p str,
    pub(super) unknown: Mark<'p>,
    pub(super) sensitive: Mark<'p>,
}

/// One resource instance of a plan.
#[derive(Debug)]
pub struct Instance<'p> {
    /// Its address, after any move.
    pub address: Address,
    /// Where it stood before, if it moved.
    pub previous: Option<Address>,
    /// Its Terraform type.
    pub kind: Cow<'p, str>,
    /// Managed or data.
    pub mode: Mode,
    /// What the plan does to it.
    pub action: Action,
    /// Where it stands in `resource_changes`, if it does.
    pub position: Option<usize>,
    /// Its side of the world as it stands.
    pub before: Option<Side<'p>>,
    /// Its side of the world to come.
    pub after: Option<Side<'p>>,
    pub(super) module: usize,
    pub(super) block: Option<usize>,
    pub(super) key: Key,
    /// What a failed replacement left behind: it exists, but nothing refers to it.
    pub(super) deposed: bool,
}

/// Collects instances from the places where a plan keeps them.
pub(super) struct Collector<'c, 'p> {
    pub(super) configuration: &'c Configuration<'p>,
    pub(super) modules: Modules,
    pub(super) instances: Vec<Instance<'p>>,
    /// Addresses taken, with the key of a deposed object behind them.
    taken: FxHashSet<String>,
    /// Entries that say too little to be placed anywhere.
    pub(super) unreadable: usize,
}

/// What names an instance, gathered from keys that may all be missing.
struct Identity<'p> {
    address: String,
    kind: Cow<'p, str>,
    mode: Mode,
    module: usize,
    block: Option<usize>,
    key: Key,
}

impl<'c, 'p> Collector<'c, 'p> {
    pub(super) fn new(configuration: &'c Configuration<'p>, capacity: usize) -> Self {
        Self {
            configuration,
            modules: Modules::new(configuration),
            instances: Vec::with_capacity(capacity),
            taken: FxHashSet::default(),
            unreadable: 0,
        }
    }

    /// Adds an entry of `resource_changes`.
    pub(super) fn change(&mut self, position: usize, change: Change<'p>) {
        let actions: Vec<&str> = change.change.actions.0.iter().filter_map(|action| action.0.as_deref()).collect();
        // An ephemeral value exists only while Terraform runs.
        if actions.first() == Some(&"open") || change.mode.0.as_deref() == Some("ephemeral") {
            return;
        }
        let module = change.module_address.0.as_deref();
        let index = change.index.0;
        let Some(identity) =
            self.identify(change.address.0, change.mode, change.kind, change.name, module, index)
        else {
            self.unreadable += 1;
            return;
        };
        let side = |values: Option<&'p str>, unknown, sensitive| {
            values.map(|values| Side { values, unknown, sensitive })
        };
        let difference = &change.change;
        let sensitive = Mark::of(difference.after_sensitive.0);
        let before = side(difference.before.0, Mark::No, Mark::of(difference.before_sensitive.0));
        let after = side(difference.after.0, Mark::of(difference.after_unknown.0), sensitive);
        let Some(action) = action_of(&actions, before.is_some(), after.is_some()) else {
            self.unreadable += 1;
            return;
        };
        let (before, after) = match action {
            // What a plan says of a kept object's unknowns is noise: nothing changes.
            Action::Keep => {
                let kept = after.or(before).map(|side| Side { unknown: Mark::No, ..side });
                (kept, kept)
            }
            Action::Create | Action::Read => (None, after),
            Action::Delete => (before, None),
            // It lives on, only Terraform's knowledge of it ends.
            Action::Forget => (before, before),
            Action::Update | Action::Replace => (before, after),
        };
        // A deposed object is what a failed replacement left behind: it stands beside the current one.
        let deposed = change.deposed.0.filter(|raw| !matches!(*raw, "false" | "\"\""));
        let address = match deposed {
            None => identity.address.clone(),
            Some(key) => format!("{} (deposed {})", identity.address, key.trim_matches('"')),
        };
        let previous = change.previous_address.0.filter(|old| *old != identity.address);
        // Of a repeated address the first entry counts, like in Terraform's own state.
        if !self.taken.insert(address.clone()) {
            self.unreadable += 1;
            return;
        }
        if let Some(previous) = &previous {
            self.taken.insert(previous.clone().into_owned());
        }
        let previous = previous.map(|previous| Address::new(&*previous));
        self.push(identity, address, (Some(position), previous), action, (before, after));
    }

    /// Adds what `prior_state` holds and `resource_changes` leaves out: data sources that were read already, and the
    /// rest of the system in a plan with `-target`.
    pub(super) fn prior_state(&mut self, raw: &'p str) {
        if let Ok(state) = serde_json::from_str::<State<'p>>(raw) {
            self.prior_module(state.values.root_module);
        }
    }

    fn prior_module(&mut self, module: StateModule<'p>) {
        for resource in module.resources.0 {
            self.prior_resource(resource);
        }
        for child in module.child_modules.0 {
            self.prior_module(child);
        }
    }

    fn prior_resource(&mut self, resource: StateResource<'p>) {
        let Some(address) = resource.address.0 else { return };
        let full = match &resource.deposed_key.0 {
            None => address.clone().into_owned(),
            Some(key) => format!("{address} (deposed {key})"),
        };
        if self.taken.contains(&full) {
            return;
        }
        let Some(values) = resource.values.0 else { return };
        let index = resource.index.0;
        let Some(identity) =
            self.identify(Some(address), resource.mode, resource.kind, resource.name, None, index)
        else {
            return;
        };
        self.taken.insert(full.clone());
        let side = Side { values, unknown: Mark::No, sensitive: Mark::of(resource.sensitive_values.0) };
        self.push(identity, full, (None, None), Action::Keep, (Some(side), Some(side)));
    }

    fn push(
        &mut self,
        identity: Identity<'p>,
        address: String,
        (position, previous): (Option<usize>, Option<Address>),
        action: Action,
        (before, after): (Option<Side<'p>>, Option<Side<'p>>),
    ) {
        let deposed = address != identity.address;
        let Identity { kind, mode, module, block, key, .. } = identity;
        let address = Address::new(address);
        self.instances.push(Instance {
            address,
            previous,
            kind,
            mode,
            action,
            position,
            before,
            after,
            module,
            block,
            key,
            deposed,
        });
    }

    fn identify(
        &mut self,
        address: Option<Cow<'p, str>>,
        mode: Str<'p>,
        kind: Str<'p>,
        name: Str<'p>,
        module: Option<&str>,
        index: Option<&'p str>,
    ) -> Option<Identity<'p>> {
        let parsed = address.as_deref().and_then(Parsed::of);
        let data = match mode.0.as_deref() {
            Some(mode) => mode == "data",
            None => parsed.as_ref().is_some_and(|parsed| parsed.data),
        };
        let kind = kind.0.or_else(|| parsed.as_ref().map(|parsed| parsed.kind.to_owned().into()))?;
        let name = name.0.or_else(|| parsed.as_ref().map(|parsed| parsed.name.name.to_owned().into()))?;
        let module_instance = match (module, &parsed) {
            (Some(module), _) => self.modules.at(module, self.configuration),
            (None, Some(parsed)) if !parsed.modules.is_empty() => {
                self.modules.enter(&parsed.modules, self.configuration)
            }
            (None, _) => super::modules::ROOT,
        };
        let key = match (index, parsed) {
            (Some(raw), _) => key_of(raw),
            (None, Some(parsed)) => parsed.name.key,
            (None, None) => Key::None,
        };
        let static_module = self.modules.get(module_instance).and_then(|instance| instance.module);
        let block = static_module.and_then(|module| self.configuration.block(module, data, &kind, &name));
        let address = address.map_or_else(|| spell(module, data, &kind, &name, &key), Cow::into_owned);
        let mode = if data { Mode::Data } else { Mode::Managed };
        Some(Identity { address, kind, mode, module: module_instance, block, key })
    }
}

/// What a list of actions amounts to; `None` for a list that means nothing and an object that shows nothing.
fn action_of(actions: &[&str], before: bool, after: bool) -> Option<Action> {
    let has = |action: &str| actions.contains(&action);
    let known = match (before, after) {
        (true, true) => Some(Action::Update),
        (false, true) => Some(Action::Create),
        (true, false) => Some(Action::Delete),
        (false, false) => None,
    };
    Some(match actions {
        ["no-op"] => Action::Keep,
        ["create"] => Action::Create,
        ["read"] => Action::Read,
        ["update"] => Action::Update,
        ["delete"] => Action::Delete,
        ["forget"] => Action::Forget,
        _ if has("create") && (has("delete") || has("forget")) => Action::Replace,
        // An action of a later version, or none at all: what is there before and after tells.
        _ => known?,
    })
}

fn key_of(raw: &str) -> Key {
    if let Ok(index) = raw.parse() {
        return Key::Index(index);
    }
    serde_json::from_str::<String>(raw).map_or(Key::None, |name| Key::Name(name.into()))
}

/// The address that Terraform would print.
fn spell(module: Option<&str>, data: bool, kind: &str, name: &str, key: &Key) -> String {
    let module = module.filter(|module| !module.is_empty()).map(|module| format!("{module}."));
    let data = if data { "data." } else { "" };
    let key = match key {
        Key::None => String::new(),
        Key::Index(index) => format!("[{index}]"),
        Key::Name(name) => format!("[{}]", serde_json::Value::from(name.as_str())),
    };
    format!("{}{data}{kind}.{name}{key}", module.unwrap_or_default())
}
