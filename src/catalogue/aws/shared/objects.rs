//! What objects in S3 cost: by storage class.
//!
//! Source: Amazon S3 pricing, not looked up again; which class moves what: API reference, `Transition`, `StorageClass`.

use crate::facts::{Field, Lines, Near, Record, Relation, Site, UsageKey};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// A storage class.
struct Class {
    /// What bills call it.
    title: &'static str,
    /// What rules call it; empty of the class that everything starts in.
    name: &'static str,
    /// Its lines.
    lines: &'static [Line],
}

struct Line {
    name: &'static str,
    unit: &'static str,
    /// How many of what the usage file counts are one.
    many: u32,
    /// The usage file's key.
    usage: &'static str,
    /// The book's key.
    key: &'static str,
    /// Whether it stands there even if nobody says how much of it there is.
    always: bool,
}

macro_rules! class {
    ($title:literal, $usage:literal, $class:literal, [
        $(($name:literal, $unit:literal, $many:literal, $key:literal, $always:literal),)*
    ]) => {
        Class {
            title: $title,
            name: $class,
            lines: &[$(Line {
                name: $name,
                unit: $unit,
                many: $many,
                usage: concat!($usage, ".", $key),
                key: concat!("aws_s3_bucket/", $title, ": ", $name),
                always: $always,
            },)*],
        }
    };
}

/// S3 Select is closed to new customers since 2024-07-25 (AWS storage blog), so its lines stand there only if somebody uses it.
#[rustfmt::skip]
static CLASSES: [Class; 7] = [
    class!("Standard", "standard", "", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Select data scanned", "GB", 1, "monthly_select_data_scanned_gb", false),
        ("Select data returned", "GB", 1, "monthly_select_data_returned_gb", false),
    ]),
    class!("Intelligent tiering", "intelligent_tiering", "INTELLIGENT_TIERING", [
        ("Storage (frequent access)", "GB", 1, "frequent_access_storage_gb", true),
        ("Storage (infrequent access)", "GB", 1, "infrequent_access_storage_gb", true),
        ("Storage (archive access)", "GB", 1, "archive_access_storage_gb", false),
        ("Storage (deep archive access)", "GB", 1, "deep_archive_access_storage_gb", false),
        ("Monitoring and automation", "1k objects", 1000, "monitored_objects", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Select data scanned", "GB", 1, "monthly_select_data_scanned_gb", false),
        ("Select data returned", "GB", 1, "monthly_select_data_returned_gb", false),
        ("Early delete (within 30 days)", "GB", 1, "early_delete_gb", false),
    ]),
    class!("Standard - infrequent access", "standard_infrequent_access", "STANDARD_IA", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Retrievals", "GB", 1, "monthly_data_retrieval_gb", true),
        ("Select data scanned", "GB", 1, "monthly_select_data_scanned_gb", false),
        ("Select data returned", "GB", 1, "monthly_select_data_returned_gb", false),
    ]),
    class!("One zone - infrequent access", "one_zone_infrequent_access", "ONEZONE_IA", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Retrievals", "GB", 1, "monthly_data_retrieval_gb", true),
        ("Select data scanned", "GB", 1, "monthly_select_data_scanned_gb", false),
        ("Select data returned", "GB", 1, "monthly_select_data_returned_gb", false),
    ]),
    class!("Glacier instant retrieval", "glacier_instant_retrieval", "GLACIER_IR", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Retrievals", "GB", 1, "monthly_data_retrieval_gb", true),
    ]),
    class!("Glacier flexible retrieval", "glacier_flexible_retrieval", "GLACIER", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Retrieval requests (standard)", "1k requests", 1000, "monthly_standard_data_retrieval_requests", true),
        ("Retrievals (standard)", "GB", 1, "monthly_standard_data_retrieval_gb", true),
        ("Select data scanned (standard)", "GB", 1, "monthly_standard_select_data_scanned_gb", false),
        ("Select data returned (standard)", "GB", 1, "monthly_standard_select_data_returned_gb", false),
        ("Retrieval requests (expedited)", "1k requests", 1000, "monthly_expedited_data_retrieval_requests", true),
        ("Retrievals (expedited)", "GB", 1, "monthly_expedited_data_retrieval_gb", true),
        ("Select data scanned (expedited)", "GB", 1, "monthly_expedited_select_data_scanned_gb", false),
        ("Select data returned (expedited)", "GB", 1, "monthly_expedited_select_data_returned_gb", false),
        ("Select data scanned (bulk)", "GB", 1, "monthly_bulk_select_data_scanned_gb", false),
        ("Select data returned (bulk)", "GB", 1, "monthly_bulk_select_data_returned_gb", false),
        ("Early delete (within 90 days)", "GB", 1, "early_delete_gb", false),
    ]),
    class!("Glacier deep archive", "glacier_deep_archive", "DEEP_ARCHIVE", [
        ("Storage", "GB", 1, "storage_gb", true),
        ("PUT, COPY, POST, LIST requests", "1k requests", 1000, "monthly_tier_1_requests", true),
        ("GET, SELECT, and all other requests", "1k requests", 1000, "monthly_tier_2_requests", true),
        ("Lifecycle transition", "1k requests", 1000, "monthly_lifecycle_transition_requests", true),
        ("Retrieval requests (standard)", "1k requests", 1000, "monthly_standard_data_retrieval_requests", true),
        ("Retrievals (standard)", "GB", 1, "monthly_standard_data_retrieval_gb", true),
        ("Retrieval requests (bulk)", "1k requests", 1000, "monthly_bulk_data_retrieval_requests", true),
        ("Retrievals (bulk)", "GB", 1, "monthly_bulk_data_retrieval_gb", true),
        ("Early delete (within 180 days)", "GB", 1, "early_delete_gb", false),
    ]),
];

