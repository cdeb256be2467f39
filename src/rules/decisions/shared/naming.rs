//! Which decision is about which resource.

use crate::model::{Address, Evidence, Key, Parsed, Place, Provenance, Text};
use crate::repository::adr::Decision;

/// How a decision names something.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::rules::decisions) enum Named {
    /// It does not.
    Not,
    /// By a word that may mean something else.
    Perhaps,
    /// By its address, or by a name that nothing else has.
    Surely,
}

/// What something is called.
#[derive(Debug)]
pub(in crate::rules::decisions) struct Called<'t> {
    /// The addresses of everything that it consists of.
    pub(in crate::rules::decisions) members: &'t [Address],
    /// Its names in the cloud, and that of its service.
    pub(in crate::rules::decisions) names: &'t [Text],
}

/// Block names that mean nothing.
const COMMON: [&str; 22] = [
    "main",
    "this",
    "default",
    "app",
    "application",
    "web",
    "api",
    "server",
    "service",
    "services",
    "instance",
    "worker",
    "workers",
    "example",
    "primary",
    "database",
    "cache",
    "cluster",
    "group",
    "backend",
    "frontend",
    "test",
];

/// How `decision` names something; `others` are what else there is.
pub(in crate::rules::decisions) fn named(decision: &Decision, called: &Called<'_>, others: &[Called<'_>]) -> Named {
    let words = &decision.words;
    let shared = |tail: &str| {
        let own = |other: &Called<'_>| std::ptr::eq(other.members, called.members);
        others.iter().any(|other| !own(other) && other.members.iter().any(|member| tail_of(member.as_str()) == tail))
    };
    for member in called.members {
        let whole = member.as_str().to_lowercase();
        if holds(words, &whole) || decision.names.iter().any(|name| name == member.as_str()) {
            return Named::Surely;
        }
        let tail = tail_of(member.as_str());
        if holds_alone(words, &tail.to_lowercase()) {
            return if shared(&tail) { Named::Perhaps } else { Named::Surely };
        }
    }
    let title = decision.title.to_lowercase();
    let mut found = Named::Not;
    for name in called.names.iter().filter(|name| name.len() > 2) {
        let lower = name.to_lowercase();
        let twice = others
            .iter()
            .any(|other| !std::ptr::eq(other.members, called.members) && other.names.iter().any(|own| own == name));
        let in_code = decision.names.iter().any(|own| own == name.as_str());
        let distinct = name.contains(['-', '_']) && name.len() > 5;
        if (in_code || (distinct && holds(words, &lower))) && !twice {
            return Named::Surely;
        }
        if holds(&title, &lower) || (distinct && holds(words, &lower)) {
            found = Named::Perhaps;
        }
    }
    let block = called
        .members
        .first()
        .and_then(|member| Parsed::of(member.as_str()).map(|parsed| parsed.name.name.to_lowercase()));
    if let Some(block) = block.filter(|block| block.len() > 3 && !COMMON.contains(&block.as_str())) {
        let spaced = block.replace('_', " ");
        let dashed = block.replace('_', "-");
        if [&block, &spaced, &dashed].into_iter().any(|word| holds(&title, word)) {
            found = found.max(Named::Perhaps);
        }
    }
    found
}

/// An address without its modules and without the key of its instance.
fn tail_of(address: &str) -> String {
    Parsed::of(address).map_or_else(
        || address.to_owned(),
        |parsed| {
            let key = match &parsed.name.key {
                Key::None | Key::Index(_) => String::new(),
                // What `for_each` makes are different things.
                Key::Name(name) => format!("[\"{name}\"]"),
            };
            format!("{}.{}{key}", parsed.kind, parsed.name.name)
        },
    )
}

/// Whether `text` holds `word`, and not as a part of a longer one.
fn holds(text: &str, word: &str) -> bool {
    held(text, word, |c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The same of an address without its modules: behind `module.x.` stands that of another module.
fn holds_alone(text: &str, word: &str) -> bool {
    held(text, word, |c| c.is_alphanumeric() || c == '_' || c == '-' || c == '.' || c == ']')
}

fn held(text: &str, word: &str, is_before: impl Fn(char) -> bool) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        // `[` would go on with the key of another instance.
        !before.is_some_and(&is_before) && !after.is_some_and(|c| part(c) || c == '[' && !word.ends_with(']'))
    })
}

/// A line of a decision, as something that a finding rests on.
pub(in crate::rules::decisions) fn evidence(
    place: &Place,
    attribute: &'static str,
    value: impl Into<String>,
) -> Evidence {
    Evidence {
        address: Address::new(place.file.as_str()),
        attribute: attribute.into(),
        value: value.into(),
        source: Provenance::Repository(Text::from(place.to_string())),
    }
}

/// A line of the file in which a decision stands.
pub(in crate::rules::decisions) fn line(decision: &Decision, line: usize) -> Place {
    Place::line(decision.place.file.clone(), line)
}
