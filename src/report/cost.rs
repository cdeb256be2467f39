//! All that there is to say of a bill, and the words in which text formats say it.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::headline::Tone;
use super::summary::PlanSummary;
use crate::cost::{Asked, Balance, Comparison, Component, Held, Item, Pair, Rail, Status, Sum, Totals};
use crate::finding::Severity;
use crate::model::Text;
use crate::units::{Decimal, Money, counted, listed, plain, symbol};

/// What plans do to the bill.
#[derive(Debug, Default)]
pub struct CostReport {
    /// The plans, each with its bill.
    pub plans: Vec<PlanCost>,
    /// All of them together.
    pub totals: CostTotals,
    /// What the bill goes by.
    pub basis: CostBasis,
    /// How much of it is shown.
    pub extent: Extent,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

/// One plan with its bill.
#[derive(Debug)]
pub struct PlanCost {
    /// How it was read.
    pub plan: PlanSummary,
    /// Its bill, before and after.
    pub bill: Comparison,
}

/// What plans cost, in a few numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostTotals {
    /// Before, after, and what lies between.
    pub balance: Balance,
    /// The code of the currency.
    pub currency: Text,
    /// What became of the guard rails.
    pub rails: Vec<Asked>,
    /// Where resources are taken to be of which no plan tells it.
    pub assumed_region: Option<Text>,
    /// How many these are.
    pub without_region: usize,
}

/// What a bill goes by.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CostBasis {
    /// The day: `2026-11-29`.
    pub as_of: String,
    /// The usage file, as a reader finds it.
    pub usage: Option<String>,
    /// The price book that was named.
    pub prices: Option<String>,
}

/// How much of a bill is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Extent {
    /// What changes in full, the rest in short.
    #[default]
    Brief,
    /// Only what changes.
    Changed,
    /// All in full.
    All,
}

impl CostTotals {
    /// Whether a guard rail is exceeded.
    pub fn is_failure(&self) -> bool {
        self.exceeded() > 0
    }

    /// How many guard rails are exceeded.
    pub(super) fn exceeded(&self) -> usize {
        self.rails.iter().filter(|asked| asked.held == Held::Exceeded).count()
    }

    /// An amount in the currency of the bill.
    pub(super) fn money(&self, amount: Money) -> String {
        amount.of(&self.currency)
    }

    /// The same with its sign.
    pub(super) fn signed(&self, amount: Money) -> String {
        amount.signed(&self.currency)
    }

    /// What a sum is as it starts; an estimate says so.
    pub(super) fn about(&self, sum: Sum) -> String {
        format!("{}{}", tilde(sum), self.money(sum.expected))
    }

    /// The same with its sign.
    pub(super) fn about_signed(&self, sum: Sum) -> String {
        format!("{}{}", tilde(sum), self.signed(sum.expected))
    }
}

/// Stands before what rests on an estimate.
fn tilde(sum: Sum) -> &'static str {
    if sum.margin == Money::ZERO { "" } else { "~" }
}

/// What one unit costs, with all digits that say something: `$0.0000166667`.
pub(super) fn unit_price(currency: &str, price: Money) -> String {
    const DIGITS: u32 = 8;
    format!("{}{}", symbol(currency), plain(price.0.round_sf(DIGITS).unwrap_or(price.0)))
}

/// A quantity with its thousands set apart.
pub(super) fn amount(number: Decimal) -> String {
    const PLACES: u32 = 4;
    let text = plain(number.round_dp(PLACES));
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let whole = Money(whole.parse().unwrap_or(number)).to_string();
    let whole = whole.strip_suffix(".00").unwrap_or(&whole);
    if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
}

/// The unit behind "per": `hour`, `GB`, `1M requests`.
pub(super) fn per(unit: &str) -> &str {
    let is_counted = unit.contains(' ') || unit.ends_with("ss");
    if is_counted { unit } else { unit.strip_suffix('s').unwrap_or(unit) }
}

/// So many of a unit: `730 hours`, `1 hour`.
pub(super) fn counted_in(number: Decimal, unit: &str) -> String {
    format!("{} {}", amount(number), if number == Decimal::ONE { per(unit) } else { unit })
}

