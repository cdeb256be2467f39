//! What somebody says of workloads that the plan cannot show. It goes before what the plan shows; where both speak and
//! differ, that is told.

use std::collections::BTreeSet;

use crate::facts::{
    Call, CallKind, Declaration, Declarations, EntryKind, FactKey, Held, Profile, Said, SourceKind, Upkeep,
};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence, Pattern, Provenance};
use crate::units::{Count, Millis, listed};

use super::consumption::{Consumption, Origin};
use super::entry::Entry;
use super::pool::{About, PerUnit, Term};
use super::workload::Workload;

/// What is said of one workload.
#[derive(Clone, Debug)]
pub struct Told {
    /// What.
    pub what: Declaration,
    /// The same, fact by fact.
    pub evidence: Vec<Evidence>,
}

/// What has become of all that is said.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// The positions of those who speak of something that is there.
    pub met: BTreeSet<usize>,
    /// What is said otherwise than the plan shows it, and what cannot be done, in words.
    pub remarks: Vec<String>,
    /// What `connects-to` names and the plan does not have, with the place.
    pub strangers: BTreeSet<(String, String)>,
    /// What `calls` names as one's own and the plan does not have, with the place.
    pub uncalled: BTreeSet<(String, String)>,
}

/// What workloads are said to call, as one's own, and no resource of the plan is called.
pub(super) fn uncalled(graph: &Graph, workloads: &[Workload]) -> BTreeSet<(String, String)> {
    let said = workloads.iter().filter_map(|workload| workload.declared.as_deref()?.what.calls.as_ref());
    let calls = said.flat_map(|said| &said.value).filter(|call| call.kind == CallKind::Internal);
    let there = |call: &Call| graph.nodes().any(|node| call.to.matches(graph.node(node).address.as_str()));
    let lost = calls.filter(|call| !there(call));
    lost.map(|call| (call.to.as_str().to_owned(), call.place.to_string())).collect()
}

/// Takes in what is said of each workload alone.
pub(super) fn hear(declarations: &Declarations, workloads: &mut [Workload]) -> Heard {
    let mut heard = Heard::default();
    if declarations.is_empty() {
        return heard;
    }
    let index = declarations.index();
    for workload in workloads {
        let Some((what, by)) = index.find(&workload.members.iter().map(Address::as_str)) else { continue };
        heard.met.extend(by);
        let evidence = evidence(&workload.address, &what);
        put(&workload.address, &mut workload.per_unit, &what, &mut heard.remarks);
        workload.per_unit.declare(upkeep(&workload.address, &what));
        if let Some(profile) = &what.profile {
            self::profile(workload, profile, &mut heard.remarks);
        }
        workload.declared = Some(Box::new(Told { what, evidence }));
    }
    heard
}

pub(super) fn piece<T>(address: &Address, key: FactKey, said: &Said<T>, value: String) -> Evidence {
    let (address, attribute) = (address.clone(), key.as_str().into());
    Evidence { address, attribute, value, source: Provenance::Declared(said.place.clone()) }
}

fn evidence(address: &Address, what: &Declaration) -> Vec<Evidence> {
    let count =
        |key, said: &Option<Said<Count>>| said.as_ref().map(|said| piece(address, key, said, said.value.to_string()));
    let connects = what.connects_to.as_ref().map(|said| {
        let names = listed(said.value.iter().map(Pattern::as_str));
        let names = if names.is_empty() { "nothing".to_owned() } else { names };
        piece(address, FactKey::ConnectsTo, said, names)
    });
    let profile = what.profile.as_ref();
    let profile = profile.map(|said| piece(address, FactKey::LoadProfile, said, said.value.as_str().to_owned()));
    let timeout = what.timeout.as_ref();
    let timeout = timeout.map(|said| piece(address, FactKey::Timeout, said, Millis(said.value).to_string()));
    let held = |key, said: &Option<Said<Held>>| {
        said.as_ref().map(|said| piece(address, key, said, said.value.as_str().to_owned()))
    };
    let service = what.service.as_ref().map(|said| piece(address, FactKey::Service, said, said.value.to_string()));
    let all = [
        count(FactKey::PoolSize, &what.pool_size),
        count(FactKey::Overflow, &what.overflow),
        count(FactKey::Processes, &what.processes),
        connects,
        profile,
        timeout,
        held(FactKey::Sessions, &what.sessions),
        held(FactKey::Files, &what.files),
        held(FactKey::Locks, &what.locks),
        service,
    ];
    let upkeep = upkeep(address, what).into_iter().map(|(_, evidence)| evidence);
    let calls = what.calls.iter().flat_map(|said| &said.value).map(|call| called(address, call));
    all.into_iter().flatten().chain(upkeep).chain(calls).collect()
}

