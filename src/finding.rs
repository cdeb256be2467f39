//! What a rule says, and what is said of the rule itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use crate::facts::Change;
pub use crate::model::Suggestion;
use crate::model::{Address, Evidence, Place, Text};
use crate::units::{Count, Interval, Money, listed};

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth changing when there is time.
    Low,
    /// Worth changing.
    Medium,
    /// Will hurt.
    High,
    /// Hurts as soon as the plan is applied.
    Critical,
}

impl Severity {
    /// All of them, mildest first.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|severity| severity.as_str() == text);
        found.ok_or_else(|| format!("the severities are {}", listed(Self::ALL.map(Self::as_str))))
    }
}

/// What a rule says of a subject that does not pass.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Verdict {
    /// It violates the rule.
    Violation,
    /// It cannot be told whether it does.
    Undetermined,
}

impl Verdict {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Undetermined => "undetermined",
        }
    }
}

/// A number that a policy may change.
#[derive(Debug)]
pub struct Threshold {
    /// Its name: kebab-case.
    pub name: &'static str,
    /// Its value unless the policy says otherwise.
    pub default: u64,
    /// The greatest value that makes sense.
    pub most: u64,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

/// A rule's identity card: the source of `rules`, `explain`, the docs, and every format's rule descriptors.
#[derive(Debug)]
pub struct RuleMeta {
    /// Its stable name: kebab-case, finishing the sentence "allow ...".
    pub name: &'static str,
    /// One sentence, no full stop.
    pub summary: &'static str,
    /// The doc comment of the rule as the macro captured it; [`RuleMeta::page`] is for readers.
    pub docs: &'static str,
    /// How bad a finding is at most, unless the policy says otherwise.
    pub severity: Severity,
    /// The design principle that it carries: `DP1` to `DP8`.
    pub principle: &'static str,
    /// The control of the WAF-PERF catalogue that it belongs to.
    pub control: &'static str,
    /// The first release that had it.
    pub since: &'static str,
    /// The numbers that a policy may change.
    pub thresholds: &'static [Threshold],
    /// What its facts rest on.
    pub sources: &'static [&'static str],
}

impl RuleMeta {
    /// The page that `explain` prints, in Markdown.
    pub fn page(&self) -> String {
        // A doc comment keeps the space that follows its slashes.
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A number of a finding, for machines to compare.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// So many.
    Number(u64),
    /// As many as anybody asks for.
    Unlimited,
}

impl From<Count> for Measure {
    fn from(count: Count) -> Self {
        count.bounded().map_or(Self::Unlimited, Self::Number)
    }
}

/// Numbers by name.
pub type Measures = BTreeMap<&'static str, Measure>;

/// Puts both ends of an interval into `measures`.
pub fn put_interval(measures: &mut Measures, low: &'static str, high: &'static str, interval: Interval) {
    measures.insert(low, Measure::Number(interval.low));
    measures.insert(high, Measure::Number(interval.high));
}

/// What a remedy does to the monthly bill.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Delta {
    /// Nothing, for this reason.
    Free(&'static str),
    /// It cannot be said, for this reason. Never taken for nothing.
    NotPriced(Cow<'static, str>),
    /// So much.
    Costs(Box<Costs>),
}

impl Delta {
    /// It cannot be said, for this reason.
    pub const fn not_priced(reason: &'static str) -> Self {
        Self::NotPriced(Cow::Borrowed(reason))
    }
}

/// How much more is paid in a month; less than nothing is a saving.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Costs {
    /// With as few units as run at the least.
    pub minimum: Money,
    /// With as many as run at first.
    pub expected: Money,
    /// With as many as run at the most.
    pub maximum: Money,
    /// By how much the true amount may differ, because prices are estimates.
    pub margin: Money,
    /// The code of the currency.
    pub currency: Text,
    /// What it depends on besides, in words: how much it is used.
    pub also: Option<String>,
}

/// What each further unit of use does to the bill, where a remedy costs more or less the more something is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Trade {
    /// One unit of it.
    pub changes: Vec<Change>,
    /// What one is: `GB a month`.
    pub unit: &'static str,
    /// What several are.
    pub units: &'static str,
    /// Whose stated usage might take the new way, and its key in a usage file.
    pub stated: Option<(Address, &'static str)>,
    /// Over how many zones it is spread: the point where it pays is told for each of them as well.
    pub parts: usize,
}

/// A way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What to do, as an imperative.
    pub title: String,
    /// How, and what it brings.
    pub detail: String,
    /// What the measures of the finding become.
    pub measure: Measures,
    /// What it does to the bill.
    pub monthly_delta: Delta,
    /// What it changes, so far as that has a price.
    pub changes: Vec<Change>,
    /// What is to be written for it, where that is something else than `changes`; nothing where more is to be done by hand.
    pub edits: Option<Vec<Change>>,
    /// What more or less use does to its price.
    pub trade: Option<Trade>,
    /// Whether it is enough by itself.
    pub sufficient: bool,
    /// The name of an idea that several remedies carry out with different things: the cheapest of them is shown.
    pub rivals: Option<&'static str>,
    /// What to write in the user's own files, where that is an edit of attributes and the configuration is at hand.
    pub suggestions: Vec<Suggestion>,
}

