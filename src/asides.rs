//! What is said beside the plans: exemptions, declarations, tags; and what has become of it.

use std::collections::BTreeSet;
use std::fmt;

use crate::advice::{Advice, Status};
use crate::facts::{Declaration, Declarations, Declared, TAG, Tags};
use crate::model::{Address, Attr, Pattern, Place, Text};
use crate::policy::{Exemption, Exemptions, Policy, Standing};
use crate::rules;
use crate::source::{Ignore, Ignores};
use crate::topology::Heard;
use crate::units::{counted, few};

/// So many differences are told one by one.
const SHOWN: usize = 5;

/// What the tags of a plan's resources say.
#[derive(Debug, Default)]
pub struct Tagged {
    /// What they say of workloads, or would.
    pub said: Vec<Declared>,
    /// What shall not be told: of which resource, and the words.
    ignored: Vec<(Address, Text)>,
    /// What cannot be made sense of, in words.
    wrong: Vec<String>,
}

impl Tagged {
    /// Reads the tags of resources.
    pub fn of<'p>(resources: impl Iterator<Item = (&'p Address, &'p Tags)>) -> Self {
        let mut all = Self::default();
        for (address, tags) in resources {
            let (what, wrong) = tags.read(address.as_str());
            all.wrong.extend(wrong);
            for value in tags.ignored() {
                match value {
                    Attr::Set(text) => all.ignored.push((address.clone(), text.clone())),
                    Attr::Unknown(why) => {
                        all.wrong.push(format!("{} lets nothing off: its value is {why}", tag_of(address.as_str())));
                    }
                    Attr::Unset => {}
                }
            }
            if what != Declaration::default() {
                let (of, place) = (Pattern::exact(address.as_str()), Text::from(address.as_str()));
                all.said.push(Declared { of, what, place, by_tag: true });
            }
        }
        all
    }
}

fn tag_of(address: &str) -> String {
    format!("tag {TAG}ignore of {address}")
}

/// What is said beside the plans, and how much of it has met something.
#[derive(Debug)]
pub struct Asides<'a> {
    policy: &'a Policy,
    declared: &'a Declarations,
    /// Those of the policy, and those that comments and tags of the plans add.
    exemptions: Exemptions,
    /// Of each exemption, whether something is exempted by it, or was.
    met: Vec<bool>,
    expired: BTreeSet<usize>,
    /// The places of the declarations that speak of a workload of one of the plans.
    heard: BTreeSet<(String, Text)>,
}

impl<'a> Asides<'a> {
    /// Before the first plan.
    pub fn new(policy: &'a Policy, declared: &'a Declarations) -> Self {
        let met = vec![false; policy.exemptions.list.len()];
        let mut exemptions = policy.exemptions.clone();
        exemptions.as_of = exemptions.as_of.or(policy.as_of);
        Self { policy, declared, exemptions, met, expired: BTreeSet::new(), heard: BTreeSet::new() }
    }

    /// Takes in what comments and tags of the plan with the number `plan` let off in it; gives what is wrong with them, in
    /// words.
    pub fn ignore(&mut self, plan: usize, comments: Ignores, tagged: &Tagged) -> Vec<String> {
        if self.policy.no_ignore {
            return Vec::new();
        }
        let Ignores { here, astray, elsewhere } = comments;
        let mut notes: Vec<String> = (astray.into_iter())
            .map(|place| format!("{place} lets nothing off: planwise:ignore stands on no resource and no module"))
            .collect();
        notes.extend(not_heard(&elsewhere));
        let rules = rules::all().into_iter().map(|rule| rule.meta.name);
        let of_comment = |ignore: Ignore| {
            let Ignore { address, is_call, text, place } = ignore;
            let means = if is_call { Pattern::below(&address) } else { Pattern::block(&address) };
            (Place { column: None, ..place }.to_string(), means, Text::from(text))
        };
        let of_tag = |(address, text): &(Address, Text)| {
            (tag_of(address.as_str()), Pattern::exact(address.as_str()), text.clone())
        };
        let all = here.into_iter().map(of_comment).chain(tagged.ignored.iter().map(of_tag));
        for (place, address, text) in all {
            match Exemption::said(&place, &address, &text, plan, &rules) {
                Ok(said) => {
                    for exemption in
                        said.into_iter().filter(|one| !self.exemptions.list.contains(one)).collect::<Vec<_>>()
                    {
                        self.exemptions.list.push(exemption);
                        self.met.push(false);
                    }
                }
                Err(problem) => notes.push(format!("{place} lets nothing off: {problem}")),
            }
        }
        notes
    }

