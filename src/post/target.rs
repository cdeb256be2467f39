//! Which pull request it is: what was typed, before what the CI system says.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::error::PostError;

/// A host's API.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Service {
    /// GitHub, in the cloud or of one's own.
    #[default]
    GitHub,
    /// GitLab.
    GitLab,
    /// Azure Repos.
    Azure,
    /// Bitbucket Cloud.
    Bitbucket,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The repository.
    pub repository: Option<String>,
    /// The number of the pull request.
    pub number: Option<u64>,
    /// Where the API is.
    pub api: Option<String>,
    /// A file of certificates that are trusted in place of those that are built in.
    pub certificates: Option<PathBuf>,
}

/// A pull request, and the right to comment on it.
#[derive(Clone)]
pub struct Target {
    pub(super) service: Service,
    /// Without a slash at its end.
    pub(super) api: String,
    pub(super) repository: String,
    pub(super) number: u64,
    pub(super) token: String,
    pub(super) token_name: &'static str,
    pub(super) certificates: Option<PathBuf>,
}

/// The token is for nobody's eyes.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("place", &self.place()).finish_non_exhaustive()
    }
}

/// How a request says who sends it.
pub(super) enum Auth {
    None,
    Authorization(String),
}

impl Service {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Azure => "Azure Repos",
            Self::Bitbucket => "Bitbucket",
        }
    }

    /// The variables with a token, the first that is set counts.
    const fn tokens(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &["GITHUB_TOKEN", "GH_TOKEN"],
            Self::GitLab => &["GITLAB_TOKEN"],
            Self::Azure => &["SYSTEM_ACCESSTOKEN", "AZURE_DEVOPS_TOKEN"],
            Self::Bitbucket => &["BITBUCKET_TOKEN"],
        }
    }

    /// The variable with the API's address, and the address where none is set.
    ///
    /// Sources: docs.github.com, "Variables reference"; of the others, scripts of public repositories that read the same
    /// variables; read 2026-11-30.
    const fn api(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::GitHub => ("GITHUB_API_URL", Some("https://api.github.com")),
            Self::GitLab => ("CI_API_V4_URL", Some("https://gitlab.com/api/v4")),
            Self::Azure => ("SYSTEM_COLLECTIONURI", None),
            Self::Bitbucket => ("", Some("https://api.bitbucket.org/2.0")),
        }
    }

    /// The variables with the repository, each as one or as two parts.
    const fn repositories(self) -> &'static [&'static [&'static str]] {
        const ATLANTIS: &[&str] = &["BASE_REPO_OWNER", "BASE_REPO_NAME"];
        match self {
            Self::GitHub => &[&["GITHUB_REPOSITORY"], ATLANTIS],
            // A pipeline of a fork runs elsewhere than its merge request is.
            Self::GitLab => &[&["CI_MERGE_REQUEST_PROJECT_ID"], &["CI_PROJECT_ID"], ATLANTIS],
            Self::Azure => &[&["SYSTEM_TEAMPROJECT", "BUILD_REPOSITORY_ID"], ATLANTIS],
            Self::Bitbucket => {
                &[&["BITBUCKET_REPO_FULL_NAME"], &["BITBUCKET_WORKSPACE", "BITBUCKET_REPO_SLUG"], ATLANTIS]
            }
        }
    }

    /// The variables with the number of the pull request.
    const fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &["PULL_NUM"],
            Self::GitLab => &["CI_MERGE_REQUEST_IID", "PULL_NUM"],
            Self::Azure => &["SYSTEM_PULLREQUEST_PULLREQUESTID", "PULL_NUM"],
            Self::Bitbucket => &["BITBUCKET_PR_ID", "PULL_NUM"],
        }
    }
}

