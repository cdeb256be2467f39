//! Guard rails: how far a bill may go.

use std::fmt;

use super::Balance;
use crate::units::{Decimal, Money, plain};

/// How far a bill may go. What reaches a limit does not exceed it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rail {
    /// A plan may make the month dearer by this much.
    Increase(Money),
    /// By so many percent of what the month costs before.
    IncreasePercent(Decimal),
    /// A month may cost this much once the plan is applied.
    Total(Money),
}

/// What becomes of a guard rail.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Held {
    /// The bill stays within it.
    Kept,
    /// It does not.
    Exceeded,
    /// What is known stays within it, but not all is known.
    Open,
}

/// A guard rail, asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The rail.
    pub rail: Rail,
    /// What became of it.
    pub held: Held,
    /// How far the bill goes, in what the rail is counted in; `None` where there is nothing to be a percentage of.
    pub reached: Option<Decimal>,
}

fn limit(text: &str) -> Result<Decimal, String> {
    let wrong = || format!("`{text}` is no limit: write an amount a month, such as 100 or 99.50");
    let number: Decimal = text.trim().parse().map_err(|_| wrong())?;
    if number.is_sign_negative() && !number.is_zero() { Err(wrong()) } else { Ok(number) }
}

impl Rail {
    /// By how much a month may become dearer: `100`, or `10%`.
    ///
    /// # Errors
    /// When it is neither, in words.
    pub fn increase(text: &str) -> Result<Self, String> {
        match text.strip_suffix('%') {
            Some(percent) => limit(percent)
                .map(Self::IncreasePercent)
                .map_err(|_| format!("`{text}` is no limit: write a percentage such as 10%")),
            None => limit(text)
                .map(|limit| Self::Increase(Money(limit)))
                .map_err(|problem| format!("{problem}, or a percentage such as 10%")),
        }
    }

    /// How much a month may cost: `5000`.
    ///
    /// # Errors
    /// When it is no amount, in words.
    pub fn total(text: &str) -> Result<Self, String> {
        limit(text).map(|limit| Self::Total(Money(limit)))
    }

    /// Asks whether a bill stays within it, by what it is as it starts.
    pub fn ask(self, balance: &Balance) -> Asked {
        let Balance { before, after, difference, partial } = balance;
        let more = difference.expected.0;
        let base = before.sum.expected.0;
        let (reached, limit, is_seen) = match self {
            Self::Total(limit) => (Some(after.sum.expected.0), limit.0, after.is_complete()),
            Self::Increase(limit) => (Some(more), limit.0, partial.is_empty()),
            Self::IncreasePercent(limit) => {
                let percent = more.checked_mul(Decimal::ONE_HUNDRED).and_then(|more| more.checked_div(base));
                // Without a price of all that was there before, the percentage may be any.
                let percent = if more.is_zero() { Some(Decimal::ZERO) } else { percent };
                (percent, limit, partial.is_empty() && before.is_complete())
            }
        };
        let held = match reached {
            Some(reached) if reached > limit => Held::Exceeded,
            Some(_) if is_seen => Held::Kept,
            _ => Held::Open,
        };
        Asked { rail: self, held, reached }
    }
}

/// As it is written on the command line.
impl fmt::Display for Rail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Increase(limit) => write!(f, "max-increase {}", plain(limit.0)),
            Self::IncreasePercent(limit) => write!(f, "max-increase {}%", plain(*limit)),
            Self::Total(limit) => write!(f, "max-total {}", plain(limit.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::{Sum, Totals};

    fn balance(before: u32, after: u32) -> Balance {
        let sum = |amount: i64| Sum { expected: Money(Decimal::from(amount)), ..Sum::default() };
        let totals = |amount: u32| Totals { sum: sum(amount.into()), ..Totals::default() };
        Balance {
            before: totals(before),
            after: totals(after),
            difference: sum(i64::from(after) - i64::from(before)),
            ..Balance::default()
        }
    }

    fn held(rail: &str, balance: &Balance) -> Held {
        Rail::increase(rail).unwrap().ask(balance).held
    }

    /// 200 to 220 is 20 more, which is 10 %.
    #[test]
    fn limits_are_amounts_and_percentages() {
        let dearer = balance(200, 220);
        assert_eq!(held("20", &dearer), Held::Kept);
        assert_eq!(held("19.99", &dearer), Held::Exceeded);
        assert_eq!(held("10%", &dearer), Held::Kept);
        assert_eq!(held("9.9%", &dearer), Held::Exceeded);
        assert_eq!(Rail::total("220").unwrap().ask(&dearer).held, Held::Kept);
        assert_eq!(Rail::total("219").unwrap().ask(&dearer).held, Held::Exceeded);
        assert_eq!(held("0", &balance(220, 200)), Held::Kept, "what is saved is no increase");
        assert_eq!(held("10%", &balance(0, 5)), Held::Open, "of nothing there is no percentage");
        assert_eq!(held("10%", &balance(0, 0)), Held::Kept);
    }

    #[test]
    fn what_has_no_price_leaves_it_open() {
        let mut unclear = balance(200, 220);
        unclear.partial.insert("a".into(), 1);
        unclear.after.not_priced.insert("a".into(), 1);
        assert_eq!(held("100", &unclear), Held::Open);
        assert_eq!(held("10", &unclear), Held::Exceeded, "what is known is too much already");
        assert_eq!(Rail::total("1000").unwrap().ask(&unclear).held, Held::Open);
    }

    #[test]
    fn what_is_no_limit_says_so() {
        for text in ["", "ten", "-1", "10 %%", "%", "1e400"] {
            assert!(Rail::increase(text).unwrap_err().contains("is no limit"), "{text}");
        }
        assert!(Rail::total("10%").is_err());
        assert_eq!(Rail::increase("10%").unwrap().to_string(), "max-increase 10%");
    }
}
