//! State: what units keep that belongs outside of what scales. Generated list: `make lists`.

mod local_file_state;
mod local_lock;
mod local_session_store;
mod missing_session_store;
mod shared;
mod sticky_session;
mod unreplicated_session_store;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &local_file_state::RULE,
    &local_lock::RULE,
    &local_session_store::RULE,
    &missing_session_store::RULE,
    &sticky_session::RULE,
    &unreplicated_session_store::RULE,
];
