//! `planwise comment --post` where the program was built without it.

use std::io::Write;

use super::commands::CliError;
use super::comment::PostArgs;

/// Says how to get it.
pub(super) fn post(_: &PostArgs, _: (&str, &str), _: bool, _: &mut dyn Write) -> Result<(), CliError> {
    Err(CliError::NoPost)
}
