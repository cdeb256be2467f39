//! `cloudinit_config`: as its data source.

use super::data_cloudinit_config::describe;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "cloudinit_config", mode: Mode::Managed, noun: "boot script", describe, tariff: &Tariff::FREE };
