//! `aws_default_subnet`: the subnet that the default network has in a zone.

use crate::catalogue::Adapter;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_default_subnet", mode: Mode::Managed, noun: "subnet", describe: super::subnet::describe };
