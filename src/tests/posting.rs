//! Comments posted to a server in this process that behaves like each host's API.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::post::{Behavior, Job, Pace, Service, Target, Wanted, post};

const TOKEN: &str = "token-of-the-test";
const MARK: &str = "<!-- planwise:report -->";
const ALL: [Service; 4] = [Service::GitHub, Service::GitLab, Service::Azure, Service::Bitbucket];

/// Something that goes wrong, once.
#[derive(Clone, Default)]
struct Fault {
    /// For requests of this method only.
    method: &'static str,
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static str,
    /// Whether what is asked for is done all the same.
    does: bool,
    /// Whether there is no answer.
    silent: bool,
}

#[derive(Default)]
struct State {
    service: Service,
    address: String,
    comments: Vec<(u64, String)>,
    hidden: Vec<String>,
    made: u64,
    log: Vec<String>,
    faults: VecDeque<Fault>,
    /// An address that is given as the next page.
    astray: Option<String>,
    /// Whether the token may not ask whose it is.
    is_nobodys: bool,
    /// The comments of somebody else, which the token may not change.
    others: Vec<u64>,
    /// Whether it may change them all the same.
    may_all: bool,
}

/// Whose the token is, and who else is there.
const OWN: u64 = 41;
const OTHER: u64 = 42;

struct Server(Arc<Mutex<State>>);

impl Server {
    fn new(service: Service, comments: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let comments: Vec<_> = (1..).zip(comments.iter().map(|text| (*text).to_owned())).collect();
        let made = 100;
        let state = Arc::new(Mutex::new(State { service, address, comments, made, ..State::default() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &state));
            }
        });
        Self(state)
    }

    fn with(self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.0.lock().unwrap().faults.extend(faults);
        self
    }

    fn target(&self, token: &str) -> Target {
        let (service, address) = {
            let state = self.0.lock().unwrap();
            (state.service, state.address.clone())
        };
        let repository = Some("owner/name".to_owned());
        let wanted = Wanted { repository, number: Some(7), api: Some(address), certificates: None };
        let names = ["GITHUB_TOKEN", "GITLAB_TOKEN", "AZURE_DEVOPS_TOKEN", "BITBUCKET_TOKEN"];
        let variable = |name: &str| (names.contains(&name) && !token.is_empty()).then(|| token.to_owned());
        Target::find(service, wanted, &variable).unwrap()
    }

    fn post(&self, body: &str, change: impl FnOnce(&mut Job<'_>)) -> Result<String, String> {
        self.post_as(TOKEN, body, change)
    }

    fn post_as(&self, token: &str, body: &str, change: impl FnOnce(&mut Job<'_>)) -> Result<String, String> {
        let pace = Pace {
            tries: 4,
            first: Duration::from_millis(2),
            timeout: Duration::from_millis(700),
            total: Duration::from_secs(6),
        };
        let target = self.target(token);
        let mut job =
            Job { target: &target, marker: MARK, body, behavior: Behavior::Update, only_update: false, dry_run: false };
        change(&mut job);
        let told = post(&job, pace).map(|done| done.to_string()).map_err(|error| error.to_string());
        let text = told.clone().unwrap_or_else(|error| error);
        assert!(!text.contains(TOKEN), "{text}");
        told
    }

    fn bodies(&self) -> Vec<String> {
        self.0.lock().unwrap().comments.iter().map(|(_, body)| body.clone()).collect()
    }

    /// How many pages of comments were asked for.
    fn listed(&self) -> usize {
        let asks = |line: &&String| line.ends_with("/user") || line.ends_with("/_apis/connectionData");
        self.sent("GET") - self.0.lock().unwrap().log.iter().filter(asks).count()
    }

    /// Lets somebody else have written these comments.
    fn of_others(self, others: &[u64]) -> Self {
        self.0.lock().unwrap().others = others.to_vec();
        self
    }

    fn sent(&self, method: &str) -> usize {
        self.0.lock().unwrap().log.iter().filter(|line| line.starts_with(method)).count()
    }
}

/// Reads one request and answers it.
fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let found = lines.iter().skip(1).filter_map(|line| line.split_once(':'));
        found.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
    };
    let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let mut words = lines[0].split(' ');
    let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut state = state.lock().unwrap();
    state.log.push(format!("{method} {path}"));
    let auth = header("authorization").unwrap_or_default();
    let expected = match state.service {
        Service::Azure => "Basic OnRva2VuLW9mLXRoZS10ZXN0".to_owned(),
        _ => format!("Bearer {TOKEN}"),
    };
    let fault = state.faults.iter().position(|fault| fault.method.is_empty() || fault.method == method);
    let fault = fault.and_then(|at| state.faults.remove(at));
    let mut reply = (401, Vec::new(), json!({ "message": "Bad credentials" }).to_string());
    if auth == expected && fault.as_ref().is_none_or(|fault| fault.does) {
        reply = respond(&mut state, &method, &path, &body);
    }
    drop(state);
    if let Some(fault) = fault {
        if fault.silent {
            std::thread::sleep(Duration::from_millis(1_500));
            return;
        }
        let headers = fault.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        reply = (fault.status, headers, fault.body.to_owned());
    }
    let (status, headers, text) = reply;
    let headers: String = headers.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
    let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", text.len());
    let _ = stream.write_all(format!("{head}{text}").as_bytes());
}

