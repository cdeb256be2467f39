//! Counts, their arithmetic and their spelling, and words for them.

use std::fmt;

/// A quantity that is known to lie between two values, both included.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Interval {
    /// The lowest that it can be.
    pub low: u64,
    /// The highest that it can be.
    pub high: u64,
}

impl Interval {
    /// A quantity that is known exactly.
    pub const fn exactly(value: u64) -> Self {
        Self { low: value, high: value }
    }

    /// Both ends less `amount`, never below zero.
    #[must_use]
    pub const fn less(self, amount: u64) -> Self {
        Self { low: self.low.saturating_sub(amount), high: self.high.saturating_sub(amount) }
    }

    /// Both ends so many times.
    #[must_use]
    pub const fn times(self, factor: u64) -> Self {
        Self { low: self.low.saturating_mul(factor), high: self.high.saturating_mul(factor) }
    }

    /// Both ends, and no more than `most`.
    #[must_use]
    pub fn at_most(self, most: u64) -> Self {
        Self { low: self.low.min(most), high: self.high.min(most) }
    }

    /// Whether both ends are the same.
    pub const fn is_exact(self) -> bool {
        self.low == self.high
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_exact() {
            write!(f, "{}", Grouped(self.low))
        } else {
            write!(f, "{} to {}", Grouped(self.low), Grouped(self.high))
        }
    }
}

/// A count that may have no bound.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Count {
    /// So many.
    Of(u64),
    /// As many as anybody asks for.
    Unbounded,
}

impl Count {
    /// The number, unless there is no bound.
    pub const fn bounded(self) -> Option<u64> {
        match self {
            Self::Of(count) => Some(count),
            Self::Unbounded => None,
        }
    }

    /// The sum; without bound if either is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(a), Self::Of(b)) => Self::Of(a.saturating_add(b)),
            _ => Self::Unbounded,
        }
    }

    /// The product. Nothing times anything is nothing, bound or not.
    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(0), _) | (_, Self::Of(0)) => Self::Of(0),
            (Self::Of(a), Self::Of(b)) => Self::Of(a.saturating_mul(b)),
            _ => Self::Unbounded,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(count) => write!(f, "{}", Grouped(*count)),
            Self::Unbounded => f.write_str("unlimited"),
        }
    }
}

/// A whole number with its thousands set apart: 12,345.
#[derive(Clone, Copy, Debug)]
pub struct Grouped(pub u64);

/// A time in milliseconds, as people say it: `1.5 s`, `250 ms`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Millis(pub u64);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, rest) = (self.0 / 1_000, self.0 % 1_000);
        match (seconds, rest) {
            (0, rest) if rest > 0 => write!(f, "{rest} ms"),
            (seconds, 0) => write!(f, "{} s", Grouped(seconds)),
            (seconds, rest) => {
                let digits = format!("{rest:03}");
                write!(f, "{}.{} s", Grouped(seconds), digits.trim_end_matches('0'))
            }
        }
    }
}

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// `1 task`, `2 tasks`, `1,000 tasks`: for nouns that take an `s`, or `es` after `s`, `x` and `ch`, or `ies` for `y`.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {}", Grouped(count), plural(count, noun))
}

/// The noun alone, in the form that `count` asks for.
pub fn plural(count: u64, noun: &str) -> String {
    if count == 1 {
        return noun.to_owned();
    }
    if noun.ends_with(['s', 'x']) || noun.ends_with("ch") {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// As [`listed`], but of more than three only the first, and how many others there are.
pub fn few<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.as_slice() {
        [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} others", rest.len()),
        _ => listed(items),
    }
}

/// The one of `known` that somebody may have meant by `word`.
pub fn nearest<'n>(word: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, word);
    // A word of another length is another word; a very long one would take its time.
    let known = known.into_iter().filter(|known| word.len() <= 4 * known.len() + 4);
    known.min_by_key(distance).filter(|known| distance(known) <= 1 + known.len() / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling() {
        assert_eq!(Grouped(0).to_string(), "0");
        assert_eq!(Grouped(999).to_string(), "999");
        assert_eq!(Grouped(1000).to_string(), "1,000");
        assert_eq!(Grouped(1_234_567).to_string(), "1,234,567");
        assert_eq!(counted(1, "task"), "1 task");
        assert_eq!(counted(2, "process"), "2 processes");
        assert_eq!(counted(3, "policy"), "3 policies");
        assert_eq!(counted(3, "day"), "3 days");
        assert_eq!(listed(["a", "b", "c"]), "a, b and c");
        assert_eq!(Interval { low: 10, high: 1200 }.to_string(), "10 to 1,200");
    }

    #[test]
    fn unbounded_is_never_zero() {
        assert_eq!(Count::Of(3).plus(Count::Unbounded), Count::Unbounded);
        assert_eq!(Count::Of(3).times(Count::Unbounded), Count::Unbounded);
        assert_eq!(Count::Of(0).times(Count::Unbounded), Count::Of(0));
        assert!(Count::Unbounded > Count::Of(u64::MAX));
    }
}
