//! What an input is that is not a plan, and what to do about it.

use serde_json::Value;

use super::error::PlanError;

const SHOW: &str = "run `terraform show -json tfplan > plan.json` (or `tofu show -json`) and check plan.json";

fn not_a_plan(name: String, what: &str, hint: &str) -> PlanError {
    PlanError::NotAPlan { name, what: what.to_owned(), hint: hint.to_owned() }
}

pub(super) fn binary_plan(name: String) -> PlanError {
    not_a_plan(
        name,
        "a zip archive, most likely the binary plan that `terraform plan -out` writes",
        "run `terraform show -json FILE > plan.json` on it and check plan.json",
    )
}

pub(super) fn gzip(name: String) -> PlanError {
    not_a_plan(name, "compressed with gzip", "unpack it first: `gunzip -c FILE | planwise check -`")
}

/// Explains a text that does not even begin like a JSON object.
pub(super) fn text(name: String, text: &str) -> PlanError {
    let head: String = text.chars().take(200_000).collect();
    let plain = strip_ansi(&head);
    let says = |needle: &str| plain.contains(needle);
    if says("Terraform will perform the following actions")
        || says("OpenTofu will perform the following actions")
        || says("Resource actions are indicated with the following symbols")
        || says("No changes. ")
        || says("Plan: ") && says("to add")
        || says("Refreshing state...")
        || says("will be created")
    {
        return not_a_plan(
            name,
            "the text of a plan, made for people",
            "save the plan with `terraform plan -out tfplan`, then `terraform show -json tfplan > plan.json`",
        );
    }
    if plain.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("resource \"") || line.starts_with("module \"") || line.starts_with("provider \"")
    }) {
        return not_a_plan(
            name,
            "Terraform source code",
            "plan it: `terraform plan -out tfplan && terraform show -json tfplan > plan.json`",
        );
    }
    if plain.trim_start().starts_with('[') {
        return array(name);
    }
    not_a_plan(name, "no JSON at all", SHOW)
}

fn array(name: String) -> PlanError {
    not_a_plan(
        name,
        "a JSON array",
        "a plan is one object; if these are several plans, write one after the other: `jq -c '.[]'`; \
         if they are the events of `terraform plan -json`, use `terraform show -json` instead",
    )
}

/// Removes the escape sequences of coloured output.
fn strip_ansi(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

/// Explains a JSON object that has nothing of a plan. It is parsed whole: this is the way to exit 2.
pub(super) fn object(name: String, json: &str) -> PlanError {
    let Ok(Value::Object(keys)) = serde_json::from_str::<Value>(json) else {
        return not_a_plan(name, "no JSON object", SHOW);
    };
    let has = |key: &str| keys.contains_key(key);
    if has("@level") || has("@message") || has("@module") {
        return not_a_plan(
            name,
            "the event log of `terraform plan -json`",
            "the log holds no plan: `terraform plan -out tfplan`, then `terraform show -json tfplan > plan.json`",
        );
    }
    if has("serial") && has("lineage") || has("terraform_version") && has("resources") {
        return not_a_plan(
            name,
            "a state file",
            "planwise reads plans: `terraform plan -out tfplan`, then `terraform show -json tfplan > plan.json`",
        );
    }
    if has("provider_schemas") {
        return not_a_plan(name, "the output of `terraform providers schema -json`", SHOW);
    }
    if has("valid") && has("diagnostics") {
        return not_a_plan(name, "the output of `terraform validate -json`", SHOW);
    }
    if has("function_signatures") {
        return not_a_plan(name, "the output of `terraform metadata functions -json`", SHOW);
    }
    if has("values") {
        return not_a_plan(
            name,
            "the JSON of a state (`terraform show -json` without a plan file)",
            "name the plan: `terraform show -json tfplan > plan.json`",
        );
    }
    if has("$schema") && (has("properties") || has("definitions") || has("$defs")) || has("properties") && has("type") {
        return not_a_plan(name, "a JSON schema", SHOW);
    }
    if has("projects") && (has("totalMonthlyCost") || has("currency")) {
        return not_a_plan(name, "the output of Infracost", SHOW);
    }
    if has("Resources") && (has("AWSTemplateFormatVersion") || has("Parameters")) {
        return not_a_plan(name, "a CloudFormation template", "planwise reads plans of Terraform and OpenTofu");
    }
    if let Some(path) = wrapped(&Value::Object(keys.clone()), "", 0) {
        return PlanError::NotAPlan {
            name,
            what: format!("a JSON object that holds a plan at {path}"),
            hint: format!("take it out first: `jq '{path}' FILE | planwise check -`"),
        };
    }
    if keys.keys().all(|key| key == "format_version" || key == "terraform_version") && has("format_version") {
        return not_a_plan(
            name,
            "what `terraform show -json` prints where there is neither state nor plan",
            "name the plan file: `terraform show -json tfplan > plan.json`",
        );
    }
    not_a_plan(name, "a JSON object without anything that a plan has", SHOW)
}

/// Where inside `value` a plan hides, as a `jq` path.
fn wrapped(value: &Value, path: &str, depth: usize) -> Option<String> {
    let keys = value.as_object()?;
    if depth > 0 && (keys.contains_key("resource_changes") || keys.contains_key("planned_values")) {
        return Some(path.to_owned());
    }
    if depth == 4 {
        return None;
    }
    keys.iter().find_map(|(key, inner)| {
        let simple = !key.is_empty()
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !key.starts_with(|c: char| c.is_ascii_digit());
        let step = if simple { format!("{path}.{key}") } else { format!("{path}[{}]", Value::from(key.as_str())) };
        let step = if step.starts_with('[') { format!(".{step}") } else { step };
        wrapped(inner, &step, depth + 1)
    })
}
