//! Which rules apply, and how strictly.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::{Finding, RuleMeta, Severity};

/// What planwise goes by unless it is told otherwise: the rules' own defaults, as a test says.
const DEFAULT: &str = include_str!("../policies/default.yaml");

/// What a user chose.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Only these rules, if any are named.
    pub only: Vec<String>,
    /// All but these.
    pub skip: Vec<String>,
    /// Nothing milder than this.
    pub min_severity: Option<Severity>,
    /// What a policy file says.
    pub rules: RuleSettings,
}

/// What a policy file says of the rules, by their names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RuleSettings(BTreeMap<String, Setting>);

/// What it says of one rule.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
struct Setting {
    enabled: Option<bool>,
    severity: Option<String>,
    #[serde(default)]
    thresholds: BTreeMap<String, u64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rules: BTreeMap<String, Setting>,
}

/// Why a policy cannot be used. Each message names the policy, the place, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It is not YAML, or not of this shape.
    #[error(
        "{name} is no policy: {problem}\n  hint: docs/policy.md describes its keys; policies/default.yaml has all of them"
    )]
    Shape {
        /// The policy.
        name: String,
        /// What is wrong, and where.
        problem: String,
    },
    /// It sets a threshold to something that makes no sense.
    #[error("{name}: {threshold} is {value}, and may be {most} at most\n  hint: it stands for {meaning}")]
    TooMuch {
        /// The policy.
        name: String,
        /// The threshold.
        threshold: String,
        /// What was written.
        value: u64,
        /// The greatest value that makes sense.
        most: u64,
        /// What the threshold means.
        meaning: &'static str,
    },
    /// It names something that does not exist.
    #[error("{name}: there is no {kind} {word}\n  hint: {hint}")]
    Unknown {
        /// The policy.
        name: String,
        /// What it should be.
        kind: &'static str,
        /// What was written.
        word: String,
        /// What may be meant, or what there is.
        hint: String,
    },
}

impl RuleSettings {
    /// The policy that is built in.
    ///
    /// # Errors
    /// Never, as a test says.
    pub fn built_in(known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        Self::default().with("policies/default.yaml", DEFAULT, known)
    }

