//! Calls that are declared, against the time that their caller has, and against what whom they call does with it.

use crate::facts::{Call, CallKind};
use crate::finding::{Delta, Finding, Remedy, RuleMeta};
use crate::model::{Address, Attr, Evidence};
use crate::rules::Judgement;
use crate::topology::{Layer, Topology, Workload};
use crate::units::{Grouped, Millis};

use super::statements::first;
use super::words::{grade, gravity, just_below, pyramid, says};

/// The calls of a workload, each with its evidence.
pub(in crate::rules::isolation) fn of(workload: &Workload) -> Vec<(&Call, Evidence)> {
    let Some(told) = workload.declared.as_deref() else { return Vec::new() };
    let calls = told.what.calls.iter().flat_map(|said| &said.value);
    calls.map(|call| (call, told.call(&workload.address, call))).collect()
}

/// Judges the declared calls of one workload.
pub(in crate::rules::isolation) fn judge(
    meta: &'static RuleMeta,
    topology: &Topology,
    workload: &Workload,
    judgement: &mut Judgement,
) {
    for (call, evidence) in of(workload) {
        let case = Case { meta, workload, call, evidence };
        let (Some(longest), Some(each)) = (call.longest(), call.timeout) else { continue };
        if let Some(outer) = first(&workload.waits) {
            judgement.take(case.outlives(outer, longest));
        }
        for inner in behind(topology, workload, call) {
            judgement.take(case.leaves(inner, each));
        }
    }
}

impl Judgement {
    fn take(&mut self, finding: Option<Finding>) {
        match finding {
            Some(finding) => self.findings.push(finding),
            None => self.passed += 1,
        }
    }
}

/// What a call leads to in the plan, so far as it says how long it works.
fn behind<'t>(topology: &'t Topology, workload: &'t Workload, call: &Call) -> Vec<&'t Layer> {
    if call.kind == CallKind::External {
        return Vec::new();
    }
    let means = |address: &Address| call.to.matches(address.as_str());
    let others = topology.workloads.iter().filter(|other| other.members.iter().any(means));
    let works = others.filter(|other| other.address != workload.address).filter_map(|other| other.waits.work.as_ref());
    let limits = workload.waits.statements.iter().filter(|limit| limit.doubt.is_none());
    let statements = limits.filter(|limit| means(&topology.datastore(limit.datastore).address));
    works.chain(statements.map(|limit| &limit.layer)).collect()
}

struct Case<'t> {
    meta: &'static RuleMeta,
    workload: &'t Workload,
    call: &'t Call,
    evidence: Evidence,
}

impl Case<'_> {
    /// `aws_ecs_service.api waits up to 6 s for https://pay.example (2 s, tried 3 times)`.
    fn waits(&self, longest: u64) -> String {
        let Self { workload, call, .. } = self;
        let tries = match (call.timeout, call.retries.unwrap_or(0)) {
            (Some(each), retries) if retries > 0 => {
                format!(" ({}, tried {} times)", Millis(each), Grouped(retries + 1))
            }
            _ => String::new(),
        };
        format!(
            "{} {} waits up to {} for {}{tries}",
            workload.noun,
            workload.address,
            Millis(longest),
            call.to.as_str()
        )
    }

    fn about(&self, finding: Finding, key: &str, other: &Layer) -> Finding {
        finding
            .key(format!("{key} {}", self.call.to.as_str()))
            .about(&self.workload.members)
            .about([&other.address])
            .resting_on([&self.evidence, &other.evidence])
    }

    /// A call that may last longer than its caller.
    fn outlives(&self, outer: &Layer, longest: u64) -> Option<Finding> {
        let address = &self.workload.address;
        let after = match &outer.after {
            Attr::Set(after) if longest < *after => return None,
            Attr::Set(after) => *after,
            Attr::Unset => return None,
            Attr::Unknown(_) => {
                let message =
                    format!("{}, and {}: which of them is longer cannot be told.", self.waits(longest), says(outer));
                return Some(self.about(Finding::undetermined(self.meta, address, message), "call", outer));
            }
        };
        let message = format!(
            "{}, and {}: a slow answer from there takes all the time that there is, and is never used.",
            self.waits(longest),
            says(outer)
        );
        let tries = self.call.retries.unwrap_or(0).saturating_add(1);
        let less = just_below(after) / tries;
        let all = if tries == 1 { String::new() } else { format!(", so that all {tries} tries fit") };
        let finding = Finding::violation(self.meta, address, message)
            .severity(grade(after, longest))
            .measuring("call_ms", longest)
            .measuring("wait_ms", after)
            .gravity(gravity(after, longest))
            .remedy(
                Remedy::new(
                    format!("give up on {} after at most {}{all}", self.call.to.as_str(), Millis(less)),
                    "less than the time that the caller has, so that some is left for an answer without it",
                    Delta::Free("a setting of the application"),
                )
                .to("call_ms", less.saturating_mul(tries)),
            );
        let mut finding = self.about(finding, "call", outer);
        finding.working = pyramid(&self.workload.waits);
        finding.working.push(self.evidence.value.clone());
        Some(finding)
    }

    /// A call that is given up while whom it called works on.
    fn leaves(&self, inner: &Layer, each: u64) -> Option<Finding> {
        let address = &self.workload.address;
        let to = self.call.to.as_str();
        let caller = format!("{} {address} gives up on {to} after {}", self.workload.noun, Millis(each));
        let longest = match &inner.after {
            Attr::Set(longest) if *longest <= each => return None,
            Attr::Set(longest) => *longest,
            Attr::Unset => return None,
            Attr::Unknown(_) => {
                let message = format!("{caller}, and {}: which of them is longer cannot be told.", says(inner));
                return Some(self.about(Finding::undetermined(self.meta, address, message), &callee(inner), inner));
            }
        };
        let again = if self.call.retries.unwrap_or(0) > 0 { ", beside the tries that follow" } else { "" };
        let message = format!("{caller}, and {}: it works on for nobody{again}.", says(inner));
        let less = just_below(each);
        let finding = Finding::violation(self.meta, address, message)
            .severity(grade(each, longest))
            .measuring("call_ms", each)
            .measuring("work_ms", longest)
            .gravity(gravity(each, longest))
            .remedy(
                Remedy::new(
                    format!("let {} end after at most {}, or wait longer for it", inner.address, Millis(less)),
                    "whoever is called ends before whoever calls gives up",
                    Delta::Free("a time limit costs nothing"),
                )
                .to("work_ms", less),
            );
        Some(self.about(finding, &callee(inner), inner))
    }
}

/// One name may stand for several services: each is a finding of its own.
fn callee(inner: &Layer) -> String {
    format!("callee {} of", inner.address)
}