const MOVES: &[Field] = &[Field::text("storage_class")];

/// What a bucket's own rules say, as they could until version 4 of the provider.
pub(in crate::catalogue::aws) const OWN: &[Field] = &[Field::blocks(
    "lifecycle_rule",
    &[
        Field::flag("enabled"),
        Field::blocks("transition", MOVES),
        Field::blocks("noncurrent_version_transition", MOVES),
    ],
)];

/// What a resource of rules says.
pub(in crate::catalogue::aws) const RULES: &[Field] = &[Field::blocks(
    "rule",
    &[Field::text("status"), Field::blocks("transition", MOVES), Field::blocks("noncurrent_version_transition", MOVES)],
)];

/// What a bucket's bill depends on beside itself.
pub(in crate::catalogue::aws) const NEAR: &[Near] = &[Near::From(Relation::Configures)];

/// Adds what a bucket holds, class by class: the first always, others where a rule moves objects there or somebody says so.
pub(in crate::catalogue::aws) fn objects(site: &Site<'_>, lines: &mut Lines) {
    let mut named: Vec<&str> = moved(site.own(), "lifecycle_rule");
    let (settings, _) = site.from(Relation::Configures);
    for setting in &settings {
        if setting.kind() == "aws_s3_bucket_lifecycle_configuration" {
            named.extend(moved(setting.own(), "rule"));
        }
    }
    for class in &CLASSES {
        let says = |line: &Line| site.usage_text(line.usage).is_some();
        if !(class.name.is_empty() || named.contains(&class.name) || class.lines.iter().any(says)) {
            continue;
        }
        lines.part(class.title);
        for line in class.lines {
            let used = site.usage(line.usage);
            if line.always || used.is_some() {
                lines.used(line.name, line.unit, line.key, used.map(|used| used / Decimal::from(line.many)));
            }
        }
    }
    lines.whole();
    if let Some(tags) = site.usage("object_tags") {
        lines.used("Object tagging", "10k tags", "aws_s3_bucket/Object tagging", Some(tags / Decimal::from(10_000)));
    }
}

/// The classes that rules move objects to, as far as they can be seen. Rules that are switched off move nothing.
fn moved<'r>(record: &'r Record, block: &str) -> Vec<&'r str> {
    let mut named = Vec::new();
    for rule in record.blocks(block).known().copied().unwrap_or_default() {
        let off = if block == "rule" {
            rule.text("status").known().is_some_and(|status| *status == "Disabled")
        } else {
            rule.flag("enabled") == Attr::Set(false)
        };
        if off {
            continue;
        }
        for moves in ["transition", "noncurrent_version_transition"] {
            let moves = rule.blocks(moves).known().copied().unwrap_or_default();
            named.extend(moves.iter().filter_map(|one| one.text("storage_class").into_known()).map(Text::as_str));
        }
    }
    named
}

