//! Numbers, and lists of them.

use rust_decimal::Decimal;

use super::call::{text_of, whole_of};
use crate::source::eval::Evaluator;
use crate::source::scope::{Outcome, Stop};
use crate::source::value::Value;

/// So many elements `range` makes at the most, in Terraform itself.
const LONGEST_RANGE: usize = 1024;

pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, arguments: &[Value]) -> Option<Outcome> {
    let numbers = || -> Result<Vec<Decimal>, Stop> {
        arguments.iter().map(|value| value.as_number().ok_or(Stop::Wrong)).collect()
    };
    let number = |number: Option<Decimal>| Ok(number.map_or(Value::Hole, Value::Number));
    Some(match (name, arguments) {
        ("min", _) => numbers().and_then(|all| all.into_iter().min().map(Value::Number).ok_or(Stop::Wrong)),
        ("max", _) => numbers().and_then(|all| all.into_iter().max().map(Value::Number).ok_or(Stop::Wrong)),
        ("ceil", [value]) => value.as_number().map(|value| Value::Number(value.ceil())).ok_or(Stop::Wrong),
        ("floor", [value]) => value.as_number().map(|value| Value::Number(value.floor())).ok_or(Stop::Wrong),
        ("abs", [value]) => value.as_number().map(|value| Value::Number(value.abs())).ok_or(Stop::Wrong),
        ("signum", [value]) => value.as_number().map(|value| Value::Number(signum(value))).ok_or(Stop::Wrong),
        ("sum", [Value::List(_, items)]) => {
            let all = items.iter().map(|item| item.as_number().ok_or(Stop::Wrong)).collect::<Result<Vec<_>, _>>();
            match all {
                Ok(all) if all.is_empty() => Err(Stop::Wrong),
                Ok(all) => number(all.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)),
                Err(stop) => Err(stop),
            }
        }
        ("pow", [base, exponent]) => power(base, exponent),
        ("range", _) => numbers().and_then(|all| range(evaluator, &all)),
        ("parseint", [text, base]) => parse(text, base),
        _ => return None,
    })
}

fn signum(value: Decimal) -> Decimal {
    match value {
        value if value.is_zero() => Decimal::ZERO,
        value if value.is_sign_negative() => -Decimal::ONE,
        _ => Decimal::ONE,
    }
}

fn power(base: &Value, exponent: &Value) -> Outcome {
    let (base, exponent) = (whole_of(base)?, whole_of(exponent)?);
    let power = u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent));
    Ok(power.map_or(Value::Hole, Value::number))
}

fn range(evaluator: &Evaluator<'_>, arguments: &[Decimal]) -> Outcome {
    let (from, to) = match arguments {
        [to] => (Decimal::ZERO, *to),
        [from, to, ..] => (*from, *to),
        [] => return Err(Stop::Wrong),
    };
    let down = to < from;
    let step = arguments.get(2).copied().unwrap_or(if down { -Decimal::ONE } else { Decimal::ONE });
    if step.is_zero() || (step.is_sign_negative() != down && to != from) {
        return Err(Stop::Wrong);
    }
    let mut all = Vec::new();
    let mut at = from;
    while if down { at > to } else { at < to } {
        if all.len() == LONGEST_RANGE {
            return Err(Stop::Wrong);
        }
        all.push(Value::Number(at));
        evaluator.budget.take(1)?;
        let Some(next) = at.checked_add(step) else { return Ok(Value::Hole) };
        at = next;
    }
    Ok(Value::list(all))
}

fn parse(text: &Value, base: &Value) -> Outcome {
    let base = u32::try_from(whole_of(base)?).ok().filter(|base| (2..=36).contains(base)).ok_or(Stop::Wrong)?;
    i64::from_str_radix(&text_of(text)?, base).map(Value::number).map_err(|_| Stop::Wrong)
}
