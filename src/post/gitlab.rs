//! GitLab's API. Sources, read 2026-11-30: infracost/infracost, internal/comment/gitlab.go at 11581b6 (the path, `X-Next-Page`, the
//! token as a bearer's); python-gitlab's documentation, notes (they are changed and deleted).

use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Call, Comments, Found, Method, Reply, author, encode};
use super::error::PostError;
use super::target::Target;

#[derive(Deserialize)]
struct Note {
    id: u64,
    #[serde(default)]
    body: String,
    /// Written by GitLab itself.
    #[serde(default)]
    system: bool,
    #[serde(default)]
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    id: Value,
}

fn notes(target: &Target) -> String {
    format!("{}/projects/{}/merge_requests/{}/notes", target.api, encode(&target.repository), target.number)
}

pub(super) fn list(target: &Target, page: &str) -> String {
    format!("{}?per_page=100&sort=asc&page={page}", notes(target))
}

pub(super) fn page(target: &Target, reply: &Reply) -> Result<Comments, PostError> {
    let all: Vec<Note> = reply.read()?;
    let found = all.into_iter().filter(|note| !note.system);
    let found = found.map(|note| Found {
        id: note.id.to_string(),
        body: note.body,
        author: note.author.and_then(|user| author(&user.id)),
        ..Found::default()
    });
    let is_page = |page: &&str| !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit());
    let next = reply.header("x-next-page").map(str::trim).filter(is_page);
    Ok(Comments { found: found.collect(), next: next.map(|page| list(target, page)) })
}

pub(super) fn create(target: &Target, body: &str) -> Call {
    Call::create(notes(target), json!({ "body": body }))
}

pub(super) fn one(target: &Target, found: &Found) -> String {
    format!("{}/{}", notes(target), found.id)
}

pub(super) fn update(target: &Target, found: &Found, body: &str) -> Call {
    Call::update(Method::Put, one(target, found), json!({ "body": body }))
}
