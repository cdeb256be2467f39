//! What no plan shows: how much each resource is used.

use std::collections::BTreeMap;

use crate::model::{Address, Text};

/// Values by key; a dot leads into a nested map: `standard.storage_gb`.
pub type Values = BTreeMap<Text, Text>;

/// A usage file. What is said of an address goes before what a pattern says, and that before what is said of a type; key by key.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// By type.
    pub types: BTreeMap<Text, Values>,
    /// By pattern of an address, the most specific first.
    pub patterns: Vec<(Text, Values)>,
    /// By address.
    pub addresses: BTreeMap<Text, Values>,
}

impl Usage {
    /// Adds what is said of an address, or of a pattern of addresses: more specific is what has more text beside its stars.
    pub fn say(&mut self, of: Text, values: Values) {
        if !of.contains('*') {
            self.addresses.entry(of).or_default().extend(values);
            return;
        }
        let weight = |pattern: &str| pattern.len() - pattern.matches('*').count();
        let place = self.patterns.iter().position(|(other, _)| weight(other) < weight(&of));
        self.patterns.insert(place.unwrap_or(self.patterns.len()), (of, values));
    }
}

impl Usage {
    /// What is said of a resource.
    pub fn get(&self, kind: &str, address: &Address, key: &str) -> Option<&Text> {
        let exact = self.addresses.get(address.as_str()).and_then(|values| values.get(key));
        let matched = || {
            let mut all = self.patterns.iter().filter(|(pattern, _)| fits(pattern, address.as_str()));
            all.find_map(|(_, values)| values.get(key))
        };
        exact.or_else(matched).or_else(|| self.types.get(kind)?.get(key))
    }
}

/// Whether an address fits a pattern in which `*` stands for any text, dots included, as Infracost reads it.
pub(super) fn fits(pattern: &str, address: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| address.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("module.m[*].aws_instance.x[*]", "module.m[\"a.b\"].aws_instance.x[0]"));
        assert!(fits("aws_instance.x", "aws_instance.x"));
        assert!(!fits("aws_instance.x", "aws_instance.xy"));
        assert!(!fits("aws_instance.*a", "aws_instance.b"));
        assert!(!fits("aws_instance.ab*b", "aws_instance.ab"));
    }
    #[test]
    fn an_address_before_a_pattern_before_a_type_key_by_key() {
        let values = |all: &[(&str, &str)]| -> Values {
            all.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()
        };
        let mut usage = Usage::default();
        usage.types.insert("aws_a".into(), values(&[("x", "1"), ("y", "1"), ("z", "1"), ("w", "1")]));
        usage.say("aws_a.*".into(), values(&[("x", "2"), ("y", "2"), ("z", "2")]));
        usage.say("aws_a.b[*]".into(), values(&[("x", "3"), ("y", "3")]));
        usage.say("aws_a.b[0]".into(), values(&[("x", "4")]));
        let get = |key| usage.get("aws_a", &Address::new("aws_a.b[0]"), key).map(Text::as_str);
        assert_eq!(
            [get("x"), get("y"), get("z"), get("w"), get("v")],
            [Some("4"), Some("3"), Some("2"), Some("1"), None]
        );
    }
}
