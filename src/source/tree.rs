//! The modules of a configuration, each with those that it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use super::error::SourceError;
use super::folder;
use super::module::{Module, Repeated};
use super::names;
use super::references::Reference;
use crate::model::{Key, ROOT_MODULE, Text};

/// A configuration has no more modules than this, and they nest no deeper.
const MOST_MODULES: usize = 2_000;
const DEEPEST: usize = 24;

/// The text of a configuration, taken apart.
#[derive(Debug)]
pub struct Source {
    modules: Vec<Module>,
    /// For each module, the one that calls it, and by which name.
    pub(super) callers: Vec<Option<(usize, Text)>>,
    /// The folder of the root module, from the root of its repository on; empty for that root itself. Nothing where it is not known.
    pub(super) folder: Option<Text>,
    /// What a reader should know of how it was read.
    pub notes: Vec<String>,
    /// Where files lie that the configuration reads, if they are at hand.
    pub(super) files: Option<Ground>,
    /// Why it is taken for the plan's.
    pub(super) claim: Claim,
    /// Of a binary plan, when it was made.
    pub(super) made: Option<String>,
    /// Of a folder that was found: whether the plan lies in it or below, or comes from there.
    pub(super) is_own: bool,
    /// The modules of which a file was left out, by position: more may stand in them.
    partial: BTreeSet<usize>,
    /// The variables that files of values beside the root module name, once somebody has asked.
    pub(super) given: OnceLock<Option<BTreeSet<String>>>,
    /// Where each module's files really are, once somebody has asked.
    folders: OnceLock<Vec<PathBuf>>,
    /// Where links lead among its files, as far as somebody has asked.
    links: Mutex<BTreeMap<String, Option<PathBuf>>>,
}

/// Why a source is taken for that of a plan.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Claim {
    /// It was found, and may belong to another plan.
    #[default]
    Found,
    /// Somebody named it for this plan.
    Named,
    /// Somebody named it for several plans, of which it may be another's.
    Shared,
}

/// How a block or a call is repeated.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Repetition {
    /// It stands for one instance, without a key.
    #[default]
    Once,
    /// `count`.
    Count,
    /// `for_each`.
    Each,
}

/// An absolute path without the steps that lead back.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, step| {
        match step {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
        plain
    })
}

