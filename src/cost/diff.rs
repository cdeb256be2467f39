//! The bills of both stages beside each other.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bill::{item_of, totals};
use super::plot::Prospect;
use super::{Bill, Component, Item, Status, Sum, Terms, Totals};
use crate::model::{Address, Text};
use crate::topology::Ledger;

/// What a plan does to the bill.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Every resource that is there before or after, in address order.
    pub pairs: Vec<Pair>,
    /// The bill as things stand.
    pub before: Totals,
    /// The bill once the plan is applied.
    pub after: Totals,
    /// What lies between them.
    between: Between,
}

/// One resource on both bills.
#[derive(Debug)]
pub struct Pair {
    /// Its address.
    pub address: Address,
    /// As it stands.
    pub before: Option<Item>,
    /// As it will be.
    pub after: Option<Item>,
}

/// How much more a resource costs.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// As far as that is known: what has a price on one side only is no saving, and no cost.
    pub sum: Sum,
    /// Whether something that changes has no price.
    pub is_partial: bool,
}

/// The bills of both stages in a few numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// As things stand.
    pub before: Totals,
    /// Once the plan is applied.
    pub after: Totals,
    /// How much more it costs, as far as that is known. Where something has a price on one side only, this is not the
    /// difference of both totals.
    pub difference: Sum,
    /// By type, of how many it is known in part at most.
    pub partial: BTreeMap<Text, usize>,
}

#[derive(Clone, Debug, Default)]
struct Between {
    difference: Sum,
    partial: BTreeMap<Text, usize>,
}

impl Between {
    fn add(&mut self, before: Option<&Item>, after: Option<&Item>) {
        let Difference { sum, is_partial } = difference(before, after);
        self.difference = self.difference + sum;
        if let Some(item) = after.or(before).filter(|_| is_partial) {
            *self.partial.entry(item.kind.clone()).or_default() += 1;
        }
    }

    fn plus(mut self, other: Self) -> Self {
        self.difference = self.difference + other.difference;
        for (kind, count) in other.partial {
            *self.partial.entry(kind).or_default() += count;
        }
        self
    }
}

impl Pair {
    /// How much more it costs.
    pub fn difference(&self) -> Difference {
        difference(self.before.as_ref(), self.after.as_ref())
    }

    /// Whether the plan changes anything of what it costs.
    pub fn changes(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                (&before.status, &before.components, &before.not_priced)
                    != (&after.status, &after.components, &after.not_priced)
            }
            _ => true,
        }
    }

    /// The later of its two sides.
    pub fn item(&self) -> Option<&Item> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// Its lines on both sides, matched: by name, or where that tells the kind in brackets, by what stands before these.
    pub fn lines(&self) -> Vec<(Option<&Component>, Option<&Component>)> {
        matched(lines_of(self.before.as_ref()), lines_of(self.after.as_ref()))
    }
}

impl Comparison {
    /// Puts both bills beside each other.
    pub fn of(before: Bill, after: Bill) -> Self {
        let totals = (before.totals(), after.totals());
        let mut pairs: BTreeMap<Address, (Option<Item>, Option<Item>)> = BTreeMap::new();
        for item in before.items {
            let address = item.address.clone();
            pairs.entry(address).or_default().0 = Some(item);
        }
        for item in after.items {
            let address = item.address.clone();
            pairs.entry(address).or_default().1 = Some(item);
        }
        let pairs: Vec<Pair> =
            pairs.into_iter().map(|(address, (before, after))| Pair { address, before, after }).collect();
        let mut between = Between::default();
        for pair in &pairs {
            between.add(pair.before.as_ref(), pair.after.as_ref());
        }
        Self { pairs, before: totals.0, after: totals.1, between }
    }

    /// How much more it costs, as far as that is known.
    pub fn difference(&self) -> Sum {
        self.between.difference
    }

    /// The same in a few numbers.
    pub fn balance(&self) -> Balance {
        Balance {
            before: self.before.clone(),
            after: self.after.clone(),
            difference: self.between.difference,
            partial: self.between.partial.clone(),
        }
    }
}

impl Balance {
    /// Of two plans together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let ours = Between { difference: self.difference, partial: self.partial };
        let Between { difference, partial } =
            ours.plus(Between { difference: other.difference, partial: other.partial });
        Self { before: self.before.plus(other.before), after: self.after.plus(other.after), difference, partial }
    }
}

