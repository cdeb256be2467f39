//! One price, on its way into a book.

use crate::model::Text;
use crate::units::Decimal;

/// A price of one thing in one region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// What is priced, such as `AmazonEC2/m5.large/linux`: see docs/prices.md for how keys are made.
    pub key: Text,
    /// What one pays for: `hours`, `GB-month`, `1M requests`.
    pub unit: Text,
    /// The region; empty for what costs the same everywhere.
    pub region: Text,
    /// What it costs, from the first unit on; one tier for most things, and never none.
    pub tiers: Vec<Tier>,
    /// Where the figure comes from.
    pub source: Source,
}

/// What each further unit costs from an amount on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tier {
    /// From how many units of a month on; the first tier begins at zero.
    pub from: Decimal,
    /// The price of one unit in US dollars.
    pub usd: Decimal,
}

/// Where a figure comes from, and how far it goes.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Source {
    /// Who says so.
    pub name: Text,
    /// On which day it was so: `2026-07-20`.
    pub as_of: Text,
    /// For an estimate, by how much the true price may differ, in percent of it; `None` for a figure that somebody states.
    pub within_percent: Option<Decimal>,
}
