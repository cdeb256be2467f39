//! File systems of Amazon `FSx`: in one zone, or in two.

use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Storage, StorageKind};
use crate::model::{Attr, Resource, Text, Why};

/// Reads a file system that `deployment_type` puts into one zone or into two; `default` is what holds where nothing is set.
///
/// Source: Amazon `FSx` API reference, `CreateFileSystem`, deployment types and `SubnetIds`, read 2026-11-29.
pub(in crate::catalogue::aws) fn read(resource: &Resource<'_>, default: Option<&'static str>) -> Facts {
    let kind = match default {
        Some(default) => resource.text("deployment_type").or_default(default.into()),
        None => resource.text("deployment_type"),
    };
    let spread = kind.as_ref().and_then(|kind| {
        if kind.starts_with("MULTI_AZ") {
            Attr::Set(true)
        } else if kind.starts_with("SINGLE_AZ") {
            Attr::Set(false)
        } else {
            Attr::Unknown(Why::Malformed)
        }
    });
    facts(
        resource,
        spread,
        "deployment_type",
        kind.into_known().unwrap_or_default(),
        "deployment_type = \"MULTI_AZ_1\" in a new file system",
    )
}

/// What all file systems of `FSx` have in common.
pub(in crate::catalogue::aws) fn facts(
    resource: &Resource<'_>,
    spread: Attr<bool>,
    spread_attribute: &'static str,
    spread_value: Text,
    wider: &'static str,
) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "dns_name"]);
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.facts(Part::Storage(Box::new(Storage {
        kind: StorageKind::Files,
        spread,
        spread_attribute,
        spread_value,
        zone: Attr::Unset,
        doors: None,
        wider,
    })))
}
