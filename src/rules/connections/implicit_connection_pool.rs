use std::collections::BTreeMap;

use super::shared::forecast::tells_gaps;
use crate::facts::{ComputeKind, DatastoreKind, Habit, Upkeep};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Datastore, Hint, Reach, Term, Workload, WorkloadId};
use crate::units::{Count, Grouped, listed, plural};

rule! {
    /// ## What it finds
    /// A workload that certainly connects to a database and leaves the size of its connection pool to a default that
    /// nobody chose.
    ///
    /// ## Why it matters
    /// A default is made for no system in particular: Keycloak keeps up to 100 connections in each process, n8n 2; a pool
    /// of Go has no limit. The number multiplies with processes and units, changes with versions, and nobody who reads the
    /// plan sees it.
    ///
    /// ## What to do
    /// Say the size in the environment. Say there as well how many connections may be opened beyond it, and how long a
    /// caller waits for one, how old one gets, and whether one is tried before it is used, as far as the library has words
    /// for that; or declare it. The sum lists which of the five are set, and which cannot be seen.
    ///
    /// ## When it stays silent
    /// For workloads whose pool, or whose threads with a connection each, are stated, whether they can be seen or not, also
    /// where nothing else of the pool can be seen. For
    /// those who come through a pooler, which keeps the connections for them; for functions, which open one for each call,
    /// and for tasks that run to their end. For programs that have no pools. Where code of one's own opens the connections,
    /// its pool may stand in the code: `connection-exhaustion` says then what it does not see, with the library's default
    /// where the library is known, and this rule does not say it again.
    ///
    /// ## What makes it undetermined
    /// Code of one's own, whose pool may stand in the code, in front of a database that this plan only reads, or where
    /// `connection-exhaustion` is switched off.
    "implicit-connection-pool", Low, "DP4", "WAF-PERF-040", since "0.1.0",
    "Connection pool whose size nobody chose",
    thresholds: [],
    sources: [
        "Keycloak 0de3c1a5, DatabaseOptions.java; PostgREST documentation (48346789); Metabase documentation; n8n, configuration \
         of its database; read 2026-11-23",
        "SQLAlchemy 2.1.9 pool/impl.py; HikariCP 604d7d58 README; Rails 0484adae postgresql.yml.tt; Npgsql documentation \
         (d04d8fd9); Airflow 2.10.5 config.yml; read 2026-11-23",
        "HikariCP README; Airflow configuration; SQLAlchemy, create_engine; Prisma, connection pool (08ecce15): timeout, recycle, pre-ping; \
         read 2026-11-29",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut direct: BTreeMap<WorkloadId, Vec<&Reach>> = BTreeMap::new();
    let mut pooled: Vec<WorkloadId> = Vec::new();
    for reach in &topology.reaches {
        let is_database = topology.datastore(reach.datastore).kind == DatastoreKind::Database;
        match &reach.pooler {
            Some(_) => pooled.push(reach.workload),
            None if is_database && reach.is_certain() => direct.entry(reach.workload).or_default().push(reach),
            None => {}
        }
    }
    pooled.sort_unstable();
    let mut judgement = Judgement::default();
    for (id, reaches) in direct {
        let workload = topology.workload(id);
        let runs_on = matches!(
            workload.kind,
            ComputeKind::Machine | ComputeKind::MachineGroup | ComputeKind::ContainerService | ComputeKind::Platform
        );
        // What it keeps beside a pooler, nothing tells apart.
        if !runs_on || workload.per_unit.hidden || pooled.binary_search(&id).is_ok() {
            continue;
        }
        let databases: Vec<&Datastore> = reaches.iter().map(|reach| topology.datastore(reach.datastore)).collect();
        let case = Case { workload, databases, reaches };
        let defaults = case.defaults();
        if !defaults.is_empty() {
            judgement.findings.push(case.violation(&defaults));
        } else if case.is_open() {
            let told = case.databases.iter().all(|database| tells_gaps(context, database));
            judgement.findings.extend((!told).then(|| case.undetermined()));
        } else if workload.per_unit.terms.iter().all(|term| term.pool.is_some()) {
            judgement.passed += 1;
        }
    }
    judgement
}

struct Case<'t> {
    workload: &'t Workload,
    databases: Vec<&'t Datastore>,
    reaches: Vec<&'t Reach>,
}

impl<'t> Case<'t> {
    /// What runs with a pool that it comes with.
    fn defaults(&self) -> Vec<(&'t Term, &'static Habit)> {
        let terms = self.workload.per_unit.terms.iter();
        terms
            .filter_map(|term| if let Hint::Default(habit) = term.setting { Some((term, habit)) } else { None })
            .collect()
    }

