//! Judges both worlds of a plan, and compares.

use std::collections::BTreeSet;

use super::costs::Ledgers;
use super::deliver::deliver;
use super::kin::{Group, Kin, groups};
use super::world::{Described, Known, connect, is_kept, is_new, is_partial};
use crate::advice::{Advice, Between, compare, price};
use crate::cost::Terms;
use crate::facts::{Change, Declarations, Value};
use crate::finding::{Finding, Focus, Remedy};
use crate::model::{Address, Evidence, Provenance, Stage};
use crate::plan::{Resolver, Wish};
use crate::policy::Policy;
use crate::repository::Repository;
use crate::repository::pipeline::Pipeline;
use crate::rules::{self, Context, Judgement, Rule};
use crate::source::{Places, Sought, Spot};
use crate::topology::{Heard, Ledger, Topology};

/// What comes of one world.
type World = (Vec<(&'static Rule, Judgement)>, Heard, Ledger, Vec<Group>);

/// What comes of both worlds.
pub(super) struct Judged {
    pub(super) advice: Vec<Advice>,
    pub(super) passed: Vec<(&'static Rule, usize)>,
    pub(super) heard: Heard,
    /// Of each rule that could not look somewhere, where.
    pub(super) unseen: Vec<(&'static Rule, Vec<Evidence>)>,
    pub(super) ledgers: Ledgers,
}

/// What both worlds are judged by: what is said of the system, and what lies beside it, hold in both. They are knowledge, and no
/// change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'b> {
    pub(super) policy: &'b Policy,
    pub(super) declared: &'b Declarations,
    pub(super) repository: Option<&'b Repository>,
    pub(super) terms: Option<&'b Terms>,
}

/// Judges both worlds, and compares.
pub(super) fn judge(plan: &Described<'_>, references: &Resolver<'_, Known>, basis: Basis<'_>) -> Judged {
    let Basis { policy, declared, repository, terms } = basis;
    // The graph is gone before the rules begin.
    let build = |stage| Topology::build(&connect(plan, references, stage), stage, is_partial(plan), declared);
    let judge = |topology: &Topology, earlier: Option<&Topology>, planned: &[Pipeline]| {
        let mut judged = rules::judge(Context { topology, earlier, repository, planned, policy });
        // Nobody takes a way out of what is over.
        if topology.stage == Stage::After {
            let idle = taken_up_by_nobody(plan, topology);
            for (_, judgement) in &mut judged {
                price(&mut judgement.findings, &topology.ledger, terms);
                leave(&mut judgement.findings, &idle);
            }
        }
        judged
    };
    let of = |judged, mut topology: Topology| -> World {
        let groups = groups(&topology);
        (judged, std::mem::take(&mut topology.heard), std::mem::take(&mut topology.ledger), groups)
    };
    let alone = || {
        let topology = build(Stage::After);
        let planned = deliver(&topology, repository);
        of(judge(&topology, None, &planned), topology)
    };
    let (before, (after, mut heard, ledger, later)) = match (is_new(plan), is_kept(plan)) {
        (true, _) => (Some((Vec::new(), Heard::default(), Ledger::default(), Vec::new())), alone()),
        (false, true) => (None, alone()),
        // Beside each other: much of what is done for one world, one core does.
        (false, false) => {
            let (after, before) = rayon::join(|| build(Stage::After), || build(Stage::Before));
            // One after the other: both read the same files.
            let planned = [&after, &before].map(|topology| deliver(topology, repository));
            let [new, old] = &planned;
            let (later, sooner) = rayon::join(|| judge(&after, Some(&before), new), || judge(&before, None, old));
            (Some(of(sooner, before)), of(later, after))
        }
    };
    let flat = |all: Vec<(&'static Rule, Judgement)>| -> Vec<Finding> {
        all.into_iter().flat_map(|(_, judgement)| judgement.findings).collect()
    };
    let passed = after.iter().map(|(rule, judgement)| (*rule, judgement.passed)).collect();
    let blind = after.iter().filter(|(_, judgement)| !judgement.unseen.is_empty());
    let unseen = blind.map(|(rule, judgement)| (*rule, judgement.unseen.clone())).collect();
    let mut after = flat(after);
    for finding in &mut after {
        finding.evidence.iter_mut().for_each(|piece| locate(plan, piece));
        place(plan, finding);
    }
    suggest(plan, &mut after);
    let (before, before_ledger, sooner) = match before {
        Some((before, met, ledger, groups)) => {
            // What is about to go is met as well.
            heard.met.extend(met.met);
            (flat(before), Some(ledger), groups)
        }
        None => (after.clone(), None, Vec::new()),
    };
    let ledgers = Ledgers { before: before_ledger, after: ledger };
    let is_changed = |address: &Address| plan.instance(address).is_some_and(|instance| instance.action.changes());
    let Kin { touched, heirs } = Kin::of(&sooner, &later, &is_changed);
    let changes = |address: &Address| is_changed(address) || touched.contains(address);
    let advice = compare(&before, after, Between { changes: &changes, heirs: &heirs });
    Judged { advice, passed, heard, unseen, ledgers }
}

/// Templates whose next revision somebody who is made from them does not take up.
fn taken_up_by_nobody<'t>(plan: &Described<'_>, topology: &'t Topology) -> BTreeSet<&'t Address> {
    let held = topology.workloads.iter().filter(|workload| {
        workload.template_attribute.is_some_and(|attribute| plan.leaves(&workload.address, attribute))
    });
    held.flat_map(|workload| workload.members.iter().filter(|member| **member != workload.address)).collect()
}

/// Leaves out edits of what nobody takes up: they change nothing that runs.
fn leave(findings: &mut [Finding], idle: &BTreeSet<&Address>) {
    for remedy in findings.iter_mut().flat_map(|finding| &mut finding.remedies) {
        let in_vain = remedy.edits().iter().any(|change| match change {
            Change::Set { address, .. } | Change::Variable { address, .. } => idle.contains(address),
            _ => false,
        });
        if in_vain {
            remedy.edits = Some(Vec::new());
        }
    }
}

/// Says where a finding is written.
fn place(plan: &Described<'_>, finding: &mut Finding) {
    if !plan.has_source() || finding.place.is_some() {
        return;
    }
    let places = match &finding.focus {
        Focus::Whole => plan.places(&finding.address, &[]),
        Focus::At(piece) => {
            plan.places(&piece.address, &[sought(piece)]).or_else(|| plan.places(&finding.address, &own(finding)))
        }
        Focus::Own => plan.places(&finding.address, &own(finding)),
    };
    if let Some(Places { own, call }) = places {
        finding.inner_place = call.is_some().then(|| own.clone());
        finding.place = Some(call.unwrap_or(own));
    }
}

/// What a finding rests on in its own resource: what its first way out edits, and then the rest.
fn own(finding: &Finding) -> Vec<Sought<'_>> {
    let edits = finding.remedies.first().map(Remedy::edits).unwrap_or_default();
    let edited = |piece: &&Evidence| {
        edits.iter().any(|change| match change {
            Change::Set { address, attribute, .. } => *address == piece.address && *attribute == piece.attribute,
            Change::Variable { address, name, .. } => *address == piece.address && *name == piece.attribute,
            _ => false,
        })
    };
    let all = finding.evidence.iter().filter(|piece| piece.address == finding.address);
    let (mut first, rest): (Vec<&Evidence>, Vec<&Evidence>) = all.partition(edited);
    first.extend(rest);
    first.into_iter().map(sought).collect()
}

/// Says what to write for each way out.
fn suggest(plan: &Described<'_>, findings: &mut [Finding]) {
    if !plan.has_source() {
        return;
    }
    let remedies: Vec<&mut Remedy> = findings.iter_mut().flat_map(|finding| &mut finding.remedies).collect();
    let mut ways = Vec::new();
    let mut wanting = Vec::new();
    for remedy in remedies {
        if let Some(all) = wishes(remedy) {
            ways.push(all);
            wanting.push(remedy);
        }
    }
    for (remedy, suggestions) in wanting.into_iter().zip(plan.suggest(&ways)) {
        remedy.suggestions = suggestions.unwrap_or_default();
    }
}

/// What a remedy wants to be written, if that is all there is to it.
fn wishes(remedy: &Remedy) -> Option<Vec<Wish>> {
    let wish = |address: &Address, spot, value| Some(Wish { address: address.clone(), spot, value: spelled(value)? });
    let all = remedy.edits().iter().map(|change| match change {
        Change::Set { address, attribute, value } => wish(address, Spot::Attribute(attribute.clone()), value),
        Change::Variable { address, name, was, value } => {
            let was = plain(was)?;
            wish(address, Spot::Variable { name: name.clone(), was }, value)
        }
        _ => None,
    });
    all.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

/// A value as a configuration spells it.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.contains("${") || text.contains("%{") => None,
        Value::Text(text) => serde_json::to_string(text.as_str()).ok(),
        other => plain(other),
    }
}

/// A value as an environment has it.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.normalize().to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Texts(_) | Value::Blocks(_) => None,
    }
}

/// What to look up where the configuration is written.
fn sought(evidence: &Evidence) -> Sought<'_> {
    Sought { attribute: evidence.attribute.as_str(), value: &evidence.value }
}

/// Says where a value comes from that the plan itself does not know.
fn locate(plan: &Described<'_>, evidence: &mut Evidence) {
    if evidence.source == Provenance::Plan
        && let Some(place) = plan.written_at(&evidence.address, sought(evidence))
    {
        evidence.source = Provenance::Configuration(place.to_string().into());
    }
}
