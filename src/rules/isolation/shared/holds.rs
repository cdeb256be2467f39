//! Messages that others take while they are still worked on.

use std::collections::BTreeSet;

use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity};
use crate::model::Attr;
use crate::rules::{Judgement, prospect};
use crate::topology::{Hold, Layer, Workload};
use crate::units::Millis;

use super::words::{gravity, says};

/// Judges the queues that feed one workload; `times` as long as the work takes they are to hide a message.
pub(in crate::rules::isolation) fn judge(
    meta: &'static RuleMeta,
    workload: &Workload,
    times: u64,
    judgement: &mut Judgement,
) {
    let Some(work) = &workload.waits.work else { return };
    let mut told = BTreeSet::new();
    for hold in &workload.waits.holds {
        if told.insert(&hold.queue.address) {
            let case = Case { meta, workload, work, hold, times };
            match case.judge() {
                Some(finding) => judgement.findings.push(finding),
                None => judgement.passed += 1,
            }
        }
    }
}

struct Case<'t> {
    meta: &'static RuleMeta,
    workload: &'t Workload,
    work: &'t Layer,
    hold: &'t Hold,
    times: u64,
}

impl Case<'_> {
    /// What is wrong, if anything is.
    fn judge(&self) -> Option<Finding> {
        let (gathers, evidence) = &self.hold.gathers;
        match (&self.hold.queue.after, &self.work.after, gathers) {
            (Attr::Set(hidden), Attr::Set(work), Attr::Set(gathers)) => {
                let needed = work.saturating_mul(self.times).saturating_add(*gathers);
                if *hidden >= needed {
                    return None;
                }
                Some(match &self.hold.doubt {
                    Some(doubt) => self.open(&format!("{}, and {doubt}", says(&self.hold.queue))),
                    None => self.violation(*hidden, *work, *gathers, needed),
                })
            }
            (Attr::Unknown(why), ..) => {
                Some(self.open(&format!("for how long it does is {why} ({})", self.hold.queue.evidence.attribute)))
            }
            (_, Attr::Unknown(why), _) => Some(self.open(&format!("how long the work takes at most is {why}"))),
            (.., Attr::Unknown(why)) => {
                Some(self.open(&format!("for how long {} gathers messages is {why}", evidence.address)))
            }
            _ => None,
        }
    }

    fn open(&self, reason: &str) -> Finding {
        let Self { meta, workload, work, hold, .. } = self;
        let queue = &hold.queue;
        let message = format!(
            "{} {} takes its work from {} {}, which is to hide a message until it is done: {reason}.",
            workload.noun, workload.address, queue.noun, queue.address,
        );
        self.about(Finding::undetermined(meta, &hold.queue.address, message).severity(Severity::Medium), work)
    }

    fn about(&self, finding: Finding, work: &Layer) -> Finding {
        finding
            .key(self.workload.address.to_string())
            .about(&self.workload.members)
            .about([&self.hold.gathers.1.address])
            .resting_on([&self.hold.queue.evidence, &work.evidence, &self.hold.gathers.1])
    }

    fn violation(&self, hidden: u64, longest: u64, gathers: u64, needed: u64) -> Finding {
        let Self { meta, workload, work, hold, times } = self;
        let refused = hidden < longest;
        // Calls beyond a bound of its own are turned away, and their messages wait hidden for nothing.
        let bounded = workload.range.maximum.known().is_some();
        let (severity, why) = if refused {
            let why = "such a trigger is refused when it is made or changed, and where there is one already, others take a \
                       message that is still being worked on";
            (Severity::High, why)
        } else if bounded {
            let why = "its own bound turns calls away, and a message that is turned away a few times over counts as failed \
                       without ever having been tried";
            (Severity::Medium, why)
        } else {
            let why = "there is little time for another try where calls are turned away, so that messages come back, or are \
                       given up as failed, without anything being wrong with them";
            (Severity::Low, why)
        };
        let message = format!(
            "{}, and {} {} works up to {} on what it takes from it: {why}.",
            says(&hold.queue),
            workload.noun,
            workload.address,
            Millis(longest),
        );
        let finding = Finding::violation(meta, &hold.queue.address, message)
            .severity(severity)
            .measuring("hidden_ms", hidden)
            .measuring("work_ms", longest)
            .measuring("needed_ms", needed)
            .gravity(gravity(hidden, needed))
            .remedy(
                Remedy::new(
                    format!("hide messages for at least {}", Millis(needed)),
                    "a message whose call fails then comes back later as well",
                    Delta::Free("a setting of the queue"),
                )
                .writing(prospect::set_span(&hold.queue, needed, true))
                .to("hidden_ms", needed),
            );
        let mut finding = self.about(finding, work);
        let window = if gathers == 0 { String::new() } else { format!(" + {} to gather messages", Millis(gathers)) };
        finding.working =
            vec![says(&hold.queue), says(work), format!("{times} × {}{window} = {}", Millis(longest), Millis(needed))];
        finding
    }
}