pub(super) fn count(number: usize, noun: &str) -> String {
    counted(u64::try_from(number).unwrap_or(u64::MAX), noun)
}

/// By how many percent a sum has changed, where there was something.
pub(super) fn percent(balance: &Balance) -> Option<Decimal> {
    let more = balance.difference.expected.0.checked_mul(Decimal::ONE_HUNDRED)?;
    let percent = more.checked_div(balance.before.sum.expected.0)?;
    Some(percent.round_dp(u32::from(percent.abs() < Decimal::TEN)))
}

/// What the plans do to the bill, in one line.
pub(super) fn headline(totals: &CostTotals) -> (Tone, String) {
    let Balance { before, after, difference, .. } = &totals.balance;
    let tone = match difference.expected.cents() {
        _ if totals.is_failure() => Tone::Bad(Severity::High),
        cents if cents.is_sign_negative() && !cents.is_zero() => Tone::Good,
        _ => Tone::Neutral,
    };
    if before.priced + after.priced == 0 {
        let text = if after.is_complete() && before.is_complete() {
            "Monthly cost: nothing here costs anything by itself"
        } else {
            "Monthly cost not known: nothing that is billed here has a price"
        };
        return (tone, text.to_owned());
    }
    let (old, new) = (totals.about(before.sum), totals.about(after.sum));
    if difference.expected.cents().is_zero() && old == new {
        let far = if totals.balance.partial.is_empty() { "" } else { ", as far as prices are known" };
        return (tone, format!("Monthly cost unchanged{far}: {new}"));
    }
    let more = totals.about_signed(*difference);
    let part = percent(&totals.balance).map_or_else(String::new, |percent| {
        let sign = if percent.is_sign_negative() { "" } else { "+" };
        format!(" ({sign}{} %)", plain(percent))
    });
    (tone, format!("Monthly cost {more}{part}: {old} → {new}"))
}

/// How many there are of each type: `2 aws_x and 1 aws_y`, the most frequent first.
pub(super) fn kinds(kinds: &BTreeMap<Text, usize>) -> String {
    const SHOWN: usize = 6;
    let mut all: Vec<(&Text, usize)> = kinds.iter().map(|(kind, count)| (kind, *count)).collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let more: usize = all.iter().skip(SHOWN).map(|(_, count)| count).sum();
    let mut parts: Vec<String> = all.iter().take(SHOWN).map(|(kind, count)| format!("{count} {kind}")).collect();
    if more > 0 {
        parts.push(format!("{more} of {}", count(all.len() - SHOWN, "other type")));
    }
    parts.join(", ")
}

/// How far the totals go; `changing` is how many of what has no price the plans change.
fn gaps(totals: &Totals, changing: usize) -> Option<String> {
    let number = |kinds: &BTreeMap<Text, usize>| kinds.values().sum::<usize>();
    let mut parts = Vec::new();
    if !totals.not_priced.is_empty() {
        let who = kinds(&totals.not_priced);
        parts.push(format!("{} not priced ({who})", count(number(&totals.not_priced), "resource")));
    }
    if !totals.incomplete.is_empty() {
        parts.push(format!("{} priced in part ({})", number(&totals.incomplete), kinds(&totals.incomplete)));
    }
    if changing > 0 {
        parts.push(format!("{changing} of them {}", if changing == 1 { "changes" } else { "change" }));
    }
    (!parts.is_empty()).then(|| format!("Incomplete: {}.", parts.join("; ")))
}