/// What is said of a pool beside its size and what it may open beyond.
fn upkeep(address: &Address, what: &Declaration) -> Vec<(Upkeep, Evidence)> {
    let seconds = |said: &Said<Count>| match said.value {
        Count::Of(seconds) => format!("{seconds} s"),
        Count::Unbounded => said.value.to_string(),
    };
    let timeout = what.pool_timeout.as_ref();
    let timeout = timeout.map(|said| (Upkeep::Timeout, piece(address, FactKey::PoolTimeout, said, seconds(said))));
    let recycle = what.pool_recycle.as_ref();
    let recycle = recycle.map(|said| (Upkeep::Recycle, piece(address, FactKey::PoolRecycle, said, seconds(said))));
    let tried = what.pool_pre_ping.as_ref();
    let tried = tried.map(|said| (Upkeep::PrePing, piece(address, FactKey::PoolPrePing, said, said.value.to_string())));
    [timeout, recycle, tried].into_iter().flatten().collect()
}

/// A declared call, as evidence.
fn called(address: &Address, call: &Call) -> Evidence {
    Evidence {
        address: address.clone(),
        attribute: "calls".into(),
        value: call.to_string(),
        source: Provenance::Declared(call.place.clone()),
    }
}

impl Told {
    /// The evidence for a call.
    pub fn call(&self, address: &Address, call: &Call) -> Evidence {
        called(address, call)
    }
}

/// Says that something is said otherwise than the plan shows it.
pub(super) fn differ(address: &Address, key: FactKey, place: &str, said: &str, shown: &str) -> String {
    format!(
        "{address}: {} is {said} as declared ({place}), and in the plan {shown}; what is declared counts",
        key.as_str()
    )
}

/// Puts in the pool, what it may open beyond, and the processes.
fn put(address: &Address, per_unit: &mut PerUnit, what: &Declaration, remarks: &mut Vec<String>) {
    if what.pool_size.is_none() && what.overflow.is_none() && what.processes.is_none() {
        return;
    }
    let seen = |about| per_unit.unseen.iter().all(|unseen| unseen.about != about);
    let (counted, measured) = (seen(About::Processes), seen(About::Overflow));
    let mut take = |own: &mut Count, seen: bool, key: FactKey, said: Option<&Said<Count>>| {
        let Some(said) = said else { return };
        if seen && *own != said.value {
            remarks.push(differ(address, key, &said.place, &said.value.to_string(), &format!("it is {own}")));
        }
        *own = said.value;
    };
    if per_unit.terms.is_empty() {
        per_unit.terms.push(Term::invisible(None));
    }
    // Beside a container whose pool cannot be seen, what is said is said of that one.
    let hidden = per_unit.terms.iter().any(|term| term.pool.is_none());
    let mut spared = false;
    for term in &mut per_unit.terms {
        take(&mut term.processes, term.processes_stated && counted, FactKey::Processes, what.processes.as_ref());
        term.processes_stated |= what.processes.is_some();
        // What it comes to at most was a matter of other figures.
        term.most = None;
        if hidden && term.pool.is_some() {
            spared = true;
            continue;
        }
        // What is said holds whatever the environment says: another value there changes nothing.
        let outweighs =
            |said: Option<&Said<Count>>, own: Option<Count>| said.is_some_and(|said| own != Some(said.value));
        if outweighs(what.pool_size.as_ref(), term.pool) {
            term.pool_knob = None;
        }
        if outweighs(what.overflow.as_ref(), Some(term.overflow)) {
            term.overflow_knob = None;
        }
        let beyond = term.overflow != Count::Of(0) && measured;
        take(&mut term.overflow, beyond, FactKey::Overflow, what.overflow.as_ref());
        match &mut term.pool {
            Some(pool) => take(pool, true, FactKey::PoolSize, what.pool_size.as_ref()),
            None => term.pool = what.pool_size.as_ref().map(|said| said.value),
        }
    }
    settle(per_unit, what, spared);
    per_unit.evidence.splice(0..0, evidence(address, &of_pools(what)));
}

