//! Which region a resource's provider works in.

use super::configuration::{Configuration, Provider, constant, references};
use crate::model::Text;

/// The region of the provider that `block` uses, as far as the configuration tells.
pub(super) fn region_of(configuration: &Configuration<'_>, block: usize) -> Option<Text> {
    let block = configuration.blocks.get(block)?;
    let key = block.provider.as_deref()?;
    let provider = find(configuration, key)?;
    // The provider block stands in the root module or in the module whose address it carries.
    let module = match provider.module_address.as_deref() {
        None | Some("") => configuration.root()?,
        Some(address) => module_at(configuration, address)?,
    };
    text_of(configuration, provider.region?, module, 0)
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
