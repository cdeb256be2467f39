//! What an SLO has to say, by the principle: availability, P95, P99, the window of each, an error budget, and what happens
//! when it is used up.

use super::given::Given;
use super::measure::time;
use super::objective::{Kind, Objective, Slo, Target};
use super::problem::{Problem, ProblemKind};
use super::service::Service;
use crate::units::Decimal;

/// What is not said of a service, and what contradicts itself.
pub(super) fn missing(service: &Service<'_>) -> Vec<Problem> {
    let Some(first) = service.slos.first() else { return Vec::new() };
    let mut problems = Vec::new();
    let mut lacks = |field: &str, line: u64, slo: &Slo, what: String, way_out: &str| {
        problems.push(Problem {
            kind: ProblemKind::Missing,
            field: field.into(),
            file: slo.file.clone(),
            line,
            what,
            way_out: way_out.to_owned(),
        });
    };
    let name = &service.name;
    let is_there = |wanted: &dyn Fn(&Objective) -> bool| service.objectives().any(|(_, objective)| wanted(objective));
    if !is_there(&|objective| matches!(objective.kind, Kind::Availability | Kind::ErrorRate)) {
        let what = format!("{name} has no objective for its availability");
        lacks("availability", first.line, first, what, "add one, such as 99.9 % of requests over 30d");
    }
    let nameless = service.objectives().find(|(_, objective)| matches!(objective.kind, Kind::Latency(Given::Unset)));
    for percentile in [95, 99] {
        if is_there(&|objective| covers(objective, percentile.into())) {
            continue;
        }
        let (slo, line, also) = match nameless {
            Some((slo, objective)) => (slo, objective.line, format!(": {} names no percentile", objective.name)),
            None => (*first, first.line, String::new()),
        };
        let what = format!("{name} has no objective for its P{percentile} latency{also}");
        let way_out = if percentile == 95 { "add one, such as 200 ms" } else { "add one, such as 500 ms" };
        lacks(&format!("p{percentile}"), line, slo, what, way_out);
    }
    for (slo, objective) in service.objectives().filter(|(_, objective)| objective.window.is_unset()) {
        let what = format!("{} has no window", objective.name);
        let field = format!("window of {}", objective.name);
        lacks(&field, objective.line, slo, what, "add the time over which it is measured, such as 30d");
    }
    if !service.slos.iter().any(|slo| slo.budget.is_given) {
        let what = format!("{name} has no error budget");
        lacks("error budget", first.line, first, what, "add `error_budget` with its period and its policy");
    }
    let says = |slo: &&Slo| !slo.budget.policy.is_unset() || !slo.budget.alerting.is_unset();
    if !service.slos.iter().any(says) {
        let what = format!("nothing is said of what happens when the error budget of {name} is used up");
        let way_out =
            "add a policy, such as `policy: feature_freeze_on_exhaustion`, or alerts on how fast it is used up";
        lacks("error budget policy", first.line, first, what, way_out);
    }
    problems.extend(inverted(service));
    problems
}

/// Whether an objective says what a percentile is to be. A share of requests that are within a time says it of fewer as well.
fn covers(objective: &Objective, percentile: Decimal) -> bool {
    match &objective.kind {
        Kind::Latency(Given::Set(of)) => *of == percentile || (objective.by_share && *of >= percentile),
        Kind::Latency(Given::Unclear(_)) => true,
        _ => false,
    }
}

/// More requests cannot be answered sooner than fewer. Asked only where there is one objective each: else they may be of
/// several endpoints.
fn inverted(service: &Service<'_>) -> Option<Problem> {
    let of = |percentile: i64| {
        let mut found = service.objectives().filter(move |(_, objective)| {
            matches!(&objective.kind, Kind::Latency(Given::Set(of)) if *of == Decimal::from(percentile))
        });
        let only = found.next().filter(|_| found.next().is_none())?;
        match only.1.target.set()? {
            Target::Milliseconds(value) => Some((only.0, only.1, *value)),
            _ => None,
        }
    };
    let ((_, _, low), (slo, objective, high)) = (of(95)?, of(99)?);
    (high < low).then(|| Problem {
        kind: ProblemKind::Wrong,
        field: "p99".into(),
        file: slo.file.clone(),
        line: objective.line,
        what: format!("P99 is to be {}, less than P95 with {}", time(high), time(low)),
        way_out: "no request can be among the slowest and faster than the others: swap them, or raise P99".to_owned(),
    })
}
