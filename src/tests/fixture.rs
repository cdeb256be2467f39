//! Makes small plans in Terraform's JSON, where a test needs a shape that no real plan at hand has.

use serde_json::{Value, json};

use crate::model::{Attr, Resource};
use crate::plan::{Input, Plan, PlanError, read};

/// One entry of `resource_changes`.
#[allow(clippy::needless_pass_by_value, reason = "the tests read better so")]
pub(super) fn change(address: &str, actions: &[&str], before: Value, after: Value) -> Value {
    let (kind, name) = address.rsplit('.').next().map_or(("", ""), |name| {
        let kind = address.rsplit('.').nth(1).unwrap_or_default();
        (kind, name)
    });
    json!({
        "address": address, "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": { "actions": actions, "before": before, "after": after, "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {} },
    })
}

/// A plan of these entries.
pub(super) fn plan(changes: &[Value]) -> Value {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": { "root_module": {} },
    })
}

/// A text as an input.
pub(super) fn input(text: &str) -> Input {
    Input::decode("plan.json".to_owned(), text.as_bytes().to_vec()).unwrap()
}

/// The plans in a text, each side of each instance described by its type and its `name`.
pub(super) fn read_names(input: &Input) -> Result<Vec<Plan<'_, String>>, PlanError> {
    let name = |resource: &Resource<'_>| match resource.body.text("name") {
        Attr::Set(name) => name.to_string(),
        other => format!("{other:?}"),
    };
    read(input, &|_, _, show| {
        let mut found = String::new();
        show(&mut |resource| found = name(resource));
        found
    })
}
