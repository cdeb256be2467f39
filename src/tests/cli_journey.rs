//! From a change in a file to a comment that says resolved, on the real Terraform: skipped, and said so, where it is not at hand.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::*;

/// Every format that `check` has, and what it is written to.
const FORMATS: [&str; 14] = [
    "json", "markdown", "sarif", "junit", "gitlab", "sonar", "rdjson", "rdjsonl", "github", "azure", "atlantis",
    "conftest", "run-task", "table",
];

/// Comments by their numbers, and the methods that were asked for.
type Kept = (BTreeMap<u64, String>, Vec<String>);

/// A server that keeps the comments of one pull request, as GitHub does.
#[derive(Clone, Default)]
struct Comments(Arc<Mutex<Kept>>);

impl Comments {
    /// Starts it; gives its address.
    fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let all = self.clone();
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| all.answer(stream)));
        address
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).unwrap();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap() == 0 || line.trim().is_empty() {
                break;
            }
            let header = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            if let Some((_, value)) = header {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let mut state = self.0.lock().unwrap();
        let (all, log) = &mut *state;
        log.push(method.to_owned());
        let text = body["body"].as_str().unwrap_or_default().to_owned();
        let reply = match method {
            // Whose the token is, and whose the comments are.
            "GET" if path.ends_with("/user") => json!({ "id": 41, "login": "planwise" }),
            "GET" => all
                .iter()
                .map(|(id, body)| json!({ "id": id, "body": body, "user": { "id": 41, "type": "User" } }))
                .collect(),
            "POST" => {
                all.insert(7, text);
                json!({ "id": 7 })
            }
            "PATCH" => {
                let id = path.rsplit('/').next().unwrap().parse().unwrap();
                assert!(all.insert(id, text).is_some(), "{path}");
                json!({ "id": id })
            }
            other => panic!("{other} {path}"),
        };
        drop(state);
        let reply = reply.to_string();
        let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", reply.len());
        stream.write_all((head + &reply).as_bytes()).unwrap();
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().0.values().cloned().collect()
    }

    fn methods(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }
}

/// The real Terraform with the tool that plans without a cloud; nothing where either is missing.
fn forge() -> Option<PathBuf> {
    let forge = project().join("../shared/tools/forge/forge");
    let terraform = Command::new("terraform").arg("version").stdout(Stdio::null()).status();
    let is_installed =
        std::env::var_os("HOME").is_some_and(|home| Path::new(&home).join(".cache/plan-forge/terraform.rc").exists());
    (forge.exists() && terraform.is_ok_and(|status| status.success()) && is_installed).then_some(forge)
}

