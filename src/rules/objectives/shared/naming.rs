//! Whose objectives they are: services of a plan, and names in files.

use crate::facts::quoted;
use crate::repository::slo::{Service, normal};
use crate::topology::{PLAIN_WORDS, PublicService, Topology, Workload};

/// Whether the objectives of somebody are those of a service.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::rules::objectives) enum Match {
    /// They have nothing in common.
    Other,
    /// One name is a part of the other.
    Perhaps,
    /// They name it.
    Named,
}

/// Compares the name of an SLO with what a plan calls something.
pub(in crate::rules::objectives) fn compare<'n>(slo: &str, names: impl IntoIterator<Item = &'n str>) -> Match {
    let slo = normal(slo);
    let all = names.into_iter().map(|name| pair(&slo, &normal(name)));
    all.max().unwrap_or(Match::Other)
}

fn pair(slo: &str, name: &str) -> Match {
    if slo == name {
        return Match::Named;
    }
    let (one, other) = (telling(slo), telling(name));
    if one.is_empty() || other.is_empty() {
        return Match::Other;
    }
    if one == other {
        return Match::Named;
    }
    let within = |short: &[&str], long: &[&str]| long.windows(short.len()).any(|part| part == short);
    if within(&one, &other) || within(&other, &one) { Match::Perhaps } else { Match::Other }
}

/// The words of a name that say which one it is.
fn telling(name: &str) -> Vec<&str> {
    name.split('-').filter(|word| !word.is_empty() && !PLAIN_WORDS.contains(word)).collect()
}

/// How objectives stand to a service of the plan: what is declared decides alone.
pub(in crate::rules::objectives) fn of_service(slo: &Service<'_>, service: &PublicService) -> Match {
    match &service.declared {
        Some((name, _)) if normal(name) == normal(&slo.name) => Match::Named,
        Some(_) => Match::Other,
        None => compare(&slo.name, service.names.iter().map(AsRef::as_ref)),
    }
}

/// How they stand to anything that runs.
pub(in crate::rules::objectives) fn of_workload(slo: &Service<'_>, workload: &Workload) -> Match {
    let told = workload.declared.as_ref().and_then(|told| told.what.service.as_ref());
    if let Some(said) = told {
        return if normal(&said.value) == normal(&slo.name) { Match::Named } else { Match::Other };
    }
    let address = workload.address.as_str();
    let steps = address.split(['.', '[', ']', '"']).filter(|step| !step.is_empty() && *step != "module");
    compare(&slo.name, steps.chain(workload.containers.iter().map(|container| container.name.as_str())))
}

/// Whether nothing in a plan tells which service this is: all its names are words such as `main`.
pub(in crate::rules::objectives) fn is_nameless(service: &PublicService) -> bool {
    service.declared.is_none() && service.names.iter().all(|name| telling(&normal(name)).is_empty())
}

/// How to say in the file which service it is.
pub(in crate::rules::objectives) fn declare(service: &PublicService, topology: &Topology, name: &str) -> String {
    let workload = service.workloads.first().map_or(&service.address, |id| &topology.workload(*id).address);
    format!("workloads: {{ {}: {{ service: {name} }} }}", quoted(workload.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Match, compare};

    #[test]
    fn names_meet() {
        let all = [
            ("payment-api", &["payment_api"][..], Match::Named),
            ("payment-api", &["prod-payment-api"], Match::Named),
            ("payment", &["payment-service", "this"], Match::Named),
            ("payment-api", &["PaymentApi"], Match::Named),
            ("payment-api", &["payment-worker"], Match::Perhaps),
            ("payment", &["payments"], Match::Other),
            ("api", &["payment-api"], Match::Other),
            ("api", &["api"], Match::Named),
            ("shop", &["main", "this"], Match::Other),
            ("shop", &["shop-checkout"], Match::Perhaps),
        ];
        for (slo, names, expected) in all {
            assert_eq!(compare(slo, names.iter().copied()), expected, "{slo} {names:?}");
        }
    }
}
