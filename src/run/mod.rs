//! The pipeline: text, plan, facts, graph, topology, findings, advice. Each step is one function.

mod check;
mod costs;
mod deliver;
mod judge;
mod kin;
mod views;
mod world;

pub use check::{Beside, check, check_beside, check_declared};
pub use costs::{Costing, advise, bills, costs, ledgers_after, terms};
pub use views::{graphs, topologies, topologies_declared};
