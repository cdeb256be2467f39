use super::shared::steps::{Step, deploys, evidence, place, starts_after, tests};
use crate::finding::{Delta, Finding, Remedy, Severity, Verdict};
use crate::model::Address;
use crate::repository::pipeline::{Deploy, Pipeline, What};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::units::few;

rule! {
    /// ## What it finds
    /// A pipeline of the repository that deploys without a load test before it, where the plan has something that people
    /// call from outside.
    ///
    /// ## Why it matters
    /// Whatever makes an answer slower goes out with the next deployment, and those who wait for the answer are the first to
    /// notice. A load test before it takes minutes, and says so while nobody is harmed.
    ///
    /// ## What to do
    /// Deploy to where it is tested, put load on it, hold what was measured against limits, and only then deploy to where
    /// people are: `k6 run`, then `planwise gate`. docs/pipelines.md has it for each system.
    ///
    /// ## When it stays silent
    /// Without a repository, and where it has no pipeline that deploys to anywhere but a place for tests: then somebody else
    /// deploys. Where nothing in the plan is called from outside. Whether a load test can fail is told by
    /// `ungated-load-test`. A pipeline that only applies Terraform is told mildly.
    ///
    /// ## What makes it undetermined
    /// A load test in another pipeline, which may have to pass before a change is merged; a script that sounds like a load test
    /// and is not in the repository; a template or a pipeline elsewhere that is called; a load test that runs only when
    /// somebody asks for it.
    "missing-load-test-gate", Medium, "DP7", "WAF-PERF-060", since "0.1.0",
    "A pipeline that deploys what people call, without a load test before",
    thresholds: [],
    sources: [
        "Design principle DP7, performance validation in CI/CD",
        "Syntax references of GitHub Actions, GitLab CI, Azure Pipelines, Jenkins, CircleCI, Buildkite and Bitbucket, not looked up again",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(repository) = context.repository else { return judgement };
    let called: Vec<&Address> = context
        .topology
        .workloads
        .iter()
        .filter(|workload| workload.is_public())
        .map(|workload| &workload.address)
        .collect();
    if called.is_empty() {
        return judgement;
    }
    for pipeline in &repository.pipelines {
        let deploys = deploys(pipeline);
        let ungated: Vec<&Step<'_, Deploy>> =
            deploys.iter().filter(|deploy| !is_tested(pipeline, deploy, &repository.pipelines)).collect();
        let Some(first) = ungated.first() else {
            judgement.passed += usize::from(!deploys.is_empty());
            continue;
        };
        judgement.findings.push(finding(pipeline, first, &called, open(pipeline, first, &repository.pipelines)));
    }
    judgement
}

/// Whether a load test comes before a deployment, in its own pipeline or in one that starts it.
fn is_tested(pipeline: &Pipeline, deploy: &Step<'_, Deploy>, all: &[Pipeline]) -> bool {
    let before =
        tests(pipeline).iter().any(|test| !test.deed.occasional && pipeline.is_before(test.position, deploy.position));
    // A load test beside it, or behind, is there: what is wrong with it is another rule's business.
    let beside = tests(pipeline).iter().any(|test| !test.deed.occasional);
    let earlier = all.iter().any(|other| starts_after(pipeline, other) && !tests(other).is_empty());
    before || beside || earlier
}

/// Why there may be one, if there may.
fn open(pipeline: &Pipeline, deploy: &Step<'_, Deploy>, all: &[Pipeline]) -> Option<String> {
    if let Some(test) = tests(pipeline).first() {
        return Some(format!(
            "{} ({}) puts load on it only when somebody asks for it, or by the clock",
            test.deed.label,
            place(pipeline, test.deed)
        ));
    }
    let hint = pipeline
        .deeds()
        .find(|(position, deed)| deed.what == What::Hint && pipeline.is_before(*position, deploy.position));
    if let Some((_, deed)) = hint {
        return Some(format!(
            "{} ({}) sounds like one, and what it does is not in the repository",
            deed.label,
            place(pipeline, deed)
        ));
    }
    if let Some(unseen) = &pipeline.unseen {
        return Some(format!("{} is not in the repository ({}:{})", unseen.what, pipeline.file, unseen.line));
    }
    // What runs for a proposed change may have to pass before it is merged; what runs beside this holds nothing back.
    let is_check =
        |other: &&Pipeline| !std::ptr::eq(*other, pipeline) && other.start.proposal && deploys(other).is_empty();
    let elsewhere = all.iter().filter(is_check);
    let other = elsewhere
        .flat_map(|other| tests(other).into_iter().map(move |test| (other, test)))
        .find(|(_, test)| !test.deed.occasional)?;
    Some(format!("whether {} has to pass before that is not to be seen", place(other.0, other.1.deed)))
}

fn finding(pipeline: &Pipeline, first: &Step<'_, Deploy>, called: &[&Address], open: Option<String>) -> Finding {
    let at = place(pipeline, first.deed);
    let head = format!("The {} {} deploys ({})", pipeline.system.as_str(), pipeline.name, first.what.how);
    let who = few(called);
    let (verdict, message) = match open {
        Some(reason) => (
            Verdict::Undetermined,
            format!(
                "{head} what {who} may be a part of; whether a load test comes before it cannot be told: {reason}."
            ),
        ),
        None => (
            Verdict::Violation,
            format!(
                "{head} and no load test comes before it, while people call {who}: they are the first to notice what is too slow."
            ),
        ),
    };
    // That infrastructure is applied says little of the code that runs on it.
    let applies = deploys(pipeline)
        .iter()
        .all(|deploy| deploy.what.how.ends_with(" apply") && !deploy.what.how.starts_with("kubectl"));
    Finding::in_file(&RULE.meta, verdict, &at, message)
        .severity(if applies { Severity::Low } else { Severity::Medium })
        .key(pipeline.name.clone())
        .about(called.iter().copied())
        .resting_on([&evidence(pipeline, first.deed, "deploys")])
        .measuring("deployments", deploys(pipeline).len())
        .gravity(1)
        .remedy(Remedy::new(
            "put a load test with limits before the deployment",
            "against where it is tested: `k6 run` with thresholds, or `planwise gate` on what was measured; docs/pipelines.md shows both",
            Delta::not_priced("it depends on how long the test runs, and on what"),
        ))
}
