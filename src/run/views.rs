//! Graphs and topologies of plans, for those who want to see them.

use super::world::{Described, connect, describe, is_partial, tagged};
use crate::facts::Declarations;
use crate::graph::Graph;
use crate::model::Stage;
use crate::plan::{Input, Kept, PlanError, read};
use crate::topology::Topology;

/// Draws the graph of every plan in `input` at `stage`.
///
/// # Errors
/// When it cannot be read.
pub fn graphs(input: &Input, stage: Stage) -> Result<Vec<Graph>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    Ok(plans.iter().map(|plan| connect(plan, &plan.references(), stage)).collect())
}

/// Builds the topologies of every plan in `input`, before and after, with nothing said of them.
///
/// # Errors
/// When it cannot be read.
pub fn topologies(input: &Input) -> Result<Vec<(String, [Topology; 2])>, PlanError> {
    topologies_declared(input, &Declarations::default())
}

/// Builds the topologies of every plan in `input`, before and after.
///
/// # Errors
/// When it cannot be read.
pub fn topologies_declared(input: &Input, declared: &Declarations) -> Result<Vec<(String, [Topology; 2])>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    let both = |plan: &Described<'_>| {
        let references = plan.references();
        let declared = declared.with(tagged(plan).said);
        let build = |stage| Topology::build(&connect(plan, &references, stage), stage, is_partial(plan), &declared);
        (plan.name.clone(), [build(Stage::Before), build(Stage::After)])
    };
    Ok(plans.iter().map(both).collect())
}
