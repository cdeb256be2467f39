//! What the rules on scaling have in common.

pub(super) mod service;
pub(super) mod words;
