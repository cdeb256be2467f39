use super::shared::naming::{Called, Named, named};
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::model::{Address, Attr, Evidence, Text};
use crate::repository::adr::{Decision, Standing};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Amount, Capacity, Datastore, DatastoreId, Range, Topology, Workload};
use crate::units::{Grouped, listed};

/// By how much something changes that has to be decided.
const FACTOR: &str = "factor-percent";

rule! {
    /// ## What it finds
    /// A plan that changes how much something carries: the bounds of a workload, the class of its machines or of a database, or
    /// the connections that a database takes; to one and a half times or more, or to as little the other way, and no decision on
    /// record names it.
    ///
    /// ## Why it matters
    /// Such a change has a reason: a load that came, or one that went. If it is nowhere, the next one who sees the bill or the
    /// latency can only guess whether it may be taken back.
    ///
    /// ## What to do
    /// Record it in a line or two: what was changed, for which load, and what it costs. `planwise adr section PLAN` begins the section with
    /// the numbers. Name the address in backticks, so that it is found.
    ///
    /// ## When it stays silent
    /// Without a repository, and where that keeps no decisions on record. For what is new or goes: it has no earlier capacity. For what an
    /// accepted decision names; whether the numbers agree is told by `adr-plan-mismatch`.
    ///
    /// ## What makes it undetermined
    /// A decision that may mean the resource, by a word that may mean something else, or that has no status; a new bound that is known only
    /// after apply; classes of which planwise does not know how large they are.
    "unrecorded-capacity-change", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "A change of capacity that no decision on record names",
    thresholds: [
        ("factor-percent", 150, 10_000, "how many per cent of the smaller capacity the larger one is, at least, to be told"),
    ],
    sources: ["Design principle DP8, document performance decisions in ADRs"]
}

/// One capacity of something, before and after.
struct Shift {
    what: String,
    /// Both in words.
    from: String,
    to: String,
    /// Why it cannot be told by how much, if it cannot.
    open: Option<String>,
    numbers: Option<(u64, u64)>,
    evidence: Evidence,
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let (Some(repository), Some(earlier)) = (context.repository, context.earlier) else { return judgement };
    if repository.decisions.is_empty() {
        return judgement;
    }
    let factor = context.policy.threshold(&RULE.meta, FACTOR).max(100);
    let topology = context.topology;
    let all: Vec<Called<'_>> = called(topology);
    let holding =
        || repository.decisions.iter().filter(|one| matches!(one.standing, Standing::Accepted | Standing::Unsaid));
    let mut judge = |noun: &str, address: &Address, own: &Called<'_>, shifts: Vec<Shift>| {
        if shifts.is_empty() {
            return;
        }
        let how = |one: &&Decision| named(one, own, &all);
        if holding().any(|one| one.standing == Standing::Accepted && how(&one) == Named::Surely) {
            judgement.passed += 1;
            return;
        }
        let maybe = holding().find(|one| how(one) != Named::Not);
        judgement.findings.push(finding(noun, address, &shifts, maybe));
    };
    for (workload, own) in topology.workloads.iter().zip(&all) {
        let Some(old) = before(earlier, topology, workload) else { continue };
        let mut shifts = Vec::new();
        let fixed = |range: &Range| range.minimum.known().is_some() && range.minimum.known() == range.maximum.known();
        if fixed(&old.range) && fixed(&workload.range) {
            shifts.extend(amount("number of units", &old.range.maximum, &workload.range.maximum, factor));
        } else {
            shifts.extend(amount("minimum", &old.range.minimum, &workload.range.minimum, factor));
            shifts.extend(amount("maximum", &old.range.maximum, &workload.range.maximum, factor));
        }
        let was = Machine { name: old.size.clone(), processors: old.processors, memory: None };
        let is = Machine { name: workload.size.clone(), processors: workload.processors, memory: None };
        let place = (&workload.address, workload.size_attribute.unwrap_or("machine type"));
        shifts.extend(machine("machine type", place, was, is, factor));
        judge(workload.noun, &workload.address, own, shifts);
    }
    for ((id, datastore), own) in topology.numbered_datastores().zip(all.iter().skip(topology.workloads.len())) {
        let Some((was, old)) =
            earlier.numbered_datastores().find(|(_, old)| old.address == datastore.address && old.managed)
        else {
            continue;
        };
        let shifts = of_datastore((earlier, was, old), (topology, id, datastore), factor);
        judge(datastore.noun, &datastore.address, own, shifts);
    }
    judgement
}

/// What a workload was before. Of equal machines the first may have gone, or another have come before it.
fn before<'t>(earlier: &'t Topology, topology: &Topology, workload: &Workload) -> Option<&'t Workload> {
    let at = |all: &'t [Workload], address: &Address| all.iter().find(|one| one.address == *address);
    let is_kept = |old: &&Workload| topology.workloads.iter().any(|one| one.address == old.address);
    let is_of_it = |old: &&Workload| old.equals.iter().any(|address| workload.equals.contains(address));
    let under_another_name = || earlier.workloads.iter().find(|old| !is_kept(old) && is_of_it(old));
    at(&earlier.workloads, &workload.address).or_else(under_another_name)
}

