//! Operators, indexing, and what a conditional comes to.

use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, UnaryOperator};
use rust_decimal::Decimal;

use super::convert::unified;
use super::scope::{Outcome, Stop};
use super::value::{Sort, Value};

pub(super) fn unary(operator: UnaryOperator, value: &Value) -> Outcome {
    if !value.is_known() {
        return Ok(Value::Hole);
    }
    match operator {
        UnaryOperator::Neg => value.as_number().map(|number| Value::Number(-number)).ok_or(Stop::Wrong),
        UnaryOperator::Not => value.as_bool().map(|value| Value::Bool(!value)).ok_or(Stop::Wrong),
    }
}

pub(super) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Outcome {
    use BinaryOperator as Op;
    // One side alone may decide.
    match (operator, left.as_bool(), right.as_bool()) {
        (Op::And, Some(false), _) | (Op::And, _, Some(false)) => return Ok(Value::Bool(false)),
        (Op::Or, Some(true), _) | (Op::Or, _, Some(true)) => return Ok(Value::Bool(true)),
        _ => {}
    }
    if matches!(operator, Op::Eq | Op::NotEq) {
        let equal = equal(left, right);
        return Ok(equal.map_or(Value::Hole, |equal| Value::Bool(equal == (operator == Op::Eq))));
    }
    if !left.is_known() || !right.is_known() {
        return Ok(Value::Hole);
    }
    if matches!(operator, Op::And | Op::Or) {
        let (left, right) = (left.as_bool().ok_or(Stop::Wrong)?, right.as_bool().ok_or(Stop::Wrong)?);
        return Ok(Value::Bool(if operator == Op::And { left && right } else { left || right }));
    }
    let (left, right) = (left.as_number().ok_or(Stop::Wrong)?, right.as_number().ok_or(Stop::Wrong)?);
    let number = |result: Option<Decimal>| Ok(result.map_or(Value::Hole, Value::Number));
    match operator {
        Op::Less => Ok(Value::Bool(left < right)),
        Op::LessEq => Ok(Value::Bool(left <= right)),
        Op::Greater => Ok(Value::Bool(left > right)),
        Op::GreaterEq => Ok(Value::Bool(left >= right)),
        Op::Plus => number(left.checked_add(right)),
        Op::Minus => number(left.checked_sub(right)),
        Op::Mul => number(exact_product(left, right)),
        Op::Div if right.is_zero() => Err(Stop::Wrong),
        // What does not come out even has more digits in Terraform than are kept here.
        Op::Div => number(left.checked_div(right).filter(|result| exact_product(*result, right) == Some(left))),
        Op::Mod if right.is_zero() => Err(Stop::Wrong),
        Op::Mod => number(left.checked_rem(right)),
        Op::Eq | Op::NotEq | Op::And | Op::Or => Ok(Value::Hole),
    }
}

/// A product that keeps all its digits.
fn exact_product(left: Decimal, right: Decimal) -> Option<Decimal> {
    let product = left.checked_mul(right)?;
    (product.is_zero() || product.scale() == left.scale() + right.scale() || product.scale() < 28).then_some(product)
}

/// A quotient, rounded to a whole number by `round`: what is behind the last digit that is kept decides only where the
/// quotient comes out even.
pub(super) fn rounded_quotient(left: &Value, right: &Value, round: fn(&Decimal) -> Decimal) -> Option<Value> {
    let (left, right) = (left.as_number()?, right.as_number()?);
    let quotient = left.checked_div(right)?;
    let nearest = quotient.round();
    let is_even = exact_product(nearest, right) == Some(left);
    Some(Value::Number(if is_even { nearest } else { round(&quotient) }))
}

/// Whether two values are equal, where that can be told. Values of different types never are.
pub(super) fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Hole, _) | (_, Value::Hole) => None,
        (Value::Null, Value::Null) => Some(true),
        // A text that is not known may still be null as a whole, but one that is known in parts is none.
        (Value::Null, Value::Text(_)) | (Value::Text(_), Value::Null) => {
            (!left.is_blank() && !right.is_blank()).then_some(false)
        }
        (Value::Null, _) | (_, Value::Null) => Some(false),
        (Value::List(..), Value::List(..)) | (Value::Map(_), Value::Map(_)) => {
            let is_told = left.is_known() && right.is_known();
            is_told.then(|| same(left, right))
        }
        _ => (left.is_known() && right.is_known()).then(|| left == right),
    }
}

/// Equality of what is known, whatever sort a row is of.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(_, left), Value::List(_, right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().zip(right.iter()).all(|((a, left), (b, right))| a == b && same(left, right))
        }
        _ => left == right,
    }
}

/// What `collection[index]` is.
pub(super) fn index(collection: &Value, index: &Value) -> Outcome {
    match (collection, index) {
        (Value::Hole, _) => Ok(Value::Hole),
        (Value::List(Sort::Set, _), _) => Err(Stop::Wrong),
        (_, index) if !index.is_known() => Ok(Value::Hole),
        (Value::List(_, items), index) => {
            let at = index.as_number().and_then(|number| usize::try_from(number).ok()).ok_or(Stop::Wrong)?;
            items.get(at).cloned().ok_or(Stop::Wrong)
        }
        (Value::Map(_), index) => member(collection, &index.as_text().ok_or(Stop::Wrong)?),
        _ => Err(Stop::Wrong),
    }
}

/// What `value.name` is.
pub(super) fn member(value: &Value, name: &str) -> Outcome {
    match value {
        Value::Hole => Ok(Value::Hole),
        Value::Map(members) => members.get(name).cloned().ok_or(Stop::Wrong),
        _ => Err(Stop::Wrong),
    }
}

/// What a conditional comes to: both arms become of one type.
pub(super) fn choose(condition: &Value, yes: Outcome, no: Outcome) -> Outcome {
    if !condition.is_known() {
        return match (yes, no) {
            (Ok(yes), Ok(no)) if yes.is_known() && yes == no => Ok(yes),
            (Err(Stop::TooMuch), _) | (_, Err(Stop::TooMuch)) => Err(Stop::TooMuch),
            _ => Ok(Value::Hole),
        };
    }
    let first = condition.as_bool().ok_or(Stop::Wrong)?;
    let (taken, other) = if first { (yes, no) } else { (no, yes) };
    let taken = taken?;
    Ok(match other {
        Ok(other @ Value::Text(_)) => unified(vec![taken, other]).swap_remove(0),
        _ => taken,
    })
}

/// The elements that a splat goes through: those of a row, one for a lone value, none for `null`.
pub(super) fn splat(value: Value) -> Option<Arc<Vec<Value>>> {
    match value {
        Value::Hole => None,
        Value::Null => Some(Arc::default()),
        Value::List(_, items) => Some(items),
        lone => Some(Arc::new(vec![lone])),
    }
}
