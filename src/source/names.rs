//! Which files make up a module, by their names.
//!
//! Source: OpenTofu documentation, "Files and Directories" (extension precedence) and "Override Files", read 2026-11-29;
//! Terraform documentation, "Files and directories", read 2026-11-23.

/// The endings of Terraform's language, and of its spelling as JSON.
const ENDINGS: [(&str, &str); 4] = [(".tofu", ".tf"), (".tf", ""), (".tofu.json", ".tf.json"), (".tf.json", "")];

/// Whether a file is a part of the module in whose folder it lies.
pub(super) fn is_configuration(name: &str) -> bool {
    // Editors leave such files behind; Terraform reads none of them.
    stem(name).is_some() && !name.starts_with(['.', '#']) && !name.ends_with('~')
}

/// Whether Terraform reads a file of this name: a part of a module, values of variables, a lock or a state.
pub fn is_input_of_terraform(name: &str) -> bool {
    let endings = [".tfvars", ".tfvars.json", ".tfstate", ".tfstate.backup", ".terraform.lock.hcl"];
    is_configuration(name) || endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether it is written as JSON, which nobody here reads.
pub(super) fn is_json(name: &str) -> bool {
    name.strip_suffix(".json").is_some()
}

/// Whether its blocks change those of other files.
pub(super) fn is_override(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    stem(file).is_some_and(|(stem, _)| stem == "override" || stem.ends_with("_override"))
}

/// Leaves out what OpenTofu does: `main.tf` where there is a `main.tofu`.
pub(super) fn prefer_tofu(names: &mut Vec<String>) {
    let shadowed: Vec<String> = names
        .iter()
        .filter_map(|name| stem(name).filter(|(_, shadows)| !shadows.is_empty()))
        .map(|(stem, shadows)| format!("{stem}{shadows}"))
        .collect();
    names.retain(|name| !shadowed.contains(name));
}

/// A name without its ending, and the ending that this one stands before.
fn stem(name: &str) -> Option<(&str, &'static str)> {
    ENDINGS.iter().find_map(|(ending, shadows)| Some((name.strip_suffix(ending)?, *shadows)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_names() {
        for name in ["main.tf", "main.tofu", "main.tf.json", "main.tofu.json", "override.tf"] {
            assert!(is_configuration(name), "{name}");
        }
        for name in [".main.tf", "#main.tf", "main.tf~", "main.tfvars", "main.tf.bak", "tf", "main.json"] {
            assert!(!is_configuration(name), "{name}");
        }
        for name in ["override.tf", "x_override.tofu", "modules/a/override.tf", "x_override.tf.json"] {
            assert!(is_override(name), "{name}");
        }
        assert!(!is_override("my-override.tf") && !is_override("override.txt") && !is_override("override/main.tf"));
        let mut names =
            ["a.tf", "a.tofu", "b.tf", "c.tofu", "d.tf.json", "d.tofu.json", "d.tf"].map(str::to_owned).to_vec();
        prefer_tofu(&mut names);
        assert_eq!(names, ["a.tofu", "b.tf", "c.tofu", "d.tofu.json", "d.tf"]);
    }
}
