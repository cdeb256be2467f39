//! `aws_secretsmanager_secret`: a secret.

use super::shared::{meter, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Site, Store, StoreKind, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_secretsmanager_secret", mode: Mode::Managed, noun: "secret", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Store(Store {
        kind: StoreKind::Secret,
        services: services::only::SECRETS_MANAGER,
        copies: Box::default(),
    }))
}

/// By the month and by the request; each copy in another region is billed there as a secret.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; AWS Secrets Manager pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::blocks("replica", &[Field::text("region")])],
    usage: &[meter::key("monthly_requests", "requests in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Secret", "months", "aws_secretsmanager_secret/Secret", 1);
    let requests = meter::per(site.usage("monthly_requests"), 10_000);
    lines.used("API requests", "10k requests", "aws_secretsmanager_secret/API requests", requests);
    match site.own().blocks("replica") {
        Attr::Set(replicas) => {
            for replica in replicas {
                match replica.text("region") {
                    Attr::Set(region) => {
                        lines.part(format!("replica ({region})"));
                        let key = "aws_secretsmanager_secret/Secret";
                        lines.monthly("Secret", "months", key, 1).in_region(region.clone());
                    }
                    Attr::Unset => {}
                    Attr::Unknown(why) => lines.not_priced("Replica", format!("replica.region is {why}")),
                }
            }
        }
        Attr::Unset => {}
        Attr::Unknown(why) => lines.not_priced("Replicas", format!("replica is {why}")),
    }
}
