//! Nothing that a plan marks as sensitive is printed, in any output and any error.
//!
//! A marker is planted in place of every value of one attribute after the other, in every resource that has it, before and
//! after, in changes and in states; then every output is searched for it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fixture;
use super::scanners::SCANNERS;
use super::support::{input, project, written};
use crate::model::Stage;
use crate::plan::Input;
use crate::policy::Policy;
use crate::report::{self, Style};
use crate::run;
use crate::units::Grouped;

const MARKER: &str = "s3cr3t-marker-7f2a";

/// Stands in place of a number, so that whoever counts with it would go on doing so.
const TELLTALE: u64 = 87_654_321;

/// Whether a text tells what was planted, however it is spelled.
fn tells(text: &str) -> bool {
    text.contains(MARKER) || [TELLTALE.to_string(), Grouped(TELLTALE).to_string()].iter().any(|n| text.contains(n))
}

/// Every output of the program for a plan, which has to be one.
fn outputs(text: &str) -> Vec<String> {
    let plan = fixture::input(text);
    let mut all = Vec::new();
    let report = run::check(vec![fixture::input(text)], &Policy::default()).unwrap();
    let style = Style { width: 100, quiet: false };
    all.push(written(|out| report::table(&report, style, out)));
    all.push(written(|out| report::table(&report, Style { quiet: true, ..style }, out)));
    all.push(written(|out| report::json(&report, out)));
    all.push(written(|out| report::markdown(&report, out)));
    all.extend(SCANNERS.map(|(_, render)| written(|out| render(&report, out))));
    for stage in [Stage::Before, Stage::After] {
        for graph in run::graphs(&plan, stage).unwrap() {
            let picture = graph.picture(None, 0).unwrap();
            all.push(written(|out| report::graph_json(&picture, out)));
            all.push(written(|out| report::dot(&picture, out)));
            all.push(written(|out| report::mermaid(&picture, out)));
        }
    }
    for (name, [before, after]) in run::topologies(&plan).unwrap() {
        all.push(written(|out| report::facts(&name, &[&before, &after], out)));
    }
    all
}

/// Puts the marker in place of every text in a value, and the telltale in place of every number, also of one in a text; what is left
/// becomes a text.
fn plant(value: &mut Value) {
    match value {
        Value::Object(all) => all.values_mut().for_each(plant),
        Value::Array(all) if !all.is_empty() => all.iter_mut().for_each(plant),
        Value::Null => {}
        // A text that holds JSON keeps its shape, so that whoever takes it apart finds the marker inside.
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(mut inner @ (Value::Object(_) | Value::Array(_))) => {
                plant(&mut inner);
                *text = inner.to_string();
            }
            Ok(Value::Number(_)) => *text = TELLTALE.to_string(),
            _ => *text = format!("{MARKER}-{text}"),
        },
        Value::Number(_) => *value = json!(TELLTALE),
        other => *other = json!(MARKER),
    }
}

/// Makes `attribute` a secret in one side of a change or a resource of a state.
fn hide(holder: &mut Value, values: &str, marks: &str, attribute: &str) {
    let Some(value) = holder[values].as_object_mut().and_then(|all| all.get_mut(attribute)) else { return };
    plant(value);
    if !holder[marks].is_object() {
        holder[marks] = json!({});
    }
    holder[marks][attribute] = json!(true);
}

fn hide_in_state(module: &mut Value, attribute: &str) {
    for resource in module["resources"].as_array_mut().into_iter().flatten() {
        hide(resource, "values", "sensitive_values", attribute);
    }
    for child in module["child_modules"].as_array_mut().into_iter().flatten() {
        hide_in_state(child, attribute);
    }
}

fn hide_everywhere(plan: &mut Value, attribute: &str) {
    for key in ["resource_changes", "resource_drift"] {
        for change in plan[key].as_array_mut().into_iter().flatten() {
            hide(&mut change["change"], "before", "before_sensitive", attribute);
            hide(&mut change["change"], "after", "after_sensitive", attribute);
        }
    }
    for state in ["prior_state", "planned_values"] {
        let values = if state == "prior_state" { &mut plan[state]["values"] } else { &mut plan[state] };
        if values["root_module"].is_object() {
            hide_in_state(&mut values["root_module"], attribute);
        }
    }
}

/// The attributes that any resource of a plan has.
fn attributes(plan: &Value) -> BTreeSet<String> {
    let changes = plan["resource_changes"].as_array().into_iter().flatten();
    let sides = changes.flat_map(|change| [&change["change"]["before"], &change["change"]["after"]]);
    sides.filter_map(Value::as_object).flat_map(|side| side.keys().cloned()).collect()
}

