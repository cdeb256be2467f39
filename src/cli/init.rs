//! `planwise init`: a first configuration file, and the file for the CI.

use std::fs;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::commands::{CLEAN, CliError, WriteProblem};
use super::output::write_new;
use super::start::{Begin, Start, start};
use crate::config;
use crate::repository::{Survey, System, survey};

/// `planwise init`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise init
  planwise init --yes
  planwise init --ci gitlab
  planwise init --ci none

It works in the root of the repository, or where there is none in the working directory, and asks before each file. No file is
ever overwritten or changed.
Exit codes: 0 all is there that is wanted, 2 a file cannot be written, or nobody can be asked.")]
pub struct Init {
    /// Write every file without asking
    #[arg(short, long)]
    pub yes: bool,
    /// The CI to write a file for [default: what the repository shows]
    #[arg(long, value_enum, value_name = "NAME")]
    pub ci: Option<CiName>,
}

/// A CI by its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum CiName {
    /// GitHub Actions: .github/workflows/planwise.yml.
    Github,
    /// GitLab CI: .gitlab/planwise.gitlab-ci.yml, to be included.
    Gitlab,
    /// Azure Pipelines: azure-pipelines.yml, or one beside it.
    Azure,
    /// Bitbucket Pipelines: bitbucket-pipelines.yml, or what to add to it.
    Bitbucket,
    /// Atlantis: what to put on its server.
    Atlantis,
    /// None.
    None,
}

impl CiName {
    const fn system(self) -> Option<System> {
        match self {
            Self::Github => Some(System::GitHub),
            Self::Gitlab => Some(System::GitLab),
            Self::Azure => Some(System::Azure),
            Self::Bitbucket => Some(System::Bitbucket),
            Self::Atlantis => Some(System::Atlantis),
            Self::None => None,
        }
    }
}

/// Why nothing could be begun.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// Standard input is no terminal.
    #[error(
        "nothing was written: standard input is no terminal, so that nobody can be asked\n  hint: --yes writes all that is listed above"
    )]
    NobodyToAsk,
    /// There is no working directory.
    #[error("the working directory cannot be used: {0}\n  hint: change into the root of the repository")]
    NoFolder(io::ErrorKind),
    /// A folder cannot be made.
    #[error(
        "{name} cannot be made: {kind}\n  hint: is there a file in its place, a link that leads out of the repository, or may no folder be made there?"
    )]
    NoNewFolder {
        /// The folder.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
}

/// Looks around, and writes what is wanted.
pub(super) fn init(args: &Init, out: &mut dyn Write) -> Result<u8, CliError> {
    let here = std::env::current_dir().map_err(|error| InitError::NoFolder(error.kind()))?;
    let (root, prefix) = root(&here);
    let survey = survey(&root);
    let system = match args.ci {
        Some(name) => name.system(),
        None => survey.systems.first().map(|(system, _)| *system),
    };
    tell(args, &survey, out)?;
    let config = config::find(&here).map(|(_, name)| name);
    let start = start(&root, system, &survey, config.is_some());
    if let Some(name) = &config {
        writeln!(out, "kept {name}: it is there already")?;
    }
    let stdin = io::stdin();
    let asks = match (args.yes, stdin.is_terminal()) {
        (true, _) => None,
        (false, true) => Some(&mut stdin.lock() as &mut dyn BufRead),
        (false, false) => {
            unasked(&start, &prefix, out)?;
            None
        }
    };
    let is_there = begin(&start, &root, &prefix, asks, out)?;
    if is_there {
        start.by_hand.iter().try_for_each(|text| writeln!(out, "\n{}", text.trim_end()))?;
    }
    last(&start, &prefix, config::find(&here).is_some(), out)?;
    Ok(CLEAN)
}

/// The root of the repository around `folder`, or `folder` itself, and what leads there for a reader.
fn root(folder: &Path) -> (PathBuf, String) {
    let above = folder.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    let root = folder.ancestors().nth(above).unwrap_or(folder);
    (root.to_path_buf(), "../".repeat(above))
}

/// Says what was found.
fn tell(args: &Init, survey: &Survey, out: &mut dyn Write) -> io::Result<()> {
    match (args.ci, survey.systems.as_slice()) {
        (None, [(system, mark), others @ ..]) => {
            writeln!(out, "found {} ({mark})", system.name())?;
            for (other, mark) in others {
                writeln!(out, "found {} as well ({mark}): --ci writes for that one instead", other.name())?;
            }
            Ok(())
        }
        (None, []) => writeln!(out, "found no CI: --ci github, gitlab, azure, bitbucket or atlantis writes for one"),
        (Some(_), _) => Ok(()),
    }
}

/// Says what would be written, where nobody can be asked; nothing where all is there.
fn unasked(start: &Start, prefix: &str, out: &mut dyn Write) -> Result<(), CliError> {
    let new = start.files.iter().filter_map(|file| match file {
        Begin::New { path, .. } => Some(path),
        Begin::Kept { .. } => None,
    });
    let new: Vec<&String> = new.collect();
    new.iter().try_for_each(|path| writeln!(out, "would write {prefix}{path}"))?;
    out.flush()?;
    if new.is_empty() { Ok(()) } else { Err(InitError::NobodyToAsk.into()) }
}

