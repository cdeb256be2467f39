//! data `aws_db_proxy`: a proxy that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_proxy",
    mode: Mode::Data,
    noun: "RDS Proxy",
    describe: super::db_proxy::describe,
    tariff: &Tariff::FREE,
};
