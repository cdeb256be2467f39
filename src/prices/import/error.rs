//! Why a price file cannot be used.

use std::io;

/// What is accepted, for whoever gave something else.
const ACCEPTED: &str = "accepted are AWS Price List offer files (index.json or index.csv of one service), answers of AWS's \
                        GetProducts, pages of Azure's Retail Prices API and of Google's Cloud Billing SKUs; each may be \
                        packed with gzip";

/// Why price files cannot be imported. Nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(
        "{file} cannot be read: {kind}\n  hint: name a price file that you have downloaded; a packed one has to be whole"
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// The file is something else.
    #[error("{file} is no price file that is known here\n  hint: {ACCEPTED}")]
    Unknown {
        /// The file.
        file: String,
    },
    /// The file lists where prices are, and holds none.
    #[error(
        "{file} is an index: it says where the price files are, and holds no price\n  hint: download the file behind \
         currentVersionUrl (or the same with .csv) and import that"
    )]
    Index {
        /// The file.
        file: String,
    },
    /// The file stops in the middle.
    #[error("{file} ends in the middle, at {place}\n  hint: is the download complete?")]
    Truncated {
        /// The file.
        file: String,
        /// The last place.
        place: String,
    },
    /// Something in the file is not as it should be.
    #[error("{file}, {place}: {what}\n  hint: {hint}")]
    Broken {
        /// The file.
        file: String,
        /// Where.
        place: String,
        /// What.
        what: String,
        /// The way out.
        hint: &'static str,
    },
    /// No file holds a price that is of use.
    #[error(
        "no price in {files} is of use: nothing would be in the book\n  hint: the services that planwise prices are in \
         docs/prices.md{details}"
    )]
    Nothing {
        /// The files.
        files: String,
        /// What was skipped and why, a line each.
        details: String,
    },
}

impl ImportError {
    /// For what was read of a JSON file.
    pub(super) fn json(file: &str, error: &serde_json::Error) -> Self {
        let file = file.to_owned();
        if let Some(kind) = error.io_error_kind() {
            return Self::Unreadable { file, kind };
        }
        let place = format!("line {}, column {}", error.line(), error.column());
        if error.is_eof() {
            return Self::Truncated { file, place };
        }
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        let hint = if error.is_syntax() {
            "this is not JSON; was the file changed or cut after the download?"
        } else {
            "the file is not laid out as its vendor documents it (docs/prices.md names the formats); was it changed?"
        };
        Self::Broken { file, place, what, hint }
    }
}
