//! What is billed while nobody uses it.

use crate::facts::Change;
use crate::finding::{Finding, Remedy, RuleMeta, Severity};
use crate::model::Evidence;
use crate::rules::{Context, Judgement};
use crate::topology::{Standby, StandbyKind, Usage};
use crate::units::Grouped;

/// What a rule says of its own kind of thing.
pub(in crate::rules::savings) struct Words {
    /// How it is billed: `is billed by the hour`.
    pub(in crate::rules::savings) billed: &'static str,
    /// What is asked of it: `anything uses it`.
    pub(in crate::rules::savings) question: &'static str,
    /// What else to think of before it goes.
    pub(in crate::rules::savings) detail: &'static str,
}

/// Judges everything of one kind.
pub(in crate::rules::savings) fn judge(
    context: Context<'_>,
    meta: &'static RuleMeta,
    kind: StandbyKind,
    words: &Words,
) -> Judgement {
    let mut judgement = Judgement::default();
    for standby in context.topology.standbys.iter().filter(|standby| standby.kind == kind) {
        let Standby { address, noun, .. } = standby;
        match &standby.usage {
            Usage::Used => judgement.passed += 1,
            Usage::Idle { reason, about } => {
                let size = standby.gigabytes.map_or_else(String::new, |size| format!(", {} GB", Grouped(size)));
                let message = format!("{noun} {address} {}{size}, and {reason}.", words.billed);
                let remedy =
                    Remedy::priced(format!("remove {address}"), words.detail, vec![Change::Remove(address.clone())]);
                let finding = Finding::violation(meta, address, message)
                    .about(about)
                    .resting_on(&[Evidence::plan(address, "use", reason.as_str())])
                    // What grows costs more, and what is larger costs more than another.
                    .gravity(standby.gigabytes.unwrap_or(1).max(1))
                    .weight(standby.gigabytes.unwrap_or(0))
                    .remedy(remedy);
                judgement.findings.push(match standby.gigabytes {
                    Some(size) => finding.measuring("gigabytes", size),
                    None => finding,
                });
            }
            Usage::Unknown { reason, evidence } => {
                let message = format!("{noun} {address}: whether {} cannot be told; {reason}.", words.question);
                let own = Evidence::plan(address, "use", reason.as_str());
                let evidence = if evidence.is_empty() { std::slice::from_ref(&own) } else { evidence };
                judgement
                    .findings
                    .push(Finding::undetermined(meta, address, message).severity(Severity::Info).resting_on(evidence));
            }
        }
    }
    judgement
}
