//! Writes findings down, one file per format. A renderer sees a [`Report`] and a writer, nothing else.

mod advise;
mod advise_json;
mod advise_markdown;
mod advise_table;
mod dot;
mod facts;
mod graph_json;
mod headline;
mod json;
mod markdown;
mod mermaid;
mod prices;
mod rules;
mod summary;
mod table;
mod text;

pub use advise::{Counsel, PlanCounsel};
pub use advise_json::render as advise_json;
pub use advise_markdown::render as advise_markdown;
pub use advise_table::render as advise_table;
pub use dot::render as dot;
pub use facts::render as facts;
pub use graph_json::render as graph_json;
pub use json::render as json;
pub use markdown::render as markdown;
pub use mermaid::render as mermaid;
pub use prices::{contents as price_contents, prices};
pub use rules::{explain, list as list_rules};
pub use summary::{Applied, Basis, Exempted, PlanSummary, Report, Summary, Told};
pub use table::{Style, render as table};
