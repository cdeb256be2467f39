//! What `planwise init` begins with: the files under `examples/`, fitted to the repository.

use std::path::Path;

use serde_json::Value;

use crate::repository::{Survey, System};
use crate::units::listed;

const CONFIG: &str = include_str!("../../examples/planwise.yaml");
const GITHUB: &str = include_str!("../../examples/github/planwise.yml");
const GITLAB: &str = include_str!("../../examples/gitlab/planwise.gitlab-ci.yml");
const AZURE: &str = include_str!("../../examples/azure/azure-pipelines.yml");
const BITBUCKET: &str = include_str!("../../examples/bitbucket/bitbucket-pipelines.yml");
const REPOS: &str = include_str!("../../examples/atlantis/repos.yaml");
const PRE_PLAN: &str = include_str!("../../examples/atlantis/pre-plan.sh");
const POST_PLAN: &str = include_str!("../../examples/atlantis/post-plan.sh");

/// A file to begin with, by its path from the root of the repository on.
#[derive(Debug)]
pub(super) enum Begin {
    /// To be written.
    New { path: String, text: String },
    /// There already.
    Kept { path: String },
}

/// All to begin with.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// The files: that for the CI last.
    pub(super) files: Vec<Begin>,
    /// What has to be done by hand for the CI.
    pub(super) by_hand: Vec<String>,
    /// The folder of the root module, where it is not the root of the repository.
    pub(super) terraform: Option<String>,
}

/// What to begin with in the repository at `root`.
pub(super) fn start(root: &Path, system: Option<System>, survey: &Survey, is_configured: bool) -> Start {
    let mut start = Start { terraform: folder(survey), ..Start::default() };
    if !is_configured {
        start.file(root, "planwise.yaml", config(survey));
    }
    match system {
        Some(System::GitHub) => start.github(root, survey),
        Some(System::GitLab) => start.gitlab(root, survey),
        Some(System::Azure) => start.azure(root, survey),
        Some(System::Bitbucket) => start.bitbucket(root, survey),
        Some(System::Atlantis) => start.atlantis(),
        None => {}
    }
    start
}

impl Start {
    /// Begins a file; says whether it is new.
    fn file(&mut self, root: &Path, path: &str, text: String) -> bool {
        let place = root.join(path);
        let path = path.to_owned();
        let is_there = place.exists() || place.is_symlink();
        if is_there && !place.exists() {
            self.by_hand.push(format!("{path} is a link that leads nowhere: remove it, and run planwise init again."));
        }
        self.files.push(if is_there { Begin::Kept { path } } else { Begin::New { path, text } });
        !is_there
    }

    fn github(&mut self, root: &Path, survey: &Survey) {
        const PATH: &str = ".github/workflows/planwise.yml";
        if self.file(root, PATH, fitted(GITHUB, self.terraform.as_deref())) {
            self.by_hand.push(format!("In {PATH}, replace OWNER and the versions, and let Terraform log in."));
            self.by_hand.extend(several(survey, self.terraform.as_deref()));
        }
    }

    fn gitlab(&mut self, root: &Path, survey: &Survey) {
        const PATH: &str = ".gitlab/planwise.gitlab-ci.yml";
        let is_new = self.file(root, PATH, fitted(GITLAB, self.terraform.as_deref()));
        if !mentions(root, ".gitlab-ci.yml", PATH) {
            self.by_hand.push(format!(
                "Add this to .gitlab-ci.yml (to its `include`, where there is one), and name your image in {PATH}:\n\n\
                 include:\n  - local: {PATH}"
            ));
        }
        self.by_hand.extend(several(survey, self.terraform.as_deref()).filter(|_| is_new));
    }

    /// Of pipelines there may be several, each in a file of its own.
    fn azure(&mut self, root: &Path, survey: &Survey) {
        let is_taken = |name: &str| root.join(name).exists() && !mentions(root, name, "planwise ");
        let is_taken = is_taken("azure-pipelines.yml") || is_taken("azure-pipelines.yaml");
        let path = if is_taken { "azure-pipelines.planwise.yml" } else { "azure-pipelines.yml" };
        if self.file(root, path, fitted(AZURE, self.terraform.as_deref())) {
            self.by_hand.push(format!(
                "In Azure DevOps, make a pipeline of {path}, and a build validation of the main branch with it."
            ));
            self.by_hand.extend(several(survey, self.terraform.as_deref()));
        }
    }

