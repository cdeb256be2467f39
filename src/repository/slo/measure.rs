//! Numbers with units, and lengths of time, as people write them.

use crate::model::Text;
use crate::units::{Decimal, plain};

/// What a number counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unit {
    /// Parts of a whole: 0.999.
    Ratio,
    /// Hundredths of a whole: 99.9.
    Percent,
    /// So many of them make a second: 1,000 for ms.
    PerSecond(u32),
    /// So many seconds each: 60 for minutes.
    Seconds(u32),
    /// Something else, such as requests in a second.
    Other,
}

impl Unit {
    /// What a word means, if it means a unit.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word.trim().to_ascii_lowercase().as_str() {
            "%" | "percent" | "percentage" | "pct" => Self::Percent,
            "ratio" | "fraction" => Self::Ratio,
            "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => Self::PerSecond(1_000),
            "us" | "µs" | "μs" | "microsecond" | "microseconds" => Self::PerSecond(1_000_000),
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Seconds(1),
            "m" | "min" | "minute" | "minutes" => Self::Seconds(60),
            "rps" | "req/s" | "requests/s" | "requests/second" | "qps" | "tps" | "rpm" | "req/min" => Self::Other,
            _ => return None,
        })
    }

    /// So much of it in milliseconds, if it is a time.
    pub(super) fn milliseconds(self, number: Decimal) -> Option<Decimal> {
        let thousand = Decimal::ONE_THOUSAND;
        match self {
            Self::PerSecond(parts) => number.checked_mul(thousand)?.checked_div(Decimal::from(parts)),
            Self::Seconds(seconds) => number.checked_mul(thousand)?.checked_mul(Decimal::from(seconds)),
            Self::Ratio | Self::Percent | Self::Other => None,
        }
    }
}

/// A number, with its unit where one stands beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Figure {
    pub(super) number: Decimal,
    pub(super) unit: Option<Unit>,
    /// The unit that a comment behind it names.
    pub(super) comment: Option<Unit>,
}

impl Figure {
    /// Its unit: what stands beside it, or else what its neighbours say, or else a comment.
    pub(super) fn unit(self, said: Option<Unit>) -> Option<Unit> {
        self.unit.or(said).or(self.comment)
    }
}

/// `99,9` as `99.9`. Three digits behind the only comma may as well be thousands, unless nothing stands before it.
fn with_point(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once(',')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let is_plain = !whole.contains('.') && !rest.contains([',', '.']) && whole.ends_with(|c: char| c.is_ascii_digit());
    let decimal = digits > 0 && (digits != 3 || whole.ends_with('0') && whole.trim_start_matches(['<', ' ']) == "0");
    (is_plain && decimal).then(|| format!("{whole}.{rest}"))
}

/// Reads `99.9`, `99.9%`, `99,9 %`, `< 200 ms`.
pub(super) fn figure(text: &str) -> Option<Figure> {
    let german = with_point(text);
    let text = german.as_deref().unwrap_or(text);
    let text = text.trim().trim_start_matches(['<', '>', '=', '≤', '≥', '~']).trim_start();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if let Some(number) = rest.is_empty().then(|| number(digits)).flatten() {
        return Some(Figure { number, unit: None, comment: None });
    }
    if let Some(unit) = Unit::of(rest) {
        return Some(Figure { number: number(digits)?, unit: Some(unit), comment: None });
    }
    Some(Figure { number: number(text)?, unit: None, comment: None })
}

/// A decimal number: `0.001`, `1e-3`.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}

/// What the comment behind a value says of its unit: `target: 200  # ms`, `target: 0.1  # < 0.1% of requests`.
pub(super) fn by_comment(line: &str, of: Decimal) -> Option<Unit> {
    let (_, comment) = line.split_once(" #")?;
    let words: Vec<&str> =
        comment.split_whitespace().map(|word| word.trim_matches([',', ';', '(', ')', '.'])).collect();
    if let Some(unit) = words.first().and_then(|word| Unit::of(word)) {
        return Some(unit);
    }
    let with_next = words.iter().enumerate().filter_map(|(at, word)| {
        let said = figure(word)?;
        Some((said.number, said.unit.or_else(|| Unit::of(words.get(at.checked_add(1)?)?))?))
    });
    with_next.into_iter().find(|(number, _)| *number == of).map(|(_, unit)| unit)
}

/// How long an objective is measured over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Window {
    /// As it is written: `30d`.
    pub text: Text,
    /// How many minutes that is; none for months, which differ.
    pub minutes: Option<u64>,
}

