//! data `aws_secretsmanager_secret`: a secret that this plan only reads.

use crate::catalogue::Adapter;
use crate::facts::Tariff;
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_secretsmanager_secret",
    mode: Mode::Data,
    noun: "secret",
    describe: super::secretsmanager_secret::describe,
    tariff: &Tariff::FREE,
};