/// What is said of pools alone.
fn of_pools(what: &Declaration) -> Declaration {
    let Declaration { pool_size, overflow, processes, .. } = what.clone();
    Declaration { pool_size, overflow, processes, ..Declaration::default() }
}

/// Drops the gaps that are closed. Where a container is `spared`, its overflow may still be open.
fn settle(per_unit: &mut PerUnit, what: &Declaration, spared: bool) {
    per_unit.unseen.retain(|unseen| match unseen.about {
        About::Pool => what.pool_size.is_none(),
        About::Overflow => what.overflow.is_none() || spared,
        About::Processes => what.processes.is_none(),
        About::Everything => what.pool_size.is_none() || what.processes.is_none(),
    });
    if per_unit.is_complete() {
        for term in &mut per_unit.terms {
            term.most = Some(term.at_least());
        }
    }
}

/// Puts in how work arrives.
fn profile(workload: &mut Workload, said: &Said<Profile>, remarks: &mut Vec<String>) {
    let evidence = piece(&workload.address, FactKey::LoadProfile, said, said.value.as_str().to_owned());
    let kind = match said.value {
        Profile::Synchronous => {
            let shown = workload.consumes.iter().filter(|consumption| consumption.is_certain());
            let shown = listed(shown.map(Consumption::name));
            if !shown.is_empty() {
                let shown = format!("it takes work from {shown}");
                remarks.push(differ(&workload.address, FactKey::LoadProfile, &said.place, said.value.as_str(), &shown));
            }
            workload.consumes.clear();
            workload.entry_gap = None;
            workload.entries.iter_mut().for_each(|entry| entry.certain = true);
            if workload.entries.is_empty() {
                let (kind, traffic) = (EntryKind::Declared, Attr::Unset);
                workload.entries.push(Entry {
                    kind,
                    through: Vec::new(),
                    evidence,
                    certain: true,
                    traffic,
                    hands_over: false,
                    unseen: None,
                });
            }
            return;
        }
        Profile::Asynchronous => SourceKind::Queue,
        Profile::Batch => SourceKind::Schedule,
        Profile::Streaming => SourceKind::Stream,
    };
    let called = workload.entries.iter().filter(|entry| entry.certain);
    let shown = listed(called.map(Entry::name));
    if !shown.is_empty() {
        let shown = format!("requests reach it through {shown}");
        remarks.push(differ(&workload.address, FactKey::LoadProfile, &said.place, said.value.as_str(), &shown));
    }
    workload.entries.clear();
    workload.entry_gap = None;
    if workload.consumes.iter().any(Consumption::is_certain) {
        return;
    }
    // What it may take work from is what it takes work from, if it is of that kind.
    workload.consumes.retain(|consumption| consumption.kind == kind);
    workload.consumes.iter_mut().for_each(|consumption| consumption.doubt = None);
    match workload.consumes.first_mut() {
        Some(first) => first.evidence.push(evidence),
        None => workload.consumes.push(Consumption {
            kind,
            source: None,
            origin: Origin::Declared,
            evidence: vec![evidence],
            doubt: None,
            bound: None,
        }),
    }
}

impl PerUnit {
    /// Puts in what is declared of its pools, before what the plan shows of the same.
    fn declare(&mut self, said: Vec<(Upkeep, Evidence)>) {
        self.upkeep.retain(|(shown, _)| said.iter().all(|(declared, _)| declared != shown));
        self.upkeep.extend(said);
    }

