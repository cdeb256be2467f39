//! What the rules of this folder share.

mod calls;

pub(super) use calls::{Call, calls, leaves_anyway, size};
