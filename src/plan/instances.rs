//! The instances of a plan, each with its side of the two worlds.

use std::borrow::Cow;

use rayon::prelude::*;

use super::configuration::Configuration;
use super::document::{self, Stop};
use super::layout::{Change, Difference, List, ModeName, Str, Values};
use super::modules::{Modules, ROOT, path};
use super::state::Objects;
use crate::model::{Account, Action, Address, Attr, Body, Key, Mark, Mode, Parsed, Resource, Show, Text, Why};

/// One resource instance of a plan, with a description of each of its sides.
#[derive(Debug)]
pub struct Instance<T> {
    /// Its address, after any move.
    pub address: Address,
    /// Its Terraform type.
    pub kind: Text,
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
    pub(super) previous: Option<Box<str>>,
}

/// An instance at one stage: its attributes and what the plan marks of them, as text.
#[derive(Debug)]
pub(super) struct Side<'p> {
    pub(super) values: Values<'p>,
    pub(super) unknown: Mark<'p>,
    pub(super) sensitive: Mark<'p>,
}

/// Makes something of one side of an instance of a type; what is behind the function is read when it is called.
pub(super) type Describe<'d, T> = &'d (dyn Fn(&str, Mode, &Show<'_>) -> T + Sync);

/// What every instance is placed in, and described with.
pub(super) struct Surroundings<'s, T> {
    /// The text that all is a part of.
    pub(super) text: &'s str,
    pub(super) configuration: &'s Configuration<'s>,
    /// The region of each block's provider.
    pub(super) regions: &'s [Option<Text>],
    /// The account of each block's provider.
    pub(super) accounts: &'s [Account],
    pub(super) describe: Describe<'s, T>,
}

/// Makes instances of `resource_changes`, in address order, and after them of what `prior_state` holds beyond: data
/// sources that were read already, and the rest of the system in a plan with `-target`. Says how many entries could not be
/// used.
///
/// Each entry is read, described and let go of in one step, so that its text is fetched from memory once, and no more of it
/// than its description is kept. All threads do that, a run of entries at a time; the tree of modules grows in one.
///
/// # Errors
/// When an entry is not JSON.
pub(super) fn instances<T: Clone + Send + Sync>(
    runs: &[&str],
    prior_state: Option<&str>,
    modules: &mut Modules,
    surroundings: &Surroundings<'_, T>,
) -> Result<(Vec<Instance<T>>, usize), Stop> {
    let (changes, state) = rayon::join(
        || changes(runs, modules, surroundings),
        || prior_state.map(|state| Objects::of(surroundings.text, state)),
    );
    let (mut all, mut unused) = changes?;
    if !all.is_sorted_by(|a, b| a.address < b.address) {
        let given = all.len();
        all.sort_by(|a, b| a.address.cmp(&b.address));
        // Of a repeated address the first entry counts, like in Terraform's own state.
        all.dedup_by(|b, a| a.address == b.address);
        unused += given - all.len();
    }
    if let Some(state) = state.transpose()? {
        let more = surroundings.beyond(&state, &all, modules)?;
        if !more.is_empty() {
            all.reserve_exact(more.len());
            all.extend(more);
            all.sort_by(|a, b| a.address.cmp(&b.address));
        }
    }
    Ok((all, unused))
}

/// So many runs are read at a time, so that what is read does not exist twice.
const BATCH: usize = 64;

/// Makes instances of `resource_changes`, in the order of the entries.
fn changes<'t, T: Clone + Send + Sync>(
    runs: &[&'t str],
    modules: &mut Modules,
    surroundings: &Surroundings<'_, T>,
) -> Result<(Vec<Instance<T>>, usize), Stop> {
    let (mut all, mut unused, mut position) = (Vec::new(), 0, 0);
    // Neighbours mostly stand in one module.
    let mut last: (Option<Cow<'t, str>>, usize) = (None, ROOT);
    let mut place = |read: Vec<Vec<Entry<'t, T>>>| {
        if all.is_empty() {
            // Later batches hold about as many: a list that grows leaves its earlier selves behind.
            let entries: usize = read.iter().map(Vec::len).sum();
            all.reserve_exact(entries * runs.len().div_ceil(BATCH));
        }
        for entry in read.into_iter().flatten() {
            match entry {
                Entry::Ephemeral => {}
                Entry::Nothing => unused += 1,
                Entry::Instance(mut instance, module) => {
                    if module.is_none() || module != last.0 {
                        let address = instance.address.as_str();
                        let found = modules.around(module.as_deref(), Some(address), surroundings.configuration);
                        last = (module, found);
                    }
                    instance.position = Some(position);
                    instance.module = last.1;
                    all.push(instance);
                }
            }
            position += 1;
        }
    };
    let mut earlier = Vec::new();
    for batch in runs.chunks(BATCH) {
        let read = || batch.par_iter().map(|run| surroundings.read(run)).collect::<Vec<_>>();
        // One batch is placed while the next one is read.
        let (read, ()) = rayon::join(read, || place(std::mem::take(&mut earlier)));
        // Of several errors the first is told, whichever thread came first.
        earlier = read.into_iter().collect::<Result<_, _>>()?;
    }
    place(earlier);
    Ok((all, unused))
}

/// What an entry of `resource_changes` amounts to.
enum Entry<'t, T> {
    /// An instance, and the address of the module that it stands in, as far as the entry says it.
    Instance(Instance<T>, Option<Cow<'t, str>>),
    /// Nothing that could be used.
    Nothing,
    /// A value that exists only while Terraform runs: it belongs to neither world.
    Ephemeral,
}

fn is_ephemeral(change: &Change<'_>) -> bool {
    change.mode == ModeName::Ephemeral || texts(&change.change.actions).first() == Some(&"open")
}

fn texts<'c>(actions: &'c List<Str<'_>>) -> Vec<&'c str> {
    actions.0.iter().filter_map(|action| action.0.as_deref()).collect()
}

impl<T: Clone + Send + Sync> Surroundings<'_, T> {
    /// Reads a run of entries.
    fn read<'t>(&self, run: &'t str) -> Result<Vec<Entry<'t, T>>, Stop> {
        let mut entries = Vec::new();
        // Neighbours mostly stand in one module.
        let mut last: (Option<Cow<'t, str>>, Option<usize>) = (None, self.configuration.root());
        document::run(self.text, run, |change| {
            if is_ephemeral(&change) {
                return entries.push(Entry::Ephemeral);
            }
            let (module, address) = (&change.module_address.0, &change.address.0);
            if module.is_none() || *module != last.0 {
                let path = path(module.as_deref(), address.as_deref());
                last = (module.clone(), self.configuration.module_at(&path));
            }
            entries.push(self.of_change(change, last.1).unwrap_or(Entry::Nothing));
        })?;
        Ok(entries)
    }

    /// An entry of `resource_changes` in a module of the configuration; `None` where it says too little to be placed
    /// anywhere.
    fn of_change<'t>(&self, change: Change<'t>, module: Option<usize>) -> Option<Entry<'t, T>> {
        let side = |values, unknown, sensitive| match values {
            Values::None => None,
            values => Some(Side { values, unknown: Mark::of(unknown), sensitive: Mark::of(sensitive) }),
        };
        let Difference { actions, before, after, after_unknown, before_sensitive, after_sensitive } = change.change;
        let actions = texts(&actions);
        let before = side(before, None, before_sensitive.0);
        let after = side(after, after_unknown.0, after_sensitive.0);
        let action = action_of(&actions, before.is_some(), after.is_some())?;
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
        let mut instance = self.identify(named, module_address.as_deref())?;
        instance.action = action;
        let previous = change.previous_address.0.filter(|old| **old != *instance.address.as_str());
        instance.previous = previous.map(|old| Box::from(old.as_ref()));
        // What a plan says of a kept object's unknowns is noise: nothing changes. A forgotten object lives on, only
        // Terraform's knowledge of it ends.
        let kept = match action {
            Action::Keep => after.or(before).map(|side| Side { unknown: Mark::No, ..side }),
            Action::Forget => before,
            _ => {
                instance.before = before.map(|side| self.describe(&instance, &side));
                instance.after = after.map(|side| self.describe(&instance, &side));
                None
            }
        };
        if let Some(side) = kept {
            let described = self.describe(&instance, &side);
            instance.before = Some(described.clone());
            instance.after = Some(described);
        }
        Some(Entry::Instance(instance, module_address))
    }

    /// Describes an instance as it is at one stage.
    pub(super) fn describe(&self, instance: &Instance<T>, side: &Side<'_>) -> T {
        (self.describe)(&instance.kind, instance.mode, &|show| show(&self.resource(instance, side)))
    }

    fn resource<'r>(&'r self, instance: &'r Instance<T>, side: &'r Side<'r>) -> Resource<'r> {
        let body = match &side.values {
            Values::None => Body::default(),
            Values::Whole(raw) => Body::new(Some(raw), side.unknown, side.sensitive),
            Values::Members(members) => Body::of_members(members, side.unknown, side.sensitive),
        };
        let region = match body.text("region") {
            // Since version 6 of the AWS provider every resource carries its region.
            Attr::Set(region) if !region.is_empty() => Attr::Set(region),
            _ => match instance.block.and_then(|block| self.regions.get(block)) {
                Some(Some(region)) => Attr::Set(region.clone()),
                _ => Attr::Unknown(Why::Elsewhere),
            },
        };
        let account = instance.block.and_then(|block| self.accounts.get(block)).cloned().unwrap_or_default();
        let block = instance.block.and_then(|block| self.configuration.blocks.get(block));
        Resource {
            address: instance.address.clone(),
            kind: &instance.kind,
            mode: instance.mode,
            region,
            account,
            body,
            configured: block.map(super::configuration::Block::chosen),
        }
    }

    /// Settles what an instance is called and which block it comes from, from keys that may all be missing.
    pub(super) fn identify(&self, named: Named<'_, '_>, module_address: Option<&str>) -> Option<Instance<T>> {
        let Named { address, mode, kind, name, index, deposed, module } = named;
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
        let block = module.and_then(|module| self.configuration.block(module, data, &kind, &name));
        let address = address.map_or_else(|| spell(module_address, data, &kind, &name, &key), Cow::into_owned);
        let full = deposed_address(&address, deposed.map(|key| key.trim_matches('"')));
        Some(Instance {
            address: Address::new(full),
            kind: Text::from(kind.as_ref()),
            mode: if data { Mode::Data } else { Mode::Managed },
            action: Action::Keep,
            position: None,
            before: None,
            after: None,
            module: ROOT,
            block,
            key,
            deposed: deposed.is_some(),
            previous: None,
        })
    }
}

