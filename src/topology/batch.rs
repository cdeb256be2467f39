//! Batch work, and how the capacity is bought that it runs on.

use std::collections::BTreeSet;

use crate::facts::{
    ComputeKind, Hosting, Job, Market, MarketChoice, Part, Profile, Relation, Role, Runs, SourceKind, Stated,
};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Provenance, Text, Why};

use super::admission::PEOPLE;
use super::range::scalers;
use super::workload::{Gap, Workload, Workloads};

/// Something that does batch work, or may.
#[derive(Debug)]
pub struct Batch {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// How it is known to do batch work.
    pub kind: BatchKind,
    /// How its capacity is bought.
    pub market: Attr<Market>,
    /// The queues whose jobs run there and nowhere on spare capacity.
    pub queues: Vec<Address>,
    /// The jobs that may run there, as far as the plan has them.
    pub jobs: Vec<BatchJob>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it may be no batch work, or bought otherwise, if it may.
    pub doubt: Option<Gap>,
}

/// How something is known to do batch work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BatchKind {
    /// It is there for jobs.
    Jobs,
    /// It works for a cluster, and keeps nothing.
    Helpers,
    /// The clock starts it, and it ends by itself.
    Task,
    /// The clock raises it from nothing, and lets it go again.
    Scheduled,
    /// Somebody says so.
    Declared,
}

impl BatchKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Helpers => "helpers",
            Self::Task => "task",
            Self::Scheduled => "scheduled",
            Self::Declared => "declared",
        }
    }
}

/// A job that may run in such a place.
#[derive(Clone, Debug)]
pub struct BatchJob {
    /// What it is made of.
    pub address: Address,
    /// How often it is tried, the first time included.
    pub attempts: Attr<u64>,
    /// Whether somebody chose so.
    pub chosen: bool,
    /// For how many seconds it may run; unset where nothing ends it.
    pub limit: Attr<u64>,
    /// Whether it takes several machines at a time, which run it together.
    pub gang: bool,
    /// What says how often it is tried.
    pub evidence: Evidence,
}

/// Finds all batch work.
pub(super) fn batches(graph: &Graph, workloads: &Workloads) -> Vec<Batch> {
    let mut found: Vec<Batch> = Vec::new();
    for node in graph.nodes() {
        let resource = graph.node(node);
        let Some(choice) = market_of(graph, node).filter(|choice| choice.batch && resource.managed) else { continue };
        found.push(if matches!(resource.part(), Part::Compute(_)) {
            environment(graph, node, choice)
        } else {
            helpers(graph, node, choice)
        });
    }
    let told = workloads.list.iter();
    found.extend(told.filter_map(|workload| by_clock(graph, workload)));
    found
}

/// How the capacity is bought that something runs on, by its own attributes.
fn market_of(graph: &Graph, node: NodeId) -> Option<&MarketChoice> {
    graph.node(node).facts.as_ref()?.market.as_deref()
}

fn says(address: &Address, choice: &MarketChoice) -> Evidence {
    Evidence::plan(address, choice.attribute, choice.stated.as_str())
}

fn helpers(graph: &Graph, node: NodeId, choice: &MarketChoice) -> Batch {
    let resource = graph.node(node);
    Batch {
        address: resource.address.clone(),
        noun: resource.noun(),
        kind: BatchKind::Helpers,
        market: choice.market.clone(),
        queues: Vec::new(),
        jobs: Vec::new(),
        evidence: vec![says(&resource.address, choice)],
        doubt: None,
    }
}

