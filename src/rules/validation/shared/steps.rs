//! Load tests and deployments of a pipeline.

use crate::model::{Address, Evidence, Place, Provenance, Text};
use crate::repository::pipeline::{Deed, Deploy, LoadTest, Pipeline, Place as Position, Target, What};

/// A deed of a pipeline, with what it is.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::validation) struct Step<'p, T> {
    pub(in crate::rules::validation) position: Position,
    pub(in crate::rules::validation) deed: &'p Deed,
    pub(in crate::rules::validation) what: &'p T,
}

/// The deployments to where people are, as far as that can be told: not those to where it is tested.
pub(in crate::rules::validation) fn deploys(pipeline: &Pipeline) -> Vec<Step<'_, Deploy>> {
    let all = pipeline.deeds().filter_map(|(position, deed)| match &deed.what {
        What::Deploy(what) if !matches!(what.target, Target::Test(_)) => Some(Step { position, deed, what }),
        _ => None,
    });
    all.collect()
}

/// The load tests.
pub(in crate::rules::validation) fn tests(pipeline: &Pipeline) -> Vec<Step<'_, LoadTest>> {
    let all = pipeline.deeds().filter_map(|(position, deed)| match &deed.what {
        What::LoadTest(what) => Some(Step { position, deed, what }),
        _ => None,
    });
    all.collect()
}

/// Whether a pipeline starts when another one is done: by its name, or its file's.
pub(in crate::rules::validation) fn starts_after(pipeline: &Pipeline, other: &Pipeline) -> bool {
    pipeline.start.after.contains(&other.name)
}

/// Where a deed stands.
pub(in crate::rules::validation) fn place(pipeline: &Pipeline, deed: &Deed) -> Place {
    Place::line(pipeline.file.as_str(), deed.line)
}

/// What a finding on a pipeline rests on.
pub(in crate::rules::validation) fn evidence(pipeline: &Pipeline, deed: &Deed, what: &'static str) -> Evidence {
    Evidence {
        address: Address::new(pipeline.file.as_str()),
        attribute: what.into(),
        value: deed.label.clone(),
        source: Provenance::Repository(Text::from(place(pipeline, deed).to_string())),
    }
}