/// Where to look first, in the user's own files.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Focus {
    /// At the attributes of its own resource that it rests on: at those that its first way out edits, then in their order.
    #[default]
    Own,
    /// At its own resource as a whole.
    Whole,
    /// At this, which may be an attribute of another resource.
    At(Evidence),
}

/// One thing that does not pass.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that says so.
    pub rule: &'static RuleMeta,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it is certain.
    pub verdict: Verdict,
    /// The resource to look at first, or the path of a file of the repository.
    pub address: Address,
    /// The place in the user's own files to look at first, by its path from the root of the repository on: of a module from
    /// elsewhere, the call.
    pub place: Option<Place>,
    /// Where to look for that place.
    pub focus: Focus,
    /// Where the resource itself is written, if that is elsewhere.
    pub inner_place: Option<Place>,
    /// What tells it from other findings of the rule on the same resource.
    pub key: String,
    /// All resources that it is about, the first one included.
    pub subjects: Vec<Address>,
    /// Where it says the same of several that are alike, all of these: who lives with it on one has decided nothing about the
    /// others. Where a rule leaves it empty, all that are told under its address: the machines of one workload.
    pub alike: Vec<Address>,
    /// Whether each of those that are alike has it for itself, so that one more of them is one more to mend.
    pub severally: bool,
    /// What is wrong, with its numbers, in a sentence or two.
    pub message: String,
    /// The same without what is another tomorrow, where there is such: for those who compare it with that of another day.
    pub lasting: Option<String>,
    /// The arithmetic behind it, line by line.
    pub working: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its numbers.
    pub measure: Measures,
    /// Ways out, the cheapest sufficient one first.
    pub remedies: Vec<Remedy>,
    /// Grows with the damage: a change that raises it has made things worse.
    pub gravity: u64,
    /// How much it weighs against what the same rule says of other resources: what weighs more is told first. Nothing where the
    /// damage to two resources cannot be held against each other.
    pub weight: u64,
    /// Rules that leave the resource to this one, though it violates them as well: what they said before is not over, and
    /// what they say later is not new.
    pub covers: &'static [&'static str],
}

