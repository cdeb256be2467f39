//! What units find beside their own disk: volumes of tasks, and disks of machines.

use serde_json::Value;

use crate::facts::{Mount, Volume, VolumeKind};
use crate::model::{Attr, Body, Resource, Text, Why, holds_hole};

/// The volumes of an ECS task definition.
///
/// Source: Amazon ECS API reference, `Volume` and `DockerVolumeConfiguration` (a `shared` one outlives its task on the machine,
/// a `task` one does not; the driver may lead to another place), read 2026-11-29.
pub(in crate::catalogue::aws) fn of_task(resource: &Resource<'_>) -> Vec<Volume> {
    let blocks = resource.body.get("volume").visible_blocks();
    blocks.iter().map(of_block).collect()
}

fn of_block(block: &Body<'_>) -> Volume {
    let name = block.text("name").into_known().unwrap_or_default();
    let volume = |kind, path, attribute| Volume { name, kind, path, attribute };
    let has = |kind: &str| !block.get(kind).presence().is_unset() && !block.get(kind).visible_blocks().is_empty();
    let shared =
        ["efs_volume_configuration", "fsx_windows_file_server_volume_configuration", "s3files_volume_configuration"];
    if shared.into_iter().any(has) {
        return volume(Attr::Set(VolumeKind::Shared), Text::default(), "volume");
    }
    if let Some(docker) = block.block("docker_volume_configuration") {
        const SCOPE: &str = "volume.docker_volume_configuration.scope";
        // Default task: API reference of DockerVolumeConfiguration, scope.
        let scope = docker.text("scope").or_default("task".into());
        let kind = match (scope, docker.text("driver").or_default("local".into())) {
            (_, Attr::Set(driver)) if driver != "local" => Attr::Unknown(Why::Elsewhere),
            // The options of the local driver may name a server of files.
            _ if !docker.get("driver_opts").presence().is_unset() => Attr::Unknown(Why::Elsewhere),
            (Attr::Set(scope), _) if scope == "shared" => Attr::Set(VolumeKind::Machine),
            (Attr::Unknown(why), _) | (_, Attr::Unknown(why)) => Attr::Unknown(why),
            _ => Attr::Set(VolumeKind::Unit),
        };
        return volume(kind, Text::default(), SCOPE);
    }
    match block.text("host_path") {
        Attr::Set(path) if !path.is_empty() => volume(Attr::Set(VolumeKind::Machine), path, "volume.host_path"),
        Attr::Unknown(why) => volume(Attr::Unknown(why), Text::default(), "volume.host_path"),
        _ => volume(Attr::Set(VolumeKind::Unit), Text::default(), "volume"),
    }
}

/// The mount points of a container definition.
pub(in crate::catalogue::aws) fn mounts(points: Option<Vec<Value>>) -> Attr<Vec<Mount>> {
    let text = |point: &Value, name: &str| point.get(name).and_then(Value::as_str).map(Text::from);
    let mut mounts = Vec::new();
    for point in points.unwrap_or_default() {
        let (volume, path) = (text(&point, "sourceVolume"), text(&point, "containerPath"));
        let (Some(volume), Some(path)) = (volume, path) else { continue };
        if holds_hole(&volume) || holds_hole(&path) {
            return Attr::Unknown(Why::Computed);
        }
        let reads_only = matches!(point.get("readOnly"), Some(Value::Bool(true)));
        mounts.push(Mount { volume, path, reads_only });
    }
    Attr::Set(mounts)
}

/// The file systems of a function.
pub(in crate::catalogue::aws) fn of_function(body: &Body<'_>) -> (Vec<Volume>, Vec<Mount>) {
    let mut found = (Vec::new(), Vec::new());
    for files in body.blocks("file_system_config") {
        let Attr::Set(path) = files.text("local_mount_path") else { continue };
        let (name, attribute) = (path.clone(), "file_system_config.local_mount_path");
        found.1.push(Mount { volume: name.clone(), path, reads_only: false });
        found.0.push(Volume { name, kind: Attr::Set(VolumeKind::Shared), path: Text::default(), attribute });
    }
    found
}

/// Under which names images have their root disk: Amazon EC2 user guide, device names for volumes, not looked up again.
const ROOTS: [&str; 2] = ["/dev/sda1", "/dev/xvda"];

/// The disks of machines that are made from a launch template, as far as they are no scratch space that goes with its machine.
///
/// Source: Amazon EC2 user guide, instance store volumes, `ephemeral[0-23]`; API reference of `EbsBlockDevice`,
/// `DeleteOnTermination`; read 2026-11-29. Where nothing says whether a disk goes with its machine, nothing is said here.
pub(in crate::catalogue::aws) fn of_template(resource: &Resource<'_>) -> Vec<Volume> {
    let mut found = Vec::new();
    for mapping in resource.body.get("block_device_mappings").visible_blocks() {
        let device = mapping.text("device_name").into_known().unwrap_or_default();
        if mapping.text("virtual_name").known().is_some_and(|name| name.starts_with("ephemeral")) {
            found.push(disk(&device, VolumeKind::Fleeting, "block_device_mappings.virtual_name"));
        }
        let stays =
            mapping.block("ebs").is_some_and(|ebs| ebs.text("delete_on_termination") == Attr::Set("false".into()));
        if stays && !ROOTS.contains(&device.as_str()) {
            found.push(disk(&device, VolumeKind::LeftBehind, "block_device_mappings.ebs.delete_on_termination"));
        }
    }
    found
}

/// The same of a launch configuration.
pub(in crate::catalogue::aws) fn of_configuration(resource: &Resource<'_>) -> Vec<Volume> {
    let device = |block: &Body<'_>| block.text("device_name").into_known().unwrap_or_default();
    let named =
        |block: &&Body<'_>| block.text("virtual_name").known().is_some_and(|name| name.starts_with("ephemeral"));
    let left = |block: &&Body<'_>| block.bool("delete_on_termination") == Attr::Set(false);
    let fleeting = resource.body.get("ephemeral_block_device").visible_blocks();
    let fleeting = fleeting.iter().filter(named);
    let fleeting =
        fleeting.map(|block| disk(&device(block), VolumeKind::Fleeting, "ephemeral_block_device.virtual_name"));
    let stays = resource.body.get("ebs_block_device").visible_blocks();
    let stays = stays.iter().filter(left);
    let stays =
        stays.map(|block| disk(&device(block), VolumeKind::LeftBehind, "ebs_block_device.delete_on_termination"));
    fleeting.chain(stays).collect()
}

fn disk(device: &Text, kind: VolumeKind, attribute: &'static str) -> Volume {
    Volume { name: device.clone(), kind: Attr::Set(kind), path: Text::default(), attribute }
}
