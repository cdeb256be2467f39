//! Which rules apply, and how strictly.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::error::{PolicyError, is_bare, misread, unknown};
use super::exemption::Exemptions;
use super::packs::PACKS;
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
    /// What policies say.
    pub rules: RuleSettings,
    /// What somebody has decided to live with.
    pub exemptions: Exemptions,
    /// Whether what comments and tags say of exemptions is passed over.
    pub no_ignore: bool,
    /// The day for which is judged, where a date matters; nothing that hangs on it is told without.
    pub as_of: Option<Date>,
}

/// What a policy says, of the rules by their names and of the run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RuleSettings {
    rules: BTreeMap<String, Setting>,
    fail_on: Option<FailOn>,
    open_fails: Option<bool>,
}

/// The mildest severity that fails a run, or none.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FailOn(pub Option<Severity>);

/// What it says of one rule.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Setting {
    enabled: Option<bool>,
    severity: Option<String>,
    thresholds: Option<BTreeMap<String, u64>>,
}

/// The same as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSetting {
    enabled: Option<bool>,
    severity: Option<Spanned<String>>,
    thresholds: Option<BTreeMap<String, Spanned<u64>>>,
}

/// Where a word stands in the file called `name`.
fn place<T>(name: &str, word: &Spanned<T>) -> String {
    format!("{name}:{}", word.referenced.line())
}

/// A policy as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/policy.md describes the keys")]
pub struct PolicyFile {
    pub fail_on: Option<Spanned<String>>,
    pub undetermined: Option<Spanned<String>>,
    pub rules: Option<BTreeMap<String, Option<RawSetting>>>,
}

/// What `undetermined` may be.
const UNDETERMINED: [&str; 2] = ["tell", "fail"];

impl RuleSettings {
    /// The policy that is built in.
    ///
    /// # Errors
    /// Never, as a test says.
    pub fn built_in(known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        let [pack, ..] = &PACKS;
        Self::default().with("policies/default.yaml", pack.text, known)
    }

    /// What another policy, called `name`, changes.
    ///
    /// # Errors
    /// When it is no policy, or names a rule, a severity or a threshold that does not exist.
    pub fn with(self, name: &str, text: &str, known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        const HINT: &str = "docs/policy.md describes its keys; policies/default.yaml has all of them";
        let file: PolicyFile = if is_bare(text) {
            PolicyFile::default()
        } else {
            serde_saphyr::from_str(text).map_err(|error| misread(name, &error, HINT))?
        };
        self.over(name, file, known)
    }

    /// What a policy that has been read, called `name`, changes.
    ///
    /// # Errors
    /// When it names a rule, a severity or a threshold that does not exist.
    pub fn over(mut self, name: &str, file: PolicyFile, known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        if let Some(word) = &file.fail_on {
            let severities = Severity::ALL.into_iter().map(Severity::as_str);
            self.fail_on = Some(match (word.value.as_str(), word.value.parse()) {
                ("none", _) => FailOn(None),
                (_, Ok(severity)) => FailOn(Some(severity)),
                _ => return Err(unknown(&place(name, word), "severity", &word.value, severities.chain(["none"]))),
            });
        }
        if let Some(word) = &file.undetermined {
            if !UNDETERMINED.contains(&word.value.as_str()) {
                let place = place(name, word);
                return Err(unknown(&place, "way to treat undetermined cases:", &word.value, UNDETERMINED.into_iter()));
            }
            self.open_fails = Some(word.value == "fail");
        }
        for (rule, setting) in file.rules.unwrap_or_default() {
            self.put(name, rule, setting.unwrap_or_default(), known)?;
        }
        Ok(self)
    }

    fn put(&mut self, name: &str, rule: String, setting: RawSetting, known: &[&RuleMeta]) -> Result<(), PolicyError> {
        let Some(meta) = known.iter().find(|meta| meta.name == rule) else {
            return Err(unknown(name, "rule", &rule, known.iter().map(|meta| meta.name)));
        };
        if let Some(word) = &setting.severity
            && word.value.parse::<Severity>().is_err()
        {
            return Err(unknown(
                &place(name, word),
                "severity",
                &word.value,
                Severity::ALL.into_iter().map(Severity::as_str),
            ));
        }
        for (threshold, value) in setting.thresholds.iter().flatten() {
            let Some(known) = meta.thresholds.iter().find(|known| known.name == threshold) else {
                let names = meta.thresholds.iter().map(|threshold| threshold.name);
                return Err(unknown(&place(name, value), "threshold", &format!("{rule}.{threshold}"), names));
            };
            if value.value > known.most {
                let (name, threshold) = (place(name, value), format!("{rule}.{threshold}"));
                let (value, most, meaning) = (value.value, known.most, known.meaning);
                return Err(PolicyError::TooMuch { name, threshold, value, most, meaning });
            }
        }
        let own = self.rules.entry(rule).or_default();
        own.enabled = setting.enabled.or(own.enabled);
        own.severity = setting.severity.map(|word| word.value).or_else(|| own.severity.take());
        let thresholds = setting.thresholds.into_iter().flatten().map(|(threshold, value)| (threshold, value.value));
        own.thresholds.get_or_insert_default().extend(thresholds);
        Ok(())
    }

