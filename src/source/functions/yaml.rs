//! YAML, as Terraform writes it and as people write it.

use crate::source::scope::{Outcome, Stop};
use crate::source::value::{Members, Value, spell};

/// Documents nest no deeper than this.
const DEEPEST: usize = 64;

/// A value in YAML; nothing where it nests too deep.
pub(super) fn encode(value: &Value) -> Option<String> {
    let mut text = String::new();
    match value {
        Value::Map(members) if !members.is_empty() => map(members, 0, &mut text)?,
        Value::List(_, items) if !items.is_empty() => list(items, 0, &mut text)?,
        other => {
            text.push_str(&scalar(other));
            text.push('\n');
        }
    }
    Some(text)
}

fn map(members: &Members, depth: usize, into: &mut String) -> Option<()> {
    for (at, (name, value)) in members.iter().enumerate() {
        // The first stands where the element of a list begins.
        if at > 0 || into.is_empty() || into.ends_with('\n') {
            into.push_str(&"  ".repeat(depth));
        }
        into.push_str(&format!("{}:", serde_json::Value::from(&**name)));
        inner(value, depth, into)?;
    }
    Some(())
}

fn list(items: &[Value], depth: usize, into: &mut String) -> Option<()> {
    for item in items {
        into.push_str(&format!("{}-", "  ".repeat(depth)));
        match item {
            Value::Map(members) if !members.is_empty() => {
                into.push(' ');
                map(members, depth + 1, into).filter(|()| depth < DEEPEST)?;
            }
            other => inner(other, depth, into)?,
        }
    }
    Some(())
}

fn inner(value: &Value, depth: usize, into: &mut String) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Map(members) if !members.is_empty() => {
            into.push('\n');
            map(members, depth + 1, into)
        }
        Value::List(_, items) if !items.is_empty() => {
            into.push('\n');
            list(items, depth, into)
        }
        other => {
            into.push_str(&format!(" {}\n", scalar(other)));
            Some(())
        }
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => spell(*number),
        Value::Map(_) => "{}".to_owned(),
        Value::List(..) => "[]".to_owned(),
        Value::Hole | Value::Text(_) => value.document().to_string(),
    }
}

/// What a document says. Anchors may make a small text a huge value: of those nothing is known.
pub(super) fn decode(text: &str) -> Outcome {
    if text.contains(['&', '*']) {
        return Ok(Value::Hole);
    }
    let read: serde_json::Value = serde_saphyr::from_str(text).map_err(|_| Stop::Wrong)?;
    Ok(super::encoding::decoded(&read))
}
