//! Whether the script of a load test sets limits, as far as it is in the repository.
//!
//! Sources, read 2026-11-29: k6 fails where a threshold does (grafana.com, learning path "automate k6 in CI/CD"); Locust takes its exit
//! code from `environment.process_exit_code` (docs.locust.io 2.16); Artillery fails where `ensure` does (artillery.io, ensure). Not looked
//! up again: `--no-thresholds` of k6, assertions of Gatling, the checks of locust-plugins.

use super::model::{Fails, LoadTest};
use super::shelf::Shelf;
use super::tools::program;

/// Settles whether `test`, which `words` run in `folder`, fails when what it measures is too slow.
pub(super) fn settle(test: &mut LoadTest, words: &[&str], folder: &str, shelf: &mut Shelf<'_>) {
    let fails = match test.tool {
        "k6" => k6(words, folder, shelf),
        "Locust" => locust(words, folder, shelf),
        "Artillery" => artillery(words, folder, shelf),
        "Gatling" => gatling(words, folder, shelf),
        _ => return,
    };
    test.fails = fails;
}

fn missing(name: &str) -> Fails {
    Fails::Unknown(format!("{name} was not found in the repository"))
}

/// The words that end in one of `endings`.
fn named<'w>(words: &[&'w str], endings: &[&str]) -> Vec<&'w str> {
    let ends = |word: &&&str| endings.iter().any(|ending| word.ends_with(ending)) && !word.contains('=');
    words.iter().filter(ends).copied().collect()
}

/// The value of an option.
fn option<'w>(words: &[&'w str], names: &[&str]) -> Option<&'w str> {
    words.iter().enumerate().find_map(|(at, word)| {
        if names.contains(word) {
            return words.get(at + 1).copied();
        }
        let (name, value) = word.split_once('=')?;
        names.contains(&name).then_some(value)
    })
}

fn k6(words: &[&str], folder: &str, shelf: &mut Shelf<'_>) -> Fails {
    if words.contains(&"--no-thresholds") {
        return Fails::Never("--no-thresholds switches its limits off".to_owned());
    }
    let mut hidden = None;
    if let Some(config) = option(words, &["--config", "-c"]) {
        match shelf.text(folder, config) {
            Some((_, text)) if text.contains("thresholds") => return Fails::Yes,
            Some(_) => {}
            None => hidden = Some(config.to_owned()),
        }
    }
    let scripts = named(words, &[".js", ".ts", ".mjs"]);
    if scripts.is_empty() {
        return Fails::Unknown("which script it runs cannot be seen".to_owned());
    }
    // One script without limits is one that cannot fail.
    let mut without = None;
    for script in scripts {
        if script.contains(['*', '?', '[', '$']) {
            return Fails::Unknown(format!("which scripts {script} means is seen only when it runs"));
        }
        // In a container, the folder is another one: the name tells.
        let found = shelf.text(folder, script).or_else(|| shelf.text("", script.trim_start_matches('/')));
        let Some((path, text)) = found else { return missing(script) };
        match limits(&path, &text, shelf, 2) {
            Some(true) => {}
            Some(false) => without = Some(path),
            None => hidden = Some(path),
        }
    }
    match (without, hidden) {
        (_, Some(path)) => {
            Fails::Unknown(format!("whether {path} sets thresholds cannot be told: it takes them from elsewhere"))
        }
        (Some(path), None) => Fails::Never(format!("{path} sets no thresholds, and checks alone fail nothing")),
        (None, None) => Fails::Yes,
    }
}

