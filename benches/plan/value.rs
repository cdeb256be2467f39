//! The values of one instance, as a plan's sections show them.

use serde_json::{Map, Value};

/// What the plan does to a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stage {
    Create,
    Update,
    Keep,
}

/// The world as it is, or as it will be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Side {
    Before,
    After,
}

/// A cell: its number, what is particular to it, and what the plan does to it.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) stage: Stage,
}

/// Defects, something that cannot be seen, and a great deal of order.
const KINDS: &[&str] = &[
    "plain", "pools", "plain", "plain", "unserved", "plain", "plain", "split", "plain", "plain", "shared", "plain",
    "plain", "hidden", "plain", "plain", "plain",
];

const STAGES: &[Stage] = &[Stage::Keep, Stage::Update, Stage::Create, Stage::Keep, Stage::Create];

impl Cell {
    /// After this many cells everything comes again.
    pub(super) const PERIOD: usize = KINDS.len() * STAGES.len();

    pub(super) fn new(number: usize) -> Self {
        let kind = KINDS.get(number % KINDS.len()).copied().unwrap_or_default();
        let stage = STAGES.get(number % STAGES.len()).copied().unwrap_or(Stage::Keep);
        Self { number, name: format!("c{:05}", number + 1), kind, stage }
    }
}

/// Where a value stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'c> {
    pub(super) cell: &'c Cell,
    /// The key of the innermost module instance that has one, below the cell's own.
    pub(super) key: &'c str,
    /// The key of the resource instance.
    pub(super) each: Value,
    pub(super) side: Side,
}

/// A value with what the plan marks in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Leaf(Value),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
    Secret(Box<Tree>),
    Unknown,
}

impl Tree {
    /// What `template` is at `place`.
    pub(super) fn grow(template: &Value, place: &Place<'_>) -> Self {
        match template {
            Value::String(text) => Self::text(text, place),
            Value::Array(items) => Self::List(items.iter().map(|item| Self::grow(item, place)).collect()),
            Value::Object(fields) => match marker(fields) {
                Some(("?", value)) => Self::computed(value, place, false),
                Some(("??", value)) => Self::computed(value, place, true),
                Some(("!", value)) => Self::Secret(Box::new(Self::grow(value, place))),
                Some(("json", value)) => Self::encoded(value, place),
                Some(("~", Value::Array(pair))) => {
                    let changed = place.cell.stage != Stage::Update || place.side == Side::After;
                    pair.get(usize::from(changed)).map_or(Self::Leaf(Value::Null), |value| Self::grow(value, place))
                }
                Some(("%", Value::Object(choices))) => Self::grow(choose(choices, place), place),
                Some((_, value)) => Self::grow(value, place),
                None => {
                    Self::Object(fields.iter().map(|(key, value)| (key.clone(), Self::grow(value, place))).collect())
                }
            },
            other => Self::Leaf(other.clone()),
        }
    }

    fn text(text: &str, place: &Place<'_>) -> Self {
        let text = match text.strip_prefix('@') {
            Some(rest) => rest.split_once(" = ").map_or("", |(_, value)| value),
            None => text,
        };
        let (late, text) = match (text.strip_prefix("??"), text.strip_prefix('?')) {
            (Some(rest), _) => (Some(true), rest),
            (None, Some(rest)) => (Some(false), rest),
            (None, None) => (None, text),
        };
        match late {
            Some(late) if place.hides(late) => Self::Unknown,
            _ => Self::Leaf(Value::String(place.fill(text))),
        }
    }

    fn computed(value: &Value, place: &Place<'_>, late: bool) -> Self {
        if place.hides(late) { Self::Unknown } else { Self::grow(value, place) }
    }

    fn encoded(value: &Value, place: &Place<'_>) -> Self {
        let tree = Self::grow(value, place);
        if tree.hides() {
            return Self::Unknown;
        }
        Self::Leaf(Value::String(tree.value().unwrap_or_default().to_string()))
    }

    fn hides(&self) -> bool {
        match self {
            Self::Unknown => true,
            Self::Leaf(_) => false,
            Self::Secret(inner) => inner.hides(),
            Self::List(items) => items.iter().any(Self::hides),
            Self::Object(fields) => fields.iter().any(|(_, value)| value.hides()),
        }
    }

