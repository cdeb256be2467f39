//! The principle's own shapes: `slos` as a list of objectives, or as a map by name.
//!
//! Source: WAF2p/framework, `pillar-efficiancy/pages/design-principles.adoc` (DP5) and `best-practices/bp-observability.adoc`
//! (lists), `pillar-reliability/pages/best-practices/bp-slo-definition.adoc` (a map); read 2026-11-29.

use super::form::{agree, frame, service, stem};
use super::given::Given;
use super::kind::kind;
use super::measure::{Unit, Window, budget_minutes};
use super::node::View;
use super::objective::{ErrorBudget, Kind, Objective, Shape, Slo, Target};
use super::problem::ProblemKind;
use super::target::Desk;
use crate::model::Text;
use crate::units::{Decimal, plain};

const WINDOW: [&str; 4] = ["window", "time_window", "period", "timeWindow"];
const ALERTS: [&str; 5] = ["alert_policy", "alert_policies", "alerting", "alerts", "burn_rate_alerts"];
const POLICY: [&str; 3] = ["error_budget_policy", "deployment_policy", "policy"];

/// Whether a document is of this shape: also where it has lost its objectives.
pub(super) fn is_such(document: View<'_>) -> bool {
    let slos = document.any(&["slos", "objectives"]);
    let lost = document.get("service").is_there()
        && ["slos", "objectives", "error_budget", "error_budgets"].iter().any(|key| document.has(key));
    slos.is_list() || slos.is_map() || lost
}

pub(super) fn read(desk: &mut Desk<'_>, document: View<'_>) -> Slo {
    let slos = document.any(&["slos", "objectives"]);
    let shape = if slos.is_map() { Shape::Mapped } else { Shape::Listed };
    let service = service(desk, document.get("service"), document);
    let file = desk.file.clone();
    let mut slo = frame(desk, shape, service, stem(&file), document.line);
    let parts: Vec<(Text, View<'_>)> = match shape {
        Shape::Mapped => slos.entries().map(|(name, view)| (name.into(), view)).collect(),
        _ => slos.items().map(|view| (named(view), view)).collect(),
    };
    // What may fail is read last: what is to succeed tells how it is meant.
    let mut availability = None;
    let mut later = Vec::new();
    for (at, (name, view)) in parts.iter().enumerate() {
        let part = Part::of(desk, name, *view);
        if part.kind == Kind::ErrorRate {
            later.push((at, part));
            continue;
        }
        let written = view.any(TARGET).text().and_then(super::measure::figure);
        let objective = part.read(desk);
        if let (Kind::Availability, Some(Target::Ratio(ratio))) = (&objective.kind, objective.target.set()) {
            let as_ratio = written.is_some_and(|written| written.unit.is_none() && written.number < Decimal::ONE);
            availability = availability.or(Some((*ratio, as_ratio)));
        }
        slo.objectives.push(objective);
    }
    for (at, part) in later {
        let rate = part.failing(desk, availability, shape == Shape::Mapped);
        slo.objectives.insert(at.min(slo.objectives.len()), rate);
    }
    windows(desk, &mut slo, document);
    slo.budget = budget(desk, &slo, document, &parts);
    slo
}

fn named(view: View<'_>) -> Text {
    view.any(&["name", "metric", "type", "id"]).text().unwrap_or("an objective").into()
}

/// One objective, as it is written.
struct Part<'n> {
    name: Text,
    view: View<'n>,
    unit: Option<Unit>,
    kind: Kind,
}

const TARGET: &[&str] = &["target", "objective", "target_percent", "target_ratio", "value", "goal"];
const LIMITS: [(&str, Unit); 12] = [
    ("target_seconds", Unit::Seconds(1)),
    ("target_ms", Unit::PerSecond(1_000)),
    ("target_milliseconds", Unit::PerSecond(1_000)),
    ("threshold_seconds", Unit::Seconds(1)),
    ("threshold_ms", Unit::PerSecond(1_000)),
    ("threshold_milliseconds", Unit::PerSecond(1_000)),
    ("latency_seconds", Unit::Seconds(1)),
    ("latency_ms", Unit::PerSecond(1_000)),
    ("max_seconds", Unit::Seconds(1)),
    ("max_ms", Unit::PerSecond(1_000)),
    ("seconds", Unit::Seconds(1)),
    ("ms", Unit::PerSecond(1_000)),
];

