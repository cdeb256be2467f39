//! `planwise comment` as its users run it.

use std::fs;
use std::path::Path;

use super::{REPAIRED, SHOP, code, err, out, piped, run, snapshot};

/// Writes the JSON reports of two projects to a folder.
fn reports(folder: &Path) {
    for (plan, name) in [(SHOP, "shop.json"), (REPAIRED, "repaired.json")] {
        let output = format!("json={}", folder.join(name).display());
        let args =
            ["check", plan, "--no-repo", "--no-config", "--as-of", "2026-11-29", "--exit-zero", "--output", &output];
        assert_eq!(code(&run(&args)), 0);
    }
}

#[test]
fn reports_of_many_projects_make_one_comment() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let whole = run(&["comment", &path("")]);
    assert_eq!((code(&whole), err(&whole).as_str()), (0, ""));
    let text = out(&whole);
    assert!(text.starts_with("<!-- planwise:report -->\n### planwise: 1 of 2 plans fails."), "{text}");
    // A folder, a pattern, the files, and a pipe for one of them: all the same.
    assert_eq!(out(&run(&["comment", &path("*.json")])), text);
    assert_eq!(out(&run(&["comment", &path("shop.json"), &path("repaired.json")])), text);
    let shop = fs::read(path("shop.json")).unwrap();
    assert_eq!(out(&piped(&["comment", "-", &path("repaired.json")], &shop)), text);
    let file = path("comment.md");
    let written = run(&["comment", &path("*.json"), "--output", &file, "--tag", "a b", "--host", "bitbucket"]);
    assert_eq!((code(&written), out(&written).as_str()), (0, ""));
    let text = fs::read_to_string(file).unwrap();
    assert!(text.ends_with("\n`planwise:report key=a%20b`\n") && !text.contains("<details>"), "{text}");
}

#[test]
fn what_is_no_report_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    let mut told = String::new();
    for args in [
        vec!["comment", SHOP],
        vec!["comment", "no-such-file.json"],
        vec!["comment", "docs/no-such-folder/*.json"],
        vec!["comment", "Cargo.toml"],
        vec!["comment", "-", "-"],
    ] {
        let output = run(&args);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{args:?}");
        told.push_str(&format!("$ planwise {}\n{}\n", args.join(" "), err(&output)));
    }
    assert_eq!(code(&run(&["comment", &path])), 2);
    assert_eq!(code(&run(&["comment"])), 2);
    assert_eq!(code(&run(&["comment", SHOP, "--dry-run"])), 2, "nothing is posted");
    snapshot("comment_refused", &told);
}

#[cfg(not(feature = "post"))]
#[test]
fn a_program_without_the_network_says_so() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path());
    let output = run(&["comment", &folder.path().display().to_string(), "--post", "github"]);
    assert_eq!((code(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("built without the network"), "{}", err(&output));
}

/// The program that posts, twice: the second time it updates.
#[cfg(feature = "post")]
mod posted {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};

    use super::super::planwise;
    use super::*;

    /// A GitHub with one pull request: it keeps what it is sent, and lists it.
    fn github() -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(vec!["LGTM".to_owned()]));
        let kept = Arc::clone(&bodies);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let (mut head, mut length) = (String::new(), 0);
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
                        break;
                    }
                    if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                    head.push_str(&line);
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let body: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
                let mut kept = kept.lock().unwrap();
                let reply = match head.split(' ').next().unwrap() {
                    "GET" => {
                        let all = kept.iter().enumerate();
                        let all = all.map(|(at, body)| serde_json::json!({ "id": at, "node_id": "N", "body": body }));
                        serde_json::Value::Array(all.collect()).to_string()
                    }
                    "POST" => {
                        kept.push(body["body"].as_str().unwrap().to_owned());
                        "{}".to_owned()
                    }
                    _ => {
                        let id: usize = head.split([' ', '/']).nth(7).unwrap().parse().unwrap();
                        body["body"].as_str().unwrap().clone_into(&mut kept[id]);
                        "{}".to_owned()
                    }
                };
                let length = reply.len();
                let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
                let _ = stream.write_all(format!("{head}{reply}").as_bytes());
            }
        });
        (address, bodies)
    }

    #[test]
    fn the_second_run_updates_the_comment() {
        let folder = tempfile::tempdir().unwrap();
        reports(folder.path());
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (address, bodies) = github();
        let post = |reports: &str, more: &[&str]| {
            let mut command = planwise(&["comment", reports, "--post", "github"]);
            command
                .env_remove("GITHUB_EVENT_PATH")
                .env("GITHUB_TOKEN", "a-token-to-keep")
                .env("GITHUB_API_URL", &address);
            command.env("GITHUB_REPOSITORY", "owner/name").env("GITHUB_REF", "refs/pull/7/merge");
            let output = command.args(more).output().unwrap();
            let text = out(&output) + &err(&output);
            assert!(!text.contains("a-token-to-keep"), "{text}");
            (code(&output), text)
        };
        let (status, text) = post(&path("shop.json"), &["--dry-run"]);
        assert!(status == 0 && text.contains("comment would be made\n\n<!-- planwise:report -->\n"), "{text}");
        assert_eq!(post(&path("shop.json"), &[]), (0, "GitHub owner/name#7: comment made\n".to_owned()));
        assert_eq!(post(&path("*.json"), &[]), (0, "GitHub owner/name#7: comment 1 updated\n".to_owned()));
        let (status, text) = post(&path("*.json"), &[]);
        assert!(status == 0 && text.contains("left as it is"), "{text}");
        // Under another name it is another comment.
        assert_eq!(post(&path("*.json"), &["--tag", "x"]), (0, "GitHub owner/name#7: comment made\n".to_owned()));
        let bodies = bodies.lock().unwrap();
        assert_eq!((bodies.len(), bodies[0].as_str()), (3, "LGTM"));
        assert!(bodies[1].starts_with("<!-- planwise:report -->\n### planwise: 1 of 2 plans fails."));
        assert!(bodies[2].starts_with("<!-- planwise:report key=x -->\n"));
    }

    #[test]
    fn what_is_missing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        reports(folder.path());
        let report = folder.path().join("shop.json").display().to_string();
        let mut command = planwise(&["comment", &report, "--post", "gitlab", "--merge-request", "3"]);
        let names = ["CI_PROJECT_ID", "CI_MERGE_REQUEST_PROJECT_ID", "BASE_REPO_OWNER", "GITLAB_TOKEN"];
        for name in names {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        assert_eq!((code(&output), out(&output).as_str()), (2, ""));
        assert!(err(&output).contains("nothing says which repository it is"), "{}", err(&output));
        let output = command.args(["--repo", "group/name"]).output().unwrap();
        assert!(err(&output).contains("there is no token for GitLab\n  hint: set GITLAB_TOKEN"), "{}", err(&output));
    }
}
