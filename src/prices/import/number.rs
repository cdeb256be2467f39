//! Prices and amounts as vendors spell them.

use crate::units::Decimal;

/// The highest price of one unit that is taken for a price, in US dollars.
///
/// The dearest hour in the lists that are known here costs some hundreds of dollars (u-24tb1.metal: 218.4, AWS Price List
/// of us-east-1, 2026-07-20) and the dearest month 400 (a private certificate authority, 2026-08-21). More than this is a
/// file that was misread.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// A price in US dollars.
///
/// # Errors
///
/// What is wrong with it: no number, less than nothing, more than anything costs.
pub(super) fn price(text: &str) -> Result<Decimal, String> {
    let price = decimal(text).ok_or_else(|| format!("the price '{}' is not a number", shown(text)))?;
    if price < Decimal::ZERO {
        return Err(format!("the price {} is less than nothing", shown(text)));
    }
    if price > MOST {
        return Err(format!("the price {} is more than anything costs ({MOST} US dollars for one unit)", shown(text)));
    }
    Ok(price)
}

/// From how many units on a price holds; an empty text is zero.
pub(super) fn amount(text: &str) -> Result<Decimal, String> {
    if text.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let amount = decimal(text).filter(|amount| *amount >= Decimal::ZERO);
    amount.ok_or_else(|| format!("the amount '{}' is not a number from zero on", shown(text)))
}

/// The day of a moment: `2026-07-20` of `2026-07-20T23:27:44Z`; also of a version such as `20260720232744`.
pub(super) fn day(text: &str) -> Option<String> {
    let day = match text.get(..10) {
        Some(day) if day.contains('-') => day.to_owned(),
        _ => format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..8)?),
    };
    day.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}

fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// A text of a file in a message: its beginning.
fn shown(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_decimal_and_within_reason() {
        assert_eq!(price("0.0000000580").map(|price| price.normalize().to_string()), Ok("0.000000058".to_owned()));
        assert_eq!(price("1.4E-8").map(|price| price.normalize().to_string()), Ok("0.000000014".to_owned()));
        assert_eq!(price("-0.01").unwrap_err(), "the price -0.01 is less than nothing");
        assert!(price("1e9").unwrap_err().starts_with("the price 1e9 is more than anything costs"));
        assert_eq!(price("N/A").unwrap_err(), "the price 'N/A' is not a number");
        assert_eq!(amount(""), Ok(Decimal::ZERO));
        assert!(amount("Inf").is_err());
    }

    #[test]
    fn days_are_read_from_moments_and_versions() {
        assert_eq!(day("2020-10-19T20:48:02Z").as_deref(), Some("2020-10-19"));
        assert_eq!(day("20170419200300").as_deref(), Some("2017-04-19"));
        assert_eq!(day("2020-13-19"), None);
        assert_eq!(day("soon"), None);
    }
}
