//! Takes Rust source apart, as far as the walls between modules ask: its code without comments and tests, the texts in it,
//! and the paths that lead out of a file.

use std::fs;
use std::path::Path;

use super::support::project;

/// A source file.
pub(super) struct Source {
    /// Where it stands, below `src`.
    pub(super) name: String,
    /// Its code: names, signs, and `"` for each text.
    pub(super) tokens: Vec<String>,
    /// What is written between quotes.
    pub(super) texts: Vec<String>,
    /// How many modules it stands below the crate.
    depth: usize,
}

impl Source {
    pub(super) fn file(path: &Path) -> Self {
        let below = path.strip_prefix(project("src")).unwrap();
        let folders = below.components().count() - 1;
        let depth = folders + usize::from(!below.ends_with("mod.rs"));
        Self::of(&below.display().to_string(), depth, &fs::read_to_string(path).unwrap())
    }

    fn of(name: &str, depth: usize, text: &str) -> Self {
        let all = without_tests(lex(text));
        let texts = all.iter().filter_map(|token| token.strip_prefix('"').map(str::to_owned)).collect();
        let bare = |token: String| if token.starts_with('"') { "\"".to_owned() } else { token };
        Self { name: name.to_owned(), tokens: all.into_iter().map(bare).collect(), texts, depth }
    }

    /// The modules of the crate that its code names; `crate` where it takes hold of the crate itself, and so of all.
    pub(super) fn imports(&self) -> Vec<String> {
        let token = |at: usize| self.tokens.get(at).map_or("", String::as_str);
        let mut names = Vec::new();
        for at in 0..self.tokens.len() {
            // `pub(crate)` names nothing.
            let begins = matches!(token(at), "crate" | "super") && token(at + 1) != ")";
            let inside = at > 0 && token(at - 1) == "::" && (at < 2 || token(at - 2) != "self");
            if begins && !inside {
                let mut paths = Vec::new();
                tree(&self.tokens, at, &[], &mut paths);
                names.extend(paths.iter().filter_map(|path| self.module_of(path)));
            }
        }
        names
    }

    /// The module that a path leads to, if it leads to the crate and back into it.
    fn module_of(&self, path: &[&str]) -> Option<String> {
        let up = path.iter().take_while(|step| **step == "super").count();
        let rest = match path {
            ["crate", rest @ ..] => rest,
            _ if up >= self.depth => &path[up..],
            _ => return None,
        };
        match rest.first() {
            None | Some(&"self" | &"*") => Some("crate".to_owned()),
            Some(module) => Some((*module).to_owned()),
        }
    }
}

