//! Who is told under the address of another: what is said of a cluster or of the first of several machines is touched where any
//! part of it is.

use std::collections::BTreeSet;

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
        Self { touched }
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

    fn touched(before: &[Group], after: &[Group], changed: &[&str]) -> Vec<String> {
        let kin = Kin::of(before, after, &|address| changed.contains(&address.as_str()));
        kin.touched.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn whoever_changes_touches_what_is_told_of_all() {
        let (two, three) = (|| [group(&["a", "b"], &["t"])], || [group(&["a", "b", "c"], &["t"])]);
        assert_eq!(touched(&two(), &three(), &["c"]), ["a"]);
        assert_eq!(touched(&three(), &two(), &["c"]), ["a"]);
        assert_eq!(touched(&two(), &two(), &["t"]), ["a"]);
        assert_eq!(touched(&two(), &two(), &["x"]), Vec::<String>::new());
        assert_eq!(touched(&three(), &[group(&["b", "c"], &["t"])], &["a"]), ["a", "b"]);
    }

    #[test]
    fn a_template_of_two_hands_nothing_from_one_to_the_other() {
        let all = || [group(&["a"], &["t"]), group(&["b"], &["t"])];
        assert_eq!(touched(&all(), &all(), &["a"]), ["a"]);
        assert_eq!(touched(&all(), &all(), &["t"]), ["a", "b"]);
    }
}