    /// As `before`, `after` and `values` show it.
    pub(super) fn value(&self) -> Option<Value> {
        match self {
            Self::Leaf(value) => Some(value.clone()),
            Self::Secret(inner) => inner.value(),
            Self::Unknown => None,
            nested => Some(nested.shape(Self::value, &Value::Null)),
        }
    }

    /// As `after_unknown` shows it.
    pub(super) fn unknown(&self) -> Option<Value> {
        match self {
            Self::Leaf(_) => None,
            Self::Secret(inner) => inner.unknown(),
            Self::Unknown => Some(Value::Bool(true)),
            nested => Some(nested.shape(Self::unknown, &Value::Bool(false))),
        }
    }

    /// As `before_sensitive`, `after_sensitive` and `sensitive_values` show it.
    pub(super) fn sensitive(&self) -> Option<Value> {
        match self {
            Self::Leaf(_) | Self::Unknown => None,
            Self::Secret(_) => Some(Value::Bool(true)),
            nested => Some(nested.shape(Self::sensitive, &Value::Bool(false))),
        }
    }

    /// Objects leave out what there is nothing to say of; lists keep its place.
    fn shape(&self, of: fn(&Self) -> Option<Value>, nothing: &Value) -> Value {
        match self {
            Self::List(items) => items.iter().map(|item| of(item).unwrap_or_else(|| nothing.clone())).collect(),
            Self::Object(fields) => {
                let told = fields.iter().filter_map(|(key, value)| Some((key.clone(), of(value)?)));
                Value::Object(told.collect())
            }
            Self::Leaf(_) | Self::Secret(_) | Self::Unknown => nothing.clone(),
        }
    }
}

/// The marker of an object that is one, and what it marks; `@` may stand beside it.
pub(super) fn marker(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let is_marker = |key: &str| matches!(key, "=" | "?" | "??" | "!" | "json" | "~" | "%");
    fields.iter().find(|(key, _)| is_marker(key)).map(|(key, value)| (key.as_str(), value))
}

fn choose<'v>(choices: &'v Map<String, Value>, place: &Place<'_>) -> &'v Value {
    let both = format!("{}/{}", place.key, place.cell.kind);
    let names = [both.as_str(), place.cell.kind, place.key, "else"];
    names.iter().find_map(|name| choices.get(*name)).unwrap_or(&Value::Null)
}

impl Place<'_> {
    /// Whether what is computed cannot be seen.
    fn hides(&self, late: bool) -> bool {
        self.side == Side::After
            && match self.cell.stage {
                Stage::Create => true,
                Stage::Update => late,
                Stage::Keep => false,
            }
    }

    /// Puts in what stands behind `$` and between `<` and `>`.
    fn fill(&self, template: &str) -> String {
        let text = self.fill_names(template);
        let mut filled = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, (name, after))) =
            rest.split_once('<').and_then(|(before, tail)| Some((before, tail.split_once('>')?)))
        {
            filled.push_str(before);
            filled.push_str(&identifier(self.cell.number, name));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn fill_names(&self, template: &str) -> String {
        let mut filled = String::with_capacity(template.len());
        let mut parts = template.split('$');
        filled.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let end = part.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(part.len());
            let (name, rest) = part.split_at_checked(end).unwrap_or((part, ""));
            match (name, &self.each) {
                ("cell", _) => filled.push_str(&self.cell.name),
                ("key", _) => filled.push_str(self.key),
                ("octet", _) => filled.push_str(&(self.cell.number % 250).to_string()),
                ("each", Value::String(each)) => filled.push_str(each),
                ("each", each) => filled.push_str(&each.to_string()),
                ("zone", each) => filled.push_str(match each.as_u64() {
                    Some(0) => "a",
                    Some(1) => "b",
                    _ => "c",
                }),
                _ => {
                    filled.push('$');
                    filled.push_str(name);
                }
            }
            filled.push_str(rest);
        }
        filled
    }
}

/// Seventeen hexadecimal digits that nobody else has: FNV-1a, twice.
fn identifier(cell: usize, name: &str) -> String {
    let hash = |seed: u64| {
        let bytes = cell.to_le_bytes().into_iter().chain(name.bytes());
        bytes.fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    format!("{:x}{:016x}", hash(0x9ae1_6a3b_2f90_404f) >> 60, hash(0xcbf2_9ce4_8422_2325))
}
