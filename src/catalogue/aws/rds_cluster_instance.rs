//! `aws_rds_cluster_instance`: a machine of an Aurora cluster.

use super::db_instance::{class, parameters, supported_longer};
use super::shared::billing::{given, said};
use super::shared::rds::{self, Watched};
use super::shared::support::{self, Extended};
use super::shared::{aurora, billing, database};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Charge, DatabaseMember, Facts, Field, Lines, Near, Part, Rate, Record, Relation, Site, Tariff, UsageKey,
};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_rds_cluster_instance",
    mode: Mode::Managed,
    noun: "Aurora instance",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["endpoint"]);
    reader.labels(&["id", "identifier", "arn", "dbi_resource_id"]);
    reader.link(Relation::MemberOf, "cluster_identifier");
    parameters(&mut reader, resource, "db_parameter_group_name");
    let class = resource.text(database::CLASS);
    // A serverless machine has the limit of its cluster.
    let limit = match &class {
        Attr::Set(class) if class == "db.serverless" => Attr::Unset,
        _ => {
            let (engine, version) = (resource.text("engine"), resource.text("engine_version"));
            database::limit(&engine, &version, &class, &Attr::Unset, &resource.int("port"), database::CLASS)
        }
    };
    reader.facts(Part::DatabaseMember(Box::new(DatabaseMember {
        class,
        class_attribute: database::CLASS,
        zone: resource.text("availability_zone"),
        public: resource.bool("publicly_accessible"),
        limit,
    })))
}

/// Billed by the hour of its class, or by the capacity units that it has; more where its cluster's storage is I/O-optimised.
///
/// Source: Amazon Aurora pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("instance_class"),
        // As data sources call it.
        Field::text("db_instance_class"),
        Field::text("engine"),
        Field::text("engine_version"),
        Field::text("database_insights_mode"),
        Field::flag("performance_insights_enabled"),
        Field::number("performance_insights_retention_period"),
    ],
    near: &[Near::To(Relation::MemberOf)],
    usage: &[
        UsageKey { key: "capacity_units_per_hr", meaning: "Aurora capacity units in use, of a serverless machine" },
        UsageKey { key: "monthly_cpu_credit_hrs", meaning: "hours beyond its share in a month, of a t3 or t4g class" },
        UsageKey { key: "vcpu_count", meaning: "vCPUs for which monthly_cpu_credit_hrs counts (1)" },
        UsageKey {
            key: "monthly_additional_performance_insights_requests",
            meaning: "Performance Insights requests in a month beyond the free million",
        },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_rds_cluster_instance";
    let own = site.own();
    let class = class(own);
    let cluster = aurora::cluster(site);
    let beside = cluster.as_ref().ok().map(Site::own);
    let text = |name: &'static str| own.text(name).or(beside.map_or(Attr::Unset, |cluster| cluster.text(name)));
    let name = said(text("engine").map(Clone::clone), "engine");
    let engine = name.clone().and_then(|name| rds::engine(&name, &Attr::Unset));
    let optimised = match &cluster {
        Ok(cluster) => aurora::is_optimised(cluster.own()),
        Err(why) => Err(format!("whether its cluster's storage is I/O-optimised cannot be told: {why}")),
    };
    let factor = if optimised == Ok(true) { aurora::OPTIMISED } else { Decimal::ONE };
    let serverless = class.as_ref().is_ok_and(|class| *class == "db.serverless");
    let units = serverless.then(|| {
        let units = aurora::units(beside, site.usage("capacity_units_per_hr"));
        if let (Err(why), None) = (&cluster, site.usage("capacity_units_per_hr")) {
            return given(&Err::<(), _>(why.clone()), 0);
        }
        units
    });
    if let Some(units) = &units {
        let title = if optimised == Ok(true) { "Aurora serverless v2 (I/O-optimized)" } else { "Aurora serverless v2" };
        let known = given(&optimised, units.clone());
        lines.add(title, "ACU-hours", "AmazonRDS/Aurora:ServerlessV2Usage", Rate::Hour, known).times(factor);
    } else {
        let title = format!("Database instance (on-demand, {})", rds::shown(&class));
        rds::machines(lines, title, (&class, &engine, "single"), given(&optimised, 1)).times(factor);
    }
    if rds::is_burstable(&class) {
        let count = site.usage("vcpu_count").unwrap_or(Decimal::ONE);
        let credits = site.usage("monthly_cpu_credit_hrs").map(|hours| hours * count);
        billing::used(KIND, lines).line("CPU credits", "vCPU-hours", credits);
    }
    let watched = units.clone().map_or(Watched::Machines(1), Watched::Units);
    rds::insights(site, lines, KIND, &class, watched);
    let longer = beside.is_none_or(|cluster: &Record| supported_longer(cluster));
    if let (true, Attr::Set(version)) = (longer, text("engine_version")) {
        let what = units.map_or(Extended::Machines(&class, 1), Extended::Units);
        support::extended(lines, name.as_ref().map_or("", Text::as_str), version, site.day(), what);
    }
}