/// Whether a script of k6 sets thresholds, itself or by what it imports; `None` where it takes its options from elsewhere.
fn limits(path: &str, text: &str, shelf: &mut Shelf<'_>, depth: usize) -> Option<bool> {
    let code = without_comments(text);
    if code.contains("thresholds") {
        return Some(true);
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut told = Some(false);
    let quotes = |line: &str| -> Option<String> {
        let quote = line.find(['\'', '"', '`'])?;
        let rest = line.get(quote + 1..)?;
        rest.split(['\'', '"', '`']).next().map(str::to_owned)
    };
    for line in code.lines() {
        let imports = (line.contains("import ") && line.contains("from"))
            || line.contains("require(")
            || line.contains("export {");
        let opens = line.contains("open(");
        let Some(name) = quotes(line).filter(|_| imports || opens) else { continue };
        let local = name.starts_with('.') || opens;
        if !local || depth == 0 {
            continue;
        }
        match shelf.text(&folder, &name) {
            Some((path, text)) => match limits(&path, &text, shelf, depth - 1) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => told = None,
            },
            None => told = None,
        }
    }
    if code.contains("__ENV") && code.contains("options") && code.contains("JSON.parse") {
        told = None;
    }
    told
}

/// A script without what is commented out, line by line and between `/*` and `*/`.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let mut rest = line;
        loop {
            if inside {
                let Some(end) = rest.find("*/") else { break };
                rest = rest.get(end + 2..).unwrap_or_default();
                inside = false;
            }
            let slashes = rest
                .match_indices("//")
                .map(|(at, _)| at)
                .find(|at| !rest.get(..*at).is_some_and(|head| head.ends_with(':')));
            let block = rest.find("/*").filter(|block| slashes.is_none_or(|slashes| *block < slashes));
            let Some(begin) = block else {
                code.push_str(rest.get(..slashes.unwrap_or(rest.len())).unwrap_or_default());
                break;
            };
            code.push_str(rest.get(..begin).unwrap_or_default());
            rest = rest.get(begin + 2..).unwrap_or_default();
            inside = true;
        }
        code.push('\n');
    }
    code
}

fn locust(words: &[&str], folder: &str, shelf: &mut Shelf<'_>) -> Fails {
    // Those of locust-plugins.
    let checks = ["--check-rps", "--check-fail-ratio", "--check-avg-response-time"];
    if words.iter().any(|word| checks.iter().any(|check| word.starts_with(check))) {
        return Fails::Yes;
    }
    let name = option(words, &["-f", "--locustfile"]).unwrap_or("locustfile.py");
    let Some((path, text)) = shelf.text(folder, name) else { return missing(name) };
    let code: Vec<&str> = text.lines().map(|line| line.split('#').next().unwrap_or(line)).collect();
    if code.iter().any(|line| line.contains("process_exit_code")) {
        return Fails::Yes;
    }
    if code.iter().any(|line| line.trim_start().starts_with("from .") || line.contains("locust_plugins")) {
        return Fails::Unknown(format!("whether {path} sets limits cannot be told: it takes in what stands elsewhere"));
    }
    Fails::Never(format!(
        "Locust ends with an error where requests fail, and never because they are slow: {path} sets no exit code"
    ))
}

fn artillery(words: &[&str], folder: &str, shelf: &mut Shelf<'_>) -> Fails {
    let mut names = named(words, &[".yml", ".yaml", ".json", ".ts", ".js"]);
    names.extend(option(words, &["--config", "-c"]));
    if names.is_empty() {
        return Fails::Unknown("which script it runs cannot be seen".to_owned());
    }
    let mut last = None;
    for name in names {
        let Some((path, text)) = shelf.text(folder, name) else { return missing(name) };
        let mut lines =
            text.lines().map(str::trim_start).filter(|line| !line.starts_with('#') && !line.starts_with("//"));
        if lines.any(|line| line.contains("ensure") || line.contains("reportFailuresAsErrors")) {
            return Fails::Yes;
        }
        last = Some(path);
    }
    last.map_or(Fails::Unknown("which script it runs cannot be seen".to_owned()), |path| {
        Fails::Never(format!("{path} ensures nothing, so that Artillery ends well whatever it measures"))
    })
}

