//! Which rules apply, and how strictly.

use crate::finding::{Finding, RuleMeta, Severity};

/// What a user chose.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Only these rules, if any are named.
    pub only: Vec<String>,
    /// All but these.
    pub skip: Vec<String>,
    /// Nothing milder than this.
    pub min_severity: Option<Severity>,
}

impl Policy {
    /// Whether a rule applies.
    pub fn applies(&self, rule: &RuleMeta) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule.name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }

    /// Whether a finding is bad enough to be told.
    pub fn tells(&self, finding: &Finding) -> bool {
        self.min_severity.is_none_or(|least| finding.severity >= least)
    }

    /// A number that a rule goes by.
    pub fn threshold(&self, rule: &RuleMeta, name: &str) -> u64 {
        rule.thresholds.iter().find(|threshold| threshold.name == name).map_or(0, |threshold| threshold.default)
    }
}
