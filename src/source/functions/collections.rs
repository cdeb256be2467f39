//! Lists, sets and maps.

use std::sync::Arc;

use super::call::{text_of, whole_of};
use crate::source::convert::{to_list, to_set, unified};
use crate::source::eval::Evaluator;
use crate::source::operators::equal;
use crate::source::scope::{Outcome, Stop};
use crate::source::value::{Members, Sort, Value};

/// The elements of an argument; a hole where it is one.
macro_rules! items {
    ($value:expr) => {
        match $value {
            Value::List(_, items) => items,
            Value::Hole => return Ok(Value::Hole),
            _ => return Err(Stop::Wrong),
        }
    };
}

/// The members of an argument; a hole where it is one.
macro_rules! members {
    ($value:expr) => {
        match $value {
            Value::Map(members) => members,
            Value::Hole => return Ok(Value::Hole),
            _ => return Err(Stop::Wrong),
        }
    };
}

pub(super) fn to_map(value: &Value) -> Outcome {
    let members = members!(value);
    let values = unified(members.values().cloned().collect());
    Ok(Value::map(members.keys().cloned().zip(values).collect()))
}

pub(super) fn merge(maps: &[Value]) -> Outcome {
    let mut all = Members::new();
    for map in maps {
        if *map != Value::Null {
            all.extend(members!(map).iter().map(|(name, value)| (Arc::clone(name), value.clone())));
        }
    }
    Ok(Value::map(all))
}

pub(super) fn concat(lists: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for list in lists {
        all.extend(items!(list).iter().cloned());
    }
    Ok(Value::list(all))
}

pub(super) fn lookup(map: &Value, key: &Value, default: Option<&Value>) -> Outcome {
    let members = members!(map);
    if !key.is_known() {
        return Ok(Value::Hole);
    }
    let found = members.get(&text_of(key)?);
    found.or(default).cloned().ok_or(Stop::Wrong)
}

pub(super) fn element(list: &Value, at: &Value) -> Outcome {
    let items = items!(list);
    if !at.is_known() {
        return Ok(Value::Hole);
    }
    let count = i64::try_from(items.len()).map_err(|_| Stop::TooMuch)?;
    // It goes round and round.
    let at = whole_of(at)?.checked_rem_euclid(count).ok_or(Stop::Wrong)?;
    usize::try_from(at).ok().and_then(|at| items.get(at)).cloned().ok_or(Stop::Wrong)
}

pub(super) fn length(value: &Value) -> Outcome {
    match value {
        Value::List(_, items) => Ok(Value::count(items.len())),
        Value::Map(members) => Ok(Value::count(members.len())),
        // Terraform counts what a reader takes for one character; for plain letters that is the same.
        Value::Text(text) if text.is_ascii() && !text.contains('\r') => Ok(Value::count(text.len())),
        Value::Text(_) | Value::Hole => Ok(Value::Hole),
        _ => Err(Stop::Wrong),
    }
}

pub(super) fn keys(value: &Value) -> Outcome {
    Ok(Value::list(members!(value).keys().cloned().map(Value::Text).collect()))
}

pub(super) fn values(value: &Value) -> Outcome {
    Ok(Value::list(members!(value).values().cloned().collect()))
}

pub(super) fn flatten(value: &Value) -> Outcome {
    fn collect(items: &[Value], into: &mut Vec<Value>) -> bool {
        items.iter().all(|item| match item {
            Value::List(_, inner) => collect(inner, into),
            // It may be a list of any length.
            Value::Hole => false,
            other => {
                into.push(other.clone());
                true
            }
        })
    }
    let mut all = Vec::new();
    Ok(if collect(items!(value), &mut all) { Value::list(all) } else { Value::Hole })
}

pub(super) fn zipmap(keys: &Value, values: &Value) -> Outcome {
    let (keys, values) = (items!(keys), items!(values));
    if keys.len() != values.len() {
        return Err(Stop::Wrong);
    }
    if !keys.iter().all(Value::is_known) {
        return Ok(Value::Hole);
    }
    let pairs = keys.iter().zip(values.iter()).map(|(key, value)| Ok((text_of(key)?, value.clone())));
    Ok(Value::map(pairs.collect::<Result<_, Stop>>()?))
}

pub(super) fn reverse(value: &Value) -> Outcome {
    Ok(Value::list(items!(value).iter().rev().cloned().collect()))
}

pub(super) fn slice(value: &Value, from: &Value, to: &Value) -> Outcome {
    let items = items!(value);
    if !from.is_known() || !to.is_known() {
        return Ok(Value::Hole);
    }
    let at = |value| whole_of(value).and_then(|at| usize::try_from(at).map_err(|_| Stop::Wrong));
    Ok(Value::list(items.get(at(from)?..at(to)?).ok_or(Stop::Wrong)?.to_vec()))
}

pub(super) fn one(value: &Value) -> Outcome {
    match value {
        Value::List(_, items) => match items.as_slice() {
            [] => Ok(Value::Null),
            [only] => Ok(only.clone()),
            _ => Err(Stop::Wrong),
        },
        Value::Hole => Ok(Value::Hole),
        _ => Err(Stop::Wrong),
    }
}

