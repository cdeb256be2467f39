//! Reads a usage file, in the format of Infracost: how much each resource is used, which no plan shows.
//!
//! Source: infracost/infracost, `internal/schema/usage_data.go` and `infracost-usage-example.yml`, snapshot of 2026-08-21.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_saphyr::Spanned;

use crate::cost::{Said, Usage, Values};
use crate::model::Text;
use crate::policy::{PolicyError, is_bare, misread};
use crate::units::{Decimal, plain};

/// What stands in a usage file.
#[derive(Clone, Debug, Default)]
pub struct UsageFile {
    /// What the file is called.
    pub name: String,
    /// How much things are used.
    pub usage: Usage,
    /// What is said of what, and where.
    pub said: Vec<Said>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Option<Spanned<Node>>,
    resource_type_default_usage: Option<Node>,
    resource_usage: Option<Node>,
}

/// A value, or values below keys.
#[derive(Debug, Default)]
enum Node {
    /// Nothing is said.
    #[default]
    Empty,
    Value(String),
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
        f.write_str("a number, a word, or keys with values")
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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

const HINT: &str = "docs/cost.md describes usage files; `planwise usage init PLAN` writes one";

impl UsageFile {
    /// Reads `text`, which stands in a file called `name`.
    ///
    /// # Errors
    /// When it is not YAML, is of another version, or says what is no usage.
    pub fn read(name: &str, text: &str) -> Result<Self, PolicyError> {
        let file: File = if is_bare(text) {
            File::default()
        } else {
            serde_saphyr::from_str(text).map_err(|error| misread(name, &error, HINT))?
        };
        let mut read = Self { name: name.to_owned(), ..Self::default() };
        if let Some(version) = &file.version
            && !matches!(&version.value, Node::Value(text) if text == "0.1")
        {
            return Err(read.at(version.referenced.line(), "the version of a usage file is 0.1".to_owned()));
        }
        for (of, line, values, said) in read.blocks(file.resource_type_default_usage, "resource_type_default_usage")? {
            read.said.push(Said { is_type: true, place: read.place(line), keys: said, of: of.clone() });
            read.usage.types.entry(of).or_default().extend(values);
        }
        for (of, line, values, said) in read.blocks(file.resource_usage, "resource_usage")? {
            read.said.push(Said { is_type: false, place: read.place(line), keys: said, of: of.clone() });
            read.usage.say(of, values);
        }
        Ok(read)
    }

    fn place(&self, line: u64) -> String {
        format!("{}:{line}", self.name)
    }

    fn at(&self, line: u64, problem: String) -> PolicyError {
        PolicyError::At { place: self.place(line), problem, hint: HINT }
    }

    /// What is said of each name below a key of the file: its line, its values, and where these stand.
    #[allow(clippy::type_complexity, reason = "it is taken apart at once")]
    fn blocks(
        &self,
        node: Option<Node>,
        key: &str,
    ) -> Result<Vec<(Text, u64, Values, Vec<(Text, String)>)>, PolicyError> {
        let entries = match node.unwrap_or_default() {
            Node::Empty => return Ok(Vec::new()),
            Node::Map(entries) => entries,
            Node::Value(_) => {
                let problem = format!("{key} takes resources, each with its keys");
                return Err(PolicyError::Shape { name: self.name.clone(), problem, hint: HINT.to_owned() });
            }
        };
        let mut blocks = Vec::new();
        for (of, node) in entries {
            let (mut values, mut said) = (Values::new(), Vec::new());
            let line = of.referenced.line();
            match node.value {
                Node::Empty => continue,
                Node::Value(_) => return Err(self.at(line, format!("{} takes keys with values", of.value))),
                Node::Map(entries) => self.flatten("", entries, &mut values, &mut said)?,
            }
            blocks.push((of.value.into(), line, values, said));
        }
        Ok(blocks)
    }

    /// Values by key; a key leads into the map below it with a dot.
    fn flatten(
        &self,
        above: &str,
        entries: Vec<(Spanned<String>, Spanned<Node>)>,
        values: &mut Values,
        said: &mut Vec<(Text, String)>,
    ) -> Result<(), PolicyError> {
        for (key, node) in entries {
            let (line, key) = (key.referenced.line(), format!("{above}{}", key.value));
            match node.value {
                Node::Empty => {}
                Node::Map(entries) => self.flatten(&format!("{key}."), entries, values, said)?,
                Node::Value(text) => {
                    values.insert(key.as_str().into(), self.value(&key, line, &text)?);
                    said.push((key.into(), self.place(line)));
                }
            }
        }
        Ok(())
    }

