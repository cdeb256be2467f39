//! Looks around in a repository, for whoever begins: which system runs its pipelines, where the root modules of Terraform are, and
//! where objectives and decisions lie. Names and a few lines are looked at, and nothing is executed.

use std::fs;
use std::path::{Path, PathBuf};

/// No file that people write by hand is longer.
const LONGEST_FILE: u64 = 1 << 20;
/// So deep folders are looked into.
const DEPTH: usize = 4;
/// So many names are looked at, in all folders together.
const MOST_NAMES: usize = 50_000;

/// What runs pipelines, or reviews plans.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum System {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI.
    GitLab,
    /// Azure Pipelines.
    Azure,
    /// Bitbucket Pipelines.
    Bitbucket,
    /// Atlantis.
    Atlantis,
}

impl System {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Actions",
            Self::GitLab => "GitLab CI",
            Self::Azure => "Azure Pipelines",
            Self::Bitbucket => "Bitbucket Pipelines",
            Self::Atlantis => "Atlantis",
        }
    }
}

/// What was found. Paths go from the root on, with `/` on every system.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Survey {
    /// The systems, each with what shows it; the likeliest first.
    pub systems: Vec<(System, String)>,
    /// Folders of root modules: those that name a provider, a backend or a cloud. The root of the repository is `.`.
    pub roots: Vec<String>,
    /// Folders of objectives that are not looked for anyway.
    pub slos: Vec<String>,
    /// Folders of decisions that are not looked for anyway.
    pub decisions: Vec<String>,
}

/// The files that show a system. Atlantis stands first: where it reviews plans, the host's own pipelines do something else.
const MARKS: [(System, &str); 8] = [
    (System::Atlantis, "atlantis.yaml"),
    (System::Atlantis, "repos.yaml"),
    (System::GitLab, ".gitlab-ci.yml"),
    (System::Azure, "azure-pipelines.yml"),
    (System::Azure, "azure-pipelines.yaml"),
    (System::Bitbucket, "bitbucket-pipelines.yml"),
    (System::GitHub, ".github/workflows"),
    (System::GitHub, ".github"),
];

/// Looks around below `root`. What cannot be read is not there.
pub fn survey(root: &Path) -> Survey {
    let mut survey = Survey { systems: systems(root), ..Survey::default() };
    let mut names_left = MOST_NAMES;
    walk(root, "", 0, &mut names_left, &mut survey);
    survey
}

fn systems(root: &Path) -> Vec<(System, String)> {
    let is_there = |mark: &str| match mark {
        // Others may have a file of that name.
        "repos.yaml" => text(&root.join(mark)).is_some_and(|text| text.lines().any(|line| line.trim_end() == "repos:")),
        _ => root.join(mark).exists(),
    };
    let marks = MARKS.into_iter().filter(|(_, mark)| is_there(mark)).map(|(system, mark)| (system, mark.to_owned()));
    let mut systems: Vec<(System, String)> = Vec::new();
    for (system, mark) in marks.chain(remote(root)) {
        if systems.iter().all(|(known, _)| *known != system) {
            systems.push((system, mark));
        }
    }
    systems
}

/// The text of a file that is not too long.
fn text(path: &Path) -> Option<String> {
    fs::metadata(path).ok().filter(|about| about.is_file() && about.len() <= LONGEST_FILE)?;
    fs::read_to_string(path).ok()
}

/// The system of the host that the repository is pushed to, by the first remote that tells.
fn remote(root: &Path) -> Option<(System, String)> {
    let config = git_config(root)?;
    let urls = config.lines().filter_map(|line| line.trim().strip_prefix("url")?.trim_start().strip_prefix('='));
    urls.map(str::trim).find_map(|url| {
        let host = host(url);
        let has = |label: &str| host.split('.').any(|part| part == label);
        let system = match host.as_str() {
            name if name.ends_with("dev.azure.com") || name.ends_with(".visualstudio.com") => System::Azure,
            // Bitbucket Data Center has no Pipelines.
            "bitbucket.org" => System::Bitbucket,
            _ if has("github") => System::GitHub,
            _ if has("gitlab") => System::GitLab,
            _ => return None,
        };
        Some((system, format!("the remote at {host}")))
    })
}

/// The host in the address of a remote, without whoever logs in there: `git@host:path`, `https://user:secret@host/path`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split('/').next().unwrap_or_default();
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    place.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// The configuration of the repository; in a worktree it stands with the first one.
fn git_config(root: &Path) -> Option<String> {
    let git = root.join(".git");
    if git.is_dir() {
        return text(&git.join("config"));
    }
    let folder = root.join(text(&git)?.strip_prefix("gitdir:")?.trim());
    let common: Option<PathBuf> = text(&folder.join("commondir")).map(|common| folder.join(common.trim()));
    text(&common.unwrap_or(folder).join("config"))
}

/// Looks into one folder and those below; links are not followed.
fn walk(folder: &Path, path: &str, depth: usize, names_left: &mut usize, survey: &mut Survey) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in entries.filter_map(Result::ok) {
        if *names_left == 0 {
            break;
        }
        *names_left -= 1;
        let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else { continue };
        if kind.is_dir() {
            folders.push(name);
        } else if kind.is_file() {
            files.push(name);
        }
    }
    folders.sort();
    note(folder, path, &files, survey);
    for name in folders.iter().filter(|name| depth < DEPTH && !is_foreign(name)) {
        let below = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        walk(&folder.join(name), &below, depth + 1, names_left, survey);
    }
}

/// Whether a folder holds what others wrote, or what was made.
fn is_foreign(name: &str) -> bool {
    name.starts_with('.') || ["node_modules", "vendor", "target", "testdata"].contains(&name)
}

