//! What the shapes have in common: the frame of a document, and a share of requests that are fast enough.

use super::given::Given;
use super::kind::percentile;
use super::measure::{Unit, number};
use super::node::View;
use super::objective::{Kind, Objective, Shape, Slo, Target};
use super::problem::ProblemKind;
use super::target::Desk;
use crate::model::Text;
use crate::units::Decimal;

/// A document that is still empty.
pub(super) fn frame(desk: &Desk<'_>, shape: Shape, service: Given<Text>, name: &str, line: u64) -> Slo {
    let name = service.set().map_or_else(|| name.into(), Clone::clone);
    Slo {
        service,
        name,
        shape,
        file: desk.file.clone(),
        line,
        objectives: Vec::new(),
        budget: super::objective::ErrorBudget::default(),
        problems: Vec::new(),
    }
}

/// The service, and a problem where none is named.
pub(super) fn service(desk: &mut Desk<'_>, view: View<'_>, document: View<'_>) -> Given<Text> {
    let service = desk.text(view, "service");
    if service.is_unset() {
        let kind = ProblemKind::Missing;
        let what = "no service is named, so nobody knows whose objectives these are";
        desk.note::<()>(kind, "service", document.line, what, "name the service as it is called elsewhere");
    }
    service
}

/// What the file itself is called, without what only says that it holds SLOs: `payment-api` of `docs/slos/payment-api-slo.yml`.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name);
    ["-slos", "-slo", "_slos", "_slo", ".slos", ".slo"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// An objective of which a share of requests is to be good. Where it is about time, the share is a percentile, and what tells
/// the time is asked.
pub(super) fn shared(
    name: Text,
    kind: Kind,
    share: Given<Decimal>,
    limit: impl FnOnce() -> Given<Decimal>,
    line: u64,
) -> Objective {
    let (kind, target, by_share) = match kind {
        Kind::Latency(_) => {
            let of = share.map(|share| share * Decimal::ONE_HUNDRED);
            (Kind::Latency(of), limit().map(Target::Milliseconds), true)
        }
        other => (other, share.map(Target::Ratio), false),
    };
    Objective { name, kind, target, window: Given::Unset, by_share, line }
}

/// The time that a query of Prometheus compares with: the bound of a bucket, in the unit in which the metric is called.
///
/// Source: prometheus.io, "Metric and label naming" (units stand at the end of a metric's name); read 2026-11-29.
pub(super) fn bucket(desk: &mut Desk<'_>, queries: &[&str], line: u64, field: &str) -> Given<Decimal> {
    for query in queries {
        let Some((_, bound)) = query.split_once("le=\"").or_else(|| query.split_once("le='")) else { continue };
        let bound: String = bound.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | '-')).collect();
        let unit = if query.contains("_seconds") {
            Unit::Seconds(1)
        } else if query.contains("_milliseconds") || query.contains("_ms") {
            Unit::PerSecond(1_000)
        } else {
            let what = format!("the time of the {field} is the bucket `{bound}`, and the metric's name has no unit");
            return desk.note(ProblemKind::Unclear, field, line, &what, "take a metric whose name ends in its unit");
        };
        if let Some(milliseconds) = number(&bound).and_then(|number| unit.milliseconds(number)) {
            return Given::Set(milliseconds);
        }
    }
    Given::Unclear(format!("{}:{line}: the time of the {field} stands in a query that cannot be read", desk.file))
}

/// Says where the name of an objective and what it measures are of two percentiles.
pub(super) fn agree(desk: &mut Desk<'_>, name: &str, measured: &[&str], line: u64) {
    let of = |text: &str| percentile(&text.to_ascii_lowercase());
    let (Some(named), Some(other)) = (of(name), measured.iter().find_map(|text| of(text))) else { return };
    if named != other {
        let what = format!("{name} measures P{}", other.normalize());
        desk.note::<()>(ProblemKind::Wrong, name, line, &what, "name and measure the same percentile");
    }
}