/// What a usage file may say of a bucket.
pub(in crate::catalogue::aws) const USAGE: &[UsageKey] = &[
    UsageKey { key: "standard.storage_gb", meaning: "GB stored" },
    UsageKey { key: "standard.monthly_tier_1_requests", meaning: "PUT, COPY, POST and LIST requests in a month" },
    UsageKey { key: "standard.monthly_tier_2_requests", meaning: "GET and all other requests in a month" },
    UsageKey { key: "standard.monthly_select_data_scanned_gb", meaning: "GB scanned by S3 Select in a month" },
    UsageKey { key: "standard.monthly_select_data_returned_gb", meaning: "GB returned by S3 Select in a month" },
    UsageKey { key: "intelligent_tiering.frequent_access_storage_gb", meaning: "GB that are read often" },
    UsageKey { key: "intelligent_tiering.infrequent_access_storage_gb", meaning: "GB that are rarely read" },
    UsageKey { key: "intelligent_tiering.archive_access_storage_gb", meaning: "GB in the archive" },
    UsageKey { key: "intelligent_tiering.deep_archive_access_storage_gb", meaning: "GB in the deep archive" },
    UsageKey { key: "intelligent_tiering.monitored_objects", meaning: "objects that are watched" },
    UsageKey {
        key: "intelligent_tiering.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey { key: "intelligent_tiering.monthly_tier_2_requests", meaning: "GET and all other requests in a month" },
    UsageKey {
        key: "intelligent_tiering.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey {
        key: "intelligent_tiering.monthly_select_data_scanned_gb",
        meaning: "GB scanned by S3 Select in a month",
    },
    UsageKey {
        key: "intelligent_tiering.monthly_select_data_returned_gb",
        meaning: "GB returned by S3 Select in a month",
    },
    UsageKey { key: "intelligent_tiering.early_delete_gb", meaning: "GB deleted before their time in a month" },
    UsageKey { key: "standard_infrequent_access.storage_gb", meaning: "GB stored" },
    UsageKey {
        key: "standard_infrequent_access.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey {
        key: "standard_infrequent_access.monthly_tier_2_requests",
        meaning: "GET and all other requests in a month",
    },
    UsageKey {
        key: "standard_infrequent_access.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey { key: "standard_infrequent_access.monthly_data_retrieval_gb", meaning: "GB read in a month" },
    UsageKey {
        key: "standard_infrequent_access.monthly_select_data_scanned_gb",
        meaning: "GB scanned by S3 Select in a month",
    },
    UsageKey {
        key: "standard_infrequent_access.monthly_select_data_returned_gb",
        meaning: "GB returned by S3 Select in a month",
    },
    UsageKey { key: "one_zone_infrequent_access.storage_gb", meaning: "GB stored" },
    UsageKey {
        key: "one_zone_infrequent_access.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey {
        key: "one_zone_infrequent_access.monthly_tier_2_requests",
        meaning: "GET and all other requests in a month",
    },
    UsageKey {
        key: "one_zone_infrequent_access.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey { key: "one_zone_infrequent_access.monthly_data_retrieval_gb", meaning: "GB read in a month" },
    UsageKey {
        key: "one_zone_infrequent_access.monthly_select_data_scanned_gb",
        meaning: "GB scanned by S3 Select in a month",
    },
    UsageKey {
        key: "one_zone_infrequent_access.monthly_select_data_returned_gb",
        meaning: "GB returned by S3 Select in a month",
    },
    UsageKey { key: "glacier_instant_retrieval.storage_gb", meaning: "GB stored" },
    UsageKey {
        key: "glacier_instant_retrieval.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey {
        key: "glacier_instant_retrieval.monthly_tier_2_requests",
        meaning: "GET and all other requests in a month",
    },
    UsageKey {
        key: "glacier_instant_retrieval.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey { key: "glacier_instant_retrieval.monthly_data_retrieval_gb", meaning: "GB read in a month" },
    UsageKey { key: "glacier_flexible_retrieval.storage_gb", meaning: "GB stored" },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_tier_2_requests",
        meaning: "GET and all other requests in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_standard_data_retrieval_requests",
        meaning: "standard retrieval requests in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_standard_data_retrieval_gb",
        meaning: "GB of standard retrievals in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_standard_select_data_scanned_gb",
        meaning: "GB scanned by standard S3 Select in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_standard_select_data_returned_gb",
        meaning: "GB returned by standard S3 Select in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_expedited_data_retrieval_requests",
        meaning: "expedited retrieval requests in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_expedited_data_retrieval_gb",
        meaning: "GB of expedited retrievals in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_expedited_select_data_scanned_gb",
        meaning: "GB scanned by expedited S3 Select in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_expedited_select_data_returned_gb",
        meaning: "GB returned by expedited S3 Select in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_bulk_select_data_scanned_gb",
        meaning: "GB scanned by bulk S3 Select in a month",
    },
    UsageKey {
        key: "glacier_flexible_retrieval.monthly_bulk_select_data_returned_gb",
        meaning: "GB returned by bulk S3 Select in a month",
    },
    UsageKey { key: "glacier_flexible_retrieval.early_delete_gb", meaning: "GB deleted before their time in a month" },
    UsageKey { key: "glacier_deep_archive.storage_gb", meaning: "GB stored" },
    UsageKey {
        key: "glacier_deep_archive.monthly_tier_1_requests",
        meaning: "PUT, COPY, POST and LIST requests in a month",
    },
    UsageKey { key: "glacier_deep_archive.monthly_tier_2_requests", meaning: "GET and all other requests in a month" },
    UsageKey {
        key: "glacier_deep_archive.monthly_lifecycle_transition_requests",
        meaning: "objects moved here by rules in a month",
    },
    UsageKey {
        key: "glacier_deep_archive.monthly_standard_data_retrieval_requests",
        meaning: "standard retrieval requests in a month",
    },
    UsageKey {
        key: "glacier_deep_archive.monthly_standard_data_retrieval_gb",
        meaning: "GB of standard retrievals in a month",
    },
    UsageKey {
        key: "glacier_deep_archive.monthly_bulk_data_retrieval_requests",
        meaning: "bulk retrieval requests in a month",
    },
    UsageKey {
        key: "glacier_deep_archive.monthly_bulk_data_retrieval_gb",
        meaning: "GB of bulk retrievals in a month",
    },
    UsageKey { key: "glacier_deep_archive.early_delete_gb", meaning: "GB deleted before their time in a month" },
    UsageKey { key: "object_tags", meaning: "tags of all objects" },
];
