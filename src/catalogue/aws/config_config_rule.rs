//! `aws_config_config_rule`: checks resources when they change.

use super::shared::config_rules;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_config_config_rule",
    mode: Mode::Managed,
    noun: "Config rule",
    describe: inert,
    tariff: &config_rules::TARIFF,
};
