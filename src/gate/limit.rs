//! How far a run may go: limits for what is measured, and how much worse than a baseline it may be.

use super::metric::{Metric, Percentile};
use crate::units::Decimal;

/// Where a limit comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// The command line.
    Typed,
    /// The design principle's own limits.
    Defaults,
    /// An SLO: the file, and what it calls the objective.
    Slo(String),
}

/// A limit for one metric.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bound {
    /// What is limited.
    pub metric: Metric,
    /// The limit, in the metric's unit.
    pub value: Decimal,
    /// Whether the limit itself is still good.
    pub is_good: bool,
}

/// A limit, and what it is for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Limit {
    /// The limit.
    pub bound: Bound,
    /// The endpoint that it is for; nothing where it is for the whole run.
    pub endpoint: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A limit for one endpoint, as it is typed: `NAME:p95=300ms`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EndpointLimit {
    /// The endpoint.
    pub endpoint: String,
    /// Its limit.
    pub bound: Bound,
}

/// The limits of the design principle that asks for a load test in every pipeline.
///
/// Source: the Performance Efficiency design principles, DP7 (P95 < 200 ms, P99 < 500 ms, error rate < 0.1 %), read on 2026-11-29.
pub fn defaults() -> Vec<Limit> {
    let below = |metric, value| Bound { metric, value, is_good: false };
    [
        below(Metric::Percentile(Percentile::P95), Decimal::from(200)),
        below(Metric::Percentile(Percentile::P99), Decimal::from(500)),
        below(Metric::ErrorRate, Decimal::new(1, 3)),
    ]
    .map(|bound| Limit { bound, endpoint: None, origin: Origin::Defaults })
    .to_vec()
}

impl Bound {
    /// From what is typed: `200ms`, `<=0.5s`, `0.1%`, `100/s`. Times and error rates have to stay below it, throughput has to
    /// reach it; `<=` and `>` say otherwise.
    ///
    /// # Errors
    /// When it is no limit for the metric, in words.
    pub fn parse(metric: Metric, text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (sign, number) = [">=", "<=", ">", "<"]
            .iter()
            .find_map(|sign| text.strip_prefix(sign).map(|rest| (*sign, rest.trim())))
            .unwrap_or(("", text));
        let (value, is_good) = match metric {
            Metric::Percentile(_) => (time(number)?, sign == "<="),
            Metric::ErrorRate => (percent(number)?, sign == "<="),
            Metric::Throughput => (rate(number)?, sign != ">"),
        };
        if !sign.is_empty() && sign.starts_with('<') != metric.grows_worse() {
            let turned = if metric.grows_worse() { "at most" } else { "at least" };
            return Err(format!(
                "`{text}` is the wrong way round: a limit for the {metric} says how much it has to be {turned}"
            ));
        }
        if metric == Metric::ErrorRate && value > Decimal::ONE {
            return Err(format!("`{text}` is more than all requests"));
        }
        let is_kept_by_all = match metric {
            Metric::Percentile(_) => false,
            Metric::ErrorRate => value == Decimal::ONE && is_good,
            Metric::Throughput => value.is_zero(),
        };
        if is_kept_by_all {
            return Err(format!("every run keeps `{text}`: it is no limit"));
        }
        let bound = Self { metric, value, is_good };
        if metric.grows_worse() && value.is_zero() && !is_good {
            return Err(format!("nothing is below {text}: write <={text} where there may be none at all"));
        }
        Ok(bound)
    }

    /// Whether a value keeps it.
    pub fn holds(self, value: Decimal) -> bool {
        if value == self.value {
            return self.is_good;
        }
        (value < self.value) == self.metric.grows_worse()
    }

    /// `below 200 ms`, `at least 100/s`.
    pub fn spell(self) -> String {
        let word = match (self.metric.grows_worse(), self.is_good) {
            (true, false) => "below",
            (true, true) => "at most",
            (false, true) => "at least",
            (false, false) => "above",
        };
        format!("{word} {}", self.metric.unrounded(self.value))
    }

    /// `< 200 ms`, `>= 100/s`.
    pub fn sign(self) -> &'static str {
        match (self.metric.grows_worse(), self.is_good) {
            (true, false) => "<",
            (true, true) => "<=",
            (false, true) => ">=",
            (false, false) => ">",
        }
    }
}

