//! The modules of a configuration, each with those that it calls.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::error::SourceError;
use super::folder;
use super::module::{Module, Repeated};
use super::names;
use super::references::Reference;
use crate::model::{Key, Text};

/// A configuration has no more modules than this, and they nest no deeper.
const MOST_MODULES: usize = 2_000;
const DEEPEST: usize = 24;

/// The text of a configuration, taken apart.
#[derive(Debug)]
pub struct Source {
    modules: Vec<Module>,
    /// For each module, the one that calls it, and by which name.
    pub(super) callers: Vec<Option<(usize, Text)>>,
    /// The folder of the root module, from the root of its repository on, where that is known.
    pub(super) folder: Text,
    /// What a reader should know of how it was read.
    pub notes: Vec<String>,
    /// Where files lie that the configuration reads, if they are at hand.
    pub(super) files: Option<Ground>,
    /// Whether somebody named it; otherwise it was found.
    pub(super) is_named: bool,
    /// The variables that files of values beside the root module name, once somebody has asked.
    pub(super) given: OnceLock<Option<BTreeSet<String>>>,
}

/// A folder, and the tree that nothing is read beyond.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) folder: PathBuf,
    pub(super) tree: PathBuf,
}

/// The files of one module.
pub(super) struct Files {
    /// Their folder, from that of the root module on.
    pub(super) folder: String,
    /// Their names and their text.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Where the files of modules come from.
pub(super) trait Shelf {
    /// The files of the root module.
    fn root(&mut self) -> Result<Files, SourceError>;

    /// The files of the module that the call with the path `key` (`a.b`) leads to; `from` is the folder that it stands in.
    fn child(&mut self, key: &str, from: &str, source: &str) -> Result<Option<Files>, SourceError>;
}

impl Source {
    /// Reads everything that a shelf has.
    pub(super) fn read(shelf: &mut dyn Shelf) -> Result<Self, SourceError> {
        let mut source = Self {
            modules: Vec::new(),
            callers: vec![None],
            folder: Text::default(),
            notes: Vec::new(),
            files: None,
            is_named: false,
            given: OnceLock::new(),
        };
        let root = shelf.root()?;
        source.add(root);
        // By position: the path of the call that leads there.
        let mut keys = vec![String::new()];
        let mut at = 0;
        let mut missing = Vec::new();
        while let Some(module) = source.modules.get(at) {
            let (folder, key) = (module.folder.to_string(), keys.get(at).cloned().unwrap_or_default());
            let calls: Vec<(Text, String)> = (module.calls.iter())
                .map(|(name, call)| (name.clone(), call.source.clone().unwrap_or_default()))
                .collect();
            for (call, from) in calls {
                let key = if key.is_empty() { call.to_string() } else { format!("{key}.{call}") };
                let is_full = source.modules.len() >= MOST_MODULES || key.matches('.').count() >= DEEPEST;
                let files = if is_full { None } else { shelf.child(&key, &folder, &from)? };
                let Some(files) = files else {
                    missing.push(key);
                    continue;
                };
                let child = source.add(files);
                keys.push(key);
                source.callers.push(Some((at, call.clone())));
                if let Some(module) = source.modules.get_mut(at) {
                    module.children.insert(call, child);
                }
            }
            at += 1;
        }
        if let Some(first) = missing.first() {
            let others = missing.len() - 1;
            let others = if others == 0 { String::new() } else { format!(" and {others} more") };
            source.notes.push(format!(
                "the files of module {first}{others} are not at hand: values that they hold stay unknown (--planfile tfplan has them all)"
            ));
        }
        Ok(source)
    }

    fn add(&mut self, files: Files) -> usize {
        let mut module = Module { folder: files.folder.as_str().into(), ..Module::default() };
        let mut all = files.files;
        // Overrides come last, each kind in the order of the names.
        all.sort_by(|(a, _), (b, _)| (names::is_override(a), a).cmp(&(names::is_override(b), b)));
        for (name, bytes) in all {
            let shown = match files.folder.as_str() {
                "" | "." => name,
                folder => format!("{folder}/{name}"),
            };
            let read = match String::from_utf8(bytes) {
                _ if names::is_json(&shown) => Err("Terraform's language spelled as JSON is not read".to_owned()),
                Ok(text) => module.add(Arc::from(shown.as_str()), text.trim_start_matches('\u{FEFF}')),
                Err(_) => Err("it is not UTF-8".to_owned()),
            };
            if let Err(problem) = read {
                self.notes.push(format!("{shown} was left out: {problem}"));
            }
        }
        self.modules.push(module);
        self.modules.len() - 1
    }

