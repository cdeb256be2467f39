//! The three values of an attribute.

use std::fmt;

/// What a plan says of one attribute.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Attr<T> {
    /// It has this value: written in the configuration, or defaulted by the provider.
    Set(T),
    /// Neither the configuration nor the provider gives it one; the cloud's own default applies.
    Unset,
    /// It has or will have a value that cannot be seen. It must never be taken for absent.
    Unknown(Why),
}

/// Why a value cannot be seen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Why {
    /// The plan knows it only after apply.
    Computed,
    /// The plan marks it as sensitive: it is read by nobody, so that it is printed nowhere.
    Sensitive,
    /// It is not of the type that the provider documents, such as a template's placeholder.
    Malformed,
    /// It stands outside this plan.
    Elsewhere,
    /// It is the name of so many things that none of them can be told.
    Alike,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Computed => "known only after apply",
            Self::Sensitive => "marked as sensitive",
            Self::Malformed => "not of the expected type",
            Self::Elsewhere => "not in this plan",
            Self::Alike => "the name of too many things to tell them apart",
        })
    }
}

impl<T> Attr<T> {
    /// The value, when there is one to see.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset | Self::Unknown(_) => None,
        }
    }

    /// The value, when there is one to see, by value.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset | Self::Unknown(_) => None,
        }
    }

    /// Why it cannot be seen, if it cannot.
    pub fn why_unknown(&self) -> Option<Why> {
        match self {
            Self::Unknown(why) => Some(*why),
            Self::Set(_) | Self::Unset => None,
        }
    }

    /// Whether it is certainly absent.
    pub fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Applies `f` to a value that is set.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Attr<U> {
        match self {
            Self::Set(value) => Attr::Set(f(value)),
            Self::Unset => Attr::Unset,
            Self::Unknown(why) => Attr::Unknown(why),
        }
    }

    /// Applies `f` to a value that is set; its answer replaces it.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Attr<U>) -> Attr<U> {
        match self {
            Self::Set(value) => f(value),
            Self::Unset => Attr::Unset,
            Self::Unknown(why) => Attr::Unknown(why),
        }
    }

    /// Borrows the value.
    pub fn as_ref(&self) -> Attr<&T> {
        match self {
            Self::Set(value) => Attr::Set(value),
            Self::Unset => Attr::Unset,
            Self::Unknown(why) => Attr::Unknown(*why),
        }
    }

    /// Takes what `other` knows where no value is to be seen.
    #[must_use]
    pub fn or_else_known(self, other: impl FnOnce() -> Option<T>) -> Self {
        match self {
            Self::Set(value) => Self::Set(value),
            unseen => other().map_or(unseen, Self::Set),
        }
    }

    /// Puts the cloud's documented default where nothing is set.
    #[must_use]
    pub fn or_default(self, default: T) -> Self {
        match self {
            Self::Unset => Self::Set(default),
            other => other,
        }
    }

    /// Takes `other` where nothing is set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Unset => other,
            set => set,
        }
    }
}

impl<T> From<Option<T>> for Attr<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unset, Self::Set)
    }
}