    /// Whether some code of its own opens connections, and nothing sets their number.
    fn is_open(&self) -> bool {
        let mut terms = self.workload.per_unit.terms.iter();
        terms.any(|term| term.pool.is_none() && matches!(term.setting, Hint::Set(_) | Hint::Usual(_)))
    }

    fn addresses(&self) -> Vec<&'t Address> {
        self.databases.iter().map(|database| &database.address).collect()
    }

    /// `ECS service a connects to RDS instance b`.
    fn opening(&self) -> String {
        let Workload { noun, address, .. } = self.workload;
        let databases = self.databases.iter().map(|database| format!("{} {}", database.noun, database.address));
        format!("{noun} {address} connects to {}", listed(databases))
    }

    fn violation(&self, defaults: &[(&Term, &'static Habit)]) -> Finding {
        let mut sizes: Vec<String> = defaults
            .iter()
            .map(|(term, habit)| {
                let processes = match term.processes {
                    Count::Of(1) => String::new(),
                    many => format!(" in each of {many} processes"),
                };
                format!("{} keeps up to {} connections{processes}", habit.name, habit.in_words())
            })
            .collect();
        sizes.dedup();
        let unit = self.workload.unit;
        let each = self.workload.per_unit.at_least();
        let range = &self.workload.range;
        let most = range.rollout.known().or(range.maximum.known());
        let total = most.map(|units| Count::Of(units).times(each));
        let sum = match (most, total) {
            (Some(units), Some(total)) if units > 1 => {
                format!(", which come to {total} in {} {} at the most", Grouped(units), plural(units, unit))
            }
            _ => String::new(),
        };
        let message =
            format!("{} and states no pool size: {} by default in each {unit}{sum}.", self.opening(), listed(&sizes));
        let mut settings: Vec<&str> = defaults.iter().map(|(_, habit)| habit.setting).collect();
        settings.dedup();
        let remedy = Remedy::new(
            format!("set {} in the environment of {}", listed(settings), self.workload.address),
            "the size is then a decision, and whoever reads the plan sees it",
            Delta::Free("a setting of the application"),
        );
        let finding = self.finding(Finding::violation(&RULE.meta, &self.workload.address, message));
        finding
            .measuring("unit", each)
            .measuring("rollout", total.unwrap_or(each))
            .gravity(total.unwrap_or(each).bounded().unwrap_or(u64::MAX))
            .remedy(remedy)
    }

    fn undetermined(&self) -> Finding {
        let terms = || self.workload.per_unit.terms.iter();
        let usual = terms().find_map(|term| if let Hint::Usual(habit) = term.setting { Some(habit) } else { None });
        let set = terms().find_map(|term| if let Hint::Set(setting) = term.setting { Some(setting) } else { None });
        let setting = usual.map_or(set.unwrap_or("DB_POOL_SIZE"), |habit| habit.setting);
        let default = usual.map_or_else(String::new, |habit| {
            format!(" By default {} keeps {} in each process.", habit.name, habit.in_words())
        });
        let message = format!(
            "{}, and whether anybody chose the size of its pool cannot be told: nothing in its environment states it, and its \
             code may.{default} State it in the environment, for instance as {setting}.",
            self.opening(),
        );
        self.finding(Finding::undetermined(&RULE.meta, &self.workload.address, message))
    }

    /// What its pools are told, each of the five: size, overflow, timeout, recycle and pre-ping.
    fn told(&self) -> Vec<String> {
        let per_unit = &self.workload.per_unit;
        let sizes = per_unit.terms.iter().map(|term| {
            let size = match (term.setting.clone(), term.pool) {
                (Hint::Default(habit), _) => format!("nobody chose it; {} keeps {}", habit.name, habit.in_words()),
                (_, Some(pool)) => pool.to_string(),
                (_, None) => "not visible".to_owned(),
            };
            format!("pool size: {size}")
        });
        let mut lines: Vec<String> = sizes.collect();
        lines.dedup();
        for upkeep in Upkeep::ALL {
            let said = per_unit.upkeep.iter().filter(|(kept, _)| *kept == upkeep);
            let said = listed(said.map(|(_, piece)| format!("{} = {}", piece.attribute, piece.value)));
            let said = if said.is_empty() { "not visible".to_owned() } else { said };
            lines.push(format!("{} ({}): {said}", upkeep.as_str(), upkeep.meaning()));
        }
        lines
    }

    fn finding(&self, finding: Finding) -> Finding {
        let upkeep = self.workload.per_unit.upkeep.iter().map(|(_, piece)| piece);
        let mut finding = finding.resting_on(upkeep);
        finding.working = self.told();
        let reaches: Vec<&Evidence> = self.reaches.iter().flat_map(|reach| &reach.evidence).collect();
        finding
            .severity(Severity::Low)
            .about(self.addresses())
            .resting_on(reaches)
            .resting_on(&self.workload.per_unit.evidence)
    }
}
