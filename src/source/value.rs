//! Values of the configuration, with holes where nothing is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::json;

use crate::model::{HOLE, holds_hole};

/// Members of a map or an object, in the order in which Terraform goes through them.
pub(super) type Members = BTreeMap<Arc<str>, Value>;

/// What an expression comes to, as far as it can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is known of it.
    Hole,
    /// `null`.
    Null,
    /// A switch.
    Bool(bool),
    /// A number, exactly.
    Number(Decimal),
    /// A text; what is not known of it is a [`HOLE`].
    Text(Arc<str>),
    /// Several values in a row.
    List(Sort, Arc<Vec<Value>>),
    /// Values by name.
    Map(Arc<Members>),
}

/// What a row of values is to Terraform.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sort {
    /// A list or a tuple.
    List,
    /// A set: in order, each element once.
    Set,
    /// One of both: JSON does not tell.
    Unsaid,
}

impl Value {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    pub(super) fn list(items: Vec<Self>) -> Self {
        Self::List(Sort::List, Arc::new(items))
    }

    pub(super) fn map(members: Members) -> Self {
        Self::Map(Arc::new(members))
    }

    pub(super) fn number(number: impl Into<Decimal>) -> Self {
        Self::Number(number.into())
    }

    pub(super) fn count(count: usize) -> Self {
        u64::try_from(count).map_or(Self::Hole, Self::number)
    }

    /// Whether there is no hole in it.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Hole => false,
            Self::Null | Self::Bool(_) | Self::Number(_) => true,
            Self::Text(text) => !holds_hole(text),
            Self::List(_, items) => items.iter().all(Self::is_known),
            Self::Map(members) => members.values().all(Self::is_known),
        }
    }

    /// Whether nothing at all is known of it: neither a value, nor how many there are, nor what they are called.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Hole => true,
            Self::Text(text) => !text.is_empty() && text.chars().all(|c| c == HOLE),
            _ => false,
        }
    }

    /// The member `name`, where it is an object.
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members.get(name),
            _ => None,
        }
    }

    /// The elements, where it is a row of values.
    pub fn items(&self) -> Option<&[Self]> {
        match self {
            Self::List(_, items) => Some(items),
            _ => None,
        }
    }

    /// The value as a text, as Terraform converts it; `None` for what it does not convert.
    pub(super) fn as_text(&self) -> Option<Arc<str>> {
        match self {
            Self::Hole => Some(Arc::from(HOLE.to_string())),
            Self::Text(text) => Some(Arc::clone(text)),
            Self::Bool(value) => Some(Arc::from(value.to_string())),
            Self::Number(number) => Some(Arc::from(spell(*number))),
            Self::Null | Self::List(..) | Self::Map(_) => None,
        }
    }

    /// The value as a number, as Terraform converts it.
    pub(super) fn as_number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse(text),
            _ => None,
        }
    }

    /// The value as a switch, as Terraform converts it.
    pub(super) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => match text.as_ref() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value as JSON in which `null` stands for a hole, and the marks of the holes in a plan's own shape.
    pub fn marked(&self) -> (serde_json::Value, serde_json::Value) {
        match self {
            Self::Hole => (serde_json::Value::Null, json!(true)),
            Self::List(_, items) => {
                let (values, marks) = items.iter().map(Self::marked).unzip();
                (serde_json::Value::Array(values), serde_json::Value::Array(marks))
            }
            Self::Map(members) => {
                let (mut values, mut marks) = (serde_json::Map::new(), serde_json::Map::new());
                for (name, value) in members.iter() {
                    let (value, mark) = value.marked();
                    values.insert(name.to_string(), value);
                    if mark != json!(false) {
                        marks.insert(name.to_string(), mark);
                    }
                }
                (values.into(), marks.into())
            }
            _ if self.is_blank() => (serde_json::Value::Null, json!(true)),
            _ => (self.document(), json!(false)),
        }
    }

    /// The value as JSON in which a hole is a text.
    pub(super) fn document(&self) -> serde_json::Value {
        match self {
            Self::Hole => json!(HOLE.to_string()),
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => json!(value),
            Self::Number(number) => json_number(*number),
            Self::Text(text) => json!(text.as_ref()),
            Self::List(_, items) => items.iter().map(Self::document).collect(),
            Self::Map(members) => members.iter().map(|(name, value)| (name.to_string(), value.document())).collect(),
        }
    }

    /// What a plan's JSON says, without what it marks. `hidden` holds marks in the value's own shape.
    pub fn of(json: &serde_json::Value, hidden: &[&serde_json::Value]) -> Self {
        if hidden.contains(&&serde_json::Value::Bool(true)) {
            return Self::Hole;
        }
        let below = |step: &dyn Fn(&serde_json::Value) -> Option<&serde_json::Value>| -> Vec<&serde_json::Value> {
            hidden.iter().filter_map(|marks| step(marks)).collect()
        };
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => parse(&number.to_string()).map_or(Self::Hole, Self::Number),
            serde_json::Value::String(text) => Self::text(text),
            serde_json::Value::Array(items) => {
                let most =
                    hidden.iter().filter_map(|marks| marks.as_array()).map(Vec::len).fold(items.len(), usize::max);
                let item = |at: usize| {
                    Self::of(items.get(at).unwrap_or(&serde_json::Value::Null), &below(&|marks| marks.get(at)))
                };
                Self::List(Sort::Unsaid, Arc::new((0..most).map(item).collect()))
            }
            serde_json::Value::Object(members) => {
                let mut all: Members = members
                    .iter()
                    .map(|(name, value)| (Arc::from(name.as_str()), Self::of(value, &below(&|marks| marks.get(name)))))
                    .collect();
                // What is known only after apply is left out of the values.
                for (name, mark) in hidden.iter().filter_map(|marks| marks.as_object()).flatten() {
                    if !members.contains_key(name) && mark != &json!(false) {
                        all.insert(Arc::from(name.as_str()), Self::Hole);
                    }
                }
                Self::map(all)
            }
        }
    }
}

