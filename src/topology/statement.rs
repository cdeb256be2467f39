//! How long a database lets a statement run.

use crate::facts::{DatastoreKind, Ends, Formula, Part, Relation};
use crate::graph::Graph;
use crate::model::{Attr, Evidence, Text, Why};

use super::datastore::Datastore;
use super::reach::Reach;
use super::wait::{Layer, LayerKind, StatementLimit, shown, spoken};
use super::workload::Workload;

/// Parameters that end a statement, with the milliseconds of their unit; 0 switches them off.
///
/// Sources: `PostgreSQL` documentation, `statement_timeout`; `MySQL` reference manual, `max_execution_time` (for what reads only);
/// `MariaDB` documentation, `max_statement_time` (in seconds). Off by default. Read 2026-11-29.
const PARAMETERS: [(&str, u64); 3] =
    [("statement_timeout", 1), ("max_execution_time", 1), ("max_statement_time", 1_000)];

/// What ends the statements of a workload, for each database that it reaches.
pub(super) fn statements<'r>(
    graph: &Graph,
    workload: &Workload,
    datastores: &[Datastore],
    reaches: impl Iterator<Item = &'r Reach>,
) -> Vec<StatementLimit> {
    let own = spoken(graph, workload, Ends::Statement, LayerKind::Statement);
    let mut found: Vec<StatementLimit> = Vec::new();
    for reach in reaches {
        let Some(datastore) = datastores.get(reach.datastore.0).filter(|one| one.kind == DatastoreKind::Database)
        else {
            continue;
        };
        if found.iter().any(|known| known.datastore == reach.datastore) {
            continue;
        }
        let (layer, by_caller) = match (&own, of_database(graph, datastore)) {
            // What a connection asks for counts before what the database does for all.
            (Some(own), _) => (own.clone(), true),
            (None, Some(limit)) => (limit, false),
            (None, None) => continue,
        };
        found.push(StatementLimit { datastore: reach.datastore, layer, by_caller, doubt: reach.doubt.clone() });
    }
    found
}

/// What a database does with every statement, where a group of parameters says so; a machine's group before its cluster's.
fn of_database(graph: &Graph, datastore: &Datastore) -> Option<Layer> {
    let machines = datastore.members.iter().map(|member| member.node);
    let holders = machines.chain([datastore.node]);
    let groups = holders.flat_map(|holder| graph.links(holder, Relation::ParametersOf));
    let exact = groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group);
    exact.into_iter().find_map(|group| {
        let node = graph.node(group);
        let Part::ParameterGroup(facts) = node.part() else { return None };
        let set = |(name, unit): (&str, u64)| {
            let parameter = facts.parameters.iter().find(|parameter| parameter.name == name)?;
            let after = match &parameter.value {
                Attr::Set(Ok(Formula::Number(0))) | Attr::Unset => return None,
                Attr::Set(Ok(Formula::Number(number))) => Attr::Set(number.saturating_mul(unit)),
                Attr::Set(_) => Attr::Unknown(Why::Malformed),
                Attr::Unknown(why) => Attr::Unknown(*why),
            };
            let attribute = Text::from(format!("parameter.{name}"));
            let evidence = Evidence::plan(&node.address, attribute, shown(&after));
            let (address, noun) = (datastore.address.clone(), datastore.noun);
            Some(Layer { address, noun, kind: LayerKind::Statement, after, evidence, unit: None })
        };
        PARAMETERS.into_iter().find_map(set)
    })
}
