//! The words in which text formats say what lies between two reports.

use super::cost::count;
use super::text::sentence;
use crate::compare::{Bill, Change, Comparison, Effect, Kind, MeasureChange, SideMeasure};
use crate::finding::Verdict;
use crate::units::{Grouped, counted};

/// The heading above what became the same.
pub(super) const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "New",
        Kind::Unexempted => "No longer exempted",
        Kind::Worse => "Worse",
        Kind::Confirmed => "Undetermined before, a violation now",
        Kind::Changed => "Other numbers, neither better nor worse",
        Kind::Unclear => "A violation before, undetermined now",
        Kind::Exempted => "Exempted since",
        Kind::Cleared => "Undetermined before, not told any more",
        Kind::Better => "Better",
        Kind::Gone => "Gone",
        Kind::NotCompared => "Not compared: the other report did not look, or does not show it",
    }
}

/// All in one sentence: `2 new, 1 worse, 3 gone; 5 are the same.`
pub(super) fn headline(comparison: &Comparison) -> String {
    let word = |kind: Kind| match kind {
        Kind::New => "new",
        Kind::Unexempted => "no longer exempted",
        Kind::Worse => "worse",
        Kind::Confirmed => "confirmed",
        Kind::Changed => "with other numbers",
        Kind::Unclear => "not certain any more",
        Kind::Exempted => "exempted since",
        Kind::Cleared => "not in doubt any more",
        Kind::Better => "better",
        Kind::Gone => "gone",
        Kind::NotCompared => "not compared",
    };
    let counts = Kind::ALL.into_iter().map(|kind| (comparison.count(kind), kind)).filter(|(number, _)| *number > 0);
    let parts: Vec<String> = counts.map(|(number, kind)| format!("{number} {}", word(kind))).collect();
    let same = match comparison.same {
        0 if parts.is_empty() => return "No findings in either report.".to_owned(),
        number if parts.is_empty() => return format!("Nothing has changed: {} in both.", count(number, "finding")),
        0 => "none is the same".to_owned(),
        1 => "1 is the same".to_owned(),
        number => format!("{number} are the same"),
    };
    format!("{}; {same}.", parts.join(", "))
}

/// What fails, as a sentence; nothing where nothing does.
pub(super) fn failure(comparison: &Comparison) -> Option<String> {
    let number = comparison.changes.iter().filter(|change| change.fails).count();
    let mildest = comparison.fail_on?.as_str();
    (number > 0)
        .then(|| format!("This fails: {} of at least {mildest} severity, new or worse.", count(number, "finding")))
}

/// How bad it is, and how bad it was where that differs: `medium → high`.
pub(super) fn severity(change: &Change) -> String {
    let (from, to) = (change.from.as_ref(), change.to.as_ref());
    match (from.map(|finding| finding.severity), to.map(|finding| finding.severity)) {
        (Some(from), Some(to)) if from != to => format!("{} → {}", from.as_str(), to.as_str()),
        (_, Some(severity)) | (Some(severity), None) => severity.as_str().to_owned(),
        (None, None) => String::new(),
    }
}

/// What else belongs to it in a word: that it is undetermined, or why it is exempted. What the heading says is not said again.
pub(super) fn aside(change: &Change) -> Option<String> {
    let last = change.last()?;
    match (change.kind, &last.exemption) {
        (Kind::New | Kind::Unexempted | Kind::NotCompared, None) if last.verdict == Verdict::Undetermined => {
            Some("undetermined".to_owned())
        }
        (_, Some(reason)) => Some(format!("exempted: {reason}")),
        _ => None,
    }
}

fn amount(measure: Option<SideMeasure>) -> String {
    match measure {
        None => "not told".to_owned(),
        Some(SideMeasure::Number(number)) => Grouped(number).to_string(),
        Some(SideMeasure::Unlimited) => "unlimited".to_owned(),
    }
}

fn measure(change: &MeasureChange, is_mixed: bool) -> String {
    let effect = match change.effect {
        Effect::Worse if is_mixed => " (worse)",
        Effect::Better if is_mixed => " (better)",
        _ => "",
    };
    format!("{} {} → {}{effect}", change.name, amount(change.from), amount(change.to))
}

