//! What the clouds have to offer for what rules advise.

use std::sync::LazyLock;

use super::adapter::tariff;
use crate::facts::{Near, Offer, Offers, Relation, Value};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// What the cloud of a type has to offer.
pub(super) fn of(kind: &str) -> Option<&'static Offers> {
    kind.starts_with("aws_").then(|| &*AWS)
}

static AWS: LazyLock<Offers> = LazyLock::new(|| Offers {
    interface_endpoint: Offer {
        kind: "aws_vpc_endpoint",
        tariff: tariff("aws_vpc_endpoint"),
        near: None,
        fill: |zones| {
            let subnets = (0..zones).map(|at| Attr::Set(Text::from(format!("subnet-{at}"))));
            vec![
                ("vpc_endpoint_type", Value::Text("Interface".into())),
                ("subnet_ids", Value::Texts(subnets.collect())),
            ]
        },
        gigabytes: Some("monthly_data_processed_gb"),
    },
    pooler: Offer {
        kind: "aws_db_proxy",
        tariff: tariff("aws_db_proxy"),
        near: Some(Near::To(Relation::PoolsFor)),
        fill: |_| Vec::new(),
        gigabytes: None,
    },
    public_address: Offer {
        kind: "aws_eip",
        tariff: tariff("aws_eip"),
        near: None,
        fill: |_| Vec::new(),
        gigabytes: None,
    },
    // The smallest class with two nodes; Valkey is the cheaper engine in the price book.
    session_store: Offer {
        kind: "aws_elasticache_replication_group",
        tariff: tariff("aws_elasticache_replication_group"),
        near: None,
        fill: |_| {
            vec![
                ("node_type", Value::Text("cache.t4g.micro".into())),
                ("engine", Value::Text("valkey".into())),
                ("num_cache_clusters", Value::Number(Decimal::TWO)),
            ]
        },
        gigabytes: None,
    },
    cross_zone: "monthly_cross_zone_gb",
});
