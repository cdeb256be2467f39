//! What a run goes by: the command line before `planwise.yaml`, that before the policy that it names, and that before the
//! rules' own defaults.

use std::path::{Path, PathBuf};

use super::args::{ConfigArgs, RepositoryArgs, RuleArgs};
use super::commands::CliError;
use crate::config::{self, Config, Costs};
use crate::facts::Declarations;
use crate::finding::{RuleMeta, Severity};
use crate::policy::{Exemptions, FailOn, PACKS, Policy, RuleSettings, pack, today, unknown};
use crate::report::Basis;
use crate::repository::{self, Repository};
use crate::rules;

/// All of it, settled.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Which rules apply, how strictly, and who is exempted.
    pub(super) policy: Policy,
    /// What no plan shows.
    pub(super) declared: Declarations,
    /// What somebody chose, in words.
    pub(super) basis: Option<Basis>,
    /// The mildest severity that fails the run.
    pub(super) fail_on: Option<Severity>,
    /// What the configuration says of costs, and the folder that it stands in.
    pub(super) costs: (Costs, PathBuf),
    /// Where it says that things are in the repository.
    pub(super) repository: repository::Settings,
}

fn metas() -> Vec<&'static RuleMeta> {
    rules::all().into_iter().map(|rule| &rule.meta).collect()
}

/// The configuration file that was named, or is found, and its folder.
fn configuration(args: &ConfigArgs, known: &[&RuleMeta]) -> Result<Option<(Config, PathBuf)>, CliError> {
    let found = match &args.config {
        _ if args.no_config => None,
        Some(path) => Some((path.clone(), path.display().to_string())),
        // Without a working directory there is nothing to find.
        None => std::env::current_dir().ok().and_then(|folder| config::find(&folder)),
    };
    let Some((path, name)) = found else { return Ok(None) };
    let text = std::fs::read_to_string(&path)
        .map_err(|source| CliError::ConfigFile { name: name.clone(), kind: source.kind() })?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Some((Config::read(&name, &text, known)?, folder)))
}

/// What a policy changes that is called by the name of a pack, or is a file in `folder`; `asked_by` says who calls it so.
fn with(
    settings: RuleSettings,
    policy: &str,
    (asked_by, folder): (&str, &Path),
    known: &[&RuleMeta],
) -> Result<RuleSettings, CliError> {
    if let Some(pack) = pack(policy) {
        return Ok(settings.with(&format!("policies/{policy}.yaml"), pack.text, known)?);
    }
    match std::fs::read_to_string(folder.join(policy)) {
        Ok(text) => Ok(settings.with(policy, &text, known)?),
        Err(_) if !policy.contains(['/', '\\', '.']) => {
            Err(unknown(asked_by, "policy", policy, PACKS.iter().map(|pack| pack.name)).into())
        }
        Err(error) => Err(CliError::PolicyFile { name: policy.to_owned(), kind: error.kind() }),
    }
}

/// The configuration file and its folder, where nothing is judged.
pub(super) fn configured(args: &ConfigArgs) -> Result<Option<(Config, PathBuf)>, CliError> {
    configuration(args, &metas())
}

/// Looks into the configuration file at `path`, or into the one that is found, and into the policy that it names; gives its name.
pub(super) fn examined(path: Option<&PathBuf>) -> Result<String, CliError> {
    let metas = metas();
    let args = ConfigArgs { config: path.cloned(), no_config: false };
    let (mut config, folder) = configuration(&args, &metas)?.ok_or(CliError::NoConfig)?;
    let mut settings = RuleSettings::built_in(&metas)?;
    if let Some(policy) = config.policy.take() {
        settings = with(settings, &policy, (&config.name, &folder), &metas)?;
    }
    config.over(settings, &metas)?;
    Ok(config.name)
}

/// What no plan shows, where nothing is judged.
pub(super) fn declared(args: &ConfigArgs) -> Result<Declarations, CliError> {
    let config = configured(args)?;
    Ok(Declarations::new(config.map(|(config, _)| config.declared).unwrap_or_default()))
}

/// Settles what judging goes by.
pub(super) fn chosen(args: &RuleArgs, beside: &ConfigArgs, fail_on: Option<FailOn>) -> Result<Chosen, CliError> {
    let metas = metas();
    let mut settings = RuleSettings::built_in(&metas)?;
    let mut base = "default".to_owned();
    let (mut exemptions, mut declared, mut file) = (Exemptions::default(), Vec::new(), None);
    let mut costs = (Costs::default(), PathBuf::new());
    let mut repository = repository::Settings::default();
    if let Some((mut config, folder)) = configuration(beside, &metas)? {
        // A policy on the command line takes its place.
        if let Some(policy) = config.policy.take().filter(|_| args.policy.is_none()) {
            settings = with(settings, &policy, (&config.name, &folder), &metas)?;
            base = policy;
        }
        settings = config.over(settings, &metas)?;
        exemptions.list = if args.no_ignore { Vec::new() } else { config.exemptions };
        declared = config.declared;
        file = Some(config.name);
        repository = repository::Settings { folder: folder.clone(), ..config.repository };
        costs = (config.costs, folder);
    }
    if let Some(policy) = &args.policy {
        settings = with(settings, policy, ("--policy", Path::new("")), &metas)?;
        base.clone_from(policy);
    }
    exemptions.as_of = args.as_of.or_else(|| exemptions.ask_for_the_day().then(today));
    let fail_on = fail_on.or_else(|| settings.fail_on()).map_or(Some(Severity::High), |fail_on| fail_on.0);
    let policy = Policy {
        only: args.only.clone(),
        skip: args.skip.clone(),
        min_severity: args.min_severity,
        rules: settings,
        exemptions,
        no_ignore: args.no_ignore,
        as_of: Some(args.as_of.unwrap_or_else(today)),
    };
    if !metas.iter().any(|meta| policy.applies(meta)) {
        return Err(CliError::NoRule);
    }
    let chose = file.is_some() || args.policy.is_some();
    let basis = chose.then_some(Basis { config: file, policy: base });
    Ok(Chosen { policy, declared: Declarations::new(declared), basis, fail_on, costs, repository })
}

/// What lies in the repository that was named, or that holds the plans.
pub(super) fn beside(
    args: &RepositoryArgs,
    plans: &[PathBuf],
    settings: &repository::Settings,
) -> Result<Option<Repository>, CliError> {
    let wanted = repository::Wanted { folder: args.repo.clone(), none: args.no_repo };
    let tree = repository::find(&wanted, plans)?;
    Ok(tree.map(|tree| Repository::read(tree, settings)))
}