impl Target {
    /// Settles where a comment goes; `variable` gives what the environment says.
    ///
    /// # Errors
    /// When neither what was typed nor the environment tells which pull request it is.
    pub fn find(
        service: Service,
        wanted: Wanted,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, PostError> {
        let (name, usual) = service.api();
        let api = wanted.api.or_else(|| variable(name)).or_else(|| usual.map(str::to_owned));
        let api = api.ok_or_else(|| missing(service, "where its API is", &format!("--api-url, or ${name}")))?;
        let api = api.trim_end_matches('/').to_owned();
        if !(api.starts_with("https://") || api.starts_with("http://")) {
            return Err(PostError::new(format!("{api} is no address"), "write it as https://host/path"));
        }
        let joined = |names: &&[&str]| {
            let parts: Option<Vec<String>> = names.iter().map(|name| variable(name)).collect();
            parts.map(|parts| parts.join("/"))
        };
        let repository = wanted.repository.or_else(|| service.repositories().iter().find_map(joined));
        let repository = repository.ok_or_else(|| missing(service, "which repository it is", "--repo"))?;
        // On Azure a name alone is one of the project that the pipeline is in.
        let project = variable("SYSTEM_TEAMPROJECT").filter(|_| service == Service::Azure && !repository.contains('/'));
        let repository = project.map_or_else(|| repository.clone(), |project| format!("{project}/{repository}"));
        if !is_repository(service, &repository) {
            let shape = if service == Service::Azure { "PROJECT/NAME" } else { "OWNER/NAME" };
            return Err(PostError::new(format!("{repository} is no repository"), format!("write it as {shape}")));
        }
        let typed = |name: &&str| variable(name)?.trim().parse().ok();
        let number = wanted.number.or_else(|| github_number(service, variable));
        let number = number.or_else(|| service.numbers().iter().find_map(typed));
        let number = number.ok_or_else(|| {
            missing(service, "which pull request it is", "--pull-request, or a run that a pull request sets off")
        })?;
        let tokens = service.tokens();
        let token = tokens.iter().find_map(|name| Some((*name, variable(name)?.trim().to_owned())));
        let (token_name, token) = token.unwrap_or((tokens.first().copied().unwrap_or_default(), String::new()));
        Ok(Self { service, api, repository, number, token, token_name, certificates: wanted.certificates })
    }

    /// What people call the pull request.
    pub(super) fn place(&self) -> String {
        let mark = if self.service == Service::GitLab { '!' } else { '#' };
        format!("{} {}{mark}{}", self.service.name(), self.repository, self.number)
    }

    pub(super) fn auth(&self) -> Auth {
        let token = &self.token;
        let basic = |pair: String| Auth::Authorization(format!("Basic {}", STANDARD.encode(pair)));
        match self.service {
            _ if token.is_empty() => Auth::None,
            // A token of a person; the system's own is a bearer's.
            Service::Azure if self.token_name == "AZURE_DEVOPS_TOKEN" => basic(format!(":{token}")),
            // An app password stands behind its user's name.
            Service::Bitbucket if token.contains(':') => basic(token.clone()),
            _ => Auth::Authorization(format!("Bearer {token}")),
        }
    }

    /// The host's name and port, of the API.
    pub(super) fn host(&self) -> &str {
        authority(&self.api).1
    }

    /// Whether an address leads to the same host in the same way.
    pub(super) fn is_same_host(&self, url: &str) -> bool {
        authority(url) == authority(&self.api)
    }

    /// Whether it is this machine.
    pub(super) fn is_local(&self) -> bool {
        let name = self.host().rsplit_once(':').map_or(self.host(), |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Nobody may comment without a token.
    pub(super) fn needs_token(&self) -> Result<(), PostError> {
        if !self.token.is_empty() {
            return Ok(());
        }
        let names = self.service.tokens().join(" or ");
        let problem = format!("there is no token for {}", self.service.name());
        Err(PostError::new(problem, format!("set {names}; it needs {}", self.service.scope())))
    }
}

/// The scheme of an address, and its host with the port.
fn authority(url: &str) -> (&str, &str) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    (scheme, rest.split(['/', '?', '#']).next().unwrap_or_default())
}

fn missing(service: Service, what: &str, how: &str) -> PostError {
    PostError::new(
        format!("nothing says {what}, to post to {}", service.name()),
        format!("name it with {how}; see docs/comment.md"),
    )
}

fn is_repository(service: Service, text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let sound = parts.iter().all(|part| !part.is_empty() && *part != "." && *part != "..");
    let number = match service {
        Service::GitHub | Service::Bitbucket => parts.len() == 2,
        Service::Azure => parts.len() <= 2,
        Service::GitLab => true,
    };
    sound && number
}

/// GitHub tells the number in the event that set the run off, and in the name of the commit that it checks out.
fn github_number(service: Service, variable: &dyn Fn(&str) -> Option<String>) -> Option<u64> {
    if service != Service::GitHub {
        return None;
    }
    let of_ref = || variable("GITHUB_REF")?.strip_prefix("refs/pull/")?.split('/').next()?.parse().ok();
    let of_event = || {
        let event: Value = serde_json::from_slice(&fs::read(variable("GITHUB_EVENT_PATH")?).ok()?).ok()?;
        // A comment on a pull request is an event of an issue.
        let inside = ["pull_request", "issue"].into_iter().find_map(|key| event.get(key)?.get("number")?.as_u64());
        inside.or_else(|| event.get("number")?.as_u64())
    };
    of_ref().or_else(of_event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(service: Service, variables: &[(&str, &str)]) -> Result<Target, PostError> {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Target::find(service, Wanted::default(), &variable)
    }

    #[test]
    fn every_ci_system_says_which_pull_request_it_is() {
        for (service, variables, place, api) in [
            (
                Service::GitHub,
                vec![("GITHUB_REPOSITORY", "o/n"), ("GITHUB_REF", "refs/pull/7/merge")],
                "GitHub o/n#7",
                "https://api.github.com",
            ),
            (
                Service::GitHub,
                vec![
                    ("BASE_REPO_OWNER", "o"),
                    ("BASE_REPO_NAME", "n"),
                    ("PULL_NUM", "8"),
                    ("GITHUB_API_URL", "https://g/api/v3/"),
                ],
                "GitHub o/n#8",
                "https://g/api/v3",
            ),
            (
                Service::GitLab,
                vec![("CI_PROJECT_ID", "12"), ("CI_MERGE_REQUEST_IID", "3"), ("CI_API_V4_URL", "https://l/api/v4")],
                "GitLab 12!3",
                "https://l/api/v4",
            ),
            (
                Service::Azure,
                vec![
                    ("SYSTEM_COLLECTIONURI", "https://dev.azure.com/o/"),
                    ("SYSTEM_TEAMPROJECT", "p"),
                    ("BUILD_REPOSITORY_ID", "r"),
                    ("SYSTEM_PULLREQUEST_PULLREQUESTID", "5"),
                ],
                "Azure Repos p/r#5",
                "https://dev.azure.com/o",
            ),
            (
                Service::Bitbucket,
                vec![("BITBUCKET_WORKSPACE", "w"), ("BITBUCKET_REPO_SLUG", "s"), ("BITBUCKET_PR_ID", "9")],
                "Bitbucket w/s#9",
                "https://api.bitbucket.org/2.0",
            ),
        ] {
            let target = find(service, &variables).unwrap();
            assert_eq!((target.place().as_str(), target.api.as_str()), (place, api));
            assert!(target.needs_token().is_err());
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let problem = |service, variables: &[_]| find(service, variables).unwrap_err().to_string();
        assert!(problem(Service::GitHub, &[]).contains("which repository it is"));
        assert!(problem(Service::GitHub, &[("GITHUB_REPOSITORY", "o/n")]).contains("which pull request it is"));
        assert!(problem(Service::GitHub, &[("GITHUB_REPOSITORY", "o/../n")]).contains("write it as OWNER/NAME"));
        assert!(problem(Service::Azure, &[]).contains("$SYSTEM_COLLECTIONURI"));
    }

    #[test]
    fn tokens_are_not_shown_and_stay_at_their_host() {
        let variables = [("GITHUB_REPOSITORY", "o/n"), ("PULL_NUM", "1"), ("GITHUB_TOKEN", "secret\n")];
        let target = find(Service::GitHub, &variables).unwrap();
        assert!(!format!("{target:?}").contains("secret") && target.token == "secret");
        assert!(target.is_same_host("https://api.github.com/x?page=2"));
        assert!(
            !target.is_same_host("http://api.github.com/x") && !target.is_same_host("https://api.github.com.evil/x")
        );
        assert!(!target.is_same_host("https://api.github.com@evil/x"));
    }
}
