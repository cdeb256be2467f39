//! Reads the pipelines of a repository.

use super::model::Pipeline;
use super::shelf::{Files, Shelf};
use super::yaml::Node;
use super::{azure, bitbucket, buildkite, circle, github, gitlab, jenkins};
use crate::repository::{TextFile, Tree};

/// Where pipelines lie: a folder with what its files end in, or a file.
const FOLDERS: [&str; 2] = [".github/workflows", ".buildkite"];
const FILES: [&str; 8] = [
    ".gitlab-ci.yml",
    ".gitlab-ci.yaml",
    "azure-pipelines.yml",
    "azure-pipelines.yaml",
    "Jenkinsfile",
    ".circleci/config.yml",
    "bitbucket-pipelines.yml",
    "buildkite.yml",
];
const YAML: [&str; 2] = ["yml", "yaml"];

impl Files for Tree {
    fn text(&mut self, path: &str) -> Option<String> {
        Self::text(self, path)
    }
}

/// Reads every pipeline, with the scripts that they run. What cannot be read is told in the notes of `tree`.
pub fn pipelines(tree: &mut Tree) -> Vec<Pipeline> {
    let mut files: Vec<TextFile> = FOLDERS.iter().flat_map(|folder| tree.below(folder, &YAML, 0)).collect();
    files.extend(FILES.iter().flat_map(|file| tree.file(file)));
    // Templates lie there as well: what starts by itself says when.
    let azure = [".azure-pipelines", ".azuredevops"].into_iter().flat_map(|folder| tree.below(folder, &YAML, 0));
    let starts = |file: &TextFile| {
        file.text.lines().any(|line| ["trigger:", "pr:", "schedules:"].iter().any(|key| line.starts_with(key)))
    };
    let azure: Vec<TextFile> = azure.collect();
    files.extend(azure.into_iter().filter(starts));
    let mut notes = Vec::new();
    let all = read(&files, tree, &mut notes);
    tree.notes.extend(notes);
    all
}

/// Reads the pipelines in `files`; those that they name are asked of `others`, unless they are among these.
fn read(files: &[TextFile], others: &mut dyn Files, notes: &mut Vec<String>) -> Vec<Pipeline> {
    let mut known = Known { files, others };
    let mut shelf = Shelf::new(&mut known);
    let mut all = Vec::new();
    for file in files {
        let path = file.path.as_str();
        if path.rsplit('/').next() == Some("Jenkinsfile") {
            all.extend(jenkins::read(path, &file.text, &mut shelf));
            continue;
        }
        let node = match Node::read(&file.text) {
            Ok(node) => node,
            Err((problem, line)) => {
                notes.push(format!("{path}:{line} is not read: it is no YAML ({problem})"));
                continue;
            }
        };
        match path {
            _ if path.contains(".github/workflows/") => all.extend(github::read(path, &node, &mut shelf)),
            _ if path.contains(".buildkite/") || path.ends_with("buildkite.yml") => {
                all.extend(buildkite::read(path, &node, &mut shelf));
            }
            _ if path.contains(".gitlab-ci.") => all.extend(gitlab::read(path, &node, &mut shelf)),
            _ if path.contains(".circleci/") => all.extend(circle::read(path, &node, &mut shelf)),
            _ if path.ends_with("bitbucket-pipelines.yml") => all.extend(bitbucket::read(path, &node, &mut shelf)),
            _ => all.extend(azure::read(path, &node, &mut shelf)),
        }
    }
    all
}

/// Files that were read already, and those that may still be.
struct Known<'k> {
    files: &'k [TextFile],
    others: &'k mut dyn Files,
}

impl Files for Known<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        let known = self.files.iter().find(|file| file.path == path).map(|file| file.text.clone());
        known.or_else(|| self.others.text(path))
    }
}
