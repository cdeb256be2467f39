//! What somebody says of the calls that a workload makes: to whom, through which pool, and for how long it waits.

use std::fmt;

use crate::model::{Pattern, Text};
use crate::units::{Grouped, Millis, listed, nearest};

use super::time_limit::span;

/// Whose service is called.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallKind {
    /// One's own.
    Internal,
    /// Somebody else's.
    External,
}

impl CallKind {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Internal, Self::External];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::External => "external",
        }
    }
}

/// The longest that anybody may be said to wait: a week.
const LONGEST: u64 = 7 * 24 * 3_600_000;
/// The most retries that anybody may be said to make.
const MOST_RETRIES: u64 = 100;

/// A call as it is declared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call {
    /// Who is called: an address of the plan, or a name for somebody outside.
    pub to: Pattern,
    /// Whose that is.
    pub kind: CallKind,
    /// The name of the pool that its connections are taken from.
    pub pool: Option<Text>,
    /// After how many milliseconds it gives up.
    pub timeout: Option<u64>,
    /// How often it tries again.
    pub retries: Option<u64>,
    /// Whether something stops calling who does not answer.
    pub breaker: Option<bool>,
    /// Where that is said.
    pub place: Text,
}

/// The words of a call, as they are spelled.
#[derive(Clone, Copy, Debug, Default)]
pub struct CallWords<'w> {
    /// See [`Call::to`].
    pub to: Option<&'w str>,
    /// See [`Call::kind`].
    pub kind: Option<&'w str>,
    /// See [`Call::pool`].
    pub pool: Option<&'w str>,
    /// See [`Call::timeout`].
    pub timeout: Option<&'w str>,
    /// See [`Call::retries`].
    pub retries: Option<&'w str>,
    /// See [`Call::breaker`].
    pub breaker: Option<bool>,
}

impl Call {
    /// Makes sense of the words.
    ///
    /// # Errors
    /// When there is none, in words.
    pub fn of(words: CallWords<'_>, place: impl Into<Text>) -> Result<Self, String> {
        let named = |text: &&str| !text.trim().is_empty();
        let to = words.to.filter(named).ok_or("this call names nobody: say whom, with `to`")?;
        Ok(Self {
            to: Pattern::new(to),
            kind: kind(words.kind)?,
            pool: words.pool.map(pool).transpose()?,
            timeout: words.timeout.map(time).transpose()?,
            retries: words.retries.map(retries).transpose()?,
            breaker: words.breaker,
            place: place.into(),
        })
    }

    /// For how many milliseconds it may keep its caller waiting, with all its retries.
    pub fn longest(&self) -> Option<u64> {
        Some(self.timeout?.saturating_mul(self.retries.unwrap_or(0).saturating_add(1)))
    }
}

/// What is said of it, in words.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.to.as_str(), self.kind.as_str())?;
        if let Some(pool) = &self.pool {
            write!(f, ", pool {pool}")?;
        }
        if let Some(timeout) = self.timeout {
            write!(f, ", gives up after {}", Millis(timeout))?;
        }
        if let Some(retries) = self.retries {
            match retries {
                0 => {}
                1 => f.write_str(", once more")?,
                _ => write!(f, ", {} more times", Grouped(retries))?,
            }
        }
        match self.breaker {
            Some(true) => f.write_str(", with a circuit breaker"),
            Some(false) => f.write_str(", without a circuit breaker"),
            None => Ok(()),
        }
    }
}

fn kind(word: Option<&str>) -> Result<CallKind, String> {
    let names = || CallKind::ALL.map(CallKind::as_str);
    let Some(word) = word else {
        return Err(format!("this call says not whose service it is: kind is {}", or(names())));
    };
    CallKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| {
        let near = nearest(word, names()).map_or_else(String::new, |near| format!(": did you mean {near}?"));
        format!("kind is {}, and not `{word}`{near}", or(names()))
    })
}

fn or(names: [&str; 2]) -> String {
    listed(names).replace(" and ", " or ")
}

/// Pools are told apart by their names: a number would be taken for a size.
fn pool(word: &str) -> Result<Text, String> {
    let is_name = word.chars().any(char::is_alphabetic);
    is_name.then(|| word.trim().into()).ok_or_else(|| format!("pool is the name of a pool, and not `{word}`"))
}

/// A time as somebody says it, in milliseconds: seconds without a unit.
///
/// # Errors
/// When it is none.
pub(super) fn time(word: &str) -> Result<u64, String> {
    let time = span(word, 1_000).filter(|time| (1..=LONGEST).contains(time));
    time.ok_or_else(|| format!("timeout is a time such as 500ms, 30s or 5min, up to a week, and not `{word}`"))
}

fn retries(word: &str) -> Result<u64, String> {
    let number = word.parse::<u64>().ok().filter(|number| *number <= MOST_RETRIES);
    number.ok_or_else(|| format!("retries is a whole number from 0 to {MOST_RETRIES}, and not `{word}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_calls() {
        let whole = CallWords {
            to: Some("https://pay.example"),
            kind: Some("external"),
            pool: Some("http"),
            timeout: Some("2s"),
            retries: Some("2"),
            breaker: Some(false),
        };
        let call = Call::of(whole, "here").unwrap();
        // Three times two seconds.
        assert_eq!(call.longest(), Some(6_000));
        let words =
            "https://pay.example (external), pool http, gives up after 2 s, 2 more times, without a circuit breaker";
        assert_eq!(call.to_string(), words);
        for (words, problem) in [
            (CallWords { to: None, ..whole }, "names nobody"),
            (CallWords { to: Some(" "), ..whole }, "names nobody"),
            (CallWords { kind: None, ..whole }, "internal or external"),
            (CallWords { kind: Some("extern"), ..whole }, "did you mean external?"),
            (CallWords { pool: Some("20"), ..whole }, "the name of a pool"),
            (CallWords { timeout: Some("soon"), ..whole }, "a time such as"),
            (CallWords { timeout: Some("0"), ..whole }, "a time such as"),
            (CallWords { retries: Some("many"), ..whole }, "a whole number"),
        ] {
            let error = Call::of(words, "here").unwrap_err();
            assert!(error.contains(problem), "{error}");
        }
    }
}