impl<'n> Part<'n> {
    fn of(desk: &mut Desk<'_>, name: &Text, view: View<'n>) -> Self {
        let said = view.get("unit");
        let unit = said.text().and_then(Unit::of);
        if let (Some(text), None) = (said.text(), unit)
            && !text.contains('/')
        {
            let what = format!("the unit of {name} is `{text}`, which nobody knows");
            desk.note::<()>(ProblemKind::Wrong, name, said.line, &what, "write percent, ratio, ms or s");
        }
        let mut measured = view.get("sli").texts();
        measured.extend(view.any(&["percentile", "quantile"]).text());
        measured.extend(view.get("description").text());
        let mut kind = kind(name, &measured);
        if let (Kind::Latency(Given::Unset), Some(of)) =
            (&kind, view.get("percentile").text().and_then(super::measure::number))
        {
            kind = Kind::Latency(Given::Set(of));
        }
        agree(desk, name, &view.get("sli").texts(), view.line);
        Self { name: name.clone(), view, unit, kind }
    }

    /// The key of a time, where it has its unit in its name.
    fn limit(&self) -> Option<(View<'n>, Unit)> {
        let found = LIMITS.iter().map(|(key, unit)| (self.view.get(key), *unit));
        found.into_iter().find(|(view, _)| view.is_there())
    }

    fn objective(self, desk: &mut Desk<'_>, kind: Kind, target: Given<Target>, by_share: bool) -> Objective {
        let window = desk.window(self.view.any(&WINDOW), &format!("window of {}", self.name));
        if target.is_unset() {
            let what = format!("{} has no target", self.name);
            desk.note::<()>(ProblemKind::Missing, &self.name, self.view.line, &what, "add `target`");
        }
        Objective { name: self.name, kind, target, window, by_share, line: self.view.line }
    }

    fn read(self, desk: &mut Desk<'_>) -> Objective {
        let field = format!("target of {}", self.name);
        let target = self.view.any(TARGET);
        let in_percent = self.view.get("target_percent").is_there().then_some(Unit::Percent);
        match self.kind.clone() {
            Kind::Latency(of) => self.latency(desk, of, target, &field),
            kind @ (Kind::Availability | Kind::ErrorRate) => {
                let share = desk.share(target, self.unit.or(in_percent), &field);
                self.objective(desk, kind, share.map(Target::Ratio), false)
            }
            kind @ (Kind::Throughput | Kind::Other) => {
                let number = desk.figure(target, &field).map(|figure| Target::Number(figure.number));
                self.objective(desk, kind, number, false)
            }
        }
    }

    fn latency(self, desk: &mut Desk<'_>, of: Given<Decimal>, target: View<'_>, field: &str) -> Objective {
        let share = self.view.any(&["coverage", "share", "target_percent"]);
        let threshold = self.view.any(&["threshold", "limit", "less_than"]);
        let by_name = [("_ms", Unit::PerSecond(1_000)), ("_seconds", Unit::Seconds(1)), ("_s", Unit::Seconds(1))];
        let by_name = by_name.iter().find(|(end, _)| self.name.ends_with(end)).map(|(_, unit)| *unit);
        let (limit, unit) = match self.limit() {
            Some((limit, unit)) => (limit, Some(unit)),
            None if threshold.is_there() => (threshold, None),
            None => (target, self.unit.or(by_name)),
        };
        let time = desk.time(limit, unit, field).map(Target::Milliseconds);
        let of_share = if share.is_there() {
            desk.share(share, None, &format!("coverage of {}", self.name))
        } else if limit.line == target.line || !target.is_there() {
            Given::Unset
        } else {
            desk.share(target, self.unit, field)
        };
        let by_share = !of_share.is_unset();
        let of = of.or(of_share.map(|share| share * Decimal::ONE_HUNDRED));
        self.objective(desk, Kind::Latency(of), time, by_share)
    }

    fn failing(self, desk: &mut Desk<'_>, availability: Option<(Decimal, bool)>, ratios: bool) -> Objective {
        let field = format!("target of {}", self.name);
        let in_percent = self.view.get("target_percent").is_there().then_some(Unit::Percent);
        let target = self.view.any(TARGET);
        let rate = desk.failing(target, self.unit.or(in_percent), (availability, ratios), &field);
        self.objective(desk, Kind::ErrorRate, rate.map(Target::Ratio), false)
    }
}