/// What names an instance.
pub(super) struct Named<'p, 'n> {
    pub(super) address: Option<Cow<'p, str>>,
    pub(super) mode: ModeName,
    pub(super) kind: Option<Cow<'p, str>>,
    pub(super) name: Option<Cow<'p, str>>,
    pub(super) index: Option<&'p str>,
    pub(super) deposed: Option<&'n str>,
    /// The module of the configuration that it stands in.
    pub(super) module: Option<usize>,
}

/// The address of an object, or of what a failed replacement left behind of it.
pub(super) fn deposed_address(address: &str, deposed: Option<&str>) -> String {
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

pub(super) fn key_of(raw: &str) -> Key {
    if let Ok(index) = raw.parse() {
        return Key::Index(index);
    }
    serde_json::from_str::<String>(raw).map_or(Key::None, |name| Key::Name(name.into()))
}

/// The address that Terraform would print.
pub(super) fn spell(module: Option<&str>, data: bool, kind: &str, name: &str, key: &Key) -> String {
    let module = module.filter(|module| !module.is_empty()).map(|module| format!("{module}."));
    let data = if data { "data." } else { "" };
    let key = match key {
        Key::None => String::new(),
        Key::Index(index) => format!("[{index}]"),
        Key::Name(name) => format!("[{}]", serde_json::Value::from(name.as_str())),
    };
    format!("{}{data}{kind}.{name}{key}", module.unwrap_or_default())
}
