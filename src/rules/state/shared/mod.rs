//! What the rules on state have in common.

pub(super) mod stores;
pub(super) mod units;
pub(super) mod unseen;
pub(super) mod words;
