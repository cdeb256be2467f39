//! Classes of datastores and brokers that have their processors for a share of the time only, and what has them for all of it.
//!
//! - Amazon RDS user guide and Amazon Aurora user guide, DB instance classes, burstable (db.t): read 2023-06-10; what a t3 or t4g
//!   class uses beyond its share is billed, a t2 class stops at it: repost.aws, "per vCPU-Hour of T3 CPU Credits", read 2026-11-29.
//! - Amazon Neptune user guide, T3 burstable instance class: for development and test; read 2026-11-29. `DocumentDB` has the same
//!   classes and bills the same credits: Infracost, `docdb_cluster_instance`, snapshot of 2026-08-21.
//! - Memory of the nodes of `ElastiCache` and `OpenSearch` Service: their lists of 2025-04-24. Classes of Amazon MQ, MSK and `MemoryDB`: their
//!   price lists of 2025-06-01. What becomes of these beyond their share is not looked up, and not said.

use crate::facts::{Beyond, Burst};
use crate::model::{Attr, Mode, Resource, Text};

/// The classes of one service.
struct Service {
    prefix: &'static str,
    suffix: &'static str,
    /// Family, sizes, and the classes of at least the same memory that come next.
    rows: &'static [(&'static str, &'static [&'static str], &'static [&'static str])],
    /// Families that go on beyond their share, and are billed for it.
    billed: &'static [&'static str],
    /// Families that stop at their share.
    stops: &'static [&'static str],
    caution: &'static str,
    source: &'static str,
}

const SMALL: &[&str] = &["micro", "small", "medium", "large"];
const ENGINE: &str = "the engine's version has to support the class, and the change restarts the machine";

static DATABASES: Service = Service {
    prefix: "db.",
    suffix: "",
    rows: &[
        ("t1", SMALL, &["m5.large"]),
        ("t2", SMALL, &["m5.large"]),
        ("t3", SMALL, &["m5.large"]),
        ("t4g", SMALL, &["m6g.large"]),
        ("t2", &["xlarge"], &["r5.large", "m5.xlarge"]),
        ("t3", &["xlarge"], &["r5.large", "m5.xlarge"]),
        ("t4g", &["xlarge"], &["r6g.large", "m6g.xlarge"]),
        ("t2", &["2xlarge"], &["r5.xlarge", "m5.2xlarge"]),
        ("t3", &["2xlarge"], &["r5.xlarge", "m5.2xlarge"]),
        ("t4g", &["2xlarge"], &["r6g.xlarge", "m6g.2xlarge"]),
    ],
    billed: &["t3", "t4g"],
    stops: &["t2"],
    caution: ENGINE,
    source: "DB instance classes, Amazon RDS user guide",
};

/// Those of Aurora, `DocumentDB` and Neptune, which have no m classes.
static CLUSTERS: Service = Service {
    rows: &[("t2", SMALL, &["r5.large"]), ("t3", SMALL, &["r5.large"]), ("t4g", SMALL, &["r6g.large"])],
    source: "DB instance classes, Amazon Aurora user guide",
    ..DATABASES
};

static CACHES: Service = Service {
    prefix: "cache.",
    suffix: "",
    rows: &[
        ("t1", SMALL, &["m5.large"]),
        ("t2", SMALL, &["m5.large"]),
        ("t3", SMALL, &["m5.large"]),
        ("t4g", SMALL, &["m6g.large"]),
    ],
    billed: &[],
    stops: &[],
    caution: "the engine's version has to support the node type",
    source: "ElastiCache node types, 2025-04-24",
};

static IN_MEMORY: Service = Service {
    prefix: "db.",
    rows: &[("t4g", SMALL, &["r6g.large"])],
    caution: "",
    source: "MemoryDB price list, 2025-06-01",
    ..CACHES
};

static SEARCH: Service = Service {
    prefix: "",
    suffix: ".search",
    rows: &[("t2", SMALL, &["m5.large"]), ("t3", SMALL, &["m5.large"])],
    caution: "the engine's version has to support the instance type; the domain is moved to new machines",
    source: "OpenSearch Service instance types, 2025-04-24",
    ..CACHES
};

static OLDER_SEARCH: Service = Service { suffix: ".elasticsearch", ..SEARCH };

static BROKERS: Service = Service {
    prefix: "mq.",
    rows: &[("t2", SMALL, &["m5.large"]), ("t3", SMALL, &["m5.large"])],
    caution: "the broker is restarted with it",
    source: "Amazon MQ price list, 2025-06-01",
    ..CACHES
};

