//! Where the configuration of a plan is.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::Archive;
use super::error::SourceError;
use super::folder::{Folder, holding, holds_configuration, holds_json};
use super::tree::{Claim, Source};
use crate::units::few;

/// What somebody asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The binary plan that was named.
    pub planfile: Option<PathBuf>,
    /// The binary plan that the surroundings name.
    pub surroundings: Option<PathBuf>,
    /// The folder that was named.
    pub folder: Option<PathBuf>,
    /// Whether no source is wanted.
    pub none: bool,
    /// Whether it is asked for several plans. A binary plan belongs to one of them, and nobody knows to which.
    pub several: bool,
}

/// Finds the configuration of the plan in the file at `plan`, or of one that came without a file: what was named, else a
/// binary plan beside it that was made at the same time, else the folder that it lies in, else the working directory. Gives what
/// was found, and what to say of what could not be used. `says` tells whether the plan's JSON holds a text in quotes.
///
/// # Errors
/// When what was named cannot be used. What was only found is then left alone.
pub fn find(
    wanted: &Wanted,
    plan: Option<&Path>,
    says: &dyn Fn(&str) -> bool,
) -> Result<(Option<Source>, Vec<String>), SourceError> {
    let mut notes = Vec::new();
    if wanted.none {
        return Ok((None, notes));
    }
    let own = plan.and_then(Path::parent);
    let own = own.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let folders: Vec<&Path> = own.into_iter().chain([Path::new(".")]).collect();
    if wanted.planfile.is_some() || wanted.folder.is_some() {
        let mut source = match (&wanted.planfile, &wanted.folder) {
            (Some(planfile), _) => archive_at(planfile, &folders)?,
            (None, Some(folder)) => folder_at(folder)?,
            (None, None) => return Ok((None, notes)),
        };
        source.claim = if wanted.several { Claim::Shared } else { Claim::Named };
        if let (Some(planfile), Some(folder)) = (&wanted.planfile, &wanted.folder) {
            source.lies_in(Some(Folder::open(folder)?.ground));
            notes.extend(difference(&source, planfile, folder));
        }
        return Ok((Some(source), notes));
    }
    let surroundings = wanted.surroundings.as_ref().filter(|_| !wanted.several);
    for planfile in surroundings.cloned().into_iter().chain(beside(plan)) {
        match archive_at(&planfile, &folders) {
            Ok(source) => match &source.made {
                Some(made) if !says(made) => notes.push(format!(
                    "{} was made at {made}, and no plan here was: the configuration is not read from it",
                    planfile.display()
                )),
                _ => return Ok((Some(source), notes)),
            },
            // What merely has the name of one is none of ours.
            Err(SourceError::NotAPlan { what: "it is no zip file" | "it is empty" | "it is JSON", .. }) => {}
            Err(SourceError::Io { .. }) if wanted.surroundings.as_ref() != Some(&planfile) => {}
            Err(error) => notes.push(format!("{}; the configuration is not read from it", error.in_short())),
        }
    }
    let folder = folders.iter().find(|folder| holds_configuration(folder));
    let Some(folder) = folder else {
        notes.extend(folders.iter().find(|folder| holds_json(folder)).map(|folder| json_alone(folder)));
        return Ok((None, notes));
    };
    match folder_at(folder) {
        Ok(mut source) => {
            source.is_own = own.is_none_or(|own| lies_below(own, folder));
            Ok((Some(source), notes))
        }
        Err(error) => {
            notes.push(format!("{}; the configuration is not read from it", error.in_short()));
            Ok((None, notes))
        }
    }
}

/// Whether a folder is another one, or lies below it.
fn lies_below(folder: &Path, other: &Path) -> bool {
    match (fs::canonicalize(folder), fs::canonicalize(other)) {
        (Ok(folder), Ok(other)) => folder.starts_with(other),
        _ => false,
    }
}

/// What to say where a binary plan and a folder that are named together are not of one text.
fn difference(source: &Source, planfile: &Path, folder: &Path) -> Option<String> {
    let files = source.differences(&folder_at(folder).ok()?);
    (!files.is_empty()).then(|| {
        format!(
            "{} and {} differ in {}: values, comments and lines are those of {0}, and a line may be another one in the folder by now",
            planfile.display(),
            folder.display(),
            few(&files)
        )
    })
}

/// What to say of a folder in which nothing can be read.
fn json_alone(folder: &Path) -> String {
    let name = if folder == Path::new(".") { "the working directory".to_owned() } else { folder.display().to_string() };
    format!(
        "{name} holds Terraform's language spelled as JSON (.tf.json), which is not read: findings name no lines of it, and what the plan \
         knows only after apply stays unknown"
    )
}

/// A binary plan; files that its configuration reads are taken from the first of `folders` that holds its root module.
fn archive_at(path: &Path, folders: &[&Path]) -> Result<Source, SourceError> {
    let mut archive = Archive::open(path)?;
    let ground = folders.iter().find_map(|folder| holding(folder, archive.root_files()));
    let mut source = Source::read(&mut archive)?;
    source.made = archive.made;
    source.lies_in(ground);
    Ok(source)
}

fn folder_at(path: &Path) -> Result<Source, SourceError> {
    let mut folder = Folder::open(path)?;
    let mut source = Source::read(&mut folder)?;
    source.lies_in(Some(folder.ground));
    Ok(source)
}

/// Binary plans that may lie beside a plan's JSON: `plan`, `plan.tfplan`, `tfplan`.
pub fn beside(plan: Option<&Path>) -> Vec<PathBuf> {
    let Some(plan) = plan else { return Vec::new() };
    let mut all = vec![plan.with_extension(""), plan.with_extension("tfplan"), plan.with_file_name("tfplan")];
    all.dedup();
    all.retain(|path| path != plan && path.is_file());
    all
}
