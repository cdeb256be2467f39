//! Which plan of one report is which of the other.

use super::change::PlanPair;
use super::side::{Side, SidePlan};

/// The project of a plan, where no other plan of its report has the same.
fn own_project<'s>(side: &'s Side, plan: &'s SidePlan) -> Option<&'s str> {
    let project = plan.project.as_deref()?;
    let times = side.plans.iter().filter(|other| other.project.as_deref() == Some(project)).count();
    (times == 1).then_some(project)
}

/// Whether two plans are the same, by the project that each alone has in its report, or else by the file and the project.
fn is_same([from, to]: [(&Side, &SidePlan); 2]) -> bool {
    match (own_project(from.0, from.1), own_project(to.0, to.1)) {
        (Some(one), Some(other)) => one == other,
        _ => from.1.path == to.1.path && from.1.document == to.1.document && from.1.project == to.1.project,
    }
}

/// The plans of both reports, those of the second in its order first. Where each has exactly one, these two are the same,
/// whatever they are called.
pub(super) fn pairs(from: &Side, to: &Side) -> Vec<PlanPair> {
    let name = |side: &Side, plan: &SidePlan| own_project(side, plan).map_or_else(|| plan.place(), str::to_owned);
    if let ([_], [only]) = (from.plans.as_slice(), to.plans.as_slice()) {
        return vec![PlanPair { name: name(to, only), at: [Some(0), Some(0)] }];
    }
    let mut free: Vec<bool> = from.plans.iter().map(|_| true).collect();
    let mut pairs = Vec::new();
    for (at, plan) in to.plans.iter().enumerate() {
        let mut candidates = from.plans.iter().zip(&mut free).enumerate();
        let found = candidates.find(|(_, (other, free))| **free && is_same([(from, *other), (to, plan)]));
        let found = found.map(|(position, (_, free))| {
            *free = false;
            position
        });
        pairs.push(PlanPair { name: name(to, plan), at: [found, Some(at)] });
    }
    let left = from.plans.iter().zip(free).enumerate().filter(|(_, (_, free))| *free);
    pairs.extend(left.map(|(at, (plan, _))| PlanPair { name: name(from, plan), at: [Some(at), None] }));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(plans: &[(Option<&str>, &str)]) -> Side {
        let plan = |(project, path): &(Option<&str>, &str)| SidePlan {
            project: project.map(str::to_owned),
            path: (*path).to_owned(),
            document: 1,
            is_partial: false,
        };
        Side { plans: plans.iter().map(plan).collect(), ..Side::default() }
    }

    fn told(from: &[(Option<&str>, &str)], to: &[(Option<&str>, &str)]) -> Vec<(String, [Option<usize>; 2])> {
        pairs(&side(from), &side(to)).into_iter().map(|pair| (pair.name, pair.at)).collect()
    }

    #[test]
    fn projects_count_before_files() {
        let (shop, pay) = (Some("shop"), Some("pay"));
        assert_eq!(
            told(&[(shop, "a.json"), (pay, "b.json")], &[(pay, "a.json"), (shop, "c.json")]),
            [("pay".to_owned(), [Some(1), Some(0)]), ("shop".to_owned(), [Some(0), Some(1)])]
        );
        // A project of several plans tells none of them apart.
        assert_eq!(
            told(&[(shop, "a.json"), (shop, "b.json")], &[(shop, "b.json"), (shop, "c.json")]),
            [
                ("b.json".to_owned(), [Some(1), Some(0)]),
                ("c.json".to_owned(), [None, Some(1)]),
                ("a.json".to_owned(), [Some(0), None]),
            ]
        );
    }

    #[test]
    fn one_plan_is_the_other() {
        assert_eq!(told(&[(None, "a.json")], &[(None, "b.json")]), [("b.json".to_owned(), [Some(0), Some(0)])]);
        // Of several, only those that are called the same.
        assert_eq!(
            told(&[(None, "a.json")], &[(None, "b.json"), (None, "a.json")]),
            [("b.json".to_owned(), [None, Some(0)]), ("a.json".to_owned(), [Some(0), Some(1)])]
        );
    }
}