type Reply = (u16, Vec<String>, String);

fn respond(state: &mut State, method: &str, path: &str, body: &Value) -> Reply {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if path == "/graphql" {
        let id = body["variables"]["id"].as_str().unwrap().to_owned();
        assert!(body["query"].as_str().unwrap().contains("classifier: OUTDATED"));
        state.hidden.push(id);
        return (200, Vec::new(), json!({ "data": {} }).to_string());
    }
    let is_own = if state.service == Service::Azure { "/_apis/connectionData" } else { "/user" } == path;
    if method == "GET" && is_own {
        if state.is_nobodys {
            return (403, Vec::new(), json!({ "message": "Resource not accessible by integration" }).to_string());
        }
        let user = json!({ "id": OWN, "uuid": format!("{{{OWN}}}"), "authenticatedUser": { "id": OWN.to_string() } });
        return (200, Vec::new(), user.to_string());
    }
    let (root, one) = match state.service {
        Service::GitHub => ("/repos/owner/name/issues/7/comments", "/repos/owner/name/issues/comments/"),
        Service::GitLab => {
            ("/projects/owner%2Fname/merge_requests/7/notes", "/projects/owner%2Fname/merge_requests/7/notes/")
        }
        Service::Azure => (
            "/owner/_apis/git/repositories/name/pullRequests/7/threads",
            "/owner/_apis/git/repositories/name/pullRequests/7/threads/",
        ),
        Service::Bitbucket => {
            ("/repositories/owner/name/pullrequests/7/comments", "/repositories/owner/name/pullrequests/7/comments/")
        }
    };
    assert!(state.service != Service::Azure || query.contains("api-version=6.0"), "{query}");
    let said = match state.service {
        Service::GitHub | Service::GitLab => &body["body"],
        Service::Azure if method == "POST" => &body["comments"][0]["content"],
        Service::Azure => &body["content"],
        Service::Bitbucket => &body["content"]["raw"],
    };
    match method {
        "GET" if path == root => listed(state, root, query),
        "POST" if path == root => {
            state.made += 1;
            let made = state.made;
            state.comments.push((made, said.as_str().unwrap().to_owned()));
            (201, Vec::new(), json!({ "id": made }).to_string())
        }
        "PATCH" | "PUT" | "DELETE" => {
            let put = matches!(state.service, Service::GitLab | Service::Bitbucket);
            assert!(method == "DELETE" || (method == "PUT") == put, "{method}");
            let id = path.strip_prefix(one).and_then(|id| id.split('/').next()?.parse::<u64>().ok());
            let Some(at) = state.comments.iter().position(|(known, _)| Some(*known) == id) else {
                return (404, Vec::new(), json!({ "message": "Not Found" }).to_string());
            };
            if !state.may_all && id.is_some_and(|id| state.others.contains(&id)) {
                return (403, Vec::new(), json!({ "message": "Forbidden" }).to_string());
            }
            if method == "DELETE" {
                state.comments.remove(at);
                return (204, Vec::new(), String::new());
            }
            said.as_str().unwrap().clone_into(&mut state.comments[at].1);
            (200, Vec::new(), "{}".to_owned())
        }
        _ => (404, Vec::new(), json!({ "message": "Not Found" }).to_string()),
    }
}

