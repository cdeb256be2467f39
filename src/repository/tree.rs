//! Reads text files of a repository within bounds: nothing outside of it, nothing that is too large, not too many.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::error::RepositoryError;
use crate::model::Text;

/// No file that people write by hand is longer.
const LONGEST_FILE: u64 = 1 << 20;
/// So many files are read at the most.
const MOST_FILES: usize = 2_000;
/// So many bytes of all files together.
const MOST_BYTES: u64 = 32 << 20;
/// So many names are looked at in one folder.
const MOST_NAMES: usize = 5_000;

/// A text file of the repository.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextFile {
    /// Its path from the root on, with `/` on every system.
    pub path: Text,
    /// What stands in it, without a byte order mark.
    pub text: String,
}

/// A repository that can be read from.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    /// Folders in which known folders are looked for, from the root on: the root, and those that lead to the plans.
    bases: Vec<String>,
    files_left: usize,
    bytes_left: u64,
    seen: BTreeSet<PathBuf>,
    /// What was asked for by its name, which several may do.
    asked: BTreeMap<PathBuf, Option<String>>,
    /// What was not read, and why.
    pub notes: Vec<String>,
}

impl Tree {
    /// Opens the repository at `root`, in which plans lie in `folders`.
    ///
    /// # Errors
    /// When it is no folder that can be read.
    pub fn open(root: &Path, folders: impl IntoIterator<Item = PathBuf>) -> Result<Self, RepositoryError> {
        let error = |kind| RepositoryError::NoFolder { name: root.display().to_string(), kind };
        let canonical = fs::canonicalize(root).map_err(|source| error(source.kind()))?;
        fs::read_dir(&canonical).map_err(|source| error(source.kind()))?;
        let mut bases = BTreeSet::from([String::new()]);
        for folder in folders {
            let Some(steps) = fs::canonicalize(folder).ok().and_then(|folder| relative(&canonical, &folder)) else {
                continue;
            };
            let ends = steps.match_indices('/').map(|(at, _)| at).chain([steps.len()]);
            bases.extend(ends.filter_map(|end| steps.get(..end).map(str::to_owned)));
        }
        let bases = bases.into_iter().collect();
        let (files_left, bytes_left) = (MOST_FILES, MOST_BYTES);
        let (seen, asked, notes) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
        Ok(Self { root: canonical, bases, files_left, bytes_left, seen, asked, notes })
    }

    /// Its folder, by the path that leads there without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path from the root on of a folder that somebody names in `folder`; nothing if there is no such folder inside.
    pub fn named(&self, folder: &Path, name: &str) -> Option<String> {
        let place = fs::canonicalize(folder.join(name)).ok().filter(|place| place.is_dir())?;
        relative(&self.root, &place)
    }

    /// The file at `path`, below the root and below each folder that leads to a plan; nothing where it is not there.
    pub fn file(&mut self, path: &str) -> Vec<TextFile> {
        let paths: Vec<String> = self.bases.iter().map(|base| joined(base, path)).collect();
        paths.iter().filter_map(|path| self.read(path)).collect()
    }

    /// The text of the first file at `path`, as [`Tree::file`] finds them, however often it is asked for.
    pub fn text(&mut self, path: &str) -> Option<String> {
        let paths: Vec<String> = self.bases.iter().map(|base| joined(base, path)).collect();
        paths.iter().find_map(|path| {
            let place = self.place(path)?;
            if let Some(known) = self.asked.get(&place) {
                return known.clone();
            }
            self.seen.remove(&place);
            let text = self.read(path).map(|file| file.text);
            self.asked.insert(place, text.clone());
            text
        })
    }

    /// The files with one of these `endings` (without the dot) in the known folder `folder`, down to `depth` levels below it, in
    /// the order of their paths; below the root and below each folder that leads to a plan.
    pub fn below(&mut self, folder: &str, endings: &[&str], depth: usize) -> Vec<TextFile> {
        let folders: Vec<String> = self.bases.iter().map(|base| joined(base, folder)).collect();
        folders.iter().flat_map(|folder| self.inside(folder, endings, depth)).collect()
    }

    /// The same in one folder, by its path from the root on.
    pub fn inside(&mut self, folder: &str, endings: &[&str], depth: usize) -> Vec<TextFile> {
        let Some(place) = self.place(folder).filter(|place| place.is_dir()) else { return Vec::new() };
        let Ok(entries) = fs::read_dir(&place) else {
            self.notes.push(format!("{folder} cannot be read"));
            return Vec::new();
        };
        let mut names: Vec<String> =
            entries.take(MOST_NAMES).filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        if names.len() == MOST_NAMES {
            self.notes
                .push(format!("{folder} holds more than {MOST_NAMES} names: what stands behind them is not read"));
        }
        names.sort();
        let mut files = Vec::new();
        for name in names.iter().filter(|name| !name.starts_with('.')) {
            let path = joined(folder, name);
            let is_folder = self.place(&path).is_some_and(|place| place.is_dir());
            if is_folder && depth > 0 {
                files.extend(self.inside(&path, endings, depth - 1));
            } else if !is_folder && ends_in(name, endings) {
                files.extend(self.read(&path));
            }
        }
        files
    }

