//! What is said beside the plans: exemptions, declarations, tags; and what has become of it.

use std::collections::BTreeSet;

use crate::advice::{Advice, Status};
use crate::facts::{Declaration, Declarations, Declared, TAG, Tags};
use crate::model::{Address, Attr, Pattern, Place, Text};
use crate::policy::{Exemption, Exemptions, Policy, Standing};
use crate::rules;
use crate::source::Ignore;
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
    ignored: Vec<(Text, Text)>,
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
                    Attr::Set(text) => all.ignored.push((address.as_str().into(), text.clone())),
                    Attr::Unknown(why) => {
                        all.wrong.push(format!("{} lets nothing off: its value is {why}", tag_of(address.as_str())));
                    }
                    Attr::Unset => {}
                }
            }
            if what != Declaration::default() {
                let (of, place) = (Pattern::new(address.as_str()), Text::from(address.as_str()));
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

    /// Takes in what comments and tags of a plan let off; gives what is wrong with them, in words.
    pub fn ignore(&mut self, (comments, astray): (Vec<Ignore>, Vec<Place>), tagged: &Tagged) -> Vec<String> {
        if self.policy.no_ignore {
            return Vec::new();
        }
        let mut notes: Vec<String> = (astray.into_iter())
            .map(|place| format!("{place} lets nothing off: planwise:ignore stands on no resource and no module"))
            .collect();
        let rules = rules::all().into_iter().map(|rule| rule.meta.name);
        let of_comment = |ignore: Ignore| {
            let address = if ignore.is_call { format!("{}.**", ignore.address) } else { ignore.address };
            (Place { column: None, ..ignore.place }.to_string(), Pattern::new(&address), Text::from(ignore.text))
        };
        let of_tag = |(address, text): &(Text, Text)| (tag_of(address), Pattern::new(address), text.clone());
        let all = comments.into_iter().map(of_comment).chain(tagged.ignored.iter().map(of_tag));
        for (place, address, text) in all {
            match Exemption::said(&place, &address, &text, &rules) {
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

    /// Takes out what is exempted. What is over needs no exemption; what was exempted once says so.
    pub fn exempt(&mut self, advice: &mut Vec<Advice>) -> Vec<(Advice, Exemption)> {
        let exemptions = &self.exemptions;
        if exemptions.list.is_empty() {
            return Vec::new();
        }
        let (mut counted, mut exempted) = (Vec::with_capacity(advice.len()), Vec::new());
        for mut advice in advice.drain(..) {
            let standing = exemptions.standing(&advice.finding, &mut self.met);
            match standing {
                _ if advice.status == Status::Resolved => counted.push(advice),
                Standing::None => counted.push(advice),
                Standing::Exempt(exemption) => exempted.push((advice, exemption.clone())),
                Standing::Expired(exemption, day) => {
                    self.expired.extend(exemptions.list.iter().position(|one| std::ptr::eq(one, exemption)));
                    let Exemption { place, reason, .. } = exemption;
                    advice.finding.message.push_str(&format!(" It was exempted until {day} ({place}: {reason})."));
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
        let place = |at: &usize| self.exemptions.list.get(*at).map(|exemption| exemption.place.as_str());
        if !self.expired.is_empty() {
            let number = count(self.expired.len());
            notes.push(format!(
                "{} expired, and what {} let off counts again: {}",
                counted(number, "exemption"),
                if number == 1 { "it" } else { "they" },
                few(self.expired.iter().filter_map(place))
            ));
        }
        // A rule that is not applied finds nothing that could be exempted.
        let is_asked = |exemption: &Exemption| exemption.rule.as_deref().is_none_or(|rule| applied.contains(&rule));
        let idle: Vec<&str> = (self.exemptions.list.iter().zip(&self.met))
            .filter(|(exemption, met)| !**met && is_asked(exemption))
            .map(|(exemption, _)| exemption.place.as_str())
            .collect();
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

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
