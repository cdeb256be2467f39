//! Rules of security groups, in their three styles.

use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{PortRange, Relation, SecurityGroup, SecurityRule};
use crate::model::{Attr, Body, Only, Resource, View};

/// The ports of a rule: `-1` and protocols without ports mean all of them.
pub(in crate::catalogue::aws) fn ports(
    protocol: &Attr<crate::model::Text>,
    from: Attr<i64>,
    to: Attr<i64>,
) -> Attr<PortRange> {
    match protocol {
        Attr::Set(protocol) if protocol == "-1" || protocol == "all" => {
            return Attr::Set(PortRange::ALL);
        }
        Attr::Set(protocol) if !matches!(protocol.as_str(), "tcp" | "6") => {
            // Databases speak TCP; a rule for another protocol lets nobody reach one.
            return Attr::Set(PortRange { first: -1, last: -1 });
        }
        Attr::Unknown(why) => return Attr::Unknown(*why),
        Attr::Set(_) | Attr::Unset => {}
    }
    match (from, to) {
        (Attr::Set(-1), _) => Attr::Set(PortRange::ALL),
        (Attr::Set(first), Attr::Set(last)) => Attr::Set(PortRange { first, last }),
        (Attr::Set(first), Attr::Unset) => Attr::Set(PortRange { first, last: first }),
        (Attr::Unknown(why), _) | (_, Attr::Unknown(why)) => Attr::Unknown(why),
        (Attr::Unset, _) => Attr::Set(PortRange::ALL),
    }
}

/// Reads the inline rules of a security group.
pub(in crate::catalogue::aws) fn inline(reader: &mut Reader<'_, '_>, resource: &Resource<'_>) -> SecurityGroup {
    let mut group = SecurityGroup::default();
    let view = resource.body.get("ingress");
    // Rules of their own are resources of their own; a group without inline rules shows "known only after apply".
    group.hidden = view.presence().why_unknown().is_some() && !resource.leaves_open("ingress");
    for (slot, rule) in view.visible_blocks().into_iter().enumerate() {
        let from = rule.int("from_port");
        let mut how = MANY.slot(slot);
        if let Attr::Set(port) = from {
            how = how.only(Only::Constant("from_port", port));
        }
        let ports = ports(&rule.text("protocol"), from, rule.int("to_port"));
        reader.within(Relation::Admits, "ingress.security_groups", how, &rule);
        group.admits.push(SecurityRule {
            ports,
            cidrs: texts(&rule, &["cidr_blocks", "ipv6_cidr_blocks"]),
            own: rule.bool("self") == Attr::Set(true),
            slot: how.slot,
            unseen: CIDRS.iter().any(|name| hides(rule.get(name), false))
                || LISTS.iter().any(|name| hides(rule.get(name), true)),
        });
    }
    group
}

/// Reads a rule of its own.
pub(in crate::catalogue::aws) fn lone(
    reader: &mut Reader<'_, '_>,
    resource: &Resource<'_>,
    protocol: &str,
    peer: &'static str,
    cidrs: &[&str],
) -> SecurityGroup {
    let body = &resource.body;
    reader.link(Relation::RuleOf, "security_group_id");
    reader.top(Relation::Admits, peer, ONE, |group| group);
    let rule = SecurityRule {
        ports: ports(&resource.text(protocol), resource.int("from_port"), resource.int("to_port")),
        cidrs: texts(body, cidrs),
        own: body.bool("self") == Attr::Set(true),
        slot: 0,
        unseen: CIDRS.iter().any(|name| !resource.leaves_open(name) && hides(body.get(name), false))
            || LISTS.iter().any(|name| !resource.leaves_open(name) && hides(body.get(name), true)),
    };
    SecurityGroup { admits: vec![rule], hidden: false, default: false }
}

fn texts(body: &Body<'_>, names: &[&str]) -> Vec<crate::model::Text> {
    let all = names.iter().map(|name| body.get(name)).map(View::texts);
    all.filter_map(Attr::into_known).flatten().filter_map(Attr::into_known).collect()
}

/// Attributes that hold ranges of addresses, and those that name lists of ranges.
const CIDRS: &[&str] = &["cidr_blocks", "cidr_ipv4"];
const LISTS: &[&str] = &["prefix_list_ids", "prefix_list_id"];

/// Whether such an attribute lets in, or may let in, ranges that cannot be seen.
fn hides(view: View<'_>, is_list: bool) -> bool {
    match view.presence() {
        Attr::Unset => false,
        Attr::Unknown(_) => true,
        Attr::Set(()) => match view.texts() {
            Attr::Set(texts) => texts.iter().any(|text| is_list || text.why_unknown().is_some()),
            Attr::Unset | Attr::Unknown(_) => is_list,
        },
    }
}
