//! Writes findings down, one file per format. A renderer sees a [`Report`] and a writer, nothing else.

mod cost;
mod cost_infracost;
mod cost_json;
mod cost_markdown;
mod cost_table;
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
mod usage;

pub use cost::{CostBasis, CostReport, CostTotals, Extent, PlanCost};
pub use cost_infracost::render as cost_infracost;
pub use cost_json::render as cost_json;
pub use cost_markdown::render as cost_markdown;
pub use cost_table::render as cost_table;
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
pub use usage::{UsageSketch, render as usage};
