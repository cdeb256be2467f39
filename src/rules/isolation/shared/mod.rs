//! What the rules on isolation share.

pub(super) mod load;
pub(super) mod speed;
