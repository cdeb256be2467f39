//! What a file gives for one field: a value, nothing, or something that cannot be told.

/// What a file gives for one field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Given<T> {
    /// This.
    Set(T),
    /// Nothing.
    #[default]
    Unset,
    /// Something, but not what: for this reason, with the place. Never taken for nothing.
    Unclear(String),
}

impl<T> Given<T> {
    /// The value, where there is one.
    pub fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset | Self::Unclear(_) => None,
        }
    }

    /// Whether nothing is given.
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Whether something is given that cannot be told.
    pub const fn is_unclear(&self) -> bool {
        matches!(self, Self::Unclear(_))
    }

    /// This, or the other where nothing is given.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_unset() { other } else { self }
    }

    /// The same of another type.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Set(value) => Given::Set(change(value)),
            Self::Unset => Given::Unset,
            Self::Unclear(reason) => Given::Unclear(reason),
        }
    }
}