/// A page of two comments, and how the host says that there is another.
fn listed(state: &State, root: &str, query: &str) -> Reply {
    let of = |name: &str| {
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<usize>().ok())
    };
    let page = of("page").or_else(|| of("continuationToken")).unwrap_or(1);
    let shown = state.comments.iter().skip((page - 1) * 2).take(2);
    let is_last = state.comments.len() <= page * 2;
    let next = match &state.astray {
        Some(address) => address.clone(),
        None => format!("{}{root}?page={}", state.address, page + 1),
    };
    let comments: Vec<Value> = shown
        .map(|(id, body)| {
            let (who, kind) = if state.others.contains(id) { (OTHER, "User") } else { (OWN, "Bot") };
            match state.service {
                Service::GitHub => {
                    let user = json!({ "id": who, "login": "x", "type": kind });
                    json!({ "id": id, "node_id": format!("N{id}"), "body": body, "user": user })
                }
                Service::GitLab => json!({ "id": id, "body": body, "system": false, "author": { "id": who } }),
                Service::Azure => {
                    let author = json!({ "id": who.to_string() });
                    json!({ "id": id, "comments": [{ "id": 1, "content": body, "author": author }] })
                }
                Service::Bitbucket => {
                    let user = json!({ "uuid": format!("{{{who}}}") });
                    json!({ "id": id, "content": { "raw": body }, "deleted": false, "user": user })
                }
            }
        })
        .collect();
    match state.service {
        Service::GitHub if !is_last => {
            let link = format!("link: <{next}>; rel=\"next\", <{next}>; rel=\"last\"");
            (200, vec![link], json!(comments).to_string())
        }
        Service::GitLab if !is_last => (200, vec![format!("x-next-page: {}", page + 1)], json!(comments).to_string()),
        Service::Azure if !is_last => {
            (200, vec![format!("x-ms-continuationtoken: {}", page + 1)], json!({ "value": comments }).to_string())
        }
        Service::Azure => (200, Vec::new(), json!({ "value": comments }).to_string()),
        Service::Bitbucket if !is_last => (200, Vec::new(), json!({ "values": comments, "next": next }).to_string()),
        Service::Bitbucket => (200, Vec::new(), json!({ "values": comments }).to_string()),
        _ => (200, Vec::new(), json!(comments).to_string()),
    }
}

/// A comment with the mark where each host has it.
fn body(service: Service, text: &str) -> String {
    match service {
        Service::Bitbucket => format!("### {text}\n\n{MARK}\n"),
        _ => format!("{MARK}\n### {text}\n"),
    }
}

fn fault(method: &'static str, status: u16) -> Fault {
    Fault { method, status, body: "{}", ..Fault::default() }
}

