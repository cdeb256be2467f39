//! Which function is which. Of one that is not here nothing is known.

use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, Expression, FuncCall};
use rust_decimal::Decimal;

use super::{collections, encoding, format, numbers, texts};
use crate::source::convert::{to_bool, to_list, to_number, to_set, to_text};
use crate::source::eval::Evaluator;
use crate::source::operators::rounded_quotient;
use crate::source::scope::{Outcome, Scope, Stop};
use crate::source::value::Value;

/// Calls a function.
pub(in crate::source) fn call(evaluator: &Evaluator<'_>, call: &FuncCall, scope: &Scope<'_>) -> Outcome {
    // Functions of providers do anything.
    if call.name.is_namespaced() && call.name.namespace.first().is_none_or(|space| space.as_str() != "core") {
        return Ok(Value::Hole);
    }
    let name = call.name.name.as_str();
    match name {
        "try" => return attempt(evaluator, call, scope),
        "can" => {
            let Some(argument) = call.args.get(0) else { return Err(Stop::Wrong) };
            return match evaluator.eval(argument, scope) {
                Ok(value) => Ok(if value.is_known() { Value::Bool(true) } else { Value::Hole }),
                Err(Stop::Wrong) => Ok(Value::Bool(false)),
                Err(stop) => Err(stop),
            };
        }
        "floor" | "ceil" => {
            if let Some(rounded) = rounded(evaluator, name, call, scope)? {
                return Ok(rounded);
            }
        }
        _ => {}
    }
    let mut arguments = Vec::with_capacity(call.args.len());
    for argument in &call.args {
        arguments.push(evaluator.eval(argument, scope)?);
    }
    if call.args.expand_final() {
        match arguments.pop() {
            Some(Value::List(_, items)) => arguments.extend(items.iter().cloned()),
            Some(Value::Hole) => return Ok(Value::Hole),
            _ => return Err(Stop::Wrong),
        }
    }
    let work: usize = arguments.iter().filter_map(Value::items).map(<[Value]>::len).sum();
    evaluator.budget.take(1 + work)?;
    partial(evaluator, name, &arguments).unwrap_or_else(|| {
        if !arguments.iter().all(Value::is_known) {
            return Ok(Value::Hole);
        }
        whole(evaluator, name, &arguments)
    })
}

/// The first argument that Terraform accepts, if it is known: what is not known may turn out either way.
fn attempt(evaluator: &Evaluator<'_>, call: &FuncCall, scope: &Scope<'_>) -> Outcome {
    for argument in &call.args {
        match evaluator.eval(argument, scope) {
            Err(Stop::Wrong) => {}
            other => return other,
        }
    }
    Err(Stop::Wrong)
}

/// `floor(a / b)` and `ceil(a / b)`, where the quotient itself has more digits than are kept.
fn rounded(evaluator: &Evaluator<'_>, name: &str, call: &FuncCall, scope: &Scope<'_>) -> Result<Option<Value>, Stop> {
    let mut argument = call.args.get(0);
    while let Some(Expression::Parenthesis(inner)) = argument {
        argument = Some(inner.inner());
    }
    let Some(Expression::BinaryOp(operation)) = argument else { return Ok(None) };
    if *operation.operator.value() != BinaryOperator::Div {
        return Ok(None);
    }
    let left = evaluator.eval(&operation.lhs_expr, scope)?;
    let right = evaluator.eval(&operation.rhs_expr, scope)?;
    let round: fn(&Decimal) -> Decimal = if name == "floor" { Decimal::floor } else { Decimal::ceil };
    Ok(rounded_quotient(&left, &right, round))
}

