//! Findings that somebody has decided to live with, why, and until when.

use std::str::FromStr as _;

use jiff::civil::Date;
use serde::Deserialize;

use super::error::{PolicyError, unknown};
use crate::finding::Finding;
use crate::model::{Address, Pattern};

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
    /// The resource that the finding names first, or several; where a comment or a tag says so, each that it is about.
    pub address: Pattern,
    /// The case, where a rule tells several apart on one resource; `None` for all of them.
    pub key: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds; `None` for good.
    pub until: Option<Date>,
    /// The file and the line.
    pub place: String,
    /// The number of the plan whose configuration or tags say so: it holds for that one alone. `None` for all plans.
    pub plan: Option<usize>,
}

/// How exemptions stand to a finding.
#[derive(Clone, Debug)]
pub enum Standing<'e> {
    /// Nobody lives with it.
    None,
    /// Somebody does.
    Exempt(&'e Exemption),
    /// Somebody did, until this one was over.
    Expired(&'e Exemption, Date),
    /// Somebody lives with it on some of those that are alike, or did.
    Partly {
        /// Those of which nobody says so, or no longer; some of them or all.
        left: Vec<Address>,
        /// The exemptions that are over.
        over: Vec<&'e Exemption>,
    },
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
            plan: None,
        })
    }

    /// Whether it means what a finding says of the resource at `address`.
    fn means(&self, finding: &Finding, address: &Address) -> bool {
        self.rule.as_deref().is_none_or(|rule| rule == finding.rule.name)
            && self.key.as_deref().is_none_or(|key| key == finding.key)
            && self.address.matches(address.as_str())
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

    /// How the exemptions stand to a finding of the plan with the number `plan`; one that holds goes before one that is over.
    /// `met` takes in the positions of those that mean it.
    ///
    /// What a file says of the resource that a finding names first holds for the whole finding. A comment or a tag speaks for
    /// its own resource: a finding about several that are alike is let off once all of them are.
    pub fn standing(&self, finding: &Finding, plan: usize, met: &mut [bool]) -> Standing<'_> {
        let is_own = |exemption: &Exemption| exemption.plan.is_none_or(|own| own == plan);
        let (first, alike) = (&finding.address, finding.alike.as_slice());
        if alike.len() < 2 {
            return self.standing_at(finding, first, &is_own, met);
        }
        let whole = self.standing_at(finding, first, &|exemption: &Exemption| exemption.plan.is_none(), met);
        let each: Vec<(&Address, Standing<'_>)> =
            alike.iter().map(|address| (address, self.standing_at(finding, address, &is_own, met))).collect();
        if let Standing::Exempt(_) = whole {
            return whole;
        }
        let (mut holding, mut over, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (address, standing) in each {
            match standing {
                Standing::Exempt(exemption) => holding.push(exemption),
                Standing::Expired(exemption, _) => {
                    over.push(exemption);
                    left.push(address.clone());
                }
                Standing::None | Standing::Partly { .. } => left.push(address.clone()),
            }
        }
        match whole {
            Standing::Expired(..) if !left.is_empty() => whole,
            _ if holding.is_empty() && over.is_empty() => Standing::None,
            _ if !left.is_empty() => Standing::Partly { left, over },
            // It counts again as soon as the first of them is over.
            _ => holding
                .into_iter()
                .min_by_key(|exemption| (exemption.until.is_none(), exemption.until))
                .map_or(Standing::None, Standing::Exempt),
        }
    }

    /// How those that `counts` stand to what a finding says of the resource at `address`.
    fn standing_at(
        &self,
        finding: &Finding,
        address: &Address,
        counts: &dyn Fn(&Exemption) -> bool,
        met: &mut [bool],
    ) -> Standing<'_> {
        let mut standing = Standing::None;
        let mean = |exemption: &Exemption| counts(exemption) && exemption.means(finding, address);
        for (at, exemption) in self.list.iter().enumerate().filter(|(_, exemption)| mean(exemption)) {
            if let Some(met) = met.get_mut(at) {
                *met = true;
            }
            let over = exemption.until.filter(|until| self.as_of.is_some_and(|day| day > *until));
            standing = match (standing, over) {
                (Standing::Exempt(first), _) => Standing::Exempt(first),
                (_, None) => Standing::Exempt(exemption),
                (Standing::Expired(first, day), Some(_)) => Standing::Expired(first, day),
                (_, Some(day)) => Standing::Expired(exemption, day),
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

    fn stands(list: Vec<RawExemption>, day: &str, key: &str) -> (String, Vec<bool>) {
        let list: Vec<_> = list.into_iter().map(|raw| read(raw).unwrap()).collect();
        let finding = Finding::violation(&RULE, &Address::new("aws_a.b[0]"), "x").key(key);
        standing(list, day, &finding, 0)
    }

    fn standing(list: Vec<Exemption>, day: &str, finding: &Finding, plan: usize) -> (String, Vec<bool>) {
        let mut met = vec![false; list.len()];
        let all = Exemptions { list, as_of: parse_date(day).ok() };
        let word = match all.standing(finding, plan, &mut met) {
            Standing::None => "none".to_owned(),
            Standing::Exempt(by) => format!("exempt {}", by.reason),
            Standing::Expired(by, _) => format!("expired {}", by.reason),
            Standing::Partly { left, over } => {
                let left: Vec<&str> = left.iter().map(Address::as_str).collect();
                format!("left {}, {} over", left.join(" "), over.len())
            }
        };
        (word, met)
    }

    fn comment(plan: usize, address: &str, text: &str) -> Exemption {
        Exemption::said("a.tf:3", &Pattern::block(address), text, plan, &["some-rule"].into_iter()).unwrap().remove(0)
    }

    #[test]
    fn exemptions_hold_until_their_last_day() {
        let until = || raw("some-rule", "aws_a.b", Some("2027-03-31"));
        assert_eq!(stands(vec![until()], "2027-03-31", ""), ("exempt why".to_owned(), vec![true]));
        assert_eq!(stands(vec![until()], "2027-04-01", ""), ("expired why".to_owned(), vec![true]));
        assert_eq!(stands(vec![until(), raw("*", "**", None)], "2027-04-01", "").0, "exempt why");
        let both = stands(vec![raw("*", "**", None), until()], "2027-04-01", "");
        assert_eq!(both, ("exempt why".to_owned(), vec![true, true]));
        let other = stands(vec![raw("some-rule", "aws_a.b[1]", None)], "2027-04-01", "");
        assert_eq!(other, ("none".to_owned(), vec![false]));
        assert_eq!(stands(vec![], "2027-04-01", "").0, "none");
    }

    #[test]
    fn comments_speak_for_their_own_plan_and_files_for_all() {
        let finding = Finding::violation(&RULE, &Address::new("aws_a.b[0]"), "x");
        let list = || vec![comment(1, "aws_a.b", "* small")];
        assert_eq!(standing(list(), "2027-01-01", &finding, 1).0, "exempt small");
        for other in [0, 2] {
            assert_eq!(standing(list(), "2027-01-01", &finding, other), ("none".to_owned(), vec![false]));
        }
        let file = read(raw("*", "aws_a.b", None)).unwrap();
        for plan in [0, 1] {
            assert_eq!(standing(vec![file.clone()], "2027-01-01", &finding, plan).0, "exempt why");
        }
    }

    #[test]
    fn what_is_alike_is_let_off_together_or_not_at_all() {
        let [a, b] = ["aws_a.a", "aws_a.b[\"x\"]"].map(Address::new);
        let finding = Finding::violation(&RULE, &a, "x").of_each([&a, &b]);
        let stands = |list: &[Exemption]| standing(list.to_vec(), "2027-04-01", &finding, 0);
        let on = |address: &str, text: &str| comment(0, address, text);
        assert_eq!(stands(&[on("aws_a.a", "* small")]), ("left aws_a.b[\"x\"], 0 over".to_owned(), vec![true]));
        assert_eq!(stands(&[on("aws_a.b", "* small")]), ("left aws_a.a, 0 over".to_owned(), vec![true]));
        assert_eq!(stands(&[on("aws_a.c", "* small")]), ("none".to_owned(), vec![false]));
        // As soon as the first of them is over, it counts again.
        let both = [on("aws_a.a", "* small"), on("aws_a.b", "* ends until=2027-04-30")];
        assert_eq!(stands(&both), ("exempt ends".to_owned(), vec![true, true]));
        let over = [on("aws_a.a", "* small"), on("aws_a.b", "* ends until=2027-03-31")];
        assert_eq!(stands(&over), ("left aws_a.b[\"x\"], 1 over".to_owned(), vec![true, true]));
        // Those of another plan let nothing off in this one.
        assert_eq!(stands(&[on("aws_a.a", "* small"), comment(1, "aws_a.b", "* small")]).1, [true, false]);
        // What a file says of the first holds for all of it, and it may say the same of one as a comment does.
        let file = |address: &str| read(raw("*", address, None)).unwrap();
        assert_eq!(stands(&[file("aws_a.a")]).0, "exempt why");
        assert_eq!(stands(&[on("aws_a.a", "* small"), file("aws_a.b")]).0, "exempt small");
    }

    #[test]
    fn a_key_picks_one_case() {
        let keyed = RawExemption { key: Some("readers".to_owned()), ..raw("*", "aws_a.b", None) };
        assert_eq!(stands(vec![keyed.clone()], "2027-04-01", "readers").0, "exempt why");
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
