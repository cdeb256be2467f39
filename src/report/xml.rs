//! Text for XML.

use std::borrow::Cow;

/// Text for content and attributes; what XML 1.0 has no way to write is left out.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || c.is_control() || c >= '\u{FFFE}') {
        return text.into();
    }
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            c if c.is_control() || c == '\u{FFFE}' || c == '\u{FFFF}' => {}
            c => escaped.push(c),
        }
    }
    escaped.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_attribute_or_a_section() {
        assert_eq!(xml("a.b"), "a.b");
        assert_eq!(xml("<\"a\" & 'b'>\n\u{1b}]]>ü"), "&lt;&quot;a&quot; &amp; &apos;b&apos;&gt;&#10;]]&gt;ü");
    }
}
