//! The instances of a plan, each with its side of the two worlds.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::configuration::Configuration;
use super::document::{Stop, descend, part};
use super::layout::{Change, ModeName, StateResource};
use super::modules::{Modules, ROOT};
use crate::model::{Action, Address, Attr, Body, Key, Mark, Mode, Parsed, Resource, Show, Text, Why, json};

/// One resource instance of a plan, with a description of each of its sides.
#[derive(Debug)]
pub struct Instance<'p, T> {
    /// Its address, after any move.
    pub address: Address,
    /// Its Terraform type.
    pub kind: Cow<'p, str>,
    /// Managed or data.
    pub mode: Mode,
    /// What the plan does to it.
    pub action: Action,
    /// Where it stands in `resource_changes`, if it does.
    pub position: Option<usize>,
    /// As it stands, if it is there.
    pub before: Option<T>,
    /// As it will be, if it will be there.
    pub after: Option<T>,
    pub(super) module: usize,
    pub(super) block: Option<usize>,
    pub(super) key: Key,
    /// What a failed replacement left behind: it exists, but nothing refers to it.
    pub(super) deposed: bool,
    /// Where it stood before, if it moved.
    pub(super) previous: Option<Cow<'p, str>>,
}

/// An instance at one stage: its attributes and what the plan marks of them, as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'p> {
    pub(super) values: &'p str,
    pub(super) unknown: Mark<'p>,
    pub(super) sensitive: Mark<'p>,
}

/// Makes something of one side of an instance of a type; what is behind the function is read when it is called.
pub(super) type Describe<'d, T> = &'d (dyn Fn(&str, Mode, &Show<'_>) -> T + Sync);

/// What every instance is placed in, and described with.
pub(super) struct Surroundings<'s, 'p, T> {
    /// The text that all is a part of.
    pub(super) text: &'p str,
    pub(super) configuration: &'s Configuration<'p>,
    /// The region of each block's provider.
    pub(super) regions: &'s [Option<Text>],
    pub(super) describe: Describe<'s, T>,
}

/// The key that only what a failed replacement left behind has.
static DEPOSED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\"deposed_key\""));

/// Chunks smaller than this cost more to hand to another thread than to work off.
const CHUNK: usize = 128;

/// Makes instances of `resource_changes`, in address order, and after them of what `prior_state` holds beyond: data
/// sources that were read already, and the rest of the system in a plan with `-target`. Says how many entries could not be
/// used.
///
/// Each entry is read, described and let go of in one step, so that its text is fetched from memory once, and no more of it
/// than its description is kept.
///
/// # Errors
/// When an entry is not JSON.
pub(super) fn instances<'p, T: Clone + Send>(
    changes: &[&'p str],
    prior_state: Option<&'p str>,
    modules: &mut Modules,
    surroundings: &Surroundings<'_, 'p, T>,
) -> Result<(Vec<Instance<'p, T>>, usize), Stop> {
    // The tree of modules grows in one thread; all else happens in all.
    let places = places(changes, modules, surroundings.configuration);
    let mut made: Vec<Result<Made<'p, T>, Stop>> = Vec::new();
    (changes.par_iter().zip(&places).enumerate())
        .with_min_len(CHUNK)
        .map(|(position, (change, place))| {
            let change: Change<'p> = part(surroundings.text, change)?;
            // An ephemeral value exists only while Terraform runs: it belongs to neither world.
            if is_ephemeral(&change) {
                return Ok(Made::Ephemeral);
            }
            let instance = surroundings.of_change(position, change, place.module, modules);
            Ok(instance.map_or(Made::Nothing, Made::Instance))
        })
        .collect_into_vec(&mut made);
    // Of several errors the first is told, whichever thread came first.
    if let Some(at) = made.iter().position(Result::is_err) {
        return Err(made.swap_remove(at).err().unwrap_or(Stop::Truncated));
    }
    let mut unused = 0;
    let mut all: Vec<Instance<'p, T>> = (made.into_iter())
        .filter_map(|made| match made {
            Ok(Made::Instance(instance)) => Some(instance),
            Ok(Made::Nothing) => {
                unused += 1;
                None
            }
            Ok(Made::Ephemeral) | Err(_) => None,
        })
        .collect();
    if !all.is_sorted_by(|a, b| a.address < b.address) {
        let given = all.len();
        all.sort_by(|a, b| a.address.cmp(&b.address));
        // Of a repeated address the first entry counts, like in Terraform's own state.
        all.dedup_by(|b, a| a.address == b.address);
        unused += given - all.len();
    }
    if let Some(state) = prior_state {
        // Of a deposed object's change nothing is told of the current one.
        let current = all.iter().filter(|instance| !instance.deposed);
        let addresses = current.filter_map(|instance| places.get(instance.position?)?.address);
        let told: FxHashSet<&str> = addresses.collect();
        let more = surroundings.of_state(state, &told, &all, modules)?;
        if !more.is_empty() {
            all.reserve_exact(more.len());
            all.extend(more);
            all.sort_by(|a, b| a.address.cmp(&b.address));
        }
    }
    Ok((all, unused))
}

