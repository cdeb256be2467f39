//! Pipelines of every system, with what the rules say of them beside one plan that has something that people call.

use std::fs;

use super::support::input;
use crate::facts::Declarations;
use crate::finding::Verdict;
use crate::policy::Policy;
use crate::repository::{Repository, Settings, Tree};
use crate::run::{self, Beside};

const LIMITS: (&str, &str) =
    ("load/limits.js", "export const options = { thresholds: { http_req_duration: ['p(95)<200'] } };\n");
const FREE: (&str, &str) = ("load/free.js", "export default function () { check(http.get('x'), {}); }\n");

/// What is said of the files of a repository: the rule and the place, with a question mark where it cannot be told.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files.iter().chain(&[LIMITS, FREE]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let repository = Repository::read(Tree::open(folder.path(), []).unwrap(), &Settings::default());
    assert!(repository.notes.is_empty(), "{:?}", repository.notes);
    let only = ["missing-load-test-gate", "ungated-load-test"].map(str::to_owned).to_vec();
    let policy = Policy { only, ..Policy::default() };
    let inputs = vec![input("testdata/rules/missing-load-test-gate.json")];
    let beside = Beside { repository: Some(&repository), ..Beside::default() };
    let report = run::check_beside(inputs, &policy, &Declarations::default(), beside).unwrap();
    let mut all: Vec<String> = report
        .told
        .iter()
        .map(|told| {
            let finding = &told.advice.finding;
            let mark = if finding.verdict == Verdict::Undetermined { "?" } else { "" };
            format!("{}{mark} {}", finding.rule.name, finding.place.as_ref().unwrap())
        })
        .collect();
    all.sort();
    all
}

fn one(path: &str, text: &str) -> Vec<String> {
    told(&[(path, text)])
}

#[test]
fn gitlab() {
    let file = ".gitlab-ci.yml";
    let begin = "stages: [test, staging, load, production]\n.deploy: &deploy\n  image: alpine\nstaging:\n  <<: *deploy\n  stage: staging\n  script: kubectl apply -f k8s/\n  environment: staging\n";
    let load = |more: &str| format!("load:\n  stage: load\n  script:\n    - k6 run load/limits.js\n{more}");
    let production = "production:\n  extends: .deploy\n  stage: production\n  environment: { name: production }\n  script: [kubectl apply -f k8s/]\n";
    assert_eq!(one(file, &format!("{begin}{}{production}", load(""))), [""; 0]);
    assert_eq!(one(file, &format!("{begin}{production}")), ["missing-load-test-gate .gitlab-ci.yml:13"]);
    assert_eq!(
        one(file, &format!("{begin}{}{production}", load("  allow_failure: true\n"))),
        ["ungated-load-test .gitlab-ci.yml:12"]
    );
    assert_eq!(
        one(file, &format!("{begin}{}{production}", load("  when: manual\n"))),
        ["missing-load-test-gate? .gitlab-ci.yml:18"]
    );
    // What names its needs waits for nothing else.
    assert_eq!(
        one(file, &format!("{begin}{}{production}  needs: [staging]\n", load(""))),
        ["ungated-load-test .gitlab-ci.yml:12"]
    );
    assert_eq!(one(file, &format!("{begin}{}{production}  needs: [{{ job: load }}]\n", load(""))), [""; 0]);
    // What is included counts, and what cannot be seen may.
    let parts = format!("include: {{ local: /ci/load.yml }}\n{begin}{production}");
    assert_eq!(told(&[(file, &parts), ("ci/load.yml", &load(""))]), [""; 0]);
    let parts = format!("include:\n  - project: shared/ci\n    file: load.yml\n{begin}{production}");
    assert_eq!(one(file, &parts), ["missing-load-test-gate? .gitlab-ci.yml:16"]);
}

