//! `aws_route53_record`: another name of a database, a cache or a load balancer.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route53_record", mode: Mode::Managed, noun: "DNS record", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["fqdn", "name"]);
    reader.top(Relation::NameOf, "records", MANY, without_root);
    for (slot, alias) in resource.body.blocks("alias").iter().enumerate() {
        reader.within(Relation::NameOf, "alias.name", ONE.slot(slot), alias);
    }
    reader.facts(Part::Alias)
}

/// A name as others have it: `db.example.com.` ends at the root of all names.
fn without_root(name: Text) -> Text {
    name.strip_suffix('.').map(Text::from).unwrap_or(name)
}
