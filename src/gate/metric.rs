//! What is measured, in which unit, and how it is spelled.

use std::fmt;

use crate::units::{Decimal, plain};

/// A share of the requests, in percent: `P95` is the time within which 95 of 100 are answered.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Percentile(Decimal);

impl Percentile {
    /// The median.
    pub const P50: Self = Self::whole(50);
    /// Of ten, nine.
    pub const P90: Self = Self::whole(90);
    /// Of twenty, nineteen.
    pub const P95: Self = Self::whole(95);
    /// Of a hundred, ninety-nine.
    pub const P99: Self = Self::whole(99);

    /// So many percent.
    pub const fn whole(percent: u32) -> Self {
        Self(Decimal::from_parts(percent, 0, 0, false, 0))
    }

    /// So many percent: above 0, and 100 at most.
    pub fn new(percent: Decimal) -> Option<Self> {
        (percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED).then(|| Self(percent.normalize()))
    }

    /// From `95` or `99.9`.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().and_then(Self::new)
    }

    /// As a part of one.
    pub fn fraction(self) -> Decimal {
        self.0.checked_div(Decimal::ONE_HUNDRED).unwrap_or(Decimal::ONE)
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", plain(self.0))
    }
}

/// What a run is asked for. Times are in milliseconds, the error rate is a part of one, throughput is by the second.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Metric {
    /// The time within which a share of the requests is answered.
    Percentile(Percentile),
    /// The share of the requests that fail.
    ErrorRate,
    /// Requests by the second.
    Throughput,
}

impl Metric {
    /// What a baseline is asked for.
    pub const COMPARED: [Self; 4] =
        [Self::Percentile(Percentile::P95), Self::Percentile(Percentile::P99), Self::ErrorRate, Self::Throughput];

    /// From the spelling of the command line: `p95`, `error-rate`, `throughput`.
    pub fn parse(key: &str) -> Option<Self> {
        match key {
            "error-rate" => Some(Self::ErrorRate),
            "throughput" => Some(Self::Throughput),
            _ => key.strip_prefix(['p', 'P']).and_then(Percentile::parse).map(Self::Percentile),
        }
    }

    /// Its spelling on the command line and in JSON.
    pub fn key(self) -> String {
        match self {
            Self::Percentile(percentile) => percentile.to_string().to_lowercase(),
            Self::ErrorRate => "error-rate".to_owned(),
            Self::Throughput => "throughput".to_owned(),
        }
    }

    /// The unit of its values.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Percentile(_) => "ms",
            Self::ErrorRate => "ratio",
            Self::Throughput => "per_second",
        }
    }

    /// Whether more of it is worse.
    pub fn grows_worse(self) -> bool {
        self != Self::Throughput
    }

    /// A value with its unit, to three places behind the point.
    pub fn spell(self, value: Decimal) -> String {
        self.unrounded(self.rounded(value))
    }

    /// A value with its unit, exactly.
    pub fn unrounded(self, value: Decimal) -> String {
        match self {
            Self::Percentile(_) => format!("{} ms", plain(value)),
            Self::ErrorRate => {
                format!("{}%", value.checked_mul(Decimal::ONE_HUNDRED).map_or_else(|| plain(value), plain))
            }
            Self::Throughput => format!("{}/s", plain(value)),
        }
    }

    /// A value beside another: exactly, where rounding would make two of one.
    pub fn spell_beside(self, value: Decimal, other: Decimal) -> String {
        if value != other && self.spell(value) == self.spell(other) { self.unrounded(value) } else { self.spell(value) }
    }

    fn rounded(self, value: Decimal) -> Decimal {
        // Of the error rate, which is shown in percent, two places more.
        value.round_dp(if self == Self::ErrorRate { 5 } else { 3 }).normalize()
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percentile(percentile) => write!(f, "{percentile}"),
            Self::ErrorRate => f.write_str("error rate"),
            Self::Throughput => f.write_str("throughput"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_spelled_as_they_are_typed() {
        for key in ["p50", "p95", "p99.9", "error-rate", "throughput"] {
            assert_eq!(Metric::parse(key).unwrap().key(), key);
        }
        for wrong in ["", "p", "p0", "p101", "p-5", "q95", "p95ms", "errors"] {
            assert_eq!(Metric::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_are_rounded_unless_that_hides_a_difference() {
        let p95 = Metric::Percentile(Percentile::P95);
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(p95.spell(number("187.43219")), "187.432 ms");
        assert_eq!(p95.spell_beside(number("200.0000001"), number("200")), "200.0000001 ms");
        assert_eq!(Metric::ErrorRate.spell(number("0.0035461")), "0.355%");
        assert_eq!(Metric::Throughput.spell(number("44.461798242682086")), "44.462/s");
    }
}