/// What else has to be known to read the headline.
pub(super) fn asides(totals: &CostTotals) -> Vec<String> {
    let Balance { before, after, partial, difference } = &totals.balance;
    let mut asides = Vec::new();
    if !after.sum.is_flat() {
        let (low, high) = (totals.money(after.sum.minimum), totals.money(after.sum.maximum));
        asides.push(format!("As it scales, between {low} and {high}."));
    }
    let changing = partial.values().sum();
    let earlier = || Some(format!("As things stand, {}", gaps(before, changing)?.replacen('I', "i", 1)));
    asides.extend(gaps(after, changing).or_else(earlier));
    if after.sum.expected - before.sum.expected != difference.expected {
        asides.push("What has a price on one side only counts neither as a cost nor as a saving.".to_owned());
    }
    if after.by_unstated_usage > 0 {
        let number = count(after.by_unstated_usage, "resource");
        let verb = if after.by_unstated_usage == 1 { "costs" } else { "cost" };
        asides.push(format!("{number} {verb} more with use, which is not counted: --usage FILE says how much."));
    }
    if totals.without_region > 0 {
        let number = count(totals.without_region, "resource");
        asides.push(match &totals.assumed_region {
            Some(region) => format!("Assumed: {number} whose region the plan does not tell to be in {region}."),
            None => format!("The plan does not tell the region of {number}: --region REGION assumes one."),
        });
    }
    asides
}

/// What became of each guard rail.
pub(super) fn rails(totals: &CostTotals) -> Vec<(Held, String)> {
    let told = |asked: &Asked| {
        let Asked { rail, held, reached } = asked;
        let in_money = |amount: Decimal| totals.money(Money(amount));
        let reached = match (rail, reached) {
            (Rail::IncreasePercent(_), Some(percent)) => format!("{} %", plain(percent.round_dp(1))),
            (_, Some(amount)) => in_money(*amount),
            (_, None) => "an unknown percentage".to_owned(),
        };
        let limit = match rail {
            Rail::Increase(limit) | Rail::Total(limit) => in_money(limit.0),
            Rail::IncreasePercent(limit) => format!("{} %", plain(*limit)),
        };
        let what = match rail {
            Rail::Increase(_) | Rail::IncreasePercent(_) => "more a month",
            Rail::Total(_) => "a month",
        };
        let text = match held {
            Held::Exceeded => format!("{rail} is exceeded: {reached} {what}, and {limit} are allowed"),
            Held::Kept => format!("{rail} is kept: {reached} {what}"),
            Held::Open if asked.reached.is_none() => {
                format!("{rail} cannot be told: nothing has a price before, so there is nothing to be a percentage of")
            }
            Held::Open => {
                format!("{rail} cannot be told: {reached} {what} as far as prices are known, and not all are")
            }
        };
        (*held, text)
    };
    totals.rails.iter().map(told).collect()
}

/// How much of a component there is, and what one costs: `730 hours × $0.045`; `None` where that has no price.
pub(super) fn working(totals: &CostTotals, component: &Component) -> Option<String> {
    let price = component.price.as_ref().ok()?;
    let quantity = component.quantity.as_ref().ok()?;
    let about = if price.is_estimate() { "~" } else { "" };
    let unit = unit_price(&totals.currency, price.price);
    let discount = price.discount.map_or_else(String::new, |percent| format!(" (less {} %)", plain(percent)));
    Some(match quantity {
        Some(amounts) => {
            format!("{} × {about}{unit}{discount}", counted_in(amounts.expected, component.unit))
        }
        None => format!("depends on usage: {about}{unit}{discount} per {}", per(component.unit)),
    })
}

/// Why a component has no cost, unless that is its usage.
pub(super) fn hole(component: &Component) -> Option<&str> {
    let reason = component.quantity.as_ref().err().or_else(|| component.price.as_ref().err());
    reason.map(String::as_str)
}

/// What a component is called, with the part that it is for.
pub(super) fn name(component: &Component) -> String {
    let part = &component.part;
    if part.is_empty() { component.name.to_string() } else { format!("{part}: {}", component.name) }
}

/// Whether there is anything to say of a resource.
pub(super) fn is_billed(item: Option<&Item>) -> bool {
    item.is_some_and(|item| !matches!(item.status, Status::Free | Status::Elsewhere))
}

/// Why nothing of a resource has a price.
pub(super) fn unpriced(item: Option<&Item>) -> Option<&str> {
    match &item?.status {
        Status::NotPriced(why) => Some(why),
        _ => None,
    }
}

