//! Texts.

use std::sync::Arc;

use super::call::{text_of, whole_of};
use crate::model::{HOLE, holds_hole};
use crate::source::eval::Evaluator;
use crate::source::scope::{Outcome, Stop};
use crate::source::value::Value;

pub(super) fn join(evaluator: &Evaluator<'_>, separator: &Value, lists: &[Value]) -> Outcome {
    let mut texts = Vec::new();
    for list in lists {
        match list {
            Value::List(_, items) => {
                for item in items.iter() {
                    texts.push(text_of(item)?);
                }
            }
            Value::Hole => return Ok(Value::Hole),
            _ => return Err(Stop::Wrong),
        }
    }
    evaluator.text(texts.join(&*text_of(separator)?))
}

pub(super) fn replace(evaluator: &Evaluator<'_>, text: &str, what: &str, with: &str) -> Outcome {
    // A regular expression stands between slashes.
    let is_expression = what.len() > 1 && what.starts_with('/') && what.ends_with('/');
    // What is longer than a character may begin in what is known and end in what is not.
    let may_span = holds_hole(text) && what.chars().count() > 1;
    if is_expression || may_span || holds_hole(what) || what.is_empty() {
        return Ok(Value::Hole);
    }
    let most = text.matches(what).count().saturating_mul(with.len());
    evaluator.budget.take(most / 16)?;
    evaluator.text(text.replace(what, with))
}

/// Functions that touch nothing but blanks; what is not known keeps its own.
pub(super) fn blanks(evaluator: &Evaluator<'_>, name: &str, arguments: &[Value]) -> Outcome {
    let text = arguments.last().map(text_of).ok_or(Stop::Wrong)??;
    match name {
        "trimspace" => evaluator.text(text.trim()),
        "chomp" => evaluator.text(text.trim_end_matches(['\n', '\r'])),
        _ => {
            let [by, _] = arguments else { return Err(Stop::Wrong) };
            if !by.is_known() {
                return Ok(Value::Hole);
            }
            let by = usize::try_from(whole_of(by)?).ok().filter(|by| *by <= 256).ok_or(Stop::TooMuch)?;
            evaluator.budget.take(text.matches('\n').count().saturating_mul(by) / 16)?;
            evaluator.text(text.replace('\n', &format!("\n{}", " ".repeat(by))))
        }
    }
}

pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, arguments: &[Value]) -> Option<Outcome> {
    Some(match (name, arguments) {
        ("split", [separator, text]) => both(separator, text).and_then(|(separator, text)| {
            let parts: Vec<Value> = if separator.is_empty() {
                text.chars().map(|c| Value::text(c.to_string())).collect()
            } else {
                text.split(&*separator).map(Value::text).collect()
            };
            evaluator.budget.take(parts.len())?;
            Ok(Value::list(parts))
        }),
        ("substr", [text, from, length]) => substring(evaluator, text, from, length),
        ("title", [text]) => text_of(text).and_then(|text| evaluator.text(title(&text))),
        ("strrev", [text]) => text_of(text).and_then(|text| evaluator.text(text.chars().rev().collect::<String>())),
        ("trim", [text, cut]) => {
            both(text, cut).and_then(|(text, cut)| evaluator.text(text.trim_matches(|c| cut.contains(c))))
        }
        ("trimprefix", [text, prefix]) => {
            both(text, prefix).and_then(|(text, prefix)| evaluator.text(text.strip_prefix(&*prefix).unwrap_or(&text)))
        }
        ("trimsuffix", [text, suffix]) => {
            both(text, suffix).and_then(|(text, suffix)| evaluator.text(text.strip_suffix(&*suffix).unwrap_or(&text)))
        }
        ("startswith", [text, prefix]) => {
            both(text, prefix).map(|(text, prefix)| Value::Bool(text.starts_with(&*prefix)))
        }
        ("endswith", [text, suffix]) => both(text, suffix).map(|(text, suffix)| Value::Bool(text.ends_with(&*suffix))),
        ("strcontains", [text, part]) => both(text, part).map(|(text, part)| Value::Bool(text.contains(&*part))),
        _ => return None,
    })
}

fn both(first: &Value, second: &Value) -> Result<(Arc<str>, Arc<str>), Stop> {
    Ok((text_of(first)?, text_of(second)?))
}

fn substring(evaluator: &Evaluator<'_>, text: &Value, from: &Value, length: &Value) -> Outcome {
    let text = text_of(text)?;
    // Terraform counts what a reader takes for one character.
    if !text.is_ascii() {
        return Ok(Value::Hole);
    }
    let (from, length) = (whole_of(from)?, whole_of(length)?);
    let whole = i64::try_from(text.len()).map_err(|_| Stop::TooMuch)?;
    let from = if from < 0 { whole + from } else { from }.clamp(0, whole);
    let to = if length < 0 { whole } else { from.saturating_add(length).min(whole) };
    let (from, to) = (usize::try_from(from).map_err(|_| Stop::Wrong)?, usize::try_from(to).map_err(|_| Stop::Wrong)?);
    evaluator.text(text.get(from..to).unwrap_or_default())
}

fn title(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    let mut is_first = true;
    for c in text.chars() {
        if is_first && c != HOLE {
            titled.extend(c.to_uppercase());
        } else {
            titled.push(c);
        }
        is_first = !(c.is_alphanumeric() || c == '_' || c == '\'');
    }
    titled
}
