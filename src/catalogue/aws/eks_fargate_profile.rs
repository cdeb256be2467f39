//! `aws_eks_fargate_profile`: which pods of a cluster run on machines of the cloud.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Quantity, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_eks_fargate_profile",
    mode: Mode::Managed,
    noun: "EKS Fargate profile",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what its pods take, which no plan shows.
///
/// Source: AWS Fargate pricing, Amazon EKS, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        UsageKey { key: "vcpus", meaning: "vCPUs that its pods take together on average" },
        UsageKey { key: "memory_gb", meaning: "GB of memory that its pods take together on average" },
    ],
    charge: Charge::By(|site, lines| {
        let memory = Quantity::Used(site.usage("memory_gb"));
        lines.capacity("Per GB per hour", "GB", "AmazonEKS/Fargate-GB-Hours", memory);
        let vcpus = Quantity::Used(site.usage("vcpus"));
        lines.capacity("Per vCPU per hour", "CPU", "AmazonEKS/Fargate-vCPU-Hours:perCPU", vcpus);
    }),
    ..Tariff::FREE
};