impl EndpointLimit {
    /// From `NAME:METRIC=LIMIT`. Names hold colons and equals signs of their own: the last ones count.
    ///
    /// # Errors
    /// When it is none, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` names no limit: write it as NAME:METRIC=LIMIT, such as '/checkout:p95=300ms'");
        let split = text.match_indices(':').rev().find_map(|(at, _)| {
            let (name, rest) = (text.get(..at)?, text.get(at + 1..)?);
            // `<=300ms` holds an equals sign as well.
            let (metric, limit) = rest.split_once('=')?;
            Some((name, Metric::parse(metric.trim())?, limit))
        });
        let (name, metric, limit) = split.ok_or_else(wrong)?;
        if name.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self { endpoint: name.trim().to_owned(), bound: Bound::parse(metric, limit)? })
    }
}

/// How much worse than the baseline a metric may be, as it is typed: `10%`, `p99=5%`, `throughput=off`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Allowance {
    /// The metric; nothing for all that are compared.
    pub metric: Option<Metric>,
    /// As a part of one; nothing where it is not compared.
    pub part: Option<Decimal>,
}

impl Allowance {
    /// From what is typed.
    ///
    /// # Errors
    /// When it is none, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (metric, part) = match text.split_once('=') {
            None => (None, text),
            Some((key, part)) => {
                let metric = Metric::parse(key.trim()).filter(|metric| Metric::COMPARED.contains(metric));
                let metric = metric.ok_or_else(|| {
                    format!("`{key}` is not compared with a baseline; p95, p99, error-rate and throughput are")
                })?;
                (Some(metric), part.trim())
            }
        };
        match (metric, part) {
            (Some(_), "off") => Ok(Self { metric, part: None }),
            _ => Ok(Self { metric, part: Some(percent(part)?) }),
        }
    }

    /// How much worse each metric may be; those that are not compared are left out. Without a word, 10%, as the principle has it.
    pub fn settle(typed: &[Self]) -> Vec<(Metric, Decimal)> {
        let all = typed.iter().rev().find(|allowance| allowance.metric.is_none()).and_then(|allowance| allowance.part);
        let all = all.unwrap_or(Decimal::new(1, 1));
        let of = |metric| match typed.iter().rev().find(|allowance| allowance.metric == Some(metric)) {
            Some(own) => own.part,
            None => Some(all),
        };
        Metric::COMPARED.into_iter().filter_map(|metric| Some((metric, of(metric)?))).collect()
    }
}

