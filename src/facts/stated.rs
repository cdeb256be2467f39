//! A value together with where it comes from.

use crate::model::{Attr, Provenance};

/// A value of a resource's attribute, ready to be shown as evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated<T> {
    /// The value.
    pub value: Attr<T>,
    /// The attribute that has it.
    pub attribute: &'static str,
    /// Where it comes from.
    pub source: Provenance,
}

impl<T> Stated<T> {
    /// A value as the plan has it.
    pub const fn plan(attribute: &'static str, value: Attr<T>) -> Self {
        Self { value, attribute, source: Provenance::Plan }
    }

    /// A value that nothing states.
    pub const fn unset(attribute: &'static str) -> Self {
        Self::plan(attribute, Attr::Unset)
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
            Attr::Unset => Self { value: Attr::Set(default), attribute: self.attribute, source },
            value => Self { value, ..self },
        }
    }
}