/// Both bills in a few numbers, without keeping their lines. For the same ledger twice it is written once.
pub fn balance(before: &Ledger, after: &Ledger, terms: &Terms) -> Balance {
    let new = Prospect::new(after, terms);
    let later = after.entries().par_iter().enumerate();
    if std::ptr::eq(before, after) {
        let totals = totals(after, terms);
        return Balance { before: totals.clone(), after: totals, ..Balance::default() };
    }
    let old = Prospect::new(before, terms);
    let of_old = |at: usize| before.entries().get(at).and_then(|entry| item_of(&old, at, entry));
    let of_later = later.map(|(at, entry)| {
        let before = before.position(&entry.address).and_then(of_old);
        (before, item_of(&new, at, entry))
    });
    let gone = before.entries().par_iter().enumerate().filter(|(_, entry)| after.position(&entry.address).is_none());
    let of_gone = gone.map(|(at, entry)| (item_of(&old, at, entry), None));
    let added = |mut sums: (Totals, Totals, Between), (before, after): (Option<Item>, Option<Item>)| {
        if let Some(item) = &before {
            sums.0.add(item);
        }
        if let Some(item) = &after {
            sums.1.add(item);
        }
        sums.2.add(before.as_ref(), after.as_ref());
        sums
    };
    let none = <(Totals, Totals, Between)>::default;
    let joined =
        |a: (Totals, Totals, Between), b: (Totals, Totals, Between)| (a.0.plus(b.0), a.1.plus(b.1), a.2.plus(b.2));
    let (before, after, Between { difference, partial }) =
        of_later.chain(of_gone).fold(none, added).reduce(none, joined);
    Balance { before, after, difference, partial }
}

fn lines_of(item: Option<&Item>) -> Vec<&Component> {
    item.iter().flat_map(|item| &item.components).collect()
}

/// The lines that are on one side only: what is on both costs nothing more, whatever its price.
pub(super) fn differing<'i>(
    before: Option<&'i Item>,
    after: Option<&'i Item>,
) -> (Vec<&'i Component>, Vec<&'i Component>) {
    let (mut old, mut new) = (lines_of(before), lines_of(after));
    old.retain(|line| {
        let same = new.iter().position(|other| other == line);
        if let Some(at) = same {
            new.swap_remove(at);
        }
        same.is_none()
    });
    (old, new)
}

/// What lines cost together, as far as that is known.
pub(super) fn sum_of(lines: &[&Component]) -> Sum {
    lines.iter().filter_map(|line| line.cost).sum()
}

/// How much more a resource costs.
fn difference(before: Option<&Item>, after: Option<&Item>) -> Difference {
    let (old, new) = differing(before, after);
    if hole_between((before, &old), (after, &new)).is_none() {
        return Difference { sum: sum_of(&new) - sum_of(&old), is_partial: false };
    }
    let (Some(_), Some(_)) = (before, after) else {
        return Difference { sum: sum_of(&new) - sum_of(&old), is_partial: true };
    };
    // Of what has a price on one side only, nobody knows what it does.
    let known = matched(old, new).into_iter().filter_map(|pair| Some(pair.1?.cost? - pair.0?.cost?));
    Difference { sum: known.sum(), is_partial: true }
}

/// One side of a resource, and its lines that the other side has not.
type Side<'i> = (Option<&'i Item>, &'i [&'i Component]);

/// Why what changes cannot be told, if something without a figure changes: among the lines that differ, or beside them.
pub(super) fn hole_between((before, old): Side<'_>, (after, new): Side<'_>) -> Option<String> {
    let in_lines = new.iter().chain(old).find_map(|line| Some(format!("{}: {}", line.name, line.hole()?)));
    let beside = |item: Option<&Item>| item.map(|item| item.not_priced.clone()).unwrap_or_default();
    let (gone, come) = (beside(before), beside(after));
    let missing =
        come.iter().filter(|hole| !gone.contains(hole)).chain(gone.iter().filter(|hole| !come.contains(hole)));
    let beside = missing.map(|(name, why)| format!("{name}: {why}")).next();
    let whole = |item: Option<&Item>| match item.map(|item| &item.status) {
        Some(Status::NotPriced(why)) => Some(why.clone()),
        _ => None,
    };
    let (was, is) = (whole(before), whole(after));
    in_lines.or(beside).or_else(|| if was == is { None } else { is.or(was) })
}

