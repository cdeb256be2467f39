//! Who is told under the address of another: what is said of a cluster or of the first of several machines is touched where any
//! part of it is, and goes on under another's address where the first has gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Address;
use crate::topology::{Topology, Workload};

/// What is told under one address.
#[derive(Debug)]
pub(super) struct Group {
    /// That address.
    head: Address,
    /// Equal machines, itself first; of anything else itself alone.
    equals: Vec<Address>,
    /// Everything that it consists of besides.
    parts: Vec<Address>,
}

/// Every group of one world.
pub(super) fn groups(topology: &Topology) -> Vec<Group> {
    let of_workload = |workload: &Workload| Group {
        head: workload.address.clone(),
        equals: workload.equals.clone(),
        parts: workload.members.clone(),
    };
    let clusters = topology.datastores.iter().map(|datastore| Group {
        head: datastore.address.clone(),
        equals: vec![datastore.address.clone()],
        parts: datastore.members.iter().map(|member| member.address.clone()).collect(),
    });
    topology.workloads.iter().map(of_workload).chain(clusters).collect()
}

/// What the groups of both worlds say of addresses.
#[derive(Debug, Default)]
pub(super) struct Kin {
    /// The addresses under which something is told that the plan touches.
    pub(super) touched: BTreeSet<Address>,
    /// Under which address it is told now what was told under another.
    pub(super) heirs: BTreeMap<Address, Address>,
}

impl Kin {
    /// Reads it off the groups before and after; `changes` says whether the plan touches a resource.
    pub(super) fn of(before: &[Group], after: &[Group], changes: &dyn Fn(&Address) -> bool) -> Self {
        let all = || before.iter().chain(after);
        // One that goes touches those that stay, so that it counts for all who were with it. A template does not: others may be
        // made from it as well.
        let is_changed = |group: &&Group| group.equals.iter().chain(&group.parts).any(changes);
        let near: BTreeSet<&Address> = all().filter(is_changed).flat_map(|group| &group.equals).collect();
        let is_near = |group: &&Group| group.equals.iter().any(|address| near.contains(address));
        let touched = all().filter(is_near).map(|group| group.head.clone()).collect();
        let now: BTreeMap<&Address, &Address> =
            after.iter().flat_map(|group| group.equals.iter().map(|address| (address, &group.head))).collect();
        let heir = |group: &Group| {
            let head = *group.equals.iter().find_map(|address| now.get(address))?;
            (*head != group.head).then(|| (group.head.clone(), head.clone()))
        };
        Self { touched, heirs: before.iter().filter_map(heir).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(names: &[&str]) -> Vec<Address> {
        names.iter().map(|name| Address::new(*name)).collect()
    }

    fn group(equals: &[&str], parts: &[&str]) -> Group {
        Group { head: Address::new(equals[0]), equals: addresses(equals), parts: addresses(parts) }
    }

    fn kin(before: &[Group], after: &[Group], changed: &[&str]) -> (Vec<String>, Vec<String>) {
        let kin = Kin::of(before, after, &|address| changed.contains(&address.as_str()));
        let heirs = kin.heirs.iter().map(|(was, is)| format!("{was} {is}")).collect();
        (kin.touched.iter().map(ToString::to_string).collect(), heirs)
    }

    fn told(touched: &[&str], heirs: &[&str]) -> (Vec<String>, Vec<String>) {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        (owned(touched), owned(heirs))
    }

    #[test]
    fn whoever_changes_touches_what_is_told_of_all() {
        let (two, three) = (|| [group(&["a", "b"], &["t"])], || [group(&["a", "b", "c"], &["t"])]);
        assert_eq!(kin(&two(), &three(), &["c"]), told(&["a"], &[]));
        assert_eq!(kin(&three(), &two(), &["c"]), told(&["a"], &[]));
        assert_eq!(kin(&two(), &two(), &["t"]), told(&["a"], &[]));
        assert_eq!(kin(&two(), &two(), &["x"]), told(&[], &[]));
    }

    #[test]
    fn what_is_told_of_the_first_goes_on_with_the_next() {
        let (from_a, from_b) = (|| [group(&["a", "b", "c"], &[])], || [group(&["b", "c"], &[])]);
        assert_eq!(kin(&from_a(), &from_b(), &["a"]), told(&["a", "b"], &["a b"]));
        assert_eq!(kin(&from_b(), &from_a(), &["a"]), told(&["a", "b"], &["b a"]));
    }

    #[test]
    fn a_template_of_two_hands_nothing_from_one_to_the_other() {
        let all = || [group(&["a"], &["t"]), group(&["b"], &["t"])];
        assert_eq!(kin(&all(), &all(), &["a"]), told(&["a"], &[]));
        assert_eq!(kin(&all(), &all(), &["t"]), told(&["a", "b"], &[]));
    }
}
