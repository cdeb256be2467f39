//! Who asks for how many connections, in words.

use crate::model::Address;
use crate::topology::{Demand, Hint, Term, Topology};
use crate::units::{Count, Grouped, counted, listed, plural};

/// The addresses of those who ask.
pub(in crate::rules::connections) fn members<'t>(demand: &Demand, topology: &'t Topology) -> Vec<&'t Address> {
    demand.workloads.iter().map(|id| &topology.workload(*id).address).collect()
}

/// `aws_ecs_service.api: 6 to 30 tasks (60 during a rollout) × 4 processes × pool 10 = 1,200`.
pub(in crate::rules::connections) fn sum(demand: &Demand, topology: &Topology) -> String {
    let unit = demand.workloads.first().map_or("unit", |id| topology.workload(*id).unit);
    let who = match members(demand, topology).as_slice() {
        [first, rest @ ..] if !rest.is_empty() => {
            format!("{first} and {} that share its bound", counted(u64::try_from(rest.len()).unwrap_or(0), "other"))
        }
        few => listed(few),
    };
    let units = if demand.units.maximum == 0 && !demand.units_seen {
        format!("an unknown number of {}", plural(2, unit))
    } else if demand.units.desired == demand.units.maximum {
        counted(demand.units.maximum, unit)
    } else {
        format!("{} to {}", Grouped(demand.units.desired), counted(demand.units.maximum, unit))
    };
    let rollout = if demand.units.rollout == demand.units.maximum {
        String::new()
    } else {
        format!(" ({} during a rollout)", Grouped(demand.units.rollout))
    };
    let assumed = if demand.on_quota { " (assumed: the account's default quota, less what is reserved)" } else { "" };
    let terms: Vec<String> = demand.per_unit.terms.iter().map(term).collect();
    let each = if terms.len() > 1 { format!("({})", terms.join(" + ")) } else { terms.concat() };
    let at_least = if demand.is_complete() { "" } else { "at least " };
    format!("{who}: {units}{assumed}{rollout} × {each} = {at_least}{}", demand.connections.maximum)
}

/// `4 processes × pool 10`, with the container's name where there are several.
fn term(term: &Term) -> String {
    let name = term.container.as_ref().map_or_else(String::new, |name| format!("{name}: "));
    let processes = match (term.processes, term.processes_stated) {
        (count, true) => format!("{count} {}", plural(count.bounded().unwrap_or(2), "process")),
        (_, false) => "1 process".to_owned(),
    };
    let pool = match term.pool {
        Some(Count::Unbounded) => "an unlimited pool".to_owned(),
        Some(pool) if term.overflow == Count::Of(0) => format!("pool {pool}"),
        Some(pool) => format!("(pool {pool} + overflow {})", term.overflow),
        None => "a pool that cannot be seen".to_owned(),
    };
    let default = match term.setting {
        Hint::Default(habit) => format!(" (the default of {})", habit.name),
        _ => String::new(),
    };
    format!("{name}{processes} × {pool}{default}")
}
