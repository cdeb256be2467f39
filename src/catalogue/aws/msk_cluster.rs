//! `aws_msk_cluster`: Kafka brokers inside the network.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, Part, Relation, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_msk_cluster", mode: Mode::Managed, noun: "MSK cluster", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&[
        "arn",
        "id",
        "cluster_name",
        "bootstrap_brokers",
        "bootstrap_brokers_tls",
        "bootstrap_brokers_sasl_iam",
    ]);
    for brokers in resource.body.blocks("broker_node_group_info") {
        reader.within(Relation::InSubnet, "broker_node_group_info.client_subnets", MANY, &brokers);
        reader.within(Relation::GuardedBy, "broker_node_group_info.security_groups", MANY, &brokers);
    }
    reader.facts(Part::Source(Box::new(Source::always(SourceKind::Stream))))
}
