//! Takes JSON text apart, one level at a time.
//!
//! Whether text is JSON is checked by [`Strict`] and [`is_valid`]; all else here only divides it, which is all that most of
//! it ever needs.

mod valid;

use std::borrow::Cow;

use wide::u8x16;

pub use valid::{Strict, is_valid};

/// A member of an object: its key, and its value as text.
pub type Member<'a> = (Cow<'a, str>, &'a str);

/// The members of an object; none of anything else.
pub fn members(raw: &str) -> Vec<Member<'_>> {
    let mut members = Vec::with_capacity(32);
    let mut cursor = Cursor::new(raw);
    if cursor.open(b'{') {
        while let Some(key) = cursor.key() {
            let Some(value) = cursor.value() else { break };
            members.push((unquote(key), value));
        }
    }
    members
}

/// The elements of an array as text; empty for anything else.
pub(super) fn elements(raw: &str) -> Vec<&str> {
    let mut elements = Vec::new();
    let mut cursor = Cursor::new(raw);
    if cursor.open(b'[') {
        while cursor.element() {
            let Some(value) = cursor.value() else { break };
            elements.push(value);
        }
    }
    elements
}

/// The text that a JSON string stands for.
pub fn unquote(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    if memchr::memchr(b'\\', inner.as_bytes()).is_some() {
        return serde_json::from_str::<String>(raw).map_or(Cow::Borrowed(inner), Cow::Owned);
    }
    Cow::Borrowed(inner)
}

/// A place in JSON text, which moves forward only. What does not stand where it should ends what is being walked over.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The text that is still to come.
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space.
    pub fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    fn pass(&mut self, token: u8) -> bool {
        let is_there = self.peek() == Some(token);
        self.at += usize::from(is_there);
        is_there
    }

    /// Steps behind the bracket `bracket`, if it stands here.
    pub fn open(&mut self, bracket: u8) -> bool {
        self.pass(bracket)
    }

    /// Inside an object: the next key in its quotes, and moves to its value; nothing, and moves behind the object, where it
    /// ends.
    pub fn key(&mut self) -> Option<&'a str> {
        self.pass(b',');
        if self.peek() != Some(b'"') {
            self.pass(b'}');
            return None;
        }
        let key = self.value()?;
        self.pass(b':');
        Some(key)
    }

    /// Inside an array: moves to the next element; or behind the array, where it ends.
    pub fn element(&mut self) -> bool {
        self.pass(b',');
        !matches!(self.peek(), None | Some(b']')) || {
            self.pass(b']');
            false
        }
    }

    /// The value that begins here, and moves behind it.
    pub fn value(&mut self) -> Option<&'a str> {
        self.peek()?;
        let from = self.at;
        // A bracket that closes nothing is no value: then there is nothing more to come.
        let end = skip(self.text, from).filter(|end| *end > from);
        self.at = end.unwrap_or(self.text.len());
        self.text.get(from..end?)
    }
}

/// The byte behind the value that begins at `at`; `None` where the text ends before the value does.
///
/// It only counts brackets outside strings. That is several times faster than reading, and enough for what nobody reads.
pub fn skip(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at)? {
        b'"' => behind_string(bytes, at + 1),
        b'{' | b'[' => match bytes.get(at + 1)? {
            b'}' | b']' => Some(at + 2),
            _ => behind_nested(bytes, at),
        },
        _ => {
            let rest = bytes.get(at..)?;
            let end = rest.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'));
            Some(at + end.unwrap_or(rest.len()))
        }
    }
}

/// The byte behind the quote that ends the string whose inside begins at `at`.
fn behind_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        // A backslash hides the byte behind it.
        at += 2;
    }
}

/// The byte behind the bracket that closes the one at `at`.
///
/// It looks at 64 bytes at a time, as one bit each, so that hardly anything it does depends on what the text says: that is
/// four times as fast as going by strings, whose lengths no processor can guess.
fn behind_nested(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut state = State { depth: 0, quoted: false, escaped: false };
    loop {
        let rest = bytes.get(at..)?;
        if let Some(block) = rest.first_chunk() {
            if let Some(end) = state.pass(block) {
                return Some(at + end);
            }
            at += BLOCK;
        } else {
            let mut block = [b' '; BLOCK];
            block.get_mut(..rest.len())?.copy_from_slice(rest);
            return state.pass(&block).map(|end| at + end);
        }
    }
}