/// What an entry of `resource_changes` amounts to.
enum Made<'p, T> {
    Instance(Instance<'p, T>),
    Nothing,
    Ephemeral,
}

/// What is to be known of an entry before it is read.
struct Place<'p> {
    /// The module instance that it stands in.
    module: usize,
    /// Its address as JSON text.
    address: Option<&'p str>,
}

/// Looks into each entry as far as its address.
fn places<'p>(changes: &[&'p str], modules: &mut Modules, configuration: &Configuration<'_>) -> Vec<Place<'p>> {
    // Neighbours mostly stand in one module.
    let mut last: Option<(&str, usize)> = None;
    let mut places = Vec::with_capacity(changes.len());
    for change in changes {
        let (mut address, mut module) = (None, None);
        let mut cursor = json::Cursor::new(change);
        if cursor.open(b'{') {
            while let Some(key) = cursor.key() {
                // Terraform writes both before all else; elsewhere the address alone tells as much.
                if module.is_some() || (address.is_some() && matches!(key, "\"mode\"" | "\"change\"")) {
                    break;
                }
                let Some(value) = cursor.value() else { break };
                match key {
                    "\"address\"" => address = Some(value),
                    "\"module_address\"" => module = Some(value).filter(|value| value.starts_with('"')),
                    _ => {}
                }
            }
        }
        let module = match (last, module) {
            (Some((text, known)), Some(module)) if text == module => known,
            _ => {
                let address = address.filter(|raw| raw.starts_with('"')).map(json::unquote);
                let found = place(module.map(json::unquote).as_deref(), address.as_deref(), modules, configuration);
                last = module.map(|module| (module, found));
                found
            }
        };
        places.push(Place { module, address });
    }
    places
}

/// The module instance that something stands in.
fn place(
    module: Option<&str>,
    address: Option<&str>,
    modules: &mut Modules,
    configuration: &Configuration<'_>,
) -> usize {
    match (module, address) {
        (Some(module), _) => modules.at(module, configuration),
        (None, Some(address)) if address.starts_with("module.") => match Parsed::of(address) {
            Some(parsed) => modules.enter(&parsed.modules, configuration),
            None => ROOT,
        },
        (None, _) => ROOT,
    }
}

fn is_ephemeral(change: &Change<'_>) -> bool {
    change.mode == ModeName::Ephemeral || actions(change).first() == Some(&"open")
}

fn actions<'c>(change: &'c Change<'_>) -> Vec<&'c str> {
    change.change.actions.0.iter().filter_map(|action| action.0.as_deref()).collect()
}

