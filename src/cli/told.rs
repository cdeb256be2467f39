//! How an error is printed.

use std::ffi::OsString;

use super::commands::CliError;
use crate::report::{harmless, one_line};

/// An error for standard error, which a CI system may read as well: no name in it breaks a line, moves what stands around it or is a
/// command.
pub fn told(error: &CliError, typed: impl Iterator<Item = OsString>) -> String {
    let names = typed.skip(1).map(|word| word.to_string_lossy().into_owned());
    // Of `--output FORMAT=FILE` the file alone is named.
    let names = names.flat_map(|word| [word.split_once('=').map(|(_, file)| file.to_owned()), Some(word)]).flatten();
    let text = names
        .filter(|name| name.contains(char::is_control))
        .fold(error.to_string(), |text, name| text.replace(&name, &one_line(&name)));
    harmless(&format!("error: {text}"))
}

/// The same of what was mistyped; nothing where it is harmless as it is, with its colours.
pub fn told_plainly(error: &clap::Error) -> Option<String> {
    let text = error.render().to_string();
    let told = harmless(&text);
    (told != text).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_an_option_is_a_name() {
        use clap::Parser as _;
        let typed = |word: &str| {
            let error = crate::cli::Cli::try_parse_from(["planwise", "check", word]).unwrap_err();
            told_plainly(&error)
        };
        assert_eq!(typed("--no-such-option"), None);
        let text = typed("--x\n::stop-commands::y\u{1b}[2K").unwrap();
        assert!(!text.contains('\u{1b}') && !text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    }

    #[test]
    fn a_name_is_a_name() {
        let name = "a\n::stop-commands::x\u{1b}[2K##[group]/plan.json";
        let error = || CliError::ReportFile { name: name.to_owned(), kind: std::io::ErrorKind::NotFound };
        let typed = |word: &str| told(&error(), ["planwise", "check", word].map(OsString::from).into_iter());
        for word in [name.to_owned(), format!("json={name}")] {
            let text = typed(&word);
            assert!(
                text.starts_with("error: a ::stop-commands::x\\u{1b}[2K# #[group]/plan.json cannot be read"),
                "{text}"
            );
            assert_eq!(text.lines().count(), 2, "{text}");
        }
        // One that was found in a folder.
        let text = typed("folder");
        assert!(!text.contains('\u{1b}') && !text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    }
}
