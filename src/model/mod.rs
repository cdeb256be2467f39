//! A planned resource, free of the plan file's layout.

mod account;
mod address;
mod attr;
mod body;
mod evidence;
mod hole;
pub mod json;
mod pattern;
mod place;
mod reference;
mod resource;
mod suggestion;

pub use account::{Account, account_of};
pub use address::{Address, Key, Parsed, Step, steps};
pub use attr::{Attr, Why};
pub use body::{Body, Mark, View};
pub use evidence::{Evidence, Provenance};
pub use hole::{HOLE, elided, holds_hole};
pub use pattern::Pattern;
pub use place::{Place, ROOT_MODULE};
pub use reference::{DeadEnd, Found, Hit, Lookup, Namer, Only, References};
pub use resource::{Action, Mode, Resource, Show, Stage};
pub use suggestion::Suggestion;

/// A short text that rarely needs the heap: a name, a zone, an identifier.
pub type Text = compact_str::CompactString;