/// The class of a datastore, and where that stays the limit that somebody set.
fn of_datastore(
    (earlier, was, old): (&Topology, DatastoreId, &Datastore),
    (topology, is, datastore): (&Topology, DatastoreId, &Datastore),
    factor: u64,
) -> Vec<Shift> {
    let limit = |topology: &Topology, id| {
        topology.budgets_of(id).first().and_then(|budget| budget.capacity.as_ref().ok().cloned())
    };
    let (before, after) = (limit(earlier, was), limit(topology, is));
    let size = |datastore: &Datastore, capacity: Option<&Capacity>| Machine {
        name: datastore.class.known().cloned(),
        processors: capacity.and_then(|capacity| capacity.processors),
        memory: datastore.memory,
    };
    let (small, large) = (size(old, before.as_ref()), size(datastore, after.as_ref()));
    let stays = small.name == large.name;
    let own = datastore.classes.iter().find(|(address, _)| *address == datastore.address);
    let place = (&datastore.address, own.map_or("class", |(_, attribute)| *attribute));
    let mut shifts: Vec<Shift> = machine("class", place, small, large, factor).into_iter().collect();
    if let (Some(before), Some(after), true) = (before, after, stays)
        && (before.explicit || after.explicit)
    {
        let (from, to) = (before.maximum.low, after.maximum.low);
        let evidence = Evidence::plan(&datastore.address, "connection limit", Grouped(to).to_string());
        shifts.extend(number("connection limit", from, to, factor, evidence));
    }
    shifts
}

/// What workloads are called, and then datastores.
fn called(topology: &Topology) -> Vec<Called<'_>> {
    let workloads = topology.workloads.iter().map(|one| Called { members: &one.members, names: &one.names });
    let datastores =
        topology.datastores.iter().map(|one| Called { members: std::slice::from_ref(&one.address), names: &one.names });
    workloads.chain(datastores).collect()
}

fn amount(what: &str, old: &Amount, new: &Amount, factor: u64) -> Option<Shift> {
    match (&old.value, &new.value) {
        (Attr::Set(from), Attr::Set(to)) => number(what, *from, *to, factor, new.evidence.clone()),
        (Attr::Set(from), Attr::Unknown(why)) => Some(Shift {
            what: what.to_owned(),
            from: Grouped(*from).to_string(),
            to: format!("what is {why}"),
            open: Some(format!("{} of {} is {why}", new.evidence.attribute, new.evidence.address)),
            numbers: None,
            evidence: new.evidence.clone(),
        }),
        _ => None,
    }
}

fn number(what: &str, from: u64, to: u64, factor: u64, evidence: Evidence) -> Option<Shift> {
    let (small, large) = (from.min(to), from.max(to));
    let enough = if small == 0 { large > 1 } else { large.saturating_mul(100) >= small.saturating_mul(factor) };
    (from != to && enough).then(|| Shift {
        what: what.to_owned(),
        from: Grouped(from).to_string(),
        to: Grouped(to).to_string(),
        open: None,
        numbers: Some((from, to)),
        evidence,
    })
}

/// How large a machine is.
struct Machine {
    name: Option<Text>,
    processors: Option<u64>,
    /// In bytes.
    memory: Option<u64>,
}

/// Compares machines by their processors, or else by their memory.
fn machine(
    what: &str,
    (address, attribute): (&Address, &str),
    old: Machine,
    new: Machine,
    factor: u64,
) -> Option<Shift> {
    let (was, is) = (old.name?, new.name?);
    if was == is {
        return None;
    }
    let evidence = Evidence::plan(address, attribute, is.as_str());
    let gibibytes = |bytes: u64| bytes.div_ceil(1 << 30);
    let (pair, unit) = match (old.processors.zip(new.processors), old.memory.zip(new.memory)) {
        (Some(pair), _) => (Some(pair), "vCPU"),
        (None, Some((from, to))) => (Some((gibibytes(from), gibibytes(to))), "GiB"),
        (None, None) => (None, ""),
    };
    let Some((from, to)) = pair else {
        let open = Some(format!("how large {was} and {is} are is not known"));
        let (from, to) = (was.to_string(), is.to_string());
        return Some(Shift { what: what.to_owned(), from, to, open, numbers: None, evidence });
    };
    let shift = number(what, from, to, factor, evidence)?;
    Some(Shift { from: format!("{was} ({from} {unit})"), to: format!("{is} ({to} {unit})"), ..shift })
}

fn finding(noun: &str, address: &Address, shifts: &[Shift], maybe: Option<&Decision>) -> Finding {
    let changes = listed(
        shifts
            .iter()
            .map(|shift| format!("the {} of {noun} {address} from {} to {}", shift.what, shift.from, shift.to)),
    );
    let open = shifts
        .iter()
        .all(|shift| shift.open.is_some())
        .then(|| shifts.iter().find_map(|shift| shift.open.clone()))
        .flatten();
    let (verdict, message) = match (maybe, open) {
        (Some(decision), _) => {
            let why = if decision.standing == Standing::Accepted {
                "may mean it by another word"
            } else {
                "has no status that says that it holds"
            };
            let message = format!(
                "This plan changes {changes}. Whether that is on record cannot be told: \"{}\" ({}) {why}. Name `{address}` in a decision that is accepted.",
                decision.title, decision.place,
            );
            (Verdict::Undetermined, message)
        }
        (None, Some(why)) => (
            Verdict::Undetermined,
            format!(
                "This plan changes {changes}, and no accepted decision on record names it; by how much cannot be told: {why}."
            ),
        ),
        (None, None) => {
            (Verdict::Violation, format!("This plan changes {changes}, and no accepted decision on record names it."))
        }
    };
    let mut finding = Finding::new(&RULE.meta, verdict, address, message)
        .resting_on(shifts.iter().map(|shift| &shift.evidence))
        .gravity(1);
    if let Some((from, to)) = shifts.iter().find_map(|shift| shift.numbers) {
        finding = finding.measuring("from", from).measuring("to", to);
    }
    finding.remedy(Remedy::new(
        "record why",
        "what was changed, for which load, and what it costs: `planwise adr section PLAN` begins it",
        Delta::Free("it is a text"),
    ))
}