/// Functions that make something of values that are known in parts; nothing for all others.
fn partial(evaluator: &Evaluator<'_>, name: &str, arguments: &[Value]) -> Option<Outcome> {
    Some(match (name, arguments) {
        // What is sensitive is looked at by nobody.
        ("sensitive" | "ephemeralasnull", _) => Ok(Value::Hole),
        ("nonsensitive" | "issensitive", [value]) => {
            Ok(if name == "nonsensitive" { value.clone() } else { Value::Hole })
        }
        ("jsonencode", [value]) => evaluator.text(encoding::json(value)),
        ("yamlencode", [value]) => match super::yaml::encode(value) {
            Some(text) => evaluator.text(text),
            None => Ok(Value::Hole),
        },
        ("base64encode", [Value::Text(text)]) => evaluator.text(encoding::base64(text)),
        ("base64decode", [Value::Text(text)]) => {
            encoding::from_base64(text).map_or(Ok(Value::Hole), |text| evaluator.text(text))
        }
        ("templatefile", [Value::Text(path), names]) => evaluator.template_file(path, names),
        ("file", [Value::Text(path)]) => match (evaluator.reach)(path) {
            Some(text) => evaluator.text(text),
            None => Ok(Value::Hole),
        },
        ("tostring", [value]) => Ok(to_text(value)),
        ("tolist", [value]) => Ok(to_list(value.clone())),
        ("toset", [value]) => Ok(to_set(value.clone())),
        ("tomap", [value]) => collections::to_map(value),
        ("merge", maps) => collections::merge(maps),
        ("concat", lists) => collections::concat(lists),
        ("lookup", [map, key, rest @ ..]) => collections::lookup(map, key, rest.first()),
        ("element", [list, at]) => collections::element(list, at),
        ("length", [value]) => collections::length(value),
        ("keys", [value]) => collections::keys(value),
        ("values", [value]) => collections::values(value),
        ("flatten", [value]) => collections::flatten(value),
        ("zipmap", [keys, values]) => collections::zipmap(keys, values),
        ("reverse", [value]) => collections::reverse(value),
        ("slice", [value, from, to]) => collections::slice(value, from, to),
        ("one", [value]) => collections::one(value),
        ("compact", [value]) => collections::compact(value),
        ("contains", [list, value]) => collections::contains(list, value),
        ("coalesce", values) => collections::coalesce(values),
        ("coalescelist", lists) => collections::coalesce_list(lists),
        ("chunklist", [list, size]) => collections::chunks(list, size),
        ("join", [separator, lists @ ..]) => texts::join(evaluator, separator, lists),
        ("format", [Value::Text(pattern), values @ ..]) => format::format(evaluator, pattern, values),
        ("formatlist", [Value::Text(pattern), values @ ..]) => format::format_list(evaluator, pattern, values),
        ("lower" | "upper", [Value::Text(text)]) => {
            evaluator.text(if name == "lower" { text.to_lowercase() } else { text.to_uppercase() })
        }
        ("replace", [Value::Text(text), Value::Text(what), Value::Text(with)]) => {
            texts::replace(evaluator, text, what, with)
        }
        ("trimspace" | "chomp" | "indent", [.., Value::Text(_)]) => texts::blanks(evaluator, name, arguments),
        _ => return None,
    })
}

/// Functions of values that are all known.
fn whole(evaluator: &Evaluator<'_>, name: &str, arguments: &[Value]) -> Outcome {
    if let Some(outcome) = numbers::call(evaluator, name, arguments) {
        return outcome;
    }
    if let Some(outcome) = texts::call(evaluator, name, arguments) {
        return outcome;
    }
    match (name, arguments) {
        ("tonumber", [value]) => checked(value, to_number(value)),
        ("tobool", [value]) => checked(value, to_bool(value)),
        ("jsondecode", [Value::Text(text)]) => encoding::from_json(text),
        ("yamldecode", [Value::Text(text)]) => super::yaml::decode(text),
        ("distinct", [list]) => collections::distinct(list),
        ("sort", [list]) => collections::sort(list),
        ("index", [list, value]) => collections::index(list, value),
        ("alltrue" | "anytrue", [list]) => collections::all_or_any(list, name == "alltrue"),
        ("setunion" | "setintersection" | "setsubtract", sets) => collections::sets(name, sets),
        ("matchkeys", [values, keys, wanted]) => collections::match_keys(values, keys, wanted),
        ("setproduct", lists) => collections::product(evaluator, lists),
        _ => Ok(Value::Hole),
    }
}

/// A conversion that Terraform refuses where it comes to nothing.
fn checked(from: &Value, to: Value) -> Outcome {
    match (from, to) {
        (Value::Null, _) => Ok(Value::Null),
        (_, Value::Hole) => Err(Stop::Wrong),
        (_, to) => Ok(to),
    }
}

/// The text that an argument is.
pub(super) fn text_of(value: &Value) -> Result<Arc<str>, Stop> {
    value.as_text().ok_or(Stop::Wrong)
}

/// The whole number that an argument is.
pub(super) fn whole_of(value: &Value) -> Result<i64, Stop> {
    let number = value.as_number().filter(Decimal::is_integer).ok_or(Stop::Wrong)?;
    i64::try_from(number).map_err(|_| Stop::Wrong)
}
