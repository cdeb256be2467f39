//! What the rules on pipelines have in common.

pub(super) mod steps;
