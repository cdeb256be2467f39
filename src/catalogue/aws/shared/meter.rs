//! What tariffs of several types share: counting, and the lines that many have.

use super::super::cloudwatch_event_rule::every;
use crate::facts::{Amounts, Lines, Quantity, Record, UsageKey};
use crate::model::Attr;
use crate::units::{Decimal, HOURS_PER_MONTH};

/// Where services live that belong to no region: their prices stand under this one, and hold everywhere.
pub(in crate::catalogue::aws) const GLOBAL: &str = "us-east-1";

/// A key of a usage file with its meaning.
pub(in crate::catalogue::aws) const fn key(key: &'static str, meaning: &'static str) -> UsageKey {
    UsageKey { key, meaning }
}

/// Public addresses that Amazon lends: billed by the hour since 2024-02-01, in use or not, whoever holds them; not those that
/// somebody brought along.
///
/// Source: AWS News Blog, new public IPv4 address charge, 2023-07-28.
pub(in crate::catalogue::aws) fn public_addresses(lines: &mut Lines, number: impl Into<Quantity>) {
    lines.hours("Public IPv4 addresses", "AmazonVPC/PublicIPv4 (in-use or idle)", number);
}

/// A word, or the one that holds where nobody chooses.
///
/// # Errors
/// Why it cannot be seen, with the attribute's name.
pub(in crate::catalogue::aws) fn word<'r>(
    record: &'r Record,
    name: &str,
    otherwise: &'r str,
) -> Result<&'r str, String> {
    match record.text(name) {
        Attr::Set(word) => Ok(word.as_str()),
        Attr::Unset => Ok(otherwise),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// Whether something is switched on, or what holds where nobody says.
///
/// # Errors
/// Why it cannot be seen, with the attribute's name.
pub(in crate::catalogue::aws) fn flag(record: &Record, name: &str, otherwise: bool) -> Result<bool, String> {
    match record.flag(name) {
        Attr::Set(flag) => Ok(flag),
        Attr::Unset => Ok(otherwise),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// How many texts an attribute holds; `None` where it is not set.
///
/// # Errors
/// Why that cannot be told, with the attribute's name.
pub(in crate::catalogue::aws) fn texts(record: &Record, name: &str) -> Result<Option<Decimal>, String> {
    match record.texts(name) {
        Attr::Set(texts) => Ok(Some(Decimal::from(texts.len()))),
        Attr::Unset => Ok(None),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// How many blocks of a name there are.
///
/// # Errors
/// Why that cannot be told, with the blocks' name.
pub(in crate::catalogue::aws) fn blocks(record: &Record, name: &str) -> Result<Decimal, String> {
    match record.blocks(name) {
        Attr::Set(blocks) => Ok(Decimal::from(blocks.len())),
        Attr::Unset => Ok(Decimal::ZERO),
        Attr::Unknown(why) => Err(format!("{name} is {why}")),
    }
}

/// A number that does not change, if it can be told.
pub(in crate::catalogue::aws) fn exactly(number: Result<Decimal, String>) -> Quantity {
    number.map(Amounts::exactly).into()
}

/// A use in units of so many.
pub(in crate::catalogue::aws) fn per(used: Option<Decimal>, unit: u64) -> Option<Decimal> {
    used.map(|used| share(used, unit))
}

/// So many times `part` in a whole; `part` is never zero.
pub(in crate::catalogue::aws) fn share(whole: Decimal, part: u64) -> Decimal {
    whole.checked_div(Decimal::from(part)).unwrap_or(Decimal::MAX)
}

/// Messages of a size that are billed in chunks, as their number of chunks; each has at least one.
pub(in crate::catalogue::aws) fn in_chunks(
    messages: Option<Decimal>,
    size: Option<Decimal>,
    chunk: u64,
) -> Option<Decimal> {
    let chunks = size.map_or(Decimal::ONE, |size| share(size, chunk).ceil().max(Decimal::ONE));
    messages.map(|messages| product(messages, chunks))
}

/// What is used beyond what costs nothing.
pub(in crate::catalogue::aws) fn beyond(used: Option<Decimal>, free: u64) -> Option<Decimal> {
    used.map(|used| (used - Decimal::from(free)).max(Decimal::ZERO))
}

/// The product of two numbers, or the largest that there is.
pub(in crate::catalogue::aws) fn product(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or(Decimal::MAX)
}

/// How often a month something starts by `rate(…)`; what starts by the calendar is not counted.
pub(in crate::catalogue::aws) fn starts(expression: &str) -> Option<Decimal> {
    if !expression.trim_start().starts_with("rate(") {
        return None;
    }
    let seconds = every(&Attr::Set(expression.into()))?;
    (seconds > 0).then(|| share(product(HOURS_PER_MONTH, Decimal::from(3600_u32)), seconds))
}

#[cfg(test)]
mod tests {
    use super::{in_chunks, starts};
    use crate::units::Decimal;

    #[test]
    fn a_chunk_begun_is_a_chunk() {
        let chunks = |size: u32| in_chunks(Some(Decimal::TEN), Some(size.into()), 64).map(|n| n.to_string());
        assert_eq!(chunks(64).as_deref(), Some("10"));
        assert_eq!(chunks(65).as_deref(), Some("20"));
        assert_eq!(chunks(0).as_deref(), Some("10"));
        assert_eq!(in_chunks(None, Some(Decimal::ONE), 64), None);
    }

    #[test]
    fn what_starts_at_a_rate_is_counted() {
        // 730 h x 12 = 8,760.
        assert_eq!(starts("rate(5 minutes)").map(|n| n.to_string()).as_deref(), Some("8760"));
        assert_eq!(starts("cron(0 12 * * ? *)"), None);
        assert_eq!(starts("rate(0 minutes)"), None);
        assert_eq!(starts("at(2026-12-01T00:00:00)"), None);
    }
}
