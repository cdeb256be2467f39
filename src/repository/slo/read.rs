//! Text to objectives: which shape each document of a file has.

use serde_saphyr::Spanned;

use super::node::{Node, View, with_holes};
use super::objective::Slo;
use super::problem::SloError;
use super::target::Desk;
use super::{listed, openslo, pyrra, sloth};

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its objectives, document by document.
    pub slos: Vec<Slo>,
}

/// Reads `text`, which stands in a file called `file`. A file may hold several documents, and things that are no objectives.
///
/// # Errors
/// When it is not YAML, or holds no objective at all.
pub fn read(file: &str, text: &str) -> Result<Reading, SloError> {
    let filled = with_holes(text.trim_start_matches('\u{feff}'));
    let documents: Vec<Spanned<Node>> =
        serde_saphyr::from_multiple(&filled).map_err(|error| SloError::misread(file, &error))?;
    let mut views = Vec::new();
    for document in &documents {
        let view = View::of(document);
        // `kubectl get -o yaml` writes lists of objects.
        if view.get("kind").text() == Some("List") { views.extend(view.get("items").items()) } else { views.push(view) }
    }
    let mut slos = Vec::new();
    for view in &views {
        let mut desk = Desk::new(file, text);
        let read = if openslo::is_such(*view) {
            openslo::read(&mut desk, *view, &views)
        } else if sloth::is_such(*view) {
            Some(sloth::read(&mut desk, *view))
        } else if pyrra::is_such(*view) {
            Some(pyrra::read(&mut desk, *view))
        } else if listed::is_such(*view) {
            Some(listed::read(&mut desk, *view))
        } else {
            None
        };
        slos.extend(read.map(|slo| Slo { problems: desk.problems, ..slo }));
    }
    if slos.is_empty() { Err(SloError::NoSlo { file: file.to_owned() }) } else { Ok(Reading { slos }) }
}
