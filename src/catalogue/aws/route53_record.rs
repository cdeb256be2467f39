//! `aws_route53_record`: another name of a database, a cache or a load balancer.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route53_record", mode: Mode::Managed, noun: "DNS record", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["fqdn", "name"]);
    reader.links(Relation::NameOf, "records");
    for (slot, alias) in resource.body.blocks("alias").iter().enumerate() {
        reader.within(Relation::NameOf, "alias.name", ONE.slot(slot), alias);
    }
    reader.facts(Part::Alias)
}