    /// The mildest severity that fails a run, where a policy says so.
    pub fn fail_on(&self) -> Option<FailOn> {
        self.fail_on
    }

    /// Whether a case that cannot be told fails a run like a violation.
    pub fn open_fails(&self) -> bool {
        self.open_fails.unwrap_or(false)
    }
}

impl Policy {
    /// Whether a rule applies. One that is named on the command line does, whatever a file says.
    pub fn applies(&self, rule: &RuleMeta) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule.name);
        let enabled = self.rules.rules.get(rule.name).and_then(|setting| setting.enabled).unwrap_or(true);
        let chosen = if self.only.is_empty() { enabled } else { named(&self.only) };
        chosen && !named(&self.skip)
    }

    /// Makes a finding as bad as the policy holds the rule to be: what the rule itself takes for the worst becomes that, and
    /// what it takes for milder is no worse than that.
    pub fn grade(&self, finding: &mut Finding) {
        let setting = self.rules.rules.get(finding.rule.name).and_then(|setting| setting.severity.as_deref());
        let most = setting.and_then(|word| word.parse().ok()).unwrap_or(finding.rule.severity);
        let worst = finding.severity >= finding.rule.severity;
        finding.severity = if worst { most } else { finding.severity.min(most) };
    }

    /// Whether a finding is bad enough to be told.
    pub fn tells(&self, finding: &Finding) -> bool {
        self.min_severity.is_none_or(|least| finding.severity >= least)
    }

    /// A number that a rule goes by.
    pub fn threshold(&self, rule: &RuleMeta, name: &str) -> u64 {
        let own = self.rules.rules.get(rule.name).and_then(|setting| setting.thresholds.as_ref()?.get(name)).copied();
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
        policy.grade(&mut finding);
        assert_eq!(finding.severity, Severity::Low);
        // What the rule holds to be worst is as bad as the policy says, what it holds to be milder stays so.
        let worse =
            Policy { rules: settings("rules: { some-rule: { severity: critical } }").unwrap(), ..Policy::default() };
        for (own, graded) in [(Severity::High, Severity::Critical), (Severity::Low, Severity::Low)] {
            let mut finding = Finding::violation(&RULE, &crate::model::Address::new("a.b"), "x").severity(own);
            worse.grade(&mut finding);
            assert_eq!(finding.severity, graded);
        }
        assert!(policy.applies(&RULE));
        let rules = policy.rules.with("q.yaml", "rules: { some-rule: { enabled: false } }", &[&RULE]).unwrap();
        let mut policy = Policy { rules, ..Policy::default() };
        assert!(!policy.applies(&RULE));
        assert_eq!(policy.threshold(&RULE, "some-number"), 20);
        policy.only.push("some-rule".to_owned());
        assert!(policy.applies(&RULE));
        assert_eq!(Policy::default().threshold(&RULE, "some-number"), 7);
        assert_eq!(settings(""), Ok(RuleSettings::default()));
        assert_eq!(settings("rules:\n"), Ok(RuleSettings::default()));
        let run = settings("fail-on: none\nundetermined: fail").unwrap();
        assert_eq!((run.fail_on(), run.open_fails()), (Some(FailOn(None)), true));
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
        let fail = settings("# a\nfail-on: hihg").unwrap_err();
        assert!(fail.contains(":2: there is no severity hihg") && fail.contains("did you mean high?"), "{fail}");
        let open = settings("fail-on: none\n\nundetermined: fial").unwrap_err();
        assert!(open.contains(":3: ") && open.contains("did you mean fail?"), "{open}");
        for wrong in ["severity: dire", "thresholds: { some-numer: 1 }", "thresholds: { some-number: 100 }"] {
            let told = settings(&format!("rules:\n  some-rule:\n    {wrong}\n")).unwrap_err();
            assert!(told.contains(":3: "), "{told}");
        }
        let key = settings("rules:\n  some-rule:\n    sevrity: low\n").unwrap_err();
        assert!(
            key.contains("line 3 column 5: there is no key `sevrity`") && key.contains("did you mean severity?"),
            "{key}"
        );
        for text in [
            "rules: 7",
            "rulez: {}",
            "rules: { some-rule: { sevrity: low } }",
            "rules: {",
            "- a",
            "rules: { some-rule: { thresholds: { some-number: -1 } } }",
        ] {
            let error = settings(text).unwrap_err();
            assert!(error.starts_with("p.yaml cannot be used: ") && error.contains("hint: "), "{text}: {error}");
        }
    }
}