impl<'p, T: Clone + Send> Surroundings<'_, 'p, T> {
    /// An entry of `resource_changes`; `None` where it says too little to be placed anywhere.
    fn of_change(
        &self,
        position: usize,
        change: Change<'p>,
        module: usize,
        modules: &Modules,
    ) -> Option<Instance<'p, T>> {
        let difference = &change.change;
        let side = |values: Option<&'p str>, unknown, sensitive| {
            values.map(|values| Side { values, unknown: Mark::of(unknown), sensitive: Mark::of(sensitive) })
        };
        let before = side(difference.before.0, None, difference.before_sensitive.0);
        let after = side(difference.after.0, difference.after_unknown.0, difference.after_sensitive.0);
        let action = action_of(&actions(&change), before.is_some(), after.is_some())?;
        let named = Named {
            address: change.address.0,
            mode: change.mode,
            kind: change.kind.0,
            name: change.name.0,
            index: change.index.0,
            // A deposed object is what a failed replacement left behind: it stands beside the current one.
            deposed: change.deposed.0.filter(|raw| !matches!(*raw, "false" | "\"\"")),
            module,
        };
        let module_address = change.module_address.0;
        let mut instance = self.identify(named, module_address.as_deref(), modules)?;
        instance.action = action;
        instance.position = Some(position);
        instance.previous = change.previous_address.0.filter(|old| **old != *instance.address.as_str());
        // What a plan says of a kept object's unknowns is noise: nothing changes. A forgotten object lives on, only
        // Terraform's knowledge of it ends.
        let kept = match action {
            Action::Keep => after.or(before).map(|side| Side { unknown: Mark::No, ..side }),
            Action::Forget => before,
            _ => None,
        };
        if let Some(side) = kept {
            let described = self.describe(&instance, side);
            instance.before = Some(described.clone());
            instance.after = Some(described);
        } else {
            instance.before = before.map(|side| self.describe(&instance, side));
            instance.after = after.map(|side| self.describe(&instance, side));
        }
        Some(instance)
    }

    /// What a state holds beyond the instances that are there.
    ///
    /// Nearly all of it says again what the changes said before. That is told by its address, without reading it: `told`
    /// has the addresses of all changes as JSON text.
    fn of_state(
        &self,
        state: &'p str,
        told: &FxHashSet<&'p str>,
        all: &[Instance<'p, T>],
        modules: &mut Modules,
    ) -> Result<Vec<Instance<'p, T>>, Stop> {
        let mut resources = Vec::new();
        let mut cursor = json::Cursor::new(state);
        if enter(&mut cursor, "\"values\"") && enter(&mut cursor, "\"root_module\"") {
            self.collect(&mut cursor, told, &mut resources, 0)?;
        }
        if resources.is_empty() {
            return Ok(Vec::new());
        }
        let moved: FxHashSet<&str> = all.iter().filter_map(|instance| instance.previous.as_deref()).collect();
        let is_taken = |address: &str| {
            moved.contains(address) || all.binary_search_by(|other| other.address.as_str().cmp(address)).is_ok()
        };
        let mut more: Vec<Instance<'p, T>> = Vec::new();
        for (module, mut resource) in resources {
            let address = absolute(module.as_deref(), &resource);
            let (Some(address), Some(values)) = (address, resource.values.0) else { continue };
            let deposed = resource.deposed_key.0.as_deref().filter(|key| !key.is_empty());
            if is_taken(&deposed_address(&address, deposed)) {
                continue;
            }
            resource.address.0 = Some(address.into());
            let module = place(None, resource.address.0.as_deref(), modules, self.configuration);
            let named = Named {
                address: resource.address.0,
                mode: resource.mode,
                kind: resource.kind.0,
                name: resource.name.0,
                index: resource.index.0,
                deposed,
                module,
            };
            let Some(mut instance) = self.identify(named, None, modules) else { continue };
            let side = Side { values, unknown: Mark::No, sensitive: Mark::of(resource.sensitive_values.0) };
            let described = self.describe(&instance, side);
            instance.before = Some(described.clone());
            instance.after = Some(described);
            more.push(instance);
        }
        more.sort_by(|a, b| a.address.cmp(&b.address));
        more.dedup_by(|b, a| a.address == b.address);
        Ok(more)
    }

    /// Every object in a state, with its address.
    pub(super) fn objects(&self, state: &'p str) -> Vec<(String, StateResource<'p>)> {
        let mut resources = Vec::new();
        let mut cursor = json::Cursor::new(state);
        if enter(&mut cursor, "\"values\"") && enter(&mut cursor, "\"root_module\"") {
            // What cannot be read ends it: the rest stays unknown.
            let _ = self.collect(&mut cursor, &FxHashSet::default(), &mut resources, 0);
        }
        let named = |(module, resource): Placed<'p>| Some((absolute(module.as_deref(), &resource)?, resource));
        resources.into_iter().filter_map(named).collect()
    }

    /// Reads the resources of the module that begins here and of those below, but for those that have been told.
    fn collect(
        &self,
        cursor: &mut json::Cursor<'p>,
        told: &FxHashSet<&'p str>,
        into: &mut Vec<Placed<'p>>,
        depth: usize,
    ) -> Result<(), Stop> {
        descend(self.text, cursor.rest(), depth)?;
        let (mut own, mut resources) = (None, Vec::new());
        if !cursor.open(b'{') {
            cursor.value();
            return Ok(());
        }
        while let Some(key) = cursor.key() {
            match key {
                "\"resources\"" if cursor.open(b'[') => {
                    while cursor.element() {
                        let Some(resource) = cursor.value() else { return Ok(()) };
                        resources.push(resource);
                    }
                }
                "\"child_modules\"" if cursor.open(b'[') => {
                    while cursor.element() {
                        self.collect(cursor, told, into, depth + 1)?;
                    }
                }
                _ => {
                    let value = cursor.value();
                    own = value.filter(|value| key == "\"address\"" && value.starts_with('"')).or(own);
                }
            }
        }
        for resource in resources {
            let is_told = address(resource).is_some_and(|address| {
                // Terraform 0.12 leaves the module out of addresses.
                let is_whole = own.is_none_or(|own| address.starts_with(own.trim_end_matches('"')));
                is_whole && told.contains(address)
            });
            // What a failed replacement left behind has the address of what took its place.
            if !is_told || DEPOSED.find(resource.as_bytes()).is_some() {
                into.push((own.map(json::unquote), part(self.text, resource)?));
            }
        }
        Ok(())
    }

    pub(super) fn describe(&self, instance: &Instance<'p, T>, side: Side<'_>) -> T {
        (self.describe)(&instance.kind, instance.mode, &|show| show(&self.resource(instance, side)))
    }

    fn resource<'r>(&'r self, instance: &'r Instance<'p, T>, side: Side<'r>) -> Resource<'r> {
        let body = Body::new(Some(side.values), side.unknown, side.sensitive);
        let region = match body.text("region") {
            // Since version 6 of the AWS provider every resource carries its region.
            Attr::Set(region) if !region.is_empty() => Attr::Set(region),
            _ => match instance.block.and_then(|block| self.regions.get(block)) {
                Some(Some(region)) => Attr::Set(region.clone()),
                _ => Attr::Unknown(Why::Elsewhere),
            },
        };
        let block = instance.block.and_then(|block| self.configuration.blocks.get(block));
        Resource {
            address: instance.address.clone(),
            kind: &instance.kind,
            mode: instance.mode,
            region,
            body,
            configured: block.map(super::configuration::Block::names),
        }
    }

    /// Settles what an instance is called and where it stands, from keys that may all be missing.
    fn identify(&self, named: Named<'p, '_>, module: Option<&str>, modules: &Modules) -> Option<Instance<'p, T>> {
        let Named { address, mode, kind, name, index, deposed, module: at } = named;
        // Most plans say everything twice; the address is taken apart only where they do not.
        let whole =
            mode != ModeName::Unsaid && kind.is_some() && name.is_some() && (index.is_some() || address.is_some());
        let bracket = address.as_deref().is_some_and(|address| address.ends_with(']'));
        let parsed =
            if whole && (index.is_some() || !bracket) { None } else { address.as_deref().and_then(Parsed::of) };
        let data = match mode {
            ModeName::Unsaid => parsed.as_ref().is_some_and(|parsed| parsed.data),
            mode => mode == ModeName::Data,
        };
        let kind = kind.or_else(|| parsed.as_ref().map(|parsed| parsed.kind.to_owned().into()))?;
        let name = name.or_else(|| parsed.as_ref().map(|parsed| parsed.name.name.to_owned().into()))?;
        let key = match (index, parsed) {
            (Some(raw), _) => key_of(raw),
            (None, Some(parsed)) => parsed.name.key,
            (None, None) => Key::None,
        };
        let statically = modules.get(at).and_then(|instance| instance.module);
        let block = statically.and_then(|module| self.configuration.block(module, data, &kind, &name));
        let address = address.map_or_else(|| spell(module, data, &kind, &name, &key), Cow::into_owned);
        let full = deposed_address(&address, deposed.map(|key| key.trim_matches('"')));
        Some(Instance {
            address: Address::new(full),
            kind,
            mode: if data { Mode::Data } else { Mode::Managed },
            action: Action::Keep,
            position: None,
            before: None,
            after: None,
            module: at,
            block,
            key,
            deposed: deposed.is_some(),
            previous: None,
        })
    }
}

