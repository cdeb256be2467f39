//! `planwise`: see the library for what it does.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use planwise::cli::{Cli, misread, run, told, told_plainly};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The input could not be analysed, or the output not be written.
const COULD_NOT: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misread_as(&error),
    };
    match run(&cli) {
        Ok(code) => ExitCode::from(code),
        // Whoever read the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // With standard error gone there is nobody left to tell.
            let _ = writeln!(io::stderr(), "{}", told(&error, std::env::args_os()));
            ExitCode::from(COULD_NOT)
        }
    }
}

/// Help was asked for, or what was typed is wrong.
fn misread_as(error: &clap::Error) -> ExitCode {
    if let Some(page) = misread(std::env::args_os(), error) {
        return if io::stdout().write_all(&page).is_ok() { ExitCode::SUCCESS } else { ExitCode::from(COULD_NOT) };
    }
    // With the terminal gone there is nobody left to tell.
    let _ = match told_plainly(error) {
        Some(text) => write!(io::stderr(), "{text}"),
        None => error.print(),
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(COULD_NOT))
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = error.source();
    }
    false
}