#[test]
fn azure() {
    let file = "azure-pipelines.yml";
    let stage = |name: &str, more: &str, step: &str| {
        format!("- stage: {name}\n{more}  jobs:\n  - job: {name}\n    steps:\n    - {step}\n")
    };
    let (staging, production) = (
        stage("staging", "", "script: kubectl apply -f k8s/"),
        stage("production", "", "script: kubectl apply -f k8s/"),
    );
    let load = stage("load", "", "bash: k6 run load/limits.js");
    assert_eq!(one(file, &format!("trigger: [main]\nstages:\n{staging}{load}{production}")), [""; 0]);
    assert_eq!(
        one(file, &format!("stages:\n{staging}{production}")),
        ["missing-load-test-gate azure-pipelines.yml:11"]
    );
    let soft = stage("load", "", "bash: k6 run load/limits.js\n      continueOnError: true");
    assert_eq!(
        one(file, &format!("stages:\n{staging}{soft}{production}")),
        ["ungated-load-test azure-pipelines.yml:11"]
    );
    // A script ends as its last command does.
    let hidden = stage("load", "", "bash: |\n        k6 run load/limits.js\n        echo done");
    assert_eq!(
        one(file, &format!("stages:\n{staging}{hidden}{production}")),
        ["ungated-load-test? azure-pipelines.yml:12"]
    );
    let apart = stage("production", "  dependsOn: staging\n", "script: kubectl apply -f k8s/");
    assert_eq!(one(file, &format!("stages:\n{staging}{load}{apart}")), ["ungated-load-test azure-pipelines.yml:11"]);
    // Deployments have their steps in a strategy, and templates stand in files of their own.
    let deployment = "- stage: production\n  jobs:\n  - deployment: shop\n    environment: production\n    strategy:\n      runOnce:\n        deploy:\n          steps:\n          - task: AzureWebApp@1\n            inputs: { appName: shop }\n";
    assert_eq!(
        one(file, &format!("stages:\n{staging}{deployment}")),
        ["missing-load-test-gate azure-pipelines.yml:15"]
    );
    let templates = [
        (file, format!("stages:\n- template: ci/load.yml\n{deployment}")),
        ("ci/load.yml", format!("stages:\n{load}")),
    ];
    let templates = templates.each_ref().map(|(path, text)| (*path, text.as_str()));
    assert_eq!(told(&templates), [""; 0]);
}

#[test]
fn jenkins() {
    let file = "Jenkinsfile";
    let stage =
        |name: &str, step: &str| format!("    stage('{name}') {{\n      steps {{\n        {step}\n      }}\n    }}\n");
    let whole = |stages: &str| {
        format!("pipeline {{\n  agent any\n  stages {{\n{stages}  }}\n  post {{ always {{ sh 'echo over' }} }}\n}}\n")
    };
    let (staging, production) =
        (stage("staging", "sh 'kubectl apply -f k8s/'"), stage("production", "sh \"kubectl apply -f k8s/\""));
    let load = stage("load", "sh '''\n          k6 run load/limits.js\n        '''");
    assert_eq!(one(file, &whole(&format!("{staging}{load}{production}"))), [""; 0]);
    assert_eq!(one(file, &whole(&format!("{staging}{production}"))), ["missing-load-test-gate Jenkinsfile:11"]);
    assert_eq!(one(file, &whole(&format!("{staging}{production}{load}"))), ["ungated-load-test Jenkinsfile:17"]);
    let soft = stage("load", "catchError(buildResult: 'SUCCESS') { sh 'k6 run load/limits.js' }");
    assert_eq!(one(file, &whole(&format!("{staging}{soft}{production}"))), ["ungated-load-test? Jenkinsfile:11"]);
    let free = stage("load", "sh 'k6 run load/free.js'");
    assert_eq!(one(file, &whole(&format!("{staging}{free}{production}"))), ["ungated-load-test Jenkinsfile:11"]);
    // Branches beside each other wait for nothing.
    let beside = format!("    stage('both') {{\n      parallel {{\n{load}{production}      }}\n    }}\n");
    assert_eq!(one(file, &whole(&format!("{staging}{beside}"))), ["ungated-load-test Jenkinsfile:14"]);
    // What is commented out is not done.
    assert_eq!(one(file, "// stage('x') { sh 'kubectl apply -f k8s/' }\nnode { sh 'make' }\n"), [""; 0]);
}

