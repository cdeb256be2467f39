//! What may be wrong with a policy, and with the file that holds one.

use crate::units::nearest;

/// Why a policy cannot be used. Each message names the policy, the place, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It is not YAML, or not of this shape.
    #[error("{name} cannot be used: {problem}\n  hint: {hint}")]
    Shape {
        /// The policy.
        name: String,
        /// What is wrong, and where.
        problem: String,
        /// What may be meant, or where to look.
        hint: String,
    },
    /// It sets a threshold to something that makes no sense.
    #[error("{name}: {threshold} is {value}, and may be {most} at most\n  hint: it stands for {meaning}")]
    TooMuch {
        /// The policy.
        name: String,
        /// The threshold.
        threshold: String,
        /// What was written.
        value: u64,
        /// The greatest value that makes sense.
        most: u64,
        /// What the threshold means.
        meaning: &'static str,
    },
    /// It names something that does not exist.
    #[error("{name}: there is no {kind} {word}\n  hint: {hint}")]
    Unknown {
        /// The policy, and the line where that is known.
        name: String,
        /// What it should be.
        kind: &'static str,
        /// What was written.
        word: String,
        /// What may be meant, or what there is.
        hint: String,
    },
    /// Something at one place of it makes no sense.
    #[error("{place}: {problem}\n  hint: {hint}")]
    At {
        /// The file and the line.
        place: String,
        /// What is wrong there.
        problem: String,
        /// What to write instead, or where to look.
        hint: &'static str,
    },
}

/// Something that is named and does not exist.
pub fn unknown<'n>(
    name: &str,
    kind: &'static str,
    word: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> PolicyError {
    let near = nearest(word.rsplit('.').next().unwrap_or(word), known.clone());
    let all: Vec<&str> = known.collect();
    let hint = match near {
        Some(near) => format!("did you mean {near}?"),
        None if all.is_empty() => "this rule has none".to_owned(),
        None => format!("there are {}", all.join(", ")),
    };
    PolicyError::Unknown { name: name.to_owned(), kind, word: word.to_owned(), hint }
}

/// What the YAML reader says of `name`, with what may be meant where a key does not exist; else `hint`.
pub fn misread(name: &str, error: &serde_saphyr::Error, hint: &str) -> PolicyError {
    let whole = error.to_string();
    // The first line says it; the others show the text.
    let first = whole.lines().next().unwrap_or_default();
    let problem = first.strip_prefix("error: ").unwrap_or(first);
    let meant = problem.split_once("unknown field `").and_then(|(_, rest)| {
        let (word, rest) = rest.split_once('`')?;
        let known = rest.split_once("expected ")?.1.trim_start_matches("one of ");
        nearest(word, known.split(", ").map(|name| name.trim_matches('`')))
    });
    let hint = meant.map_or_else(|| hint.to_owned(), |near| format!("did you mean {near}?"));
    let problem = problem.replace("unknown field", "there is no key").replace(", expected", "; there is");
    PolicyError::Shape { name: name.to_owned(), problem: in_words(&problem), hint }
}

/// What the YAML reader says to programmers, as others would say it; the place before it stays.
fn in_words(problem: &str) -> String {
    let (place, what) = match problem.split_once(": ") {
        Some((place, what)) if place.starts_with("line ") => (format!("{place}: "), what),
        _ => (String::new(), problem),
    };
    if let Some(key) = what.strip_prefix("duplicate mapping key: ") {
        let key = key.split_once(", set ").map_or(key, |(key, _)| key);
        return format!("{place}the key {key} is there twice");
    }
    let known = [
        ("multiple YAML documents", "there are several documents, and one is read"),
        ("budget breached", "it is larger than such a file can be"),
        ("expected mapping start", "keys with values belong here"),
        ("expected sequence start", "a list belongs here"),
        ("expected string scalar", "a word or a number belongs here"),
        ("non-finite float", "that is no number"),
    ];
    let known = known.into_iter().find(|(start, _)| what.starts_with(start));
    format!("{place}{}", known.map_or(what, |(_, words)| words))
}

/// Whether a file says nothing: it has comments and the marks of a document at most.
pub fn is_bare(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || line == "---" || line == "...")
}
