//! Why a plan could not be read, and the way out.

use std::io;

/// Why an input is not analysed. Each message names the input, says what it is, and what to do.
///
/// No message quotes the input: it may hold secrets.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The file cannot be opened or read.
    #[error(
        "{name} cannot be read: {source}\n  hint: name a file that `terraform show -json tfplan > plan.json` wrote, or - for standard input"
    )]
    Io {
        /// The input.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A folder was named.
    #[error(
        "{name} is a folder, not a plan\n  hint: name the file that `terraform show -json tfplan > plan.json` wrote"
    )]
    Folder {
        /// The input.
        name: String,
    },
    /// There is nothing in it.
    #[error(
        "{name} is empty\n  hint: did `terraform show -json tfplan > plan.json` fail? Run it again and look at its errors"
    )]
    Empty {
        /// The input.
        name: String,
    },
    /// It is something else, and we know what.
    #[error("{name} is not the JSON of a plan: it is {what}\n  hint: {hint}")]
    NotAPlan {
        /// The input.
        name: String,
        /// What it is.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The JSON stops short.
    #[error(
        "{name} is cut off: the JSON ends at byte {byte} in the middle of a value\n  hint: write it again with `terraform show -json tfplan > plan.json`; a full disk or a broken pipe cuts files short"
    )]
    Truncated {
        /// The input.
        name: String,
        /// Where it ends.
        byte: usize,
    },
    /// It is not JSON.
    #[error("{name} is not valid JSON: {problem} at line {line}, column {column} (byte {byte})\n  hint: {hint}")]
    Syntax {
        /// The input.
        name: String,
        /// What is wrong there, without the text that is.
        problem: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// The byte, from 0.
        byte: usize,
        /// What to do.
        hint: String,
    },
    /// A plan of a format that this program does not know.
    #[error(
        "{name} has plan format {found}, which planwise does not know (0.1, 0.2 and 1.x are)\n  hint: update planwise, or show the plan with a version of Terraform whose format is 1.x"
    )]
    Version {
        /// The input.
        name: String,
        /// The `format_version` found.
        found: String,
    },
    /// The text is in no encoding that plans come in.
    #[error(
        "{name} is {problem}\n  hint: write it as UTF-8; in PowerShell: `terraform show -json tfplan | Out-File -Encoding utf8 plan.json`"
    )]
    Encoding {
        /// The input.
        name: String,
        /// What is wrong.
        problem: String,
    },
}
