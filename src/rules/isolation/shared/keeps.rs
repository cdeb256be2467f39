//! Connections that are closed by who answers while who asks still uses them.

use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity};
use crate::rules::Judgement;
use crate::topology::{LayerKind, Way, Workload};
use crate::units::Millis;

use super::words::{gravity, says};

/// Judges how long one workload keeps connections to the balancers before it.
pub(in crate::rules::isolation) fn judge(meta: &'static RuleMeta, workload: &Workload, judgement: &mut Judgement) {
    let Some((keeps, kept)) = workload.waits.keeps.as_ref().and_then(|keeps| Some((keeps, keeps.known()?))) else {
        return;
    };
    let certain = |way: &&Way| way.doubt.is_none();
    let before = workload.waits.ways.iter().filter(certain).filter_map(|way| way.layers.last());
    let balancers = before.filter(|layer| layer.kind == LayerKind::Balancer);
    let known = balancers.filter_map(|layer| Some((layer, layer.known()?)));
    let Some((balancer, idle)) = known.max_by_key(|(_, idle)| *idle) else { return };
    if kept > idle {
        judgement.passed += 1;
        return;
    }
    let message = format!(
        "{}, and {}: a request that is sent on a connection just being closed fails, though nothing is wrong with it.",
        says(keeps),
        says(balancer),
    );
    let more = idle.saturating_add(5_000);
    let finding = Finding::violation(meta, &workload.address, message)
        .severity(Severity::Low)
        .key("keep-alive")
        .about(&workload.members)
        .about([&balancer.address])
        .resting_on([&keeps.evidence, &balancer.evidence])
        .measuring("kept_ms", kept)
        .measuring("wait_ms", idle)
        .gravity(gravity(kept, idle))
        .remedy(
            Remedy::new(
                format!("keep connections for at least {}", Millis(more)),
                "the balancer then closes them first, when it has nothing to send",
                Delta::Free("a setting of the application"),
            )
            .to("kept_ms", more),
        );
    judgement.findings.push(finding);
}
