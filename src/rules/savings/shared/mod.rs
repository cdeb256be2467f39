//! What the rules on savings share.

mod idle;

pub(super) use idle::{Words, judge};
