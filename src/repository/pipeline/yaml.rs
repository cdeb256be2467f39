//! YAML of any shape, with the line of everything: what a pipeline's file may hold differs from system to system.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// A value.
#[derive(Clone, Debug, Default)]
pub(super) enum Yaml {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number or a text, as it is written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in their order.
    Map(Vec<(String, Node)>),
}

/// A value with the line that it begins on.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) value: Yaml,
    pub(super) line: usize,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Yaml>::deserialize(deserializer)?;
        let line = usize::try_from(spanned.referenced.line()).unwrap_or(0);
        Ok(Self { value: spanned.value, line })
    }
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E: Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        Yaml::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Yaml, E> {
        Ok(Yaml::Bool(value))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Yaml, E> {
        Ok(Yaml::Text(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Yaml, E> {
        Ok(Yaml::Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Yaml, E> {
        Ok(Yaml::Text(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Yaml::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Yaml, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            map.push((key, entries.next_value()?));
        }
        Ok(Yaml::Map(map))
    }
}

impl Node {
    /// Reads `text`.
    ///
    /// # Errors
    /// When it is no YAML, with what the reader says of it and the line.
    pub(super) fn read(text: &str) -> Result<Self, (String, usize)> {
        serde_saphyr::from_str(text).map_err(|error| {
            let line = error.location().and_then(|place| usize::try_from(place.line()).ok()).unwrap_or(1);
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or_default();
            (first.strip_prefix("error: ").unwrap_or(first).to_owned(), line)
        })
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// Its keys with their values; none of what has no keys.
    pub(super) fn entries(&self) -> &[(String, Self)] {
        match &self.value {
            Yaml::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Its items: those of a list, or itself where it is something else and not nothing.
    pub(super) fn items(&self) -> &[Self] {
        match &self.value {
            Yaml::List(items) => items,
            Yaml::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// What is written there, where it is a text or a number.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Yaml::Text(text) => Some(text),
            Yaml::Bool(true) => Some("true"),
            Yaml::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The text of a key.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// All texts in it, lists within lists included, each with the line that it begins on.
    pub(super) fn texts(&self) -> Vec<(&str, usize)> {
        match &self.value {
            Yaml::List(items) => items.iter().flat_map(Self::texts).collect(),
            _ => self.text().map(|text| (text, self.line)).into_iter().collect(),
        }
    }

    /// The texts of a key.
    pub(super) fn words(&self, key: &str) -> Vec<&str> {
        self.get(key).map(|node| node.texts().into_iter().map(|(text, _)| text).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_is_read_with_its_lines() {
        let text = "on:\n  push:\njobs:\n  a: &a\n    needs: [b, 3]\n    run: |\n      one\n      two\n    off: false\n  c:\n    <<: *a\n    nested: [[x], z]\n    ref: !reference [.base, script]\n";
        let node = Node::read(text).unwrap();
        assert!(node.get("on").is_some());
        let jobs = node.get("jobs").unwrap();
        assert_eq!(jobs.get("a").unwrap().words("needs"), ["b", "3"]);
        let run = jobs.get("a").unwrap().get("run").unwrap();
        assert_eq!((run.text(), run.line), (Some("one\ntwo\n"), 7));
        assert_eq!(jobs.get("c").unwrap().word("off"), Some("false"));
        assert_eq!(jobs.get("c").unwrap().words("nested"), ["x", "z"]);
        assert_eq!(jobs.get("c").unwrap().words("ref"), [".base", "script"]);
        assert_eq!(Node::read("a: [").unwrap_err().1, 1);
        assert!(Node::read("").is_ok_and(|node| node.items().is_empty()));
    }
}
