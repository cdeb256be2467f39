//! YAML as SLO files have it: values, lists and maps, each with its line.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::model::{HOLE, holds_hole};

/// A value, a list, or values below keys.
#[derive(Debug, Default)]
pub(super) enum Node {
    /// Nothing is said.
    #[default]
    Empty,
    Value(String),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Spelled)
    }
}

struct Spelled;

impl<'de> Visitor<'de> for Spelled {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, a list, or keys with values")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Value(flag.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Value(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Value(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Value(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Value(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

/// One place of a document, or of nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'n> {
    /// What stands there.
    node: Option<&'n Node>,
    /// Where it, or what would hold it, begins.
    pub(super) line: u64,
}

impl<'n> View<'n> {
    /// A whole document.
    pub(super) fn of(document: &'n Spanned<Node>) -> Self {
        Self { node: Some(&document.value), line: document.referenced.line() }
    }

    /// What stands below `key`.
    pub(super) fn get(self, key: &str) -> Self {
        let found = self.entries().find(|(name, _)| *name == key);
        found.map_or(Self { node: None, line: self.line }, |(_, view)| view)
    }

    /// What stands below the first of `keys` that is there.
    pub(super) fn any(self, keys: &[&str]) -> Self {
        let found = keys.iter().map(|key| self.get(key)).find(|view| view.is_there());
        found.unwrap_or(Self { node: None, line: self.line })
    }

    /// What stands below one key after the other.
    pub(super) fn path(self, keys: &[&str]) -> Self {
        keys.iter().fold(self, |view, key| view.get(key))
    }

    /// Whether `key` is there, with or without anything below it.
    pub(super) fn has(self, key: &str) -> bool {
        self.entries().any(|(name, _)| name == key)
    }

    /// Whether anything is said.
    pub(super) fn is_there(self) -> bool {
        !matches!(self.node, None | Some(Node::Empty))
    }

    /// The value, as it is spelled.
    pub(super) fn text(self) -> Option<&'n str> {
        match self.node {
            Some(Node::Value(text)) => Some(text),
            _ => None,
        }
    }

    /// Keys with what stands below them, in order. Their lines are those of the keys.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'n str, Self)> {
        let entries = match self.node {
            Some(Node::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        entries
            .iter()
            .map(|(key, value)| (key.value.as_str(), Self { node: Some(&value.value), line: key.referenced.line() }))
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let items = match self.node {
            Some(Node::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(|item| Self { node: Some(&item.value), line: item.referenced.line() })
    }

    /// Whether it is a list.
    pub(super) fn is_list(self) -> bool {
        matches!(self.node, Some(Node::List(_)))
    }

    /// Whether it is a map.
    pub(super) fn is_map(self) -> bool {
        matches!(self.node, Some(Node::Map(_)))
    }

    /// Every text at or below it, in order.
    pub(super) fn texts(self) -> Vec<&'n str> {
        let mut texts = Vec::new();
        let mut open = vec![self];
        while let Some(view) = open.pop() {
            texts.extend(view.text());
            let mut below: Vec<Self> = view.items().chain(view.entries().map(|(_, below)| below)).collect();
            below.reverse();
            open.extend(below);
        }
        texts
    }
}

/// Whether some part of a text is filled in by somebody else later: a template's placeholder, or a variable of a shell.
pub(super) fn is_templated(text: &str) -> bool {
    holds_hole(text) || text.contains("${") || text.contains("<%") || text.contains("{%")
}

/// The text with a hole for each `{{ … }}`, which no YAML reader takes; lines that hold nothing else become comments. Every
/// line stays where it is.
pub(super) fn with_holes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if (bare.starts_with("{{") && bare.ends_with("}}") && bare.matches("{{").count() == 1)
            || (bare.starts_with("{%") && bare.ends_with("%}"))
        {
            out.push('#');
            out.extend(line.chars().filter(|c| *c == '\n'));
            continue;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((_, behind)) = after.split_once("}}") else { break };
            out.push_str(before);
            out.push(HOLE);
            rest = behind;
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_holes_and_lines_stay() {
        let text = "{{- if .Values.slo }}\ntarget: {{ .Values.target }}\nquery: \"rate[{{.window}}]\"\n{{- end }}\n";
        let filled = with_holes(text);
        assert_eq!(filled, format!("#\ntarget: {HOLE}\nquery: \"rate[{HOLE}]\"\n#\n"));
        assert!(is_templated("${TARGET}") && is_templated(&HOLE.to_string()) && !is_templated("99.9"));
    }

    #[test]
    fn places_are_found() {
        let documents: Vec<Spanned<Node>> =
            serde_saphyr::from_multiple("a:\n  - b: 1\n    c: x\n---\nd: 99.90\n").unwrap();
        let first = View::of(&documents[0]);
        let item = first.get("a").items().next().unwrap();
        assert_eq!((item.get("c").text(), item.get("c").line), (Some("x"), 3));
        assert_eq!(first.texts(), ["1", "x"]);
        assert!(!first.get("none").is_there() && first.get("a").is_list() && first.is_map());
        assert_eq!((View::of(&documents[1]).get("d").text(), View::of(&documents[1]).get("d").line), (Some("99.9"), 5));
    }
}
