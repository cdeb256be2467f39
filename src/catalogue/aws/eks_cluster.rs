//! `aws_eks_cluster`: where pods run together.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Facts, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eks_cluster", mode: Mode::Managed, noun: "EKS cluster", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["name", "id", "arn"]);
    for network in resource.body.blocks("vpc_config") {
        reader.within(Relation::InSubnet, "vpc_config.subnet_ids", MANY, &network);
    }
    reader.facts(Part::Cluster)
}
