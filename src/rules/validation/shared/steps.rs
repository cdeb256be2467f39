//! Load tests and deployments of a pipeline.

use crate::finding::{Finding, RuleMeta, Verdict};
use crate::model::{Address, Evidence, Place, Provenance, Text};
use crate::repository::pipeline::{Deed, Deploy, LoadTest, Pipeline, Place as Position, Spot, Target, What};
use crate::rules::Context;

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

/// The pipelines of the repository, and those that the plan makes.
pub(in crate::rules::validation) fn pipelines(context: Context<'_>) -> Vec<&Pipeline> {
    context.repository.map_or(&[][..], |repository| &repository.pipelines).iter().chain(context.planned).collect()
}

/// Where a deed stands, for people: `.gitlab-ci.yml:12`, `action load of stage Test, buildspec.yml:7`.
pub(in crate::rules::validation) fn place(pipeline: &Pipeline, deed: &Deed) -> String {
    match &deed.spot {
        None => Place::line(pipeline.file.as_str(), deed.line).to_string(),
        Some(Spot { words, file: Some(file), .. }) => format!("{words}, {}", Place::line(file.as_str(), deed.line)),
        Some(Spot { words, file: None, .. }) => words.clone(),
    }
}

/// A finding on a pipeline: at its file, or at what the plan makes.
pub(in crate::rules::validation) fn found(
    rule: &'static RuleMeta,
    verdict: Verdict,
    (pipeline, deed): (&Pipeline, &Deed),
    message: String,
) -> Finding {
    match &pipeline.address {
        Some(address) => Finding::new(rule, verdict, address, message),
        None => Finding::in_file(rule, verdict, &Place::line(pipeline.file.as_str(), deed.line), message),
    }
}

/// What a finding on a pipeline rests on.
pub(in crate::rules::validation) fn evidence(pipeline: &Pipeline, deed: &Deed, what: &'static str) -> Evidence {
    let in_file = |file: &str| Evidence {
        address: Address::new(file),
        attribute: what.into(),
        value: deed.label.clone(),
        source: Provenance::Repository(Text::from(Place::line(file, deed.line).to_string())),
    };
    match &deed.spot {
        None => in_file(&pipeline.file),
        Some(Spot { file: Some(file), .. }) => in_file(file),
        Some(Spot { address, attribute, file: None, .. }) => Evidence::plan(address, *attribute, deed.label.clone()),
    }
}