/// A place for jobs, with the queues that draw on it.
fn environment(graph: &Graph, node: NodeId, choice: &MarketChoice) -> Batch {
    let resource = graph.node(node);
    let mut batch = Batch { kind: BatchKind::Jobs, ..helpers(graph, node, choice) };
    let serverless = match resource.part() {
        Part::Compute(compute) => compute.hosting.known() == Some(&Hosting::Serverless),
        _ => false,
    };
    let drawing = graph.backlinks(node, Relation::DrawsOn);
    let mut served: Vec<NodeId> = Vec::new();
    let mut relieved = false;
    for (queue, edge) in &drawing {
        let address = &graph.node(*queue).address;
        let evidence = Evidence::plan(address, edge.attribute, resource.address.to_string());
        if !edge.is_exact() {
            let reason = format!("whether {address} draws on it or on another cannot be told");
            batch.doubt = batch.doubt.take().or(Some(Gap { reason, evidence }));
            continue;
        }
        match relief(graph, *queue, node) {
            Relief::Spare => relieved = true,
            Relief::None => {
                served.push(*queue);
                batch.queues.push(address.clone());
                batch.evidence.push(evidence);
            }
            Relief::Unknown(reason) => {
                served.push(*queue);
                batch.doubt = batch.doubt.take().or(Some(Gap { reason, evidence }));
            }
        }
    }
    if served.is_empty() && relieved && batch.doubt.is_none() {
        // Every queue that draws on it has spare capacity beside it.
        batch.market = Attr::Set(Market::Mixed);
    }
    if drawing.is_empty() {
        batch.doubt = Some(unqueued(graph, &resource.address));
    }
    batch.jobs = jobs(graph, &served, serverless);
    batch
}

/// Why nobody knows what runs in a place on which no queue of the plan draws.
fn unqueued(graph: &Graph, address: &Address) -> Gap {
    let stray = graph.having(Role::JobQueue).iter().find_map(|queue| {
        let open = graph.open(*queue, Relation::DrawsOn).next()?;
        Some((&graph.node(*queue).address, open))
    });
    match stray {
        Some((queue, open)) => Gap {
            reason: format!("on what {queue} draws is {}", open.reason()),
            evidence: Evidence::plan(queue, open.attribute, format!("({})", open.why)),
        },
        None => Gap {
            reason: "no queue of this plan draws on it; one elsewhere may have spare capacity beside it".to_owned(),
            evidence: Evidence::plan(address, "queues", "none in this plan"),
        },
    }
}

/// Whether a queue has spare capacity beside one of its places.
enum Relief {
    Spare,
    None,
    Unknown(String),
}

fn relief(graph: &Graph, queue: NodeId, place: NodeId) -> Relief {
    let places = graph.links(queue, Relation::DrawsOn);
    let exact: BTreeSet<NodeId> = places.iter().filter(|(_, edge)| edge.is_exact()).map(|(to, _)| *to).collect();
    let others = exact.iter().filter(|other| **other != place).filter_map(|other| market_of(graph, *other));
    let markets: Vec<&Attr<Market>> = others.map(|choice| &choice.market).collect();
    if markets.iter().any(|market| matches!(market, Attr::Set(Market::Spare | Market::Mixed))) {
        return Relief::Spare;
    }
    let address = &graph.node(queue).address;
    if let Some(why) = markets.iter().find_map(|market| market.why_unknown()) {
        return Relief::Unknown(format!("how another place that {address} draws on is bought is {why}"));
    }
    let all = match graph.node(queue).part() {
        Part::JobQueue(facts) => facts.places.clone(),
        _ => Attr::Unset,
    };
    match all {
        Attr::Set(all) if u64::try_from(exact.len()).unwrap_or(u64::MAX) >= all => Relief::None,
        Attr::Set(_) => Relief::Unknown(format!("{address} draws on others as well, which are not in this plan")),
        Attr::Unset => Relief::None,
        Attr::Unknown(why) => Relief::Unknown(format!("on what else {address} draws is {why}")),
    }
}

/// The jobs that may run in the places of some queues: those that somebody of the plan hands to them, and those that nobody
/// hands to any.
fn jobs(graph: &Graph, queues: &[NodeId], serverless: bool) -> Vec<BatchJob> {
    let mut found = Vec::new();
    for node in graph.having(Role::Template) {
        let resource = graph.node(*node);
        let Part::Template(template) = resource.part() else { continue };
        let (Runs::WhenSubmitted, Some(job)) = (template.runs, &template.job) else { continue };
        let submitters = graph.backlinks(*node, Relation::Submits);
        let handed = submitters
            .iter()
            .any(|(by, _)| graph.links(*by, Relation::DeliversTo).iter().any(|(queue, _)| queues.contains(queue)));
        let fits = job.serverless.known().is_none_or(|own| *own == serverless);
        if (submitters.is_empty() && fits) || handed {
            found.push(self::job(&resource.address, job));
        }
    }
    found
}

