//! What machines cost, however they are started: by themselves, in groups, as nodes of a cluster.

mod address;
mod disk;
mod fargate;
mod machine;
mod mixed;
mod strategy;
mod template;

pub(in crate::catalogue::aws) use address::{address, cross_zone};
pub(in crate::catalogue::aws) use disk::Disk;
pub(in crate::catalogue::aws) use fargate::{Task, size_in_words};
pub(in crate::catalogue::aws) use machine::{CROSS_ZONE, GROUP_USAGE, MACHINE_USAGE, Machine, group_units, vcpus};
pub(in crate::catalogue::aws) use mixed::{Mixed, POLICY, all_spare};
pub(in crate::catalogue::aws) use strategy::{STRATEGY, Shares};
pub(in crate::catalogue::aws) use template::{CONFIGURATION, INSTANCE, TEMPLATE};
