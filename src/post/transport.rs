//! The network: one request after the other, within a time.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use ureq::config::RedirectAuthHeaders;
use ureq::http::Request;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error};

use super::api::{Call, Method, Reply};
use super::error::PostError;
use super::retry::{Meaning, Pace, meaning, pause, refusal};
use super::target::{Auth, Target};

/// More than this is no answer of an API.
const MOST: u64 = 32 << 20;

/// A connection to a host.
pub(super) struct Line<'t> {
    agent: Agent,
    target: &'t Target,
    pace: Pace,
    began: Instant,
}

/// What became of a request.
pub(super) enum Sent {
    /// It is done.
    Done(Reply),
    /// It cannot be told whether it is done.
    Unclear(PostError),
}

impl<'t> Line<'t> {
    pub(super) fn new(target: &'t Target, pace: Pace) -> Result<Self, PostError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(pace.timeout))
            .max_redirects(3)
            .max_redirects_will_error(false)
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .user_agent(concat!("planwise/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = &target.certificates {
            config = config.tls_config(TlsConfig::builder().root_certs(roots(path)?).build());
        }
        // Nothing on this machine is behind a proxy.
        if target.is_local() {
            config = config.proxy(None);
        }
        Ok(Self { agent: config.build().new_agent(), target, pace, began: Instant::now() })
    }

    /// Sends a request until it is done or refused, or the time is over.
    pub(super) fn send(&self, call: &Call) -> Result<Sent, PostError> {
        let mut tried = 0;
        loop {
            tried += 1;
            let (problem, asked) = match self.once(call)? {
                Ok(reply) => match meaning(&reply) {
                    Meaning::Done => return Ok(Sent::Done(reply)),
                    // Deleted the first time, though the answer was lost.
                    Meaning::Refused if call.method == Method::Delete && tried > 1 && reply.status == 404 => {
                        return Ok(Sent::Done(reply));
                    }
                    Meaning::Refused => return Err(refusal(self.target, &reply)),
                    Meaning::Later(asked) => (refusal(self.target, &reply), asked),
                    Meaning::Broken(_) if !call.repeatable => return Ok(Sent::Unclear(refusal(self.target, &reply))),
                    Meaning::Broken(asked) => (refusal(self.target, &reply), asked),
                },
                Err(problem) if !call.repeatable => return Ok(Sent::Unclear(problem)),
                Err(problem) => (problem, None),
            };
            if !self.wait(tried, asked) {
                return Err(problem);
            }
        }
    }

    /// Asks once for what may as well stay unknown.
    pub(super) fn ask(&self, call: &Call) -> Option<Reply> {
        let reply = self.once(call).ok()?.ok()?;
        matches!(meaning(&reply), Meaning::Done).then_some(reply)
    }

    /// Waits before another time; does not where there is none.
    pub(super) fn wait(&self, tried: u32, asked: Option<Duration>) -> bool {
        let pause = pause(self.pace, tried, asked);
        let left = self.pace.total.saturating_sub(self.began.elapsed());
        if tried >= self.pace.tries || pause >= left {
            return false;
        }
        std::thread::sleep(pause);
        true
    }

    /// One time: an answer, or what is in the way for now.
    fn once(&self, call: &Call) -> Result<Result<Reply, PostError>, PostError> {
        let target = self.target;
        if !target.is_same_host(&call.url) {
            return Err(PostError::new(
                format!("{} names a next page on another host", target.service.name()),
                "the token is not sent there; is --api-url the address that the host calls itself by?",
            ));
        }
        let mut request = Request::builder()
            .method(match call.method {
                Method::Get => "GET",
                Method::Post => "POST",
                Method::Put => "PUT",
                Method::Patch => "PATCH",
                Method::Delete => "DELETE",
            })
            .uri(&call.url)
            .header("accept", "application/json");
        request = match target.auth() {
            Auth::None => request,
            Auth::Authorization(value) => request.header("authorization", value),
        };
        let wrong = |_: ureq::http::Error| {
            PostError::new(
                "the request cannot be written",
                format!("is {} an address, and {} a token without line ends?", target.api, target.token_name),
            )
        };
        let sent = match &call.body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body.to_string());
                self.agent.run(request.map_err(wrong)?)
            }
            None => self.agent.run(request.body(()).map_err(wrong)?),
        };
        let mut response = match sent {
            Ok(response) => response,
            Err(error) => return self.failure(&error).map(Err),
        };
        let headers = response.headers().iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        match response.body_mut().with_config().limit(MOST).read_to_vec() {
            Ok(body) => Ok(Ok(Reply { status, headers, body })),
            Err(error) => self.failure(&error).map(Err),
        }
    }

    /// What is in the way: for now, or for good.
    fn failure(&self, error: &Error) -> Result<PostError, PostError> {
        let name = self.target.host();
        let at = |what: &str, hint: &str| PostError::new(format!("{name}: {what}"), hint.to_owned());
        match error {
            Error::Timeout(_) => Ok(at("no answer in time", "is it reachable from here?")),
            Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                Ok(at("no answer in time", "is it reachable from here?"))
            }
            Error::HostNotFound => Ok(at("no such host", "is --api-url right, and may this machine reach it?")),
            Error::Io(error) => Ok(at(
                &format!("the connection breaks: {}", error.kind()),
                "may this machine reach it? HTTPS_PROXY and NO_PROXY are heeded",
            )),
            Error::ConnectionFailed | Error::Protocol(_) => {
                Ok(at("the connection breaks", "may this machine reach it?"))
            }
            Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => Err(at(
                "its certificate is not trusted",
                "for an authority of one's own let SSL_CERT_FILE name a file with its certificate",
            )),
            Error::RedirectFailed | Error::TooManyRedirects => {
                Err(at("it leads elsewhere", "is the repository renamed, or --api-url no longer right?"))
            }
            _ => Err(at("the request cannot be sent", "is --api-url an address such as https://host/api?")),
        }
    }
}

/// The certificates of a file.
fn roots(path: &Path) -> Result<RootCerts, PostError> {
    let wrong = |what: String| {
        PostError::new(format!("{}: {what}", path.display()), "SSL_CERT_FILE names a file of certificates, as PEM")
    };
    let text = fs::read(path).map_err(|error| wrong(format!("it cannot be read: {}", error.kind())))?;
    let all = parse_pem(&text).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return Err(wrong("it holds no certificate".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&all))
}
