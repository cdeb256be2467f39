//! Pipelines that the plan makes: what they do, in which order, and by which scripts.

use crate::facts::{BuildScript, DeliveryAction, DeliveryPipeline, DeliveryWork, Part, ProjectUse, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Text};

/// A pipeline.
#[derive(Debug)]
pub struct Delivery {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Its name.
    pub name: Attr<Text>,
    /// What it does.
    pub steps: Vec<DeliveryStep>,
}

/// Something that a pipeline does.
#[derive(Debug)]
pub struct DeliveryStep {
    /// The name of its stage.
    pub stage: Attr<Text>,
    /// Its own name.
    pub name: Attr<Text>,
    /// The attribute that says what it does.
    pub attribute: &'static str,
    /// The position of its stage, and its own in that: what has less is done before, what has the same beside it.
    pub order: (usize, i64),
    /// What it does.
    pub work: StepWork,
    /// What may say where it leads to, nearest first.
    pub places: Vec<Text>,
    /// What may let the pipeline go on although it fails.
    pub lenient: Option<&'static str>,
}

/// What a step of a pipeline does.
#[derive(Debug)]
pub enum StepWork {
    /// Nothing that is tested or deployed.
    Other,
    /// Runs these commands, so far as they can be seen.
    Commands(Vec<Attr<Text>>),
    /// Runs the script of a build.
    Script {
        /// What states the script.
        address: Address,
        /// The attribute that does.
        attribute: &'static str,
        /// The script.
        script: BuildScript,
    },
    /// Deploys, by this.
    Deploy(Text),
    /// Puts load on something, by this tool.
    LoadTest(&'static str),
    /// Something that cannot be seen, for this reason.
    Hidden(String),
}

impl StepWork {
    /// The word for it in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Commands(_) => "commands",
            Self::Script { .. } => "script",
            Self::Deploy(_) => "deploy",
            Self::LoadTest(_) => "load test",
            Self::Hidden(_) => "unknown",
        }
    }
}

/// Finds every pipeline that this plan manages.
pub(super) fn deliveries(graph: &Graph) -> Vec<Delivery> {
    let nodes = graph.having(Role::Delivery).iter().filter(|node| graph.node(**node).managed);
    nodes.filter_map(|node| delivery(graph, *node)).collect()
}

fn delivery(graph: &Graph, node: NodeId) -> Option<Delivery> {
    let resource = graph.node(node);
    let Part::Delivery(facts) = resource.part() else { return None };
    let DeliveryPipeline { name, stages } = &**facts;
    let mut steps = Vec::new();
    for (position, stage) in stages.iter().enumerate() {
        for action in &stage.actions {
            let DeliveryAction { name, attribute, order, work, places } = action;
            steps.push(DeliveryStep {
                stage: stage.name.clone(),
                name: name.clone(),
                attribute,
                order: (position, *order),
                work: self::work(graph, node, work, attribute),
                places: places.clone(),
                lenient: stage.lenient,
            });
        }
    }
    Some(Delivery { address: resource.address.clone(), noun: resource.noun(), name: name.clone(), steps })
}

fn work(graph: &Graph, node: NodeId, work: &DeliveryWork, attribute: &'static str) -> StepWork {
    match work {
        DeliveryWork::Other => StepWork::Other,
        DeliveryWork::Commands(all) => StepWork::Commands(all.clone()),
        DeliveryWork::Deploy(how) => StepWork::Deploy(how.clone()),
        DeliveryWork::LoadTest(tool) => StepWork::LoadTest(tool),
        DeliveryWork::Hidden(why) => StepWork::Hidden(why.to_string()),
        DeliveryWork::Build(build) => match &build.script {
            Attr::Set(script) => {
                let address = graph.node(node).address.clone();
                StepWork::Script { address, attribute, script: script.clone() }
            }
            Attr::Unknown(why) => StepWork::Hidden(format!("the script that it runs is {why}")),
            Attr::Unset => project(graph, node, build),
        },
    }
}

/// The script of the project that a link of the pipeline leads to.
fn project(graph: &Graph, node: NodeId, build: &ProjectUse) -> StepWork {
    let links = graph.links(node, Relation::BuildsWith).into_iter();
    let mut found = links.filter(|(_, edge)| edge.slot == build.slot && edge.is_exact()).map(|(to, _)| to);
    let name = match (&build.name, found.next(), found.next()) {
        (_, Some(project), None) => return script(graph, project),
        (Attr::Set(name), ..) => name.as_str(),
        (Attr::Unknown(why), ..) => return StepWork::Hidden(format!("the name of the project that it runs is {why}")),
        (Attr::Unset, ..) => return StepWork::Hidden("which project it runs is not set".to_owned()),
    };
    StepWork::Hidden(format!("the project {name}, which it runs, is not in this plan"))
}

fn script(graph: &Graph, project: NodeId) -> StepWork {
    let resource = graph.node(project);
    let address = &resource.address;
    match resource.part() {
        Part::BuildProject(facts) => match &facts.script {
            Attr::Set(script) => {
                let (address, attribute) = (address.clone(), facts.attribute);
                StepWork::Script { address, attribute, script: script.clone() }
            }
            Attr::Unset => StepWork::Hidden(format!("{address}, which it runs, has no script")),
            Attr::Unknown(why) => StepWork::Hidden(format!("the script of {address} is {why}")),
        },
        _ => StepWork::Hidden(format!("{address}, which it runs, is not in this plan")),
    }
}
