//! The command line: what was typed, and what it sets off.

mod adr;
mod advise;
mod args;
mod baseline;
mod chosen;
mod commands;
mod cost_args;
mod costs;
mod gate;
mod output;
mod prices;
mod slo;

pub use args::Cli;
pub use commands::run;
