//! Helper providers, which belong to no cloud: what they make passes on what it is made from. Generated list: `make lists`.

mod cloudinit_config;
mod data_cloudinit_config;
mod data_template_cloudinit_config;
mod data_template_file;

use super::Adapter;

#[rustfmt::skip]
pub(super) static ALL: &[&Adapter] = &[
    &cloudinit_config::ADAPTER,
    &data_cloudinit_config::ADAPTER,
    &data_template_cloudinit_config::ADAPTER,
    &data_template_file::ADAPTER,
];