    /// What another policy, called `name`, changes.
    ///
    /// # Errors
    /// When it is no policy, or names a rule, a severity or a threshold that does not exist.
    pub fn with(mut self, name: &str, text: &str, known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        let file: File = if text.trim_ascii().is_empty() {
            File::default()
        } else {
            serde_saphyr::from_str(text).map_err(|error| PolicyError::Shape {
                name: name.to_owned(),
                problem: first_line(&error.to_string()),
            })?
        };
        for (rule, setting) in file.rules {
            let names = || known.iter().map(|meta| meta.name);
            let Some(meta) = known.iter().find(|meta| meta.name == rule) else {
                return Err(unknown(name, "rule", &rule, names()));
            };
            if let Some(word) = &setting.severity
                && word.parse::<Severity>().is_err()
            {
                return Err(unknown(name, "severity", word, Severity::ALL.into_iter().map(Severity::as_str)));
            }
            for (threshold, value) in &setting.thresholds {
                let Some(known) = meta.thresholds.iter().find(|known| known.name == threshold) else {
                    let names = meta.thresholds.iter().map(|threshold| threshold.name);
                    return Err(unknown(name, "threshold", &format!("{rule}.{threshold}"), names));
                };
                if *value > known.most {
                    let (name, threshold) = (name.to_owned(), format!("{rule}.{threshold}"));
                    return Err(PolicyError::TooMuch {
                        name,
                        threshold,
                        value: *value,
                        most: known.most,
                        meaning: known.meaning,
                    });
                }
            }
            let own = self.0.entry(rule).or_default();
            own.enabled = setting.enabled.or(own.enabled);
            own.severity = setting.severity.or_else(|| own.severity.take());
            own.thresholds.extend(setting.thresholds);
        }
        Ok(self)
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn unknown<'n>(
    name: &str,
    kind: &'static str,
    word: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> PolicyError {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, word.rsplit('.').next().unwrap_or(word));
    let near = known.clone().min_by_key(distance).filter(|known| distance(known) <= 1 + known.len() / 4);
    let all: Vec<&str> = known.collect();
    let hint = match near {
        Some(near) => format!("did you mean {near}?"),
        None if all.is_empty() => "this rule has none".to_owned(),
        None => format!("there are {}", all.join(", ")),
    };
    PolicyError::Unknown { name: name.to_owned(), kind, word: word.to_owned(), hint }
}

impl Policy {
    /// Whether a rule applies. One that is named on the command line does, whatever a file says.
    pub fn applies(&self, rule: &RuleMeta) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule.name);
        let enabled = self.rules.0.get(rule.name).and_then(|setting| setting.enabled).unwrap_or(true);
        let chosen = if self.only.is_empty() { enabled } else { named(&self.only) };
        chosen && !named(&self.skip)
    }

    /// Makes a finding no worse than the policy allows.
    pub fn soften(&self, finding: &mut Finding) {
        let setting = self.rules.0.get(finding.rule.name).and_then(|setting| setting.severity.as_deref());
        let most = setting.and_then(|word| word.parse().ok()).unwrap_or(finding.rule.severity);
        finding.severity = finding.severity.min(most);
    }

    /// Whether a finding is bad enough to be told.
    pub fn tells(&self, finding: &Finding) -> bool {
        self.min_severity.is_none_or(|least| finding.severity >= least)
    }

    /// A number that a rule goes by.
    pub fn threshold(&self, rule: &RuleMeta, name: &str) -> u64 {
        let own = self.rules.0.get(rule.name).and_then(|setting| setting.thresholds.get(name)).copied();
        let default = || rule.thresholds.iter().find(|threshold| threshold.name == name);
        own.unwrap_or_else(|| default().map_or(0, |threshold| threshold.default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Threshold;

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some",
        docs: "",
        severity: Severity::High,
        principle: "DP1",
        control: "WAF-PERF-010",
        since: "0.1.0",
        thresholds: &[Threshold { name: "some-number", default: 7, most: 99, meaning: "things" }],
        sources: &[],
    };

    fn settings(text: &str) -> Result<RuleSettings, String> {
        RuleSettings::default().with("p.yaml", text, &[&RULE]).map_err(|error| error.to_string())
    }

    #[test]
    fn files_change_what_they_name() {
        let text = "rules:\n  some-rule:\n    severity: low\n    thresholds: { some-number: 20 }\n";
        let policy = Policy { rules: settings(text).unwrap(), ..Policy::default() };
        assert_eq!(policy.threshold(&RULE, "some-number"), 20);
        let mut finding = Finding::violation(&RULE, &crate::model::Address::new("a.b"), "x");
        policy.soften(&mut finding);
        assert_eq!(finding.severity, Severity::Low);
        assert!(policy.applies(&RULE));
        let rules = policy.rules.with("q.yaml", "rules: { some-rule: { enabled: false } }", &[&RULE]).unwrap();
        let mut policy = Policy { rules, ..Policy::default() };
        assert!(!policy.applies(&RULE));
        assert_eq!(policy.threshold(&RULE, "some-number"), 20);
        policy.only.push("some-rule".to_owned());
        assert!(policy.applies(&RULE));
        assert_eq!(Policy::default().threshold(&RULE, "some-number"), 7);
        assert_eq!(settings(""), Ok(RuleSettings::default()));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(settings("rules: { some-rul: {} }").unwrap_err().contains("did you mean some-rule?"));
        assert!(settings("rules: { some-rule: { severity: dire } }").unwrap_err().contains("info, low, medium"));
        assert!(settings("rules: { some-rule: { severity: hihg } }").unwrap_err().contains("did you mean high?"));
        let number = settings("rules: { some-rule: { thresholds: { some-numer: 1 } } }").unwrap_err();
        assert!(number.contains("did you mean some-number?"), "{number}");
        let number = settings("rules: { some-rule: { thresholds: { some-number: 100 } } }").unwrap_err();
        assert!(number.contains("some-rule.some-number is 100, and may be 99 at most"), "{number}");
        for text in [
            "rules: 7",
            "rulez: {}",
            "rules: { some-rule: { sevrity: low } }",
            "rules: {",
            "- a",
            "rules: { some-rule: { thresholds: { some-number: -1 } } }",
        ] {
            let error = settings(text).unwrap_err();
            assert!(error.starts_with("p.yaml is no policy: ") && error.contains("hint: "), "{text}: {error}");
        }
    }
}