/// The numbers that differ: `maximum 1,460 → 2,000, rollout 2,920 → 4,000`. Where they go both ways, each says which.
pub(super) fn measures(change: &Change) -> Option<String> {
    let has = |effect: Effect| change.measures.iter().any(|measure| measure.effect == effect);
    let is_mixed = has(Effect::Worse) && has(Effect::Better);
    // Of what could not be told before, or cannot any more, many are missing, which says nothing.
    let is_told = |one: &&MeasureChange| change.kind == Kind::Changed || one.from.is_some() && one.to.is_some();
    let parts: Vec<String> = change.measures.iter().filter(is_told).map(|one| measure(one, is_mixed)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What is wrong; of what asks for nobody's attention only the first sentence, which tells it from others.
pub(super) fn message(change: &Change) -> Option<String> {
    let needs_all = change.kind.is_bad() || matches!(change.kind, Kind::Changed | Kind::Unclear);
    let message = change.last()?.message.as_str();
    let first = message.split_once(". ").map_or(message, |(first, _)| first);
    Some(if needs_all { sentence(message) } else { sentence(first.trim_end_matches('.')) + "." })
}

/// The monthly cost of both, in sentences: the amounts first, then how far they go. Nothing where neither report says it.
pub(super) fn cost(comparison: &Comparison) -> Vec<String> {
    let [Some(from), Some(to)] = comparison.bills() else {
        let told = comparison.sides.iter().filter_map(|side| Some((side, side.bill.as_ref()?)));
        return told
            .map(|(side, bill)| {
                format!("Monthly cost: {} in {}; the other report does not say it.", sum(bill), side.name)
            })
            .collect();
    };
    let subject = subject(comparison);
    let between = format!("{} → {}", sum(from), sum(to));
    let mut texts = vec![match comparison.difference() {
        _ if !comparison.has_same_plans() => apart(comparison, [from, to]),
        Some(more) if more.expected.cents().is_zero() && sum(from) == sum(to) => {
            format!("{subject} unchanged: {}{}", sum(to), far([from, to]))
        }
        Some(more) => {
            let about = if more.margin.cents().is_zero() { "" } else { "~" };
            format!("{subject} {about}{}: {between}{}", more.expected.signed(&to.currency), far([from, to]))
        }
        None if from.currency != to.currency => {
            format!("{subject}: {between}; amounts in {} and {} are not compared", from.currency, to.currency)
        }
        None => format!("{subject}: {between}; what lies between is not known"),
    }];
    if from.gaps > 0 || to.gaps > 0 {
        texts.push(format!(
            "Without a price, or with one for a part only: {} in the first report and {} in the second",
            counted(from.gaps, "resource"),
            Grouped(to.gaps)
        ));
    }
    if from.by_unstated_usage > 0 || to.by_unstated_usage > 0 {
        texts.push("What costs more with use is not counted where nobody states the use".to_owned());
    }
    texts.iter().map(|text| format!("{text}.")).collect()
}

/// Whose cost it is, where each report has one plan and these are of two projects.
fn subject(comparison: &Comparison) -> String {
    let mut projects = comparison.sides.iter().map(|side| match side.plans.as_slice() {
        [plan] => plan.project.as_deref(),
        _ => None,
    });
    match (projects.next().flatten(), projects.next().flatten()) {
        (Some(from), Some(to)) if from != to => format!("Monthly cost from {from} to {to}"),
        _ => "Monthly cost".to_owned(),
    }
}

/// The bills of two reports that do not have the same plans: what lies between them is no change of anything.
fn apart(comparison: &Comparison, bills: [&Bill; 2]) -> String {
    let told = comparison.sides.iter().zip(bills);
    let told = told.map(|(side, bill)| format!("{} for {}", sum(bill), count(side.plans.len(), "plan")));
    let told = told.collect::<Vec<_>>().join(" → ");
    format!("Monthly cost: {told}{}. These are not the same plans, so the two are not compared", far(bills))
}

/// What limits the amounts of two bills.
fn far(bills: [&Bill; 2]) -> &'static str {
    if bills.iter().all(|bill| bill.is_complete) { "" } else { ", as far as prices are known" }
}

/// What a month costs as it starts; an estimate says so, and what has no price is no zero.
fn sum(bill: &Bill) -> String {
    if !bill.is_known() {
        return "not known".to_owned();
    }
    let about = if bill.monthly.margin.cents().is_zero() { "" } else { "~" };
    format!("{about}{}", bill.monthly.expected.of(&bill.currency))
}

/// The plan of a change, where there are several.
pub(super) fn plan<'c>(comparison: &'c Comparison, change: &Change) -> Option<&'c str> {
    let plan = comparison.plans.get(change.plan)?;
    (comparison.plans.len() > 1).then_some(plan.name.as_str())
}
