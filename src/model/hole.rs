//! What stands in a text for a part that nobody knows yet.

/// Stands for the part of a text that is known only after apply. It is of Unicode's last private plane, so no text that people
/// write holds it; a text that does is taken for one that is not known. It never leaves the program: see [`holds_hole`].
pub const HOLE: char = '\u{10FFFD}';

/// Whether a part of a text is not known. Such a text is never printed, compared or looked up as a whole.
pub fn holds_hole(text: &str) -> bool {
    // Its first byte alone rules it out nearly always.
    memchr::memchr(0xF4, text.as_bytes()).is_some() && text.contains(HOLE)
}

/// A text for people: with an ellipsis for what is not known.
pub fn elided(text: &str) -> std::borrow::Cow<'_, str> {
    if holds_hole(text) { text.replace(HOLE, "…").into() } else { text.into() }
}
