//! Which region and which account a resource's provider works in.

use std::collections::BTreeMap;

use super::configuration::{Configuration, Provider, constant, leaves, references};
use super::layout::{List, Map, Raw};
use crate::model::{Account, Text, account_of};

/// The region of the provider that `block` uses, as far as the configuration tells.
pub(super) fn region_of(configuration: &Configuration<'_>, block: usize) -> Option<Text> {
    let block = configuration.blocks.get(block)?;
    let key = block.provider.as_deref()?;
    let provider = find(configuration, key)?;
    text_of(configuration, provider.region?, module_of(configuration, provider)?, 0)
}

/// The account that the provider of each block works in, as far as the configuration tells. Of credentials it only tells which are
/// the same, and never what they are.
pub(super) fn accounts(configuration: &Configuration<'_>) -> Vec<Account> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeMap<&str, Account> = BTreeMap::new();
    let mut account = |key: &str| {
        let provider = find(configuration, key);
        let number = provider.and_then(|provider| number_of(configuration, provider));
        let credentials = credentials_of(provider, key).map(|credentials| {
            let next = seen.len();
            *seen.entry(credentials).or_insert(next)
        });
        Account { number, credentials }
    };
    let all = configuration.blocks.iter().map(|block| {
        let Some(key) = block.provider.as_deref() else { return Account::default() };
        known.entry(key).or_insert_with(|| account(key)).clone()
    });
    all.collect()
}

/// What stands for the credentials of a provider: how they are written, and where. Nothing where one block has several.
fn credentials_of(provider: Option<&Provider<'_>>, key: &str) -> Option<String> {
    let Some(provider) = provider else {
        // Without a block it works with what its surroundings hand it.
        let name = key.rsplit_once(':').map_or(key, |(_, name)| name);
        return Some(if name.contains('.') { key.to_owned() } else { String::new() });
    };
    let all: Vec<String> = provider.credentials.iter().map(|(name, raw)| format!("{name}={raw}")).collect();
    let named: Vec<_> = provider.credentials.iter().flat_map(|(_, raw)| leaves(raw)).flat_map(references).collect();
    if named.iter().any(|name| name.starts_with("each.")) {
        return None;
    }
    // The same name means something else in another module.
    let scope = if named.is_empty() { "" } else { provider.module_address.as_deref().unwrap_or_default() };
    Some(if all.is_empty() { String::new() } else { format!("{scope} {}", all.join(" ")) })
}

/// The account that a provider names: the only one that it is allowed to work in, or that of the role that it takes on.
fn number_of(configuration: &Configuration<'_>, provider: &Provider<'_>) -> Option<Text> {
    let told = |name: &str| provider.credentials.iter().find(|(known, _)| known == name).map(|(_, raw)| *raw);
    let allowed = told("allowed_account_ids").and_then(constant).and_then(only);
    let role = || {
        let module = module_of(configuration, provider)?;
        let blocks = serde_json::from_str::<List<Map<'_, Raw<'_>>>>(told("assume_role")?).ok()?;
        // Of roles that are taken on one after the other, the last one works.
        let Map(last) = blocks.0.into_iter().next_back()?;
        let (_, arn) = last.into_iter().find(|(name, _)| name == "role_arn")?;
        account_of(&text_of(configuration, arn.0?, module, 0)?)
    };
    allowed.or_else(role)
}

/// The only text of a list.
fn only(raw: &str) -> Option<Text> {
    let all: Vec<String> = serde_json::from_str(raw).ok()?;
    let [only] = all.as_slice() else { return None };
    Some(only.into())
}

/// The module in which a provider block stands: the root module, or the one whose address it carries.
fn module_of(configuration: &Configuration<'_>, provider: &Provider<'_>) -> Option<usize> {
    match provider.module_address.as_deref() {
        None | Some("") => configuration.root(),
        Some(address) => module_at(configuration, address),
    }
}

/// Looks `key` up as it stands, then without the module before its colon, then without an alias' module path.
///
/// Old versions write the name of the innermost module before the colon, which names no provider (0.12 to 1.1), and a
/// provider that a module inherits is written under the module although it stands in the root.
fn find<'c, 'p>(configuration: &'c Configuration<'p>, key: &str) -> Option<&'c Provider<'p>> {
    let providers = &configuration.providers;
    if let Some(provider) = providers.get(key) {
        return Some(provider);
    }
    let (mut scope, name) = key.rsplit_once(':')?;
    while let Some((outer, _)) = scope.rsplit_once(".module.") {
        if let Some(provider) = providers.get(&format!("{outer}:{name}")) {
            return Some(provider);
        }
        scope = outer;
    }
    providers.get(name)
}

fn module_at(configuration: &Configuration<'_>, address: &str) -> Option<usize> {
    let mut at = configuration.root()?;
    for step in crate::model::steps(address)? {
        if step.name != "module" {
            at = configuration.child(at, step.name)?;
        }
    }
    Some(at)
}

/// The text that an expression of `module` has, where it is a constant or a variable that ends in one.
fn text_of(configuration: &Configuration<'_>, expression: &str, module: usize, depth: usize) -> Option<Text> {
    if depth > 16 {
        return None;
    }
    if let Some(raw) = constant(expression) {
        return text(raw);
    }
    let references = references(expression);
    let [reference] = references.as_slice() else { return None };
    let variable = reference.strip_prefix("var.")?;
    let declared = configuration.modules.get(module)?;
    let Some(parent) = declared.parent else {
        return text(configuration.variables.get(variable)?);
    };
    match declared.arguments.get(variable) {
        Some(argument) => text_of(configuration, argument, parent, depth + 1),
        None => text(declared.defaults.get(variable)?),
    }
}

fn text(raw: &str) -> Option<Text> {
    let text: String = serde_json::from_str(raw).ok()?;
    (!text.is_empty()).then(|| text.into())
}
