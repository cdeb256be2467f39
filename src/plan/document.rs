//! Walks the outermost object of a plan, which is most of the time that reading takes.
//!
//! `resource_changes` makes up half of the text. While one thread walks towards it, another reads it from where it seems
//! to begin; the first confirms that it does, or reads it again.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::layout::{Change, List, Map, Raw, Str, Variable};

/// What a plan holds at its outermost level, as far as anybody asks.
#[derive(Debug, Default)]
pub(super) struct Document<'p> {
    pub(super) format_version: Raw<'p>,
    pub(super) terraform_version: Str<'p>,
    pub(super) resource_changes: Option<Vec<Change<'p>>>,
    pub(super) planned_values: Option<Raw<'p>>,
    pub(super) has_outputs: bool,
    pub(super) prior_state: Raw<'p>,
    pub(super) configuration: Option<Raw<'p>>,
    pub(super) variables: Map<'p, Variable<'p>>,
    pub(super) errored: Raw<'p>,
    pub(super) complete: Raw<'p>,
}

/// Why walking stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The text ends in the middle of a value.
    Truncated,
    /// There is something at this byte that is not JSON.
    Syntax(usize, String),
}

/// Texts shorter than this are read before a second thread has started.
const WORTH_A_THREAD: usize = 1 << 20;

/// Reads the document that begins at `from`; gives the byte behind it.
pub(super) fn read(text: &str, from: usize) -> Result<(Document<'_>, usize), Stop> {
    let mut walker = Walker { cursor: Cursor { text, at: from }, document: Document::default() };
    walker.cursor.token(b'{', "expected value")?;
    let guess = if text.len() - from < WORTH_A_THREAD { None } else { guess(text, from) };
    let Some((key, list)) = guess else {
        walker.walk(None)?;
        return Ok((walker.document, walker.cursor.at));
    };
    let read_list = || {
        let mut cursor = Cursor { text, at: list };
        cursor.value::<List<Change<'_>>>().map(|List(changes)| (changes, cursor.at))
    };
    let (reached, changes) = rayon::join(|| walker.walk(Some(key)), read_list);
    if reached? == Reached::Place {
        let (changes, end) = changes?;
        walker.document.resource_changes = Some(changes);
        walker.cursor.at = end;
        if !walker.behind_member()? {
            walker.walk(None)?;
        }
    }
    Ok((walker.document, walker.cursor.at))
}

/// Where the first key called `resource_changes` and its list seem to begin.
fn guess(text: &str, from: usize) -> Option<(usize, usize)> {
    const KEY: &[u8] = b"\"resource_changes\"";
    let rest = text.as_bytes().get(from..)?;
    let key = from + memchr::memmem::find(rest, KEY)?;
    let mut cursor = Cursor { text, at: key + KEY.len() };
    cursor.token(b':', "").ok()?;
    cursor.space();
    Some((key, cursor.at))
}

/// How a walk ended.
#[derive(Debug, Eq, PartialEq)]
enum Reached {
    /// At the end of the object.
    End,
    /// At the key where it was to stop.
    Place,
}

struct Walker<'p> {
    cursor: Cursor<'p>,
    document: Document<'p>,
}

impl Walker<'_> {
    /// Walks over members up to the end of the object, or up to the key at `stop`.
    fn walk(&mut self, stop: Option<usize>) -> Result<Reached, Stop> {
        self.cursor.space();
        if self.cursor.byte() == Some(b'}') {
            self.cursor.at += 1;
            return Ok(Reached::End);
        }
        loop {
            self.cursor.space();
            if Some(self.cursor.at) == stop {
                return Ok(Reached::Place);
            }
            self.member()?;
            if self.behind_member()? {
                return Ok(Reached::End);
            }
        }
    }

    fn member(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        if !matches!(cursor.byte(), Some(b'"') | None) {
            return Err(Stop::Syntax(cursor.at, "expected a key".to_owned()));
        }
        let key: Key<'_> = cursor.value()?;
        cursor.token(b':', "expected `:`")?;
        cursor.space();
        let document = &mut self.document;
        match key.0.as_ref() {
            "format_version" => document.format_version = cursor.value()?,
            "terraform_version" => document.terraform_version = cursor.value()?,
            "resource_changes" => document.resource_changes = Some(cursor.value::<List<Change<'_>>>()?.0),
            "planned_values" => document.planned_values = Some(cursor.value()?),
            "output_changes" => {
                cursor.value::<IgnoredAny>()?;
                document.has_outputs = true;
            }
            "prior_state" => document.prior_state = cursor.value()?,
            "configuration" => document.configuration = Some(cursor.value()?),
            "variables" => document.variables = cursor.value()?,
            "errored" => document.errored = cursor.value()?,
            "complete" => document.complete = cursor.value()?,
            _ => {
                cursor.value::<IgnoredAny>()?;
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

#[derive(Deserialize)]
struct Key<'p>(#[serde(borrow)] Cow<'p, str>);

struct Cursor<'p> {
    text: &'p str,
    at: usize,
}

impl<'p> Cursor<'p> {
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
            Some(Err(error)) => Err(self.stop(rest, &error)),
        }
    }

    /// Where and why serde stopped. Its words are used only where they cannot quote the input.
    fn stop(&self, rest: &str, error: &serde_json::Error) -> Stop {
        let lines = rest.split_inclusive('\n').take(error.line().saturating_sub(1));
        let byte = self.at + lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
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
}
