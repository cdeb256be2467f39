//! Tells whether text is JSON.
//!
//! It says yes where `serde_json` does, and does less for it: it makes nothing of what it reads, and looks at 32 bytes of
//! a text at once. It does not say what is wrong; `serde_json` does, on the rare occasion.

use wide::u8x32;

/// Whether `text` is one JSON value.
pub fn is_valid(text: &str) -> bool {
    let mut strict = Strict::new(text, 0);
    strict.value().is_some() && strict.rest().bytes().all(is_space)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// A place in text, which moves forward over JSON only. Each step moves behind what it reads; there is no way on from `None`.
#[derive(Debug)]
pub struct Strict<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The brackets that are open inside a value.
    open: Vec<u8>,
}

impl<'a> Strict<'a> {
    /// At the byte `at` of `text`.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, bytes: text.as_bytes(), at, open: Vec::new() }
    }

    /// Its place.
    pub fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space.
    pub fn peek(&mut self) -> Option<u8> {
        while self.byte().is_some_and(is_space) {
            self.at += 1;
        }
        self.byte()
    }

    /// The value that begins here, or behind the white space here.
    pub fn value(&mut self) -> Option<&'a str> {
        let mut token = self.token()?;
        let from = self.at - 1;
        self.open.clear();
        loop {
            match token {
                b'"' => self.string()?,
                b'{' if !self.closes(b'}') => {
                    self.open.push(b'{');
                    self.pass_key()?;
                    token = self.token()?;
                    continue;
                }
                b'[' if !self.closes(b']') => {
                    self.open.push(b'[');
                    token = self.token()?;
                    continue;
                }
                b'{' | b'[' => {}
                b'n' => self.word(*b"ull")?,
                b't' => self.word(*b"rue")?,
                b'f' => self.word(*b"alse")?,
                b'-' => self.number(None)?,
                first @ b'0'..=b'9' => self.number(Some(first))?,
                _ => return None,
            }
            loop {
                let Some(bracket) = self.open.last().copied() else { return self.text.get(from..self.at) };
                match (bracket, self.token()?) {
                    (b'[', b',') => break,
                    (b'{', b',') => {
                        self.pass_key()?;
                        break;
                    }
                    (b'[', b']') | (b'{', b'}') => {
                        self.open.pop();
                    }
                    _ => return None,
                }
            }
            token = self.token()?;
        }
    }

    /// Reads the object that begins here. `each` gets every key in its quotes, and reads the value behind it.
    pub fn members(&mut self, mut each: impl FnMut(&'a str, &mut Self) -> Option<()>) -> Option<()> {
        if self.token()? != b'{' {
            return None;
        }
        if self.closes(b'}') {
            return Some(());
        }
        loop {
            let key = self.key()?;
            each(key, self)?;
            match self.token()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.byte()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no white space.
    #[inline]
    fn token(&mut self) -> Option<u8> {
        loop {
            let byte = self.next()?;
            if byte > b' ' || !is_space(byte) {
                return Some(byte);
            }
        }
    }

    /// Whether nothing comes before a closing bracket.
    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    fn key(&mut self) -> Option<&'a str> {
        self.peek();
        let from = self.at;
        self.pass_key()?;
        // It ends with a quote, behind which white space and a colon stand.
        let end = self.text.get(from..self.at - 1)?.trim_ascii_end().len();
        self.text.get(from..from + end)
    }

    #[inline]
    fn pass_key(&mut self) -> Option<()> {
        if self.token()? != b'"' {
            return None;
        }
        self.string()?;
        (self.token()? == b':').then_some(())
    }

    /// The rest of a string, behind its first quote.
    #[inline]
    fn string(&mut self) -> Option<()> {
        loop {
            self.plain();
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                // A control character.
                _ => return None,
            }
        }
    }

    /// Passes what stands for itself in a string.
    #[inline]
    fn plain(&mut self) {
        while let Some(block) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<32>) {
            let block = u8x32::new(*block);
            let ends = block.simd_eq(u8x32::splat(b'"')) | block.simd_eq(u8x32::splat(b'\\'));
            let controls = block.min(u8x32::splat(0x1F)).simd_eq(block);
            let special = (ends | controls).to_bitmask();
            if special != 0 {
                self.at += usize::try_from(special.trailing_zeros()).unwrap_or_default();
                return;
            }
            self.at += 32;
        }
        while self.byte().is_some_and(|byte| byte > 0x1F && byte != b'"' && byte != b'\\') {
            self.at += 1;
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => (0..4).all(|_| self.next().is_some_and(|byte| byte.is_ascii_hexdigit())).then_some(()),
            _ => None,
        }
    }

    fn word<const N: usize>(&mut self, rest: [u8; N]) -> Option<()> {
        let is_there = self.bytes.get(self.at..)?.starts_with(&rest);
        self.at += N;
        is_there.then_some(())
    }

    /// The rest of a number, behind its first digit, or behind its sign.
    fn number(&mut self, first: Option<u8>) -> Option<()> {
        let first = first.or_else(|| self.next().filter(u8::is_ascii_digit))?;
        let more = self.digits();
        if first == b'0' && more {
            return None;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits().then_some(())?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits().then_some(())?;
        }
        Some(())
    }

    /// Passes digits; says whether there were any.
    fn digits(&mut self) -> bool {
        let from = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > from
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;

    fn agrees(text: &str) {
        assert_eq!(is_valid(text), serde_json::from_str::<IgnoredAny>(text).is_ok(), "{text:?}");
    }

    const VALID: &str = "{\"a\": [1, -2.5e+3, 0.1E-2, true, false, null, \"\", {}, [ ] , \"quo\\\"te\\\\\"],\n\t\"\\u00e9é\": { \"x\" :{\"y\":[{\"z\":\"}{][:,\\n\"}]}}, \"long\": \"0123456789abcdef0123456789\" }";

    #[test]
    fn agrees_with_serde_on_everything_that_is_nearly_json() {
        agrees(VALID);
        assert!(is_valid(VALID));
        let characters: Vec<char> = VALID.chars().collect();
        let replacements =
            ['"', '\\', '{', '}', '[', ']', ':', ',', '0', '1', '-', '.', 'e', 'u', 'n', ' ', '\n', '\u{1}', 'é'];
        for at in 0..characters.len() {
            let (before, after) = characters.split_at(at);
            let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
            let rest: String = after.chars().skip(1).collect();
            agrees(&before);
            agrees(&format!("{before}{rest}"));
            for replacement in replacements {
                agrees(&format!("{before}{replacement}{rest}"));
                agrees(&format!("{before}{replacement}{after}"));
            }
        }
    }

    #[test]
    fn agrees_with_serde_on_short_texts() {
        let pieces = [
            "{", "}", "[", "]", "\"", ":", ",", "0", "1", "-", ".", "e", "+", "\\u", "12aF", "null", "true", "fals",
            "e", " ",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for d in pieces {
                        agrees(&format!("{a}{b}{c}{d}"));
                        agrees(&format!("[{a}{b},{c}{d}]"));
                        agrees(&format!("{{\"k\":{a}{b}{c}{d}}}"));
                    }
                }
            }
        }
    }

    #[test]
    fn a_value_may_be_followed_by_others() {
        let mut strict = Strict::new(" [1] , 2", 0);
        assert_eq!((strict.value(), strict.at()), (Some("[1]"), 4));
        assert_eq!(Strict::new(" [1] , 2", 6).value(), Some("2"));
        assert_eq!(Strict::new(" [1] ,", 6).value(), None);
    }

    #[test]
    fn members_are_read_in_order() {
        let members = |text| {
            let (mut found, mut strict) = (Vec::new(), Strict::new(text, 0));
            let all = strict.members(|key, strict| {
                found.push((key, strict.value()?));
                Some(())
            });
            all.map(|()| found)
        };
        assert_eq!(members(" { \"a\" : 1 , \"b\":[ 2 ]}"), Some(vec![("\"a\"", "1"), ("\"b\"", "[ 2 ]")]));
        assert_eq!(members("{ }"), Some(Vec::new()));
        for broken in ["[]", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{\"a\" 1}", "{,}", "{\"a\":1"] {
            assert_eq!(members(broken), None, "{broken}");
        }
    }
}