fn gatling(words: &[&str], folder: &str, shelf: &mut Shelf<'_>) -> Fails {
    let class = option(words, &["-s", "--simulation", "-Dgatling.simulationClass", "--simulationClass"]);
    let Some(class) = class.filter(|_| words.first().is_some_and(|word| !program(word).is_empty())) else {
        return Fails::Unknown("which simulation it runs, and whether that has assertions, cannot be seen".to_owned());
    };
    let file = class.replace('.', "/");
    for (root, endings) in [
        ("src/gatling", ["scala", "java", "kotlin"]),
        ("src/test", ["scala", "java", "kotlin"]),
        ("user-files/simulations", ["", "", ""]),
    ] {
        for (language, ending) in endings.iter().zip(["scala", "java", "kt"]) {
            let Some((path, text)) = shelf.text(folder, &format!("{root}/{language}/{file}.{ending}")) else {
                continue;
            };
            if without_comments(&text).contains("assertions(") {
                return Fails::Yes;
            }
            return Fails::Never(format!("{path} has no assertions, so that Gatling ends well whatever it measures"));
        }
    }
    missing(class)
}

#[cfg(test)]
mod tests {
    use super::super::shelf::Made;
    use super::*;

    fn fails(tool: &'static str, command: &str, files: &[(&str, &str)]) -> &'static str {
        let mut made = Made(files);
        let mut shelf = Shelf::new(&mut made);
        let words: Vec<&str> = command.split_whitespace().collect();
        let mut test = LoadTest { tool, fails: Fails::Yes, results: Vec::new(), judge: None };
        settle(&mut test, &words, "", &mut shelf);
        match test.fails {
            Fails::Yes => "yes",
            Fails::Never(_) => "never",
            Fails::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn limits_of_k6() {
        let with = ("t/a.js", "export const options = {\n  thresholds: { http_req_duration: ['p(95)<200'] },\n};");
        let without =
            ("t/b.js", "// thresholds: later\n/* thresholds:\n none */ export default function () { check(r, {}); }");
        let imports = ("t/c.js", "import { options } from './lib/options.js';\nexport { options };");
        let lib = ("t/lib/options.js", "export const options = { thresholds: {} };");
        let files = [with, without, imports, lib];
        assert_eq!(fails("k6", "k6 run --vus 5 t/a.js", &files), "yes");
        assert_eq!(fails("k6", "k6 run t/b.js", &files), "never");
        assert_eq!(fails("k6", "k6 run t/c.js", &files), "yes");
        assert_eq!(fails("k6", "k6 run t/c.js", &[imports]), "unknown");
        assert_eq!(fails("k6", "k6 run t/d.js", &files), "unknown");
        assert_eq!(fails("k6", "k6 run $SCRIPT", &files), "unknown");
        assert_eq!(fails("k6", "k6 run t/*.js", &files), "unknown");
        assert_eq!(fails("k6", "k6 run --no-thresholds t/a.js", &files), "never");
        assert_eq!(
            fails("k6", "k6 run --config k6.json t/b.js", &[without, ("k6.json", "{\"thresholds\":{}}")]),
            "yes"
        );
    }

    #[test]
    fn limits_of_others() {
        let exits = ("locustfile.py", "environment.process_exit_code = 1");
        let bare = ("load/locustfile.py", "# process_exit_code\nclass A(HttpUser): pass");
        assert_eq!(fails("Locust", "locust --headless", &[exits]), "yes");
        assert_eq!(fails("Locust", "locust -f load/locustfile.py --headless", &[bare]), "never");
        assert_eq!(fails("Locust", "locust -f load/other.py --headless", &[bare]), "unknown");
        assert_eq!(fails("Locust", "locust --check-avg-response-time 200", &[]), "yes");
        assert_eq!(
            fails("Artillery", "artillery run a.yml", &[("a.yml", "config:\n  ensure:\n    thresholds: []")]),
            "yes"
        );
        assert_eq!(fails("Artillery", "artillery run a.yml", &[("a.yml", "config:\n  target: x")]), "never");
        let simulation = ("src/test/scala/shop/Checkout.scala", "setUp(s).assertions(global.responseTime.max.lt(5))");
        assert_eq!(fails("Gatling", "mvn gatling:test -Dgatling.simulationClass=shop.Checkout", &[simulation]), "yes");
        assert_eq!(fails("Gatling", "mvn gatling:test", &[simulation]), "unknown");
    }
}
