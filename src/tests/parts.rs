//! Plans that hold only a part of the configuration, as after `-target`: what they lack may be in the rest.

use serde_json::json;

use super::fixture::{checked, said, stored_plan};
use crate::finding::Verdict;

/// Of each rule's own fixture, what is a violation in a whole plan, and what it is in a part of one.
const CASES: &[(&str, &str, Verdict)] = &[
    // Scaling may come from the rest; bounds that leave no room, and policies that look elsewhere, are there.
    ("fixed-capacity", "aws_ecs_service.bad_service", Verdict::Undetermined),
    ("fixed-capacity", "aws_ecs_service.bad_registered", Verdict::Undetermined),
    ("fixed-capacity", "aws_autoscaling_group.bad_group", Verdict::Undetermined),
    ("fixed-capacity", "aws_ecs_service.bad_bounds", Verdict::Violation),
    ("queue-blind-worker", "aws_ecs_service.bad_fixed", Verdict::Undetermined),
    ("queue-blind-worker", "aws_ecs_service.bad_registered", Verdict::Undetermined),
    ("queue-blind-worker", "aws_ecs_service.bad_cpu", Verdict::Violation),
    // What registers a service may lift it; a group has its own bounds.
    ("single-instance-api", "aws_ecs_service.bad_one_task", Verdict::Undetermined),
    ("single-instance-api", "aws_ecs_service.bad_shrinks_to_one", Verdict::Violation),
    ("single-instance-api", "aws_autoscaling_group.bad_group", Verdict::Violation),
    // Others may answer as well; where a balancer stands, it says itself.
    ("uneven-zone-balancing", "aws_lb.bad_uneven", Verdict::Undetermined),
    ("uneven-zone-balancing", "aws_lb.bad_empty", Verdict::Undetermined),
    ("uneven-zone-balancing", "aws_lb.bad_unserved", Verdict::Violation),
];

#[test]
fn what_a_part_lacks_may_be_in_the_rest() {
    for (rule, address, expected) in CASES {
        let mut plan = stored_plan(&format!("testdata/rules/{rule}.json"));
        for (complete, errored, expected) in
            [(true, false, Verdict::Violation), (false, false, *expected), (true, true, *expected)]
        {
            plan["complete"] = json!(complete);
            plan["errored"] = json!(errored);
            let report = checked(&plan);
            let verdicts: Vec<Verdict> =
                said(&report, rule, Some(address)).iter().map(|finding| finding.verdict).collect();
            assert_eq!(verdicts, [expected], "{rule} at {address}, complete: {complete}, errored: {errored}");
        }
    }
}
