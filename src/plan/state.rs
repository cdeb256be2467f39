//! What `prior_state` holds beyond the changes.
//!
//! Nearly all of it says again what the changes say. That is told by addresses, without reading more of it.

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::document::{Stop, descend, part};
use super::instances::{Instance, Named, Side, Surroundings, deposed_address, key_of, spell};
use super::layout::{ModeName, StateResource, Values};
use super::modules::{Modules, path};
use crate::model::{Key, Mark, json};

/// The objects of a state, each as text.
#[derive(Default)]
pub(super) struct Objects<'p> {
    all: Vec<Object<'p>>,
    /// Whether there may be what failed replacements left behind.
    deposed: bool,
}

/// One object of a state, not yet read.
struct Object<'p> {
    text: &'p str,
    /// Its address, and that of the module that it stands in, as JSON text.
    address: Option<&'p str>,
    module: Option<&'p str>,
}

impl<'p> Objects<'p> {
    /// Divides `state`, a part of `text`, into its objects.
    ///
    /// # Errors
    /// When modules nest without end.
    pub(super) fn of(text: &str, state: &'p str) -> Result<Self, Stop> {
        let deposed = memmem::find(state.as_bytes(), DEPOSED).is_some();
        let mut objects = Self { all: Vec::new(), deposed };
        let mut cursor = json::Cursor::new(state);
        if enter(&mut cursor, "\"values\"") && enter(&mut cursor, "\"root_module\"") {
            objects.collect(text, &mut cursor, 0)?;
        }
        Ok(objects)
    }

    /// All of them, by address; what cannot be read is left out.
    pub(super) fn read(&self, text: &'p str) -> FxHashMap<String, StateResource<'p>> {
        let read = |object: &Object<'p>| {
            let module = object.module.map(json::unquote);
            let resource: StateResource<'p> = part(text, object.text).ok()?;
            Some((absolute(module.as_deref(), &resource)?, resource))
        };
        self.all.iter().filter_map(read).collect()
    }

    /// Those that no change tells of.
    fn untold(&self, told: &Told<'_, impl Sync>) -> Vec<&Object<'p>> {
        const CHUNK: usize = 1024;
        let chunks = self.all.par_chunks(CHUNK).flat_map_iter(|chunk| {
            let mut near = 0;
            // What a failed replacement left behind has the address of what took its place.
            chunk.iter().filter(move |object| !object.is_told(told, &mut near) || (self.deposed && object.is_deposed()))
        });
        chunks.collect()
    }

    /// Takes the objects of the module that begins here and of those below.
    fn collect(&mut self, text: &str, cursor: &mut json::Cursor<'p>, depth: usize) -> Result<(), Stop> {
        descend(text, cursor.rest(), depth)?;
        if !cursor.open(b'{') {
            cursor.value();
            return Ok(());
        }
        let (mut module, mut own) = (None, Vec::new());
        while let Some(key) = cursor.key() {
            match key {
                "\"resources\"" if cursor.open(b'[') => {
                    while cursor.element() {
                        let Some(object) = cursor.value() else { return Ok(()) };
                        own.push(object);
                    }
                }
                "\"child_modules\"" if cursor.open(b'[') => {
                    while cursor.element() {
                        self.collect(text, cursor, depth + 1)?;
                    }
                }
                _ => {
                    let value = cursor.value();
                    module = value.filter(|value| key == "\"address\"" && value.starts_with('"')).or(module);
                }
            }
        }
        self.all.extend(own.into_iter().map(|text| Object { text, address: address(text), module }));
        Ok(())
    }
}

/// Instances in the order of their addresses. Of a deposed object's change nothing is told of the current one: its address
/// is another.
struct Told<'t, T>(&'t [Instance<T>]);

impl<T> Told<'_, T> {
    /// Whether there is one at `address`, which is mostly a little further than the last one, `near`.
    fn holds(&self, address: &str, near: &mut usize) -> bool {
        let Self(all) = self;
        let is_before = |at: usize| all.get(at).is_some_and(|other| other.address.as_str() < address);
        let (mut from, mut step) = (if is_before(*near) { *near } else { 0 }, 1);
        while is_before(from + step) {
            from += step;
            step *= 2;
        }
        let ahead = all.get(from..all.len().min(from + step + 1)).unwrap_or_default();
        match ahead.binary_search_by(|other| other.address.as_str().cmp(address)) {
            Ok(distance) => {
                *near = from + distance;
                true
            }
            Err(_) => false,
        }
    }
}

impl Object<'_> {
    /// Whether one of the changes `told` is about it.
    fn is_told(&self, told: &Told<'_, impl Sized>, near: &mut usize) -> bool {
        self.address.is_some_and(|address| {
            // Terraform 0.12 leaves the module out of addresses.
            let is_whole = self.module.is_none_or(|module| address.starts_with(module.trim_end_matches('"')));
            is_whole && told.holds(&json::unquote(address), near)
        })
    }

    fn is_deposed(&self) -> bool {
        memmem::find(self.text.as_bytes(), DEPOSED).is_some()
    }
}

impl<T: Clone + Send + Sync> Surroundings<'_, T> {
    /// What a state holds beyond the instances that `all` changes are about.
    ///
    /// # Errors
    /// When an object is not JSON.
    pub(super) fn beyond(
        &self,
        state: &Objects<'_>,
        all: &[Instance<T>],
        modules: &mut Modules,
    ) -> Result<Vec<Instance<T>>, Stop> {
        let untold = state.untold(&Told(all));
        if untold.is_empty() {
            return Ok(Vec::new());
        }
        let moved: FxHashSet<&str> = all.iter().filter_map(|instance| instance.previous.as_deref()).collect();
        let is_taken = |address: &str| {
            moved.contains(address) || all.binary_search_by(|other| other.address.as_str().cmp(address)).is_ok()
        };
        let mut more: Vec<Instance<T>> = Vec::new();
        for object in untold {
            let module = object.module.map(json::unquote);
            let mut resource: StateResource<'_> = part(self.text, object.text)?;
            let address = absolute(module.as_deref(), &resource);
            let (Some(address), Some(values)) = (address, resource.values.0) else { continue };
            let deposed = resource.deposed_key.0.as_deref().filter(|key| !key.is_empty());
            if is_taken(&deposed_address(&address, deposed)) {
                continue;
            }
            let module = self.configuration.module_at(&path(None, Some(&address)));
            let at = modules.around(None, Some(&address), self.configuration);
            resource.address.0 = Some(address.into());
            let named = Named {
                address: resource.address.0,
                mode: resource.mode,
                kind: resource.kind.0,
                name: resource.name.0,
                index: resource.index.0,
                deposed,
                module,
            };
            let Some(mut instance) = self.identify(named, None) else { continue };
            instance.module = at;
            let side = Side {
                values: Values::Whole(values),
                unknown: Mark::No,
                sensitive: Mark::of(resource.sensitive_values.0),
            };
            let described = self.describe(&instance, &side);
            instance.before = Some(described.clone());
            instance.after = Some(described);
            more.push(instance);
        }
        more.sort_by(|a, b| a.address.cmp(&b.address));
        more.dedup_by(|b, a| a.address == b.address);
        Ok(more)
    }
}

/// The key that only what a failed replacement left behind has.
const DEPOSED: &[u8] = b"\"deposed_key\"";

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
