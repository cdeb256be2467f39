//! Pyrra: one `ServiceLevelObjective` of `pyrra.dev/v1alpha1` each.
//!
//! Source: pyrra-dev/pyrra, `pyrra-slo-CustomResourceDefinition.yaml` and `examples/`; read 2026-11-29.

use super::form::{bucket, frame, shared};
use super::given::Given;
use super::kind::kind_of_share;
use super::measure::Unit;
use super::node::View;
use super::objective::{ErrorBudget, Kind, Shape, Slo};
use super::problem::ProblemKind;
use super::target::Desk;
use crate::model::Text;
use crate::units::Decimal;

/// Whether a document is of this shape.
pub(super) fn is_such(document: View<'_>) -> bool {
    document.get("apiVersion").text().is_some_and(|version| version.starts_with("pyrra.dev/"))
        && document.get("kind").text() == Some("ServiceLevelObjective")
}

/// Labels that say whose objective it is.
const LABELS: [&str; 4] = ["pyrra.dev/service", "service", "app.kubernetes.io/name", "app"];
/// Ends of names that say what an objective is about, and not of whom.
const ENDS: [&str; 20] = [
    "availability",
    "uptime",
    "errors",
    "error",
    "rate",
    "ratio",
    "success",
    "latency",
    "duration",
    "requests",
    "request",
    "response",
    "responses",
    "http",
    "grpc",
    "p50",
    "p95",
    "p99",
    "slo",
    "slos",
];

pub(super) fn read(desk: &mut Desk<'_>, document: View<'_>) -> Slo {
    let (meta, spec) = (document.get("metadata"), document.get("spec"));
    let name = meta.get("name").text().unwrap_or("an SLO");
    let service = match desk.text(meta.get("labels").any(&LABELS), "service") {
        // It has no place for one: what its name begins with is taken for it.
        Given::Unset => Given::Set(Text::from(begin(name))),
        said => said,
    };
    let mut slo = frame(desk, Shape::Pyrra, service, name, document.line);
    let target = spec.get("target");
    let share = desk.share(target, Some(Unit::Percent), &format!("target of {name}"));
    if share.is_unset() {
        let what = format!("{name} has no target");
        desk.note::<()>(ProblemKind::Missing, name, document.line, &what, "add `target: \"99.9\"`");
    }
    let indicator = spec.get("indicator");
    let kind = if indicator.any(&["latency", "latencyNative"]).is_there() {
        Kind::Latency(Given::Unset)
    } else {
        match kind_of_share(&[name], &[]) {
            // It has kinds of its own for time.
            Kind::Latency(_) => Kind::Availability,
            kind => kind,
        }
    };
    let limit = |desk: &mut Desk<'_>| limit(desk, indicator, name);
    let line = target.line;
    let mut objective = shared(name.into(), kind, share, || limit(desk), line);
    objective.window = desk.window(spec.get("window"), &format!("window of {name}"));
    slo.objectives.push(objective);
    let alerts = spec.get("alerting");
    let off = alerts.get("disabled").text() == Some("true") || alerts.get("burnrates").text() == Some("false");
    let told = "alerts on how fast the budget is used up, which Pyrra makes";
    let alerting = if off { Given::Unset } else { Given::Set(told.into()) };
    slo.budget = ErrorBudget { is_given: true, policy: Given::Unset, alerting };
    slo
}

fn limit(desk: &mut Desk<'_>, indicator: View<'_>, name: &str) -> Given<Decimal> {
    let native = indicator.path(&["latencyNative", "latency"]);
    if native.is_there() {
        return desk.time(native, None, name);
    }
    let success = indicator.path(&["latency", "success", "metric"]);
    bucket(desk, &success.texts(), success.line, name)
}

/// A name without what says what it is about: `payment-api` of `payment-api-latency-p99`.
fn begin(name: &str) -> &str {
    let mut rest = name;
    while let Some((before, end)) = rest.rsplit_once(['-', '_', '.'])
        && ENDS.contains(&end)
    {
        rest = before;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::begin;

    #[test]
    fn names_lose_what_they_are_about() {
        assert_eq!(begin("payment-api-latency-p99"), "payment-api");
        assert_eq!(begin("nginx-api-errors"), "nginx-api");
        assert_eq!(begin("latency"), "latency");
    }
}