/// First it is made, then updated, then left alone; nobody else's comment is touched.
#[test]
fn the_second_run_updates_and_does_not_add() {
    for service in ALL {
        let server = Server::new(service, &["hello", "> <!-- planwise:report -->\nlook"]);
        assert!(server.post(&body(service, "one"), |_| {}).unwrap().ends_with("comment made"), "{service:?}");
        assert!(server.post(&body(service, "two"), |_| {}).unwrap().ends_with("updated"), "{service:?}");
        assert_eq!(server.bodies()[2..], [body(service, "two")], "{service:?}");
        assert!(server.post(&body(service, "two"), |_| {}).unwrap().contains("left as it is"), "{service:?}");
        assert_eq!(server.bodies().len(), 3, "{service:?}");
        assert_eq!(server.sent("POST"), 1, "{service:?}");
    }
}

#[test]
fn the_mark_is_found_on_the_third_page() {
    for service in ALL {
        let old = body(service, "old");
        let server = Server::new(service, &["a", "b", "c", "d", &old]);
        assert!(server.post(&body(service, "new"), |_| {}).unwrap().ends_with("updated"), "{service:?}");
        assert_eq!((server.bodies().len(), server.listed()), (5, 3), "{service:?}");
        assert_eq!(server.bodies()[4], body(service, "new"), "{service:?}");
    }
}

#[test]
fn every_behavior_does_what_it_says() {
    for service in ALL {
        let (old, new) = (body(service, "old"), body(service, "new"));
        let with = |behavior| {
            let server = Server::new(service, &["a", &old, &old]);
            let told = server.post(&new, |job| job.behavior = behavior);
            (server, told)
        };
        let (server, told) = with(Behavior::New);
        assert!(told.is_ok() && server.bodies().len() == 4, "{service:?}");
        let (server, told) = with(Behavior::DeleteAndNew);
        assert_eq!(server.bodies(), ["a".to_owned(), new.clone()], "{service:?}: {told:?}");
        let (server, told) = with(Behavior::HideAndNew);
        if service == Service::GitHub {
            assert_eq!(server.0.lock().unwrap().hidden, ["N2", "N3"], "{told:?}");
            assert_eq!(server.bodies().len(), 4);
        } else {
            assert!(told.unwrap_err().contains("cannot hide"), "{service:?}");
            assert!(server.0.lock().unwrap().log.is_empty(), "{service:?}");
        }
    }
}

#[test]
fn refusals_are_told_once_with_what_to_do() {
    for service in ALL {
        for (status, hint) in [
            (401, "is not valid"),
            (403, "may not write comments"),
            (404, "--pull-request"),
            (409, "run it again"),
            (422, "too long"),
        ] {
            let server = Server::new(service, &[]).with([fault("POST", status)]);
            let problem = server.post(&body(service, "one"), |_| {}).unwrap_err();
            assert!(problem.contains(&format!("status {status}")) && problem.contains(hint), "{service:?}: {problem}");
            assert_eq!(server.sent("POST"), 1, "{service:?} {status}");
        }
    }
    let long =
        r#"{"message":"Validation Failed","errors":[{"message":"body is too long (maximum is 65536 characters)"}]}"#;
    let server = Server::new(Service::GitHub, &[]).with([Fault { body: long, ..fault("POST", 422) }]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err().contains("Validation Failed"));
    // A wrong token is quoted by nobody.
    let told =
        Server::new(Service::GitHub, &[]).post_as("wrong-token", &body(Service::GitHub, "one"), |_| {}).unwrap_err();
    assert!(told.contains("GITHUB_TOKEN") && !told.contains("wrong-token"), "{told}");
    assert!(Server::new(Service::GitLab, &[]).post_as("", "x", |_| {}).unwrap_err().contains("GITLAB_TOKEN"));
}

