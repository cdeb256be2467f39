//! What the rules on connections have in common.

pub(super) mod remedies;
pub(super) mod sums;
