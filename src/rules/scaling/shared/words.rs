//! How the rules on scaling call things.

use crate::facts::{FactKey, Profile, SourceKind, example};
use crate::topology::{Consumption, Workload};
use crate::units::{Grouped, listed};

/// What requests reach a workload through.
pub(in crate::rules::scaling) fn through(workload: &Workload) -> String {
    let mut names: Vec<String> = Vec::new();
    for entry in &workload.entries {
        let name = entry.name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "what is not to be seen".to_owned() } else { listed(names) }
}

/// Where work comes from.
pub(in crate::rules::scaling) fn names(consumed: &[&Consumption]) -> String {
    listed(consumed.iter().map(|consumed| consumed.name()))
}

/// What the policies of a workload look at: `CPU (ECSServiceAverageCPUUtilization)`.
pub(in crate::rules::scaling) fn metrics(workload: &Workload) -> String {
    let mut said: Vec<String> = Vec::new();
    for (watch, _) in workload.scaling.policies.iter().flat_map(|policy| &policy.watches) {
        let name = format!("{} ({})", watch.signal.as_str(), watch.metric);
        if !said.contains(&name) {
            said.push(name);
        }
    }
    listed(said)
}

/// How to settle how the work of a workload arrives, as a sentence with a space before it.
pub(in crate::rules::scaling) fn declare(workload: &Workload, profile: Profile, when: &str) -> String {
    let fact = vec![(FactKey::LoadProfile, profile.as_str().to_owned())];
    format!(" If {when}, declare it in planwise.yaml: {}.", example([(workload.address.as_str(), fact)]))
}

/// The load profile of those who take work from such a source.
pub(in crate::rules::scaling) const fn profile(kind: SourceKind) -> Profile {
    match kind {
        SourceKind::Queue | SourceKind::Topic | SourceKind::Events => Profile::Asynchronous,
        SourceKind::Stream => Profile::Streaming,
        SourceKind::Schedule => Profile::Batch,
    }
}

/// A number of units, or the words for none to be seen.
pub(in crate::rules::scaling) fn number(count: Option<u64>) -> String {
    count.map_or_else(|| "an unknown number".to_owned(), |count| Grouped(count).to_string())
}
