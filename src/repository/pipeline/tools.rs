//! Commands that put load on something, bring something to where it runs, or judge what was measured.
//!
//! Sources, read 2026-11-29: k6 ends with 99 where a threshold fails, and with 0 where a script has none (grafana.com, learning paths
//! "automate k6 in CI/CD": handle exit code, verify thresholds); Locust takes its exit code from `process_exit_code` (docs.locust.io 2.16,
//! running without the web UI); `ensure` of Artillery (artillery.io, exit codes and ensure). Not looked up again: when other tools take
//! something for a failure.

use super::model::{Deploy, Fails, LoadTest, Target, What};

/// What a command is, by its words.
pub(super) fn recognise(words: &[String]) -> Option<What> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = unwrapped(&words);
    load_test(words).or_else(|| judge(words)).or_else(|| deploy(words))
}

/// The program of a path: `k6` of `/usr/bin/k6`.
pub(super) fn program(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.strip_suffix(".exe").or_else(|| name.strip_suffix(".cmd")).unwrap_or(name)
}

/// The words behind those that only run a program: `npx`, `poetry run`, `docker run … image`.
fn unwrapped<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let rest = |at: usize| words.get(at..).unwrap_or_default();
    match words {
        [] => words,
        [first, ..] => match (program(first), words.get(1).copied()) {
            ("npx" | "bunx" | "pnpx" | "xvfb-run" | "winpty", _) => {
                rest(1 + rest(1).iter().take_while(|word| word.starts_with('-')).count())
            }
            ("yarn" | "pnpm", Some("dlx" | "exec"))
            | ("poetry" | "pipenv" | "uv" | "pdm" | "hatch" | "rye", Some("run")) => rest(2),
            ("python" | "python3", Some("-m")) => rest(2),
            ("docker" | "podman" | "docker-compose" | "nerdctl", Some(_)) => {
                let known =
                    |word: &&str| image(word).is_some() || ["k6", "locust", "artillery", "jmeter"].contains(word);
                let runs = words.iter().take(4).any(|word| *word == "run");
                words.iter().position(known).filter(|_| runs).map_or(words, rest)
            }
            _ => words,
        },
    }
}

/// The tool in an image of that name.
fn image(word: &str) -> Option<&'static str> {
    let name = word.split([':', '@']).next().unwrap_or(word);
    let (folder, name) = name.rsplit_once('/')?;
    let known =
        [("k6", "k6"), ("locust", "locust"), ("jmeter", "jmeter"), ("artillery", "artillery"), ("gatling", "gatling")];
    let tool = known.into_iter().find(|(ending, _)| name == *ending)?.1;
    // A folder of one's own may be called so.
    (!folder.starts_with('.') && !folder.starts_with('/')).then_some(tool)
}

/// A load test, with what is known of it without its script.
fn load_test(words: &[&str]) -> Option<What> {
    let (first, rest) = words.split_first()?;
    let tool = image(first).unwrap_or_else(|| program(first));
    let has = |wanted: &[&str]| rest.iter().any(|word| wanted.contains(word));
    let begins = |start: &str| rest.iter().any(|word| word.starts_with(start));
    let never = |tool: &'static str| {
        let why = format!("{tool} reports what it measures, and has no limit to hold it against");
        Some((tool, Fails::Never(why)))
    };
    let open = || Fails::Unknown("its script was not read".to_owned());
    let (tool, fails) = match tool {
        "k6" if has(&["run", "cloud"]) => ("k6", open()),
        "locust" if !has(&["--version", "-V", "--help"]) => ("Locust", open()),
        "artillery" if has(&["run", "run-fargate", "run-lambda", "run:fargate", "run:lambda", "quick"]) => {
            ("Artillery", open())
        }
        "gatling.sh" => ("Gatling", open()),
        "gatling" if has(&["run"]) => ("Gatling", open()),
        "mvn" | "mvnw" | "gradle" | "gradlew" | "sbt" if begins("gatling") || begins("Gatling") => ("Gatling", open()),
        "jmeter" | "jmeter.sh" | "jmeter.bat" if has(&["-n", "--nongui"]) => (
            "JMeter",
            Fails::Unknown("it writes what it measures into a file, and nothing is seen to judge that".to_owned()),
        ),
        "mvn" | "mvnw" if begins("jmeter:") => {
            ("JMeter", Fails::Unknown("what its plugin takes for a failure is set elsewhere".to_owned()))
        }
        "vegeta" if has(&["attack"]) => never("vegeta")?,
        "wrk" | "wrk2" if begins("-") => never("wrk")?,
        "hey" if begins("-") && begins("http") => never("hey")?,
        "ab" if has(&["-n", "-c", "-t"]) => never("ab")?,
        "oha" | "bombardier" | "autocannon" | "siege" | "ghz" | "bzt" | "drill" | "fortio" | "tsung" | "nbomber"
            if !rest.is_empty() && !has(&["--version", "--help"]) =>
        {
            let name =
                ["oha", "bombardier", "autocannon", "siege", "ghz", "bzt", "drill", "fortio", "tsung", "nbomber"];
            let name = name.into_iter().find(|name| *name == tool)?;
            (name, Fails::Unknown(format!("when {name} takes something for a failure is not known")))
        }
        "az" if rest.starts_with(&["load", "test-run"]) => {
            ("Azure Load Testing", Fails::Unknown("its criteria stand elsewhere".to_owned()))
        }
        _ => return None,
    };
    Some(What::LoadTest(LoadTest { tool, fails, results: results(words), judge: None }))
}

