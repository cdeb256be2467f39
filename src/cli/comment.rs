//! `planwise comment`.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::args::HostName;
use super::commands::{CLEAN, CliError, WriteProblem};
use super::output::{clash, write_whole};
use crate::report::{self, CommentTerms, Purpose, Retold};

/// `planwise comment`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  planwise check network.json --output json=out/network.json
  planwise check shop.json --output json=out/shop.json
  planwise comment out/*.json > comment.md
  planwise comment out --post github                  # in GitHub Actions, with GITHUB_TOKEN
  planwise comment out --post gitlab --tag nightly --behavior new
  planwise comment out --post github --repo OWNER/NAME --pull-request 12 --dry-run

Tokens come from the environment: GITHUB_TOKEN, GITLAB_TOKEN, SYSTEM_ACCESSTOKEN or AZURE_DEVOPS_TOKEN, BITBUCKET_TOKEN.
Which repository and which pull request it is, the variables of the CI system say (docs/comment.md).
Exit codes: 0 done, whatever the reports say; 2 a file is no report, or the comment could not be posted.")]
pub struct Comment {
    /// What `planwise check --format json` wrote: files, folders of them, or patterns such as 'out/*.json'; `-` reads standard
    /// input
    #[arg(value_name = "REPORT", value_hint = ValueHint::AnyPath, required = true)]
    pub reports: Vec<PathBuf>,
    /// Where it is read: it is never longer than a comment may be there [default: where it is posted; github]
    #[arg(long, value_enum, value_name = "HOST")]
    pub host: Option<HostName>,
    /// What tells it from other comments of planwise on the same pull request
    #[arg(long, value_name = "NAME")]
    pub tag: Option<String>,
    /// Write it to this file, whole or not at all, rather than print it
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its options are documented where they are declared")]
    pub posting: PostArgs,
}

/// Where to post it, and how.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Posting")]
pub struct PostArgs {
    /// Post it to a pull request there
    #[arg(long, value_enum, value_name = "HOST")]
    pub post: Option<HostName>,
    /// What becomes of the comment that is there
    #[arg(long, value_enum, default_value_t = BehaviorName::Update, requires = "post", value_name = "HOW")]
    pub behavior: BehaviorName,
    /// The repository: OWNER/NAME, a project's number or path on GitLab, PROJECT/NAME on Azure [default: what the CI system says]
    #[arg(long, requires = "post", value_name = "REPOSITORY")]
    pub repo: Option<String>,
    /// The number of the pull request [default: what the CI system says]
    #[arg(long, visible_alias = "merge-request", requires = "post", value_name = "N")]
    pub pull_request: Option<u64>,
    /// Where the API is, for servers of one's own [default: what the CI system says]
    #[arg(long, requires = "post", value_name = "URL", value_hint = ValueHint::Url)]
    pub api_url: Option<String>,
    /// Write no first comment where there is nothing to say; one that is there is updated
    #[arg(long, requires = "post")]
    pub skip_clean: bool,
    /// Say what would be done, print the comment, and change nothing
    #[arg(long, requires = "post")]
    pub dry_run: bool,
}

/// What becomes of the comment that is there, by name.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum BehaviorName {
    /// It is updated, where it says something else.
    #[default]
    Update,
    /// It stays, and another is added.
    New,
    /// It is hidden as outdated, and another added; only on GitHub.
    HideAndNew,
    /// Another is added, and it is deleted.
    DeleteAndNew,
}

/// Makes one comment of all reports, and prints or posts it.
pub(super) fn comment(args: &Comment, out: &mut dyn Write) -> Result<u8, CliError> {
    let host = args.host.or(args.posting.post).unwrap_or_default();
    let terms = CommentTerms { host: host.into(), tag: args.tag.clone().filter(|tag| !tag.is_empty()) };
    let mut runs = Vec::new();
    let mut read = Vec::new();
    for (name, text) in texts(&args.reports)? {
        read.push(PathBuf::from(&name));
        runs.push(Retold::read(&name, &text, Purpose::Comment)?);
    }
    let body = report::comment(&runs, &terms);
    if let Some(path) = &args.output {
        clash(std::slice::from_ref(path), &read)?;
        write_whole(path, body.as_bytes()).map_err(WriteProblem::from)?;
    }
    if args.posting.post.is_some() {
        let is_clean = runs.iter().all(Retold::is_clean);
        super::comment_post::post(&args.posting, (&report::marker(&terms), &body), is_clean, out)?;
    } else if args.output.is_none() {
        out.write_all(body.as_bytes())?;
    }
    out.flush()?;
    Ok(CLEAN)
}

/// The files that were named, each with its text, in the order in which they were named.
fn texts(named: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, CliError> {
    let mut texts = Vec::new();
    for path in named {
        if path == Path::new("-") {
            if texts.iter().any(|(name, _)| name == "standard input") {
                return Err(CliError::StdinTwice);
            }
            let mut text = Vec::new();
            io::stdin().lock().read_to_end(&mut text).map_err(|error| unread("standard input", &error))?;
            texts.push(("standard input".to_owned(), text));
            continue;
        }
        let files = files(path)?;
        if files.is_empty() {
            return Err(CliError::NoReport { name: path.display().to_string() });
        }
        for file in files {
            let name = file.display().to_string();
            let text = fs::read(&file).map_err(|error| unread(&name, &error))?;
            texts.push((name, text));
        }
    }
    Ok(texts)
}

fn unread(name: &str, error: &io::Error) -> CliError {
    CliError::ReportFile { name: name.to_owned(), kind: error.kind() }
}

/// A file itself; of a folder the JSON files; of a pattern that no shell expanded, what it fits.
fn files(path: &Path) -> Result<Vec<PathBuf>, CliError> {
    if path.is_dir() {
        return entries(path, "*.json");
    }
    if path.exists() || !path.to_string_lossy().contains(['*', '?']) {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = vec![PathBuf::new()];
    for part in path.components() {
        let part = part.as_os_str();
        let text = part.to_string_lossy();
        if text.contains(['*', '?']) {
            let mut next = Vec::new();
            for folder in &found {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                // What is no folder holds nothing.
                next.extend(entries(folder, &text).unwrap_or_default());
            }
            found = next;
        } else {
            found = found.into_iter().map(|folder| folder.join(part)).filter(|path| path.exists()).collect();
        }
    }
    found.retain(|path| path.is_file());
    Ok(found)
}

/// What fits a pattern in a folder, in the order of the names.
fn entries(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, CliError> {
    let pattern: Vec<char> = pattern.chars().collect();
    let read = fs::read_dir(folder).map_err(|error| unread(&folder.display().to_string(), &error))?;
    let mut paths = Vec::new();
    for entry in read.flatten() {
        let name = entry.file_name().to_string_lossy().chars().collect::<Vec<_>>();
        // As in a shell, what is hidden fits no pattern.
        if name.first() != Some(&'.') && fits(&pattern, &name) {
            paths.push(if folder == Path::new(".") { entry.file_name().into() } else { entry.path() });
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a name fits a pattern: `*` is anything, `?` one character.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n, mut back) = (0, 0, None);
    while let Some(c) = name.get(n) {
        match pattern.get(p) {
            Some('*') => {
                back = Some((p + 1, n));
                p += 1;
            }
            Some(one) if *one == '?' || one == c => (p, n) = (p + 1, n + 1),
            _ => match back {
                Some((pattern, from)) => {
                    (p, n) = (pattern, from + 1);
                    back = Some((pattern, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names() {
        let fits =
            |pattern: &str, name: &str| fits(&pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>());
        assert!(fits("*.json", "a.b.json") && fits("a?c*", "abc") && fits("*", "x") && fits("**a", "aba"));
        assert!(!fits("*.json", "a.jsonl") && !fits("a?c", "ac") && !fits("", "x"));
    }

    #[test]
    fn folders_and_patterns_give_their_reports() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/x.json", "b/x.json", "b/y.txt", "c.json", ".d.json"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        let names = |pattern: &str| -> Vec<String> {
            let all = files(&folder.path().join(pattern)).unwrap();
            all.iter().map(|path| path.strip_prefix(folder.path()).unwrap().display().to_string()).collect()
        };
        assert_eq!(names(""), ["c.json"]);
        assert_eq!(names("*/x.json"), ["a/x.json", "b/x.json"]);
        assert_eq!(names("b/*"), ["b/x.json", "b/y.txt"]);
        assert!(names("nothing/*.json").is_empty());
    }
}
