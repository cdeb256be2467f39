//! `aws_qldb_ledger`: a ledger of changes.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_qldb_ledger", mode: Mode::Managed, noun: "QLDB ledger", describe: inert, tariff: &TARIFF };

/// Billed by requests and by what it stores.
///
/// Source: Amazon QLDB pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "monthly_write_ios", meaning: "writes in a month" },
        UsageKey { key: "monthly_read_ios", meaning: "reads in a month" },
        UsageKey { key: "journal_storage_gb", meaning: "GB of its journal" },
        UsageKey { key: "indexed_storage_gb", meaning: "GB that are indexed" },
    ],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Write I/O",
            "1M requests",
            "aws_qldb_ledger/Write I/O",
            site.usage("monthly_write_ios").map(|used| used / Decimal::from(1_000_000)),
        );
        lines.used(
            "Read I/O",
            "1M requests",
            "aws_qldb_ledger/Read I/O",
            site.usage("monthly_read_ios").map(|used| used / Decimal::from(1_000_000)),
        );
        lines.used("Journal storage", "GB", "aws_qldb_ledger/Journal storage", site.usage("journal_storage_gb"));
        lines.used("Indexed storage", "GB", "aws_qldb_ledger/Indexed storage", site.usage("indexed_storage_gb"));
    }),
    ..Tariff::FREE
};
