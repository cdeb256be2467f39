//! Finds the file: from the working directory up to the root of its repository.

use std::path::{Path, PathBuf};

/// What it may be called; of both, the first counts.
pub const NAMES: [&str; 2] = ["planwise.yaml", "planwise.yml"];

/// The nearest file above `folder`, with the name by which a reader finds it from there. Where there is no repository, only
/// `folder` itself is looked at: what lies above it is somebody else's.
pub fn find(folder: &Path) -> Option<(PathBuf, String)> {
    let depth = folder.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    folder.ancestors().take(depth + 1).enumerate().find_map(|(above, folder)| {
        // A link that leads nowhere was meant to be one: it is an error, and not nothing.
        let is_there = |path: PathBuf| path.is_file() || (path.is_symlink() && !path.exists());
        let name = NAMES.into_iter().find(|name| is_there(folder.join(name)))?;
        Some((folder.join(name), format!("{}{name}", "../".repeat(above))))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_file_inside_the_repository() {
        let outside = tempfile::tempdir().unwrap();
        let (root, stack) = (outside.path().join("repo"), outside.path().join("repo/stacks/shop"));
        fs::create_dir_all(&stack).unwrap();
        fs::write(outside.path().join("planwise.yaml"), "").unwrap();
        let name = || find(&stack).map(|(_, name)| name);
        // Without a repository, nothing above.
        assert_eq!(name(), None);
        // In a worktree it is a file.
        fs::write(root.join(".git"), "").unwrap();
        assert_eq!(name(), None);
        fs::write(root.join("planwise.yml"), "").unwrap();
        assert_eq!(name().as_deref(), Some("../../planwise.yml"));
        fs::write(root.join("planwise.yaml"), "").unwrap();
        assert_eq!(name().as_deref(), Some("../../planwise.yaml"));
        fs::write(stack.join("planwise.yml"), "").unwrap();
        assert_eq!(name().as_deref(), Some("planwise.yml"));
    }

    /// Whoever follows it says that it leads nowhere.
    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("planwise.yaml")).unwrap();
        assert!(find(folder.path()).is_some());
    }
}
