//! What CI systems write around a plan.

/// The part of a text between what CI wrappers write: the `[command]` line before the JSON, workflow commands (`::debug::`)
/// around it.
pub(super) fn inside(text: &str) -> (usize, usize) {
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let plain = rest.trim_ascii_start();
        // The plan itself may be a single line of a hundred megabytes: only a wrapper's line is looked at to its end.
        if !(plain.starts_with("[command]") || plain.starts_with("::")) {
            break;
        }
        let line = plain.split_inclusive('\n').next().unwrap_or_default();
        start = text.len() - plain.len() + line.len();
    }
    let mut end = text.trim_ascii_end().len().max(start);
    while let Some(line) = text.get(start..end).and_then(last_line).filter(|line| line.starts_with("::")) {
        let shorter = end - line.len();
        end = text.get(..shorter).unwrap_or_default().trim_ascii_end().len().max(start);
    }
    (start, end)
}

/// The last line of a text, if it is no longer than what a wrapper writes.
fn last_line(text: &str) -> Option<&str> {
    const LONGEST: usize = 1 << 16;
    let from = text.len().saturating_sub(LONGEST);
    let newline = memchr::memrchr(b'\n', text.as_bytes().get(from..)?);
    match newline {
        Some(at) => text.get(from + at + 1..),
        None => (from == 0).then_some(text),
    }
}