#[test]
fn what_passes_is_tried_again() {
    for service in ALL {
        let busy = Fault { headers: vec![("retry-after", "0")], ..fault("", 429) };
        let faults = [busy, fault("GET", 502), fault("GET", 503)];
        let server = Server::new(service, &[]).with(faults);
        assert!(server.post(&body(service, "one"), |_| {}).is_ok(), "{service:?}");
        assert_eq!((server.bodies().len(), server.sent("GET")), (1, 4), "{service:?}");
    }
    let secondary = Fault { body: r#"{"message":"You have exceeded a secondary rate limit"}"#, ..fault("POST", 403) };
    let server = Server::new(Service::GitHub, &[]).with([secondary]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).is_ok());
    // The host says when to come back.
    let later = Fault { headers: vec![("Retry-After", "1")], ..fault("POST", 429) };
    let server = Server::new(Service::GitLab, &[]).with([later]);
    let began = Instant::now();
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).is_ok() && began.elapsed() >= Duration::from_secs(1));
    // Later than there is time for is never.
    let never = Fault { headers: vec![("retry-after", "3600")], ..fault("GET", 429) };
    let server = Server::new(Service::GitLab, &[]).with([never]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err().contains("too many requests"));
    // A host that stays broken is given up.
    let server = Server::new(Service::GitHub, &[]).with(vec![fault("GET", 500); 9]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err().contains("status 500"));
    assert_eq!(server.sent("GET"), 4);
}

/// An answer that is lost may be to something that was done: it is looked for, and not done twice.
#[test]
fn a_lost_answer_makes_no_second_comment() {
    for service in ALL {
        let lost = Fault { does: true, ..fault("POST", 502) };
        let server = Server::new(service, &["a"]).with([lost]);
        assert!(server.post(&body(service, "one"), |_| {}).unwrap().ends_with("made"), "{service:?}");
        assert_eq!((server.bodies().len(), server.sent("POST")), (2, 1), "{service:?}");
    }
    let silent = Fault { silent: true, does: true, ..fault("POST", 0) };
    let server = Server::new(Service::GitHub, &[]).with([silent]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).is_ok());
    assert_eq!((server.bodies().len(), server.sent("POST")), (1, 1));
    // What was not done is done then.
    let server = Server::new(Service::GitHub, &[]).with([fault("POST", 502)]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).is_ok());
    assert_eq!((server.bodies().len(), server.sent("POST")), (1, 2));
    // One that is deleted already is deleted.
    let old = body(Service::GitHub, "old");
    let server = Server::new(Service::GitHub, &[&old]).with([Fault { does: true, ..fault("DELETE", 502) }]);
    assert!(server.post(&body(Service::GitHub, "new"), |job| job.behavior = Behavior::DeleteAndNew).is_ok());
    assert_eq!(server.bodies(), [body(Service::GitHub, "new")]);
}

#[test]
fn no_answer_in_time_is_told() {
    let silent = Fault { silent: true, ..fault("GET", 0) };
    let server = Server::new(Service::GitHub, &[]).with([silent.clone()]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).is_ok(), "the second time it answers");
    let server = Server::new(Service::GitHub, &[]).with(vec![silent; 9]);
    let problem = server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err();
    assert!(problem.contains("no answer in time"), "{problem}");
}

#[test]
fn a_dry_run_changes_nothing() {
    for service in ALL {
        let old = body(service, "old");
        let server = Server::new(service, &[&old]);
        let told = server.post(&body(service, "new"), |job| job.dry_run = true).unwrap();
        assert!(told.contains("would be 1") && told.ends_with("updated"), "{told}");
        assert_eq!((server.bodies(), server.listed()), (vec![old], 1));
        let told = server.post_as("", &body(service, "new"), |job| job.dry_run = true).unwrap();
        assert!(told.contains("no token to look with"), "{told}");
    }
}