fn job(address: &Address, job: &Job) -> BatchJob {
    let Stated { value, attribute, source, .. } = &job.attempts;
    let shown = match value {
        Attr::Set(attempts) => attempts.to_string(),
        Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    };
    let evidence = Evidence { source: source.clone(), ..Evidence::plan(address, *attribute, shown) };
    BatchJob {
        address: address.clone(),
        attempts: value.clone(),
        chosen: *source == Provenance::Plan,
        limit: job.limit.value.clone(),
        gang: job.gang,
        evidence,
    }
}

/// A workload that the clock starts, or that somebody says does batch work.
fn by_clock(graph: &Graph, workload: &Workload) -> Option<Batch> {
    if workload.kind == ComputeKind::Batch || workload.carries_others {
        return None;
    }
    let declared = workload.declared.as_ref().and_then(|told| told.what.profile.as_ref()).map(|said| said.value);
    let kind = match declared {
        Some(Profile::Batch) => BatchKind::Declared,
        Some(_) => return None,
        None if workload.kind == ComputeKind::Task && by_schedule(workload) => BatchKind::Task,
        None if is_raised(graph, workload) => BatchKind::Scheduled,
        None => return None,
    };
    let Bought { market, mut evidence, mut doubt } = bought(graph, workload)?;
    if kind == BatchKind::Scheduled {
        evidence.extend(workload.scaling.schedules.iter().cloned());
        doubt = doubt.or_else(|| unnamed(graph, workload));
    }
    if kind == BatchKind::Declared {
        evidence.extend(workload.declared.iter().flat_map(|told| told.evidence.iter().cloned()));
    }
    evidence
        .extend(workload.consumes.iter().filter(|one| one.is_certain()).flat_map(|one| one.evidence.iter().cloned()));
    Some(Batch {
        address: workload.address.clone(),
        noun: workload.noun,
        kind,
        market,
        queues: Vec::new(),
        jobs: Vec::new(),
        evidence,
        doubt,
    })
}

/// Whether the clock alone starts it.
fn by_schedule(workload: &Workload) -> bool {
    let mut certain = workload.consumes.iter().filter(|consumed| consumed.is_certain()).peekable();
    certain.peek().is_some() && certain.all(|consumed| consumed.kind == SourceKind::Schedule)
}

/// Whether the clock raises it from nothing and lets it go again, and nothing else speaks of what it does.
fn is_raised(graph: &Graph, workload: &Workload) -> bool {
    let counted = matches!(workload.kind, ComputeKind::MachineGroup | ComputeKind::ContainerService);
    let called = !workload.entries.is_empty() || workload.entry_doubt().is_some();
    let moved = !workload.scaling.policies.is_empty() || workload.scaling.itself.is_some();
    // A way in for people has its hours.
    let for_people = is_named(graph, workload, PEOPLE);
    if !counted || called || moved || for_people || !workload.consumes.is_empty() {
        return false;
    }
    let targets = scalers(graph, workload.node).into_iter().map(|(target, _)| target);
    let holders = std::iter::once(workload.node).chain(targets);
    let schedules = holders.flat_map(|at| graph.backlinks(at, Relation::Scales));
    let (mut falls, mut rises) = (false, false);
    for (holder, edge) in schedules {
        let Part::Schedule(schedule) = graph.node(holder).part() else { continue };
        if !edge.is_exact() {
            continue;
        }
        let none = schedule.maximum == Attr::Set(0) || schedule.minimum == Attr::Set(0);
        falls |= none;
        rises |= !none && schedule.minimum.known().is_some();
    }
    falls && rises
}

