//! Sloth: `prometheus/v1`, and the same as a `PrometheusServiceLevel` of Kubernetes.
//!
//! Source: slok/sloth, `examples/getting-started.yml` and `k8s-getting-started.yml`; the window is 30 days unless somebody
//! starts it with another (release notes of 0.8.0); read 2026-11-29.

use super::form::{bucket, frame, service, shared};
use super::given::Given;
use super::kind::kind_of_share;
use super::measure::{Unit, Window};
use super::node::View;
use super::objective::{ErrorBudget, Shape, Slo};
use super::problem::ProblemKind;
use super::target::Desk;

/// Whether a document is of this shape.
pub(super) fn is_such(document: View<'_>) -> bool {
    let starts = |key: &str, with: &str| document.get(key).text().is_some_and(|text| text.starts_with(with));
    starts("apiVersion", "sloth.slok.dev/") || starts("version", "prometheus/v")
}

pub(super) fn read(desk: &mut Desk<'_>, document: View<'_>) -> Slo {
    let spec = if document.get("spec").is_there() { document.get("spec") } else { document };
    let service = service(desk, spec.get("service"), document);
    let name = document.path(&["metadata", "name"]).text().unwrap_or("an SLO");
    let mut slo = frame(desk, Shape::Sloth, service, name, document.line);
    let window = Window { text: "30d".into(), minutes: Some(43_200) };
    let mut alerting = Given::Unset;
    for item in spec.get("slos").items() {
        let name = item.get("name").text().unwrap_or("an SLO");
        let measured = item.get("sli").texts();
        let share = desk.share(item.get("objective"), Some(Unit::Percent), &format!("objective of {name}"));
        if share.is_unset() {
            let what = format!("{name} has no objective");
            desk.note::<()>(ProblemKind::Missing, name, item.line, &what, "add `objective: 99.9`");
        }
        let kind = kind_of_share(&[name], &measured);
        let mut objective = shared(name.into(), kind, share, || bucket(desk, &measured, item.line, name), item.line);
        objective.window = Given::Set(window.clone());
        slo.objectives.push(objective);
        let alerts = item.get("alerting");
        let off = |keys: &[&str]| alerts.any(keys).get("disable").text() == Some("true");
        if !(off(&["page_alert", "pageAlert"]) && off(&["ticket_alert", "ticketAlert"])) {
            alerting = Given::Set("alerts on how fast the budget is used up, which Sloth makes".into());
        }
    }
    slo.budget = ErrorBudget { is_given: !slo.objectives.is_empty(), policy: Given::Unset, alerting };
    slo
}
