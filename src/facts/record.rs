//! What a bill depends on: the attributes that a tariff asks of a resource, as they are at one stage.

use crate::model::{Attr, Body, Resource, Text, View, Why};
use crate::units::Decimal;

/// An attribute that a bill depends on.
#[derive(Debug)]
pub struct Field {
    /// Its name in the resource, or in its block.
    pub name: &'static str,
    kind: Kind,
    open: bool,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Number,
    Flag,
    Texts,
    Blocks(&'static [Field]),
}

impl Field {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, open: false }
    }

    /// A text.
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    /// A number, or the text of one.
    pub const fn number(name: &'static str) -> Self {
        Self::new(name, Kind::Number)
    }

    /// A boolean.
    pub const fn flag(name: &'static str) -> Self {
        Self::new(name, Kind::Flag)
    }

    /// A list or set of texts, of which the number may be known although some elements are not.
    pub const fn texts(name: &'static str) -> Self {
        Self::new(name, Kind::Texts)
    }

    /// Repeated blocks with these attributes.
    pub const fn blocks(name: &'static str, fields: &'static [Field]) -> Self {
        Self::new(name, Kind::Blocks(fields))
    }

    /// Says that the cloud chooses where nobody does: known only after apply then means unset. For attributes of blocks;
    /// of a resource's own attributes the plan tells whether its configuration sets them.
    #[must_use]
    pub const fn left_open(self) -> Self {
        Self { open: true, ..self }
    }
}

/// What is known of one attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(Text),
    /// A number.
    Number(Decimal),
    /// A boolean.
    Flag(bool),
    /// Texts, each known or not.
    Texts(Box<[Attr<Text>]>),
    /// Repeated blocks.
    Blocks(Box<[Record]>),
}

/// The attributes that a tariff asks for, as they are.
#[derive(Clone, Debug, Default)]
pub struct Record {
    fields: &'static [Field],
    /// What is set or unknown, with the position of its field.
    values: Box<[(u8, Attr<Value>)]>,
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.fields, other.fields) && self.values == other.values
    }
}

impl Record {
    /// Reads `fields` of a resource.
    pub fn of(resource: &Resource<'_>, fields: &'static [Field]) -> Self {
        Self::collect(fields, |field| {
            let seen = read(resource.body.get(field.name), field.kind);
            // Where the cloud chooses, nobody has to leave it open by name.
            if field.open { opened(seen) } else { resource.chosen(field.name, seen) }
        })
    }

    fn within(body: &Body<'_>, fields: &'static [Field]) -> Self {
        Self::collect(fields, |field| {
            let seen = read(body.get(field.name), field.kind);
            if field.open { opened(seen) } else { seen }
        })
    }

    fn collect(fields: &'static [Field], read: impl Fn(&Field) -> Attr<Value>) -> Self {
        let values = fields.iter().zip(0_u8..).map(|(field, at)| (at, read(field)));
        Self { fields, values: values.filter(|(_, value)| !value.is_unset()).collect() }
    }

    /// A record of which these attributes are set and no other: of something that does not exist yet.
    pub fn new(fields: &'static [Field], values: &[(&str, Value)]) -> Self {
        Self::collect(fields, |field| {
            let value = values.iter().find(|(name, _)| *name == field.name);
            value.map_or(Attr::Unset, |(_, value)| Attr::Set(value.clone()))
        })
    }

    /// A record of which nothing can be seen.
    pub fn unknown(fields: &'static [Field], why: Why) -> Self {
        Self::collect(fields, |_| Attr::Unknown(why))
    }