    /// Takes out what is exempted of the plan with the number `plan`. What is over needs no exemption; what was exempted once
    /// says so.
    pub fn exempt(&mut self, plan: usize, advice: &mut Vec<Advice>) -> Vec<(Advice, Exemption)> {
        let exemptions = &self.exemptions;
        if exemptions.list.is_empty() {
            return Vec::new();
        }
        let (mut counted, mut exempted) = (Vec::with_capacity(advice.len()), Vec::new());
        for mut advice in advice.drain(..) {
            let position = |exemption: &Exemption| exemptions.list.iter().position(|one| std::ptr::eq(one, exemption));
            let standing = exemptions.standing(&advice.finding, plan, &mut self.met);
            match standing {
                _ if advice.status == Status::Resolved => counted.push(advice),
                Standing::None => counted.push(advice),
                Standing::Exempt(exemption) => exempted.push((advice, exemption.clone())),
                Standing::Expired(exemption, day) => {
                    self.expired.extend(position(exemption));
                    let Exemption { place, reason, .. } = exemption;
                    advice.finding.message.push_str(&format!(" It was exempted until {day} ({place}: {reason})."));
                    counted.push(advice);
                }
                Standing::Partly { left, over } => {
                    self.expired.extend(over.into_iter().filter_map(position));
                    if left.len() < advice.finding.alike.len() {
                        let left = format!(" Some of these are exempted; it stays because of {}.", few(left));
                        advice.finding.message.push_str(&left);
                    }
                    counted.push(advice);
                }
            }
        }
        *advice = counted;
        exempted
    }

    /// What has become of declarations and tags in one plan, in words.
    pub fn hear(&mut self, heard: &Heard, tagged: &Tagged) -> Vec<String> {
        let mut notes = tagged.wrong.clone();
        let all = self.declared.with(tagged.said.clone());
        let mut strayed = Vec::new();
        for (at, declared) in all.all().iter().enumerate() {
            match (heard.met.contains(&at), declared.by_tag) {
                (true, false) => {
                    self.heard.insert((declared.of.as_str().to_owned(), declared.place.clone()));
                }
                (false, true) => strayed.push(declared.of.as_str()),
                (true, true) | (false, false) => {}
            }
        }
        if !strayed.is_empty() {
            notes.push(format!(
                "tags for planwise say nothing on {}: they are read on workloads and on what these are made from",
                few(strayed)
            ));
        }
        notes.extend(heard.remarks.iter().take(SHOWN).cloned());
        if let Some(more) = heard.remarks.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            notes.push(format!(
                "in {} more, what is declared differs from what the plan shows",
                counted(count(more), "case")
            ));
        }
        notes.extend(heard.strangers.iter().map(|(name, place)| {
            format!("{place}: connects-to names {name}, and this plan has no database and no cache that it means")
        }));
        notes.extend(heard.uncalled.iter().map(|(name, place)| {
            format!("{place}: calls names {name} as one's own, and this plan has nothing that it means")
        }));
        notes
    }

    /// What nobody has met, and what is over, in words; `applied` are the rules that looked.
    pub fn notes(&self, applied: &[&str]) -> Vec<String> {
        let mut notes = Vec::new();
        let over = Spot::each(self.expired.iter().filter_map(|at| self.exemptions.list.get(*at)));
        if !over.is_empty() {
            let number = count(over.len());
            notes.push(format!(
                "{} expired, and what {} let off counts again: {}",
                counted(number, "exemption"),
                if number == 1 { "it" } else { "they" },
                few(over)
            ));
        }
        // A rule that is not applied finds nothing that could be exempted.
        let is_asked = |exemption: &Exemption| exemption.rule.as_deref().is_none_or(|rule| applied.contains(&rule));
        let asked = || self.exemptions.list.iter().zip(&self.met).filter(|(exemption, _)| is_asked(exemption));
        // A comment is read with every plan of its configuration, and for every call of its module: it does something if it does
        // in one of them.
        let met: BTreeSet<Spot<'_>> =
            asked().filter(|(_, met)| **met).map(|(exemption, _)| Spot::of(exemption)).collect();
        let mut idle = Spot::each(asked().map(|(exemption, _)| exemption));
        idle.retain(|spot| !met.contains(spot));
        if !idle.is_empty() {
            let number = count(idle.len());
            let verb = if number == 1 { "exempts" } else { "exempt" };
            notes.push(format!("{} {verb} nothing here: {}", counted(number, "exemption"), few(idle)));
        }
        let silent: Vec<String> = (self.declared.all().iter())
            .filter(|declared| !self.heard.contains(&(declared.of.as_str().to_owned(), declared.place.clone())))
            .map(|declared| format!("{} ({})", declared.of.as_str(), declared.place))
            .collect();
        if !silent.is_empty() {
            notes.push(format!("what is declared of these meets no workload here: {}", few(silent)));
        }
        notes
    }
}

/// Where an exemption stands, and for which rule: what a reader looks for, once for all plans.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Spot<'e> {
    place: &'e str,
    rule: Option<&'e str>,
    /// Of whom a file says it: one line of it may hold several.
    of: Option<&'e str>,
}

