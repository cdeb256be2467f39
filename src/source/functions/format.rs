//! `format` and `formatlist`, for the verbs that people write.

use super::call::{text_of, whole_of};
use crate::model::HOLE;
use crate::source::eval::Evaluator;
use crate::source::scope::{Outcome, Stop};
use crate::source::value::Value;

/// Wider than this nobody formats anything.
const WIDEST: usize = 64;

pub(super) fn format(evaluator: &Evaluator<'_>, pattern: &str, values: &[Value]) -> Outcome {
    let mut text = String::new();
    let mut values = values.iter();
    let mut rest = pattern;
    while let Some((before, verb)) = rest.split_once('%') {
        text.push_str(before);
        let Some(end) = verb.find(|c: char| c.is_ascii_alphabetic() || c == '%') else { return Err(Stop::Wrong) };
        let (flags, tail) = verb.split_at_checked(end).ok_or(Stop::Wrong)?;
        let letter = tail.chars().next().ok_or(Stop::Wrong)?;
        rest = tail.get(1..).unwrap_or_default();
        if letter == '%' {
            text.push('%');
            continue;
        }
        let value = values.next().ok_or(Stop::Wrong)?;
        match verb_of(letter, flags, value)? {
            Some(piece) => text.push_str(&piece),
            None => return Ok(Value::Hole),
        }
    }
    text.push_str(rest);
    if values.next().is_some() {
        return Err(Stop::Wrong);
    }
    evaluator.text(text)
}

/// One value in the way that a verb asks for; nothing where that is not known here.
fn verb_of(letter: char, flags: &str, value: &Value) -> Result<Option<String>, Stop> {
    if *value == Value::Hole {
        return Ok(Some(HOLE.to_string()));
    }
    let zeros = flags.starts_with('0');
    let left = flags.starts_with('-');
    let (width, precision) = match flags.trim_start_matches(['0', '-']).split_once('.') {
        Some((width, precision)) => (width, precision.parse::<u32>().ok()),
        None => (flags.trim_start_matches(['0', '-']), None),
    };
    let width: usize = if width.is_empty() { 0 } else { width.parse().unwrap_or(WIDEST + 1) };
    if width > WIDEST || (flags.contains('.') && letter != 'f') {
        return Ok(None);
    }
    let piece = match letter {
        's' => text_of(value)?.to_string(),
        'v' => match value {
            Value::Text(text) => text.to_string(),
            Value::Null => "null".to_owned(),
            other => super::encoding::json(other),
        },
        'd' => {
            if !value.is_known() {
                return Ok(Some(HOLE.to_string()));
            }
            whole_of(value)?.to_string()
        }
        'q' => serde_json::Value::from(&*text_of(value)?).to_string(),
        't' => match value.as_bool() {
            Some(value) => value.to_string(),
            None => return Err(Stop::Wrong),
        },
        'f' => {
            let number = value.as_number().ok_or(Stop::Wrong)?;
            let digits = precision.unwrap_or(6).min(20);
            let rounded = number.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointNearestEven);
            format!("{rounded:.*}", usize::try_from(digits).unwrap_or_default())
        }
        _ => return Ok(None),
    };
    let missing = width.saturating_sub(piece.chars().count());
    if missing > 0 && piece.contains(HOLE) {
        return Ok(None);
    }
    Ok(Some(match (left, zeros, piece.strip_prefix('-')) {
        (true, _, _) => format!("{piece}{}", " ".repeat(missing)),
        (false, true, Some(digits)) => format!("-{}{digits}", "0".repeat(missing)),
        (false, true, None) => format!("{}{piece}", "0".repeat(missing)),
        (false, false, _) => format!("{}{piece}", " ".repeat(missing)),
    }))
}

pub(super) fn format_list(evaluator: &Evaluator<'_>, pattern: &str, values: &[Value]) -> Outcome {
    if values.contains(&Value::Hole) {
        return Ok(Value::Hole);
    }
    let lists = values.iter().filter_map(Value::items).map(<[Value]>::len);
    let Some(count) = lists.clone().next() else {
        return Ok(Value::list(vec![format(evaluator, pattern, values)?]));
    };
    if lists.into_iter().any(|other| other != count) {
        return Err(Stop::Wrong);
    }
    let row = |at: usize| {
        let pick = |value: &Value| match value {
            Value::List(_, items) => items.get(at).cloned().unwrap_or(Value::Null),
            other => other.clone(),
        };
        let row: Vec<Value> = values.iter().map(pick).collect();
        evaluator.budget.take(1)?;
        format(evaluator, pattern, &row)
    };
    Ok(Value::list((0..count).map(row).collect::<Result<_, _>>()?))
}
