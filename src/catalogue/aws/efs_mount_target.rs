//! `aws_efs_mount_target`: where a file system is reached from one zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_efs_mount_target",
    mode: Mode::Managed,
    noun: "EFS mount target",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "mount_target_dns_name", "ip_address"]);
    reader.link(Relation::DoorOf, "file_system_id");
    reader.link(Relation::InSubnet, "subnet_id");
    reader.links(Relation::GuardedBy, "security_groups");
    reader.facts(Part::Door)
}
