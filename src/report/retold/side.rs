//! A report as far as two of them can be compared.

use super::Retold;
use super::cost::{Bill, wide};
use super::document::PlanSide;
use super::finding::RetoldFinding;
use crate::advice::Status;
use crate::compare::{Side, SideFinding, SidePlan};

impl Retold {
    /// What it says of the systems as they will be; `name` is the file's.
    pub fn side(&self, name: &str) -> Side {
        // What is resolved describes the system as it was.
        let told = self.findings.iter().chain(&self.exempted).filter(|finding| finding.status != Status::Resolved);
        Side {
            name: name.to_owned(),
            version: self.tool.version.clone(),
            policy: self.config.policy.clone(),
            config: self.config.path.clone(),
            plans: self.plans.iter().map(PlanSide::side).collect(),
            findings: told.map(RetoldFinding::side).collect(),
            rules: self.summary.rules.iter().map(|part| part.rule.clone()).collect(),
            left_out: wide(self.summary.left_out),
            accepted: self.baseline.as_ref().map_or(0, |baseline| wide(baseline.accepted)),
            open_fails: self.summary.undetermined_fails,
            bill: self.cost.as_ref().map(Bill::afterwards),
        }
    }
}

impl PlanSide {
    fn side(&self) -> SidePlan {
        SidePlan {
            project: self.project.clone().filter(|project| !project.is_empty()),
            path: self.path.clone(),
            document: wide(self.document),
            is_partial: self.errored || self.complete == Some(false),
        }
    }
}

impl RetoldFinding {
    fn side(&self) -> SideFinding {
        SideFinding {
            plan: self.plan,
            rule: self.rule.clone(),
            severity: self.severity,
            verdict: self.verdict,
            address: self.address.clone(),
            message: self.message.clone(),
            fingerprint: self.fingerprint.clone(),
            measures: self.measure.iter().map(|(name, measure)| (name.clone(), measure.told())).collect(),
            exemption: self.exemption.as_ref().map(|exemption| exemption.reason.clone()),
        }
    }
}
