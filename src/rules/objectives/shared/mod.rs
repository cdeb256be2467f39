//! What the rules of this folder share.

pub(in crate::rules::objectives) mod naming;