/// Which percentiles a file holds that does not say it: `50,75,95,99`.
///
/// # Errors
/// When they are none, in words.
pub fn positions(text: &str) -> Result<Vec<Percentile>, String> {
    let all: Option<Vec<_>> =
        text.split(',').map(|one| Percentile::parse(one.trim().trim_start_matches(['p', 'P']))).collect();
    let wrong = || format!("`{text}` names no percentiles: write them in the file's order, such as 50,75,95,99");
    let all = all.ok_or_else(wrong)?;
    let twice = all.iter().enumerate().find(|(at, one)| all.iter().take(*at).any(|before| before == *one));
    match twice {
        Some((_, one)) => {
            Err(format!("`{text}` names {one} twice: name what stands in each place of the file, such as 50,75,95,99"))
        }
        None => Ok(all),
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.is_empty();
    if is_plain { text.parse().ok() } else { None }
}

/// A time in milliseconds.
fn time(text: &str) -> Result<Decimal, String> {
    let units =
        [("ms", Decimal::ONE), ("us", Decimal::new(1, 3)), ("µs", Decimal::new(1, 3)), ("s", Decimal::ONE_THOUSAND)];
    let found = units.iter().find_map(|(unit, factor)| {
        decimal(text.strip_suffix(unit)?.trim()).and_then(|number| number.checked_mul(*factor))
    });
    found.map(|time| time.normalize()).ok_or_else(|| match decimal(text) {
        Some(_) => format!("`{text}` has no unit: write {text}ms or {text}s"),
        None => format!("`{text}` is no time: write it such as 200ms or 0.5s"),
    })
}

/// A percentage as a part of one.
fn percent(text: &str) -> Result<Decimal, String> {
    let number = text.strip_suffix('%').and_then(|number| decimal(number.trim()));
    number.and_then(|number| number.checked_div(Decimal::ONE_HUNDRED)).map(|part| part.normalize()).ok_or_else(|| {
        match decimal(text) {
            Some(_) => format!("`{text}` has no unit: write {text}%"),
            None => format!("`{text}` is no percentage: write it such as 0.1%"),
        }
    })
}

/// So many by the second.
fn rate(text: &str) -> Result<Decimal, String> {
    let number = text.strip_suffix("/s").and_then(|number| decimal(number.trim()));
    number.ok_or_else(|| match decimal(text) {
        Some(_) => format!("`{text}` has no unit: write {text}/s"),
        None => format!("`{text}` is no rate: write it such as 100/s"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const P95: Metric = Metric::Percentile(Percentile::P95);

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_limit_is_not_reached() {
        let below = Bound::parse(P95, "200ms").unwrap();
        assert!(below.holds(number("199.9999999999")));
        assert!(!below.holds(number("200")) && !below.holds(number("200.0000001")));
        let most = Bound::parse(P95, "<=0.2s").unwrap();
        assert!(most.holds(number("200")) && !most.holds(number("200.0000001")));
        assert_eq!((below.spell(), most.spell()), ("below 200 ms".to_owned(), "at most 200 ms".to_owned()));
        let least = Bound::parse(Metric::Throughput, "100/s").unwrap();
        assert!(least.holds(number("100")) && least.holds(number("101")) && !least.holds(number("99.99")));
        assert!(!Bound::parse(Metric::Throughput, ">100/s").unwrap().holds(number("100")));
        let errors = Bound::parse(Metric::ErrorRate, "0.1%").unwrap();
        assert!(errors.holds(number("0.00099")) && !errors.holds(number("0.001")));
        assert!(Bound::parse(Metric::ErrorRate, "<=0%").unwrap().holds(Decimal::ZERO));
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        for (metric, text, says) in [
            (P95, "200", "no unit: write 200ms or 200s"),
            (P95, "fast", "no time"),
            (P95, "-5ms", "no time"),
            (P95, "0ms", "nothing is below 0ms"),
            (P95, ">200ms", "wrong way round"),
            (Metric::ErrorRate, "0.1", "no unit: write 0.1%"),
            (Metric::ErrorRate, "0%", "write <=0%"),
            (Metric::ErrorRate, "101%", "more than all requests"),
            (Metric::Throughput, "<100/s", "wrong way round"),
            (Metric::Throughput, "100", "no unit: write 100/s"),
            (Metric::Throughput, ">=100", "no unit: write 100/s"),
            (Metric::Throughput, "6000/min", "no rate"),
            (Metric::Throughput, "many", "no rate"),
            (Metric::Throughput, "1e3", "no rate"),
        ] {
            let error = Bound::parse(metric, text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn names_of_endpoints_hold_anything() {
        let limit = |text: &str| EndpointLimit::parse(text).map(|limit| (limit.endpoint, limit.bound.spell()));
        assert_eq!(limit("/checkout:p95=300ms").unwrap(), ("/checkout".to_owned(), "below 300 ms".to_owned()));
        assert_eq!(
            limit("name:http://a:80/x?y=1:p99=<=1s").unwrap(),
            ("name:http://a:80/x?y=1".to_owned(), "at most 1000 ms".to_owned())
        );
        assert_eq!(limit("group:::pay:error-rate=1%").unwrap(), ("group:::pay".to_owned(), "below 1%".to_owned()));
        for wrong in ["/checkout", "/checkout:p95", ":p95=3ms", "/checkout:q=3ms"] {
            assert!(limit(wrong).unwrap_err().contains("NAME:METRIC=LIMIT"), "{wrong}");
        }
        assert!(limit("/a:p95=300").unwrap_err().contains("no unit"));
    }

    #[test]
    fn what_is_said_of_one_metric_counts_before_what_is_said_of_all() {
        let settle = |typed: &[&str]| {
            let typed: Vec<_> = typed.iter().map(|text| Allowance::parse(text).unwrap()).collect();
            Allowance::settle(&typed)
                .iter()
                .map(|(metric, part)| format!("{} {part}", metric.key()))
                .collect::<Vec<_>>()
        };
        assert_eq!(settle(&[]), ["p95 0.1", "p99 0.1", "error-rate 0.1", "throughput 0.1"]);
        assert_eq!(settle(&["5%", "p99=20%", "error-rate=off"]), ["p95 0.05", "p99 0.2", "throughput 0.05"]);
        for wrong in ["10", "off", "p50=5%", "p99=", "x=1%"] {
            assert!(Allowance::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn places_are_percentiles() {
        assert_eq!(positions("50,75,95,99.9").unwrap().len(), 4);
        assert_eq!(positions("P90, p95").unwrap(), [Percentile::P90, Percentile::P95]);
        assert!(positions("50,,99").is_err() && positions("0").is_err() && positions("").is_err());
        for twice in ["95,95,99", "95,p95.0", "50,95,99,95"] {
            assert!(positions(twice).unwrap_err().contains("names P95 twice"), "{twice}");
        }
    }
}