/// What has no price at all, by reason: the addresses of a few, the types of many.
pub(super) fn unpriced_by_reason<'p>(pairs: &[&'p Pair]) -> BTreeMap<&'p str, Vec<String>> {
    const FEW: usize = 3;
    let mut groups: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for pair in pairs {
        let side = pair.after.as_ref().filter(|item| unpriced(Some(item)).is_some()).or(pair.before.as_ref());
        let Some((item, why)) = side.and_then(|item| Some((item, unpriced(Some(item))?))) else { continue };
        groups.entry(why).or_default().push(item);
    }
    let told = |items: Vec<&Item>| -> Vec<String> {
        if items.len() <= FEW {
            return items.iter().map(|item| item.address.to_string()).collect();
        }
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for item in &items {
            *kinds.entry(item.kind.as_str()).or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect()
    };
    groups.into_iter().map(|(why, items)| (why, told(items))).collect()
}

/// Whether some of a resource has a price, before or after.
pub(super) fn has_price(pair: &Pair) -> bool {
    [&pair.before, &pair.after].into_iter().flatten().any(|item| unpriced(Some(item)).is_none())
}

/// Where prices come from: each source with its days.
pub(super) fn sources<'c>(components: impl Iterator<Item = &'c Component>) -> Vec<String> {
    let mut all: BTreeMap<&Text, (usize, &str, &str)> = BTreeMap::new();
    for component in components {
        let Ok(price) = &component.price else { continue };
        let day = price.source.as_of.as_str();
        let (count, first, last) = all.entry(&price.source.name).or_insert((0, day, day));
        *count += 1;
        *first = day.min(first);
        *last = day.max(last);
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
    let days = |first: &str, last: &str| if first == last { first.to_owned() } else { format!("{first} to {last}") };
    all.into_iter().map(|(name, (_, first, last))| format!("{name} ({})", days(first, last))).collect()
}

/// What is estimated, and how far it may be off.
pub(super) fn estimates<'c>(components: impl Iterator<Item = &'c Component>) -> Option<String> {
    let prices = components.filter_map(|component| component.price.as_ref().ok());
    let (mut number, mut widest, mut savings) = (0_usize, None::<Decimal>, 0);
    for price in prices.filter(|price| price.is_estimate()) {
        number += 1;
        widest = widest.max(price.source.within_percent);
        savings += usize::from(price.saving.is_some());
    }
    if number == 0 {
        return None;
    }
    let mut parts = Vec::new();
    parts.extend(widest.map(|percent| format!("within {} % of the true price", plain(percent))));
    if savings > 0 {
        parts.push(format!("{savings} by what is saved on average"));
    }
    let prices = if number == 1 { "1 price is".to_owned() } else { format!("{} are", count(number, "price")) };
    Some(format!("~ {prices} estimated: {}.", listed(parts)))
}

/// What a bill goes by, in words.
pub(super) fn basis(report: &CostReport) -> String {
    let CostBasis { as_of, usage, prices } = &report.basis;
    let mut parts = vec![format!("list prices, month of 730 hours, as of {as_of}")];
    let named = |what: &str, name: &dyn Display| format!("{what} of {name}");
    parts.extend(prices.as_ref().map(|name| named("prices", name)));
    parts.extend(usage.as_ref().map(|name| named("usage", name)));
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_spelled_for_readers() {
        assert_eq!(amount(decimal("1234567.5")), "1,234,567.5");
        assert_eq!(amount(decimal("730.00")), "730");
        assert_eq!(amount(decimal("0.123456")), "0.1235");
        assert_eq!(unit_price("USD", Money(decimal("0.0000166667"))), "$0.0000166667");
        assert_eq!(unit_price("EUR", Money(decimal("0.3333333333333333"))), "EUR 0.33333333");
        let counted =
            [counted_in(decimal("1"), "hours"), counted_in(decimal("1.0"), "GB"), counted_in(decimal("730"), "hours")];
        assert_eq!(counted, ["1 hour", "1 GB", "730 hours"]);
        assert_eq!((per("hours"), per("GB"), per("1M requests")), ("hour", "GB", "1M requests"));
        let totals = CostTotals { currency: "USD".into(), ..CostTotals::default() };
        assert_eq!(totals.signed(Money(decimal("-21.9"))), "-$21.90");
        assert_eq!(totals.signed(Money(decimal("21.9"))), "+$21.90");
        assert_eq!(totals.signed(Money(decimal("0.001"))), "$0.00");
    }
}
