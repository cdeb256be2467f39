//! A value together with where it comes from.

use crate::model::{Address, Attr, Evidence, Provenance};

/// A value of a resource's attribute, ready to be shown as evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated<T> {
    /// The value.
    pub value: Attr<T>,
    /// The attribute that has it.
    pub attribute: &'static str,
    /// Where it comes from.
    pub source: Provenance,
    /// How much of it the attribute's own unit is: 1,000 of milliseconds that are written as seconds; 0 where the attribute is
    /// not the one that would take another number.
    pub unit: u64,
}

impl<T> Stated<T> {
    /// A value as the plan has it.
    pub const fn plan(attribute: &'static str, value: Attr<T>) -> Self {
        Self { value, attribute, source: Provenance::Plan, unit: 1 }
    }

    /// A value that nothing states.
    pub const fn unset(attribute: &'static str) -> Self {
        Self::plan(attribute, Attr::Unset)
    }

    /// What says it.
    pub fn evidence(&self, address: &Address) -> Evidence
    where
        T: std::fmt::Display,
    {
        let value = match &self.value {
            Attr::Set(value) => value.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        Evidence { source: self.source.clone(), ..Evidence::plan(address, self.attribute, value) }
    }

    /// Says how much of it the attribute's own unit is.
    #[must_use]
    pub fn counted_in(self, unit: u64) -> Self {
        Self { unit, ..self }
    }

    /// Puts a documented default where nothing is set.
    #[must_use]
    pub fn or_default(self, default: T, documentation: &'static str) -> Self {
        self.or(default, Provenance::Default(documentation))
    }

    /// Puts a value from `source` where nothing is set.
    #[must_use]
    pub fn or(self, default: T, source: Provenance) -> Self {
        match self.value {
            Attr::Unset => Self { value: Attr::Set(default), source, ..self },
            value => Self { value, ..self },
        }
    }
}
