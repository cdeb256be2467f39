//! Walks the outermost object of a plan.
//!
//! What nobody reads is stepped over by its brackets, and checked to be JSON while the rest is worked on. Where there are
//! landmarks, the large parts are not even stepped over: see [`super::landmarks`].

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::landmarks::{RUN, runs};
use super::layout::{self, Change, Raw, Str};
use crate::model::json;

/// What a plan holds at its outermost level, as far as anybody asks.
#[derive(Debug, Default)]
pub(super) struct Document<'p> {
    pub(super) format_version: Raw<'p>,
    pub(super) terraform_version: Str<'p>,
    /// When it was made.
    pub(super) timestamp: Str<'p>,
    /// Its entries in runs, not yet read.
    pub(super) resource_changes: Option<Vec<&'p str>>,
    pub(super) planned_values: Option<&'p str>,
    pub(super) has_outputs: bool,
    pub(super) prior_state: Option<&'p str>,
    pub(super) has_configuration: bool,
    /// Not yet read; may be `null`.
    pub(super) configuration: Option<&'p str>,
    /// Not yet read.
    pub(super) variables: Option<&'p str>,
    pub(super) errored: Raw<'p>,
    pub(super) complete: Raw<'p>,
    /// What was stepped over.
    unread: Vec<&'p str>,
}

impl<'p> Document<'p> {
    /// Takes what was stepped over, for [`verify`].
    pub(super) fn take_unread(&mut self) -> Vec<&'p str> {
        std::mem::take(&mut self.unread)
    }
}

/// Checks that parts of `text` are JSON.
pub(super) fn verify(text: &str, parts: &[&str]) -> Result<(), Stop> {
    parts.iter().try_for_each(|unread| {
        if json::is_valid(unread) { Ok(()) } else { part::<IgnoredAny>(text, unread).map(|_| ()) }
    })
}

/// The first place from `from` on where `text` is not JSON. Stepping over values by their brackets may stop far behind it.
pub(super) fn first_error(text: &str, from: usize) -> Option<Stop> {
    let mut cursor = Cursor { text, at: from, landmarks: &[] };
    cursor.value::<IgnoredAny>().err()
}

/// Why walking stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The text ends in the middle of a value.
    Truncated,
    /// There is something at this byte that is not JSON.
    Syntax(usize, String),
}

/// Reads the document that begins at `from`; gives the byte behind it. Large parts of it are taken to end at `landmarks`.
pub(super) fn read<'p>(text: &'p str, from: usize, landmarks: &[usize]) -> Result<(Document<'p>, usize), Stop> {
    let mut walker = Walker { cursor: Cursor { text, at: from, landmarks }, document: Document::default() };
    walker.cursor.token(b'{', "expected value")?;
    walker.cursor.space();
    if walker.cursor.byte() == Some(b'}') {
        walker.cursor.at += 1;
    } else {
        walker.walk()?;
    }
    Ok((walker.document, walker.cursor.at))
}

struct Walker<'p, 'l> {
    cursor: Cursor<'p, 'l>,
    document: Document<'p>,
}

impl Walker<'_, '_> {
    /// Walks over members up to the end of the object.
    fn walk(&mut self) -> Result<(), Stop> {
        loop {
            self.cursor.space();
            self.member()?;
            if self.behind_member()? {
                return Ok(());
            }
        }
    }

    fn member(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        if !matches!(cursor.byte(), Some(b'"') | None) {
            return Err(Stop::Syntax(cursor.at, "expected a key".to_owned()));
        }
        let key: layout::Key<'_> = cursor.value()?;
        cursor.token(b':', "expected `:`")?;
        cursor.space();
        let document = &mut self.document;
        let mut unread = |value| {
            document.unread.push(value);
            value
        };
        match key.0.as_ref() {
            "format_version" => document.format_version = cursor.value()?,
            "terraform_version" => document.terraform_version = cursor.value()?,
            "resource_changes" => document.resource_changes = Some(cursor.entries()?),
            "planned_values" => document.planned_values = Some(unread(cursor.leap()?)),
            "resource_drift" => {
                unread(cursor.leap()?);
            }
            "output_changes" => {
                unread(cursor.leap()?);
                document.has_outputs = true;
            }
            "prior_state" => document.prior_state = Some(unread(cursor.leap()?)),
            "configuration" => {
                document.has_configuration = true;
                let earlier = document.configuration.replace(cursor.leap()?);
                document.unread.extend(earlier);
            }
            "variables" => {
                let earlier = document.variables.replace(cursor.skip()?);
                document.unread.extend(earlier);
            }
            "errored" => document.errored = cursor.value()?,
            "timestamp" => document.timestamp = cursor.value()?,
            "complete" => document.complete = cursor.value()?,
            _ => {
                unread(cursor.skip()?);
            }
        }
        Ok(())
    }

