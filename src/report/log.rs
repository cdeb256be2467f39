//! Text that is printed to the log of a CI system, in which some lines are commands: no name in a plan becomes one.
//!
//! GitHub's runner takes a line for a command that begins with `::`, blanks before it left aside, and what stands behind `##[` in any place
//! of it: github.com/actions/runner, `src/Runner.Common/ActionCommand.cs`, read in a copy on 2026-11-30. The
//! agent of Azure Pipelines looks for `##vso[` and `##[` in any place: see `azure.rs`.

use std::io::{self, Write};

/// What begins a command of GitHub's at the start of a line.
const START: &str = "::";

/// Lets `write` print lines of which none is a command.
pub fn lines(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut log = Log { out, line: Vec::new() };
    write(&mut log)?;
    log.end()
}

/// The same of a text that is there: an error, which may have several lines. What is not seen is spelled.
pub fn harmless(text: &str) -> String {
    text.split('\n').map(|line| calm(&super::text::tame(line))).collect::<Vec<_>>().join("\n")
}

/// Prints line by line.
struct Log<'o> {
    out: &'o mut dyn Write,
    /// What has no end yet.
    line: Vec<u8>,
}

impl Log<'_> {
    fn end(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.out.write_all(calm(&String::from_utf8_lossy(&line)).as_bytes())
    }
}

impl Write for Log<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.end()?;
            }
        }
        Ok(bytes.len())
    }

    /// Of a line that has no end nobody knows yet what it is.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A line that is no command.
fn calm(line: &str) -> String {
    let line = broken(line);
    let words = line.get(blank(&line)..).unwrap_or_default();
    match words.strip_prefix(START) {
        Some(rest) => format!("{}: :{rest}", line.strip_suffix(words).unwrap_or_default()),
        None => line,
    }
}

/// Where the words of a line begin, behind blanks and colours, which a stream may take away.
fn blank(line: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        let colour =
            rest.strip_prefix("\u{1b}[").and_then(|code| Some(code.find(|c: char| c.is_ascii_alphabetic())? + 3));
        let blank = rest.chars().next().filter(|c| c.is_whitespace()).map(char::len_utf8);
        match colour.or(blank) {
            Some(length) => at += length,
            None => break,
        }
    }
    at
}

/// A line in which no command begins, wherever that may be.
pub(super) fn broken(line: &str) -> String {
    let mut told = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let rest = line.get(at + c.len_utf8()..).unwrap_or_default();
        let is_command = rest.starts_with('[') || rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("vso["));
        if c == '#' && told.ends_with('#') && is_command {
            told.push(' ');
        }
        told.push(c);
    }
    told
}

/// A text in which no `#` follows another.
pub(super) fn apart(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '#' && told.ends_with('#') {
            told.push(' ');
        }
        told.push(c);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_command() {
        for (line, expected) in [
            ("::stop-commands::x", ": :stop-commands::x"),
            (" \t\u{a0}::x", " \t\u{a0}: :x"),
            ("\u{1b}[1m  \u{1b}[2m::x\u{1b}[0m", "\u{1b}[1m  \u{1b}[2m: :x\u{1b}[0m"),
            ("a ::x", "a ::x"),
            ("a ##[group]b", "a # #[group]b"),
            ("a ##vso[b]", "a # #vso[b]"),
            ("####VSO[b]", "### #VSO[b]"),
            ("## heading", "## heading"),
            (":", ":"),
            ("", ""),
        ] {
            assert_eq!(calm(line), expected, "{line}");
        }
        assert_eq!(harmless("a\u{1b}[2K\n  ::b\n"), "a\\u{1b}[2K\n  : :b\n");
    }

    /// However it is cut into pieces.
    #[test]
    fn pieces_of_lines_are_lines() {
        let mut told = Vec::new();
        let pieces = ["a\n ", ":", ":b #", "#", "[c]\n", "\u{e9}\n::", "d"];
        lines(&mut told, |out| pieces.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))).unwrap();
        assert_eq!(String::from_utf8(told).unwrap(), "a\n : :b # #[c]\n\u{e9}\n: :d");
    }

    #[test]
    fn no_number_of_signs_is_a_command() {
        for number in 2..=6 {
            let signs = "#".repeat(number);
            for text in [apart(&format!("a{signs}vso[b]")), broken(&format!("a{signs}vso[b]"))] {
                assert!(!text.contains("##vso["), "{text}");
            }
            for text in [apart(&format!("a{signs}[b]")), broken(&format!("a{signs}[b]"))] {
                assert!(!text.contains("##["), "{text}");
            }
        }
    }
}
