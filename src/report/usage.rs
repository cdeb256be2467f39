//! A usage file to fill in: what the resources of a plan may be told of their use.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::facts::{UsageKey, quoted};

/// The keys that may be said of resources, by their types and addresses.
#[derive(Debug, Default)]
pub struct UsageSketch {
    kinds: BTreeMap<String, Kind>,
}

/// What may be said of a type, and its resources by their addresses without the indices behind their names.
#[derive(Debug)]
struct Kind {
    keys: &'static [UsageKey],
    groups: BTreeMap<String, Vec<String>>,
}

/// Of a type with more than so many resources, one entry stands for all.
const FEW: usize = 5;

impl UsageSketch {
    /// Takes in a resource.
    pub fn add(&mut self, kind: &str, address: &str, keys: &'static [UsageKey]) {
        if keys.is_empty() {
            return;
        }
        let kind = self.kinds.entry(kind.to_owned()).or_insert_with(|| Kind { keys, groups: BTreeMap::new() });
        let group = kind.groups.entry(without_index(address).to_owned()).or_default();
        if !group.iter().any(|known| known == address) {
            group.push(address.to_owned());
        }
    }
}

/// An address without the index behind its name.
fn without_index(address: &str) -> &str {
    if !address.ends_with(']') {
        return address;
    }
    opening(address).and_then(|at| address.get(..at)).unwrap_or(address)
}

/// Where the index at the end of an address begins.
fn opening(address: &str) -> Option<usize> {
    if address.ends_with("\"]") { address.rfind("[\"") } else { address.rfind('[') }
}

/// Writes a usage file in which everything is commented out: as it is, it says nothing.
pub fn render(sketch: &UsageSketch, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# How much things are used, which no plan shows. Take the # away where you know it.")?;
    writeln!(out, "# An address counts before one with a *, and that before its type: key by key.")?;
    writeln!(out, "version: 0.1")?;
    let (many, few): (Vec<_>, Vec<_>) = sketch.kinds.iter().partition(|(_, kind)| kind.groups.len() > FEW);
    if !many.is_empty() {
        writeln!(out, "resource_type_default_usage:")?;
        for (name, kind) in many {
            let number: usize = kind.groups.values().map(Vec::len).sum();
            writeln!(out, "  {}: # {number} resources; an address below `resource_usage` counts before", quoted(name))?;
            keys(kind.keys, out)?;
        }
    }
    if !few.is_empty() {
        writeln!(out, "resource_usage:")?;
        for (_, kind) in few {
            for (group, addresses) in &kind.groups {
                match addresses.as_slice() {
                    [one] => writeln!(out, "  {}:", quoted(one))?,
                    several => writeln!(out, "  {}: # {} resources", quoted(&format!("{group}[*]")), several.len())?,
                }
                keys(kind.keys, out)?;
            }
        }
    }
    Ok(())
}

/// Keys with what they mean; those with dots stand below each other.
fn keys(all: &[UsageKey], out: &mut dyn Write) -> io::Result<()> {
    let mut sorted: Vec<(Vec<&str>, &str)> =
        all.iter().map(|usage| (usage.key.split('.').collect(), usage.meaning)).collect();
    // What stands below one key stands together, in the order of the first.
    let firsts: Vec<&str> = all.iter().filter_map(|usage| usage.key.split('.').next()).collect();
    sorted.sort_by_key(|(path, _)| firsts.iter().position(|first| path.first() == Some(first)));
    let mut above: Vec<&str> = Vec::new();
    for (path, meaning) in sorted {
        let Some((name, folders)) = path.split_last() else { continue };
        let shared = folders.iter().zip(&above).take_while(|(a, b)| a == b).count();
        for (depth, folder) in folders.iter().enumerate().skip(shared) {
            writeln!(out, "    # {}{folder}:", "  ".repeat(depth))?;
        }
        above = folders.to_vec();
        writeln!(out, "    # {}{name}: 0 # {meaning}", "  ".repeat(folders.len()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    static KEYS: [UsageKey; 3] = [
        UsageKey { key: "tags", meaning: "how many" },
        UsageKey { key: "standard.gb", meaning: "GB" },
        UsageKey { key: "standard.by.hand", meaning: "by hand" },
    ];

    fn written(sketch: &UsageSketch) -> String {
        let mut text = Vec::new();
        render(sketch, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn keys_stand_below_each_other() {
        let mut sketch = UsageSketch::default();
        sketch.add("aws_s", "aws_s.one", &KEYS);
        sketch.add("aws_s", "module.m[\"a.b\"].aws_s.two[\"x\"]", &KEYS);
        sketch.add("aws_s", "module.m[\"a.b\"].aws_s.two[\"y[0]\"]", &KEYS);
        sketch.add("aws_free", "aws_free.x", &[]);
        let text = written(&sketch);
        let expected = "resource_usage:\n  aws_s.one:\n    # tags: 0 # how many\n    # standard:\n    #   gb: 0 # GB\n    #   by:\n    \
                        #     hand: 0 # by hand\n  'module.m[\"a.b\"].aws_s.two[*]': # 2 resources\n";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn of_many_the_type_is_told() {
        let mut sketch = UsageSketch::default();
        for name in ["a", "b", "c", "d", "e", "f"] {
            sketch.add("aws_s", &format!("aws_s.{name}"), &KEYS);
        }
        let text = written(&sketch);
        assert!(
            text.contains("resource_type_default_usage:\n  aws_s: # 6 resources") && !text.contains("aws_s.a"),
            "{text}"
        );
    }
}