/// Plans a folder: from nothing, or over what `before` has been applied to.
fn plan(forge: &Path, before: Option<&Path>, folder: &Path, out: &Path) {
    let mut command = Command::new(forge);
    command.arg("--planfile").arg(out.with_extension("tfplan"));
    match before {
        Some(before) => command.arg("--apply").arg(before).arg(folder),
        None => command.arg(folder),
    };
    let output = command.arg(out).output().unwrap();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), err(&output));
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "tf" || end == "tfvars"))
    {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The first suggestion of each finding of `rule` in a report.
fn suggestions(report: &Value, rule: &str) -> Vec<Value> {
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    let remedies = findings.flat_map(|finding| finding["remedies"].as_array().unwrap());
    remedies.flat_map(|remedy| remedy["suggestions"].as_array().unwrap()).cloned().collect()
}

/// Does what a suggestion says: its lines must be there as it has them.
fn apply(root: &Path, suggestion: &Value) {
    let lines = |name: &str| -> Vec<String> {
        suggestion[name].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    let path = root.join(suggestion["file"].as_str().unwrap());
    let text = fs::read_to_string(&path).unwrap();
    let mut all: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let first = usize::try_from(suggestion["line"].as_u64().unwrap()).unwrap() - 1;
    let old = lines("old");
    assert_eq!(all[first..first + old.len()], old[..]);
    all.splice(first..first + old.len(), lines("new"));
    fs::write(path, all.join("\n")).unwrap();
}

#[test]
fn from_a_change_to_a_comment_that_says_resolved() {
    let Some(forge) = forge() else {
        println!("skipped: the real terraform, or the tool that plans without a cloud, is not at hand");
        return;
    };
    let outer = tempfile::tempdir().unwrap();
    let (root, reports) = (outer.path().join("repository"), outer.path().join("reports"));
    let (shop, repaired) = (root.join("infra/shop"), root.join("infra/repaired"));
    copied(&project().join("testdata/plans/shop"), &shop);
    copied(&project().join("testdata/plans/shop-repaired"), &repaired);
    fs::create_dir_all(root.join(".git")).unwrap();
    let file = |name: &str| outer.path().join(name).to_str().unwrap().to_owned();
    let check = |plan: &str, source: &Path, more: &[&str]| {
        let source = source.to_str().unwrap();
        let args = ["check", plan, "--source", source, "--no-config", "--as-of", "2026-11-30"];
        let output = run(&[&args[..], more].concat());
        assert!(code(&output) < 2, "{more:?}: {}", err(&output));
        output
    };

    // Plan, show, and every format at once.
    let first = file("first.json");
    plan(&forge, None, &shop, Path::new(&first));
    let written: Vec<String> =
        FORMATS.iter().map(|format| format!("{format}={}", file(&format!("report.{format}")))).collect();
    let outputs: Vec<&str> = written.iter().flat_map(|output| ["--output", output]).collect();
    let output = check(&first, &shop, &outputs);
    assert_eq!(code(&output), 1);
    for format in FORMATS {
        let text = fs::read_to_string(file(&format!("report.{format}"))).unwrap();
        assert!(text.contains("zone-split-datastore"), "{format}: {text}");
        // Whoever annotates lines has one.
        let annotates =
            ["sarif", "gitlab", "sonar", "rdjson", "rdjsonl", "github", "azure", "markdown", "table", "json"];
        assert!(!annotates.contains(&format) || text.contains("infra/shop/database.tf"), "{format}: {text}");
    }

    // Two projects in one comment, posted twice.
    let second = file("second.json");
    plan(&forge, None, &repaired, Path::new(&second));
    let out = reports.to_str().unwrap();
    check(&first, &shop, &["--project", "shop", "--out-dir", out]);
    check(&second, &repaired, &["--project", "repaired", "--out-dir", out]);
    let server = Comments::default();
    let url = server.serve();
    let post = || {
        let args =
            ["comment", out, "--post", "github", "--repo", "acme/infra", "--pull-request", "12", "--api-url", &url];
        let output = planwise(&args).env("GITHUB_TOKEN", "a-token").output().unwrap();
        assert_eq!(code(&output), 0, "{}{}", self::out(&output), err(&output));
    };
    post();
    assert_eq!(server.methods(), ["GET", "POST"]);
    let [comment] = &server.all()[..] else { panic!("{:?}", server.all()) };
    assert!(
        comment.contains("zone-split-datastore") && comment.contains("shop") && comment.contains("repaired"),
        "{comment}"
    );
    assert!(comment.contains("+  multi_az               = true"), "{comment}");
    post();
    // It says the same: nothing is added.
    assert_eq!(server.methods(), ["GET", "GET"]);

    // The suggestion, planned again over what is there by then.
    let report: Value = serde_json::from_str(&self::out(&check(&first, &shop, &["--format", "json"]))).unwrap();
    let before = root.join("infra/before");
    copied(&shop, &before);
    let found = suggestions(&report, "zone-split-datastore");
    assert_eq!(found.len(), 1, "{found:?}");
    apply(&root, &found[0]);
    let third = file("third.json");
    plan(&forge, Some(&before), &shop, Path::new(&third));
    let report: Value = serde_json::from_str(&self::out(&check(&third, &shop, &["--format", "json"]))).unwrap();
    let statuses: Vec<&Value> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == "zone-split-datastore")
        .map(|finding| &finding["status"])
        .collect();
    assert_eq!(statuses, ["resolved"]);
    check(&third, &shop, &["--project", "shop", "--out-dir", out]);
    post();
    assert_eq!(server.methods(), ["GET", "GET", "PATCH"]);
    let [comment] = &server.all()[..] else { panic!("{:?}", server.all()) };
    assert!(comment.contains("resolved") && comment.contains("zone-split-datastore"), "{comment}");
}

#[test]
fn what_is_suggested_is_written_as_terraform_writes_it() {
    let Some(forge) = forge() else {
        println!("skipped: the real terraform, or the tool that plans without a cloud, is not at hand");
        return;
    };
    let outer = tempfile::tempdir().unwrap();
    let (original, root) = (project().join("testdata/plans/shared-lines"), outer.path().join("repository"));
    for folder in ["before", "after"] {
        for inner in ["", "modules/volume", "modules/pair"] {
            copied(&original.join(inner), &root.join(folder).join(inner));
        }
    }
    fs::create_dir_all(root.join(".git")).unwrap();
    let (before, after) = (root.join("before"), root.join("after"));
    let check = |name: &str| -> Value {
        let json = outer.path().join(name);
        plan(&forge, Some(&before), &after, &json);
        let (json, source) = (json.to_str().unwrap(), after.to_str().unwrap());
        let args = ["check", json, "--source", source, "--no-config", "--format", "json", "--exit-zero"];
        serde_json::from_str(&out(&run(&args))).unwrap()
    };
    let found = |report: &Value, has_lines: bool| -> Vec<String> {
        let all = report["findings"].as_array().unwrap().iter();
        let of_rule = all.filter(|one| one["rule"] == "previous-generation-volume" && one["status"] != "resolved");
        let of_rule = of_rule.filter(|one| !has_lines || one["remedies"][0]["suggestions"] != json!([]));
        of_rule.map(|one| one["resource"].as_str().or(one["address"].as_str()).unwrap().to_owned()).collect()
    };
    let first = check("first.json");
    let (all, written) = (found(&first, false), found(&first, true));
    assert_eq!((all.len(), written.len()), (14, 7), "{all:?} {written:?}");
    // Each once, from the end of the files on.
    let mut suggested = suggestions(&first, "previous-generation-volume");
    suggested.sort_by_key(|one| std::cmp::Reverse((one["file"].to_string(), one["line"].as_u64())));
    suggested.dedup();
    assert_eq!(suggested.len(), 5);
    for one in &suggested {
        apply(&root, one);
    }
    let format = Command::new("terraform").args(["fmt", "-check", "-recursive", "-diff"]).arg(&after).output().unwrap();
    assert_eq!(out(&format), "");
    // What has lines to write is gone, and nothing else has changed.
    let left: Vec<String> = all.into_iter().filter(|address| !written.contains(address)).collect();
    assert_eq!(found(&check("second.json"), false), left);
}
