//! `aws_ecs_task_definition`: what a task is made of.

use super::shared::containers;
use super::shared::machines::Task;
use super::shared::mesh::RETIREMENT;
use super::shared::volumes;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Charge, Facts, LinkValue, MeshUse, Part, Relation, Stated, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ecs_task_definition",
    mode: Mode::Managed,
    noun: "ECS task definition",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "arn_without_revision", "family"]);
    if let (Attr::Set(family), Attr::Set(revision)) = (resource.text("family"), resource.text("revision")) {
        reader.name(format!("{family}:{revision}"));
    }
    reader.link(Relation::ActsAs, "task_role_arn");
    reader.link(Relation::PlumbsAs, "execution_role_arn");
    for (kind, attribute) in FILES {
        mounts(&mut reader, resource, kind, attribute);
    }
    let mut template =
        containers::read(&mut reader, "container_definitions", resource.body.get("container_definitions"));
    // Default bridge: Amazon ECS task definition parameters, networkMode.
    template.host_network =
        matches!(resource.text("network_mode").or_default("bridge".into()), Attr::Set(mode) if mode != "awsvpc");
    template.spares = spares(resource);
    // The block names the mesh; what an image is called is less.
    template.mesh = match template.mesh.take() {
        Some(known) if known.certain || known.retirement.is_some() => Some(known),
        other => proxied(resource).or(other),
    };
    template.volumes = volumes::of_task(resource);
    reader.facts(Part::Template(Box::new(template)))
}

/// Whether its tasks can run on spare capacity: those with Windows cannot.
///
/// Source: Amazon ECS developer guide, Fargate capacity providers, considerations, read 2026-11-29. That page keeps out ARM64 as
/// well; the newer API reference, `CapacityProviderStrategyItem`, takes it from platform version 1.4.0 on.
fn spares(resource: &Resource<'_>) -> Option<Stated<bool>> {
    const SYSTEM: &str = "runtime_platform.operating_system_family";
    let system = match resource.body.get("runtime_platform").presence() {
        Attr::Unknown(why) => Attr::Unknown(why),
        _ => resource.body.block("runtime_platform").map_or(Attr::Unset, |one| one.text("operating_system_family")),
    };
    let spares = system.map(|system| !system.starts_with("WINDOWS"));
    (!spares.is_unset() && spares != Attr::Set(true)).then(|| Stated::plan(SYSTEM, spares))
}

/// A proxy that takes all traffic of a task, as App Mesh has it: Amazon ECS API reference, `ProxyConfiguration`, read 2026-11-29;
/// it knows no other type.
fn proxied(resource: &Resource<'_>) -> Option<Box<MeshUse>> {
    let proxy = resource.body.get("proxy_configuration").visible_blocks().into_iter().next()?;
    let value = proxy.text("type").into_known().unwrap_or_else(|| "APPMESH".into());
    let attribute = "proxy_configuration";
    Some(Box::new(MeshUse { attribute, value, mesh: None, retirement: Some(&RETIREMENT), certain: false }))
}

/// Volumes that lie on a file system elsewhere; all others are the task's own.
const FILES: [(&str, &str); 2] = [
    ("efs_volume_configuration", "volume.efs_volume_configuration.file_system_id"),
    (
        "fsx_windows_file_server_volume_configuration",
        "volume.fsx_windows_file_server_volume_configuration.file_system_id",
    ),
];

/// Links the file systems of one kind that its tasks mount.
fn mounts(reader: &mut Reader<'_, '_>, resource: &Resource<'_>, kind: &str, attribute: &'static str) {
    let (mut known, mut hidden, mut why) = (Vec::new(), 0, None);
    for files in resource.body.get("volume").visible_blocks().iter().flat_map(|volume| volume.blocks(kind)) {
        match files.text("file_system_id") {
            Attr::Set(id) => known.push(id),
            Attr::Unset => {}
            Attr::Unknown(reason) => {
                hidden += 1;
                why = Some(reason);
            }
        }
    }
    match why {
        Some(why) => reader.value(Relation::Mounts, attribute, MANY, LinkValue::Partly { known, hidden, why }),
        None if known.is_empty() => {}
        None => reader.value(Relation::Mounts, attribute, MANY, LinkValue::Known(known)),
    }
}

/// Its tasks are billed with whoever starts them.
pub(super) static TARIFF: Tariff = Tariff { reads: Task::READS, charge: Charge::Elsewhere, ..Tariff::FREE };