/// The files that a load test writes: values of options that name what comes out.
pub(super) fn results(words: &[&str]) -> Vec<String> {
    let options = ["--out", "-o", "--summary-export", "--csv", "--json-file", "-l", "-e", "--output", "--html", "-r"];
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (option, value) = word.split_once('=').map_or((*word, None), |(option, value)| (option, Some(value)));
        if !options.contains(&option) {
            // What is redirected into a file is one as well.
            let file = word.strip_prefix('>').filter(|rest| !rest.starts_with('&'));
            let file =
                file.map(|rest| if rest.is_empty() { words.get(at + 1).copied().unwrap_or_default() } else { rest });
            found.extend(file.map(str::to_owned));
            continue;
        }
        let Some(value) = value.or_else(|| words.get(at + 1).copied()) else { continue };
        // `--out json=results.json`
        let file = value.rsplit('=').next().unwrap_or(value);
        if !file.starts_with('-') && file.len() > 2 {
            found.push(file.to_owned());
        }
    }
    found
}

/// Something that holds measurements against limits.
fn judge(words: &[&str]) -> Option<What> {
    let (first, rest) = words.split_first()?;
    (program(first) == "planwise" && rest.first() == Some(&"gate")).then_some(What::Judge)
}

/// Commands that bring something to where it runs: the program, and what its words begin with, options left out.
const DEPLOYS: &[(&str, &[&str])] = &[
    ("kubectl", &["apply"]),
    ("kubectl", &["set", "image"]),
    ("kubectl", &["replace"]),
    ("oc", &["apply"]),
    ("helm", &["upgrade"]),
    ("helm", &["install"]),
    ("helmfile", &["apply"]),
    ("helmfile", &["sync"]),
    ("skaffold", &["run"]),
    ("skaffold", &["deploy"]),
    ("argocd", &["app", "sync"]),
    ("kamal", &["deploy"]),
    ("nomad", &["job", "run"]),
    ("docker", &["stack", "deploy"]),
    ("aws", &["ecs", "update-service"]),
    ("aws", &["ecs", "deploy"]),
    ("aws", &["deploy", "create-deployment"]),
    ("aws", &["lambda", "update-function-code"]),
    ("aws", &["lambda", "update-alias"]),
    ("aws", &["cloudformation", "deploy"]),
    ("aws", &["cloudformation", "create-stack"]),
    ("aws", &["cloudformation", "update-stack"]),
    ("aws", &["cloudformation", "execute-change-set"]),
    ("aws", &["elasticbeanstalk", "update-environment"]),
    ("aws", &["apprunner", "start-deployment"]),
    ("aws", &["autoscaling", "start-instance-refresh"]),
    ("eb", &["deploy"]),
    ("copilot", &["deploy"]),
    ("copilot", &["svc", "deploy"]),
    ("ecspresso", &["deploy"]),
    ("ecs-deploy", &[]),
    ("ecs-cli", &["compose"]),
    ("sam", &["deploy"]),
    ("cdk", &["deploy"]),
    ("cdktf", &["deploy"]),
    ("serverless", &["deploy"]),
    ("sls", &["deploy"]),
    ("pulumi", &["up"]),
    ("pulumi", &["update"]),
    ("gcloud", &["run", "deploy"]),
    ("gcloud", &["app", "deploy"]),
    ("gcloud", &["functions", "deploy"]),
    ("az", &["webapp", "deploy"]),
    ("az", &["webapp", "deployment"]),
    ("az", &["containerapp", "update"]),
    ("az", &["containerapp", "up"]),
    ("az", &["functionapp", "deployment"]),
    ("func", &["azure", "functionapp", "publish"]),
    ("fly", &["deploy"]),
    ("flyctl", &["deploy"]),
    ("heroku", &["container:release"]),
];

/// Programs that apply a plan.
const APPLIERS: [&str; 4] = ["terraform", "tofu", "terragrunt", "terramate"];

fn deploy(words: &[&str]) -> Option<What> {
    let (first, rest) = words.split_first()?;
    let program = program(first);
    let bare = without_options(rest);
    let tried = rest.iter().any(|word| word.starts_with("--dry-run") && !word.ends_with("=none"));
    let how = if APPLIERS.contains(&program) {
        let applies = bare.iter().take(4).any(|word| *word == "apply" || *word == "apply-all");
        let undoes = rest.iter().any(|word| word.trim_start_matches('-') == "destroy");
        (applies && !undoes).then(|| format!("{program} apply"))
    } else {
        let fits = |(name, begin): &&(&str, &[&str])| *name == program && bare.starts_with(begin);
        DEPLOYS.iter().find(fits).map(|(name, begin)| format!("{name} {}", begin.join(" ")).trim_end().to_owned())
    };
    let pushes = program == "git" && bare.starts_with(&["push", "heroku"]);
    let how = how.or_else(|| pushes.then(|| "git push heroku".to_owned())).filter(|_| !tried)?;
    Some(What::Deploy(Deploy { how, target: Target::Unsaid }))
}

