//! What the rules on connections have in common.

pub(super) mod declare;
pub(super) mod forecast;
pub(super) mod remedies;
pub(super) mod room;
pub(super) mod sums;
