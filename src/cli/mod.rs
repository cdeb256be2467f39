//! The command line: what was typed, and what it sets off.

mod adr;
mod advise;
mod args;
mod baseline;
mod chosen;
mod commands;
mod comment;
#[cfg(feature = "post")]
mod comment_post;
#[cfg(not(feature = "post"))]
#[path = "comment_no_post.rs"]
mod comment_post;
mod config;
mod cost_args;
mod costs;
mod diff;
mod gate;
mod init;
mod output;
mod prices;
mod runner;
mod slo;
mod start;
mod told;

pub use args::{Cli, Format};
pub use commands::run;
pub use runner::misread;
pub use told::{told, told_plainly};
