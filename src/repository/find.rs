//! Which repository belongs to a plan.

use std::path::{Path, PathBuf};

use super::error::RepositoryError;
use super::tree::Tree;

/// What somebody asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The folder that was named.
    pub folder: Option<PathBuf>,
    /// Whether none is wanted.
    pub none: bool,
}

/// Finds the repository: the folder that was named, else the repository that holds the first of `plans`, else the one that
/// holds the working directory. Nothing where there is none.
///
/// # Errors
/// When the folder that was named cannot be read.
pub fn find(wanted: &Wanted, plans: &[PathBuf]) -> Result<Option<Tree>, RepositoryError> {
    if wanted.none {
        return Ok(None);
    }
    let folders = || plans.iter().filter_map(|plan| std::fs::canonicalize(plan).ok()?.parent().map(Path::to_path_buf));
    if let Some(root) = &wanted.folder {
        return Tree::open(root, folders()).map(Some);
    }
    let here = std::env::current_dir().ok().and_then(|folder| std::fs::canonicalize(folder).ok());
    let mut starts = folders().chain(here);
    let Some(root) = starts.find_map(|folder| root_above(&folder)) else { return Ok(None) };
    // What was merely found, and cannot be read, is none.
    let Ok(mut tree) = Tree::open(&root, folders()) else { return Ok(None) };
    let other = folders().find_map(|folder| root_above(&folder).filter(|other| *other != root));
    if let Some(other) = other {
        let note = format!(
            "the plans lie in several repositories: what stands beside them is read in {} and not in {}; check them one by one, or \
             pass --repo",
            name(&root),
            name(&other)
        );
        tree.notes.push(note);
    }
    Ok(Some(tree))
}

fn name(root: &Path) -> String {
    root.file_name().map_or_else(|| root.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The nearest folder, from `folder` upwards, that is the root of a repository. In a worktree, `.git` is a file.
fn root_above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_repository_of_the_plan() {
        let outer = tempfile::tempdir().unwrap();
        let stack = outer.path().join("shop/stacks/live");
        fs::create_dir_all(&stack).unwrap();
        fs::create_dir_all(outer.path().join("shop/.git")).unwrap();
        fs::create_dir_all(outer.path().join("shop/stacks/live/docs/slos")).unwrap();
        fs::write(outer.path().join("shop/stacks/live/docs/slos/a.yml"), "near").unwrap();
        fs::create_dir_all(outer.path().join("shop/docs/slos")).unwrap();
        fs::write(outer.path().join("shop/docs/slos/b.yml"), "far").unwrap();
        let plan = stack.join("plan.json");
        fs::write(&plan, "{}").unwrap();
        let read = |wanted: &Wanted| {
            let tree = find(wanted, std::slice::from_ref(&plan)).unwrap();
            tree.map(|mut tree| {
                let files = tree.below("docs/slos", &["yml"], 1);
                files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>()
            })
        };
        // Both count: what lies at the root, and what lies nearer to the plan.
        assert_eq!(
            read(&Wanted::default()).unwrap(),
            ["docs/slos/b.yml", "stacks/live/docs/slos/a.yml"],
            "the root comes first"
        );
        assert_eq!(read(&Wanted { none: true, ..Wanted::default() }), None);
        let named = Wanted { folder: Some(stack.clone()), none: false };
        assert_eq!(read(&named).unwrap(), ["docs/slos/a.yml"]);
        let missing = Wanted { folder: Some(stack.join("nowhere")), none: false };
        let error = find(&missing, &[]).unwrap_err().to_string();
        assert!(error.contains("nowhere") && error.contains("--no-repo"), "{error}");
    }

    #[test]
    fn plans_of_several_repositories_are_told() {
        let outer = tempfile::tempdir().unwrap();
        let plans: Vec<PathBuf> = ["one", "two"].map(|name| outer.path().join(name)).into_iter().collect();
        for folder in &plans {
            fs::create_dir_all(folder.join(".git")).unwrap();
            fs::write(folder.join("plan.json"), "{}").unwrap();
        }
        let plans: Vec<PathBuf> = plans.iter().map(|folder| folder.join("plan.json")).collect();
        let tree = find(&Wanted::default(), &plans).unwrap().unwrap();
        assert!(tree.notes[0].contains("read in one and not in two"), "{:?}", tree.notes);
        assert!(find(&Wanted::default(), &plans[..1]).unwrap().unwrap().notes.is_empty());
    }
}