impl<'e> Spot<'e> {
    fn of(exemption: &'e Exemption) -> Self {
        let Exemption { place, rule, address, plan, .. } = exemption;
        Self { place, rule: rule.as_deref(), of: plan.is_none().then_some(address.as_str()) }
    }

    /// Each of them once, in order.
    fn each(exemptions: impl Iterator<Item = &'e Exemption>) -> Vec<Self> {
        let mut told = BTreeSet::new();
        exemptions.map(Self::of).filter(|spot| told.insert(*spot)).collect()
    }
}

impl fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.place, self.rule.unwrap_or("every rule"))
    }
}

/// That comments in modules from elsewhere are not heard, and what to do, in words.
fn not_heard(calls: &[(String, Option<Place>)]) -> Option<String> {
    let told = calls.iter().map(|(call, place)| match place {
        Some(place) => format!("{call} ({})", Place { column: None, ..place.clone() }),
        None => call.clone(),
    });
    (!calls.is_empty()).then(|| {
        format!(
            "planwise:ignore in the files of modules from elsewhere lets nothing off: {}; to live with what is found there, put \
             the comment on the call",
            few(told)
        )
    })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Tag;
    use crate::finding::Finding;

    const ALL: [&str; 3] = ["aws_a.b[\"*\"]", "aws_a.b[\"x\"]", "aws_a.b[\"?\"]"];

    fn tagged(address: &str, key: &str, value: &str) -> Tagged {
        let tags = Tags(vec![Tag { key: key.into(), value: Attr::Set(value.into()) }]);
        Tagged::of([(&Address::new(address), &tags)].into_iter())
    }

    /// What is left of findings at all addresses.
    fn left(asides: &mut Asides<'_>, plan: usize) -> Vec<String> {
        let rule = &rules::all()[0].meta;
        let advice = |address| Advice {
            finding: Finding::violation(rule, &Address::new(address), "x"),
            status: Status::Introduced,
        };
        let mut all: Vec<Advice> = ALL.into_iter().map(advice).collect();
        asides.exempt(plan, &mut all);
        all.iter().map(|advice| advice.finding.address.to_string()).collect()
    }

    #[test]
    fn a_tag_speaks_for_its_own_resource_in_its_own_plan() {
        let (policy, declared) = (Policy::default(), Declarations::default());
        let mut asides = Asides::new(&policy, &declared);
        assert_eq!(left(&mut asides, 0), ALL);
        assert_eq!(asides.ignore(1, Ignores::default(), &tagged(ALL[0], "ignore", "* small")), Vec::<String>::new());
        assert_eq!(left(&mut asides, 1), [ALL[1], ALL[2]]);
        assert_eq!(left(&mut asides, 2), ALL);
        assert_eq!(asides.ignore(2, Ignores::default(), &tagged(ALL[2], "ignore", "* small")), Vec::<String>::new());
        assert_eq!(left(&mut asides, 2), [ALL[0], ALL[1]]);
        assert_eq!(asides.notes(&[]), Vec::<String>::new());
    }

    #[test]
    fn a_tag_declares_of_its_own_resource() {
        let said = tagged(ALL[0], "pool-size", "10").said;
        assert_eq!(ALL.map(|address| said[0].of.matches(address)), [true, false, false]);
    }

    #[test]
    fn comments_in_modules_from_elsewhere_are_told_once() {
        let (policy, declared) = (Policy::default(), Declarations::default());
        let elsewhere =
            vec![("module.far".to_owned(), Some(Place::character("main.tf", 10, 1))), ("module.b".to_owned(), None)];
        let notes =
            Asides::new(&policy, &declared).ignore(0, Ignores { elsewhere, ..Ignores::default() }, &Tagged::default());
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains("lets nothing off: module.far (main.tf:10) and module.b; "), "{notes:?}");
        assert!(notes[0].ends_with("put the comment on the call"), "{notes:?}");
    }

    #[test]
    fn one_line_of_a_file_may_hold_several_exemptions() {
        let exemption = |address: &str| Exemption {
            rule: None,
            address: Pattern::new(address),
            key: None,
            reason: "why".to_owned(),
            until: None,
            place: "planwise.yaml:3".to_owned(),
            plan: None,
        };
        let list = vec![exemption(ALL[1]), exemption("aws_a.c")];
        let policy = Policy { exemptions: Exemptions { list, as_of: None }, ..Policy::default() };
        let declared = Declarations::default();
        let mut asides = Asides::new(&policy, &declared);
        assert_eq!(left(&mut asides, 0), [ALL[0], ALL[2]]);
        assert_eq!(asides.notes(&[]), ["1 exemption exempts nothing here: planwise.yaml:3 (every rule)"]);
    }
}
