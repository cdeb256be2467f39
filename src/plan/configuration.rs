//! `configuration`: what was written, as far as the JSON tells it.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::value::RawValue;

use super::layout::{self, Map, Raw, Variable};
use crate::model::{Only, Step};
use crate::source::Repetition;

/// Blocks of providers nest ten deep at the most.
const DEEPEST_BLOCK: usize = 64;

/// What is longer is no mere choice between variables.
const LONGEST_CHOICE: usize = 1000;

/// The configuration as a flat list of modules and blocks that name each other by position.
#[derive(Debug, Default)]
pub(super) struct Configuration<'p> {
    pub(super) modules: Vec<Module<'p>>,
    pub(super) blocks: Vec<Block<'p>>,
    pub(super) providers: FxHashMap<String, Provider<'p>>,
    /// Values of root variables; those that are declared sensitive are left out.
    pub(super) variables: FxHashMap<String, &'p str>,
}

/// One module.
#[derive(Debug, Default)]
pub(super) struct Module<'p> {
    pub(super) parent: Option<usize>,
    /// Its call's arguments, as expressions of the parent.
    pub(super) arguments: FxHashMap<String, &'p str>,
    /// What its call iterates over, if it does.
    pub(super) for_each: Option<&'p str>,
    /// How its call is repeated.
    pub(super) repetition: Repetition,
    pub(super) outputs: FxHashMap<String, &'p str>,
    pub(super) defaults: FxHashMap<String, &'p str>,
    calls: FxHashMap<String, usize>,
    blocks: FxHashMap<String, usize>,
}

impl Module<'_> {
    /// Whether there is no resource and no data source in it: nothing in a plan then shows that it is there.
    pub(super) fn is_bare(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Its `resource` and `data` blocks, by `type.name` and `data.type.name`.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (&str, usize)> {
        self.blocks.iter().map(|(name, block)| (name.as_str(), *block))
    }

    /// The modules that it calls, by the names of their calls.
    pub(super) fn calls(&self) -> impl Iterator<Item = (&str, usize)> {
        self.calls.iter().map(|(name, module)| (name.as_str(), *module))
    }
}

/// One `resource` or `data` block.
#[derive(Debug)]
pub(super) struct Block<'p> {
    pub(super) provider: Option<Cow<'p, str>>,
    pub(super) for_each: Option<&'p str>,
    pub(super) repetition: Repetition,
    expressions: Vec<(Cow<'p, str>, Raw<'p>)>,
    /// The names that it sets.
    names: Vec<&'p str>,
    /// Those of them that it does not set to null, where they are fewer.
    chosen: Option<Vec<&'p str>>,
}

/// One `provider` block.
#[derive(Debug)]
pub(super) struct Provider<'p> {
    pub(super) module_address: Option<Cow<'p, str>>,
    pub(super) region: Option<&'p str>,
    /// What it is told of whose credentials it works with, expression by expression.
    pub(super) credentials: Vec<(Cow<'p, str>, &'p str)>,
}

/// Arguments of a provider that decide in whose account it works.
///
/// Source: Terraform AWS provider, argument reference of the provider, not looked up again.
const CREDENTIALS: [&str; 9] = [
    "access_key",
    "allowed_account_ids",
    "assume_role",
    "assume_role_with_web_identity",
    "profile",
    "secret_key",
    "shared_config_files",
    "shared_credentials_files",
    "token",
];

impl<'p> Configuration<'p> {
    /// Takes over what was `parsed`; what is missing or misshapen is left out.
    pub(super) fn of(parsed: layout::Configuration<'p>, variables: Map<'p, Variable<'p>>) -> Self {
        let mut configuration = Self::default();
        for (key, provider) in parsed.provider_config.0 {
            let region = find(&provider.expressions.0, "region");
            let told = provider.expressions.0.into_iter().filter(|(name, _)| CREDENTIALS.contains(&name.as_ref()));
            let mut credentials: Vec<_> = told.filter_map(|(name, raw)| Some((name, raw.0?))).collect();
            credentials.sort_unstable();
            let provider = Provider { module_address: provider.module_address.0, region, credentials };
            configuration.providers.insert(key.into_owned(), provider);
        }
        let sensitive: FxHashSet<String> = (parsed.root_module.variables.0.iter())
            .filter(|(_, declared)| declared.sensitive.0 == Some("true"))
            .map(|(name, _)| name.to_string())
            .collect();
        for (name, variable) in variables.0 {
            if !sensitive.contains(name.as_ref()) {
                configuration.variables.insert(name.into_owned(), variable.value.0.unwrap_or("null"));
            }
        }
        configuration.add(parsed.root_module, None);
        configuration.find_nulls();
        configuration
    }