    /// A word, or a number that can be counted with: `1e6` is 1000000.
    fn value(&self, key: &str, line: u64, text: &str) -> Result<Text, PolicyError> {
        let trimmed = text.trim();
        let number = trimmed.parse::<Decimal>().or_else(|_| Decimal::from_scientific(trimmed));
        match number {
            Ok(number) if number.is_sign_negative() && !number.is_zero() => {
                Err(self.at(line, format!("{key} is {text}, and nothing is used less than not at all")))
            }
            Ok(number) => Ok(plain(number).into()),
            Err(_) if trimmed.parse::<f64>().is_ok() => {
                Err(self.at(line, format!("{key} is {text}, which is no number that can be counted with")))
            }
            Err(_) => Ok(trimmed.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Address;

    fn read(text: &str) -> Result<UsageFile, String> {
        UsageFile::read("usage.yml", text).map_err(|error| error.to_string())
    }

    #[test]
    fn all_that_infracosts_files_have() {
        let file = read(
            "version: 0.1\nresource_type_default_usage:\n  aws_l:\n    requests: 100000 # many\n    ms: 1.5\nresource_usage:\n  \
             #\n  # Comments\n  #\n  aws_l.one: {requests: 0}\n  module.m[*].aws_s[\"a b\"]:\n    tags: 1\n    standard:\n      \
             gb: 1e3\n      by:\n        hand: yes it is\n  aws_l.two:\n    requests:\n    ms: 2\n  aws_l.three:\n",
        )
        .unwrap();
        let get = |kind: &str, address: &str, key: &str| file.usage.get(kind, &Address::new(address), key).cloned();
        assert_eq!(get("aws_l", "aws_l.one", "requests").as_deref(), Some("0"), "nothing is not unsaid");
        assert_eq!(get("aws_l", "aws_l.one", "ms").as_deref(), Some("1.5"));
        assert_eq!(get("aws_l", "aws_l.two", "requests").as_deref(), Some("100000"), "an empty key says nothing");
        let bucket = "module.m[\"x\"].aws_s[\"a b\"]";
        assert_eq!(get("aws_s", bucket, "standard.gb").as_deref(), Some("1000"));
        assert_eq!(get("aws_s", bucket, "standard.by.hand").as_deref(), Some("yes it is"));
        let places: Vec<_> = file.said.iter().map(|said| (said.of.as_str(), said.place.as_str())).collect();
        assert_eq!(
            places,
            [
                ("aws_l", "usage.yml:3"),
                ("aws_l.one", "usage.yml:10"),
                ("module.m[*].aws_s[\"a b\"]", "usage.yml:11"),
                ("aws_l.two", "usage.yml:17")
            ]
        );
        let key = |name: &str, line: &str| (name.into(), format!("usage.yml:{line}"));
        assert_eq!(file.said[2].keys, [key("tags", "12"), key("standard.gb", "14"), key("standard.by.hand", "16")]);
        for empty in ["", "version: 0.1\n", "# nothing\n", "version: 0.1\nresource_usage:\n"] {
            assert!(read(empty).unwrap().said.is_empty(), "{empty}");
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        let all = [
            ("version: 0.2\n", "usage.yml:1: the version of a usage file is 0.1"),
            ("resource_usages: {}\n", "line 1 column 1: there is no key `resource_usages`"),
            ("resource_usage:\n  aws_a.b: 3\n", "usage.yml:2: aws_a.b takes keys with values"),
            ("resource_usage: 3\n", "resource_usage takes resources"),
            ("resource_usage:\n  aws_a.b:\n    gb: -1\n", "usage.yml:3: gb is -1"),
            ("resource_usage:\n  aws_a.b:\n    gb: 1e400\n", "line 3 column 9: that is no number"),
            ("resource_usage:\n  aws_a.b:\n    gb: [1]\n", "line 3"),
            ("resource_usage:\n  aws_a.b: {\n", "line"),
        ];
        for (text, problem) in all {
            let error = read(text).unwrap_err();
            assert!(error.contains(problem) && error.contains("hint: "), "{text}: {error}");
        }
    }

    /// Infracost's own example and its defaults, which are collected beside the project.
    #[test]
    fn infracosts_own_files_are_read() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/infracost");
        if !folder.exists() {
            println!("skipped: {} is not there", folder.display());
            return;
        }
        for (name, least) in [("infracost-usage-example.yml", 100), ("infracost-usage-defaults.large.yml", 100)] {
            let text = std::fs::read_to_string(folder.join(name)).unwrap();
            let file = UsageFile::read(name, &text).map_err(|error| error.to_string()).unwrap();
            assert!(file.said.len() > least && file.said.iter().all(|said| !said.keys.is_empty()), "{name}");
        }
    }
}
