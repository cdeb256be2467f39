//! What the program that runs planwise tells in the environment.
//!
//! Sources: runatlantis/atlantis, `server/core/runtime/run_step_runner.go` of 2026-08-22, by collected notes and not looked up
//! again: a step finds the JSON plan at `SHOWFILE`, and its plan is the only one with its `REPO_REL_DIR`, `WORKSPACE` and
//! `PROJECT_NAME`, of which the last may be empty. Digger's documentation of custom commands, of 2025-11-21, by the same notes:
//! `DIGGER_PLANFILE` and `PROJECT_NAME`.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use sha2::{Digest as _, Sha256};

use super::args::{Check, Format};
use super::commands::CliError;
use super::output::write_into;
use crate::report;
use crate::units::few;

/// One of these is there where a runner of plans is.
const SIGNS: [&str; 3] = ["ATLANTIS_TERRAFORM_VERSION", "SHOWFILE", "DIGGER_PLANFILE"];

/// What a file is made for that goes into a folder of reports, and its ending.
const KEPT: [(Format, &str); 2] = [(Format::Json, "json"), (Format::Markdown, "md")];

/// What a runner of plans says of the step; nothing outside of one.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Runner {
    showfile: Option<PathBuf>,
    project: Option<String>,
    folder: Option<String>,
    workspace: Option<String>,
}

impl Runner {
    pub(super) fn read() -> Self {
        Self::told(|name| std::env::var_os(name))
    }

    fn told(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        // Elsewhere these names may stand for anything.
        if !SIGNS.iter().any(|name| set(name).is_some()) {
            return Self::default();
        }
        let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            showfile: set("SHOWFILE").map(PathBuf::from),
            project: text("PROJECT_NAME"),
            folder: text("REPO_REL_DIR"),
            workspace: text("WORKSPACE"),
        }
    }

    /// The folder of the root module, from the root of its repository on.
    pub(super) fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// The plans that were named; where none was, the step's, or standard input where something is piped in.
    pub(super) fn plans(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
        if !named.is_empty() {
            return Ok(named.to_vec());
        }
        if let Some(path) = &self.showfile {
            return shown(path).map(|()| vec![path.clone()]);
        }
        if io::stdin().is_terminal() { Err(CliError::NoPlan) } else { Ok(vec![PathBuf::from("-")]) }
    }

    /// What the project is called: as was typed, as the runner calls it, or by its folder and workspace.
    pub(super) fn project(&self, typed: Option<&str>) -> Option<String> {
        let by_place = || {
            let folder = self.folder.as_deref()?;
            let workspace = self.workspace.as_deref().filter(|workspace| *workspace != "default");
            Some(workspace.map_or_else(|| folder.to_owned(), |workspace| format!("{folder} ({workspace})")))
        };
        typed.map(str::to_owned).or_else(|| self.project.clone()).or_else(by_place)
    }

    /// The files for the reports of a run, in `folder`. No two projects share one, and a project keeps its own.
    pub(super) fn files(&self, folder: &Path, args: &Check) -> Vec<(Format, PathBuf)> {
        let stem = self.stem(args.project.as_deref(), &args.plans);
        KEPT.into_iter().map(|(format, ending)| (format, folder.join(format!("{stem}.{ending}")))).collect()
    }

    /// Puts in place of what an earlier run left there, which says nothing of the plan as it is now, that it could not be
    /// analysed, and why.
    pub(super) fn refuse(&self, folder: &Path, args: &Check, error: &str) {
        let project = self.project(args.project.as_deref());
        let reason = without_folders(&self.without_paths(error, &args.plans));
        let lines = reason.lines().map(str::trim).filter(|line| !line.is_empty());
        let reason = lines.collect::<Vec<_>>().join("; ");
        for (format, path) in self.files(folder, args) {
            let mut page = Vec::new();
            let is_written = format == Format::Json
                && report::json_refusal(&self.called(&args.plans), project.as_deref(), &reason, &mut page).is_ok()
                && write_into(folder, &path, &page).is_ok();
            if !is_written {
                // What is not there is gone already; and why the run failed is what its user has to know.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// What the plans are called, without the folders that they lie in.
    fn called(&self, named: &[PathBuf]) -> String {
        let plans = if named.is_empty() { self.showfile.as_slice() } else { named };
        let told: Vec<_> =
            plans.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy()).collect();
        let is_piped = told.is_empty() || plans.iter().any(|path| path == Path::new("-"));
        if is_piped { "standard input".to_owned() } else { few(told) }
    }

    /// A readable part, and a hash of all that tells projects apart.
    fn stem(&self, typed: Option<&str>, plans: &[PathBuf]) -> String {
        const DIGITS: usize = 12;
        let is_bare = *self == Self::default();
        let plans = plans.iter().filter(|_| is_bare).map(|path| told_apart(path));
        let own = [&self.folder, &self.workspace, &self.project].map(|part| part.clone().unwrap_or_default());
        let mut hash = Sha256::new();
        for part in [typed.unwrap_or_default().to_owned()].into_iter().chain(own).chain(plans) {
            // With its length before it, no part runs into the next.
            hash.update(format!("{}:{part}", part.len()));
        }
        let digits = format!("{:x}", hash.finalize());
        let name = self.project(typed).unwrap_or_else(|| "plan".to_owned());
        format!("{}-{}", safe(&name), digits.chars().take(DIGITS).collect::<String>())
    }

    /// An error without the folders of the server: the same where the plan lies elsewhere.
    pub(super) fn without_paths(&self, error: &str, named: &[PathBuf]) -> String {
        named.iter().chain(&self.showfile).fold(error.to_owned(), |text, path| {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if name.is_empty() { text } else { text.replace(&path.display().to_string(), &name) }
        })
    }
}

/// A text without the folders of paths from the root on: they are those of a machine.
fn without_folders(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let opens = |before: &str| before.is_empty() || before.ends_with(['"', '\'', '`', '(', '[', '=']);
        let root = word.match_indices('/').map(|(at, _)| word.split_at(at)).find(|(before, _)| opens(before));
        match root {
            Some((before, path)) => {
                told.push_str(before);
                told.push_str(path.rsplit('/').next().unwrap_or_default());
            }
            None => told.push_str(word),
        }
    }
    told
}

