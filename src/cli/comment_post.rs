//! `planwise comment --post`: what was typed and what the CI system says, for the module that speaks to hosts.

use std::io::Write;

use super::args::HostName;
use super::commands::CliError;
use super::comment::{BehaviorName, PostArgs};
use crate::post::{self, Behavior, Job, Pace, Service, Target, Wanted};

impl From<HostName> for Service {
    fn from(name: HostName) -> Self {
        match name {
            HostName::Github => Self::GitHub,
            HostName::Gitlab => Self::GitLab,
            HostName::Azure => Self::Azure,
            HostName::Bitbucket => Self::Bitbucket,
        }
    }
}

impl From<BehaviorName> for Behavior {
    fn from(name: BehaviorName) -> Self {
        match name {
            BehaviorName::Update => Self::Update,
            BehaviorName::New => Self::New,
            BehaviorName::HideAndNew => Self::HideAndNew,
            BehaviorName::DeleteAndNew => Self::DeleteAndNew,
        }
    }
}

/// Posts a comment, or says what would be done.
pub(super) fn post(
    args: &PostArgs,
    (marker, body): (&str, &str),
    is_clean: bool,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let wanted = Wanted {
        repository: args.repo.clone(),
        number: args.pull_request,
        api: args.api_url.clone(),
        certificates: std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()).map(Into::into),
    };
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let target = Target::find(args.post.unwrap_or_default().into(), wanted, &variable)?;
    let job = Job {
        target: &target,
        marker,
        body,
        behavior: args.behavior.into(),
        only_update: args.skip_clean && is_clean,
        dry_run: args.dry_run,
    };
    let done = post::post(&job, Pace::default())?;
    writeln!(out, "{done}")?;
    if args.dry_run {
        writeln!(out, "\n{}", body.trim_end())?;
    }
    Ok(())
}
