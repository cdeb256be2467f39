use super::shared::steps::{Step, deploys, evidence, found, pipelines, place, starts_after, tests};
use crate::finding::{Delta, Finding, Remedy, Severity, Verdict};
use crate::model::Address;
use crate::repository::pipeline::{Deploy, Pipeline, What};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::units::few;

rule! {
    /// ## What it finds
    /// A pipeline of the repository, or one that the plan makes, that deploys without a load test before it, where the plan has
    /// something that people call from outside.
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
    /// Where neither the plan nor the repository has a pipeline that deploys to anywhere but a place for tests: then somebody else
    /// deploys. Where nothing in the plan is called from outside. Whether a load test can fail is told by
    /// `ungated-load-test`. A pipeline that only applies Terraform is told mildly.
    ///
    /// ## What makes it undetermined
    /// A load test in another pipeline, which may have to pass before a change is merged; a script that sounds like a load test
    /// and is not in the repository; a template or a pipeline elsewhere that is called; a load test that runs only when
    /// somebody asks for it. In a pipeline that the plan makes: an action before the deployment whose script is known only after
    /// apply, or stands in another plan or repository; a function that it calls.
    "missing-load-test-gate", Medium, "DP7", "WAF-PERF-060", since "0.1.0",
    "A pipeline that deploys what people call, without a load test before",
    thresholds: [],
    sources: [
        "Design principle DP7, performance validation in CI/CD",
        "AWS CodePipeline user guide, pipeline structure reference and CodeBuild action, and AWS CodeBuild user guide, build specification \
         reference, read 2026-11-30; runOrder and failed actions: user guide, action requirements, not looked up again",
        "Syntax references of GitHub Actions, GitLab CI, Azure Pipelines, Jenkins, CircleCI, Buildkite and Bitbucket, not looked up again",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let all = pipelines(context);
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
    for pipeline in all.iter().copied() {
        let deploys = deploys(pipeline);
        let ungated: Vec<&Step<'_, Deploy>> =
            deploys.iter().filter(|deploy| !is_tested(pipeline, deploy, &all)).collect();
        let Some(first) = ungated.first() else {
            judgement.passed += usize::from(!deploys.is_empty());
            continue;
        };
        judgement.findings.push(finding(pipeline, first, &called, open(pipeline, first, &all)));
    }
    judgement
}

/// Whether a load test comes before a deployment, in its own pipeline or in one that starts it.
fn is_tested(pipeline: &Pipeline, deploy: &Step<'_, Deploy>, all: &[&Pipeline]) -> bool {
    let before =
        tests(pipeline).iter().any(|test| !test.deed.occasional && pipeline.is_before(test.position, deploy.position));
    // A load test beside it, or behind, is there: what is wrong with it is another rule's business.
    let beside = tests(pipeline).iter().any(|test| !test.deed.occasional);
    let earlier = all.iter().any(|other| starts_after(pipeline, other) && !tests(other).is_empty());
    before || beside || earlier
}

/// Why there may be one, if there may.
fn open(pipeline: &Pipeline, deploy: &Step<'_, Deploy>, all: &[&Pipeline]) -> Option<String> {
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
            "{} ({}) sounds like one, and what it does {}",
            deed.label,
            place(pipeline, deed),
            if pipeline.address.is_some() { "cannot be seen" } else { "is not in the repository" }
        ));
    }
    if let Some(unseen) = &pipeline.unseen {
        return Some(match pipeline.address {
            Some(_) => unseen.what.clone(),
            None => format!("{} is not in the repository ({}:{})", unseen.what, pipeline.file, unseen.line),
        });
    }
    // What runs for a proposed change may have to pass before it is merged; what runs beside this holds nothing back.
    let is_check =
        |other: &&Pipeline| !std::ptr::eq(*other, pipeline) && other.start.proposal && deploys(other).is_empty();
    let elsewhere = all.iter().copied().filter(is_check);
    let other = elsewhere
        .flat_map(|other| tests(other).into_iter().map(move |test| (other, test)))
        .find(|(_, test)| !test.deed.occasional)?;
    Some(format!("whether {} has to pass before that is not to be seen", place(other.0, other.1.deed)))
}

fn finding(pipeline: &Pipeline, first: &Step<'_, Deploy>, called: &[&Address], open: Option<String>) -> Finding {
    let how = match pipeline.address {
        Some(_) => format!("{}, {}", first.what.how, place(pipeline, first.deed)),
        None => first.what.how.clone(),
    };
    let head = format!("The {} \"{}\" deploys ({how})", pipeline.system.as_str(), pipeline.name);
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
    found(&RULE.meta, verdict, (pipeline, first.deed), message)
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
