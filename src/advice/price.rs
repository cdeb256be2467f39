//! What each way out costs: the bill with its changes, less the bill without.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Prices;
use crate::cost::{Sum, Terms, touched, usage_of, what_if};
use crate::facts::Change;
use crate::finding::{Costs, Delta, Finding, Remedy, Trade};
use crate::topology::Ledger;
use crate::units::{Decimal, Grouped, Money, symbol};

/// Prices the remedies of every finding, leaves of rivals the cheapest, and puts the cheapest sufficient one first.
///
/// Without terms nothing is priced: of rivals the first stays, which the rule would rather.
pub fn price(findings: &mut [Finding], ledger: &Ledger, terms: Option<&Terms>) {
    findings.par_iter_mut().for_each(|finding| {
        if let Some(terms) = terms {
            finding.remedies.iter_mut().for_each(|remedy| reprice(remedy, ledger, terms));
        }
        keep_cheapest(&mut finding.remedies);
        // The rule's own order stays among those that cost the same.
        if terms.is_some() {
            finding.remedies.sort_by_key(rank);
        }
    });
}

/// A ledger at its prices, for choosing among ways out.
#[derive(Debug)]
pub struct Priced<'p> {
    /// The resources.
    pub ledger: &'p Ledger,
    /// Their prices.
    pub terms: &'p Terms,
}

impl Prices for Priced<'_> {
    fn price(&self, changes: &[Change]) -> Option<Sum> {
        what_if(self.ledger, self.terms, changes).ok()
    }

    fn touches(&self, changes: &[Change]) -> BTreeSet<String> {
        touched(self.ledger, self.terms, changes)
    }
}

fn reprice(remedy: &mut Remedy, ledger: &Ledger, terms: &Terms) {
    let sum = if remedy.changes.is_empty() { None } else { Some(what_if(ledger, terms, &remedy.changes)) };
    let trade = remedy.trade.as_ref().and_then(|trade| terms_of(trade, &remedy.changes, (ledger, terms), sum.as_ref()));
    match sum {
        Some(Ok(sum)) => remedy.monthly_delta = Delta::Costs(Box::new(costs(sum, terms.currency(), trade))),
        Some(Err(why)) => remedy.monthly_delta = Delta::NotPriced(why.into()),
        None => {
            if let (Delta::NotPriced(why), Some(trade)) = (&remedy.monthly_delta, trade) {
                remedy.monthly_delta = Delta::NotPriced(format!("{why}; {trade}").into());
            }
        }
    }
}

fn costs(sum: Sum, currency: &str, also: Option<String>) -> Costs {
    let Sum { minimum, expected, maximum, margin } = sum;
    Costs { minimum, expected, maximum, margin, currency: currency.into(), also }
}

/// What each further unit of use does to the bill, in words.
fn terms_of(
    trade: &Trade,
    changes: &[Change],
    (ledger, terms): (&Ledger, &Terms),
    fixed: Option<&Result<Sum, String>>,
) -> Option<String> {
    let fixed = fixed.and_then(|fixed| fixed.as_ref().ok()).map(|fixed| fixed.expected);
    // Some of it goes through what the remedy adds.
    let both: Vec<Change> = changes.iter().chain(&trade.changes).cloned().collect();
    let each = what_if(ledger, terms, &both).ok()?.expected - fixed.unwrap_or_default();
    if each == Money::ZERO {
        return None;
    }
    let Some(fixed) = fixed.filter(|fixed| *fixed > Money::ZERO && each < Money::ZERO) else {
        let verb = if each < Money::ZERO { "saves" } else { "costs" };
        return Some(format!("each {} {verb} {}{}", trade.unit, symbol(terms.currency()), small(each)));
    };
    // Where both lines cross: what is saved pays for what it costs.
    let even = fixed.0.checked_div(-each.0)?.round_dp(1);
    let mut text = format!("it pays for itself from {} {} on", thousands(even), trade.units);
    if trade.parts > 1 {
        let part = fixed.0.checked_div(-each.0)?.checked_div(Decimal::from(trade.parts))?.round_dp(1);
        text.push_str(&format!(" ({} in each of {} zones)", thousands(part), trade.parts));
    }
    let stated = trade.stated.as_ref().and_then(|(address, key)| usage_of(ledger, terms, address, key));
    if let (Some(stated), Some((address, _))) = (stated, &trade.stated) {
        let net = fixed + each.times(stated);
        text.push_str(&format!(
            "; with all {} GB that the usage file states for {address} it {} {} a month in sum",
            thousands(stated),
            if net > Money::ZERO { "costs" } else { "saves" },
            Money(net.0.abs()).of(terms.currency()),
        ));
    }
    Some(text)
}

/// An amount of which even parts of a cent count.
fn small(amount: Money) -> String {
    let amount = amount.0.abs();
    if amount < Decimal::ONE { amount.round_dp(4).normalize().to_string() } else { Money(amount).to_string() }
}

fn thousands(number: Decimal) -> String {
    let whole = u64::try_from(number.trunc()).unwrap_or(u64::MAX);
    let rest = number.fract().normalize();
    let rest = rest.to_string();
    format!("{}{}", Grouped(whole), rest.strip_prefix('0').unwrap_or_default())
}

/// Of remedies that are one idea with different things, the cheapest that is priced; the first if none is.
fn keep_cheapest(remedies: &mut Vec<Remedy>) {
    let groups: Vec<&'static str> = remedies.iter().filter_map(|remedy| remedy.rivals).collect();
    for group in groups {
        let rivals = remedies.iter().enumerate().filter(|(_, remedy)| remedy.rivals == Some(group));
        let best =
            rivals.min_by_key(|(at, remedy)| (expected(remedy).is_none(), expected(remedy), *at)).map(|(at, _)| at);
        let mut at = 0;
        remedies.retain(|remedy| {
            let stays = remedy.rivals != Some(group) || Some(at) == best;
            at += 1;
            stays
        });
    }
}

fn expected(remedy: &Remedy) -> Option<Money> {
    match &remedy.monthly_delta {
        Delta::Free(_) => Some(Money::ZERO),
        Delta::Costs(costs) => Some(costs.expected),
        Delta::NotPriced(_) => None,
    }
}

/// Sufficient ones before others, cheap ones before dear ones, what nobody can price behind; what saves is no cheaper than what
/// is free: the rule knows which of them it would rather see.
fn rank(remedy: &Remedy) -> (bool, bool, Money) {
    let expected = expected(remedy);
    (!remedy.sufficient, expected.is_none(), expected.unwrap_or_default().max(Money::ZERO))
}