    /// Where a path leads, links included, if that is inside the repository.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let place = fs::canonicalize(self.root.join(path)).ok()?;
        place.starts_with(&self.root).then_some(place)
    }

    /// Reads one file, once.
    fn read(&mut self, path: &str) -> Option<TextFile> {
        let place = self.place(path)?;
        let about = fs::metadata(&place).ok().filter(fs::Metadata::is_file)?;
        if !self.seen.insert(place.clone()) {
            return None;
        }
        if about.len() > LONGEST_FILE {
            self.notes.push(format!("{path} is not read: it is longer than {} KiB", LONGEST_FILE >> 10));
            return None;
        }
        let (Some(files_left), Some(bytes_left)) =
            (self.files_left.checked_sub(1), self.bytes_left.checked_sub(about.len()))
        else {
            let note = format!("{path} and what comes after it are not read: the files before it are enough");
            if !self.notes.iter().any(|note| note.ends_with("are enough")) {
                self.notes.push(note);
            }
            return None;
        };
        (self.files_left, self.bytes_left) = (files_left, bytes_left);
        let text = fs::read(&place).map_err(|error| error.kind().to_string());
        match text.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                Some(TextFile { path: path.into(), text })
            }
            Err(why) => {
                self.notes.push(format!("{path} is not read: {why}"));
                None
            }
        }
    }
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn joined(base: &str, path: &str) -> String {
    match (base, path) {
        ("", path) => path.to_owned(),
        (base, "") => base.to_owned(),
        (base, path) => format!("{base}/{path}"),
    }
}

/// The steps from `root` to a folder inside of it, with `/` between them.
fn relative(root: &Path, folder: &Path) -> Option<String> {
    let steps = folder.strip_prefix(root).ok()?.components().map(|step| match step {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(steps.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(root: &Path) -> Tree {
        Tree::open(root, []).unwrap()
    }

    fn paths(files: &[TextFile]) -> Vec<&str> {
        files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn known_files_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("docs/adr/old/older")).unwrap();
        for name in ["b.md", "a.MD", "c.txt", ".hidden.md", "old/d.md", "old/older/e.md"] {
            fs::write(root.join("docs/adr").join(name), "text").unwrap();
        }
        assert_eq!(
            paths(&tree(root).below("docs/adr", &["md"], 1)),
            ["docs/adr/a.MD", "docs/adr/b.md", "docs/adr/old/d.md"]
        );
        assert_eq!(paths(&tree(root).below("docs/adr", &["md", "txt"], 0)).len(), 3);
        assert!(tree(root).below("nowhere", &["md"], 3).is_empty());
        let mut tree = tree(root);
        assert_eq!(paths(&tree.file("docs/adr/b.md")), ["docs/adr/b.md"]);
        assert!(tree.file("docs/adr/b.md").is_empty(), "nothing is read twice");
        assert_eq!(tree.text("docs/adr/b.md").as_deref(), Some("text"), "but by its name");
        assert_eq!(tree.text("docs/adr/b.md").as_deref(), Some("text"));
        assert_eq!(tree.text("docs/adr/none.md"), None);
        assert!(tree.notes.is_empty());
    }

    #[test]
    fn what_is_not_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("slos")).unwrap();
        let long = usize::try_from(LONGEST_FILE).unwrap() + 1;
        fs::write(root.join("slos/long.yml"), "a".repeat(long)).unwrap();
        fs::write(root.join("slos/bytes.yml"), [0xff, 0xfe, 0x00]).unwrap();
        fs::write(root.join("slos/mark.yml"), "\u{feff}service: a").unwrap();
        let mut tree = tree(root);
        let files = tree.below("slos", &["yml"], 0);
        assert_eq!(files, [TextFile { path: "slos/mark.yml".into(), text: "service: a".to_owned() }]);
        assert_eq!(tree.notes.len(), 2);
        assert!(tree.notes[0].starts_with("slos/bytes.yml is not read: it is not UTF-8"), "{:?}", tree.notes);
        assert!(tree.notes[1].starts_with("slos/long.yml is not read: it is longer than 1024 KiB"), "{:?}", tree.notes);
        tree.files_left = 0;
        fs::write(root.join("slos/other.yml"), "").unwrap();
        assert!(tree.below("slos", &["yml"], 0).is_empty());
        assert!(tree.notes.iter().any(|note| note.contains("are enough")), "{:?}", tree.notes);
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        fs::create_dir_all(root.join("docs/slos")).unwrap();
        fs::create_dir_all(outer.path().join("beside")).unwrap();
        fs::write(outer.path().join("beside/secret.yml"), "secret").unwrap();
        fs::write(root.join("real.yml"), "real").unwrap();
        symlink(outer.path().join("beside/secret.yml"), root.join("docs/slos/file.yml")).unwrap();
        symlink(outer.path().join("beside"), root.join("docs/slos/folder")).unwrap();
        symlink("../../real.yml", root.join("docs/slos/inner.yml")).unwrap();
        // A circle ends.
        symlink(".", root.join("docs/slos/self")).unwrap();
        let mut tree = tree(&root);
        assert_eq!(paths(&tree.below("docs/slos", &["yml"], 5)), ["docs/slos/inner.yml"]);
        assert!(tree.file("../beside/secret.yml").is_empty());
        assert_eq!(tree.named(&root, "docs/slos").as_deref(), Some("docs/slos"));
        assert_eq!(tree.named(&root, "../beside"), None);
        assert_eq!(tree.named(&root.join("docs"), "slos").as_deref(), Some("docs/slos"));
    }
}
