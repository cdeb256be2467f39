//! How many connections one unit of a workload opens to one database.

use crate::facts::{ContainerRole, Environment, Meaning, Setting};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence, Provenance, Text, Why};
use crate::units::Count;

use super::workload::Workload;

/// The connections of one container, or of a unit without containers.
#[derive(Clone, Debug)]
pub struct Term {
    /// The container's name, where there are several.
    pub container: Option<Text>,
    /// Its processes.
    pub processes: Count,
    /// Whether somebody says how many.
    pub processes_stated: bool,
    /// The connections that one process keeps, as far as somebody says how many.
    pub pool: Option<Count>,
    /// Those that it may open beyond.
    pub overflow: Count,
}

impl Term {
    /// The connections that it opens for certain: one per process where no pool can be seen.
    pub const fn at_least(&self) -> Count {
        let each = match self.pool {
            Some(pool) => pool.plus(self.overflow),
            None => Count::Of(1),
        };
        self.processes.times(each)
    }
}

/// The connections of one unit.
#[derive(Clone, Debug, Default)]
pub struct PerUnit {
    /// What they add up from.
    pub terms: Vec<Term>,
    /// What the figures rest on.
    pub evidence: Vec<Evidence>,
    /// What cannot be seen, in words.
    pub unseen: Vec<String>,
}

impl PerUnit {
    /// The connections that a unit opens for certain.
    pub fn at_least(&self) -> Count {
        self.terms.iter().fold(Count::Of(0), |sum, term| sum.plus(term.at_least()))
    }

    /// Whether every pool, and every number of processes that is set, can be seen.
    pub fn is_complete(&self) -> bool {
        self.unseen.is_empty() && !self.terms.is_empty() && self.terms.iter().all(|term| term.pool.is_some())
    }

    /// The processes of a unit: the connections that it opens with a pool of one.
    pub fn processes(&self) -> Count {
        self.terms.iter().fold(Count::Of(0), |sum, term| sum.plus(term.processes))
    }
}

/// Reads a workload's pools off its environment.
pub(super) fn per_unit(graph: &Graph, workload: &Workload) -> PerUnit {
    let mut result = PerUnit::default();
    let containers = workload.container_parts(graph);
    let app: Vec<_> = containers.iter().filter(|(_, container)| container.role != ContainerRole::Sidecar).collect();
    // Containers that speak of a database, or of a pool, are those that open connections; if none does, all may.
    let speaks =
        |environment: &Environment| !environment.databases.is_empty() || environment.setting(Meaning::Pool).is_some();
    let any = app.iter().any(|(_, container)| speaks(&container.environment));
    // A pooler in the same unit opens the connections for those who speak to their own machine.
    let local = app.iter().any(|(_, container)| container.environment.local);
    let pooler = containers.iter().find(|(_, container)| {
        container.environment.setting(Meaning::Beside).is_some()
            || (local && !container.environment.local && !container.environment.databases.is_empty())
    });
    if let (true, Some((holder, container))) = (local, pooler) {
        let size = match container.environment.setting(Meaning::Beside) {
            Some(Setting { key, value: Attr::Set(count), .. }) => {
                let attribute = Text::from(format!("{}.{key}", container.name));
                result.evidence.push(Evidence::plan(holder, attribute, count.to_string()));
                Some(*count)
            }
            _ => None,
        };
        result.terms.push(Term { pool: size, ..invisible(Some(container.name.clone())) });
        return result;
    }
    let several = app.len() > 1;
    for (holder, container) in &app {
        if !any || speaks(&container.environment) {
            let name = several.then(|| container.name.clone());
            result.add(holder, name, &container.environment);
        }
    }
    if app.is_empty() {
        let own = workload.environments(graph).into_iter().find(|(_, environment)| !environment.settings.is_empty());
        let own = own.or_else(|| workload.environments(graph).into_iter().next());
        match own {
            Some((holder, environment)) => result.add(holder, None, environment),
            None => result.terms.push(invisible(None)),
        }
    }
    if let Some(gap) = workload.hidden_part(graph) {
        let Evidence { address, attribute, .. } = &gap.evidence;
        let what = if gap.reason == Why::Elsewhere.to_string() {
            format!("{address} does not show what runs on it")
        } else {
            format!("{attribute} of {address} is {}", gap.reason)
        };
        result.unseen.push(what);
        result.evidence.push(gap.evidence);
    }
    result
}

fn invisible(container: Option<Text>) -> Term {
    Term { container, processes: Count::Of(1), processes_stated: false, pool: None, overflow: Count::Of(0) }
}

impl PerUnit {
    fn add(&mut self, holder: &Address, container: Option<Text>, environment: &Environment) {
        let mut read = |meaning, unseen: &mut Vec<String>| -> Option<Count> {
            let Setting { key, value, .. } = environment.setting(meaning)?;
            let attribute = match &container {
                Some(name) => Text::from(format!("{name}.{key}")),
                None => key.clone(),
            };
            match value {
                Attr::Set(count) => {
                    self.evidence.push(Evidence {
                        address: holder.clone(),
                        attribute,
                        value: count.to_string(),
                        source: Provenance::Plan,
                    });
                    Some(*count)
                }
                Attr::Unset => None,
                Attr::Unknown(why) => {
                    unseen.push(format!("{key} of {holder} is {why}"));
                    None
                }
            }
        };
        let mut unseen = Vec::new();
        let processes = read(Meaning::Processes, &mut unseen);
        let pool = read(Meaning::Pool, &mut unseen);
        // A pooler that runs as a service of its own.
        let pool = pool.or_else(|| read(Meaning::Beside, &mut unseen));
        let pool = pool.or_else(|| read(Meaning::Threads, &mut unseen));
        let overflow = read(Meaning::Overflow, &mut unseen);
        self.unseen.extend(unseen);
        self.terms.push(Term {
            processes: processes.unwrap_or(Count::Of(1)),
            processes_stated: processes.is_some(),
            pool,
            overflow: overflow.filter(|_| pool.is_some()).unwrap_or(Count::Of(0)),
            ..invisible(container)
        });
    }
}