/// What stands before the brackets of a name: `Instance usage` of `Instance usage (Linux/UNIX, on-demand, t3.small)`.
fn stem(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(stem, _)| stem)
}

fn matched<'c>(
    mut old: Vec<&'c Component>,
    new: Vec<&'c Component>,
) -> Vec<(Option<&'c Component>, Option<&'c Component>)> {
    let mut lines: Vec<(Option<&Component>, Option<&Component>)> = Vec::new();
    for line in new {
        let by = |same: &dyn Fn(&str, &str) -> bool| {
            old.iter().position(|other| other.part == line.part && same(&other.name, &line.name))
        };
        let found = by(&|a, b| a == b).or_else(|| by(&|a, b| stem(a) == stem(b)));
        lines.push((found.map(|at| old.remove(at)), Some(line)));
    }
    lines.extend(old.into_iter().map(|line| (Some(line), None)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::UnitPrice;
    use crate::facts::{Amounts, Rate};
    use crate::prices::Source;
    use crate::units::{Decimal, Money};

    fn line(name: &str, cost: Result<u32, &str>) -> Component {
        let source = Source { name: "a test".into(), as_of: "2026-11-29".into(), within_percent: None };
        let amount = |cost: u32| Money(Decimal::from(cost));
        let price = cost.map(|cost| UnitPrice { price: amount(cost), source, saving: None, discount: None });
        let cost = cost.ok().map(|cost| {
            let money = amount(cost);
            Sum { minimum: money, expected: money, maximum: money, margin: Money::ZERO }
        });
        Component {
            part: "".into(),
            name: name.into(),
            unit: "months",
            rate: Rate::Month,
            used: false,
            quantity: Ok(Some(Amounts::exactly(Decimal::ONE))),
            price: price.map_err(str::to_owned),
            cost,
        }
    }

    fn item(components: Vec<Component>) -> Item {
        let status = match components.iter().find_map(|line| line.price.as_ref().err()) {
            None => Status::Priced,
            Some(_) if components.len() > 1 => Status::Incomplete,
            Some(why) => Status::NotPriced(why.clone()),
        };
        Item { address: Address::new("a.b"), kind: "a".into(), status, components, not_priced: Vec::new() }
    }

    fn told(before: Option<&Item>, after: Option<&Item>) -> (String, bool) {
        let Difference { sum, is_partial } = difference(before, after);
        (sum.expected.to_string(), is_partial)
    }

    /// 355 to something without a price is no saving of 355; the disk beside it grows by 2 all the same.
    #[test]
    fn a_missing_price_is_no_saving() {
        let small = item(vec![line("Instance (small)", Ok(355)), line("Disk", Ok(3))]);
        let unknown = item(vec![line("Instance (odd)", Err("no price")), line("Disk", Ok(5))]);
        assert_eq!(told(Some(&small), Some(&unknown)), ("2.00".to_owned(), true));
        assert_eq!(told(Some(&unknown), Some(&small)), ("-2.00".to_owned(), true));
        assert_eq!(told(Some(&unknown), Some(&unknown)), ("0.00".to_owned(), false));
        assert_eq!(told(None, Some(&unknown)), ("5.00".to_owned(), true));
        assert_eq!(told(Some(&small), None), ("-358.00".to_owned(), false));
        assert_eq!(
            told(Some(&small), Some(&item(vec![line("Instance (large)", Ok(400))]))),
            ("42.00".to_owned(), false)
        );
    }

    #[test]
    fn lines_are_matched_by_name_before_brackets() {
        let pair = Pair {
            address: Address::new("a.b"),
            before: Some(item(vec![line("Instance (small)", Ok(1)), line("Disk", Ok(2))])),
            after: Some(item(vec![line("Disk", Ok(2)), line("Instance (large)", Ok(3)), line("Backup", Ok(1))])),
        };
        let names: Vec<_> = (pair.lines().iter())
            .map(|(old, new)| (old.map(|line| line.name.as_str()), new.map(|line| line.name.as_str())))
            .collect();
        assert_eq!(
            names,
            [
                (Some("Disk"), Some("Disk")),
                (Some("Instance (small)"), Some("Instance (large)")),
                (None, Some("Backup"))
            ]
        );
    }
}
