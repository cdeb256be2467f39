//! What a statement rests on.

use super::{Address, Text};

/// Where a value comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Provenance {
    /// It stands in the plan.
    Plan,
    /// The plan knows it only after apply, but the configuration's text tells; with the file and the line.
    Configuration(Text),
    /// Somebody declares it, and the plan cannot show it; with the file and the line, or the tag.
    Declared(Text),
    /// It stands in a file of the repository; with the file and the line.
    Repository(Text),
    /// The provider or the cloud takes it where nothing is set; with the documentation that says so.
    Default(&'static str),
    /// Our own table of the cloud's machines and limits; with its source.
    Catalogue(&'static str),
    /// Nobody says so; with the reason why it is taken.
    Assumption(&'static str),
}

impl Provenance {
    /// The word for it in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Configuration(_) => "configuration",
            Self::Declared(_) => "declared",
            Self::Repository(_) => "repository",
            Self::Default(_) => "provider default",
            Self::Catalogue(_) => "catalogue",
            Self::Assumption(_) => "assumption",
        }
    }

    /// The documentation or the reason behind it, or the place.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Plan => None,
            Self::Configuration(place) | Self::Declared(place) | Self::Repository(place) => Some(place),
            Self::Default(note) | Self::Catalogue(note) | Self::Assumption(note) => Some(note),
        }
    }
}

/// A value of a resource's attribute that a statement rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evidence {
    /// The resource.
    pub address: Address,
    /// The attribute, as a dotted path.
    pub attribute: Text,
    /// The value, or why it cannot be seen. Never a sensitive one.
    pub value: String,
    /// Where it comes from.
    pub source: Provenance,
}

impl Evidence {
    /// A value that the plan has.
    pub fn plan(address: &Address, attribute: impl Into<Text>, value: impl Into<String>) -> Self {
        Self { address: address.clone(), attribute: attribute.into(), value: value.into(), source: Provenance::Plan }
    }
}
