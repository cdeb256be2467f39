//! `aws_iot_topic_rule`: acts on what devices say.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_iot_topic_rule", mode: Mode::Managed, noun: "IoT rule", describe: inert, tariff: &TARIFF };

/// By the message and the action.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("billed by the messages of devices, and planwise has no prices of them"),
    ..Tariff::FREE
};
