//! `aws_waf_web_acl`: looks at requests to `CloudFront`; the first generation.

use super::shared::firewall_rules;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_waf_web_acl",
    mode: Mode::Managed,
    noun: "web firewall",
    describe: inert,
    tariff: &firewall_rules::CLASSIC,
};