/// What names an instance.
struct Named<'p, 'n> {
    address: Option<Cow<'p, str>>,
    mode: ModeName,
    kind: Option<Cow<'p, str>>,
    name: Option<Cow<'p, str>>,
    index: Option<&'p str>,
    deposed: Option<&'n str>,
    module: usize,
}

/// The whole address of an object in a state: Terraform 0.12 leaves out the module and the index.
fn absolute(module: Option<&str>, resource: &StateResource<'_>) -> Option<String> {
    let address = resource.address.0.as_deref()?;
    match (module.filter(|module| !module.is_empty()), &resource.kind.0, &resource.name.0) {
        (Some(module), Some(kind), Some(name)) if !address.starts_with(module) => {
            let key = resource.index.0.map_or(Key::None, key_of);
            Some(spell(Some(module), resource.mode == ModeName::Data, kind, name, &key))
        }
        _ => Some(address.to_owned()),
    }
}

/// An object of a state, with the address of the module that it stands in.
type Placed<'p> = (Option<Cow<'p, str>>, StateResource<'p>);

/// Moves into the object that begins here, to the value of its member `name`, if there is one.
fn enter(cursor: &mut json::Cursor<'_>, name: &str) -> bool {
    if cursor.open(b'{') {
        while let Some(key) = cursor.key() {
            if key == name {
                return true;
            }
            cursor.value();
        }
    }
    false
}

/// The address of a resource, as JSON text.
fn address(resource: &str) -> Option<&str> {
    let mut cursor = json::Cursor::new(resource);
    enter(&mut cursor, "\"address\"").then(|| cursor.value())?
}

fn deposed_address(address: &str, deposed: Option<&str>) -> String {
    match deposed {
        None => address.to_owned(),
        Some(key) => format!("{address} (deposed {key})"),
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
