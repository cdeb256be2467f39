//! GitHub's API. Sources, read 2026-11-30: docs.github.com, REST API, comments on pull requests (pages, `Link`); infracost/infracost,
//! internal/comment/github.go at 068dadf (`minimizeComment`, the addresses of servers of one's own); actions/create-github-app-token,
//! issue 258 (that `/user` is refused to the token of an app, and so to that of a run).

use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Call, Comments, Found, Method, Reply, author, encode};
use super::error::PostError;
use super::target::Target;

#[derive(Deserialize)]
struct Comment {
    id: u64,
    node_id: Option<String>,
    body: Option<String>,
    user: Option<User>,
}

/// Somebody, or a program: that of an app is a `Bot`.
#[derive(Deserialize)]
struct User {
    #[serde(default)]
    id: Value,
    #[serde(rename = "type")]
    kind: Option<String>,
}

fn repository(target: &Target) -> String {
    let parts: Vec<String> = target.repository.split('/').map(encode).collect();
    format!("{}/repos/{}", target.api, parts.join("/"))
}

pub(super) fn list(target: &Target) -> String {
    format!("{}/issues/{}/comments?per_page=100", repository(target), target.number)
}

pub(super) fn page(reply: &Reply) -> Result<Comments, PostError> {
    let all: Vec<Comment> = reply.read()?;
    let found = all.into_iter().map(|comment| Found {
        id: comment.id.to_string(),
        node: comment.node_id,
        body: comment.body.unwrap_or_default(),
        author: comment.user.as_ref().and_then(|user| author(&user.id)),
        by_program: comment.user.and_then(|user| user.kind).map(|kind| kind == "Bot"),
    });
    Ok(Comments { found: found.collect(), next: reply.header("link").and_then(next) })
}

/// The address that a `Link` header calls the next: `<https://...>; rel="next", ...`.
pub(super) fn next(link: &str) -> Option<String> {
    let mut parts = link.split(',').map(str::trim);
    let part = parts.find(|part| part.split(';').skip(1).any(|word| word.trim() == "rel=\"next\""))?;
    Some(part.strip_prefix('<')?.split_once('>')?.0.to_owned())
}

pub(super) fn create(target: &Target, body: &str) -> Call {
    let url = format!("{}/issues/{}/comments", repository(target), target.number);
    Call::create(url, json!({ "body": body }))
}

pub(super) fn one(target: &Target, found: &Found) -> String {
    format!("{}/issues/comments/{}", repository(target), found.id)
}

pub(super) fn update(target: &Target, found: &Found, body: &str) -> Call {
    Call::update(Method::Patch, one(target, found), json!({ "body": body }))
}

pub(super) fn hide(target: &Target, found: &Found) -> Option<Call> {
    const QUERY: &str = "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) \
                         { minimizedComment { isMinimized } } }";
    let variables = json!({ "id": found.node.as_ref()? });
    // Servers of one's own have both beside each other: /api/v3 and /api/graphql.
    let root = target.api.strip_suffix("/v3").unwrap_or(&target.api);
    let body = json!({ "query": QUERY, "variables": variables });
    Some(Call { repeatable: true, ..Call::create(format!("{root}/graphql"), body) })
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn links_lead_to_the_next_page() {
        let link =
            r#"<https://a/x?page=1>; rel="prev", <https://a/x?page=3>; rel="next", <https://a/x?page=9>; rel="last""#;
        assert_eq!(next(link).as_deref(), Some("https://a/x?page=3"));
        assert_eq!(next(r#"<https://a/x?page=1>; rel="first""#), None);
    }
}
