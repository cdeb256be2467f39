//! What tariffs of several types have in common: numbers that the plan or a usage file gives, as quantities.

use crate::facts::{Amounts, Lines, Quantity, Record, Site};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// A number of the resource; `default` is what the cloud takes where nobody says.
pub(in crate::catalogue::aws) fn count(record: &Record, name: &str, default: u32) -> Quantity {
    Quantity::of(name, &record.number(name).or_default(default.into()))
}

/// A number of the resource that somebody has to say.
pub(in crate::catalogue::aws) fn needed(record: &Record, name: &str) -> Quantity {
    match record.number(name) {
        Attr::Unset => Quantity::Unknown(format!("{name} is not set")),
        attr => Quantity::of(name, &attr),
    }
}

/// A value that somebody has to say, or why it cannot be told.
pub(in crate::catalogue::aws) fn said<T>(attr: Attr<T>, name: &str) -> Result<T, String> {
    match attr {
        Attr::Set(value) => Ok(value),
        Attr::Unset => Err(format!("{name} is not set")),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// A text, or what the cloud takes where nobody says.
pub(in crate::catalogue::aws) fn text(record: &Record, name: &str, default: &'static str) -> Result<Text, String> {
    said(record.text(name).map(Clone::clone).or_default(default.into()), name)
}

/// A switch, or what the cloud takes where nobody says.
pub(in crate::catalogue::aws) fn flag(record: &Record, name: &str, default: bool) -> Result<bool, String> {
    said(record.flag(name).or_default(default), name)
}

/// A quantity that cannot be told where something else cannot.
pub(in crate::catalogue::aws) fn given<T>(told: &Result<T, String>, quantity: impl Into<Quantity>) -> Quantity {
    match told {
        Ok(_) => quantity.into(),
        Err(why) => Quantity::Unknown(why.clone()),
    }
}

/// What there is above `included`, at each end.
pub(in crate::catalogue::aws) fn above(quantity: Quantity, included: Decimal) -> Quantity {
    match quantity {
        Quantity::Known(amounts) => Quantity::Known(amounts.map(|number| (number - included).max(Decimal::ZERO))),
        Quantity::Used(used) => Quantity::Used(used.map(|number| (number - included).max(Decimal::ZERO))),
        Quantity::Unknown(why) => Quantity::Unknown(why),
    }
}

/// Whether there is none of it, for certain.
pub(in crate::catalogue::aws) fn is_none(quantity: &Quantity) -> bool {
    matches!(quantity, Quantity::Known(Amounts { maximum, .. }) if maximum.is_zero())
}

/// Adds what is paid as it is used, of which the price is per `unit`: `per` of what the usage file counts.
pub(in crate::catalogue::aws) struct Used<'l> {
    /// The type under whose name the book has the prices.
    pub(in crate::catalogue::aws) kind: &'static str,
    /// Where the lines go.
    pub(in crate::catalogue::aws) lines: &'l mut Lines,
}

impl Used<'_> {
    /// One line, priced under its own name.
    pub(in crate::catalogue::aws) fn line(&mut self, name: &'static str, unit: &'static str, amount: Option<Decimal>) {
        self.lines.used(name, unit, format!("{}/{name}", self.kind), amount);
    }

    /// The same, counted in so many at once.
    pub(in crate::catalogue::aws) fn per(
        &mut self,
        name: &'static str,
        (unit, many): (&'static str, u32),
        amount: Option<Decimal>,
    ) {
        self.line(name, unit, amount.map(|amount| amount / Decimal::from(many)));
    }
}

/// What the lines of a resource are priced under.
pub(in crate::catalogue::aws) fn used<'l>(kind: &'static str, lines: &'l mut Lines) -> Used<'l> {
    Used { kind, lines }
}

/// A million, and a thousand, of what is counted by them.
pub(in crate::catalogue::aws) const MILLION: u32 = 1_000_000;
/// See [`MILLION`].
pub(in crate::catalogue::aws) const THOUSAND: u32 = 1000;

/// How much is stored of copies that are kept for some days, of which the first costs nothing; `None` if there is no more than that.
pub(in crate::catalogue::aws) fn kept(site: &Site<'_>, of_a_day: &str, days: &Attr<Decimal>) -> Option<Quantity> {
    let days = match days {
        Attr::Set(days) => *days,
        Attr::Unset => return None,
        // Then it depends on usage all the same.
        Attr::Unknown(_) => return Some(Quantity::Used(None)),
    };
    let stored = || site.usage(of_a_day).map(|stored| stored * (days - Decimal::ONE));
    (days > Decimal::ONE).then(|| Quantity::Used(stored()))
}