    /// Steps over what separates members; says whether the object ends there.
    fn behind_member(&mut self) -> Result<bool, Stop> {
        self.cursor.space();
        match self.cursor.byte() {
            Some(b',') => {
                self.cursor.at += 1;
                Ok(false)
            }
            Some(b'}') => {
                self.cursor.at += 1;
                Ok(true)
            }
            Some(_) => Err(Stop::Syntax(self.cursor.at, "expected `,` or `}`".to_owned())),
            None => Err(Stop::Truncated),
        }
    }
}

struct Cursor<'p, 'l> {
    text: &'p str,
    at: usize,
    /// In order.
    landmarks: &'l [usize],
}

impl<'p> Cursor<'p, '_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn token(&mut self, token: u8, otherwise: &str) -> Result<(), Stop> {
        self.space();
        match self.byte() {
            Some(byte) if byte == token => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(Stop::Syntax(self.at, otherwise.to_owned())),
            None => Err(Stop::Truncated),
        }
    }

    /// Steps over a value: an object or an array by its brackets, anything else by reading it.
    fn skip(&mut self) -> Result<&'p str, Stop> {
        let from = self.at;
        if matches!(self.byte(), Some(b'{' | b'[')) {
            self.at = json::skip(self.text, from).ok_or(Stop::Truncated)?;
        } else {
            self.value::<IgnoredAny>()?;
        }
        Ok(self.text.get(from..self.at).unwrap_or_default())
    }

    /// Steps over a value that may be large: up to the next landmark, if there is one.
    fn leap(&mut self) -> Result<&'p str, Stop> {
        let Some(value) = self.up_to_landmark() else { return self.skip() };
        self.at += value.len();
        Ok(value)
    }

    /// What seems to be the value that begins here.
    fn up_to_landmark(&self) -> Option<&'p str> {
        let next = self.landmarks.partition_point(|landmark| *landmark <= self.at);
        let value = self.text.get(self.at..*self.landmarks.get(next)?)?.trim_ascii_end();
        let is_closed = match self.byte()? {
            b'{' => value.ends_with('}'),
            b'[' => value.ends_with(']'),
            _ => false,
        };
        is_closed.then_some(value)
    }

    /// The elements of the array that begins here in runs, not yet read; none of anything else.
    fn entries(&mut self) -> Result<Vec<&'p str>, Stop> {
        if self.byte() != Some(b'[') {
            self.skip()?;
            return Ok(Vec::new());
        }
        if let Some(list) = self.up_to_landmark() {
            self.at += list.len();
            let inside = list.get(1..list.len() - 1).unwrap_or_default();
            return Ok(if inside.trim_ascii().is_empty() { Vec::new() } else { runs(inside) });
        }
        self.at += 1;
        let mut runs = Vec::new();
        self.space();
        if self.byte() == Some(b']') {
            self.at += 1;
            return Ok(runs);
        }
        let mut from = self.at;
        loop {
            self.space();
            self.skip()?;
            let run = self.text.get(from..self.at).unwrap_or_default();
            self.space();
            let next = self.byte();
            if run.len() >= RUN || next == Some(b']') {
                runs.push(run);
                from = self.at + 1;
            }
            match next {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(runs);
                }
                Some(_) => return Err(Stop::Syntax(self.at, "expected `,` or `]`".to_owned())),
                None => return Err(Stop::Truncated),
            }
        }
    }

    /// Reads the entry of `resource_changes` that begins here.
    fn change(&mut self) -> Result<Change<'p>, Stop> {
        let mut strict = json::Strict::new(self.text, self.at);
        match Change::read(&mut strict) {
            Some(change) => {
                self.at = strict.at();
                Ok(change)
            }
            None => self.value(),
        }
    }

    /// Reads the value that begins here.
    fn value<T: Deserialize<'p>>(&mut self) -> Result<T, Stop> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            None => Err(Stop::Truncated),
            Some(Err(error)) => Err(stop(self.at, rest, &error)),
        }
    }
}

/// Where and why serde stopped reading `rest`, which begins at `at`. Its words are used only where they cannot quote the
/// input.
fn stop(at: usize, rest: &str, error: &serde_json::Error) -> Stop {
    let lines = rest.split_inclusive('\n').take(error.line().saturating_sub(1));
    let byte = at + lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    match error.classify() {
        Category::Eof => Stop::Truncated,
        Category::Syntax => {
            let text = error.to_string();
            let problem = text.split(" at line ").next().unwrap_or("syntax error");
            Stop::Syntax(byte, problem.to_owned())
        }
        Category::Data | Category::Io => Stop::Syntax(byte, "a value of an unexpected kind".to_owned()),
    }
}