#[test]
fn circle_buildkite_and_bitbucket() {
    let circle = |load: &str, requires: &str| {
        format!(
            "version: 2.1\ncommands:\n  deploy:\n    steps: [{{ run: kubectl apply -f k8s/ }}]\njobs:\n  staging: {{ steps: [checkout, deploy] }}\n  production: {{ steps: [deploy] }}\n  load:\n    steps:\n      - run: {{ name: load, command: {load} }}\nworkflows:\n  release:\n    jobs:\n      - staging\n      - load: {{ requires: [staging] }}\n      - production: {{ requires: [{requires}] }}\n"
        )
    };
    let file = ".circleci/config.yml";
    assert_eq!(one(file, &circle("k6 run load/limits.js", "load")), [""; 0]);
    assert_eq!(one(file, &circle("k6 run load/limits.js", "staging")), ["ungated-load-test .circleci/config.yml:10"]);
    assert_eq!(
        one(file, &circle("k6 run load/limits.js || true", "load")),
        ["ungated-load-test .circleci/config.yml:10"]
    );
    assert_eq!(one(file, &circle("make", "load")), ["missing-load-test-gate .circleci/config.yml:7"]);

    let buildkite = |load: &str| {
        format!(
            "steps:\n  - label: staging\n    command: kubectl apply -f k8s/\n  - wait\n{load}  - wait\n  - label: production\n    command: kubectl apply -f k8s/\n"
        )
    };
    let file = ".buildkite/pipeline.yml";
    assert_eq!(one(file, &buildkite("  - command: k6 run load/limits.js\n")), [""; 0]);
    assert_eq!(
        one(file, &buildkite("  - command: k6 run load/limits.js\n    soft_fail: true\n")),
        ["ungated-load-test .buildkite/pipeline.yml:5"]
    );
    assert_eq!(one(file, &buildkite("")), ["missing-load-test-gate .buildkite/pipeline.yml:7"]);

    let bitbucket = |load: &str| {
        format!(
            "pipelines:\n  branches:\n    main:\n      - step: {{ name: a, deployment: staging, script: [kubectl apply -f k8s/] }}\n{load}      - step: {{ name: b, deployment: production, script: [kubectl apply -f k8s/] }}\n"
        )
    };
    let file = "bitbucket-pipelines.yml";
    assert_eq!(one(file, &bitbucket("      - step: { name: l, script: [k6 run load/limits.js] }\n")), [""; 0]);
    assert_eq!(
        one(file, &bitbucket("      - step: { name: l, script: [k6 run load/free.js] }\n")),
        ["ungated-load-test bitbucket-pipelines.yml:5"]
    );
    assert_eq!(one(file, &bitbucket("")), ["missing-load-test-gate bitbucket-pipelines.yml:5"]);
}

/// Scripts are followed where they are in the repository.
#[test]
fn scripts_of_the_repository() {
    let file = ".github/workflows/release.yml";
    let flow = |load: &str| {
        format!(
            "on: push\njobs:\n  a:\n    steps:\n      - run: {load}\n      - run: kubectl apply -f k8s/ --context production\n"
        )
    };
    assert_eq!(
        told(&[(file, &flow("make load-test")), ("Makefile", "load-test: build\n\t@k6 run load/limits.js\n")]),
        [""; 0]
    );
    assert_eq!(
        told(&[(file, &flow("make load-test")), ("Makefile", "load-test:\n\t-k6 run load/limits.js\n")]),
        ["ungated-load-test .github/workflows/release.yml:5"]
    );
    assert_eq!(
        told(&[
            (file, &flow("npm run test:load")),
            ("package.json", "{\"scripts\": {\"test:load\": \"k6 run load/free.js\"}}")
        ]),
        ["ungated-load-test .github/workflows/release.yml:5"]
    );
    assert_eq!(
        told(&[
            (file, &flow("./scripts/perf.sh")),
            ("scripts/perf.sh", "#!/bin/bash\nset -e\nk6 run load/limits.js\n")
        ]),
        [""; 0]
    );
    assert_eq!(one(file, &flow("./scripts/perf.sh")), ["missing-load-test-gate? .github/workflows/release.yml:6"]);
    assert_eq!(one(file, &flow("./scripts/build.sh")), ["missing-load-test-gate .github/workflows/release.yml:6"]);
    // Workflows and actions of the repository are followed as well.
    let called = "on: push\njobs:\n  load: { uses: ./.github/workflows/load.yml }\n  deploy:\n    needs: load\n    steps: [{ run: kubectl apply -f k8s/ --context production }]\n";
    let load = "on: workflow_call\njobs:\n  k6: { steps: [{ run: k6 run load/limits.js }] }\n";
    assert_eq!(told(&[(file, called), (".github/workflows/load.yml", load)]), [""; 0]);
    let action = "runs:\n  using: composite\n  steps: [{ run: k6 run load/free.js, shell: bash }]\n";
    assert_eq!(
        told(&[
            (file, &flow("echo\n      - uses: ./.github/actions/load")),
            (".github/actions/load/action.yml", action)
        ]),
        ["ungated-load-test .github/workflows/release.yml:6"]
    );
}

/// The principle's own example of a gate, as its workflow has it.
#[test]
fn the_example_of_the_principle() {
    let workflow = "name: Deploy\non: [push]\njobs:\n  performance-validation:\n    needs: [build]\n    runs-on: ubuntu-latest\n    steps:\n      - name: Run k6 Load Test\n        run: |\n          k6 run \\\n            --vus 50 --duration 5m \\\n            --out json=results.json \\\n            load/free.js\n\n      - name: Check Acceptance Criteria\n        run: |\n          python scripts/validate-perf-results.py results.json --p95-threshold 200\n  deploy:\n    needs: performance-validation\n    runs-on: ubuntu-latest\n    steps: [{ run: terraform apply -auto-approve }]\n";
    assert_eq!(one(".github/workflows/deploy.yml", workflow), [""; 0]);
}