impl Finding {
    /// A bare finding; add to it with the methods below.
    pub fn new(rule: &'static RuleMeta, verdict: Verdict, address: &Address, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            verdict,
            address: address.clone(),
            place: None,
            focus: Focus::Own,
            inner_place: None,
            key: String::new(),
            subjects: vec![address.clone()],
            alike: Vec::new(),
            severally: false,
            message: message.into(),
            lasting: None,
            working: Vec::new(),
            evidence: Vec::new(),
            measure: Measures::new(),
            remedies: Vec::new(),
            gravity: 0,
            weight: 0,
            covers: &[],
        }
    }

    /// A violation.
    pub fn violation(rule: &'static RuleMeta, address: &Address, message: impl Into<String>) -> Self {
        Self::new(rule, Verdict::Violation, address, message)
    }

    /// A case that cannot be decided.
    pub fn undetermined(rule: &'static RuleMeta, address: &Address, message: impl Into<String>) -> Self {
        Self::new(rule, Verdict::Undetermined, address, message)
    }

    /// A finding about a file of the repository rather than a resource.
    pub fn in_file(rule: &'static RuleMeta, verdict: Verdict, place: &Place, message: impl Into<String>) -> Self {
        Self::new(rule, verdict, &Address::new(place.file.as_str()), message).at(place)
    }

    /// Names the place in the repository to look at first.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Says where to look first, where that is not what it rests on.
    #[must_use]
    pub fn focus(mut self, focus: Focus) -> Self {
        self.focus = focus;
        self
    }

    /// Makes it as bad as this.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Says what is wrong without what is another tomorrow.
    #[must_use]
    pub fn lasting(mut self, message: impl Into<String>) -> Self {
        self.lasting = Some(message.into());
        self
    }

    /// Tells it from other findings of the rule on the same resource.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Adds resources that it is about.
    #[must_use]
    pub fn about<'a>(mut self, addresses: impl IntoIterator<Item = &'a Address>) -> Self {
        for address in addresses {
            if !self.subjects.contains(address) {
                self.subjects.push(address.clone());
            }
        }
        self
    }

    /// Names all that have it, each for itself; it is about each of them. Where that is a single machine, it is about none of
    /// the others that its block makes.
    #[must_use]
    pub fn of_each<'a>(self, addresses: impl IntoIterator<Item = &'a Address>) -> Self {
        Self { severally: true, ..self.of_all(addresses) }
    }

    /// Names all that have it together; it is about each of them.
    #[must_use]
    pub fn of_all<'a>(mut self, addresses: impl IntoIterator<Item = &'a Address>) -> Self {
        self.alike = addresses.into_iter().cloned().collect();
        let alike = self.alike.clone();
        self.about(&alike)
    }

    /// Those that have it: all that are alike, or the one that it names.
    pub fn holders(&self) -> &[Address] {
        if self.alike.is_empty() { std::slice::from_ref(&self.address) } else { &self.alike }
    }

    /// Adds what it rests on, each piece once.
    #[must_use]
    pub fn resting_on<'a>(mut self, evidence: impl IntoIterator<Item = &'a Evidence>) -> Self {
        for piece in evidence {
            if !self.evidence.contains(piece) {
                self.evidence.push(piece.clone());
            }
        }
        self
    }

    /// Adds one of its numbers.
    #[must_use]
    pub fn measuring(mut self, name: &'static str, value: impl Into<Measure>) -> Self {
        self.measure.insert(name, value.into());
        self
    }

    /// Says how much damage it does.
    #[must_use]
    pub fn gravity(mut self, gravity: u64) -> Self {
        self.gravity = gravity;
        self
    }

    /// Says how much it weighs against other findings of its rule.
    #[must_use]
    pub fn weight(mut self, weight: u64) -> Self {
        self.weight = weight;
        self
    }

    /// Names the rules that it stands for as well.
    #[must_use]
    pub fn covering(mut self, rules: &'static [&'static str]) -> Self {
        self.covers = rules;
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedies.push(remedy);
        self
    }
}

impl From<u64> for Measure {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Measure {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl Remedy {
    /// A way out without numbers yet.
    pub fn new(title: impl Into<String>, detail: impl Into<String>, monthly_delta: Delta) -> Self {
        Self {
            title: title.into(),
            detail: detail.into(),
            measure: Measures::new(),
            monthly_delta,
            changes: Vec::new(),
            edits: None,
            trade: None,
            sufficient: true,
            rivals: None,
            suggestions: Vec::new(),
        }
    }

    /// A way out whose price is that of `changes`.
    pub fn priced(title: impl Into<String>, detail: impl Into<String>, changes: Vec<Change>) -> Self {
        let none =
            if changes.is_empty() { "this plan does not show what it changes" } else { "nobody asked the price book" };
        Self { changes, ..Self::new(title, detail, Delta::not_priced(none)) }
    }

    /// Says what more or less use does to its price.
    #[must_use]
    pub fn trading(mut self, trade: Option<Trade>) -> Self {
        self.trade = trade;
        self
    }

    /// Says that it helps, and is not enough by itself.
    #[must_use]
    pub fn insufficient(mut self) -> Self {
        self.sufficient = false;
        self
    }

    /// Says that it is one of several of which the cheapest is shown.
    #[must_use]
    pub fn rivalling(mut self, idea: &'static str) -> Self {
        self.rivals = Some(idea);
        self
    }

    /// Says which attributes are to be written for it.
    #[must_use]
    pub fn writing(mut self, edits: Vec<Change>) -> Self {
        self.edits = Some(edits);
        self
    }

    /// Says that there is more to it than edits of attributes.
    #[must_use]
    pub fn by_hand(self) -> Self {
        self.writing(Vec::new())
    }

    /// What it gives other values, if that is all there is to it: attributes and variables, and nothing else.
    pub fn edits(&self) -> &[Change] {
        let all = self.edits.as_ref().unwrap_or(&self.changes);
        let is_edit = |change: &Change| matches!(change, Change::Set { .. } | Change::Variable { .. });
        if all.iter().all(is_edit) { all } else { &[] }
    }

    /// Adds what one of the finding's numbers becomes.
    #[must_use]
    pub fn to(mut self, name: &'static str, value: impl Into<Measure>) -> Self {
        self.measure.insert(name, value.into());
        self
    }
}