    /// Says where its files lie, if they are at hand.
    pub(super) fn lies_in(&mut self, ground: Option<Ground>) {
        let inside = ground.as_ref().and_then(|ground| ground.folder.strip_prefix(&ground.tree).ok());
        self.folder = inside.map(|folder| folder.to_string_lossy().replace('\\', "/").into()).unwrap_or_default();
        self.files = ground;
    }

    /// Takes over in which folder of its repository the root module lies, unless its files are at hand.
    pub fn is_said_to_lie_in(&mut self, folder: &str) {
        let is_inside = !folder.starts_with('/') && !folder.split('/').any(|step| step == "..");
        if self.files.is_none() && is_inside {
            self.folder = folder.into();
        }
    }

    /// The position of the root module.
    pub fn root(&self) -> Option<usize> {
        (!self.modules.is_empty()).then_some(0)
    }

    pub(super) fn module(&self, at: usize) -> Option<&Module> {
        self.modules.get(at)
    }

    /// The module that the call `name` in the module at `at` leads to.
    pub fn child(&self, at: usize, call: &str) -> Option<usize> {
        self.modules.get(at)?.children.get(call).copied()
    }

    /// Whether a module calls another by this name.
    pub fn calls(&self, at: usize, call: &str) -> bool {
        self.modules.get(at).is_some_and(|module| module.calls.contains_key(call))
    }

    /// The names that a block sets at its top level; nothing where there is no such block.
    pub fn names<'s>(&'s self, module: usize, block: &str) -> Option<impl Iterator<Item = &'s str>> {
        Some(self.modules.get(module)?.blocks.get(block)?.items.names())
    }

    /// The text, the number or the switch that an attribute of a block is written out as.
    pub fn literal(&self, module: usize, block: &str, attribute: &str) -> Option<serde_json::Value> {
        let items = self.modules.get(module)?.blocks.get(block)?.items.named(attribute);
        let [super::module::Item::Attribute(formula)] = items.as_slice() else { return None };
        super::edit::literal(&formula.expression)
    }

    /// What an attribute of a block refers to, without what is taken of it: `local.a`, `aws_vpc.main`.
    pub fn subjects(&self, module: usize, block: &str, attribute: &str) -> Vec<Text> {
        let block = self.modules.get(module).and_then(|module| module.blocks.get(block));
        let items = block.into_iter().flat_map(|block| block.items.named(attribute));
        let mut subjects: Vec<Text> = items.flat_map(super::module::Item::references).map(Reference::subject).collect();
        subjects.sort();
        subjects.dedup();
        subjects
    }

    /// What a local refers to, spelled as in a plan; of an object only what is taken of it, where its text tells. Nothing
    /// where there is no such local.
    pub fn local(&self, module: usize, name: &str, taken: &[Key]) -> Option<Vec<String>> {
        let formula = self.modules.get(module)?.locals.get(name)?;
        let (inner, found) = super::references::inside(&formula.expression, taken);
        if found == 0 {
            return Some(formula.references.iter().map(Reference::spell).collect());
        }
        Some(super::references::of(inner, &[]).iter().map(Reference::spell).collect())
    }

    /// Whether a block or a call (`module.name`) is repeated over a name, and over nothing that is made of it.
    pub fn repeats_plainly(&self, module: usize, block: &str) -> bool {
        let Some(module) = self.modules.get(module) else { return false };
        let repeated = match block.strip_prefix("module.") {
            Some(call) => module.calls.get(call).map(|call| &call.repeated),
            None => module.blocks.get(block).map(|block| &block.repeated),
        };
        matches!(repeated, Some(Repeated::Each(formula)) if super::references::is_plain(&formula.expression))
    }

    /// Whether the text of a local tells what stands in it under a key.
    pub fn local_tells(&self, module: usize, name: &str, key: &Key) -> bool {
        let formula = self.modules.get(module).and_then(|module| module.locals.get(name));
        formula.is_some_and(|formula| super::references::inside(&formula.expression, std::slice::from_ref(key)).1 == 1)
    }

    /// Whether somebody named it; otherwise it was found, and may belong to another plan.
    pub fn is_named(&self) -> bool {
        self.is_named
    }

    /// The text of a file that the configuration reads.
    pub fn file(&self, path: &str) -> Option<Arc<str>> {
        folder::file(self.files.as_ref()?, path)
    }
}
