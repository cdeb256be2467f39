//! JSON and Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::{HOLE, holds_hole};
use crate::source::scope::{Outcome, Stop};
use crate::source::value::Value;

/// A value as JSON, spelled as Terraform spells it; a hole in it is a text.
pub(super) fn json(value: &Value) -> String {
    let text = value.document().to_string();
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => spelled.push_str("\\u003c"),
            '>' => spelled.push_str("\\u003e"),
            '&' => spelled.push_str("\\u0026"),
            '\u{2028}' => spelled.push_str("\\u2028"),
            '\u{2029}' => spelled.push_str("\\u2029"),
            c => spelled.push(c),
        }
    }
    spelled
}

pub(super) fn from_json(text: &str) -> Outcome {
    let value = serde_json::from_str(text).map_err(|_| Stop::Wrong)?;
    Ok(decoded(&value))
}

/// What a document says: its lists are tuples, in order.
pub(super) fn decoded(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Array(items) => Value::list(items.iter().map(decoded).collect()),
        serde_json::Value::Object(members) => {
            Value::map(members.iter().map(|(name, value)| (name.as_str().into(), decoded(value))).collect())
        }
        other => Value::of(other, &[]),
    }
}

/// A text in Base64. One with a hole is not known, but what is in it can still be read: a [`HOLE`] stands before it.
pub(super) fn base64(text: &str) -> String {
    let encoded = STANDARD.encode(text);
    if holds_hole(text) { format!("{HOLE}{encoded}") } else { encoded }
}

/// The text that Base64 stands for.
pub(super) fn from_base64(text: &str) -> Option<String> {
    let text = text.strip_prefix(HOLE).unwrap_or(text);
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}
