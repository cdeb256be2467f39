//! All that is read of a repository.

use super::adr::{Decision, decisions};
use super::pipeline::{Pipeline, pipelines};
use super::settings::Settings;
use super::tree::Tree;

/// What lies beside the plan.
#[derive(Debug, Default)]
pub struct Repository {
    /// Decisions on record.
    pub decisions: Vec<Decision>,
    /// Pipelines, with what they test and deploy.
    pub pipelines: Vec<Pipeline>,
    /// What could not be read, and why.
    pub notes: Vec<String>,
}

impl Repository {
    /// Reads what is known to be of use. What cannot be read is told in `notes`.
    pub fn read(mut tree: Tree, settings: &Settings) -> Self {
        for folder in settings.slos.iter().chain(&settings.decisions) {
            if tree.named(&settings.folder, folder).is_none() {
                tree.notes.push(format!("{} names {folder}, which is no folder of the repository", settings.named_by));
            }
        }
        let decisions = decisions(&mut tree, settings);
        let pipelines = pipelines(&mut tree);
        Self { decisions, pipelines, notes: tree.notes }
    }
}
