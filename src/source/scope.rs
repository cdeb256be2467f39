//! Where an expression stands: what its names mean there.

use super::value::Value;

/// What an expression stops at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stop {
    /// Terraform refuses it as well: `try` takes its next argument.
    Wrong,
    /// It takes too long, or becomes too large.
    TooMuch,
}

/// What comes of an expression.
pub(super) type Outcome = Result<Value, Stop>;

/// The instance that an expression belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'f> {
    /// The module instance.
    pub(super) at: usize,
    /// `each.key` and `each.value`.
    pub(super) each: Option<(Value, Value)>,
    /// `count.index`.
    pub(super) index: Option<i64>,
    /// Names of `for` expressions, templates and `dynamic` blocks, the innermost first.
    pub(super) names: Option<&'f Bound<'f>>,
    /// Whether only those names count: in a template's file.
    pub(super) is_template: bool,
}

/// A name that is bound inside an expression.
#[derive(Debug)]
pub(super) struct Bound<'f> {
    pub(super) name: &'f str,
    pub(super) value: Value,
    pub(super) outer: Option<&'f Bound<'f>>,
}

impl Scope<'_> {
    /// What a name that is bound inside the expression means.
    pub(super) fn bound(&self, name: &str) -> Option<&Value> {
        let all = std::iter::successors(self.names, |bound| bound.outer);
        all.into_iter().find(|bound| bound.name == name).map(|bound| &bound.value)
    }
}
