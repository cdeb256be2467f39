//! Comments on pull requests: found by their mark, made, updated, hidden or deleted. The only code that touches a network.

mod api;
mod azure;
mod bitbucket;
mod error;
mod github;
mod gitlab;
mod retry;
mod target;
mod transport;
mod upsert;

pub use error::PostError;
pub use retry::Pace;
pub use target::{Service, Target, Wanted};
pub use upsert::{Behavior, Done, Job, post};
