//! `aws_amplify_app`: builds and serves a web application.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_amplify_app", mode: Mode::Managed, noun: "Amplify app", describe: inert, tariff: &TARIFF };

/// By the minute of a build, and by what is stored and served.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("billed by builds and by what is served, and planwise has no prices of them"),
    ..Tariff::FREE
};
