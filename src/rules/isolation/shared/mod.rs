//! What the rules on isolation have in common, and the parts of those that have several.

pub(super) mod calls;
pub(super) mod holds;
pub(super) mod keeps;
pub(super) mod statements;
pub(super) mod ways;
pub(super) mod words;
