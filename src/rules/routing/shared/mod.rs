//! What the rules of this folder share.

mod calls;
mod numbers;

pub(super) use calls::{Call, calls, leaves_anyway, size};
pub(super) use numbers::{Numbers, numbers};