    fn add(&mut self, parsed: layout::Module<'p>, parent: Option<usize>) -> usize {
        let at = self.modules.len();
        self.modules.push(Module { parent, ..Module::default() });
        let mut module = Module { parent, ..Module::default() };
        for (name, output) in parsed.outputs.0 {
            if let Some(expression) = output.expression.0 {
                module.outputs.insert(name.into_owned(), expression);
            }
        }
        for (name, declared) in parsed.variables.0 {
            if let (Some(default), None | Some("false")) = (declared.default.0, declared.sensitive.0) {
                module.defaults.insert(name.into_owned(), default);
            }
        }
        for block in parsed.resources.0 {
            let (Some(kind), Some(name)) = (block.kind.0, block.name.0) else { continue };
            let data = match block.mode.0.as_deref() {
                Some("data") => true,
                None | Some("managed") => false,
                // What is ephemeral is in no state, and of no account here.
                Some(_) => continue,
            };
            let names = (block.expressions.0.iter())
                .filter_map(|(name, _)| match name {
                    Cow::Borrowed(name) => Some(*name),
                    Cow::Owned(_) => None,
                })
                .collect();
            module.blocks.insert(block_name(data, &kind, &name), self.blocks.len());
            self.blocks.push(Block {
                provider: block.provider_config_key.0,
                repetition: repetition(&block.count_expression, &block.for_each_expression),
                for_each: block.for_each_expression.0,
                expressions: block.expressions.0,
                names,
                chosen: None,
            });
        }
        for (name, call) in parsed.module_calls.0 {
            let child = self.add(*call.module.0, Some(at));
            if let Some(child) = self.modules.get_mut(child) {
                child.repetition = repetition(&call.count_expression, &call.for_each_expression);
                child.for_each = call.for_each_expression.0;
                for (name, expression) in call.expressions.0 {
                    if let Some(expression) = expression.0 {
                        child.arguments.insert(name.into_owned(), expression);
                    }
                }
            }
            module.calls.insert(name.into_owned(), child);
        }
        if let Some(slot) = self.modules.get_mut(at) {
            let Module { arguments, for_each, repetition, .. } = std::mem::take(slot);
            *slot = Module { arguments, for_each, repetition, ..module };
        }
        at
    }

    /// The root module, if there is a configuration at all.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.modules.is_empty()).then_some(0)
    }

    /// The module that the call `name` in `parent` is of.
    pub(super) fn child(&self, parent: usize, name: &str) -> Option<usize> {
        self.modules.get(parent)?.calls.get(name).copied()
    }

    /// The module that a path of calls leads to.
    pub(super) fn module_at(&self, path: &[Step<'_>]) -> Option<usize> {
        path.iter().try_fold(self.root()?, |at, step| self.child(at, step.name))
    }

    /// The block `name` of `kind` in a module.
    pub(super) fn block(&self, module: usize, data: bool, kind: &str, name: &str) -> Option<usize> {
        self.modules.get(module)?.blocks.get(&block_name(data, kind, name)).copied()
    }
}

/// How a block or a call is repeated.
fn repetition(count: &Raw<'_>, for_each: &Raw<'_>) -> Repetition {
    match (count.0, for_each.0) {
        (_, Some(_)) => Repetition::Each,
        (Some(_), None) => Repetition::Count,
        (None, None) => Repetition::Once,
    }
}

/// What a block is called inside its module.
pub(super) fn block_name(data: bool, kind: &str, name: &str) -> String {
    if data { format!("data.{kind}.{name}") } else { format!("{kind}.{name}") }
}

impl<'p> Block<'p> {
    /// The names that it sets at its top level.
    pub(super) fn names(&self) -> &[&'p str] {
        &self.names
    }

