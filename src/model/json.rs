//! Takes JSON text apart, one level at a time.
//!
//! The text has been validated when the plan was read; here it is only divided, which is all that most of it ever
//! needs. On a plan of 100 MB this halves the time to describe its resources (see `benches/`).

use std::borrow::Cow;

/// The members of an object: keys, and values as text; empty for anything else.
pub(super) fn members(raw: &str) -> Vec<(Cow<'_, str>, &str)> {
    let mut members = Vec::with_capacity(32);
    let Some(mut cursor) = Cursor::inside(raw, b'{') else { return members };
    while cursor.peek() == Some(b'"') {
        let Some(key) = cursor.value() else { break };
        cursor.skip(b':');
        let Some(value) = cursor.value() else { break };
        members.push((unquote(key), value));
        cursor.skip(b',');
    }
    members
}

/// The elements of an array as text; empty for anything else.
pub(super) fn elements(raw: &str) -> Vec<&str> {
    let mut elements = Vec::new();
    let Some(mut cursor) = Cursor::inside(raw, b'[') else { return elements };
    while !matches!(cursor.peek(), None | Some(b']')) {
        let Some(value) = cursor.value() else { break };
        elements.push(value);
        cursor.skip(b',');
    }
    elements
}

/// The text that a JSON string stands for.
pub(super) fn unquote(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    if inner.contains('\\') {
        return serde_json::from_str::<String>(raw).map_or(Cow::Borrowed(inner), Cow::Owned);
    }
    Cow::Borrowed(inner)
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Behind the bracket that opens `raw`.
    fn inside(raw: &'a str, open: u8) -> Option<Self> {
        let mut cursor = Self { text: raw, at: 0 };
        (cursor.peek() == Some(open)).then(|| {
            cursor.at += 1;
            cursor
        })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    fn skip(&mut self, token: u8) {
        if self.peek() == Some(token) {
            self.at += 1;
        }
    }

    /// The value that begins here, and moves behind it.
    fn value(&mut self) -> Option<&'a str> {
        let first = self.peek()?;
        let from = self.at;
        match first {
            b'"' => self.pass_string()?,
            b'{' | b'[' => self.pass_nested()?,
            _ => {
                let rest = self.text.as_bytes().get(from..)?;
                let end = rest.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'));
                self.at = from + end.unwrap_or(rest.len());
            }
        }
        // A bracket that closes nothing is no value.
        self.text.get(from..self.at).filter(|value| !value.is_empty())
    }

    fn pass_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let stop = memchr::memchr2(b'"', b'\\', rest)?;
            if rest.get(stop) == Some(&b'"') {
                self.at += stop + 1;
                return Some(());
            }
            // A backslash hides the byte behind it.
            self.at += stop + 2;
        }
    }

    fn pass_nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'"' => {
                    self.pass_string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, Value, json};

    /// What is taken apart and put together again is what serde reads.
    fn check(value: &Value) {
        for raw in [value.to_string(), serde_json::to_string_pretty(value).unwrap()] {
            match value {
                Value::Object(expected) => {
                    let found: Map<String, Value> = members(&raw)
                        .into_iter()
                        .map(|(key, value)| (key.into_owned(), serde_json::from_str(value).unwrap()))
                        .collect();
                    assert_eq!(&found, expected);
                }
                Value::Array(expected) => {
                    let found: Vec<Value> =
                        elements(&raw).into_iter().map(|value| serde_json::from_str(value).unwrap()).collect();
                    assert_eq!(&found, expected);
                }
                _ => assert!(members(&raw).is_empty() && elements(&raw).is_empty()),
            }
        }
        match value {
            Value::Object(all) => all.values().for_each(check),
            Value::Array(all) => all.iter().for_each(check),
            _ => {}
        }
    }

    #[test]
    fn agrees_with_serde() {
        check(&json!({
            "a": [1, -2.5e3, true, false, null, "x", "", {}, [], [[["deep"]]]],
            "quo\"te\\": "back\\slash \"{[,:]}\" é \u{1F600} \n\t",
            "nested": { "x": { "y": [ { "z": "}" } ] }, "é": "ü" },
            "": 0,
        }));
        check(&json!([]));
        check(&json!({}));
        check(&json!("text"));
    }

    #[test]
    fn broken_text_ends_early_and_breaks_nothing() {
        for raw in ["{", "[", "{\"a\"", "{\"a\":", "[1,", "[\"", "{\"a\":\"\\", "", "{]", "[}", "{\"a\":[}"] {
            let _ = (members(raw), elements(raw));
        }
    }
}