/// Writes each file that is wanted; says whether the file for the CI, if there is one, is there afterwards. Without `asks`
/// everything is wanted.
fn begin(
    start: &Start,
    root: &Path,
    prefix: &str,
    mut asks: Option<&mut dyn BufRead>,
    out: &mut dyn Write,
) -> Result<bool, CliError> {
    let mut is_there = true;
    for file in &start.files {
        let (path, text) = match file {
            Begin::New { path, text } => (path, text),
            Begin::Kept { path } => {
                writeln!(out, "kept {prefix}{path}: it is there already")?;
                is_there = true;
                continue;
            }
        };
        is_there = match &mut asks {
            None => true,
            Some(answers) => is_wanted(&format!("{prefix}{path}"), *answers, out)?,
        };
        if !is_there {
            writeln!(out, "left out {prefix}{path}")?;
            continue;
        }
        let place = root.join(path);
        if let Some(folder) = place.parent() {
            let failed =
                |error: io::Error| InitError::NoNewFolder { name: folder.display().to_string(), kind: error.kind() };
            // A link on the way may lead out of the repository.
            let there = folder.ancestors().find(|above| above.exists()).unwrap_or(root);
            let (there, home) = (fs::canonicalize(there).map_err(failed)?, fs::canonicalize(root).map_err(failed)?);
            if !there.starts_with(home) {
                return Err(failed(io::ErrorKind::PermissionDenied.into()).into());
            }
            fs::create_dir_all(folder).map_err(failed)?;
        }
        write_new(&place, text.as_bytes()).map_err(WriteProblem::from)?;
        writeln!(out, "wrote {prefix}{path}")?;
    }
    Ok(is_there)
}

/// Asks whether to write a file. Nothing is a yes; the end of all answers is a no.
fn is_wanted(path: &str, answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<bool> {
    loop {
        write!(out, "Write {path}? [Y/n] ")?;
        out.flush()?;
        let mut answer = String::new();
        if answers.read_line(&mut answer)? == 0 {
            writeln!(out)?;
            return Ok(false);
        }
        match answer.trim().to_ascii_lowercase().as_str() {
            "" | "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => writeln!(out, "Please answer y or n.")?,
        }
    }
}

/// What to type next.
fn last(start: &Start, prefix: &str, is_configured: bool, out: &mut dyn Write) -> io::Result<()> {
    let folder = start.terraform.as_deref();
    let (change, place) =
        folder.map_or_else(Default::default, |folder| (format!(" -chdir={folder}"), format!("{folder}/")));
    let place_of_all = if prefix.is_empty() { "" } else { ", in the root of the repository" };
    writeln!(out, "\nNext{place_of_all}:")?;
    if is_configured {
        writeln!(out, "  planwise config check")?;
    }
    writeln!(out, "  terraform{change} plan -out tfplan")?;
    writeln!(out, "  terraform{change} show -json tfplan > {place}plan.json")?;
    writeln!(out, "  planwise check {place}plan.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said and what is written where `answers` come.
    fn asked(answers: &str) -> (String, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        let start = start(folder.path(), Some(System::GitHub), &Survey::default(), false);
        let (mut answers, mut out) = (answers.as_bytes(), Vec::new());
        begin(&start, folder.path(), "../", Some(&mut answers), &mut out).unwrap();
        let files = ["planwise.yaml", ".github/workflows/planwise.yml"];
        let there = files.into_iter().filter(|file| folder.path().join(file).exists()).collect();
        (String::from_utf8(out).unwrap(), there)
    }

    #[test]
    fn each_file_is_asked_for() {
        let (both, config, workflow) = (
            vec!["planwise.yaml", ".github/workflows/planwise.yml"],
            vec!["planwise.yaml"],
            vec![".github/workflows/planwise.yml"],
        );
        assert_eq!(asked("\n\n").1, both);
        assert_eq!(asked("Y\nyes\n").1, both);
        assert_eq!(asked("y\nn\n").1, config);
        let (said, there) = asked("no\nperhaps\ny\n");
        assert_eq!(there, workflow);
        assert_eq!(
            said,
            "Write ../planwise.yaml? [Y/n] left out ../planwise.yaml\n\
             Write ../.github/workflows/planwise.yml? [Y/n] Please answer y or n.\n\
             Write ../.github/workflows/planwise.yml? [Y/n] wrote ../.github/workflows/planwise.yml\n"
        );
        // Nobody says anything.
        assert!(asked("").1.is_empty());
    }

    #[test]
    fn what_comes_in_between_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let start = start(folder.path(), None, &Survey::default(), false);
        fs::write(folder.path().join("planwise.yaml"), "mine").unwrap();
        let error = begin(&start, folder.path(), "", None, &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("is it there already?"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("planwise.yaml")).unwrap(), "mine");
    }
}
