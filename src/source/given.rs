//! Which variables get their values from files beside the root module.
//!
//! Source: Terraform documentation, "Assign values to input variables": `terraform.tfvars`, `terraform.tfvars.json` and
//! `*.auto.tfvars[.json]` are read by themselves, others where `-var-file` names them; read 2026-11-30.

use std::collections::BTreeSet;
use std::fs;

use super::folder;
use super::tree::{Ground, Source};

impl Source {
    /// Whether no file of values gives a variable of the root module a value, as far as that is known.
    pub(super) fn is_left_to_default(&self, variable: &str) -> bool {
        let given = self.given.get_or_init(|| self.files.as_ref().and_then(given));
        given.as_ref().is_some_and(|names| !names.contains(variable))
    }
}

/// So deep below the root module are files of values looked for, and so many folders and files are looked at.
const DEEPEST: usize = 3;
const MOST: usize = 1_000;

/// The names in all files of values in a folder and below; nothing where one of them cannot be read, or there is too much.
fn given(ground: &Ground) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let mut left = MOST;
    let mut open = vec![(String::new(), 0)];
    while let Some((folder, depth)) = open.pop() {
        for entry in fs::read_dir(ground.folder.join(&folder)).ok()? {
            left = left.checked_sub(1)?;
            let entry = entry.ok()?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if entry.file_type().ok()?.is_dir() {
                if !name.starts_with('.') && depth < DEEPEST {
                    open.push((path, depth + 1));
                }
            } else {
                names.extend(named_in(ground, &path)?);
            }
        }
    }
    Some(names)
}

/// The names that a file gives values, if it is one that does; nothing where it cannot be read.
fn named_in(ground: &Ground, file: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    // One that is named with -var-file tells as well that the default is not what counts.
    if file.ends_with(".tfvars") {
        let text = folder::file(ground, file)?;
        let body = hcl_edit::parser::parse_body(&text).ok()?;
        names.extend(body.into_attributes().map(|attribute| attribute.key.as_str().to_owned()));
    } else if file.ends_with(".tfvars.json") {
        let values: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&folder::file(ground, file)?).ok()?;
        names.extend(values.into_iter().map(|(name, _)| name));
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_values_name_variables() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_path_buf();
        let ground = Ground { folder: here.clone(), tree: here.clone(), root: Some(here) };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        assert_eq!(given(&ground), Some(BTreeSet::new()));
        write("terraform.tfvars", "size = 20\n");
        write("x.auto.tfvars.json", "{\"kind\": \"gp2\"}");
        write("prod.tfvars", "zones = [\n  1,\n]\n");
        write("main.tf", "other = 1\n");
        fs::create_dir(folder.path().join("env")).unwrap();
        write("env/prod.tfvars", "deep = 1\n");
        assert_eq!(given(&ground).unwrap().into_iter().collect::<Vec<_>>(), ["deep", "kind", "size", "zones"]);
        write("broken.tfvars", "a = = 1\n");
        assert_eq!(given(&ground), None);
    }
}
