//! Pipelines that a cloud runs: what is done one after another before something is deployed.

use crate::model::{Attr, Text};

/// A pipeline: stages one after another.
#[derive(Debug)]
pub struct DeliveryPipeline {
    /// What it is called.
    pub name: Attr<Text>,
    /// Its stages, in order.
    pub stages: Vec<DeliveryStage>,
}

/// A stage of a pipeline: it begins once the one before has succeeded.
#[derive(Debug)]
pub struct DeliveryStage {
    /// What it is called.
    pub name: Attr<Text>,
    /// What is done in it.
    pub actions: Vec<DeliveryAction>,
    /// What may let the pipeline go on although an action of it fails.
    pub lenient: Option<&'static str>,
}

/// Something that a stage does. Where it fails, nothing that comes after it is done.
#[derive(Debug)]
pub struct DeliveryAction {
    /// What it is called.
    pub name: Attr<Text>,
    /// The attribute that says what it does, as a dotted path.
    pub attribute: &'static str,
    /// What has a lower number in the same stage is done before; what has the same is done beside it.
    pub order: i64,
    /// What it does.
    pub work: DeliveryWork,
    /// What may say where it leads to, nearest first.
    pub places: Vec<Text>,
}

/// What an action does.
#[derive(Clone, Debug)]
pub enum DeliveryWork {
    /// Nothing that is tested or deployed: takes the source, waits for somebody's consent.
    Other,
    /// Runs these commands, so far as they can be seen.
    Commands(Vec<Attr<Text>>),
    /// Runs the script of a build project.
    Build(ProjectUse),
    /// Deploys, by this.
    Deploy(Text),
    /// Puts load on something, by this tool, which fails by limits of its own.
    LoadTest(&'static str),
    /// Something that cannot be seen, for this reason.
    Hidden(Text),
}

/// How an action uses a build project.
#[derive(Clone, Debug)]
pub struct ProjectUse {
    /// The position of the link that names it.
    pub slot: u16,
    /// What it is called.
    pub name: Attr<Text>,
    /// The script that is run instead of the project's own, if one is.
    pub script: Attr<BuildScript>,
}

/// A project that runs a script: builds, tests, deploys.
#[derive(Debug)]
pub struct BuildProject {
    /// Its script.
    pub script: Attr<BuildScript>,
    /// The attribute that says so.
    pub attribute: &'static str,
}

/// Where the script of a build stands.
#[derive(Clone, Debug)]
pub enum BuildScript {
    /// In the plan, and this is it; parts of it may be known only after apply, and are left out.
    Inline {
        /// The script.
        text: Text,
        /// Whether all of it is known.
        whole: bool,
    },
    /// In a file of the source, by its path from the root on.
    File(Text),
    /// Somewhere that is not looked into, in words.
    Elsewhere(Text),
}