    /// What one would have to say of it.
    pub fn missing(&self) -> BTreeSet<FactKey> {
        let mut keys: BTreeSet<FactKey> =
            self.terms.iter().filter(|term| term.pool.is_none()).map(|_| FactKey::PoolSize).collect();
        for unseen in &self.unseen {
            match unseen.about {
                About::Pool => keys.insert(FactKey::PoolSize),
                About::Overflow => keys.insert(FactKey::Overflow),
                About::Processes => keys.insert(FactKey::Processes),
                About::Everything => keys.insert(FactKey::PoolSize) | keys.insert(FactKey::Processes),
            };
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Unseen;

    fn term(pool: Option<u64>) -> Term {
        Term { pool: pool.map(Count::Of), ..Term::invisible(None) }
    }

    fn said(key: FactKey, word: &str) -> Declaration {
        let mut what = Declaration::default();
        what.set(key, &[word], "here").unwrap();
        what
    }

    /// What becomes of the pools of terms, and how many remarks there are.
    fn pools_of(terms: Vec<Term>, what: &Declaration) -> (PerUnit, usize) {
        let mut per_unit = PerUnit { terms, ..PerUnit::default() };
        for about in [About::Pool, About::Processes, About::Overflow, About::Everything] {
            per_unit.unseen.push(Unseen { about, text: "x".to_owned() });
        }
        let mut remarks = Vec::new();
        put(&Address::new("a.b"), &mut per_unit, what, &mut remarks);
        (per_unit, remarks.len())
    }

    #[test]
    fn what_is_said_fills_what_is_not_seen() {
        let sizes = |per_unit: &PerUnit| per_unit.terms.iter().map(|term| term.pool).collect::<Vec<_>>();
        let some = |pool| Some(Count::Of(pool));
        let (filled, remarks) = pools_of(vec![term(Some(5)), term(None)], &said(FactKey::PoolSize, "10"));
        assert_eq!((sizes(&filled), remarks), (vec![some(5), some(10)], 0));
        let (changed, remarks) = pools_of(vec![term(Some(5)), term(Some(10))], &said(FactKey::PoolSize, "10"));
        assert_eq!((sizes(&changed), remarks), (vec![some(10), some(10)], 1));
        let mut whole = said(FactKey::PoolSize, "10");
        for key in [FactKey::Overflow, FactKey::Processes] {
            whole.set(key, &["1"], "here").unwrap();
        }
        let (spared, _) = pools_of(vec![term(Some(5)), term(None)], &whole);
        assert_eq!(spared.unseen.iter().map(|gap| gap.about).collect::<Vec<_>>(), [About::Overflow]);
        assert_eq!(spared.at_most(), None);
        let (none, _) = pools_of(Vec::new(), &said(FactKey::PoolSize, "10"));
        assert_eq!(sizes(&none), [some(10)]);
    }

    #[test]
    fn a_gap_is_closed_by_its_own_fact() {
        let left = |what: &Declaration| {
            pools_of(vec![term(None)], what).0.unseen.iter().map(|gap| gap.about).collect::<Vec<_>>()
        };
        assert_eq!(left(&said(FactKey::PoolSize, "1")), [About::Processes, About::Overflow, About::Everything]);
        assert_eq!(left(&said(FactKey::Processes, "1")), [About::Pool, About::Overflow, About::Everything]);
        assert_eq!(left(&said(FactKey::Overflow, "1")), [About::Pool, About::Processes, About::Everything]);
        let mut both = said(FactKey::PoolSize, "2");
        both.set(FactKey::Processes, &["3"], "here").unwrap();
        assert_eq!(left(&both), [About::Overflow]);
        both.set(FactKey::Overflow, &["4"], "here").unwrap();
        let (whole, _) = pools_of(vec![term(None)], &both);
        assert!(whole.is_complete() && whole.missing().is_empty());
        assert_eq!((whole.at_least(), whole.at_most()), (Count::Of(18), Some(Count::Of(18))));
    }
}
