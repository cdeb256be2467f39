//! The section `configuration`: what was written, with references where values were.

use serde_json::{Map, Value, json};

use super::template::{Block, Call, Module};
use super::value::marker;

/// The whole section.
pub(super) fn configuration(root: &Module) -> Value {
    let provider = |name: &str, version: &str| {
        json!({
            "name": name,
            "full_name": format!("registry.terraform.io/hashicorp/{name}"),
            "version_constraint": version,
        })
    };
    let mut aws = provider("aws", "~> 6.0");
    if let Value::Object(fields) = &mut aws {
        fields.insert("expressions".into(), json!({"region": {"constant_value": "eu-central-1"}}));
    }
    json!({"provider_config": {"aws": aws, "random": provider("random", "~> 3.6")}, "root_module": module(root)})
}

fn module(module: &Module) -> Value {
    let mut out = Map::new();
    let outputs: Map<String, Value> = (module.outputs.iter())
        .map(|(name, value)| (name.clone(), json!({"expression": expression(value).unwrap_or(json!({}))})))
        .collect();
    if !outputs.is_empty() {
        out.insert("outputs".into(), Value::Object(outputs));
    }
    out.insert("resources".into(), module.blocks.iter().map(block).collect());
    if !module.calls.is_empty() {
        let calls = module.calls.iter().map(|(name, called)| (name.clone(), call(name, called)));
        out.insert("module_calls".into(), Value::Object(calls.collect()));
    }
    out.insert("variables".into(), Value::Object(module.variables.clone()));
    Value::Object(out)
}

fn call(name: &str, call: &Call) -> Value {
    let mut out = Map::new();
    out.insert("source".into(), json!(format!("./modules/{name}")));
    out.insert("expressions".into(), expressions(&call.arguments));
    if let Some(each) = &call.for_each {
        out.insert("for_each_expression".into(), expression(each).unwrap_or(json!({})));
    }
    out.insert("module".into(), module(&call.module));
    Value::Object(out)
}

fn block(block: &Block) -> Value {
    let mut out = Map::new();
    out.insert("address".into(), json!(block.address()));
    out.insert("mode".into(), json!(block.mode()));
    out.insert("type".into(), json!(block.kind));
    out.insert("name".into(), json!(block.name));
    out.insert("provider_config_key".into(), json!(block.provider()));
    out.insert("expressions".into(), expressions(&block.values));
    out.insert("schema_version".into(), json!(block.version));
    for (name, each) in [("count_expression", &block.count), ("for_each_expression", &block.for_each)] {
        if let Some(each) = each {
            out.insert(name.into(), expression(each).unwrap_or(json!({})));
        }
    }
    Value::Object(out)
}

fn expressions(values: &Map<String, Value>) -> Value {
    let told = values.iter().filter_map(|(name, value)| Some((name.clone(), expression(value)?)));
    Value::Object(told.collect())
}

/// What was written where a value stands; nothing where the provider computes it.
fn expression(template: &Value) -> Option<Value> {
    match template {
        Value::Null => None,
        Value::String(text) => match text.strip_prefix('@') {
            Some(rest) => Some(references(rest.split_once(" = ").map_or(rest, |(names, _)| names))),
            None if text.starts_with('?') => None,
            None => Some(json!({"constant_value": text})),
        },
        // Nested blocks are lists of objects.
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let blocks = items.iter().map(|item| match item {
                Value::Object(fields) => expressions(fields),
                other => other.clone(),
            });
            Some(blocks.collect())
        }
        Value::Object(fields) => match (fields.get("@"), marker(fields)) {
            (Some(Value::String(names)), _) => Some(references(names)),
            (_, Some(("?" | "??", _))) => None,
            // A function of constants shows neither.
            (_, Some(("json" | "=", _))) => Some(json!({})),
            (_, Some(("~", Value::Array(pair)))) => expression(pair.last()?),
            (_, Some(("%", Value::Object(choices)))) => expression(choices.get("else")?),
            (_, Some((_, value))) => expression(value),
            (_, None) => Some(json!({"constant_value": template})),
        },
        other => Some(json!({"constant_value": other})),
    }
}

/// Each name, followed by its prefixes down to the thing itself, as Terraform lists them.
fn references(names: &str) -> Value {
    let mut all: Vec<&str> = Vec::new();
    for name in names.split(' ') {
        let steps = if name.starts_with("data.") { 3 } else { 2 };
        let mut prefix = name;
        all.push(prefix);
        while let Some((shorter, _)) = prefix.rsplit_once(['.', '[']) {
            if shorter.split('.').count() < steps {
                break;
            }
            prefix = shorter;
            all.push(prefix);
        }
    }
    json!({"references": all})
}
