//! What hosts have in common: requests and answers, comments, pages of them.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::PostError;
use super::target::{Service, Target};
use super::{azure, bitbucket, github, gitlab};

/// How a request changes things.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) body: Option<Value>,
    /// Whether doing it twice does the same as doing it once.
    pub(super) repeatable: bool,
}

impl Call {
    pub(super) fn get(url: String) -> Self {
        Self { method: Method::Get, url, body: None, repeatable: true }
    }

    pub(super) fn delete(url: String) -> Self {
        Self { method: Method::Delete, url, body: None, repeatable: true }
    }

    /// Makes something: twice would be two of it.
    pub(super) fn create(url: String, body: Value) -> Self {
        Self { method: Method::Post, url, body: Some(body), repeatable: false }
    }

    pub(super) fn update(method: Method, url: String, body: Value) -> Self {
        Self { method, url, body: Some(body), repeatable: true }
    }
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// The headers that count, by their names in small letters.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as what it should be.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, PostError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            PostError::new(
                format!("the host's answer is not what its API promises: {error}"),
                "is --api-url the address of its API, and not of its pages?",
            )
        })
    }

    /// Whether an answer of GraphQL tells of errors: its status does not.
    pub(super) fn complains(&self) -> bool {
        let value: Option<Value> = serde_json::from_slice(&self.body).ok();
        value.is_none_or(|value| value.get("errors").is_some_and(|errors| !errors.is_null()))
    }

    /// What the host says of an error, in a line.
    pub(super) fn complaint(&self) -> Option<String> {
        const MOST: usize = 200;
        let value: Value = serde_json::from_slice(&self.body).ok()?;
        let first = value.get("errors").and_then(|errors| errors.get(0));
        let said = ["message", "error"].into_iter().find_map(|key| value.get(key)).or(first)?;
        let said = said.get("message").unwrap_or(said);
        let text = said.as_str().map_or_else(|| said.to_string(), str::to_owned);
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
        (!text.trim().is_empty()).then_some(text)
    }
}

/// A comment that is there.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Found {
    /// What its address ends with.
    pub(super) id: String,
    /// Its number in GraphQL.
    pub(super) node: Option<String>,
    pub(super) body: String,
    /// Whose it is, by what does not change with a name.
    pub(super) author: Option<String>,
    /// Whether a program wrote it, where the host says so.
    pub(super) by_program: Option<bool>,
}

/// A page of comments, and the address of the next.
#[derive(Debug, Default)]
pub(super) struct Comments {
    pub(super) found: Vec<Found>,
    pub(super) next: Option<String>,
}

/// Asks whose the token is. Some tokens may not: that of a run on GitHub is nobody's.
pub(super) fn own(target: &Target) -> Call {
    let path = match target.service {
        Service::GitHub | Service::GitLab | Service::Bitbucket => "/user",
        Service::Azure => "/_apis/connectionData",
    };
    Call::get(format!("{}{path}", target.api))
}

/// Whose the token is, by what the authors of comments are known by; nothing where the answer does not tell.
pub(super) fn owner(target: &Target, reply: &Reply) -> Option<String> {
    let value: Value = serde_json::from_slice(&reply.body).ok()?;
    let id = match target.service {
        Service::GitHub | Service::GitLab => value.get("id"),
        Service::Azure => value.get("authenticatedUser").and_then(|user| user.get("id")),
        Service::Bitbucket => value.get("uuid"),
    };
    author(id?)
}

/// A number or a text by which somebody is known.
pub(super) fn author(id: &Value) -> Option<String> {
    match id {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.to_ascii_lowercase()),
        _ => None,
    }
}

/// The first page of comments.
pub(super) fn list(target: &Target) -> Call {
    Call::get(match target.service {
        Service::GitHub => github::list(target),
        Service::GitLab => gitlab::list(target, "1"),
        Service::Azure => azure::list(target, None),
        Service::Bitbucket => bitbucket::list(target),
    })
}

/// Reads a page of comments.
pub(super) fn page(target: &Target, reply: &Reply) -> Result<Comments, PostError> {
    match target.service {
        Service::GitHub => github::page(reply),
        Service::GitLab => gitlab::page(target, reply),
        Service::Azure => azure::page(target, reply),
        Service::Bitbucket => bitbucket::page(reply),
    }
}

/// Makes a comment.
pub(super) fn create(target: &Target, body: &str) -> Call {
    match target.service {
        Service::GitHub => github::create(target, body),
        Service::GitLab => gitlab::create(target, body),
        Service::Azure => azure::create(target, body),
        Service::Bitbucket => bitbucket::create(target, body),
    }
}

/// Gives a comment another body.
pub(super) fn update(target: &Target, found: &Found, body: &str) -> Call {
    match target.service {
        Service::GitHub => github::update(target, found, body),
        Service::GitLab => gitlab::update(target, found, body),
        Service::Azure => azure::update(target, found, body),
        Service::Bitbucket => bitbucket::update(target, found, body),
    }
}

/// Deletes a comment.
pub(super) fn delete(target: &Target, found: &Found) -> Call {
    Call::delete(match target.service {
        Service::GitHub => github::one(target, found),
        Service::GitLab => gitlab::one(target, found),
        Service::Azure => azure::one(target, found),
        Service::Bitbucket => bitbucket::one(target, found),
    })
}

/// Hides a comment, where the host can.
pub(super) fn hide(target: &Target, found: &Found) -> Option<Call> {
    (target.service == Service::GitHub).then(|| github::hide(target, found)).flatten()
}

/// A part of a path, with what would end it in another spelling.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths_end_nowhere_else() {
        assert_eq!(encode("group/sub/a b"), "group%2Fsub%2Fa%20b");
        assert_eq!(encode("a?b#c%"), "a%3Fb%23c%25");
    }

    #[test]
    fn a_token_is_somebodys_or_nobodys() {
        let told = |service, text: &str| {
            let wanted = super::super::Wanted {
                repository: Some("a/b".to_owned()),
                number: Some(1),
                api: Some("https://host/api/".to_owned()),
                certificates: None,
            };
            let target = Target::find(service, wanted, &|_| None).unwrap();
            (own(&target).url, owner(&target, &Reply { body: text.as_bytes().to_vec(), ..Reply::default() }))
        };
        let user = |path: &str, id: &str| (format!("https://host/api{path}"), Some(id.to_owned()));
        assert_eq!(told(Service::GitHub, r#"{"id": 7, "login": "x"}"#), user("/user", "7"));
        assert_eq!(told(Service::GitLab, r#"{"id": 7}"#), user("/user", "7"));
        assert_eq!(told(Service::Bitbucket, r#"{"uuid": "{A-1}"}"#), user("/user", "{a-1}"));
        let azure = r#"{"authenticatedUser": {"id": "0A"}}"#;
        assert_eq!(told(Service::Azure, azure), user("/_apis/connectionData", "0a"));
        assert_eq!(told(Service::GitHub, r#"{"message": "no"}"#).1, None);
        assert_eq!(told(Service::GitHub, "<html>").1, None);
    }

    #[test]
    fn complaints_are_one_short_line() {
        let reply = |text: &str| Reply { body: text.as_bytes().to_vec(), ..Reply::default() };
        assert_eq!(reply(r#"{"message":"a\nb"}"#).complaint().unwrap(), "a b");
        assert_eq!(reply(r#"{"error":{"message":"no"}}"#).complaint().unwrap(), "no");
        assert_eq!(reply(r#"{"message":{"body":["too long"]}}"#).complaint().unwrap(), r#"{"body":["too long"]}"#);
        assert_eq!(reply("<html>").complaint(), None);
    }
}