/// A folder, and the tree that nothing is read beyond.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) folder: PathBuf,
    pub(super) tree: PathBuf,
    /// The folder that paths are told from: the root of the repository, or without one the working directory, if it is above.
    pub(super) root: Option<PathBuf>,
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
            folder: None,
            notes: Vec::new(),
            files: None,
            claim: Claim::Found,
            made: None,
            is_own: false,
            partial: BTreeSet::new(),
            given: OnceLock::new(),
            folders: OnceLock::new(),
            links: Mutex::default(),
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
        let mut module = Module::default();
        module.folder = files.folder.as_str().into();
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
                self.partial.insert(self.modules.len());
            }
        }
        self.modules.push(module);
        self.modules.len() - 1
    }

    /// Of a binary plan, when it was made, spelled as in the plan's JSON.
    pub fn made(&self) -> Option<&str> {
        self.made.as_deref()
    }

    /// Of a folder that was found: whether the plan lies in it or below, or comes from there.
    pub fn is_own(&self) -> bool {
        self.is_own
    }

    /// Says where its files lie, if they are at hand.
    pub(super) fn lies_in(&mut self, ground: Option<Ground>) {
        let inside = ground.as_ref().and_then(|ground| ground.folder.strip_prefix(ground.root.as_ref()?).ok());
        self.folder = inside.map(|folder| folder.to_string_lossy().replace('\\', "/").into());
        self.files = ground;
    }

    /// Takes over in which folder of its repository the root module lies, unless that is known.
    pub fn is_said_to_lie_in(&mut self, folder: &str) {
        let is_inside = !folder.starts_with('/') && !folder.split('/').any(|step| step == "..");
        if self.folder.is_none() && is_inside {
            self.folder = Some(folder.into());
        }
    }

    /// What to say where nobody knows in which folder of its repository the root module lies.
    pub fn unplaced(&self) -> Option<String> {
        self.folder.is_none().then(|| {
            format!(
                "where the root module lies in its repository is not known, so files are named from {ROOT_MODULE} on, and formats for \
                 code scanners name the plan instead: run planwise from the root of the repository, and name the folder with --source as well"
            )
        })
    }

    /// Where a file or a folder of the configuration really is, if it, or a folder on the way to it, is a link.
    pub(super) fn behind_link(&self, path: &str) -> Option<PathBuf> {
        let ground = self.files.as_ref()?;
        let look = || {
            let path = ground.folder.join(folder::normal(Path::new(path)));
            // The root module's folder has no links in it by then; what is not there is no link.
            std::fs::canonicalize(&path).ok().filter(|real| *real != plain(&path))
        };
        let Ok(mut links) = self.links.lock() else { return look() };
        links.entry(path.to_owned()).or_insert_with(look).clone()
    }

    /// Where each module's files really are, by position: two that are read from the same files have the same.
    pub(super) fn folders(&self) -> &[PathBuf] {
        self.folders.get_or_init(|| {
            let real = |module: &Module| {
                let folder = module.folder.as_str();
                let here = || self.files.as_ref().map(|ground| plain(&ground.folder.join(folder)));
                self.behind_link(folder).or_else(here).unwrap_or_else(|| PathBuf::from(folder))
            };
            self.modules.iter().map(real).collect()
        })
    }

    /// The folder that paths are told from, if the files are at hand.
    pub(super) fn repository(&self) -> Option<&Path> {
        self.files.as_ref()?.root.as_deref()
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

    /// Whether a block or a call (`module.name`) is repeated as a plan says; nothing where there is none. A plan says nothing of
    /// what a function makes of constants alone: `for_each = toset(["a", "b"])`.
    pub fn is_repeated(&self, at: usize, block: &str, planned: Repetition) -> Option<bool> {
        Some(match (self.repeated(at, block)?, planned) {
            (Repeated::Once, planned) => planned == Repetition::Once,
            (Repeated::Count(formula) | Repeated::Each(formula), Repetition::Once) => {
                formula.references.is_empty() && super::edit::literal(&formula.expression).is_none()
            }
            (Repeated::Count(_), planned) => planned == Repetition::Count,
            (Repeated::Each(_), planned) => planned == Repetition::Each,
        })
    }

    fn repeated(&self, at: usize, block: &str) -> Option<&Repeated> {
        let module = self.modules.get(at)?;
        match block.strip_prefix("module.") {
            Some(call) => module.calls.get(call).map(|call| &call.repeated),
            None => module.blocks.get(block).map(|block| &block.repeated),
        }
    }

    /// Whether a file of a module was left out, so that more may stand in it.
    pub fn is_partial(&self, at: usize) -> bool {
        self.partial.contains(&at)
    }

    /// Whether none of its files could be read.
    pub fn is_unread(&self) -> bool {
        self.modules.iter().all(|module| module.texts.is_empty())
    }

    /// The names of the blocks in a module.
    pub fn blocks(&self, at: usize) -> impl Iterator<Item = &str> {
        self.modules.get(at).into_iter().flat_map(|module| module.blocks.keys()).map(String::as_str)
    }

    /// The files that another source has otherwise, or not at all, in modules that both have. Overrides are left out: they may have
    /// been there for the plan alone.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let mut all = BTreeSet::new();
        let mut open: Vec<(usize, usize)> = self.root().zip(other.root()).into_iter().collect();
        while let Some((own, its)) = open.pop() {
            let (Some(own), Some(its)) = (self.module(own), other.module(its)) else { continue };
            let files = |module: &Module| -> BTreeMap<String, Arc<str>> {
                let lasting = module.texts.iter().filter(|(name, _)| !names::is_override(name));
                lasting.map(|(name, text)| (folder::normal(Path::new(name.as_ref())), text.clone())).collect()
            };
            let (here, there) = (files(own), files(its));
            all.extend(here.keys().chain(there.keys()).filter(|name| here.get(*name) != there.get(*name)).cloned());
            open.extend(own.children.iter().filter_map(|(call, child)| Some((*child, *its.children.get(call)?))));
        }
        all.into_iter().collect()
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
        matches!(self.repeated(module, block), Some(Repeated::Each(formula)) if super::references::is_plain(&formula.expression))
    }

    /// Whether the text of a local tells what stands in it under a key.
    pub fn local_tells(&self, module: usize, name: &str, key: &Key) -> bool {
        let formula = self.modules.get(module).and_then(|module| module.locals.get(name));
        formula.is_some_and(|formula| super::references::inside(&formula.expression, std::slice::from_ref(key)).1 == 1)
    }

    /// Why it is taken for the plan's.
    pub fn claim(&self) -> Claim {
        self.claim
    }

    /// The text of a file that the configuration reads.
    pub fn file(&self, path: &str) -> Option<Arc<str>> {
        folder::file(self.files.as_ref()?, path)
    }
}
