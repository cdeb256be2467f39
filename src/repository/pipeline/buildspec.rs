//! Scripts of builds: phases with commands, as `buildspec.yml` has them.
//!
//! Sources, read 2026-11-30: build specification reference (phases, `on-failure`, `finally`); that `post_build` is run even where `build`
//! has failed, and `CODEBUILD_BUILD_SUCCEEDING` tells: learnaws.org, 2022-11-22, and Stack Overflow 46584324. How such a build ends
//! whose phase has `on-failure: CONTINUE` was not found.

use super::gather::{Gather, Manner};
use super::model::{Deed, Lenient};
use super::shelf::Shelf;
use super::shell::Shell;
use super::yaml::{Node, Yaml};

/// Phases that are left at the first failure, one after another.
const FIRST: [&str; 2] = ["install", "pre_build"];

/// What a part of a build does, with the commands.
pub(super) type Deeds = Vec<(Deed, Vec<String>)>;

/// What the phases of a build do.
#[derive(Default)]
pub(super) struct Phases {
    /// Before the build itself.
    pub(super) first: Deeds,
    /// The build itself.
    pub(super) build: Deeds,
    /// After it.
    pub(super) last: Deeds,
    /// Whether that is done even where the build itself has failed.
    pub(super) regardless: bool,
}

/// Reads a script.
///
/// # Errors
/// When it is none, with what is wrong with it.
pub(super) fn read(text: &str, manner: &Manner, shelf: &mut Shelf<'_>) -> Result<Phases, String> {
    let node = Node::read(text).map_err(|(problem, line)| format!("it is no YAML at line {line} ({problem})"))?;
    let phases = node.get("phases").ok_or_else(|| "it has no phases".to_owned())?;
    let mut of = |name: &str| phase(phases.get(name), manner, shelf);
    let first = FIRST.iter().flat_map(|name| of(name)).collect();
    let (build, last) = (of("build"), of("post_build"));
    // A script that asks how the build has gone may end itself.
    let minds = phases.get("post_build").is_some_and(|node| {
        let commands = node.get("commands").map(Node::texts).unwrap_or_default();
        commands.iter().any(|(text, _)| text.contains("CODEBUILD_BUILD_SUCCEEDING"))
    });
    Ok(Phases { first, build, last, regardless: !minds })
}

fn phase(node: Option<&Node>, manner: &Manner, shelf: &mut Shelf<'_>) -> Deeds {
    let Some(node) = node else { return Vec::new() };
    let goes_on = node.word("on-failure").is_some_and(|word| word.eq_ignore_ascii_case("CONTINUE"));
    let lenient = goes_on.then(|| Lenient { what: "on-failure: CONTINUE".to_owned(), certain: false });
    let manner = Manner { lenient: lenient.or_else(|| manner.lenient.clone()), ..manner.clone() };
    let mut gather = Gather::new(shelf);
    for (key, regardless) in [("commands", false), ("finally", true)] {
        let manner = Manner { regardless, ..manner.clone() };
        for (text, line) in node.get(key).map(lines).unwrap_or_default() {
            // Each command is one of its own: what fails ends the phase.
            gather.script(text, line, Shell::LAX, &manner);
        }
    }
    gather.deeds
}

/// The commands of a list, each with its line.
fn lines(node: &Node) -> Vec<(&str, usize)> {
    match &node.value {
        Yaml::List(items) => items.iter().flat_map(lines).collect(),
        _ => node.text().map(|text| (text, node.line)).into_iter().collect(),
    }
}
