//! Reads an entry of `resource_changes` in one pass that both checks it and takes it apart, as far as anybody asks.

use std::borrow::Cow;

use serde::Deserialize;

use super::layout::{Change, Difference, Raw, Str, Values};
use crate::model::json::Strict;

impl<'p> Change<'p> {
    /// Reads the entry that begins here; `None` for what is no JSON, and for what only a thorough reader gets right: escaped
    /// keys, other kinds of values than objects.
    pub(super) fn read(strict: &mut Strict<'p>) -> Option<Self> {
        let mut change = Self::default();
        strict.members(|key, strict| {
            if key == "\"change\"" {
                change.change = Difference::read(strict)?;
                return Some(());
            }
            let value = strict.value()?;
            match key {
                "\"address\"" => change.address = text(value)?,
                "\"previous_address\"" => change.previous_address = text(value)?,
                "\"module_address\"" => change.module_address = text(value)?,
                "\"mode\"" => change.mode = text(value)?.into(),
                "\"type\"" => change.kind = text(value)?,
                "\"name\"" => change.name = text(value)?,
                "\"index\"" => change.index = raw(value),
                "\"deposed\"" => change.deposed = raw(value),
                // A key that is not known is none of those that are, in another spelling.
                _ => drop(plain(key)?),
            }
            Some(())
        })?;
        Some(change)
    }
}

impl<'p> Difference<'p> {
    fn read(strict: &mut Strict<'p>) -> Option<Self> {
        let mut difference = Self::default();
        strict.members(|key, strict| {
            match key {
                "\"before\"" => difference.before = values(strict)?,
                "\"after\"" => difference.after = values(strict)?,
                _ => difference.take(key, strict.value()?)?,
            }
            Some(())
        })?;
        Some(difference)
    }

    fn take(&mut self, key: &str, value: &'p str) -> Option<()> {
        match key {
            "\"actions\"" => self.actions = read(value)?,
            "\"after_unknown\"" => self.after_unknown = raw(value),
            "\"before_sensitive\"" => self.before_sensitive = raw(value),
            "\"after_sensitive\"" => self.after_sensitive = raw(value),
            _ => drop(plain(key)?),
        }
        Some(())
    }
}

/// Takes the values apart that begin here.
fn values<'p>(strict: &mut Strict<'p>) -> Option<Values<'p>> {
    if strict.peek() != Some(b'{') {
        return strict.value().map(|value| raw(value).0.map_or(Values::None, Values::Whole));
    }
    let mut members = Vec::with_capacity(32);
    strict.members(|key, strict| {
        members.push((Cow::Borrowed(plain(key)?), strict.value()?));
        Some(())
    })?;
    Some(Values::Members(members))
}

/// A text without its quotes; `None` where it is spelled with escapes, or is none.
fn plain(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    // Most are too short for anything cleverer.
    (!inner.bytes().any(|byte| byte == b'\\')).then_some(inner)
}

fn read<'p, T: Deserialize<'p>>(value: &'p str) -> Option<T> {
    serde_json::from_str(value).ok()
}

fn text(value: &str) -> Option<Str<'_>> {
    plain(value).map_or_else(|| read(value), |text| Some(Str(Some(Cow::Borrowed(text)))))
}

fn raw(value: &str) -> Raw<'_> {
    Raw((value != "null").then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change, its values taken apart.
    fn shown(mut change: Change<'_>) -> String {
        for values in [&mut change.change.before, &mut change.change.after] {
            if let Values::Whole(raw) = *values
                && raw.starts_with('{')
            {
                *values = super::values(&mut Strict::new(raw, 0)).unwrap();
            }
        }
        format!("{change:?}")
    }

    #[test]
    fn agrees_with_serde() {
        let entries = [
            r#"{ "address" : "a.b[\"x\"]", "mode":"data", "type":"a","name":"b","index":"x","change":{"actions":["no-op"],"before":{"k":[1]},"after":null,"after_unknown":{},"other":[{}]},"unknown":{"address":"c"}}"#,
            r#"{"address":null,"deposed":"1","mode":7,"module_address":"module.m","change":{"actions":null,"after":{ }}}"#,
            r#"{"address":"first","address":"last","previous_address":{"a":1},"index":0}"#,
            "{}",
        ];
        for entry in entries {
            let read: Change<'_> = serde_json::from_str(entry).unwrap();
            let taken = Change::read(&mut Strict::new(entry, 0)).unwrap();
            assert_eq!(shown(taken), shown(read));
        }
    }

    #[test]
    fn leaves_the_rest_to_serde() {
        for entry in
            [r#"{"\u0061ddress":"a"}"#, r#"{"address":"\ud800"}"#, "[]", r#"{"change":[]}"#, r#"{"address":"a"x}"#]
        {
            assert!(Change::read(&mut Strict::new(entry, 0)).is_none(), "{entry}");
        }
    }
}
