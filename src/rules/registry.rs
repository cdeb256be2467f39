//! Every rule, and how they are applied.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{connections, decisions, isolation, objectives, routing, savings, scaling, state, validation};
use crate::finding::{Finding, RuleMeta};
use crate::model::{Address, Evidence};
use crate::policy::Policy;
use crate::repository::Repository;
use crate::repository::pipeline::Pipeline;
use crate::topology::Topology;

/// What a rule sees.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The system.
    pub topology: &'c Topology,
    /// The system that it takes the place of, where this is the one to come and something changes.
    pub earlier: Option<&'c Topology>,
    /// What lies beside the plan; nothing where nobody asked for it, or there is nothing.
    pub repository: Option<&'c Repository>,
    /// The pipelines that the plan makes, with their scripts.
    pub planned: &'c [Pipeline],
    /// What the user chose.
    pub policy: &'c Policy,
}

/// What a rule says.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What does not pass.
    pub findings: Vec<Finding>,
    /// How many subjects pass.
    pub passed: usize,
    /// What would have to be seen to judge at all, where something else suggests that there is something to judge.
    pub unseen: Vec<Evidence>,
}

/// A rule: its identity card and the function that applies it.
#[derive(Debug)]
pub struct Rule {
    /// Its identity card.
    pub meta: RuleMeta,
    /// Judges every subject. It cannot fail: what could fail has failed while reading the plan.
    pub check: fn(Context<'_>) -> Judgement,
}

/// Declares a rule; its doc comment becomes the page that `explain` prints.
macro_rules! rule {
    (
        $(#[doc = $docs:expr])+
        $name:literal, $severity:ident, $principle:literal, $control:literal, since $since:literal,
        $summary:literal,
        thresholds: [$(($threshold:literal, $default:literal, $most:literal, $meaning:literal)),* $(,)?],
        sources: [$($source:literal),* $(,)?]
    ) => {
        $(#[doc = $docs])+
        pub(super) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            meta: $crate::finding::RuleMeta {
                name: $name,
                summary: $summary,
                docs: concat!($($docs, "\n"),+),
                severity: $crate::finding::Severity::$severity,
                principle: $principle,
                control: $control,
                since: $since,
                thresholds: &[$($crate::finding::Threshold {
                    name: $threshold, default: $default, most: $most, meaning: $meaning,
                }),*],
                sources: &[$($source),*],
            },
            check,
        };
    };
}
pub(super) use rule;

/// Every rule, by name.
pub fn all() -> Vec<&'static Rule> {
    let folders = [
        connections::ALL,
        decisions::ALL,
        isolation::ALL,
        objectives::ALL,
        routing::ALL,
        savings::ALL,
        scaling::ALL,
        state::ALL,
        validation::ALL,
    ];
    let mut rules: Vec<&'static Rule> = folders.into_iter().flatten().copied().collect();
    rules.sort_by_key(|rule| rule.meta.name);
    rules
}

/// Applies every rule that the policy asks for, in the order of their names.
pub fn judge(context: Context<'_>) -> Vec<(&'static Rule, Judgement)> {
    let policy = context.policy;
    let chosen: Vec<_> = all().into_iter().filter(|rule| policy.applies(&rule.meta)).collect();
    let together: BTreeMap<&Address, &[Address]> = (context.topology.workloads.iter())
        .filter(|workload| workload.equals.len() > 1)
        .map(|workload| (&workload.address, workload.equals.as_slice()))
        .collect();
    chosen
        .into_par_iter()
        .map(|rule| {
            let mut judgement = (rule.check)(context);
            for finding in &mut judgement.findings {
                policy.grade(finding);
                // What is said of a workload of equal machines is said of all of them, though it names the first alone.
                if let (true, Some(equals)) = (finding.alike.is_empty(), together.get(&finding.address)) {
                    finding.alike = equals.to_vec();
                }
            }
            (rule, judgement)
        })
        .collect()
}
