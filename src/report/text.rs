//! What text formats share.

use std::borrow::Cow;

use crate::finding::{Delta, Measure};
use crate::model::{Evidence, Provenance};
use crate::units::Money;

/// Breaks `text` into lines of at most `width` characters, at spaces where there are any. No name in it reaches the terminal as
/// a command.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in tame(text).split_whitespace() {
        let longer = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && longer > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Text on one line that ends no fence and hides nothing: names in a plan are anybody's. What is not seen is spelled, so that
/// two names never look like one.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            spell(c, &mut line);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.trim_end().replace("```", "'''")
}

/// The same with every space in its place.
pub(super) fn tame(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() { line.push(' ') } else { spell(c, &mut line) }
    }
    line
}

/// Adds a character; one that is not seen, or moves what stands around it, by its number.
fn spell(c: char, line: &mut String) {
    match c {
        // Without a width, and marks that turn the direction of reading.
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => line.extend(c.escape_unicode()),
        c if c.is_control() => line.extend(c.escape_unicode()),
        c => line.push(c),
    }
}

/// Breaks `text` into lines of at most `width` characters: at spaces where there are any, else in the middle of a word.
pub(super) fn wrap_hard(text: &str, width: usize) -> Vec<String> {
    let cut = |line: String| {
        let chars: Vec<char> = line.chars().collect();
        chars.chunks(width.max(1)).map(|part| part.iter().collect()).collect::<Vec<String>>()
    };
    wrap(text, width).into_iter().flat_map(cut).collect()
}

/// What a remedy costs, in a word or two.
pub(super) fn delta(delta: &Delta) -> Cow<'static, str> {
    match delta {
        Delta::Free(_) => "free".into(),
        Delta::NotPriced(_) => "not priced".into(),
        Delta::Costs(costs) => amount(costs.expected, costs.maximum, costs.margin, &costs.currency).into(),
    }
}

/// What is paid more in a month: as it starts, and at the most; an estimate says so.
pub(super) fn amount(expected: Money, maximum: Money, margin: Money, currency: &str) -> String {
    let about = if margin == Money::ZERO { "" } else { "about " };
    // Where nothing runs at first, the amount at the most says more than none.
    if expected == Money::ZERO && maximum != Money::ZERO {
        return format!("{about}up to {} a month", maximum.signed(currency));
    }
    format!("{about}{} a month", expected.signed(currency))
}

/// Why it costs that, or what it depends on; nothing where the amount says it all.
pub(super) fn delta_reason(delta: &Delta) -> Cow<'_, str> {
    match delta {
        Delta::Free(reason) => (*reason).into(),
        Delta::NotPriced(reason) => reason.as_ref().into(),
        Delta::Costs(costs) => {
            let mut reasons = Vec::new();
            if costs.minimum != costs.maximum {
                let signed = |amount: Money| amount.signed(&costs.currency);
                let (low, high) = (signed(costs.minimum), signed(costs.maximum));
                reasons.push(format!("{low} at the least and {high} at the most, as it scales"));
            }
            if costs.margin != Money::ZERO {
                reasons.push(format!("an estimate, within {}", costs.margin.of(&costs.currency)));
            }
            reasons.extend(costs.also.clone());
            reasons.join("; ").into()
        }
    }
}

/// Where a value comes from, unless that is the plan.
pub(super) fn provenance(evidence: &Evidence) -> String {
    match &evidence.source {
        Provenance::Plan => String::new(),
        Provenance::Configuration(place) => format!("configuration, {place}"),
        Provenance::Declared(place) => format!("declared, {place}"),
        source => match source.note() {
            Some(note) => format!("{}: {note}", source.as_str()),
            None => source.as_str().to_owned(),
        },
    }
}

/// A measure as JSON.
pub(super) fn measure(measure: Measure) -> serde_json::Value {
    match measure {
        Measure::Number(number) => number.into(),
        Measure::Unlimited => "unlimited".into(),
    }
}

/// A sentence with its first letter large.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // A name stays as it is spelled.
        Some(first) if !text.split(' ').next().is_some_and(|word| word.contains(['_', '.'])) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_only() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("averylongword b", 5), ["averylongword", "b"]);
        assert_eq!(wrap("", 5), Vec::<String>::new());
        assert_eq!(wrap("a\u{1b}[1mb c", 8), ["a\\u{1b}[1mb", "c"]);
    }

    #[test]
    fn a_line_is_a_line_whatever_is_in_it() {
        assert_eq!(one_line("a\r\n\u{2028}b\t c\u{1b}[1m"), "a b c\\u{1b}[1m");
        assert_eq!(tame(" a\n \u{1b}b "), " a  \\u{1b}b ");
        assert_eq!(one_line("````x"), "'''`x");
        assert_eq!(one_line("a\u{200b}b\u{202e}"), "a\\u{200b}b\\u{202e}");
        assert_eq!(wrap_hard("ab abcdefg", 3), ["ab", "abc", "def", "g"]);
    }

    #[test]
    fn sentences_begin_large() {
        assert_eq!(sentence("how many"), "How many");
        assert_eq!(sentence("aws_lb.main is"), "aws_lb.main is");
    }
}
