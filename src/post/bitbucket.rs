//! Bitbucket Cloud's API. Source: infracost/infracost, internal/comment/bitbucket.go at 2c3465f, read 2026-11-30.

use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Call, Comments, Found, Method, Reply, author, encode};
use super::error::PostError;
use super::target::Target;

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    values: Vec<Comment>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Comment {
    id: u64,
    #[serde(default)]
    content: Content,
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    uuid: Value,
}

#[derive(Default, Deserialize)]
struct Content {
    #[serde(default)]
    raw: String,
}

fn comments(target: &Target) -> String {
    let parts: Vec<String> = target.repository.split('/').map(encode).collect();
    format!("{}/repositories/{}/pullrequests/{}/comments", target.api, parts.join("/"), target.number)
}

pub(super) fn list(target: &Target) -> String {
    comments(target)
}

pub(super) fn page(reply: &Reply) -> Result<Comments, PostError> {
    let Listed { values, next } = reply.read()?;
    let found = values.into_iter().filter(|comment| !comment.deleted);
    let found = found.map(|comment| Found {
        id: comment.id.to_string(),
        body: comment.content.raw,
        author: comment.user.and_then(|user| author(&user.uuid)),
        ..Found::default()
    });
    Ok(Comments { found: found.collect(), next })
}

pub(super) fn create(target: &Target, body: &str) -> Call {
    Call::create(comments(target), json!({ "content": { "raw": body } }))
}

pub(super) fn one(target: &Target, found: &Found) -> String {
    format!("{}/{}", comments(target), found.id)
}

pub(super) fn update(target: &Target, found: &Found, body: &str) -> Call {
    Call::update(Method::Put, one(target, found), json!({ "content": { "raw": body } }))
}
