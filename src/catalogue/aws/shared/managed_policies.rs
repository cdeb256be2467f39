//! Policies that AWS keeps: what the common ones let a workload do.

use super::iam;
use crate::facts::Permission;
use crate::model::Why;

/// Whether an ARN names a policy that AWS keeps.
pub(in crate::catalogue::aws) fn is_managed(arn: &str) -> bool {
    name(arn).is_some()
}

/// Adds what the policy allows; one that is not in the table hides what it allows.
pub(in crate::catalogue::aws) fn add(permission: &mut Permission, arn: &str) {
    let Some(name) = name(arn) else { return };
    match POLICIES.iter().find(|(known, _)| *known == name) {
        Some((_, actions)) => {
            // Sources are not named: the policy holds for all of them.
            iam::grant(permission, actions.iter().copied(), usize::MAX);
        }
        None => permission.hidden = Some(Why::Elsewhere),
    }
}

/// `AmazonSSMManagedInstanceCore` in `arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`.
fn name(arn: &str) -> Option<&str> {
    let (head, path) = arn.split_once(":policy/")?;
    head.ends_with(":iam::aws").then(|| path.rsplit('/').next().unwrap_or(path))
}

/// Policies with the actions that matter here. Those that allow everything intend nothing, and allow nothing here.
const POLICIES: &[(&str, &[&str])] = &[("AdministratorAccess", &[])];
