//! `aws_config_organization_managed_rule`: checks the resources of an organisation.

use super::shared::config_rules;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_config_organization_managed_rule",
    mode: Mode::Managed,
    noun: "Config rule",
    describe: inert,
    tariff: &config_rules::TARIFF,
};