    /// The same, but for one attribute; `path` leads to it through blocks, in each of which it is changed. Unchanged if there
    /// is no such attribute.
    #[must_use]
    pub fn with(&self, path: &str, value: &Attr<Value>) -> Self {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let Some(at) = self.position(name) else { return self.clone() };
        let changed = match rest {
            None => value.clone(),
            Some(rest) => match self.get(name).map(Value::clone) {
                Attr::Set(Value::Blocks(blocks)) => {
                    Attr::Set(Value::Blocks(blocks.iter().map(|block| block.with(rest, value)).collect()))
                }
                other => other,
            },
        };
        let others = self.values.iter().filter(|(other, _)| *other != at).cloned();
        let mut values: Vec<_> = others.chain((!changed.is_unset()).then_some((at, changed))).collect();
        values.sort_by_key(|(at, _)| *at);
        Self { fields: self.fields, values: values.into() }
    }

    fn position(&self, name: &str) -> Option<u8> {
        let found = self.fields.iter().zip(0_u8..).find(|(field, _)| field.name == name).map(|(_, at)| at);
        debug_assert!(found.is_some() || self.fields.is_empty(), "no tariff reads {name}");
        found
    }

    fn get(&self, name: &str) -> Attr<&Value> {
        let Some(at) = self.position(name) else { return Attr::Unset };
        let found = self.values.iter().find(|(other, _)| *other == at);
        found.map_or(Attr::Unset, |(_, value)| value.as_ref())
    }

    /// A text.
    pub fn text(&self, name: &str) -> Attr<&Text> {
        self.get(name).and_then(|value| match value {
            Value::Text(text) => Attr::Set(text),
            _ => Attr::Unknown(Why::Malformed),
        })
    }

    /// A number.
    pub fn number(&self, name: &str) -> Attr<Decimal> {
        self.get(name).and_then(|value| match value {
            Value::Number(number) => Attr::Set(*number),
            _ => Attr::Unknown(Why::Malformed),
        })
    }

    /// A boolean.
    pub fn flag(&self, name: &str) -> Attr<bool> {
        self.get(name).and_then(|value| match value {
            Value::Flag(flag) => Attr::Set(*flag),
            _ => Attr::Unknown(Why::Malformed),
        })
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> Attr<&[Attr<Text>]> {
        self.get(name).and_then(|value| match value {
            Value::Texts(texts) => Attr::Set(texts.as_ref()),
            _ => Attr::Unknown(Why::Malformed),
        })
    }

    /// Repeated blocks; none is unset.
    pub fn blocks(&self, name: &str) -> Attr<&[Self]> {
        self.get(name).and_then(|value| match value {
            Value::Blocks(blocks) => Attr::Set(blocks.as_ref()),
            _ => Attr::Unknown(Why::Malformed),
        })
    }

    /// The first block of that name.
    pub fn block(&self, name: &str) -> Attr<&Self> {
        self.blocks(name).and_then(|blocks| blocks.first().into())
    }
}

/// Known only after apply, where nobody has to choose.
fn opened(seen: Attr<Value>) -> Attr<Value> {
    if seen == Attr::Unknown(Why::Computed) { Attr::Unset } else { seen }
}

fn read(view: View<'_>, kind: Kind) -> Attr<Value> {
    match kind {
        Kind::Text => match view.text() {
            // The provider writes an empty text where there is none.
            Attr::Set(text) if text.is_empty() => Attr::Unset,
            text => text.map(Value::Text),
        },
        Kind::Number => view.decimal().map(Value::Number),
        Kind::Flag => view.bool().map(Value::Flag),
        Kind::Texts => match view.texts() {
            Attr::Set(texts) if texts.is_empty() => Attr::Unset,
            texts => texts.map(|texts| Value::Texts(texts.into())),
        },
        Kind::Blocks(fields) => match view.presence() {
            Attr::Unknown(why) => Attr::Unknown(why),
            Attr::Unset => Attr::Unset,
            Attr::Set(()) => {
                let blocks: Box<[Record]> =
                    view.visible_blocks().iter().map(|body| Record::within(body, fields)).collect();
                if blocks.is_empty() { Attr::Unset } else { Attr::Set(Value::Blocks(blocks)) }
            }
        },
    }
}
