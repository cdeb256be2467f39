//! `aws_iam_openid_connect_provider`: lets the pods of a cluster act as roles.

use super::shared::services;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Caller, Facts, Need, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_iam_openid_connect_provider",
    mode: Mode::Managed,
    noun: "OIDC provider",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id"]);
    reader.link(Relation::InCluster, "url");
    // Amazon EKS user guide, private clusters (awsdocs 4d52b4d0), read 2026-11-23: pods trade their tokens at STS.
    let need = Need {
        service: &services::STS,
        certain: true,
        caller: Caller::Code,
        attribute: "url",
        value: "roles for service accounts".into(),
        why: "pods trade their tokens for a role's keys",
        chatter: true,
        vital: false,
        by_gateway: false,
    };
    reader.facts(Part::ClusterNeeds(vec![need]))
}
