//! Which answers are asked for again, and when.

use std::time::Duration;

use super::api::Reply;
use super::error::PostError;
use super::target::{Service, Target};

/// How patient it is.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How often one request is sent at the most.
    pub tries: u32,
    /// How long is waited before the second time; twice as long before each that follows.
    pub first: Duration,
    /// How long one request may take.
    pub timeout: Duration,
    /// How long everything may take together.
    pub total: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            tries: 6,
            first: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            total: Duration::from_secs(180),
        }
    }
}

/// What an answer means.
#[derive(Debug)]
pub(super) enum Meaning {
    /// It is done.
    Done,
    /// It was refused for now, and not done; the host may say when to come back.
    Later(Option<Duration>),
    /// Something broke at the host: it may be done or not.
    Broken(Option<Duration>),
    /// It will not be done.
    Refused,
}

/// What an answer means.
pub(super) fn meaning(reply: &Reply) -> Meaning {
    let after = reply.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    match reply.status {
        // None of these APIs says so that something is done; a page to sign in on may come like this.
        203 => Meaning::Refused,
        200..=299 => Meaning::Done,
        429 => Meaning::Later(after),
        // GitHub's secondary limit is a 403 that says so, or when to come back.
        403 if after.is_some() || holds(reply, b"secondary rate limit") => Meaning::Later(after),
        408 | 500..=599 => Meaning::Broken(after),
        _ => Meaning::Refused,
    }
}

fn holds(reply: &Reply, words: &[u8]) -> bool {
    reply.body.windows(words.len()).any(|part| part.eq_ignore_ascii_case(words))
}

/// How long is waited before the next time, after so many times.
pub(super) fn pause(pace: Pace, tried: u32, asked: Option<Duration>) -> Duration {
    let doubled = pace.first.saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1)));
    // A host that says when is asked no earlier.
    asked.map_or(doubled, |asked| asked.max(pace.first))
}

/// What is wrong where a host refuses, and what to do.
pub(super) fn refusal(target: &Target, reply: &Reply) -> PostError {
    let (name, status, number) = (target.service.name(), reply.status, target.number);
    let said = reply.complaint().map_or_else(String::new, |said| format!(": {said}"));
    let said = if target.token.is_empty() { said } else { said.replace(&target.token, "(token)") };
    let scope = target.service.scope();
    let spent = reply.header("x-ratelimit-remaining") == Some("0");
    let hint = match status {
        203 | 401 => format!("the token in {} is not valid, or has run out", target.token_name),
        403 if spent => "the hour's limit of requests is used up: run it again later".to_owned(),
        403 => format!("the token in {} may not write comments: it needs {scope}", target.token_name),
        404 => format!(
            "is {} the repository and {number} its pull request (--repo, --pull-request)? Without rights for it hosts say the \
             same: the token needs {scope}",
            target.repository
        ),
        409 => "somebody changed it at the same time, or the pull request is locked: run it again".to_owned(),
        413 | 422 | 400 => "is the comment too long for it (--host), or its text not allowed there?".to_owned(),
        300..=399 => "is the repository renamed, or --api-url no longer right?".to_owned(),
        429 => "too many requests: run it again later".to_owned(),
        500..=599 => "the host does not work at present: run it again later".to_owned(),
        _ => "see what its API says of this status".to_owned(),
    };
    PostError::new(format!("{name} refuses with status {status}{said}"), hint).with_status(status)
}

/// What somebody needs who may write comments.
impl Service {
    pub(super) const fn scope(self) -> &'static str {
        match self {
            Self::GitHub => "`pull-requests: write` in the workflow's permissions, or the scope `repo`",
            Self::GitLab => "the scope `api`",
            Self::Azure => "\"Code: read & write\", and the build service the right to \"Contribute to pull requests\"",
            Self::Bitbucket => "the scope `pullrequest:write`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_heed_the_host() {
        let pace = Pace::default();
        let seconds = |tried, asked: Option<u64>| pause(pace, tried, asked.map(Duration::from_secs)).as_secs();
        assert_eq!((seconds(1, None), seconds(2, None), seconds(4, None)), (1, 2, 8));
        assert_eq!((seconds(1, Some(7)), seconds(4, Some(0))), (7, 1));
    }

    #[test]
    fn only_some_answers_are_asked_for_again() {
        let of =
            |status: u16, body: &str| meaning(&Reply { status, body: body.as_bytes().to_vec(), headers: Vec::new() });
        for status in [400, 401, 403, 404, 409, 410, 422, 301] {
            assert!(matches!(of(status, "{}"), Meaning::Refused), "{status}");
        }
        assert!(matches!(of(403, "You have exceeded a secondary rate limit"), Meaning::Later(None)));
        assert!(matches!(of(429, ""), Meaning::Later(None)));
        assert!(matches!(of(502, ""), Meaning::Broken(None)));
        assert!(matches!(of(201, ""), Meaning::Done));
    }
}