/// A path by which plans of one repository are told apart, wherever planwise runs; of standard input, that of the working
/// directory.
fn told_apart(path: &Path) -> String {
    let path = if path == Path::new("-") { Path::new(".") } else { path };
    let absolute = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf());
    let root = absolute.ancestors().find(|above| above.join(".git").exists());
    let inside = root.and_then(|root| absolute.strip_prefix(root).ok()).unwrap_or(&absolute);
    inside.to_string_lossy().replace('\\', "/")
}

/// Whether Atlantis has shown the plan.
fn shown(path: &Path) -> Result<(), CliError> {
    let what = match fs::metadata(path) {
        Ok(data) if data.is_file() && data.len() == 0 => "is empty",
        // What else may be wrong with it, reading tells.
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => "is not there",
        Err(_) => return Ok(()),
    };
    Err(CliError::NoShowFile { name: path.display().to_string(), what })
}

/// A name as a part of a file's: letters, digits, dots and dashes, and not too long.
fn safe(name: &str) -> String {
    const LONGEST: usize = 60;
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let name: String = name.chars().map(|c| if is_safe(c) { c } else { '-' }).take(LONGEST).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "root".to_owned() } else { name.to_owned() }
}

/// What there is to print where somebody who asks for the lines of conftest mistypes the rest: with another exit code than 0
/// Atlantis would not show it, and might take it for a pass. Nothing where it is to be told as always.
pub fn misread(typed: impl Iterator<Item = OsString>, error: &clap::Error) -> Option<Vec<u8>> {
    let typed: Vec<String> = typed.map(|word| word.to_string_lossy().into_owned()).collect();
    let is_asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let joined = |word: &String| ["--format=conftest", "-fconftest", "-f=conftest"].contains(&word.as_str());
    let apart = |pair: &[String]| matches!(pair, [option, format] if ["-f", "--format"].contains(&option.as_str()) && format == "conftest");
    if is_asked || !(typed.iter().any(joined) || typed.windows(2).any(apart)) {
        return None;
    }
    let text = error.to_string();
    let project = Runner::read().project(None);
    let mut page = Vec::new();
    report::conftest_refusal(project.as_deref(), text.trim_start_matches("error: "), &mut page).ok()?;
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner(pairs: &[(&str, &str)]) -> Runner {
        Runner::told(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)))
    }

    fn atlantis(folder: &str, workspace: &str, project: &str) -> Runner {
        let all =
            [("SHOWFILE", "x.json"), ("REPO_REL_DIR", folder), ("WORKSPACE", workspace), ("PROJECT_NAME", project)];
        runner(&all)
    }

    #[test]
    fn plans_of_one_name_are_told_apart_by_their_folders() {
        let outer = tempfile::tempdir().unwrap();
        for root in ["first", "second"] {
            for folder in [".git", "x", "y"] {
                fs::create_dir_all(outer.path().join(root).join(folder)).unwrap();
                fs::write(outer.path().join(root).join(folder).join("plan.json"), "").unwrap();
            }
        }
        let told = |path: &str| told_apart(&outer.path().join(path));
        assert_eq!(
            (told("first/x/plan.json"), told("first/y/plan.json")),
            ("x/plan.json".into(), "y/plan.json".into())
        );
        // The same wherever the repository is checked out, and by whatever path.
        assert_eq!(told("second/y/../x/plan.json"), told("first/x/plan.json"));
        // Of standard input, the working directory tells.
        assert!(!told_apart(Path::new("-")).ends_with('-'));
    }

    #[test]
    fn folders_of_a_machine_are_not_told() {
        let told =
            without_folders("/a/b/plan.json:3: in \"/a/c.yaml\" and ./d/e.json, or --usage=/x/u.yml\n  hint: a/b");
        assert_eq!(told, "plan.json:3: in \"c.yaml\" and ./d/e.json, or --usage=u.yml\n  hint: a/b");
    }

    #[test]
    fn a_project_is_called_as_the_runner_calls_it() {
        assert_eq!(atlantis("infra/shop", "default", "").project(None).as_deref(), Some("infra/shop"));
        assert_eq!(atlantis("infra/shop", "live", "").project(None).as_deref(), Some("infra/shop (live)"));
        assert_eq!(atlantis("infra/shop", "live", "shop").project(None).as_deref(), Some("shop"));
        assert_eq!(atlantis("infra/shop", "live", "shop").project(Some("typed")).as_deref(), Some("typed"));
        // Outside of a runner the names may stand for anything.
        assert_eq!(runner(&[("PROJECT_NAME", "shop"), ("REPO_REL_DIR", "a"), ("SHOWFILE", "")]).project(None), None);
        assert_eq!(runner(&[("PROJECT_NAME", "a"), ("DIGGER_PLANFILE", "p")]).project(None).as_deref(), Some("a"));
    }

    #[test]
    fn no_two_projects_share_a_file() {
        let stems = [
            atlantis("a/b", "default", "").stem(None, &[]),
            atlantis("a-b", "default", "").stem(None, &[]),
            atlantis("a", "b", "").stem(None, &[]),
            atlantis("a", "", "b").stem(None, &[]),
            atlantis("a/b", "default", "../../x").stem(None, &[]),
            atlantis("a/b", "default", "\u{e9}").stem(None, &[]),
            atlantis("a/b", "default", &"x".repeat(500)).stem(None, &[]),
            atlantis("a/b", "default", "").stem(Some("typed"), &[]),
            Runner::default().stem(None, &[PathBuf::from("a.json")]),
            Runner::default().stem(None, &[PathBuf::from("b.json")]),
            Runner::default().stem(None, &[PathBuf::from("a.json"), PathBuf::from("b.json")]),
            Runner::default().stem(None, &[]),
        ];
        for (at, stem) in stems.iter().enumerate() {
            assert!(!stems.iter().skip(at + 1).any(|other| other.eq_ignore_ascii_case(stem)), "{stem}");
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
            assert!(stem.len() < 80 && stem.chars().all(is_plain) && !stem.starts_with('.'), "{stem}");
        }
        // Wherever the server keeps the plan.
        assert_eq!(stems.first(), Some(&atlantis("a/b", "default", "").stem(None, &[PathBuf::from("/tmp/1/x.json")])));
    }

    #[test]
    fn errors_name_no_folder_of_the_server() {
        let runner = runner(&[("SHOWFILE", "/srv/pull/7/default.json")]);
        let text = runner.without_paths("/srv/pull/7/default.json: it is empty", &[]);
        assert_eq!(text, "default.json: it is empty");
    }
}
