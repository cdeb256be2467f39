//! `aws_eks_node_group`: machines of a Kubernetes cluster.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{
    Caller, Compute, ComputeKind, Facts, Hosting, Need, Part, Relation, Stated, Surge, Tariff, Template,
};
use crate::model::{Attr, Mode, Resource, Why};

const WHY: &str = "EKS nodes start with images from Amazon ECR and call Amazon EC2";

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_eks_node_group",
    mode: Mode::Managed,
    noun: "EKS node group",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "node_group_name"]);
    reader.link(Relation::InCluster, "cluster_name");
    // Its machines are members of the cluster's own group unless a launch template says otherwise.
    reader.link(Relation::GuardedBy, "cluster_name");
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.link(Relation::ActsAs, "node_role_arn");
    for template in resource.body.blocks("launch_template") {
        reader.within(Relation::UsesTemplate, "launch_template.id", ONE, &template);
        reader.within(Relation::UsesTemplate, "launch_template.name", ONE, &template);
    }
    let scaling = resource.body.block("scaling_config");
    let count = |attribute: &'static str| {
        let name = attribute.rsplit('.').next().unwrap_or(attribute);
        let value = scaling.as_ref().map_or(Attr::Unset, |scaling| scaling.int(name).and_then(unsigned));
        Stated::plan(attribute, value)
    };
    // A node starts with images from ECR and calls EC2 for its addresses: Amazon EKS user guide, private clusters
    // (awsdocs 4d52b4d), read 2026-11-23.
    reader.facts(Part::Compute(Box::new(Compute {
        kind: ComputeKind::NodePool,
        unit: "node",
        minimum: count("scaling_config.min_size"),
        desired: count("scaling_config.desired_size"),
        maximum: count("scaling_config.max_size"),
        surge: Surge::None,
        quota: None,
        hosting: Attr::Set(Hosting::Own),
        size: Attr::Unset,
        public_address: Attr::Unset,
        attached: Stated::plan("subnets", Attr::Set(true)),
        zones: Vec::new(),
        // What runs on it are pods, which this resource does not show.
        own: Template { hidden: Some(Why::Elsewhere), attribute: "cluster_name", ..Template::default() },
        gathers: None,
        entry: None,
        findable: None,
        source: None,
        needs: [&services::EC2, &services::ECR_API, &services::ECR_DKR, &services::S3]
            .map(|service| Need {
                service,
                certain: true,
                caller: Caller::Platform,
                attribute: "cluster_name",
                value: resource.text("cluster_name").into_known().unwrap_or_else(|| "a node".into()),
                why: WHY,
                // Addresses are asked for when pods come and go; images are pulled in gigabytes.
                chatter: service.name == services::EC2.name,
                vital: true,
                by_gateway: service.name == services::S3.name,
            })
            .to_vec(),
        likeness: 0,
    })))
}
