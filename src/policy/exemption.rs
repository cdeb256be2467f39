//! Findings that somebody has decided to live with, why, and until when.

use std::str::FromStr as _;

use jiff::civil::Date;
use serde::Deserialize;

use super::error::{PolicyError, unknown};
use crate::finding::Finding;
use crate::model::Pattern;

/// What a file says of an exemption.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is documented at `Exemption`")]
pub struct RawExemption {
    pub rule: Option<String>,
    pub address: Option<String>,
    pub key: Option<String>,
    pub reason: Option<String>,
    pub until: Option<String>,
}

/// A decision to live with what a rule finds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Exemption {
    /// The rule; `None` for all of them.
    pub rule: Option<String>,
    /// The resource that the finding names first, or several.
    pub address: Pattern,
    /// The case, where a rule tells several apart on one resource; `None` for all of them.
    pub key: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds; `None` for good.
    pub until: Option<Date>,
    /// The file and the line.
    pub place: String,
}

/// How an exemption stands to a finding.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'e> {
    /// Nobody lives with it.
    None,
    /// Somebody does.
    Exempt(&'e Exemption),
    /// Somebody did, until this one was over.
    Expired(&'e Exemption, Date),
}

const WRITE: &str = "an exemption has a rule, an address and a reason, and may have until: 2027-03-31 and a key";

/// A day, as `2027-03-31`.
///
/// # Errors
/// When it is none, in words.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let wrong = || format!("`{text}` is no day: write it as 2027-03-31");
    // Nothing but the day: a time would have to say where.
    if text.len() == 10 { Date::from_str(text).map_err(|_| wrong()) } else { Err(wrong()) }
}

/// The day that it is, in UTC so that it is the same for everybody.
pub fn today() -> Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

impl Exemption {
    /// Reads what stands at `place`.
    ///
    /// # Errors
    /// When something is missing, or does not exist.
    pub fn new<'n>(
        place: &str,
        raw: RawExemption,
        rules: impl Iterator<Item = &'n str> + Clone,
    ) -> Result<Self, PolicyError> {
        let wrong = |problem: String| PolicyError::At { place: place.to_owned(), problem, hint: WRITE };
        let told = |what: Option<String>, name: &str| {
            let what = what.filter(|text| !text.trim().is_empty());
            what.ok_or_else(|| wrong(format!("this exemption has no {name}")))
        };
        let rule = told(raw.rule, "rule")?;
        if rule != "*" && !rules.clone().any(|known| known == rule) {
            return Err(unknown(place, "rule", &rule, rules));
        }
        let until = raw.until.map(|text| parse_date(&text)).transpose().map_err(wrong)?;
        Ok(Self {
            rule: Some(rule).filter(|rule| rule != "*"),
            address: Pattern::new(&told(raw.address, "address")?),
            key: raw.key,
            reason: told(raw.reason, "reason")?,
            until,
            place: place.to_owned(),
        })
    }

    /// Reads what a comment or a tag says: `RULE reason [until=2027-03-31]`; several rules have commas or `+` between them.
    ///
    /// # Errors
    /// When something is missing, or does not exist, in words.
    pub fn said<'n>(
        place: &str,
        address: &Pattern,
        text: &str,
        rules: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Result<Vec<Self>, String> {
        const SAY: &str = "say it as `planwise:ignore RULE reason`, with until=2027-03-31 behind it if it is to end";
        let mut words = text.split_whitespace();
        let named = words.next().ok_or_else(|| format!("it names no rule: {SAY}"))?;
        let (mut reason, mut until) = (Vec::new(), None);
        for word in words {
            match word.strip_prefix("until=") {
                Some(day) => until = Some(parse_date(day)?),
                None => reason.push(word),
            }
        }
        let reason = reason.join(" ");
        if !reason.contains(char::is_alphanumeric) {
            return Err(format!("it gives no reason: {SAY}"));
        }
        let one = |rule: &str| {
            if rule != "*" && !rules.clone().any(|known| known == rule) {
                let near = rules.clone().find(|known| strsim::osa_distance(known, rule) <= 2);
                let near = near
                    .map_or_else(|| "`planwise rules` lists them".to_owned(), |near| format!("did you mean {near}?"));
                return Err(format!("there is no rule {rule}; {near}"));
            }
            Ok(Self {
                rule: Some(rule).filter(|rule| *rule != "*").map(str::to_owned),
                address: address.clone(),
                key: None,
                reason: reason.clone(),
                until,
                place: place.to_owned(),
            })
        };
        named.split([',', '+']).filter(|rule| !rule.is_empty()).map(one).collect()
    }

    fn means(&self, finding: &Finding) -> bool {
        self.rule.as_deref().is_none_or(|rule| rule == finding.rule.name)
            && self.key.as_deref().is_none_or(|key| key == finding.key)
            && self.address.matches(finding.address.as_str())
    }
}

/// All exemptions, and the day for which they are asked.
#[derive(Clone, Debug, Default)]
pub struct Exemptions {
    /// As the file has them.
    pub list: Vec<Exemption>,
    /// The day; needed only where one of them has an end.
    pub as_of: Option<Date>,
}

impl Exemptions {
    /// Whether the day matters.
    pub fn ask_for_the_day(&self) -> bool {
        self.list.iter().any(|exemption| exemption.until.is_some())
    }

