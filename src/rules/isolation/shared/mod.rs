//! What the rules on isolation share.

pub(super) mod calls;
pub(super) mod holds;
pub(super) mod hops;
pub(super) mod keeps;
pub(super) mod load;
pub(super) mod speed;
pub(super) mod statements;
pub(super) mod ways;
pub(super) mod words;