/// Modules nest no deeper than this; the configuration, which serde reads, ends there as well.
const DEEPEST_MODULE: usize = 128;

/// Refuses a module of `text`, beginning at `part`, that so many others are around: each of them takes room on the stack.
pub(super) fn descend(text: &str, part: &str, depth: usize) -> Result<(), Stop> {
    if depth < DEEPEST_MODULE {
        return Ok(());
    }
    Err(Stop::Syntax(place(text, part), format!("modules are nested more than {DEEPEST_MODULE} deep")))
}

/// Where `part` begins in `text`.
fn place(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Reads a value that was stepped over, `part` of `text`.
pub(super) fn part<'p, T: Deserialize<'p>>(text: &str, part: &'p str) -> Result<T, Stop> {
    copied(text, part, part)
}

/// Reads a copy of a value that was stepped over, `part` of `text`.
pub(super) fn copied<'k, T: Deserialize<'k>>(text: &str, part: &str, copy: &'k str) -> Result<T, Stop> {
    serde_json::from_str(copy).map_err(|error| inside(text, part, stop(0, part, &error)))
}

/// Reads the entries, separated by commas, that `run`, a part of `text`, consists of.
pub(super) fn run<'p>(text: &str, run: &'p str, mut each: impl FnMut(Change<'p>)) -> Result<(), Stop> {
    let mut cursor = Cursor { text: run, at: 0, landmarks: &[] };
    loop {
        each(cursor.change().map_err(|stop| inside(text, run, stop))?);
        cursor.space();
        match cursor.byte() {
            Some(b',') => cursor.at += 1,
            None => return Ok(()),
            Some(_) => return Err(Stop::Syntax(place(text, run) + cursor.at, "expected `,` or `]`".to_owned())),
        }
    }
}

/// Where in `text` reading stopped that stopped so in `part` of it.
fn inside(text: &str, part: &str, stop: Stop) -> Stop {
    let at = place(text, part);
    match stop {
        // It ends where its brackets close; what is missing is missing inside.
        Stop::Truncated => Stop::Syntax(at + part.len(), "a value that does not end".to_owned()),
        Stop::Syntax(byte, problem) => Stop::Syntax(at + byte, problem),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Input, Kept, PlanError, read};

    fn stop(text: &str) -> Option<(String, usize)> {
        let input = Input::decode("plan.json".to_owned(), text.as_bytes().to_vec()).unwrap();
        match read(&input, &Kept::default(), &|_, _, _| ()) {
            Ok(_) => None,
            Err(PlanError::Syntax { problem, byte, .. }) => Some((problem, byte)),
            Err(other) => Some((other.to_string(), 0)),
        }
    }

    #[test]
    fn what_nobody_reads_must_be_json_too() {
        for key in ["planned_values", "prior_state", "output_changes", "relevant_attributes"] {
            let before = format!(r#"{{"format_version":"1.2","{key}":{{"a":"#);
            let plan = |inside: &str| format!("{before}{inside}}},\"resource_changes\":[]}}");
            assert_eq!(stop(&plan("[1, {\"b\": null}]")), None, "{key}");
            // Where brackets alone would let it pass, or would stop only at the end.
            assert_eq!(stop(&plan("tru")), Some(("expected ident".to_owned(), before.len() + 3)), "{key}");
            assert_eq!(stop(&plan("[1 2]")), Some(("expected `,` or `]`".to_owned(), before.len() + 3)), "{key}");
            assert_eq!(stop(&plan("[1}")), Some(("expected `,` or `]`".to_owned(), before.len() + 2)), "{key}");
        }
    }

    #[test]
    fn modules_without_end_are_refused() {
        let modules = |times: usize| r#"{"child_modules":["#.repeat(times) + "{}" + &"]}".repeat(times);
        let planned = |times| format!(r#"{{"planned_values":{{"root_module":{}}}}}"#, modules(times));
        let prior = |times| {
            format!(r#"{{"planned_values":{{}},"prior_state":{{"values":{{"root_module":{}}}}}}}"#, modules(times))
        };
        for plan in [planned(100), prior(100)] {
            assert_eq!(stop(&plan), None);
        }
        for plan in [planned(200), planned(20_000), prior(200), prior(20_000)] {
            assert_eq!(stop(&plan).unwrap().0, "modules are nested more than 128 deep");
        }
    }

    #[test]
    fn a_damaged_change_is_found_where_it_is() {
        let before = r#"{"format_version":"1.2","resource_changes":[{"address":"#;
        assert_eq!(stop(&format!("{before}:}}]}}")), Some(("expected value".to_owned(), before.len())));
    }
}
