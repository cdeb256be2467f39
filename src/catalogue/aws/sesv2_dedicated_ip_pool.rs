//! `aws_sesv2_dedicated_ip_pool`: sends mail from addresses of its own.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sesv2_dedicated_ip_pool",
    mode: Mode::Managed,
    noun: "dedicated addresses",
    describe: inert,
    tariff: &TARIFF,
};

/// By the address and month, or by the pool.
static TARIFF: Tariff =
    Tariff { charge: Charge::NotPriced("billed by its addresses, and planwise has no prices of them"), ..Tariff::FREE };