const BLOCK: usize = 64;

/// Where a walk over nested brackets stands.
#[derive(Clone, Copy)]
struct State {
    depth: u32,
    quoted: bool,
    escaped: bool,
}

impl State {
    /// Passes a block; gives the place behind the bracket that closes the first one, if it is there.
    fn pass(&mut self, block: &[u8; BLOCK]) -> Option<usize> {
        /// The bit in which `[` and `{`, and `]` and `}`, differ.
        const CURLY: u8 = 0x20;
        let marks = bits(block, |bytes| bytes.simd_eq(u8x16::splat(b'"')));
        let (hidden, escaped) = hidden(bits(block, |bytes| bytes.simd_eq(u8x16::splat(b'\\'))), self.escaped);
        // Each quote turns over all that follows.
        let mut quoted = marks & !hidden;
        for distance in [1, 2, 4, 8, 16, 32] {
            quoted ^= quoted << distance;
        }
        if self.quoted {
            quoted = !quoted;
        }
        let brackets = |bracket: u8| bits(block, |bytes| (bytes | u8x16::splat(CURLY)).simd_eq(u8x16::splat(bracket)));
        let (opening, closing) = (brackets(b'{') & !quoted, brackets(b'}') & !quoted);
        let closed = closing.count_ones();
        if self.depth > closed {
            self.depth = self.depth + opening.count_ones() - closed;
        } else {
            // It may be closed here: bracket by bracket.
            let mut left = opening | closing;
            while left != 0 {
                let bracket = left & left.wrapping_neg();
                left ^= bracket;
                if opening & bracket != 0 {
                    self.depth += 1;
                } else if self.depth > 1 {
                    self.depth -= 1;
                } else {
                    return usize::try_from(bracket.trailing_zeros() + 1).ok();
                }
            }
        }
        self.quoted = quoted >> 63 == 1;
        self.escaped = escaped;
        None
    }
}

/// One bit for each byte of which `test` says so, the first byte's lowest.
fn bits(block: &[u8; BLOCK], test: impl Fn(u8x16) -> u8x16) -> u64 {
    let (parts, _) = block.as_chunks::<16>();
    parts.iter().rev().fold(0, |bits, part| bits << 16 | u64::from(test(u8x16::new(*part)).to_bitmask()))
}

/// The bytes that backslashes hide, and whether the last one hides a byte behind the block.
fn hidden(mut backslashes: u64, mut escaped: bool) -> (u64, bool) {
    let mut hidden = u64::from(escaped);
    backslashes &= !hidden;
    escaped = false;
    while backslashes != 0 {
        let next = (backslashes & backslashes.wrapping_neg()) << 1;
        // What follows the last byte has no bit.
        escaped = next == 0;
        hidden |= next;
        backslashes &= backslashes - 1;
        backslashes &= !next;
    }
    (hidden, escaped)
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
    fn skips_as_far_as_serde() {
        let long = "x".repeat(150);
        let deep = (0..40).fold(json!("x"), |inside, _| json!([inside]));
        let value = json!([
            { "a": "}]\\", "b": [[], {}, [{ "c": "\\\\" }]], "long": long, "é\"": "[\"{\"", "n": [1, 2, 3] },
            "\\\"", "\\", [], { "deep": deep },
        ]);
        // Shifted by every distance within a block, so that each byte stands at each edge once.
        for shift in 0..130 {
            let value = json!([" ".repeat(shift), value, "\\".repeat(shift)]);
            for raw in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                for (open, _) in raw.match_indices(['[', '{']) {
                    let mut rest =
                        serde_json::Deserializer::from_str(&raw[open..]).into_iter::<serde::de::IgnoredAny>();
                    // Brackets inside strings begin nothing that serde could read.
                    if let Some(Ok(_)) = rest.next() {
                        assert_eq!(skip(&raw, open), Some(open + rest.byte_offset()), "{raw} at {open}");
                    }
                }
                assert_eq!(skip(&raw[..raw.len() - 1], 0), None);
            }
        }
    }

    #[test]
    fn broken_text_ends_early_and_breaks_nothing() {
        for raw in ["{", "[", "{\"a\"", "{\"a\":", "[1,", "[\"", "{\"a\":\"\\", "", "{]", "[}", "{\"a\":[}"] {
            let _ = (members(raw), elements(raw));
        }
    }
}
