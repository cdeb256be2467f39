//! Service level objectives as files have them: the principle's own three shapes, `OpenSLO`, Sloth and Pyrra, all as one.

mod complete;
mod form;
mod given;
mod kind;
mod listed;
mod measure;
mod node;
mod objective;
mod openslo;
mod problem;
mod pyrra;
mod read;
mod service;
mod sloth;
mod target;

pub use given::Given;
pub use measure::{Window, percent, time};
pub use objective::{ErrorBudget, Kind, Objective, Shape, Slo, Target};
pub use problem::{Problem, ProblemKind, SloError};
pub use read::{Reading, read};
pub use service::{Aim, Service, normal, services};