    fn bitbucket(&mut self, root: &Path, survey: &Survey) {
        const PATH: &str = "bitbucket-pipelines.yml";
        let text = fitted(BITBUCKET, self.terraform.as_deref());
        if root.join(PATH).exists() && !mentions(root, PATH, "planwise ") {
            self.by_hand.push(format!("Add this step to the pull requests in {PATH}:\n\n{}", step(&text)));
        } else if self.file(root, PATH, text) {
            self.by_hand.push(format!("In {PATH}, name your image."));
        } else {
            return;
        }
        self.by_hand.extend(several(survey, self.terraform.as_deref()));
    }

    /// It knows the folder of each project by itself.
    fn atlantis(&mut self) {
        self.by_hand.extend([
            format!("Put this into the repos.yaml of the Atlantis server (docs/atlantis.md):\n\n{REPOS}"),
            format!("On the server, /etc/atlantis/pre-plan.sh:\n\n{PRE_PLAN}"),
            format!("On the server, /etc/atlantis/post-plan.sh:\n\n{POST_PLAN}"),
        ]);
    }
}

/// The step of a pipeline for Bitbucket, without what the file around it says already.
fn step(pipeline: &str) -> String {
    let lines: Vec<&str> = pipeline.lines().skip_while(|line| !line.trim_start().starts_with("- step:")).collect();
    let indent = lines.first().map_or(0, |line| line.len() - line.trim_start().len());
    lines.into_iter().map(|line| line.get(indent..).unwrap_or(line.trim_start())).collect::<Vec<_>>().join("\n")
}

/// Whether a file of the repository has a word in it.
fn mentions(root: &Path, path: &str, word: &str) -> bool {
    std::fs::read_to_string(root.join(path)).is_ok_and(|text| text.contains(word))
}

/// The folder to plan in, where that is not the root of the repository; of several the first.
fn folder(survey: &Survey) -> Option<String> {
    let first = survey.roots.first()?;
    (!survey.roots.iter().any(|root| root == ".") && is_plain(first)).then(|| first.clone())
}

/// Whether a path means itself in YAML and in a shell.
fn is_plain(path: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
    !path.starts_with('-') && path.chars().all(is_part)
}

/// What to say where there is more than one root module, or one whose name is not written into a file.
fn several(survey: &Survey, folder: Option<&str>) -> Option<String> {
    let chosen = folder.unwrap_or(".");
    match survey.roots.as_slice() {
        [] => None,
        [only] if only == chosen => None,
        roots => Some(format!(
            "Root modules were found in {}. TF_ROOT names {chosen}: set it to the one that is meant, or have a job for each.",
            listed(roots)
        )),
    }
}

/// An example with the folder of the root module in it. Behind `./` it is a path, whatever else it could mean.
fn fitted(example: &str, folder: Option<&str>) -> String {
    let Some(folder) = folder else { return example.to_owned() };
    example.replace("TF_ROOT: .", &format!("TF_ROOT: ./{folder}")).replace("TF_ROOT=.", &format!("TF_ROOT=./{folder}"))
}

/// The configuration, with the folders that were found.
fn config(survey: &Survey) -> String {
    let named = |key: &str, folders: &[String]| {
        let folders: Vec<String> = folders.iter().map(|folder| Value::from(folder.as_str()).to_string()).collect();
        (!folders.is_empty()).then(|| format!("  {key}: [{}]\n", folders.join(", ")))
    };
    let keys: String =
        [named("slos", &survey.slos), named("decisions", &survey.decisions)].into_iter().flatten().collect();
    match CONFIG.split_once("# repository:\n") {
        Some((head, _)) if !keys.is_empty() => format!("{head}repository:\n{keys}"),
        _ => CONFIG.to_owned(),
    }
}
