//! Which rules apply, how strictly, and who is let off.

mod error;
mod exemption;
mod packs;
mod said;
mod settings;

pub use error::{PolicyError, is_bare, misread, unknown};
pub use exemption::{Exemption, Exemptions, RawExemption, Standing, parse_date, today};
pub use packs::{PACKS, Pack, pack};
pub use settings::{FailOn, Policy, PolicyFile, RawSetting, RuleSettings};
