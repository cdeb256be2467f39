//! What the rules on decisions have in common.

pub(super) mod naming;