/// Follows a path from a token on, through braces; gives the place behind it.
fn tree<'t>(tokens: &'t [String], mut at: usize, before: &[&'t str], paths: &mut Vec<Vec<&'t str>>) -> usize {
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    let mut path = before.to_vec();
    loop {
        if token(at) == "{" {
            at += 1;
            while !matches!(token(at), "}" | "") {
                at = tree(tokens, at, &path, paths);
                // What separates it from the next, with another name for it before that.
                while !matches!(token(at), "," | "}" | "") {
                    at += 1;
                }
                at += usize::from(token(at) == ",");
            }
            return at + 1;
        }
        path.push(token(at));
        at += 1;
        if token(at) != "::" || !(token(at + 1).starts_with(is_name) || matches!(token(at + 1), "{" | "*")) {
            paths.push(path);
            return at;
        }
        at += 1;
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Names, signs and texts, the latter with a quote before them; comments are left out.
fn lex(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, length) = if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if let Some((inside, length)) = quoted(rest) {
            (Some(format!("\"{inside}")), length)
        } else if rest.starts_with("::") {
            (Some("::".to_owned()), 2)
        } else if is_name(first) {
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            (Some(rest[..length].to_owned()), length)
        } else if first == '\'' {
            (None, behind_mark(rest))
        } else {
            ((!first.is_whitespace()).then(|| first.to_string()), first.len_utf8())
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
    tokens
}

/// The inside of the text that begins here, and how long it is with its quotes; bytes and C strings are texts too.
fn quoted(rest: &str) -> Option<(&str, usize)> {
    let prefix = rest.find(|c| !matches!(c, 'b' | 'c' | 'r')).filter(|length| *length <= 2)?;
    let (raw, from) = (rest[..prefix].contains('r'), &rest[prefix..]);
    let hashes = if raw { from.len() - from.trim_start_matches('#').len() } else { 0 };
    let inside = from[hashes..].strip_prefix('"')?;
    let end = if raw {
        inside.find(&format!("\"{}", "#".repeat(hashes)))?
    } else {
        let mut hidden = false;
        inside.find(|c| {
            let ends = c == '"' && !hidden;
            hidden = c == '\\' && !hidden;
            ends
        })?
    };
    Some((&inside[..end], prefix + hashes + 1 + end + 1 + hashes))
}

/// How long a character is, or the mark alone before a lifetime.
fn behind_mark(rest: &str) -> usize {
    let inside = &rest[1..];
    let hidden = usize::from(inside.starts_with('\\'));
    let character = inside[hidden..].chars().next().map_or(0, char::len_utf8);
    match inside[hidden + character..].find('\'') {
        Some(0) => 1 + hidden + character + 1,
        // `'\u{e9}'`.
        Some(more) if hidden == 1 => 1 + hidden + character + more + 1,
        _ => 1,
    }
}

/// Leaves out the modules that are compiled for tests alone; what stands behind them stays.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const TEST_MODULE: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept: Vec<String> = Vec::new();
    let mut rest = tokens.into_iter();
    while let Some(token) = rest.next() {
        kept.push(token);
        if kept.ends_with(&TEST_MODULE.map(str::to_owned)) {
            kept.truncate(kept.len() - TEST_MODULE.len());
            let mut depth = 0;
            for token in rest.by_ref() {
                depth += i32::from(token == "{") - i32::from(token == "}");
                // Either its braces are closed, or it stands in a file of its own.
                if depth == 0 && matches!(token.as_str(), "}" | ";") {
                    break;
                }
            }
        }
    }
    kept
}

#[test]
fn reads_imports() {
    let table: &[(usize, &str, &[&str])] = &[
        (1, "use crate::model::{A, B};", &["model"]),
        (1, "use crate::{advice, rules::{self, all}, units::x as y};", &["advice", "rules", "units"]),
        (1, "let x = crate::graph::<Y>::new(crate::plan::Z);", &["graph", "plan"]),
        (2, "use super::Rule; use super::{a, b};", &[]),
        (2, "use super::super::topology::Pool;", &["topology"]),
        (2, "use super::super::{plan, report::{self}};", &["plan", "report"]),
        (3, "use super::super::Rule; super::super::super::cli::run()", &["cli"]),
        (2, "use self::super::super::plan;", &["plan"]),
        (1, "use crate as all;", &["crate"]),
        (1, "use crate::{self as all};", &["crate"]),
        (1, "use crate::*;", &["crate"]),
        (2, "use super::super as all;", &["crate"]),
        (1, "extern crate self as all;", &["crate"]),
        (1, "pub(crate) fn f(super_: Crate) {}", &[]),
        (1, "// use crate::plan;\n/* use crate::plan; */ let x = \"crate::plan\";", &[]),
        (1, "#[cfg(test)]\nmod tests { use crate::plan; fn f() { g(\"}\", '}') } }\nuse crate::units;", &["units"]),
        (1, "#[cfg(test)] mod tests; use crate::units;", &["units"]),
    ];
    for (depth, code, expected) in table {
        let mut found = Source::of("x.rs", *depth, code).imports();
        found.dedup();
        assert_eq!(found, *expected, "{code}");
    }
}

#[test]
fn reads_texts() {
    let hashes = "r#\"f \"g\"\"#";
    let code = format!(r#"f("a \"b\" // c", b"d", r"e\", {hashes}, '"', '\'', '\u{{e9}}', &'h i, "j") // "k""#);
    assert_eq!(Source::of("x.rs", 1, &code).texts, ["a \\\"b\\\" // c", "d", "e\\", "f \"g\"", "j"]);
    let code = "#[cfg(test)] mod tests { const A: &str = \"a\"; }\nconst B: &str = \"b\";";
    assert_eq!(Source::of("x.rs", 1, code).texts, ["b"]);
}