/// Notes what a folder holds.
fn note(folder: &Path, path: &str, files: &[String], survey: &mut Survey) {
    let ends_in = |name: &String, endings: &[&str]| {
        name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
    };
    let has = |endings: &[&str]| files.iter().any(|name| ends_in(name, endings));
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if ["slos", "slo", "openslo"].contains(&name.as_str())
        && has(&["yml", "yaml", "json"])
        && !super::read::is_known(path)
    {
        survey.slos.push(path.to_owned());
    }
    if ["adr", "adrs", "decisions"].contains(&name.as_str()) && has(&["md", "adoc"]) && !super::adr::is_known(path) {
        survey.decisions.push(path.to_owned());
    }
    // A module or an example is applied by nobody.
    if path.split('/').any(|step| ["modules", "examples", "example", "tests", "test"].contains(&step)) {
        return;
    }
    if files.iter().any(|name| ends_in(name, &["tf"]) && is_root(&folder.join(name))) {
        survey.roots.push(if path.is_empty() { ".".to_owned() } else { path.to_owned() });
    }
}

/// Whether a file of Terraform's says where to apply it.
fn is_root(path: &Path) -> bool {
    let begins = |line: &str| ["provider \"", "backend \"", "cloud {"].iter().any(|begin| line.starts_with(begin));
    text(path).is_some_and(|text| text.lines().any(|line| begins(line.trim_start())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn systems(files: &[(&str, &str)]) -> Vec<(System, String)> {
        survey(repository(files).path()).systems
    }

    #[test]
    fn each_system_has_its_mark() {
        for (file, system, mark) in [
            (".gitlab-ci.yml", System::GitLab, ".gitlab-ci.yml"),
            ("azure-pipelines.yml", System::Azure, "azure-pipelines.yml"),
            ("bitbucket-pipelines.yml", System::Bitbucket, "bitbucket-pipelines.yml"),
            (".github/workflows/ci.yml", System::GitHub, ".github/workflows"),
            (".github/CODEOWNERS", System::GitHub, ".github"),
            ("atlantis.yaml", System::Atlantis, "atlantis.yaml"),
        ] {
            assert_eq!(systems(&[(file, "a: b\n")]), [(system, mark.to_owned())]);
        }
        assert!(systems(&[("repos.yaml", "a: b\n"), ("main.tf", "")]).is_empty());
        assert_eq!(systems(&[("repos.yaml", "repos:\n  - id: a\n")]).len(), 1);
        // Where Atlantis reviews plans, the workflows do something else.
        let both = systems(&[(".github/workflows/ci.yml", ""), ("atlantis.yaml", "")]);
        assert_eq!(both.iter().map(|(system, _)| *system).collect::<Vec<_>>(), [System::Atlantis, System::GitHub]);
    }

    #[test]
    fn remotes_tell_their_host_and_nothing_else() {
        for (url, system, host) in [
            ("git@github.com:o/r.git", System::GitHub, "github.com"),
            ("https://me:secret@github.example.com/o/r", System::GitHub, "github.example.com"),
            ("ssh://git@gitlab.com:2222/o/r.git", System::GitLab, "gitlab.com"),
            ("git@ssh.dev.azure.com:v3/o/p/r", System::Azure, "ssh.dev.azure.com"),
            ("https://o@dev.azure.com/o/p/_git/r", System::Azure, "dev.azure.com"),
            ("https://bitbucket.org/o/r.git", System::Bitbucket, "bitbucket.org"),
        ] {
            let config = format!("[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {url}\n");
            assert_eq!(systems(&[(".git/config", &config)]), [(system, format!("the remote at {host}"))], "{url}");
        }
        assert!(
            systems(&[(".git/config", "[remote \"o\"]\n\turl = /srv/github.com/r.git\n\turl = git@notgithub.io:r\n")])
                .is_empty()
        );
        // In a worktree.
        let files = [
            (".git", "gitdir: main/.git/worktrees/w\n"),
            ("main/.git/worktrees/w/commondir", "../..\n"),
            ("main/.git/config", "[remote \"origin\"]\n\turl = git@gitlab.com:o/r.git\n"),
        ];
        assert_eq!(systems(&files), [(System::GitLab, "the remote at gitlab.com".to_owned())]);
    }

    #[test]
    fn roots_name_a_provider_or_a_backend() {
        let folder = repository(&[
            ("infra/live/main.tf", "terraform {\n  backend \"s3\" {}\n}\n"),
            ("infra/dev/providers.tf", "provider \"aws\" {\n}\n"),
            ("infra/shared/main.tf", "# provider \"aws\" {\nresource \"a\" \"b\" {}\n"),
            ("infra/modules/net/main.tf", "provider \"aws\" {}\n"),
            (".terraform/modules/x/main.tf", "provider \"aws\" {}\n"),
            ("a/b/c/d/e/main.tf", "provider \"aws\" {}\n"),
            ("docs/slos/a.yml", ""),
            ("reliability/slos/a.yml", ""),
            ("empty/slos/a.txt", ""),
            ("docs/adr/1.md", ""),
            ("teams/shop/decisions/1.md", ""),
        ]);
        let survey = survey(folder.path());
        assert_eq!(survey.roots, ["infra/dev", "infra/live"]);
        assert_eq!(
            (survey.slos, survey.decisions),
            (vec!["reliability/slos".to_owned()], vec!["teams/shop/decisions".to_owned()])
        );
        assert_eq!(super::survey(repository(&[("main.tf", "provider \"x\" {}")]).path()).roots, ["."]);
    }
}