/// Words in the names of things that do batch work.
const WORDS: &[&str] = &[
    "batch",
    "batches",
    "etl",
    "job",
    "jobs",
    "nightly",
    "render",
    "rendering",
    "transcode",
    "transcoder",
    "training",
    "backfill",
    "cron",
    "report",
    "reports",
    "reporting",
    "simulation",
    "crunch",
];

/// Whether a workload's names have one of some words.
fn is_named(graph: &Graph, workload: &Workload, words: &[&str]) -> bool {
    let facts = workload.nodes.iter().filter_map(|node| graph.node(*node).facts.as_ref());
    let names = facts.flat_map(|facts| facts.names.iter().map(Text::as_str));
    let mut all = names.chain(workload.members.iter().map(Address::as_str));
    all.any(|text| {
        let mut parts = text.split(|c: char| !c.is_ascii_alphanumeric());
        parts.any(|part| words.iter().any(|known| part.eq_ignore_ascii_case(known)))
    })
}

/// Why something that the clock raises may be no batch work: its name does not say so.
fn unnamed(graph: &Graph, workload: &Workload) -> Option<Gap> {
    if is_named(graph, workload, WORDS) {
        return None;
    }
    let reason = "the clock raises it from nothing and lets it go again, and nothing says what it works on".to_owned();
    let evidence = Evidence::plan(&workload.address, "schedules", "down to nothing, and up again");
    Some(Gap { reason, evidence })
}

/// How a workload's capacity is bought, what says so, and why that is not certain, if it is not.
struct Bought {
    market: Attr<Market>,
    evidence: Vec<Evidence>,
    doubt: Option<Gap>,
}

/// Asks the workload itself, its template and its cluster. `None` where it runs on machines of somebody else, which are judged
/// for themselves, or cannot run on spare capacity.
fn bought(graph: &Graph, workload: &Workload) -> Option<Bought> {
    let own = market_of(graph, workload.node)?;
    let mut evidence = vec![says(&workload.address, own)];
    let mut market = own.market.clone();
    let mut doubt = None;
    for (holder, part) in workload.parts(graph) {
        match &part.spares {
            Some(stated) if stated.value == Attr::Set(false) => return None,
            Some(Stated { value: Attr::Unknown(why), attribute, .. }) => {
                let reason = format!("whether it can run on spare capacity is {why}");
                doubt = Some(Gap { reason, evidence: Evidence::plan(holder, *attribute, format!("({why})")) });
            }
            _ => {}
        }
    }
    for template in &workload.templates {
        let Some(choice) = market_of(graph, *template) else { continue };
        evidence.push(says(&graph.node(*template).address, choice));
        if market == Attr::Set(Market::Usual) && choice.market != Attr::Set(Market::Usual) {
            market = choice.market.clone();
        }
    }
    if market == Attr::Set(Market::Usual) {
        doubt = doubt.or_else(|| workload.template_gap.clone());
    }
    if market.is_unset() {
        let (found, told) = of_cluster(graph, workload)?;
        market = found;
        evidence.extend(told);
    }
    Some(Bought { market, evidence, doubt })
}

/// What the strategy of a workload's cluster says; `None` where that has none, so that its own machines are used.
fn of_cluster(graph: &Graph, workload: &Workload) -> Option<(Attr<Market>, Option<Evidence>)> {
    let clusters = graph.links(workload.node, Relation::InCluster);
    let Some((cluster, _)) = clusters.into_iter().find(|(_, edge)| edge.is_exact()) else {
        return Some((Attr::Unknown(Why::Elsewhere), None));
    };
    let around = graph.backlinks(cluster, Relation::InCluster).into_iter().map(|(at, _)| at);
    let said = std::iter::once(cluster).chain(around).find_map(|at| {
        let resource = graph.node(at);
        let says = matches!(resource.role(), Role::Cluster | Role::Capacity);
        market_of(graph, at).filter(|choice| says && !choice.market.is_unset()).map(|choice| (at, choice))
    });
    match said {
        Some((at, choice)) => Some((choice.market.clone(), Some(says(&graph.node(at).address, choice)))),
        None if graph.node(cluster).managed => None,
        None => Some((Attr::Unknown(Why::Elsewhere), None)),
    }
}
