//! One line of a bill, priced.

use std::iter::Sum as Summing;
use std::ops::{Add, Sub};

use super::Terms;
use crate::facts::{Amounts, BillLine, Quantity, Rate};
use crate::model::{Attr, Text};
use crate::prices::{Quote, Source, Tier};
use crate::units::{Decimal, HOURS_PER_MONTH, Money};

/// One line of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The part of the resource that it is for; empty for the resource itself.
    pub part: Text,
    /// Its name.
    pub name: Text,
    /// What the quantity is counted in.
    pub unit: &'static str,
    /// How the price and the quantity go together.
    pub rate: Rate,
    /// Whether it depends on how much the resource is used.
    pub used: bool,
    /// How much of it in a month, in its unit; or why that cannot be told. `Ok(None)` depends on usage that nobody states.
    pub quantity: Result<Option<Amounts>, String>,
    /// What one unit costs, or why there is no price.
    pub price: Result<UnitPrice, String>,
    /// What it costs in a month, where both are known.
    pub cost: Option<Sum>,
}

/// What one unit costs.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitPrice {
    /// In the currency of the bill: the first unit, or the average of those that are used where it falls with their number.
    pub price: Money,
    /// Where the figure comes from.
    pub source: Source,
    /// The percentage that is saved on average, and where that comes from, where it is an estimate from the usual price.
    pub saving: Option<(Decimal, Source)>,
    /// The percentage that somebody's contract takes off.
    pub discount: Option<Decimal>,
}

impl Component {
    /// Why something that is billed has no figure, if so. What nobody says is used is billed to nobody, whatever its price.
    pub fn hole(&self) -> Option<&str> {
        match (&self.quantity, &self.price) {
            (Ok(None), _) | (Ok(Some(_)), Ok(_)) => None,
            (Err(why), _) | (Ok(Some(_)), Err(why)) => Some(why),
        }
    }
}

impl UnitPrice {
    /// Whether the figure is not one that somebody states.
    pub const fn is_estimate(&self) -> bool {
        self.saving.is_some() || self.source.within_percent.is_some()
    }
}

/// What something costs in a month: at the least, as it starts, and at the most.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Sum {
    /// At the least.
    pub minimum: Money,
    /// As it starts.
    pub expected: Money,
    /// At the most.
    pub maximum: Money,
    /// By how much the true amounts may differ because prices are estimates; for the amount as it starts.
    pub margin: Money,
}

impl Sum {
    /// Whether it does not change with the number of units.
    pub fn is_flat(&self) -> bool {
        self.minimum == self.maximum
    }
}

impl Add for Sum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            minimum: self.minimum + other.minimum,
            expected: self.expected + other.expected,
            maximum: self.maximum + other.maximum,
            margin: self.margin + other.margin,
        }
    }
}

/// The change from `other`: each end less the same end.
impl Sub for Sum {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            minimum: self.minimum - other.minimum,
            expected: self.expected - other.expected,
            maximum: self.maximum - other.maximum,
            margin: self.margin + other.margin,
        }
    }
}

impl Summing for Sum {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), Add::add)
    }
}

/// Prices a line of a resource that lives in `region`.
pub(super) fn component(line: BillLine, region: &Attr<Text>, terms: &Terms) -> Component {
    let used = matches!(line.quantity, Quantity::Used(_));
    let shown = |amounts: Amounts| if line.rate == Rate::Hour { amounts.times(HOURS_PER_MONTH) } else { amounts };
    let quantity = match &line.quantity {
        Quantity::Known(amounts) => Ok(Some(shown(*amounts))),
        Quantity::Used(amount) => Ok(amount.map(|amount| shown(Amounts::exactly(amount)))),
        Quantity::Unknown(why) => Err(why.clone()),
    };
    let found = region_of(&line, region).and_then(|region| found(&line, &region, terms));
    let known = quantity.as_ref().ok().copied().flatten();
    let cost = known.and_then(|amounts| Some(found.as_ref().ok()?.sum(amounts)));
    let price = match (&quantity, found) {
        // What makes the quantity unknown is why there is no price as well: the key of it cannot be told.
        (Err(why), Err(_)) => Err(why.clone()),
        (_, found) => found.map(|found| found.shown(known)),
    };
    Component { part: line.part, name: line.name, unit: line.unit, rate: line.rate, used, quantity, price, cost }
}

fn region_of(line: &BillLine, region: &Attr<Text>) -> Result<Text, String> {
    match (&line.region, region) {
        (Some(region), _) | (None, Attr::Set(region)) => Ok(region.clone()),
        (None, Attr::Unset) => Err("the plan does not say in which region it is".to_owned()),
        (None, Attr::Unknown(why)) => Err(format!("its region is {why}")),
    }
}

/// A price with all that changes it.
struct Found {
    tiers: Vec<Tier>,
    /// The price of what is shown as one unit is so many times the book's.
    factor: Decimal,
    source: Source,
    saving: Option<(Decimal, Source)>,
    discount: Option<Decimal>,
}

fn found(line: &BillLine, region: &Text, terms: &Terms) -> Result<Found, String> {
    let Quote { tiers, source, discount_percent, .. } =
        terms.price(&line.key, region).map_err(|hole| hole.to_string())?;
    let mut factor = line.factor;
    if line.rate == Rate::Capacity {
        factor = times(factor, HOURS_PER_MONTH);
    }
    let mut saving = None;
    if let Some(key) = &line.saving {
        let percent = terms.price(key, region).map_err(|_| "no figure of what is saved there".to_owned())?;
        let saved = percent.tiers.first().map_or(Decimal::ZERO, |tier| tier.usd);
        factor = times(factor, (Decimal::ONE_HUNDRED - saved) / Decimal::ONE_HUNDRED);
        saving = Some((saved, percent.source));
    }
    Ok(Found { tiers, factor, source, saving, discount: discount_percent })
}

impl Found {
    /// What so many units cost.
    fn cost(&self, quantity: Decimal) -> Money {
        // What is no longer used is a saving: differences are asked for as well.
        if quantity.is_sign_negative() && !quantity.is_zero() {
            return -self.cost(-quantity);
        }
        let mut sum = Decimal::ZERO;
        for (at, tier) in self.tiers.iter().enumerate() {
            let end = self.tiers.get(at + 1).map_or(quantity, |next| next.from.min(quantity));
            if end > tier.from {
                sum = sum.checked_add(times(end - tier.from, tier.usd)).unwrap_or(Decimal::MAX);
            }
        }
        Money(times(sum, self.factor))
    }

    fn sum(&self, amounts: Amounts) -> Sum {
        let expected = self.cost(amounts.expected);
        let within = self.source.within_percent.unwrap_or_default() / Decimal::ONE_HUNDRED;
        Sum {
            minimum: self.cost(amounts.minimum),
            expected,
            maximum: self.cost(amounts.maximum),
            margin: expected.times(within),
        }
    }

    fn shown(self, amounts: Option<Amounts>) -> UnitPrice {
        let first = self.tiers.first().map_or(Decimal::ZERO, |tier| times(tier.usd, self.factor));
        let average = amounts
            .filter(|_| self.tiers.len() > 1)
            .and_then(|amounts| self.cost(amounts.expected).0.checked_div(amounts.expected));
        let price = Money(average.unwrap_or(first));
        UnitPrice { price, source: self.source, saving: self.saving, discount: self.discount }
    }
}

fn times(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or(Decimal::MAX)
}
