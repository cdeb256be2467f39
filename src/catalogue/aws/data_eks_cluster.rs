//! data `aws_eks_cluster`: a cluster that this plan only reads.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_eks_cluster", mode: Mode::Data, noun: "EKS cluster", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["name", "id", "arn"]);
    reader.facts(Part::Cluster)
}
