use super::shared::steps::{Step, deploys, evidence, found, pipelines, place, starts_after, tests};
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::repository::pipeline::{Deploy, Fails, LoadTest, Pipeline, Target};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};

rule! {
    /// ## What it finds
    /// A load test in a pipeline, of the repository or of the plan, that holds nothing back: nobody notices when it fails, nothing
    /// makes it fail, or what it should hold back is deployed before it or without waiting for it.
    ///
    /// ## Why it matters
    /// It takes its minutes in every run and looks like a safeguard. The day on which it is needed it reports that answers are
    /// too slow, into a log that nobody reads, and the deployment goes on.
    ///
    /// ## What to do
    /// Let it fail: limits in its script (`thresholds` of k6, `assertions` of Gatling, `ensure` of Artillery, an exit code of
    /// Locust), or `planwise gate` behind it. Take away what hides that: `|| true`, `continue-on-error`, `allow_failure`, a pipe
    /// without `pipefail`. And let the deployment need it.
    ///
    /// ## When it stays silent
    /// A test that runs by the clock or on demand is there to look, and holds nothing back; so is a stress test without limits
    /// among those. Where something else is handed its results, that is taken to judge them. A deployment to where it is tested
    /// has to come before. A pipeline without a deployment has nothing to hold back, and only the test itself is looked at.
    ///
    /// ## What makes it undetermined
    /// A script that is not in the repository, or takes its limits from elsewhere; a tool of which planwise does not know when it
    /// fails; a condition that decides while it runs; a deployment to what a variable names; a build that goes on after a failure.
    "ungated-load-test", Medium, "DP7", "WAF-PERF-060", since "0.1.0",
    "A load test that cannot fail, or that nothing waits for",
    thresholds: [],
    sources: [
        "grafana.com, learning path \"automate k6 in CI/CD\"; docs.locust.io 2.16, running without the web UI; artillery.io, exit codes and \
         ensure; read 2026-11-29",
        "GitHub Actions documentation, shells (github/docs#23853) and GitLab documentation, allow_failure (gitlab-org/gitlab#362225), read \
         2026-11-29; syntax references of the other systems, and assertions of Gatling, not looked up again",
        "AWS CodePipeline user guide, pipeline structure reference; AWS CodeBuild user guide, build specification reference; that post_build is \
         run after a build that failed: learnaws.org 2022-11-22, Stack Overflow 46584324; read 2026-11-30",
        "Design principle DP7, performance validation in CI/CD",
    ]
}

/// What is wrong with a load test, and whether that is certain.
struct Problem {
    certain: bool,
    what: String,
    title: &'static str,
    detail: &'static str,
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let all = pipelines(context);
    for pipeline in all.iter().copied().filter(|pipeline| !pipeline.start.occasional) {
        let starts_others = all.iter().any(|other| starts_after(other, pipeline));
        let mut seen: Vec<String> = Vec::new();
        for test in tests(pipeline).into_iter().filter(|test| !test.deed.occasional) {
            let problems: Vec<Problem> =
                [tolerated(&test), limitless(&test), order(pipeline, &test).filter(|_| !starts_others)]
                    .into_iter()
                    .flatten()
                    .collect();
            if problems.is_empty() {
                judgement.passed += 1;
                continue;
            }
            // Several runs of one tool in one job are told apart by what they run.
            let job = pipeline.jobs.get(test.position.0).map_or("", |job| job.id.as_str());
            let mut key = format!("{}: {}", pipeline.name, job);
            if seen.contains(&key) {
                key = format!("{key}: {}", test.deed.label);
            }
            seen.push(key.clone());
            judgement.findings.push(finding(pipeline, &test, &problems, key));
        }
    }
    judgement
}

/// What makes its failure go unnoticed.
fn tolerated(test: &Step<'_, LoadTest>) -> Option<Problem> {
    let lenient = test.deed.lenient.as_ref()?;
    let what = if lenient.certain {
        format!("its failure goes unnoticed ({})", lenient.what)
    } else {
        format!("whether its failure is noticed cannot be told ({})", lenient.what)
    };
    let detail = "so that the job ends as the test does";
    Some(Problem { certain: lenient.certain, what, title: "take away what hides that it fails", detail })
}

/// What it lacks to fail.
fn limitless(test: &Step<'_, LoadTest>) -> Option<Problem> {
    let (certain, what) = match &test.what.fails {
        Fails::Yes => return None,
        Fails::Never(why) => (true, format!("slow answers do not make it fail: {why}")),
        Fails::Unknown(why) => (false, format!("whether slow answers make it fail cannot be told: {why}")),
    };
    let detail = "P95, P99 and the share of errors, in its script or by `planwise gate` on what it wrote";
    Some(Problem { certain, what, title: "give it limits", detail })
}

/// What is deployed whatever it says.
fn order(pipeline: &Pipeline, test: &Step<'_, LoadTest>) -> Option<Problem> {
    let all = deploys(pipeline);
    let holds = |from, deploy: &Step<'_, Deploy>| pipeline.holds_back(from, deploy.position);
    let judge = test.what.judge.unwrap_or(test.position);
    if all.is_empty() || all.iter().any(|deploy| holds(test.position, deploy) || holds(judge, deploy)) {
        return None;
    }
    // The nearest one tells most.
    let first = all.iter().find(|deploy| pipeline.is_before(deploy.position, test.position)).or_else(|| all.first())?;
    let label = format!("{} ({})", first.deed.label, place(pipeline, first.deed));
    let detail =
        "by `needs`, a later stage, or a later step of the same job; to where it is tested it is deployed before";
    let title = "let the deployment wait for it";
    let (certain, what) = match &first.what.target {
        Target::Variable(name) => (
            false,
            format!(
                "whether it comes before people get it cannot be told: {label} deploys before it to what {name} names"
            ),
        ),
        _ if pipeline.is_before(first.position, test.position) => {
            (true, format!("it runs after {label}, which it should hold back"))
        }
        _ if pipeline.is_before(test.position, first.position) => {
            (true, format!("{label} runs after it even if it fails"))
        }
        _ => (true, format!("{label} does not wait for it")),
    };
    Some(Problem { certain, what, title, detail })
}

fn finding(pipeline: &Pipeline, test: &Step<'_, LoadTest>, problems: &[Problem], key: String) -> Finding {
    let certain = problems.iter().any(|problem| problem.certain);
    let verdict = if certain { Verdict::Violation } else { Verdict::Undetermined };
    // What is certain comes first, and what is not adds nothing to it.
    let told: Vec<&Problem> = problems.iter().filter(|problem| problem.certain == certain).collect();
    let said: Vec<&str> = told.iter().map(|problem| problem.what.as_str()).collect();
    let message = format!(
        "The load test with {} in the {} \"{}\" {}: {}.",
        test.what.tool,
        pipeline.system.as_str(),
        pipeline.name,
        if certain { "holds nothing back" } else { "may hold nothing back" },
        said.join("; and "),
    );
    let mut finding = found(&RULE.meta, verdict, (pipeline, test.deed), message)
        .key(key)
        .resting_on([&evidence(pipeline, test.deed, "load test")])
        .measuring("problems", told.len())
        .gravity(u64::try_from(told.len()).unwrap_or(1));
    for problem in told {
        let price = Delta::Free("it changes a file of the pipeline");
        let remedy = Remedy::new(problem.title, problem.detail, price);
        finding = finding.remedy(if problems.len() > 1 { remedy.insufficient() } else { remedy });
    }
    finding
}
