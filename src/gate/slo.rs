//! The limits that an SLO file sets for one service.

use super::error::GateError;
use super::limit::{Bound, Limit, Origin};
use super::metric::{Metric, Percentile};
use crate::repository::slo::{Aim, Given, Service, normal, read, services};
use crate::units::{Decimal, listed};

/// The percentiles for which objectives are looked up.
const ASKED: [u32; 4] = [50, 90, 95, 99];

/// What an SLO file asks of a run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Asked {
    /// Its limits.
    pub limits: Vec<Limit>,
    /// Why there is none, where there is none.
    pub note: Option<String>,
}

/// Reads the limits of `service`, or of the only one in the file; those for what is limited `otherwise` are left out.
///
/// An objective is met where it is reached: 99.9% of requests are to succeed, so 0.1% may fail.
///
/// # Errors
/// When the file is no SLO file, has another service or several, or does not say clearly what is aimed at.
pub fn limits(name: &str, text: &str, service: Option<&str>, otherwise: &[Metric]) -> Result<Asked, GateError> {
    let reading = read(name, text).map_err(|error| {
        let told = error.to_string();
        let (what, hint) = told.split_once("\n  hint: ").unwrap_or((&told, "see docs/slo.md"));
        GateError::new(name, what.trim_start_matches(name).trim_start_matches([':', ' ']), hint)
    })?;
    let all = services(&reading.slos);
    let service = chosen(name, &all, service)?;
    let (mut limits, mut is_replaced) = (Vec::new(), false);
    let percentiles = ASKED.map(Percentile::whole).map(|percentile| {
        (Metric::Percentile(percentile), service.latency(percentile.fraction() * Decimal::ONE_HUNDRED))
    });
    for (metric, aim) in percentiles.into_iter().chain([(Metric::ErrorRate, service.error_rate())]) {
        if otherwise.contains(&metric) {
            is_replaced |= !aim.is_unset();
            continue;
        }
        match aim {
            // A time that follows from that of more requests is asked with that one. What an availability leaves is asked here.
            Given::Set(Aim { follows: true, .. }) if metric != Metric::ErrorRate => {}
            Given::Unset => {}
            Given::Set(Aim { value, objective, place, .. }) => limits.push(Limit {
                bound: Bound { metric, value, is_good: true },
                endpoint: None,
                origin: Origin::Slo(format!("{place} {objective}")),
            }),
            Given::Unclear(reason) => {
                let hint = format!("say it in the file, or give the limit with --{}", metric.key());
                return Err(GateError::new(name, format!("what the {metric} is to be is not clear: {reason}"), hint));
            }
        }
    }
    if limits.is_empty() && otherwise.is_empty() {
        return Err(GateError::new(
            name,
            format!("{} has no objective that a load test measures", service.name),
            "a latency such as P95 in ms, an error rate or an availability is one; or give limits such as --p95 200ms",
        ));
    }
    let note = limits.is_empty().then(|| {
        let called = &service.name;
        let why = if is_replaced {
            format!("options limit all that {called} has objectives for")
        } else {
            format!("{called} has no objective that a load test measures")
        };
        format!("{name} asks nothing of this run: {why}")
    });
    Ok(Asked { limits, note })
}

fn chosen<'a, 's>(name: &str, all: &'a [Service<'s>], wanted: Option<&str>) -> Result<&'a Service<'s>, GateError> {
    let names = || listed(all.iter().map(|service| service.name.as_str()));
    match (wanted, all) {
        (None, [only]) => Ok(only),
        (None, _) => Err(GateError::new(
            name,
            format!("it has objectives of several services: {}", names()),
            "say which of them was tested: --service NAME",
        )),
        (Some(wanted), _) => all.iter().find(|service| normal(&service.name) == normal(wanted)).ok_or_else(|| {
            GateError::new(name, format!("it has no objectives of {wanted}"), format!("it has those of {}", names()))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "service: shop\nslos:\n  - name: latency_p95\n    target: 200\n    unit: ms\n    window: 30d\n  - name: latency_p99\n    target: 0.5\n    unit: s\n    window: 30d\n  - name: availability\n    target: 99.9\n    unit: percent\n    window: 30d\n";

    fn told(limits: &[Limit]) -> Vec<String> {
        limits.iter().map(|limit| format!("{} {}", limit.bound.metric, limit.bound.spell())).collect()
    }

    #[test]
    fn objectives_are_limits_that_may_be_reached() {
        let read = |service, otherwise: &[Metric]| limits("shop.yml", SHOP, service, otherwise).unwrap().limits;
        let all = read(None, &[]);
        assert_eq!(told(&all), ["P95 at most 200 ms", "P99 at most 500 ms", "error rate at most 0.1%"]);
        assert_eq!(all[0].origin, Origin::Slo("shop.yml:3 latency_p95".to_owned()));
        assert_eq!(read(Some("Shop"), &[]), all);
        // What is typed counts instead.
        let rest = read(None, &[Metric::ErrorRate, Metric::Percentile(Percentile::P99)]);
        assert_eq!(told(&rest), ["P95 at most 200 ms"]);
    }

    #[test]
    fn an_slo_that_asks_nothing_says_so() {
        let p95 = Metric::Percentile(Percentile::P95);
        let note = |text: &str, otherwise: &[Metric]| limits("shop.yml", text, None, otherwise).unwrap().note;
        assert_eq!(note(SHOP, &[p95]), None);
        let all = [p95, Metric::Percentile(Percentile::P99), Metric::ErrorRate];
        let replaced = "shop.yml asks nothing of this run: options limit all that shop has objectives for";
        assert_eq!(note(SHOP, &all).as_deref(), Some(replaced));
        let other = "service: shop\nslos:\n  - name: freshness\n    target: 99\n    unit: percent\n    window: 30d\n";
        let nothing = "shop.yml asks nothing of this run: shop has no objective that a load test measures";
        assert_eq!(note(other, &[p95]).as_deref(), Some(nothing));
    }

    #[test]
    fn what_is_not_clear_is_no_limit() {
        let two = format!("{SHOP}---\n{}", SHOP.replace("service: shop", "service: cart"));
        for (text, service, says) in [
            (
                two.as_str(),
                None,
                "objectives of several services: shop and cart\n  hint: say which of them was tested: --service",
            ),
            (two.as_str(), Some("pay"), "it has no objectives of pay\n  hint: it has those of shop and cart"),
            ("a: 1", None, "holds no SLO"),
            ("a: [", None, "not YAML"),
        ] {
            let error = limits("shop.yml", text, service, &[]).unwrap_err().to_string();
            assert!(error.starts_with("shop.yml: ") && error.contains(says), "{error}");
        }
        let twice = format!("{SHOP}  - name: p95\n    target: 300\n    unit: ms\n    window: 30d\n");
        let error = limits("shop.yml", &twice, None, &[]).unwrap_err().to_string();
        assert!(error.contains("what the P95 is to be is not clear") && error.contains("--p95"), "{error}");
    }
}