pub(super) fn compact(value: &Value) -> Outcome {
    let items = items!(value);
    // What is not known at all may be empty.
    if items.iter().any(Value::is_blank) {
        return Ok(Value::Hole);
    }
    let keeps = |item: &&Value| !matches!(item, Value::Null) && !matches!(item, Value::Text(text) if text.is_empty());
    Ok(Value::list(items.iter().filter(keeps).cloned().collect()))
}

pub(super) fn contains(list: &Value, value: &Value) -> Outcome {
    let mut is_told = true;
    for item in items!(list).iter() {
        match equal(item, value) {
            Some(true) => return Ok(Value::Bool(true)),
            Some(false) => {}
            None => is_told = false,
        }
    }
    Ok(if is_told { Value::Bool(false) } else { Value::Hole })
}

pub(super) fn coalesce(values: &[Value]) -> Outcome {
    for value in values {
        match value {
            Value::Null => {}
            Value::Text(text) if text.is_empty() => {}
            // It may be null or empty.
            _ if value.is_blank() => return Ok(Value::Hole),
            _ => {
                let is_text = values.iter().any(|other| matches!(other, Value::Text(_)));
                return Ok(match value {
                    Value::Bool(_) | Value::Number(_) if is_text => Value::Text(text_of(value)?),
                    _ => value.clone(),
                });
            }
        }
    }
    Err(Stop::Wrong)
}

pub(super) fn coalesce_list(lists: &[Value]) -> Outcome {
    for list in lists {
        if !items!(list).is_empty() {
            return Ok(list.clone());
        }
    }
    Err(Stop::Wrong)
}

pub(super) fn chunks(list: &Value, size: &Value) -> Outcome {
    let items = items!(list);
    if !size.is_known() {
        return Ok(Value::Hole);
    }
    let size = usize::try_from(whole_of(size)?).map_err(|_| Stop::Wrong)?;
    if size == 0 {
        return Ok(Value::list(vec![list.clone()]));
    }
    Ok(Value::list(items.chunks(size).map(|chunk| Value::list(chunk.to_vec())).collect()))
}

pub(super) fn distinct(list: &Value) -> Outcome {
    let items = items!(list);
    // Each is compared with all before it.
    if items.len() > 1000 {
        return Ok(Value::Hole);
    }
    let mut all: Vec<Value> = Vec::new();
    for item in items.iter() {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    Ok(Value::list(all))
}

pub(super) fn sort(list: &Value) -> Outcome {
    let mut texts = items!(list).iter().map(text_of).collect::<Result<Vec<_>, _>>()?;
    texts.sort();
    Ok(Value::list(texts.into_iter().map(Value::Text).collect()))
}

pub(super) fn index(list: &Value, value: &Value) -> Outcome {
    items!(list).iter().position(|item| equal(item, value) == Some(true)).map(Value::count).ok_or(Stop::Wrong)
}

pub(super) fn all_or_any(list: &Value, all: bool) -> Outcome {
    let items = items!(list);
    let truths = items.iter().map(|item| item.as_bool().ok_or(Stop::Wrong)).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::Bool(if all { truths.iter().all(|truth| *truth) } else { truths.iter().any(|truth| *truth) }))
}

pub(super) fn sets(name: &str, sets: &[Value]) -> Outcome {
    let Some((first, rest)) = sets.split_first() else { return Err(Stop::Wrong) };
    let mut all = items!(&to_set(first.clone())).as_ref().clone();
    for other in rest {
        let other = to_set(other.clone());
        let other = items!(&other);
        match name {
            "setunion" => all.extend(other.iter().cloned()),
            "setintersection" => all.retain(|item| other.contains(item)),
            _ => all.retain(|item| !other.contains(item)),
        }
    }
    Ok(to_set(Value::List(Sort::Set, Arc::new(all))))
}

pub(super) fn match_keys(values: &Value, keys: &Value, wanted: &Value) -> Outcome {
    let (values, keys, wanted) = (items!(values), items!(keys), items!(wanted));
    if values.len() != keys.len() {
        return Err(Stop::Wrong);
    }
    let pairs = values.iter().zip(keys.iter()).filter(|(_, key)| wanted.contains(key));
    Ok(Value::list(pairs.map(|(value, _)| value.clone()).collect()))
}

pub(super) fn product(evaluator: &Evaluator<'_>, lists: &[Value]) -> Outcome {
    // Of sets it makes a set, whose order is its own.
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for list in lists {
        if matches!(list, Value::List(Sort::Set | Sort::Unsaid, _)) {
            return Ok(Value::Hole);
        }
        let items = to_list(list.clone());
        let items = items!(&items);
        evaluator.budget.take(rows.len().saturating_mul(items.len()))?;
        let row = |row: &Vec<Value>, item: &Value| row.iter().chain([item]).cloned().collect();
        rows = rows.iter().flat_map(|left| items.iter().map(move |item| row(left, item))).collect();
    }
    Ok(Value::list(rows.into_iter().map(Value::list).collect()))
}