/// Gives objectives without a window the document's; in a map also the one that all others have.
fn windows(desk: &mut Desk<'_>, slo: &mut Slo, document: View<'_>) {
    let mut shared = desk.window(document.any(&WINDOW), "window");
    if shared.is_unset() && slo.shape == Shape::Mapped {
        let mut all = slo.objectives.iter().filter_map(|objective| objective.window.set());
        if let Some(first) = all.next()
            && all.all(|other| other.text == first.text)
        {
            shared = Given::Set(first.clone());
        }
    }
    for objective in &mut slo.objectives {
        objective.window = std::mem::take(&mut objective.window).or(shared.clone());
    }
}

/// What may go wrong, and what happens then.
fn budget(desk: &mut Desk<'_>, slo: &Slo, document: View<'_>, parts: &[(Text, View<'_>)]) -> ErrorBudget {
    let (one, several) = (document.get("error_budget"), document.get("error_budgets"));
    desk.window(one.any(&["period", "window"]), "period of the error budget");
    let stated = parts.iter().flat_map(|(name, view)| view.entries().map(move |(key, below)| (name, key, below)));
    let of_parts: Vec<_> = stated.filter(|(_, key, _)| key.starts_with("error_budget")).collect();
    for (name, _, stated) in &of_parts {
        let Some(objective) = slo.objectives.iter().find(|objective| objective.name == **name) else { continue };
        if let (Some(Target::Ratio(ratio)), Some(window)) = (objective.target.set(), objective.window.set()) {
            is_right(desk, *stated, *ratio, window);
        }
    }
    for (name, entry) in several.entries() {
        let window = desk.window(entry.get("window"), &format!("window of the error budget {name}"));
        let share = desk.share(entry.any(&["slo", "target"]), None, &format!("slo of the error budget {name}"));
        if let (Given::Set(window), Given::Set(share)) = (window, share) {
            is_right(desk, entry.any(&["allowed_downtime_minutes", "minutes"]), share, &window);
        }
    }
    let mut policy = desk.text(one.get("policy"), "policy of the error budget");
    for key in POLICY {
        let said = document.get(key);
        let listed =
            (said.is_list() || said.is_map()).then(|| said.texts().first().map(|text| Text::from(*text))).flatten();
        policy = policy.or(listed.map_or_else(|| desk.text(said, "policy of the error budget"), Given::Set));
    }
    let alerts = document.any(&ALERTS);
    let rates: Vec<String> = alerts.entries().filter_map(|(name, alert)| rate(name, alert)).collect();
    let alerting = if rates.is_empty() && !alerts.is_list() {
        desk.text(alerts, "alerting")
    } else {
        Given::Set(rates.join(", ").into())
    };
    ErrorBudget { is_given: one.is_there() || several.is_there() || !of_parts.is_empty(), policy, alerting }
}

/// How fast a budget is used up when somebody is called.
fn rate(name: &str, alert: View<'_>) -> Option<String> {
    let rate = alert.any(&["burn_rate", "rate", "threshold"]).text()?;
    Some(format!("{name}: {rate} times over {}", alert.get("window").text().unwrap_or("an unknown time")))
}

/// Says where the minutes that a file works out are not those of its own objective. What is rounded is right.
fn is_right(desk: &mut Desk<'_>, stated: View<'_>, ratio: Decimal, window: &Window) {
    let Given::Set(figure) = desk.figure(stated, "minutes of the error budget") else { return };
    let Some(right) = budget_minutes(ratio, window) else { return };
    let (off, allowed) = ((figure.number - right).abs(), (right / Decimal::ONE_HUNDRED).max(Decimal::new(5, 1)));
    if figure.unit.is_none() && off > allowed {
        let what = format!(
            "the error budget is {} minutes, and {} of {} are {}",
            plain(figure.number),
            super::measure::percent(Decimal::ONE - ratio),
            window.text,
            plain(right)
        );
        let way_out = format!("write {}", plain(right));
        desk.note::<()>(ProblemKind::Wrong, "minutes of the error budget", stated.line, &what, &way_out);
    }
}