/// A shell that counts what goes into a pipe, and a check of what is proposed.
#[test]
fn shells_and_proposals() {
    let flow = |head: &str| {
        format!(
            "on: push\n{head}jobs:\n  a:\n    steps:\n      - run: k6 run load/limits.js | tee log\n      - run: kubectl apply -f k8s/\n"
        )
    };
    let file = ".github/workflows/release.yml";
    assert_eq!(one(file, &flow("defaults: { run: { shell: bash } }\n")), [""; 0]);
    assert_eq!(one(file, &flow("")), ["ungated-load-test .github/workflows/release.yml:5"]);
    let deploy = "on: push\njobs:\n  a: { steps: [{ run: kubectl apply -f k8s/ }] }\n";
    let check = "on: pull_request\njobs:\n  a: { steps: [{ run: k6 run load/limits.js }] }\n";
    let both = told(&[(file, deploy), (".github/workflows/check.yml", check)]);
    assert_eq!(both, ["missing-load-test-gate? .github/workflows/release.yml:3"]);
    // One that starts when the other is done waits for it.
    let check = "name: Check\non: push\njobs:\n  a: { steps: [{ run: k6 run load/limits.js }] }\n";
    let after = deploy.replace("push", "{ workflow_run: { workflows: [Check], types: [completed] } }");
    assert_eq!(told(&[(file, &after), (".github/workflows/check.yml", check)]), [""; 0]);
}

/// Scripts go from folder to folder, and what is within parentheses comes back.
#[test]
fn scripts_that_change_folders() {
    let flow = |run: &str| {
        format!(
            "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          {run}\n      - run: kubectl apply -f k8s/\n"
        )
    };
    let file = ".github/workflows/release.yml";
    let ungated = ["ungated-load-test .github/workflows/release.yml:6"];
    for good in ["cd load && k6 run limits.js", "(cd load && k6 run limits.js)", "(cd other); k6 run load/limits.js"] {
        assert_eq!(one(file, &flow(good)), [""; 0], "{good}");
    }
    assert_eq!(one(file, &flow("cd load && k6 run free.js")), ungated);
    assert_eq!(one(file, &flow("(cd load && k6 run limits.js) || true")), ungated);
    // Where to, only the shell knows; and which scripts.
    let open = ["ungated-load-test? .github/workflows/release.yml:6"];
    assert_eq!(one(file, &flow("cd \"$DIR\" && k6 run limits.js")), open);
    assert_eq!(one(file, &flow("k6 run load/*.js")), open);
    let gitlab = "load:\n  stage: test\n  script:\n    - cd load\n    - k6 run limits.js\nproduction:\n  stage: deploy\n  script: [kubectl apply -f k8s/]\n";
    assert_eq!(one(".gitlab-ci.yml", gitlab), [""; 0]);
}

/// What is started by hand lets others pass by it, unless they wait for it.
#[test]
fn gates_that_are_opened_by_hand() {
    let flow = |more: &str| {
        format!(
            "load:\n  stage: test\n  script: [k6 run load/limits.js]\n{more}production:\n  stage: deploy\n  script: [kubectl apply -f k8s/]\n"
        )
    };
    let of = |more: &str| one(".gitlab-ci.yml", &flow(more));
    assert_eq!(of("  when: manual\n  allow_failure: false\n"), [""; 0]);
    assert_eq!(of("  rules:\n    - when: manual\n"), [""; 0]);
    assert_eq!(of("  when: manual\n").len(), 1);
    assert_eq!(of("  rules:\n    - when: manual\n      allow_failure: true\n").len(), 1);
}

/// A step that may fail, and a later one that looks how it ended.
#[test]
fn failures_that_are_looked_at() {
    let flow = |more: &str| {
        format!(
            "on: push\njobs:\n  a:\n    steps:\n      - id: load\n        continue-on-error: true\n        run: k6 run load/limits.js\n{more}      - run: kubectl apply -f k8s/\n"
        )
    };
    let of = |more: &str| one(".github/workflows/release.yml", &flow(more));
    assert_eq!(of(""), ["ungated-load-test .github/workflows/release.yml:7"]);
    assert_eq!(of("      - if: steps.load.outcome == 'failure'\n        run: exit 1\n"), [""; 0]);
    assert_eq!(
        of("      - if: steps.load.outcome == 'failure'\n        run: ./tell.sh\n"),
        ["ungated-load-test? .github/workflows/release.yml:7"]
    );
}