    /// How the exemptions stand to a finding; one that holds goes before one that is over. `met` takes in the positions
    /// of those that mean it.
    pub fn standing(&self, finding: &Finding, met: &mut [bool]) -> Standing<'_> {
        let mut standing = Standing::None;
        for (at, exemption) in self.list.iter().enumerate().filter(|(_, exemption)| exemption.means(finding)) {
            if let Some(met) = met.get_mut(at) {
                *met = true;
            }
            let over = exemption.until.filter(|until| self.as_of.is_some_and(|day| day > *until));
            standing = match (standing, over) {
                (Standing::Exempt(first), _) => Standing::Exempt(first),
                (_, None) => Standing::Exempt(exemption),
                (Standing::Expired(first, day), Some(_)) => Standing::Expired(first, day),
                (Standing::None, Some(day)) => Standing::Expired(exemption, day),
            };
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{RuleMeta, Severity};
    use crate::model::Address;

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some",
        docs: "",
        severity: Severity::High,
        principle: "DP1",
        control: "WAF-PERF-010",
        since: "0.1.0",
        thresholds: &[],
        sources: &[],
    };

    fn raw(rule: &str, address: &str, until: Option<&str>) -> RawExemption {
        let some = |text: &str| Some(text.to_owned());
        RawExemption {
            rule: some(rule),
            address: some(address),
            key: None,
            reason: some("why"),
            until: until.map(Into::into),
        }
    }

    fn read(raw: RawExemption) -> Result<Exemption, String> {
        Exemption::new("p.yaml:3", raw, ["some-rule"].into_iter()).map_err(|error| error.to_string())
    }

    fn stands(list: Vec<RawExemption>, day: &str, key: &str) -> (&'static str, Vec<bool>) {
        let list: Vec<_> = list.into_iter().map(|raw| read(raw).unwrap()).collect();
        let mut met = vec![false; list.len()];
        let all = Exemptions { list, as_of: parse_date(day).ok() };
        let finding = Finding::violation(&RULE, &Address::new("aws_a.b[0]"), "x").key(key);
        let word = match all.standing(&finding, &mut met) {
            Standing::None => "none",
            Standing::Exempt(_) => "exempt",
            Standing::Expired(..) => "expired",
        };
        (word, met)
    }

    #[test]
    fn exemptions_hold_until_their_last_day() {
        let until = || raw("some-rule", "aws_a.b", Some("2027-03-31"));
        assert_eq!(stands(vec![until()], "2027-03-31", ""), ("exempt", vec![true]));
        assert_eq!(stands(vec![until()], "2027-04-01", ""), ("expired", vec![true]));
        assert_eq!(stands(vec![until(), raw("*", "**", None)], "2027-04-01", "").0, "exempt");
        assert_eq!(stands(vec![raw("*", "**", None), until()], "2027-04-01", ""), ("exempt", vec![true, true]));
        assert_eq!(stands(vec![raw("some-rule", "aws_a.b[1]", None)], "2027-04-01", ""), ("none", vec![false]));
        assert_eq!(stands(vec![], "2027-04-01", "").0, "none");
    }

    #[test]
    fn comments_are_read_or_said_to_be_wrong() {
        let read = |text: &str| {
            Exemption::said("a.tf:3", &Pattern::new("aws_a.b"), text, &["some-rule", "other-rule"].into_iter())
        };
        let all = read("some-rule,other-rule it is small until=2027-03-31").unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].rule.as_deref(), all[1].reason.as_str()), (Some("other-rule"), "it is small"));
        assert_eq!((all[0].until, all[0].place.as_str()), (parse_date("2027-03-31").ok(), "a.tf:3"));
        assert_eq!(read("* why").unwrap()[0].rule, None);
        for (text, expected) in [
            ("", "names no rule"),
            ("some-rule", "gives no reason"),
            ("some-rule until=2027-03-31", "gives no reason"),
            ("some-rule -- ", "gives no reason"),
            ("some-rul why", "did you mean some-rule?"),
            ("some-rule why until=soon", "`soon` is no day"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_key_picks_one_case() {
        let keyed = RawExemption { key: Some("readers".to_owned()), ..raw("*", "aws_a.b", None) };
        assert_eq!(stands(vec![keyed.clone()], "2027-04-01", "readers").0, "exempt");
        assert_eq!(stands(vec![keyed], "2027-04-01", "").0, "none");
    }

    #[test]
    fn what_is_missing_is_named() {
        let all = [
            (RawExemption { reason: None, ..raw("*", "a", None) }, "p.yaml:3: this exemption has no reason"),
            (RawExemption { reason: Some(" ".to_owned()), ..raw("*", "a", None) }, "has no reason"),
            (RawExemption { rule: None, ..raw("*", "a", None) }, "has no rule"),
            (RawExemption { address: None, ..raw("*", "a", None) }, "has no address"),
            (raw("some-rul", "a", None), "did you mean some-rule?"),
            (raw("*", "a", Some("2027-02-30")), "`2027-02-30` is no day"),
            (raw("*", "a", Some("31.03.2027")), "is no day"),
            (raw("*", "a", Some("2027-03-31T00:00")), "is no day"),
        ];
        for (raw, expected) in all {
            let error = read(raw).unwrap_err();
            assert!(error.contains(expected) && error.contains("hint: "), "{error}");
        }
    }
}
