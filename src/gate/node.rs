//! JSON as text, so that numbers keep every digit.

use std::borrow::Cow;

use crate::model::json::{Cursor, members, unquote};
use crate::units::Decimal;

/// A value that is known to be JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a>(pub(super) &'a str);

impl<'a> Node<'a> {
    /// The members of an object, in their order; none of anything else.
    pub(super) fn members(self) -> Vec<(Cow<'a, str>, Node<'a>)> {
        members(self.0).into_iter().map(|(key, value)| (key, Node(value))).collect()
    }

    /// A member of an object; of two that are called the same the last.
    pub(super) fn get(self, key: &str) -> Option<Node<'a>> {
        self.members().into_iter().rev().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// A member of a member.
    pub(super) fn at(self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The elements of an array; none of anything else.
    pub(super) fn elements(self) -> Vec<Node<'a>> {
        let mut elements = Vec::new();
        let mut cursor = Cursor::new(self.0);
        if cursor.open(b'[') {
            while cursor.element() {
                let Some(value) = cursor.value() else { break };
                elements.push(Node(value));
            }
        }
        elements
    }

    pub(super) fn is_object(self) -> bool {
        self.0.trim_start().starts_with('{')
    }

    /// The text of a string.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        self.0.starts_with('"').then(|| unquote(self.0))
    }

    /// Yes or no.
    pub(super) fn truth(self) -> Option<bool> {
        match self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// A number, also one in quotes as old reports have it; nothing for `null`, `"-"` and what else is no number.
    pub(super) fn number(self) -> Option<Decimal> {
        match self.text() {
            Some(text) => number(text.trim()),
            None => number(self.0.trim()),
        }
    }

    /// A number of things.
    pub(super) fn count(self) -> Option<u64> {
        self.number().filter(Decimal::is_integer).and_then(|number| u64::try_from(number).ok())
    }
}

/// A decimal number, with an exponent or without.
pub(super) fn number(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let number = |text: &str| Node(text).number().map(|number| number.to_string());
        assert_eq!(number("200.0000000000000000001").as_deref(), Some("200.0000000000000000001"));
        assert_eq!(number("1.5e-3").as_deref(), Some("0.0015"));
        assert_eq!(number("\"15701\"").as_deref(), Some("15701"));
        for none in ["null", "\"-\"", "\"N/A\"", "true", "{}", "\"Infinity\"", "\"NaN\"", "1e999"] {
            assert_eq!(number(none), None, "{none}");
        }
    }
}
