//! Money: decimal, never floating point.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

/// Hours of a month, 365 x 24 / 12, as published estimates count them.
///
/// Source: infracost/infracost, internal/schema (hours to months), snapshot of 2026-08-21.
pub const HOURS_PER_MONTH: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// An amount in the currency of the bill, unrounded.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Money(pub Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// So much of it; at most what a decimal holds.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Self {
        Self(self.0.checked_mul(factor).unwrap_or(Decimal::MAX))
    }

    /// With its currency: `$1,234.50`, `EUR 1,234.50`, `-$21.90`.
    pub fn of(self, currency: &str) -> String {
        let text = self.to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        format!("{sign}{}{digits}", symbol(currency))
    }

    /// The same with a sign before what is more than nothing as well.
    pub fn signed(self, currency: &str) -> String {
        let sign = if self.cents() > Decimal::ZERO { "+" } else { "" };
        format!("{sign}{}", self.of(currency))
    }

    /// Rounded to whole cents, halves away from zero, as on a bill.
    pub fn cents(self) -> Decimal {
        let mut cents = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        cents.rescale(2);
        cents
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.checked_add(other.0).unwrap_or(Decimal::MAX))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.checked_sub(other.0).unwrap_or(Decimal::MIN))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// `1,234.50`, with its sign if it is less than nothing; the currency stands beside it.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.cents().abs().to_string();
        let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
        if self.cents().is_sign_negative() && !self.cents().is_zero() {
            f.write_str("-")?;
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{cents}")
    }
}

/// What stands before an amount of a currency, by its code.
pub fn symbol(currency: &str) -> String {
    if currency == "USD" || currency.is_empty() { "$".to_owned() } else { format!("{currency} ") }
}

/// A decimal without zeros that say nothing, and never in scientific notation: `0.0000004`, `730`.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Money, plain};

    fn money(text: &str) -> Money {
        Money(text.parse().expect("a decimal"))
    }

    #[test]
    fn amounts_are_spelled_as_on_a_bill() {
        assert_eq!(money("0").to_string(), "0.00");
        assert_eq!(money("1234567.005").to_string(), "1,234,567.01");
        assert_eq!(money("-21.9").to_string(), "-21.90");
        assert_eq!(money("-0.001").to_string(), "0.00");
        assert_eq!(plain("0.000000400".parse().expect("a decimal")), "0.0000004");
        assert_eq!(plain(Decimal::from(730)), "730");
    }

    #[test]
    fn sums_are_exact_and_never_overflow() {
        assert_eq!(money("0.1") + money("0.2"), money("0.3"));
        assert_eq!((Money(Decimal::MAX) + money("1")).0, Decimal::MAX);
        assert_eq!(money("0.045").times(Decimal::from(730)), money("32.85"));
    }
}