/// The words that are no options, and no values of those that stand before a command.
fn without_options<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let valued = ["-n", "--namespace", "--context", "--kubeconfig", "--kube-context", "--profile", "--region", "-f"];
    let mut bare = Vec::with_capacity(words.len());
    let mut skip = false;
    for word in words {
        if !skip && !word.starts_with('-') {
            bare.push(*word);
        }
        skip = !skip && valued.contains(word);
    }
    bare
}

/// Whether a name sounds like a load test.
pub(super) fn sounds_like_load(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_kind = |word: &str| ["load", "performance", "perf", "stress", "soak"].contains(&word);
    let is_test = |word: &str| ["test", "tests", "testing"].contains(&word);
    let joined = ["loadtest", "perftest", "performancetest", "stresstest", "soaktest"];
    let tools = ["k6", "locust", "gatling", "jmeter", "artillery", "perf", "stress", "soak"];
    words.iter().any(|word| tools.contains(word) || joined.iter().any(|joined| word.starts_with(joined)))
        || words
            .windows(2)
            .any(|pair| matches!(pair, [one, two] if (is_kind(one) && is_test(two)) || (is_test(one) && is_kind(two))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(command: &str) -> &'static str {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        match recognise(&words) {
            Some(What::LoadTest(test)) => test.tool,
            Some(What::Deploy(_)) => "deploy",
            Some(What::Judge) => "judge",
            Some(What::Hint | What::Other) | None => "nothing",
        }
    }

    #[test]
    fn commands_are_told_by_what_they_run() {
        let all = [
            ("k6 run a.js", "k6"),
            ("/usr/local/bin/k6 run a.js", "k6"),
            ("docker run --rm -i -v $PWD:/x grafana/k6:0.49.0 run - ", "k6"),
            ("docker compose run k6 run /scripts/a.js", "k6"),
            ("npx artillery run a.yml", "Artillery"),
            ("poetry run locust --headless -u 10", "Locust"),
            ("python -m locust -f a.py --headless", "Locust"),
            ("./mvnw gatling:test", "Gatling"),
            ("./gradlew gatlingRun", "Gatling"),
            ("jmeter -n -t plan.jmx -l out.jtl", "JMeter"),
            ("vegeta attack -rate=50", "vegeta"),
            ("ab -n 100 -c 10 http://x/", "ab"),
            ("hey -n 200 https://x", "hey"),
            ("planwise gate results.json", "judge"),
            ("terraform apply -auto-approve", "deploy"),
            ("terraform -chdir=env/prod apply tfplan", "deploy"),
            ("terragrunt run-all apply", "deploy"),
            ("tofu apply", "deploy"),
            ("kubectl -n shop apply -f k8s/", "deploy"),
            ("kubectl apply -n shop -f k8s/", "deploy"),
            ("helm upgrade --install shop ./chart", "deploy"),
            ("npx cdk deploy --all", "deploy"),
            ("aws ecs update-service --cluster a --service b", "deploy"),
            ("git push heroku main", "deploy"),
            // What only looks like it.
            ("apt-get install -y k6", "nothing"),
            ("k6 version", "nothing"),
            ("which locust", "nothing"),
            ("pip install locust", "nothing"),
            ("echo k6 run a.js", "nothing"),
            ("terraform plan", "nothing"),
            ("terraform apply -destroy", "nothing"),
            ("kubectl apply --dry-run=client -f x", "nothing"),
            ("helm template x", "nothing"),
            ("git push origin main", "nothing"),
            ("aws deploy push --application-name shop --s3-location s3://b/k", "nothing"),
            ("docker build -t k6 .", "nothing"),
            ("grep -n ab x", "nothing"),
        ];
        for (command, expected) in all {
            assert_eq!(is(command), expected, "{command}");
        }
    }

    #[test]
    fn files_with_results() {
        let of = |command: &str| {
            let words: Vec<&str> = command.split_whitespace().collect();
            results(&words)
        };
        assert_eq!(of("k6 run --out json=results.json --summary-export=s.json a.js"), ["results.json", "s.json"]);
        assert_eq!(of("jmeter -n -t a.jmx -l out.jtl"), ["out.jtl"]);
        assert_eq!(of("hey -n 5 http://x > hey.txt"), ["hey.txt"]);
    }

    #[test]
    fn names_of_load_tests() {
        for name in ["make load-test", "npm run test:load", "./scripts/run_k6.sh", "performance-tests", "perf.sh"] {
            assert!(sounds_like_load(name), "{name}");
        }
        for name in ["make test", "npm run download", "payload-tests", "perform.sh", "load-balancer"] {
            assert!(!sounds_like_load(name), "{name}");
        }
    }
}
