//! `OpenSLO`: `openslo/v1`, and `openslo/v1alpha` before it.
//!
//! Source: OpenSLO/OpenSLO, `README.md` (specification), read 2026-11-29.

use super::form::{bucket, frame, service, shared};
use super::given::Given;
use super::kind::kind_of_share;
use super::measure::{Unit, Window};
use super::node::View;
use super::objective::{ErrorBudget, Kind, Shape, Slo};
use super::problem::ProblemKind;
use super::target::Desk;
use crate::model::Text;
use crate::units::{Decimal, plain};

/// Whether a document is of this specification, objective or not.
pub(super) fn is_such(document: View<'_>) -> bool {
    document.get("apiVersion").text().is_some_and(|version| version.starts_with("openslo/"))
}

/// Reads an SLO; nothing of what only helps one. `others` are the file's other documents.
pub(super) fn read(desk: &mut Desk<'_>, document: View<'_>, others: &[View<'_>]) -> Option<Slo> {
    if document.get("kind").text() != Some("SLO") {
        return None;
    }
    let (name, spec) = (document.path(&["metadata", "name"]).text().unwrap_or("an SLO"), document.get("spec"));
    let service = service(desk, spec.get("service"), document);
    let mut slo = frame(desk, Shape::OpenSlo, service, name, document.line);
    let window = window(desk, spec, name);
    let indicator = indicator(spec, others);
    let titles = [
        name,
        document.path(&["metadata", "displayName"]).text().unwrap_or_default(),
        indicator.path(&["metadata", "name"]).text().unwrap_or_default(),
    ];
    for objective in spec.get("objectives").items() {
        let own = objective.get("displayName").text().unwrap_or_default();
        let names: Vec<&str> = [own].into_iter().chain(titles).filter(|name| !name.is_empty()).collect();
        let measured = indicator.texts();
        let field = format!("target of {name}");
        let share = share(desk, objective, &field);
        let value = objective.get("value");
        let is_threshold = indicator.path(&["spec", "thresholdMetric"]).is_there() || value.is_there();
        let kind = match kind_of_share(&names, &measured) {
            // A threshold of what is no time is one of something else.
            kind if is_threshold && !matches!(kind, Kind::Latency(_)) => Kind::Other,
            kind => kind,
        };
        let line = objective.line;
        let limit = |desk: &mut Desk<'_>| {
            if is_threshold { threshold(desk, value, &measured, name) } else { bucket(desk, &measured, line, name) }
        };
        let called: Text = if own.is_empty() { name.into() } else { own.into() };
        let mut read = shared(called, kind, share, || limit(desk), line);
        read.window = window.clone();
        slo.objectives.push(read);
    }
    let policies = spec.get("alertPolicies");
    let alerting = if policies.items().next().is_some() { Given::Set("alert policies".into()) } else { Given::Unset };
    slo.budget = ErrorBudget { is_given: true, policy: Given::Unset, alerting };
    Some(slo)
}

/// The indicator itself, or the one that is named, if it stands in the same file.
fn indicator<'n>(spec: View<'n>, others: &[View<'n>]) -> View<'n> {
    let own = spec.get("indicator");
    let Some(name) = spec.get("indicatorRef").text().filter(|_| !own.is_there()) else { return own };
    let is_it = |other: &&View<'n>| {
        other.get("kind").text() == Some("SLI") && other.path(&["metadata", "name"]).text() == Some(name)
    };
    others.iter().find(is_it).copied().unwrap_or(own)
}

fn window(desk: &mut Desk<'_>, spec: View<'_>, name: &str) -> Given<Window> {
    let field = format!("window of {name}");
    let Some(first) = spec.any(&["timeWindow", "timeWindows"]).items().next() else { return Given::Unset };
    // The forerunner counts units.
    if let (Some(count), Some(unit)) = (first.get("count").text(), first.get("unit").text()) {
        return super::measure::window(&format!("{count} {unit}")).map_or_else(
            || {
                let what = format!("the {field} is {count} {unit}, which is no length of time");
                desk.note(ProblemKind::Wrong, &field, first.line, &what, "write its unit as Day or Week")
            },
            Given::Set,
        );
    }
    desk.window(first.get("duration"), &field)
}

/// A ratio below one, or a percentage under its own name.
fn share(desk: &mut Desk<'_>, objective: View<'_>, field: &str) -> Given<Decimal> {
    let (ratio, percent) = (objective.get("target"), objective.get("targetPercent"));
    if percent.is_there() {
        return desk.share(percent, Some(Unit::Percent), field);
    }
    if let Given::Set(figure) = desk.figure(ratio, field)
        && figure.number > Decimal::ONE
    {
        let what = format!("the {field} is {}, and OpenSLO has a ratio there", plain(figure.number));
        let way_out = format!("write `targetPercent: {}`", plain(figure.number));
        return desk.note(ProblemKind::Wrong, field, ratio.line, &what, &way_out);
    }
    if !ratio.is_there() {
        let what = format!("the objective has no target: {field}");
        desk.note::<()>(ProblemKind::Missing, field, objective.line, &what, "add `target: 0.999`");
        return Given::Unset;
    }
    desk.share(ratio, Some(Unit::Ratio), field)
}

/// A time whose unit the metric's name, or the query, has to tell.
fn threshold(desk: &mut Desk<'_>, value: View<'_>, measured: &[&str], name: &str) -> Given<Decimal> {
    let tells = |word: &str| measured.iter().any(|text| text.contains(word)) || name.contains(word);
    let unit = if tells("_milliseconds") || tells("_ms") || tells("millisecond") {
        Some(Unit::PerSecond(1_000))
    } else if tells("_seconds") {
        Some(Unit::Seconds(1))
    } else {
        None
    };
    if unit.is_none()
        && let Given::Set(figure) = desk.figure(value, name)
        && figure.unit(None).is_none()
    {
        let what = format!("{name} compares with {}, and nothing tells its unit", plain(figure.number));
        return desk.note(ProblemKind::Unclear, name, value.line, &what, "take a metric whose name ends in its unit");
    }
    desk.time(value, unit, name)
}
