//! The words and the amounts of a report: what is none is refused, with the words that there are.

use serde::{Deserialize, Deserializer, de};

use crate::advice::Status;
use crate::cost::Held;
use crate::finding::{Severity, Verdict};
use crate::units::{Decimal, Money, listed};

/// A word of a closed list.
fn word<'de, D: Deserializer<'de>, T: Copy>(source: D, what: &str, all: &[(&str, T)]) -> Result<T, D::Error> {
    let text = String::deserialize(source)?;
    let found = all.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    found.ok_or_else(|| de::Error::custom(format!("{what} is {}", either(all.iter().map(|(word, _)| *word)))))
}

/// `a, b or c`.
fn either<'w>(words: impl Iterator<Item = &'w str>) -> String {
    listed(words).replacen(" and ", " or ", 1)
}

pub(super) fn severity<'de, D: Deserializer<'de>>(source: D) -> Result<Severity, D::Error> {
    word(source, "a severity", &Severity::ALL.map(|severity| (severity.as_str(), severity)))
}

/// The mildest severity that counts; nothing where none does.
pub(super) fn threshold<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Severity>, D::Error> {
    let mut all = vec![("none", None)];
    all.extend(Severity::ALL.map(|severity| (severity.as_str(), Some(severity))));
    word(source, "the mildest severity that counts", &all)
}

pub(super) fn verdict<'de, D: Deserializer<'de>>(source: D) -> Result<Verdict, D::Error> {
    let all = [Verdict::Violation, Verdict::Undetermined];
    word(source, "a verdict", &all.map(|verdict| (verdict.as_str(), verdict)))
}

pub(super) fn status<'de, D: Deserializer<'de>>(source: D) -> Result<Status, D::Error> {
    word(source, "a status", &Status::ALL.map(|status| (status.as_str(), status)))
}

/// What became of a limit of the bill.
pub(super) fn held<'de, D: Deserializer<'de>>(source: D) -> Result<Held, D::Error> {
    word(
        source,
        "the verdict of a guard rail",
        &[("kept", Held::Kept), ("exceeded", Held::Exceeded), ("undetermined", Held::Open)],
    )
}

fn parsed<E: de::Error>(text: &str) -> Result<Decimal, E> {
    text.parse().map_err(|_| E::custom("an amount is a decimal number, written as a text"))
}

/// A decimal that is written as a text.
pub(super) fn decimal<'de, D: Deserializer<'de>>(source: D) -> Result<Decimal, D::Error> {
    parsed(&String::deserialize(source)?)
}

/// The same where there may be none.
pub(super) fn decimal_or_none<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Decimal>, D::Error> {
    Option::<String>::deserialize(source)?.as_deref().map(parsed).transpose()
}

/// An amount of money.
pub(super) fn money<'de, D: Deserializer<'de>>(source: D) -> Result<Money, D::Error> {
    decimal(source).map(Money)
}