fn json_number(number: Decimal) -> serde_json::Value {
    let text = spell(number);
    let exact = serde_json::from_str::<serde_json::Number>(&text).ok().filter(|read| read.to_string() == text);
    // Readers take the text of a number for the number.
    exact.map_or_else(|| json!(text), serde_json::Value::Number)
}

/// A number in Terraform's spelling.
pub(super) fn spell(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Reads a number.
pub(super) fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim_ascii();
    // More digits than these are not kept exactly.
    if text.bytes().filter(u8::is_ascii_digit).count() > 27 {
        return None;
    }
    if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { Decimal::from_str_exact(text).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_make_holes() {
        let values = json!({ "a": 1, "b": "x", "c": [null, 2], "d": { "e": "secret" } });
        let unknown = json!({ "z": true, "c": [true, false], "empty": false });
        let sensitive = json!({ "d": { "e": true } });
        let value = Value::of(&values, &[&unknown, &sensitive]);
        assert_eq!(value.member("z"), Some(&Value::Hole));
        assert_eq!(value.member("c").unwrap().items().unwrap(), [Value::Hole, Value::number(2)]);
        assert_eq!(value.member("d").unwrap().member("e"), Some(&Value::Hole));
        assert_eq!(value.member("empty"), None);
        let (back, marks) = value.marked();
        assert_eq!(back, json!({ "a": 1, "b": "x", "c": [null, 2], "d": { "e": null }, "z": null }));
        assert_eq!(marks, json!({ "c": [true, false], "d": { "e": true }, "z": true }));
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(parse("0.10").map(spell).as_deref(), Some("0.1"));
        assert_eq!(parse("1e3").map(spell).as_deref(), Some("1000"));
        assert_eq!(parse("12345678901234567890123456789"), None);
        assert_eq!(parse("x"), None);
    }
}
