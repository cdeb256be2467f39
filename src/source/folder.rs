//! A configuration in a folder, with its local modules and those that `terraform init` has fetched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::archive::{LONGEST_FILE, MOST_BYTES, MOST_FILES, Record};
use super::error::SourceError;
use super::names;
use super::tree::{Files, Ground, Shelf};

/// The modules that a folder leads to.
pub(super) struct Folder {
    pub(super) ground: Ground,
    /// Where modules lie that were fetched, by key.
    fetched: BTreeMap<String, String>,
    files_left: usize,
    bytes_left: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Fetched {
    #[serde(default)]
    modules: Vec<Record>,
}

impl Folder {
    /// Opens a folder. Nothing is read outside the repository that it stands in; where there is none, outside of itself.
    pub(super) fn open(path: &Path) -> Result<Self, SourceError> {
        let io = |error: std::io::Error| SourceError::Io { name: path.display().to_string(), kind: error.kind() };
        let folder = fs::canonicalize(path).map_err(io)?;
        let repository = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf);
        let tree = repository.clone().unwrap_or_else(|| folder.clone());
        let root = repository.or_else(|| working_directory().filter(|here| folder.starts_with(here)));
        let ground = Ground { folder, tree, root };
        let list = read_inside(&ground, Path::new(".terraform/modules/modules.json"), LONGEST_FILE);
        let fetched: Option<Fetched> = list.and_then(|list| serde_json::from_slice(&list).ok());
        let fetched = fetched.map(|fetched| fetched.modules).unwrap_or_default();
        let fetched = fetched.into_iter().map(|record| (record.key, record.dir)).collect();
        Ok(Self { ground, fetched, files_left: MOST_FILES, bytes_left: MOST_BYTES })
    }

    /// The files of the configuration in a folder below or beside the root module's; nothing where it is out of reach.
    fn files(&mut self, folder: &str) -> Result<Option<Files>, SourceError> {
        let Some(place) = inside(&self.ground, Path::new(folder)) else { return Ok(None) };
        let Ok(entries) = fs::read_dir(&place) else { return Ok(None) };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| names::is_configuration(name))
            .collect();
        names::prefer_tofu(&mut names);
        names.sort();
        let too_large = |what| SourceError::TooLarge { name: self.ground.folder.display().to_string(), what };
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            self.files_left = self.files_left.checked_sub(1).ok_or_else(|| too_large("there are too many files"))?;
            let path = Path::new(folder).join(&name);
            let Some(bytes) = read_inside(&self.ground, &path, LONGEST_FILE) else { continue };
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            self.bytes_left =
                self.bytes_left.checked_sub(length).ok_or_else(|| too_large("its files are too long together"))?;
            files.push((name, bytes));
        }
        Ok((!files.is_empty()).then(|| Files { folder: folder.to_owned(), files }))
    }
}

impl Shelf for Folder {
    fn root(&mut self) -> Result<Files, SourceError> {
        let name = self.ground.folder.display().to_string();
        self.files(".")?.ok_or(SourceError::Empty { name })
    }

    fn child(&mut self, key: &str, from: &str, source: &str) -> Result<Option<Files>, SourceError> {
        if source.starts_with("./") || source.starts_with("../") {
            return self.files(&normal(&Path::new(from).join(source)));
        }
        match self.fetched.get(key).cloned() {
            Some(folder) => self.files(&normal(Path::new(&folder))),
            None => Ok(None),
        }
    }
}

/// A folder, if it holds exactly these files: then what else the configuration reads lies there as well. Overrides may have
/// been there for the plan alone.
pub(super) fn holding(folder: &Path, files: &[(String, Vec<u8>)]) -> Option<Ground> {
    let ground = Folder::open(folder).ok()?.ground;
    let mut lasting = files.iter().filter(|(name, _)| !names::is_override(name)).peekable();
    lasting.peek()?;
    let is_there = |(name, bytes): &(String, Vec<u8>)| {
        read_inside(&ground, Path::new(name), LONGEST_FILE).is_some_and(|found| found == *bytes)
    };
    lasting.all(is_there).then_some(ground)
}

/// Whether a folder holds a configuration.
pub(super) fn holds_configuration(folder: &Path) -> bool {
    holds(folder, |name| names::is_configuration(name) && !names::is_json(name))
}

/// Whether a folder holds a configuration that is spelled as JSON, or a part of one.
pub(super) fn holds_json(folder: &Path) -> bool {
    holds(folder, |name| names::is_configuration(name) && names::is_json(name))
}

fn holds(folder: &Path, is_it: impl Fn(&str) -> bool) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_str().is_some_and(&is_it))
}

/// Where planwise runs: what a CI has unpacked without its history is told from there on, as the plan itself is.
fn working_directory() -> Option<PathBuf> {
    fs::canonicalize(std::env::current_dir().ok()?).ok()
}

/// A path without the steps that lead back.
pub(super) fn normal(path: &Path) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.components() {
        match step {
            Component::Normal(name) => steps.extend(name.to_str()),
            Component::ParentDir if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            Component::ParentDir => steps.push(".."),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    if steps.is_empty() { ".".to_owned() } else { steps.join("/") }
}

/// Where a path leads, links included, if that is inside the tree.
fn inside(ground: &Ground, path: &Path) -> Option<PathBuf> {
    let place = fs::canonicalize(ground.folder.join(path)).ok()?;
    place.starts_with(&ground.tree).then_some(place)
}

fn read_inside(ground: &Ground, path: &Path, most: u64) -> Option<Vec<u8>> {
    let place = inside(ground, path)?;
    let about = fs::metadata(&place).ok()?;
    (about.is_file() && about.len() <= most).then(|| fs::read(place).ok())?
}

/// The text of a file that the configuration reads, by its path from the root module's folder on.
pub(super) fn file(ground: &Ground, path: &str) -> Option<Arc<str>> {
    let bytes = read_inside(ground, Path::new(path), LONGEST_FILE / 2)?;
    String::from_utf8(bytes).ok().map(Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain() {
        assert_eq!(normal(Path::new("./modules/../modules/app")), "modules/app");
        assert_eq!(normal(Path::new("modules/../../shared")), "../shared");
        assert_eq!(normal(Path::new("./.")), ".");
    }

    #[test]
    fn nothing_is_read_outside_the_tree() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        fs::create_dir_all(root.join("inner")).unwrap();
        fs::create_dir_all(outer.path().join("beside")).unwrap();
        fs::write(root.join("main.tf"), "").unwrap();
        fs::write(root.join("inner/main.tf"), "").unwrap();
        fs::write(outer.path().join("beside/main.tf"), "").unwrap();
        fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret.txt"), root.join("link.txt")).unwrap();
        let mut folder = Folder::open(&root).unwrap();
        assert!(folder.child("a", ".", "./inner").unwrap().is_some());
        assert!(folder.child("a", ".", "../beside").unwrap().is_none());
        assert_eq!(file(&folder.ground, "../secret.txt"), None);
        assert_eq!(file(&folder.ground, "link.txt"), None);
        assert_eq!(file(&folder.ground, "/etc/hostname"), None);
        let files = |text: &str| vec![("main.tf".to_owned(), text.into()), ("x_override.tf".to_owned(), Vec::new())];
        assert!(holding(&root, &files("")).is_some());
        assert!(holding(&root, &files("changed")).is_none());
        assert!(holding(&root, &[]).is_none());
        // In a repository, modules may lie beside the root module.
        fs::create_dir(outer.path().join(".git")).unwrap();
        let mut folder = Folder::open(&root).unwrap();
        assert!(folder.child("a", ".", "../beside").unwrap().is_some());
    }
}
