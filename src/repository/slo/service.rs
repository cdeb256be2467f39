//! All objectives of one service, from whichever documents and files.

use super::complete::missing;
use super::given::Given;
use super::objective::{Kind, Objective, Slo, Target};
use super::problem::Problem;
use crate::model::Text;
use crate::units::Decimal;

/// Everything that is aimed at for one service.
#[derive(Clone, Debug)]
pub struct Service<'s> {
    /// Its name, as it is written first.
    pub name: Text,
    /// The documents that name it.
    pub slos: Vec<&'s Slo>,
}

/// A number that is aimed at: a time in milliseconds, or a part of all requests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Aim {
    /// The number.
    pub value: Decimal,
    /// The objective that says so.
    pub objective: Text,
    /// The file and the line.
    pub place: String,
    /// Whether it only follows from what that objective says: what holds for 99 of 100 requests holds for 95 of them.
    pub follows: bool,
}

/// A name as it is compared: `Payment_API` and `payment-api` are one.
pub fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut was_small = false;
    for c in name.trim().chars() {
        if c.is_ascii_uppercase() && was_small {
            out.push('-');
        }
        was_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        match c.to_ascii_lowercase() {
            '_' | '-' | ' ' | '.' | '/' | ':' => {
                if !out.ends_with('-') && !out.is_empty() {
                    out.push('-');
                }
            }
            other => out.push(other),
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// The services that `slos` are about, in the order in which they come.
pub fn services<'s>(slos: impl IntoIterator<Item = &'s Slo>) -> Vec<Service<'s>> {
    let mut all: Vec<Service<'s>> = Vec::new();
    for slo in slos {
        let name = normal(&slo.name);
        match all.iter_mut().find(|service| normal(&service.name) == name) {
            Some(service) => service.slos.push(slo),
            None => all.push(Service { name: slo.name.clone(), slos: vec![slo] }),
        }
    }
    all
}

impl<'s> Service<'s> {
    /// Its objectives, each with the document that it stands in.
    pub fn objectives(&self) -> impl Iterator<Item = (&'s Slo, &'s Objective)> {
        self.slos.iter().flat_map(|slo| slo.objectives.iter().map(|objective| (*slo, objective)))
    }

    /// Everything that is wrong with it, file by file and line by line.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.slos.iter().flat_map(|slo| slo.problems.iter().cloned()).collect();
        problems.extend(missing(self));
        problems.sort_by(|a, b| (&a.file, a.line, a.kind, &a.field).cmp(&(&b.file, b.line, b.kind, &b.field)));
        problems.dedup();
        problems
    }

    /// The time, in milliseconds, in which so many of a hundred requests are to be answered.
    pub fn latency(&self, percentile: Decimal) -> Given<Aim> {
        let of = |objective: &Objective| match &objective.kind {
            Kind::Latency(Given::Set(of)) => Some(*of),
            _ => None,
        };
        let exact = self.one(|objective| of(objective) == Some(percentile), &format!("P{}", percentile.normalize()));
        if !exact.is_unset() {
            return exact;
        }
        let higher = self.objectives().filter(|(_, objective)| of(objective).is_some_and(|of| of > percentile));
        let follows = higher.filter_map(|(slo, objective)| match objective.target.set()? {
            Target::Milliseconds(value) => Some(Aim { follows: true, ..aim(slo, objective, *value) }),
            _ => None,
        });
        follows.min_by_key(|aim| aim.value).map_or(Given::Unset, Given::Set)
    }

    /// The share of requests that are to succeed; where only the failing ones are limited, all others.
    pub fn availability(&self) -> Given<Aim> {
        let own = self.one(|objective| objective.kind == Kind::Availability, "availability");
        own.or(self.one(|objective| objective.kind == Kind::ErrorRate, "error rate").map(rest))
    }

    /// The share of requests that may fail; where only the availability is said, what it leaves.
    pub fn error_rate(&self) -> Given<Aim> {
        let own = self.one(|objective| objective.kind == Kind::ErrorRate, "error rate");
        own.or(self.one(|objective| objective.kind == Kind::Availability, "availability").map(rest))
    }

    /// The objective that is meant, if they agree on one number.
    fn one(&self, is_meant: impl Fn(&Objective) -> bool, what: &str) -> Given<Aim> {
        let mut found: Option<Aim> = None;
        let mut unclear = None;
        for (slo, objective) in self.objectives().filter(|(_, objective)| is_meant(objective)) {
            match &objective.target {
                Given::Set(Target::Ratio(value) | Target::Milliseconds(value)) => match &found {
                    Some(first) if first.value != *value => {
                        let (one, other) = (&first.objective, &objective.name);
                        return Given::Unclear(format!(
                            "{} has two objectives for {what}, {one} at {} and {other} at {}:{}",
                            self.name, first.place, slo.file, objective.line
                        ));
                    }
                    Some(_) => {}
                    None => found = Some(aim(slo, objective, *value)),
                },
                Given::Unclear(reason) => unclear = unclear.or(Some(reason.clone())),
                Given::Set(Target::Number(_)) | Given::Unset => {}
            }
        }
        match (found, unclear) {
            (Some(aim), None) => Given::Set(aim),
            (_, Some(reason)) => Given::Unclear(reason),
            (None, None) => Given::Unset,
        }
    }

    /// What alerts on the budget or an objective, as far as its files say so.
    pub fn alerting(&self) -> Given<Text> {
        self.slos.iter().fold(Given::Unset, |told, slo| told.or(slo.budget.alerting.clone()))
    }
}

fn aim(slo: &Slo, objective: &Objective, value: Decimal) -> Aim {
    let place = format!("{}:{}", slo.file, objective.line);
    Aim { value, objective: objective.name.clone(), place, follows: false }
}

fn rest(aim: Aim) -> Aim {
    Aim { value: Decimal::ONE - aim.value, follows: true, ..aim }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_their_spelling() {
        for name in ["payment-api", "Payment_API", "payment api", " payment.api ", "paymentApi", "payment--api-"] {
            assert_eq!(normal(name), "payment-api", "{name}");
        }
        assert_eq!(normal("API"), "api");
        assert_ne!(normal("payments-api"), normal("payment-api"));
    }
}