/// What runs before a script because it is called so, and before a target because it is made from it.
#[test]
fn scripts_that_bring_others_along() {
    let file = ".github/workflows/release.yml";
    let flow = |run: &str| format!("on: push\njobs:\n  a:\n    steps:\n      - run: {run}\n");
    let npm = r#"{ "scripts": { "predeploy": "k6 run load/limits.js", "deploy": "kubectl apply -f k8s/" } }"#;
    assert_eq!(told(&[(file, &flow("npm run deploy")), ("package.json", npm)]), [""; 0]);
    let make = ".PHONY: deploy loadtest\ndeploy: loadtest | build\n\tkubectl apply -f k8s/\nloadtest:\n\tk6 run load/limits.js\n";
    assert_eq!(told(&[(file, &flow("make deploy")), ("Makefile", make)]), [""; 0]);
    let lenient = make.replace("\tk6", "\t-k6");
    let ungated = ["ungated-load-test .github/workflows/release.yml:5"];
    assert_eq!(told(&[(file, &flow("make deploy")), ("Makefile", &lenient)]), ungated);
    // A target that is made from itself ends.
    let ring = "deploy: loadtest\n\tkubectl apply -f k8s/\nloadtest: deploy\n\tk6 run load/limits.js\n";
    assert_eq!(told(&[(file, &flow("make deploy")), ("Makefile", ring)]), [""; 0]);
}

/// Whatever stands in such files, reading them ends and breaks nothing.
#[test]
fn broken_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (".github/workflows/a.yml", "on: [push\njobs:"),
        (".gitlab-ci.yml", "a: &a\n  <<: *a\n"),
        ("azure-pipelines.yml", "stages: {stages: 3}\n"),
        ("Jenkinsfile", "pipeline { stage(' } }}}} sh \"\"\" ((("),
        (".circleci/config.yml", "workflows: [1, {a: b}]\njobs: x\n"),
        ("bitbucket-pipelines.yml", "pipelines: {default: 7, branches: [1]}\n"),
        (".buildkite/a.yml", "steps: [[[]], 3, {wait: }, null]\n"),
        ("docs/adr/0001-a.md", "---\n# \n```\n"),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let repository = Repository::read(Tree::open(folder.path(), []).unwrap(), &Settings::default());
    assert!(repository.notes.iter().any(|note| note.contains(".github/workflows/a.yml:")), "{:?}", repository.notes);
}

/// What a plan's pipelines are found to do: the rule and the module, with a question mark where it cannot be told.
fn planned(repository: Option<&Repository>) -> Vec<String> {
    let policy = Policy { only: vec!["missing-load-test-gate".to_owned()], ..Policy::default() };
    let inputs = vec![input("testdata/rules/missing-load-test-gate.pipeline.json")];
    let beside = Beside { repository, ..Beside::default() };
    let report = run::check_beside(inputs, &policy, &Declarations::default(), beside).unwrap();
    let findings = report.told.iter().map(|told| &told.advice.finding);
    let mut all: Vec<String> = findings
        .map(|finding| {
            assert_eq!(finding.place, None, "what the plan makes is at its address");
            let mark = if finding.verdict == Verdict::Undetermined { "?" } else { "" };
            format!("{}{mark}", finding.address.as_str().split('.').nth(1).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// Scripts that stand in the plan are read without a repository; those of files cannot be seen then.
#[test]
fn a_plan_without_a_repository() {
    let told = planned(None);
    for name in ["bad_straight", "bad_functional?", "good_file?", "good_override?", "unknown_default?"] {
        assert!(told.iter().any(|told| told == name), "{name}: {told:?}");
    }
    for name in ["good_gated", "good_condition", "good_staging", "good_prepared"] {
        assert!(!told.iter().any(|told| told.starts_with(name)), "{name}: {told:?}");
    }
}

/// Whatever a script holds, reading it ends and breaks nothing; one that is none cannot be seen.
#[test]
fn scripts_that_are_none() {
    for text in ["phases: 3", "phases: [1, {build: x}]", "[", "phases:\n  build: &a\n    commands: *a\n", ""] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ci")).unwrap();
        for file in ["ci/load.yml", "ci/build.yml", "buildspec.yml"] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let repository = Repository::read(Tree::open(folder.path(), []).unwrap(), &Settings::default());
        let told = planned(Some(&repository));
        assert!(told.iter().any(|told| told.starts_with("good_file")), "{text}: {told:?}");
        // Read twice, it says the same.
        assert_eq!(told, planned(Some(&repository)));
    }
}
