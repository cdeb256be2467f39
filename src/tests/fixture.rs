//! Makes small plans in Terraform's JSON, where a test needs a shape that no real plan at hand has.

use std::fs;

use serde_json::{Value, json};

use super::support::project;
use crate::finding::Finding;
use crate::model::{Attr, Found, Hit, Lookup, References as _, Resource};
use crate::plan::{Input, Kept, Plan, PlanError, read};
use crate::policy::Policy;
use crate::report::Report;
use crate::run;

/// The type and the name in an address without an instance key.
fn kind_and_name(address: &str) -> (&str, &str) {
    let mut parts = address.rsplit('.');
    let name = parts.next().unwrap_or_default();
    (parts.next().unwrap_or_default(), name)
}

/// One entry of `resource_changes`.
#[allow(clippy::needless_pass_by_value, reason = "the tests read better so")]
pub(super) fn change(address: &str, actions: &[&str], before: Value, after: Value) -> Value {
    let (kind, name) = kind_and_name(address);
    json!({
        "address": address, "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": { "actions": actions, "before": before, "after": after, "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {} },
    })
}

/// One entry of `resource_changes` that creates something, of which nothing is known before apply but `attributes`.
pub(super) fn created(address: &str, unknown: &[&str]) -> Value {
    let mut change = change(address, &["create"], Value::Null, json!({}));
    for attribute in unknown {
        change["change"]["after_unknown"][attribute] = json!(true);
    }
    if let Some((module, _)) = address.rsplit_once('.').and_then(|(rest, _)| rest.rsplit_once('.')) {
        change["module_address"] = json!(module);
    }
    change
}

/// One resource of a state, called `name` there.
pub(super) fn stored(address: &str, name: &str) -> Value {
    let (kind, own) = kind_and_name(address);
    json!({ "address": address, "mode": "managed", "type": kind, "name": own, "values": { "name": name } })
}

/// One resource of a configuration; `expressions` has the references of each attribute.
pub(super) fn block(address: &str, expressions: &[(&str, &[&str])]) -> Value {
    let (kind, name) = kind_and_name(address);
    json!({ "address": address, "mode": "managed", "type": kind, "name": name, "expressions": arguments(expressions) })
}

/// What the arguments of a block or of a module call refer to.
pub(super) fn arguments(all: &[(&str, &[&str])]) -> Value {
    all.iter().map(|(name, references)| ((*name).to_owned(), json!({ "references": references }))).collect()
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
pub(super) fn read_names(input: &Input) -> Result<Vec<Plan<'static, String>>, PlanError> {
    // What a test reads is never so much that it would have to be given back.
    let kept: &'static Kept = Box::leak(Box::default());
    let name = |resource: &Resource<'_>| match resource.body.text("name") {
        Attr::Set(name) => name.to_string(),
        other => format!("{other:?}"),
    };
    read(input, kept, &|_, _, show| {
        let mut found = String::new();
        show(&mut |resource| found = name(resource));
        found
    })
}

/// The addresses that `attribute` of the instance at `address` leads to, and how, by the configuration of the only plan in
/// `text`; then the names at which the way is lost.
pub(super) fn led_to(text: &str, address: &str, attribute: &str) -> (Vec<(String, Found)>, Vec<String>) {
    let input = input(text);
    let plans = read_names(&input).unwrap();
    let [plan] = plans.as_slice() else { panic!("one plan") };
    let at = plan.instances.iter().position(|instance| instance.address.as_str() == address).unwrap();
    let Lookup { hits, dead_ends, .. } = plan.references().lookup(at, attribute, None);
    let place = |hit: Hit| (plan.instances[hit.instance].address.to_string(), hit.found);
    (hits.into_iter().map(place).collect(), dead_ends.into_iter().map(|end| end.name.to_string()).collect())
}

/// A plan of the project, to be changed.
pub(super) fn stored_plan(path: &str) -> Value {
    serde_json::from_slice(&fs::read(project(path)).unwrap()).unwrap()
}

/// The change of the resource at `address`.
pub(super) fn change_in<'v>(plan: &'v mut Value, address: &str) -> &'v mut Value {
    let mut entries = plan["resource_changes"].as_array_mut().unwrap().iter_mut();
    let entry = entries.find(|entry| entry["address"] == address).unwrap_or_else(|| panic!("no {address}"));
    &mut entry["change"]
}

/// The report on a plan.
pub(super) fn checked(plan: &Value) -> Report {
    run::check(vec![input(&plan.to_string())], &Policy::default()).unwrap()
}

/// What changes the attributes of one resource.
pub(super) type Tweak<'t> = (&'t str, &'t dyn Fn(&mut Value));

/// The report on a plan of the project in which a few resources differ, as they stand and as they will be.
pub(super) fn tweaked(path: &str, tweaks: &[Tweak<'_>]) -> Report {
    let mut plan = stored_plan(path);
    for (address, tweak) in tweaks {
        let change = change_in(&mut plan, address);
        for side in ["before", "after"] {
            if change[side].is_object() {
                tweak(&mut change[side]);
            }
        }
    }
    checked(&plan)
}

/// What a rule says in a report, of one resource if it is named.
pub(super) fn said<'r>(report: &'r Report, rule: &str, address: Option<&str>) -> Vec<&'r Finding> {
    let all = report.told.iter().map(|told| &told.advice.finding).filter(|finding| finding.rule.name == rule);
    all.filter(|finding| address.is_none_or(|address| finding.address.as_str() == address)).collect()
}
