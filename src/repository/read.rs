//! All that is read of a repository.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::adr::{Decision, decisions};
use super::pipeline::{Pipeline, Planned, pipelines, planned};
use super::settings::Settings;
use super::slo::{Slo, SloError};
use super::tree::Tree;

/// What lies beside the plan.
#[derive(Debug, Default)]
pub struct Repository {
    /// Decisions on record.
    pub decisions: Vec<Decision>,
    /// Pipelines, with what they test and deploy.
    pub pipelines: Vec<Pipeline>,
    /// Objectives, document by document.
    pub slos: Vec<Slo>,
    /// Files among them that cannot be read, so that nobody knows whose objectives they hold.
    pub unread_slos: Vec<SloError>,
    /// What could not be read, and why.
    pub notes: Vec<String>,
    /// The files, for those that a plan names.
    tree: Mutex<Option<Tree>>,
}

impl Repository {
    /// Its folder.
    pub fn root(&self) -> Option<PathBuf> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        tree.as_ref().map(|tree| tree.root().to_path_buf())
    }

    /// Reads what is known to be of use. What cannot be read is told in `notes`.
    pub fn read(mut tree: Tree, settings: &Settings) -> Self {
        for folder in settings.slos.iter().chain(&settings.decisions) {
            if tree.named(&settings.folder, folder).is_none() {
                tree.notes.push(format!("{} names {folder}, which is no folder of the repository", settings.named_by));
            }
        }
        let decisions = decisions(&mut tree, settings);
        let pipelines = pipelines(&mut tree);
        let (slos, unread_slos) = slos(&mut tree, settings);
        tree.notes.extend(unread_slos.iter().map(|error| first_line(&error.to_string())));
        let notes = std::mem::take(&mut tree.notes);
        Self { decisions, pipelines, slos, unread_slos, notes, tree: Mutex::new(Some(tree)) }
    }

    /// The pipelines that a plan makes, with the scripts that lie here.
    pub fn planned(&self, all: &[Planned]) -> Vec<Pipeline> {
        let mut tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        match tree.as_mut() {
            Some(tree) => planned(all, Some(tree)),
            None => planned(all, None),
        }
    }

    /// What could not be read of the files that plans name, and why.
    pub fn late_notes(&self) -> Vec<String> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        tree.as_ref().map(|tree| tree.notes.clone()).unwrap_or_default()
    }
}

/// Where objectives usually lie.
const SLOS: [&str; 7] = ["docs/slos", "docs/slo", "slos", "slo", "monitoring/slos", "observability/slos", "openslo"];

/// Whether objectives are looked for there without anybody naming it.
pub(super) fn is_known(folder: &str) -> bool {
    SLOS.contains(&folder)
}

/// The objectives of all known folders, and of those that are named. What else lies there is passed over.
fn slos(tree: &mut Tree, settings: &Settings) -> (Vec<Slo>, Vec<SloError>) {
    let endings = ["yml", "yaml", "json"];
    let mut files: Vec<_> = SLOS.iter().flat_map(|folder| tree.below(folder, &endings, 3)).collect();
    for folder in &settings.slos {
        let Some(folder) = tree.named(&settings.folder, folder) else { continue };
        files.extend(tree.inside(&folder, &endings, 3));
    }
    let (mut slos, mut unread) = (Vec::new(), Vec::new());
    for file in files {
        match super::slo::read(&file.path, &file.text) {
            Ok(reading) => slos.extend(reading.slos),
            Err(SloError::NoSlo { .. }) => {}
            Err(error) => unread.push(error),
        }
    }
    (slos, unread)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
