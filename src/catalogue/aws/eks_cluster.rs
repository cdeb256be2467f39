//! `aws_eks_cluster`: where pods run together.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eks_cluster", mode: Mode::Managed, noun: "EKS cluster", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["name", "id", "arn"]);
    for network in resource.body.blocks("vpc_config") {
        reader.within(Relation::InSubnet, "vpc_config.subnet_ids", MANY, &network);
        // The group that all its nodes are members of.
        if let Attr::Set(group) = network.text("cluster_security_group_id") {
            reader.name(group);
        }
    }
    for identity in resource.body.blocks("identity").iter().flat_map(|identity| identity.blocks("oidc")) {
        if let Attr::Set(issuer) = identity.text("issuer") {
            reader.name(issuer);
        }
    }
    reader.facts(Part::Cluster)
}
