//! Conversion to the type that a variable declares.

use std::collections::BTreeSet;
use std::sync::Arc;

use hcl_edit::expr::{Expression, ObjectKey};

use super::value::{Members, Sort, Value};
use crate::model::holds_hole;

/// Converts `value` to the type that `kind` spells; what does not fit is a hole. Defaults of optional members are literals as
/// good as always; `literal` evaluates them.
pub(super) fn convert(value: Value, kind: &Expression, literal: &dyn Fn(&Expression) -> Value) -> Value {
    match (&value, kind) {
        (Value::Hole | Value::Null, _) => value,
        (_, Expression::Variable(name)) => match name.as_str() {
            "string" => to_text(&value),
            "number" => to_number(&value),
            "bool" => to_bool(&value),
            // Older ways to say `list(any)` and `map(any)`.
            "list" => to_list(value),
            _ => value,
        },
        (_, Expression::Parenthesis(inner)) => convert(value, inner.inner(), literal),
        (_, Expression::FuncCall(call)) => {
            let Some(of) = call.args.get(0) else { return value };
            match call.name.name.as_str() {
                "list" => each(to_list(value), of, literal),
                "set" => to_set(each(to_list(value), of, literal)),
                "map" => members(value, |_, value| convert(value, of, literal)),
                "object" => object(value, of, literal),
                "tuple" => tuple(value, of, literal),
                _ => Value::Hole,
            }
        }
        _ => Value::Hole,
    }
}

fn members(value: Value, of: impl Fn(&str, Value) -> Value) -> Value {
    match value {
        Value::Map(all) => {
            Value::map(all.iter().map(|(name, value)| (Arc::clone(name), of(name, value.clone()))).collect())
        }
        _ => Value::Hole,
    }
}

fn each(value: Value, of: &Expression, literal: &dyn Fn(&Expression) -> Value) -> Value {
    match value {
        Value::List(sort, items) => {
            let converted = items.iter().map(|item| convert(item.clone(), of, literal)).collect();
            Value::List(sort, Arc::new(converted))
        }
        other => other,
    }
}

fn tuple(value: Value, of: &Expression, literal: &dyn Fn(&Expression) -> Value) -> Value {
    match (value, of) {
        (Value::List(_, items), Expression::Array(kinds)) if items.len() == kinds.len() => Value::list(
            items.iter().zip(kinds.iter()).map(|(item, kind)| convert(item.clone(), kind, literal)).collect(),
        ),
        _ => Value::Hole,
    }
}

/// An object: members that it does not declare go, those that are optional come.
fn object(value: Value, of: &Expression, literal: &dyn Fn(&Expression) -> Value) -> Value {
    let (Value::Map(given), Expression::Object(declared)) = (value, of) else { return Value::Hole };
    let mut all = Members::new();
    for (key, kind) in declared {
        let name = match key {
            ObjectKey::Ident(name) => name.as_str(),
            ObjectKey::Expression(Expression::String(name)) => name.as_str(),
            ObjectKey::Expression(Expression::Variable(name)) => name.as_str(),
            ObjectKey::Expression(_) => return Value::Hole,
        };
        let (kind, default) = match kind.expr() {
            Expression::FuncCall(call) if call.name.name.as_str() == "optional" => {
                let Some(kind) = call.args.get(0) else { return Value::Hole };
                (kind, Some(call.args.get(1)))
            }
            kind => (kind, None),
        };
        let value = match (given.get(name), default) {
            (Some(value), Some(Some(default))) if *value == Value::Null => convert(literal(default), kind, literal),
            (Some(value), _) => convert(value.clone(), kind, literal),
            (None, Some(Some(default))) => convert(literal(default), kind, literal),
            (None, Some(None)) => Value::Null,
            // Terraform refuses that.
            (None, None) => return Value::Hole,
        };
        all.insert(Arc::from(name), value);
    }
    Value::map(all)
}

pub(super) fn to_text(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        other => other.as_text().map_or(Value::Hole, Value::Text),
    }
}

pub(super) fn to_number(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        other => other.as_number().map_or(Value::Hole, Value::Number),
    }
}

pub(super) fn to_bool(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        other => other.as_bool().map_or(Value::Hole, Value::Bool),
    }
}

/// Converts to a list: a tuple's elements become of one type.
pub(super) fn to_list(value: Value) -> Value {
    match value {
        Value::List(_, items) => Value::list(unified(items.as_ref().clone())),
        other => other,
    }
}

/// Converts to a set. Where an element is not known, it may be equal to another.
pub(super) fn to_set(value: Value) -> Value {
    let Value::List(_, items) = value else { return value };
    let items = unified(items.as_ref().clone());
    if let [only] = items.as_slice() {
        return Value::List(Sort::Set, Arc::new(vec![only.clone()]));
    }
    let texts: Option<BTreeSet<Arc<str>>> = items
        .iter()
        .map(|item| match item {
            Value::Text(text) if !holds_hole(text) => Some(Arc::clone(text)),
            _ => None,
        })
        .collect();
    if let Some(texts) = texts {
        return Value::List(Sort::Set, Arc::new(texts.into_iter().map(Value::Text).collect()));
    }
    let numbers: Option<BTreeSet<_>> = items
        .iter()
        .map(|item| match item {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    match numbers {
        Some(numbers) => Value::List(Sort::Set, Arc::new(numbers.into_iter().map(Value::Number).collect())),
        // Sets of other things are in an order of their own.
        None => Value::Hole,
    }
}

/// Makes values that stand side by side of one type: where there is a text, numbers and switches become texts.
pub(super) fn unified(items: Vec<Value>) -> Vec<Value> {
    if !items.iter().any(|item| matches!(item, Value::Text(_))) {
        return items;
    }
    let text = |item: Value| match item {
        Value::Bool(_) | Value::Number(_) => to_text(&item),
        other => other,
    };
    items.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(value: &str, kind: &str) -> serde_json::Value {
        let value = Value::of(&serde_json::from_str(value).unwrap(), &[]);
        let literal = |expression: &Expression| match expression {
            Expression::Number(number) => Value::number(number.as_i64().unwrap()),
            _ => Value::Hole,
        };
        convert(value, &kind.parse().unwrap(), &literal).marked().0
    }

    #[test]
    fn values_become_what_variables_declare() {
        use serde_json::json;
        assert_eq!(converted("5", "string"), json!("5"));
        assert_eq!(converted("\"5\"", "number"), json!(5));
        assert_eq!(converted("{\"a\":5,\"b\":true}", "map(string)"), json!({ "a": "5", "b": "true" }));
        assert_eq!(converted("[\"b\",\"a\",\"b\"]", "set(string)"), json!(["a", "b"]));
        assert_eq!(converted("[1,\"a\"]", "list(any)"), json!(["1", "a"]));
        let kind = "object({ a = string, b = optional(number, 7), c = optional(string) })";
        assert_eq!(converted("{\"a\":1,\"d\":2}", kind), json!({ "a": "1", "b": 7, "c": null }));
        assert_eq!(converted("{\"a\":1,\"b\":null}", kind), json!({ "a": "1", "b": 7, "c": null }));
        assert_eq!(converted("{}", kind), json!(null));
        assert_eq!(converted("{\"a\":1}", "any"), json!({ "a": 1 }));
    }
}