static STREAMS: Service = Service {
    prefix: "kafka.",
    rows: &[("t3", SMALL, &["m5.large"])],
    caution: "the brokers are restarted one after the other",
    source: "Amazon MSK price list, 2025-06-01",
    ..CACHES
};

/// Who says such a class: type, attribute, and the service whose classes these are.
static SAYS_CLASS: &[(&str, &str, &Service)] = &[
    ("aws_db_instance", "instance_class", &DATABASES),
    ("aws_rds_cluster_instance", "instance_class", &CLUSTERS),
    ("aws_docdb_cluster_instance", "instance_class", &CLUSTERS),
    ("aws_neptune_cluster_instance", "instance_class", &CLUSTERS),
    ("aws_elasticache_cluster", "node_type", &CACHES),
    ("aws_elasticache_replication_group", "node_type", &CACHES),
    ("aws_memorydb_cluster", "node_type", &IN_MEMORY),
    ("aws_opensearch_domain", "cluster_config.instance_type", &SEARCH),
    ("aws_elasticsearch_domain", "cluster_config.instance_type", &OLDER_SEARCH),
    ("aws_mq_broker", "host_instance_type", &BROKERS),
    ("aws_msk_cluster", "broker_node_group_info.instance_type", &STREAMS),
];

/// What is said of a class that lives on credits; also where the class cannot be seen.
pub(super) fn of(resource: &Resource<'_>) -> Option<Burst> {
    let (_, attribute, service) = SAYS_CLASS.iter().find(|(kind, ..)| *kind == resource.kind)?;
    if resource.mode != Mode::Managed {
        return None;
    }
    let class = match attribute.split_once('.') {
        Some((block, name)) => resource.body.block(block).map_or(Attr::Unset, |block| block.text(name)),
        None => resource.text(attribute),
    };
    service.burst(class, attribute)
}

impl Service {
    fn burst(&self, class: Attr<Text>, attribute: &'static str) -> Option<Burst> {
        let (caution, source) = (self.caution, self.source);
        let (steady, beyond) = match &class {
            Attr::Unset => return None,
            Attr::Unknown(_) => (Vec::new(), Beyond::Unsaid),
            Attr::Set(class) => {
                let (family, size) = class.strip_prefix(self.prefix)?.strip_suffix(self.suffix)?.split_once('.')?;
                let row = self.rows.iter().find(|(own, sizes, _)| *own == family && sizes.contains(&size));
                let (.., others) = row?;
                let name = |other: &&str| Text::from(format!("{}{other}{}", self.prefix, self.suffix));
                let beyond = if self.billed.contains(&family) {
                    Beyond::Billed
                } else if self.stops.contains(&family) {
                    Beyond::Stops
                } else {
                    Beyond::Unsaid
                };
                (others.iter().map(name).collect(), beyond)
            }
        };
        Some(Burst { attribute, class, beyond, steady, caution, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(service: &Service, class: &str) -> Option<Vec<String>> {
        let burst = service.burst(Attr::Set(class.into()), "class")?;
        Some(burst.steady.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn who_lives_on_credits() {
        assert_eq!(steady(&DATABASES, "db.t3.medium"), Some(vec!["db.m5.large".to_owned()]));
        assert_eq!(
            steady(&DATABASES, "db.t4g.xlarge"),
            Some(vec!["db.r6g.large".to_owned(), "db.m6g.xlarge".to_owned()])
        );
        assert_eq!(steady(&CLUSTERS, "db.t4g.medium"), Some(vec!["db.r6g.large".to_owned()]));
        assert_eq!(steady(&SEARCH, "t3.small.search"), Some(vec!["m5.large.search".to_owned()]));
        assert_eq!(steady(&BROKERS, "mq.t3.micro"), Some(vec!["mq.m5.large".to_owned()]));
        for (service, class) in [
            (&DATABASES, "db.m5.large"),
            (&DATABASES, "db.serverless"),
            (&CACHES, "cache.r6g.large"),
            (&SEARCH, "m5.large.search"),
            (&STREAMS, "kafka.m5.large"),
        ] {
            assert_eq!(steady(service, class), None, "{class}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_steady() {
        let burst = DATABASES.burst(Attr::Unknown(crate::model::Why::Computed), "instance_class").unwrap();
        assert!(burst.class.why_unknown().is_some() && burst.steady.is_empty());
        assert!(DATABASES.burst(Attr::Unset, "instance_class").is_none());
    }
}