    /// All its expressions by the name at its top level that they stand under, and what it is repeated over.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Vec<&'p str>)> {
        let own = self.expressions.iter().filter_map(|(name, raw)| Some((name.as_ref(), leaves(raw.0?))));
        own.chain(self.for_each.map(|over| ("for_each", vec![over])))
    }

    /// The same without those that it sets to null, which leaves them to the provider.
    pub(super) fn chosen(&self) -> &[&'p str] {
        self.chosen.as_ref().unwrap_or(&self.names)
    }

    /// Takes in which names it sets to null.
    pub(super) fn leave(&mut self, nulls: &FxHashSet<String>) {
        self.chosen = Some(self.names.iter().copied().filter(|name| !nulls.contains(*name)).collect());
    }

    /// The names that are no blocks, with their expressions.
    pub(super) fn wholes(&self) -> impl Iterator<Item = (&str, &'p str)> {
        let all = self.expressions.iter().filter_map(|(name, raw)| Some((name.as_ref(), raw.0?)));
        all.filter(|(_, raw)| raw.starts_with('{') && raw.len() < LONGEST_CHOICE)
    }

    /// The expression that `name` is, where it is no block.
    pub(super) fn whole(&self, name: &str) -> Option<&'p str> {
        let raw = find(&self.expressions, name).filter(|raw| raw.starts_with('{'))?;
        let Map(entries) = serde_json::from_str::<Map<'p, Raw<'p>>>(raw).ok()?;
        find(&entries, "references").map(|_| raw)
    }

    /// The expressions at `path`, a dotted path through nested blocks. Of repeated blocks, those count that `only` asks
    /// for, if any of them is; else all.
    pub(super) fn expressions(&self, path: &str, only: Option<Only>) -> Vec<&'p str> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let Some(raw) = find(&self.expressions, first) else { return Vec::new() };
        match rest {
            None => leaves(raw),
            Some(rest) => within(raw, rest, only),
        }
    }
}

fn find<'p>(expressions: &[(Cow<'p, str>, Raw<'p>)], name: &str) -> Option<&'p str> {
    expressions.iter().rev().find(|(key, _)| key == name).and_then(|(_, raw)| raw.0)
}

/// An expression itself, or those inside a block that is asked for as a whole.
pub(super) fn leaves(raw: &str) -> Vec<&str> {
    leaves_at(raw, 0)
}

fn leaves_at<'p>(raw: &'p str, depth: usize) -> Vec<&'p str> {
    // No provider's blocks nest like this: what does would fill the stack.
    if depth > DEEPEST_BLOCK {
        return Vec::new();
    }
    let leaves = |raw: &'p str| leaves_at(raw, depth + 1);
    if raw.starts_with('[') {
        return list(raw).into_iter().flat_map(leaves).collect();
    }
    let Ok(Map(entries)) = serde_json::from_str::<Map<'_, Raw<'_>>>(raw) else { return Vec::new() };
    let is_expression = entries.iter().any(|(key, _)| key == "references" || key == "constant_value");
    if is_expression || entries.is_empty() {
        return vec![raw];
    }
    entries.into_iter().filter_map(|(_, raw)| raw.0).flat_map(leaves).collect()
}

/// The expressions at `path` inside a block or a list of blocks.
fn within<'p>(raw: &'p str, path: &str, only: Option<Only>) -> Vec<&'p str> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    // A block that occurs once is an object, one that may repeat a list of them.
    let blocks = if raw.starts_with('[') { list(raw) } else { vec![raw] };
    let blocks: Vec<_> =
        blocks.into_iter().filter_map(|raw| serde_json::from_str::<Map<'p, Raw<'p>>>(raw).ok()).collect();
    let fits = |at: usize, Map(entries): &Map<'p, Raw<'p>>, only: Only| match only {
        Only::Position(position) => at == position,
        Only::Constant(name, value) => {
            find(entries, name).and_then(constant).is_some_and(|raw| raw.trim_matches('"').parse() == Ok(value))
        }
        Only::Named(named) => named.iter().all(|(name, text)| {
            find(entries, name).and_then(constant).is_some_and(|raw| raw.trim_matches('"') == *text)
        }),
    };
    let chosen = only.filter(|only| blocks.iter().enumerate().any(|(at, block)| fits(at, block, *only)));
    (blocks.iter().enumerate())
        .filter(|(at, block)| chosen.is_none_or(|only| fits(*at, block, only)))
        .filter_map(|(_, Map(entries))| find(entries, first))
        .flat_map(|raw| match rest {
            None => leaves(raw),
            Some(rest) => within(raw, rest, None),
        })
        .collect()
}

fn list(raw: &str) -> Vec<&str> {
    let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
    items.into_iter().map(RawValue::get).collect()
}

/// The constant that an expression is, as JSON text.
pub(super) fn constant(expression: &str) -> Option<&str> {
    let Map(entries) = serde_json::from_str::<Map<'_, Raw<'_>>>(expression).ok()?;
    find(&entries, "constant_value")
}

/// The reference strings of an expression.
pub(super) fn references(expression: &str) -> Vec<Cow<'_, str>> {
    let Ok(Map(entries)) = serde_json::from_str::<Map<'_, Raw<'_>>>(expression) else {
        return Vec::new();
    };
    let Some(raw) = find(&entries, "references") else { return Vec::new() };
    let layout::List(texts) = serde_json::from_str::<layout::List<layout::Str<'_>>>(raw).unwrap_or_default();
    texts.into_iter().filter_map(|text| text.0).collect()
}