#[test]
fn sensitive_values_are_never_printed() {
    for scenario in ["shop", "shop-update"] {
        let text = std::fs::read_to_string(project(&format!("testdata/plans/{scenario}/plan.json"))).unwrap();
        let plan: Value = serde_json::from_str(&text).unwrap();
        let names = attributes(&plan);
        assert!(names.len() > 100, "{scenario} has {} attributes", names.len());
        // A few at a time: what is hidden alone is met where everything else can be seen.
        let names: Vec<String> = names.into_iter().collect();
        let groups = 16;
        for group in 0..groups {
            let mut hidden = plan.clone();
            let few: Vec<&String> = names.iter().skip(group).step_by(groups).collect();
            for name in &few {
                hide_everywhere(&mut hidden, name);
            }
            let hidden = hidden.to_string();
            assert!(tells(&hidden), "{scenario}: none of {few:?} has a value");
            for output in outputs(&hidden) {
                assert!(!tells(&output), "{scenario}: one of {few:?} is printed:\n{output}");
            }
        }
        let mut hidden = plan.clone();
        for name in attributes(&plan) {
            hide_everywhere(&mut hidden, &name);
        }
        for output in outputs(&hidden.to_string()) {
            assert!(!tells(&output), "{scenario}:\n{output}");
        }
    }
}

/// The counter-check: what is planted is seen where nothing marks it.
#[test]
fn the_same_values_are_printed_where_nothing_marks_them() {
    let text = std::fs::read_to_string(project("testdata/plans/shop/plan.json")).unwrap();
    for (attribute, planted) in
        [("max_capacity", Grouped(TELLTALE).to_string()), ("availability_zone", MARKER.to_owned())]
    {
        let mut plan: Value = serde_json::from_str(&text).unwrap();
        hide_everywhere(&mut plan, attribute);
        for change in plan["resource_changes"].as_array_mut().unwrap() {
            change["change"]["before_sensitive"] = json!({});
            change["change"]["after_sensitive"] = json!({});
        }
        assert!(outputs(&plan.to_string()).iter().any(|output| output.contains(&planted)), "{attribute}");
    }
}

/// A part of a value can be marked alone: one variable of an environment.
#[test]
fn sensitive_parts_are_never_printed() {
    let variables = json!({ "DB_HOST": MARKER, "DB_POOL_SIZE": TELLTALE.to_string(), "DB_URL": format!("postgres://u:{MARKER}@db/x?pool={MARKER}") });
    let marks = json!({ "environment": [{ "variables": { "DB_HOST": true, "DB_POOL_SIZE": true, "DB_URL": true } }] });
    let function = json!({ "function_name": "f", "environment": [{ "variables": variables }] });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4",
        "variables": { "password": { "value": MARKER } },
        "configuration": { "root_module": { "variables": { "password": { "sensitive": true, "default": MARKER } } } },
        "resource_changes": [{
            "address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function", "name": "f",
            "change": { "actions": ["update"], "before": function, "after": function, "after_unknown": {}, "before_sensitive": marks, "after_sensitive": marks },
        }],
        "output_changes": { "o": { "actions": ["create"], "after": MARKER, "after_sensitive": true } },
    });
    for output in outputs(&plan.to_string()) {
        assert!(!tells(&output), "{output}");
    }
}

/// What is not marked is still nobody's business: a password in an environment, a URL's credentials.
#[test]
fn values_that_no_rule_reads_are_never_printed() {
    let text = std::fs::read_to_string(project("testdata/plans/shop/plan.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    let mut planted = 0;
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        let Some(text) = change["change"]["after"]["container_definitions"].as_str() else { continue };
        let mut definitions: Value = serde_json::from_str(text).unwrap();
        for definition in definitions.as_array_mut().unwrap() {
            let environment = definition["environment"].as_array_mut().unwrap();
            environment.push(json!({ "name": "API_TOKEN", "value": MARKER }));
            environment
                .push(json!({ "name": "OTHER_URL", "value": format!("postgres://app:{MARKER}@db.example.com/app") }));
            planted += 1;
        }
        change["change"]["after"]["container_definitions"] = definitions.to_string().into();
    }
    assert!(planted > 0);
    for output in outputs(&plan.to_string()) {
        assert!(!tells(&output), "{output}");
    }
}

/// Whatever is wrong with a plan, its error does not quote it.
#[test]
fn errors_quote_nothing() {
    let whole = format!("{{\"format_version\":\"1.2\",\"resource_changes\":[{{\"address\":\"{MARKER}\"");
    let texts = [
        whole.clone(),
        format!("{whole} {MARKER}"),
        format!("{{\"format_version\":\"{MARKER}\",\"resource_changes\":[]}}"),
        format!("{{\"{MARKER}\":\"{MARKER}\"}}"),
        MARKER.to_owned(),
        format!("{{\"resource_changes\":[{MARKER}]}}"),
        format!("{{\"resource_changes\":[]}} {MARKER}"),
    ];
    for text in texts {
        let plan = Input::decode("plan.json".to_owned(), text.clone().into_bytes()).unwrap();
        let error = run::check(vec![plan], &Policy::default()).unwrap_err();
        // A format's version is what the message is about; it is cut to a few characters.
        if !text.contains("format_version\":\"s3") {
            assert!(!format!("{error} {error:?}").contains(MARKER), "{error}");
        }
    }
    assert!(!input("testdata/plans/shop/plan.json").text().unwrap().contains(MARKER));
}
