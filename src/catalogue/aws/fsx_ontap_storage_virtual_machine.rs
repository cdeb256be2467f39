//! `aws_fsx_ontap_storage_virtual_machine`: a way into an ONTAP file system, with names of its own.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_ontap_storage_virtual_machine",
    mode: Mode::Managed,
    noun: "ONTAP storage virtual machine",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    for endpoint in resource.body.get("endpoints").visible_blocks() {
        for protocol in ["nfs", "smb", "iscsi"].iter().flat_map(|name| endpoint.get(name).visible_blocks()) {
            if let Attr::Set(name) = protocol.text("dns_name") {
                reader.name(name);
            }
        }
    }
    reader.link(Relation::NameOf, "file_system_id");
    reader.facts(Part::Alias)
}
