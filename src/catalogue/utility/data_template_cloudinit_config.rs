//! `data.template_cloudinit_config`: the older name of `data.cloudinit_config`.

use super::data_cloudinit_config::describe;
use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "template_cloudinit_config",
    mode: Mode::Data,
    noun: "boot script",
    describe,
    tariff: &Tariff::FREE,
};
