//! Pipelines: what is tested before it is deployed, and what may fail.

mod azure;
mod bitbucket;
mod buildkite;
mod buildspec;
mod circle;
mod gather;
mod github;
mod gitlab;
mod jenkins;
mod made;
mod model;
mod planned;
mod read;
mod scripts;
mod shelf;
mod shell;
mod target;
mod tools;
mod yaml;

pub use model::{
    Deed, Deploy, Fails, Job, Lenient, LoadTest, Pipeline, Place, Spot, Start, System, Target, Unseen, What,
};
pub use planned::{Planned, PlannedStep, PlannedWork, Script, planned};
pub use read::pipelines;
pub use shelf::Files;