/// Reads `30d`, `4w`, `30 days`, `rolling 30d`, `1M`, `monthly`; nothing of what is no length of time.
pub(super) fn window(text: &str) -> Option<Window> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let bare = ["rolling", "calendar"].iter().fold(lower.as_str(), |bare, word| {
        bare.trim_start_matches(word).trim_end_matches(word).trim_matches(['_', '-', ' '])
    });
    let called = |minutes| Some(Window { text: text.into(), minutes });
    match bare {
        "daily" | "day" => return called(Some(1_440)),
        "weekly" | "week" => return called(Some(10_080)),
        "monthly" | "month" | "quarterly" | "quarter" | "yearly" | "annual" | "year" => return called(None),
        _ => {}
    }
    // `1M` are months, `1m` is a minute: where the case was lost, it is looked up.
    let months = text.contains('M') && !text.contains('m');
    let (mut rest, mut minutes, mut exact) = (bare, 0_u64, true);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (digits, behind) = rest.split_at_checked(end)?;
        let count: u64 = digits.parse().ok().filter(|count| *count > 0)?;
        let behind = behind.trim_start_matches(['_', '-', ' ']);
        let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(end)?;
        let each = match unit {
            "m" if months => None,
            "m" | "min" | "minute" | "minutes" => Some(1),
            "h" | "hour" | "hours" => Some(60),
            "d" | "day" | "days" => Some(1_440),
            "w" | "week" | "weeks" => Some(10_080),
            "month" | "months" | "q" | "quarter" | "quarters" | "y" | "year" | "years" => None,
            _ => return None,
        };
        match each {
            Some(each) => minutes = minutes.checked_add(count.checked_mul(each)?)?,
            None => exact = false,
        }
        rest = behind.trim_start_matches(['_', '-', ' ', ',']);
    }
    (minutes > 0 || !exact).then(|| Window { text: text.into(), minutes: exact.then_some(minutes) })
}

/// The minutes of a window in which the objective may be missed.
pub(super) fn budget_minutes(availability: Decimal, window: &Window) -> Option<Decimal> {
    Decimal::ONE.checked_sub(availability)?.checked_mul(Decimal::from(window.minutes?))
}

/// A time as people say it: `200 ms`, `1.5 s`.
pub fn time(milliseconds: Decimal) -> String {
    if milliseconds >= Decimal::ONE_THOUSAND {
        format!("{} s", plain(milliseconds / Decimal::ONE_THOUSAND))
    } else {
        format!("{} ms", plain(milliseconds))
    }
}

/// A share as people say it: `99.9 %`.
pub fn percent(ratio: Decimal) -> String {
    format!("{} %", plain(ratio.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<Unit>)> {
        figure(text).map(|figure| (plain(figure.number), figure.unit))
    }

    #[test]
    fn figures() {
        let all = [
            ("99.9", "99.9", None),
            ("99.9%", "99.9", Some(Unit::Percent)),
            ("< 200 ms", "200", Some(Unit::PerSecond(1_000))),
            ("0.5s", "0.5", Some(Unit::Seconds(1))),
            ("99,9 %", "99.9", Some(Unit::Percent)),
            ("99,95", "99.95", None),
            ("0,001", "0.001", None),
            ("< 0,5 s", "0.5", Some(Unit::Seconds(1))),
            ("1e-3", "0.001", None),
            ("100 req/s", "100", Some(Unit::Other)),
        ];
        for (text, number, unit) in all {
            assert_eq!(read(text), Some((number.to_owned(), unit)), "{text}");
        }
        for text in ["", "fast", "ms", "1,000", "1.000,5", ",5", "99.9 of them", "..", "--"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(Unit::Seconds(1).milliseconds("0.5".parse().unwrap()).map(plain).as_deref(), Some("500"));
        assert_eq!(Unit::PerSecond(1_000_000).milliseconds("1500".parse().unwrap()).map(plain).as_deref(), Some("1.5"));
    }

    #[test]
    fn comments_tell_units() {
        let of = |line, number: &str| by_comment(line, number.parse().unwrap());
        assert_eq!(of("target: 200   # ms", "200"), Some(Unit::PerSecond(1_000)));
        assert_eq!(of("target: 200  # P95 < 200ms", "200"), Some(Unit::PerSecond(1_000)));
        assert_eq!(of("target: 0.1  # < 0.1% error rate", "0.1"), Some(Unit::Percent));
        assert_eq!(of("target: 0.001 # < 0.1% error rate", "0.001"), None);
        assert_eq!(of("target: 99.9 # see the runbook", "99.9"), None);
        assert_eq!(of("target: 99.9", "99.9"), None);
    }

    #[test]
    fn windows() {
        let minutes = |text| window(text).map(|window| window.minutes);
        for text in ["30d", "30 days", "rolling 30d", "rolling_30d", "720h", "30d rolling", "30_days"] {
            assert_eq!(minutes(text), Some(Some(43_200)), "{text}");
        }
        assert_eq!(minutes("4w"), Some(Some(40_320)));
        assert_eq!(minutes("1w2d"), Some(Some(12_960)));
        assert_eq!(minutes("5m"), Some(Some(5)));
        for text in ["1M", "1Q", "1Y", "monthly", "3 months"] {
            assert_eq!(minutes(text), Some(None), "{text}");
        }
        for text in ["", "0d", "30", "d", "30x", "soon"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    /// 0.1 % of 30 days: 0.001 x 30 x 24 x 60 = 43.2 minutes.
    #[test]
    fn budgets() {
        let minutes = budget_minutes("0.999".parse().unwrap(), &window("30d").unwrap()).unwrap();
        assert_eq!(plain(minutes), "43.2");
        assert_eq!((time("500".parse().unwrap()), time("1500".parse().unwrap())), ("500 ms".into(), "1.5 s".into()));
        assert_eq!(percent("0.999".parse().unwrap()), "99.9 %");
    }
}
