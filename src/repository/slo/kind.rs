//! What an objective is about, by its name and by what it measures.

use super::given::Given;
use super::objective::Kind;
use crate::units::Decimal;

/// Words for how long something takes.
const TIME: [&str; 6] = ["latency", "response_time", "response-time", "response time", "responsetime", "duration"];
/// Words for what succeeds.
const SUCCESS: [&str; 6] = ["availab", "uptime", "success", "error_free", "error-free", "reliab"];
/// Words for what fails.
const FAILURE: [&str; 3] = ["error", "fail", "5xx"];
/// Words for how much is served.
const AMOUNT: [&str; 5] = ["throughput", "requests_per", "requests-per", "rps", "qps"];
/// Words for other qualities of what is served.
const OTHER: [&str; 8] = ["fresh", "correct", "durab", "quality", "coverage", "saturation", "staleness", "utili"];

/// What an objective called `name` is about. Only where that says nothing, what it measures is asked.
pub(super) fn kind(name: &str, measured: &[&str]) -> Kind {
    let by_name = by_words(name);
    if by_name != Kind::Other || holds(&name.to_ascii_lowercase(), &OTHER) {
        return match by_name {
            Kind::Latency(Given::Unset) => Kind::Latency(by_texts(measured)),
            other => other,
        };
    }
    measured.iter().map(|text| by_words(text)).find(|kind| *kind != Kind::Other).unwrap_or(Kind::Other)
}

/// The same for a share of good events: of what else than requests in general it is, the name has to say.
pub(super) fn kind_of_share(names: &[&str], measured: &[&str]) -> Kind {
    let said = names.iter().map(|name| by_words(name)).find(|kind| *kind != Kind::Other);
    let in_time = measured.iter().any(|text| text.contains("_bucket") && text.contains("le="));
    match said {
        Some(kind @ (Kind::Latency(_) | Kind::Throughput)) => kind,
        _ if in_time => Kind::Latency(Given::Unset),
        // A share of good events is one of success, also where it is called after its errors.
        Some(_) => Kind::Availability,
        None if names.iter().any(|name| holds(&name.to_ascii_lowercase(), &OTHER)) => Kind::Other,
        None => Kind::Availability,
    }
}

fn by_words(text: &str) -> Kind {
    let lower = text.to_ascii_lowercase();
    if holds(&lower, &TIME) {
        return Kind::Latency(percentile(&lower).map_or(Given::Unset, Given::Set));
    }
    if holds(&lower, &SUCCESS) {
        return Kind::Availability;
    }
    if holds(&lower, &FAILURE) {
        return Kind::ErrorRate;
    }
    if holds(&lower, &AMOUNT) {
        return Kind::Throughput;
    }
    percentile(&lower).map_or(Kind::Other, |percentile| Kind::Latency(Given::Set(percentile)))
}

fn by_texts(texts: &[&str]) -> Given<Decimal> {
    texts.iter().find_map(|text| percentile(&text.to_ascii_lowercase())).map_or(Given::Unset, Given::Set)
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// `p95`, `p99.9`, `p999`, `95th percentile`, `quantile(0.99, …)`: so many of a hundred.
pub(super) fn percentile(lower: &str) -> Option<Decimal> {
    if let Some((_, rest)) = lower.split_once("quantile(") {
        let digits: String = rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        return digits
            .parse::<Decimal>()
            .ok()
            .filter(|part| *part < Decimal::ONE)
            .map(|part| part * Decimal::ONE_HUNDRED);
    }
    let bytes = lower.as_bytes();
    for (at, _) in lower.match_indices('p') {
        let free =
            at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if free && let Some(found) = lower.get(at.saturating_add(1)..).and_then(leading) {
            return Some(found);
        }
    }
    let (before, _) = lower.split_once("th percentile").or_else(|| lower.split_once("th-percentile"))?;
    let digits = before.rsplit(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
    digits.parse().ok().filter(|share: &Decimal| *share < Decimal::ONE_HUNDRED)
}

/// The percentile that a text begins with: `999` is 99.9.
fn leading(text: &str) -> Option<Decimal> {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.')).collect();
    let digits = digits.trim_end_matches('.');
    if text.get(digits.len()..)?.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match digits.split_at_checked(2) {
        Some((two, "")) => two.parse().ok(),
        Some((two, rest)) if !rest.starts_with('.') && rest.chars().all(|c| c == '9') => {
            format!("{two}.{rest}").parse().ok()
        }
        Some((_, rest)) if rest.starts_with('.') => digits.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::plain;

    #[test]
    fn percentiles() {
        let all = [
            ("latency_p95", Some("95")),
            ("p99.9-latency", Some("99.9")),
            ("p999", Some("99.9")),
            ("the 95th percentile of request duration", Some("95")),
            ("histogram_quantile(0.99, rate(x[5m]))", Some("99")),
            ("http2 requests", None),
            ("app95", None),
            ("p9", None),
            ("p100", None),
            ("average latency", None),
        ];
        for (text, expected) in all {
            assert_eq!(percentile(text).map(plain).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn kinds() {
        let set = |number: i64| Kind::Latency(Given::Set(number.into()));
        assert_eq!(kind("availability", &["success_rate"]), Kind::Availability);
        assert_eq!(kind("latency_p95", &[]), set(95));
        assert_eq!(kind("latency", &["p99 of request duration"]), set(99));
        assert_eq!(kind("error_rate", &[]), Kind::ErrorRate);
        assert_eq!(kind("api quality", &["success_rate"]), Kind::Other);
        assert_eq!(kind("first", &["success_rate"]), Kind::Availability);
        assert_eq!(kind("throughput", &[]), Kind::Throughput);
        assert_eq!(kind_of_share(&["nginx-api-errors"], &[]), Kind::Availability);
        assert_eq!(kind_of_share(&["checkout"], &["x_bucket{le=\"0.5\"}"]), Kind::Latency(Given::Unset));
        assert_eq!(kind_of_share(&["data-freshness"], &[]), Kind::Other);
    }
}
