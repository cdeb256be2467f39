//! Azure's API. Sources, read 2026-11-30: learn.microsoft.com, Azure DevOps REST API, pull request threads, create; infracost/infracost,
//! `internal/comment/azure_repos.go` at 1fed65a (the rest, and that 6.0 does). Neither speaks of pages: where an answer says that there
//! is more, it is asked for.

use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Call, Comments, Found, Method, Reply, author, encode};
use super::error::PostError;
use super::target::Target;

const VERSION: &str = "api-version=6.0";

#[derive(Deserialize)]
struct Threads {
    #[serde(default)]
    value: Vec<Thread>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thread {
    id: u64,
    #[serde(default)]
    comments: Vec<Comment>,
    #[serde(default)]
    is_deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    id: u64,
    content: Option<String>,
    #[serde(default)]
    is_deleted: bool,
    #[serde(default)]
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    id: Value,
}

fn threads(target: &Target) -> String {
    // The project may be missing where the repository is called by its number.
    let (project, repository) = target.repository.split_once('/').unwrap_or(("", &target.repository));
    let project = if project.is_empty() { String::new() } else { format!("/{}", encode(project)) };
    let (api, number) = (&target.api, target.number);
    format!("{api}{project}/_apis/git/repositories/{}/pullRequests/{number}/threads", encode(repository))
}

pub(super) fn list(target: &Target, continuation: Option<&str>) -> String {
    let more = continuation.map_or_else(String::new, |token| format!("&continuationToken={}", encode(token)));
    format!("{}?{VERSION}{more}", threads(target))
}

/// Of a thread the first comment counts.
pub(super) fn page(target: &Target, reply: &Reply) -> Result<Comments, PostError> {
    let threads: Threads = reply.read()?;
    let found = threads.value.into_iter().filter(|thread| !thread.is_deleted).filter_map(|thread| {
        let comment = thread.comments.into_iter().find(|comment| !comment.is_deleted)?;
        let id = format!("{}/comments/{}", thread.id, comment.id);
        let author = comment.author.and_then(|user| author(&user.id));
        Some(Found { id, body: comment.content.unwrap_or_default(), author, ..Found::default() })
    });
    let next = reply.header("x-ms-continuationtoken").map(str::trim).filter(|token| !token.is_empty());
    Ok(Comments { found: found.collect(), next: next.map(|token| list(target, Some(token))) })
}

/// The thread is closed from the start: an open one may keep the pull request from being completed.
pub(super) fn create(target: &Target, body: &str) -> Call {
    let comment = json!({ "parentCommentId": 0, "content": body, "commentType": "text" });
    let url = format!("{}?{VERSION}", threads(target));
    Call::create(url, json!({ "comments": [comment], "status": "closed" }))
}

pub(super) fn one(target: &Target, found: &Found) -> String {
    format!("{}/{}?{VERSION}", threads(target), found.id)
}

pub(super) fn update(target: &Target, found: &Found, body: &str) -> Call {
    Call::update(Method::Patch, one(target, found), json!({ "content": body }))
}