/// Whoever writes the mark into a comment neither gets the verdict nor keeps it away.
#[test]
fn comments_of_others_are_left_alone() {
    for service in ALL {
        let (old, new) = (body(service, "old"), body(service, "new"));
        for (is_nobodys, may_all) in [(false, true), (false, false), (true, false)] {
            for behavior in [Behavior::Update, Behavior::DeleteAndNew] {
                let case = format!("{service:?} {is_nobodys} {may_all} {behavior:?}");
                let with = |comments: &[&str], others: &[u64]| {
                    let server = Server::new(service, comments).of_others(others);
                    {
                        let mut state = server.0.lock().unwrap();
                        (state.is_nobodys, state.may_all) = (is_nobodys, may_all);
                    }
                    let told = server.post(&new, |job| job.behavior = behavior);
                    assert!(told.is_ok(), "{case}: {told:?}");
                    server.bodies()
                };
                // Somebody else's stays, and ours is made.
                assert_eq!(with(&["a", &old], &[2]), ["a", old.as_str(), &new], "{case}");
                // Of two, ours is the one, wherever it stands.
                let kept = if behavior == Behavior::Update { [&new, &old] } else { [&old, &new] };
                assert_eq!(with(&[&old, &old], &[2]), kept.map(String::as_str), "{case}");
            }
        }
    }
}

/// On GitHub the token of a run is nobody's, and may change all comments: those of programs are ours.
#[test]
fn where_nobody_tells_whose_the_token_is_people_are_left_alone() {
    let (old, new) = (body(Service::GitHub, "old"), body(Service::GitHub, "new"));
    let server = Server::new(Service::GitHub, &[&old, &old]).of_others(&[2]);
    {
        let mut state = server.0.lock().unwrap();
        (state.is_nobodys, state.may_all) = (true, true);
    }
    assert!(server.post(&new, |_| {}).unwrap().ends_with("1 updated"));
    assert_eq!(server.bodies(), [new, old]);
}

/// A comment that is deleted while the others are read is made anew.
#[test]
fn a_comment_that_is_gone_is_made() {
    for service in ALL {
        let (old, new) = (body(service, "old"), body(service, "new"));
        let gone = if matches!(service, Service::GitLab | Service::Bitbucket) { "PUT" } else { "PATCH" };
        let server = Server::new(service, &[&old]).with([fault(gone, 404)]);
        assert!(server.post(&new, |_| {}).unwrap().ends_with("made"), "{service:?}");
        assert_eq!(server.bodies().last(), Some(&new), "{service:?}");
    }
}

/// A token that may write nothing is told all the same.
#[test]
fn a_token_without_rights_is_told() {
    for service in ALL {
        let server = Server::new(service, &[&body(service, "old")]).of_others(&[1]);
        server.0.lock().unwrap().is_nobodys = true;
        let server = server.with([fault("POST", 403)]);
        let problem = server.post(&body(service, "new"), |_| {}).unwrap_err();
        assert!(problem.contains("may not write comments"), "{service:?}: {problem}");
    }
}

#[test]
fn nothing_to_say_makes_no_comment_and_updates_one() {
    let server = Server::new(Service::GitHub, &[]);
    assert!(server.post(&body(Service::GitHub, "clean"), |job| job.only_update = true).unwrap().contains("left out"));
    assert!(server.bodies().is_empty());
    let old = body(Service::GitHub, "old");
    let server = Server::new(Service::GitHub, &[&old]);
    assert!(server.post(&body(Service::GitHub, "clean"), |job| job.only_update = true).unwrap().ends_with("updated"));
}

/// A host that is broken into, or a proxy, may name any next page: the token does not go there.
#[test]
fn the_token_goes_to_no_other_host() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let server = Server::new(Service::GitHub, &["a", "b", "c"]);
    server.0.lock().unwrap().astray = Some(format!("http://{}/x", elsewhere.local_addr().unwrap()));
    let problem = server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err();
    assert!(problem.contains("another host"), "{problem}");
    assert!(elsewhere.accept().is_err(), "nobody came");
}

#[test]
fn what_is_no_api_says_so() {
    let page = Fault { body: "<html>sign in</html>", ..fault("GET", 200) };
    let server = Server::new(Service::GitHub, &[]).with([page]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err().contains("--api-url"));
    let server = Server::new(Service::Azure, &[]).with([fault("GET", 203)]);
    assert!(server.post(&body(Service::GitHub, "one"), |_| {}).unwrap_err().contains("is not valid"));
}
