//! Machines by the hour: each type has a key of its own.

use super::product::{Field, Product};
use crate::model::Text;
use crate::prices::import::report::Skip;

/// The key of a machine; nothing for a product that is none.
///
/// # Errors
///
/// It is a machine of a kind that is not planned for: of another tenancy, with software on it.
pub(super) fn machine(service: &str, usage: &str, product: &Product) -> Result<Option<Text>, Skip> {
    let family = product.get(Field::Family);
    match service {
        "AmazonEC2" if family.starts_with("Compute Instance") => ec2(product).map(Some),
        "AmazonRDS" if family == "Database Instance" => rds(usage, product).map(Some),
        "AmazonElastiCache" if family == "Cache Instance" => cache(usage, product).map(Some),
        "AmazonES" if usage.starts_with("ESInstance:") => search(product).map(Some),
        "AmazonMSK" if product.get(Field::Group) == "Broker" => broker(product).map(Some),
        _ => Ok(None),
    }
}

/// On demand, on shared hardware, with nothing but the system on it. Older files lack some of these attributes.
///
/// Source: the filters of facts/README.md, section 6, which leave one price for each type, system and region (2026-11-23).
fn ec2(product: &Product) -> Result<Text, Skip> {
    let plain = [
        (Field::Tenancy, "Shared"),
        (Field::Software, "NA"),
        (Field::Capacity, "Used"),
        (Field::Market, "OnDemand"),
        (Field::License, "No License required"),
    ];
    let is_plain =
        plain.iter().all(|(field, value)| matches!(product.get(*field), found if found == *value || found.is_empty()));
    let system = match product.get(Field::OperatingSystem) {
        "Linux" => "linux",
        "Windows" => "windows",
        "RHEL" => "rhel",
        "SUSE" => "suse",
        _ => return Err(Skip::Variant),
    };
    let kind = named(product.get(Field::InstanceType))?;
    if is_plain { Ok(format!("AmazonEC2/{kind}/{system}").into()) } else { Err(Skip::Variant) }
}

/// Aurora's I/O-Optimized machines are 1.3 times the others and priced from those; Outposts and Custom are no plain RDS.
///
/// Source: facts/README.md, sections 3 and 6 (2026-11-23).
fn rds(usage: &str, product: &Product) -> Result<Text, Skip> {
    let special = ["Outpost", "RDSCustom", "IOOptimized"];
    if special.iter().any(|part| usage.contains(part)) || product.get(Field::DeploymentModel) == "Custom" {
        return Err(Skip::Variant);
    }
    let engine = match product.get(Field::Engine) {
        "MySQL" => "mysql".to_owned(),
        "MariaDB" => "mariadb".to_owned(),
        "PostgreSQL" => "postgres".to_owned(),
        "Aurora MySQL" => "aurora-mysql".to_owned(),
        "Aurora PostgreSQL" => "aurora-postgresql".to_owned(),
        "Oracle" => licensed("oracle", product)?,
        "SQL Server" => licensed("sqlserver", product)?,
        _ => return Err(Skip::Variant),
    };
    let deployment = match product.get(Field::Deployment) {
        "Single-AZ" => "single",
        "Multi-AZ" | "Multi-AZ (SQL Server Mirror)" => "multi",
        "Multi-AZ (readable standbys)" => "multi-2",
        _ => return Err(Skip::Variant),
    };
    Ok(format!("AmazonRDS/{}/{engine}/{deployment}", named(product.get(Field::InstanceType))?).into())
}

fn licensed(engine: &str, product: &Product) -> Result<String, Skip> {
    let spelled = |field| product.get(field).to_ascii_lowercase().replace(' ', "-");
    match (spelled(Field::Edition), spelled(Field::License)) {
        (edition, license) if edition.is_empty() || license.is_empty() => Err(Skip::Variant),
        (edition, license) => Ok(format!("{engine}-{edition}/{license}")),
    }
}

/// Nodes in a region: those of Outposts are called `Outpost-NodeUsage`.
fn cache(usage: &str, product: &Product) -> Result<Text, Skip> {
    let engine = product.get(Field::CacheEngine).to_ascii_lowercase();
    if !usage.starts_with("NodeUsage:") || engine.is_empty() {
        return Err(Skip::Variant);
    }
    Ok(format!("AmazonElastiCache/{}/{engine}", named(product.get(Field::InstanceType))?).into())
}

/// The price list says `.search`, also for what was called `.elasticsearch`.
///
/// Source: infracost/infracost, `elasticsearch_domain.go`, 2026-08-21.
fn search(product: &Product) -> Result<Text, Skip> {
    let kind = product.get(Field::InstanceType).replace(".elasticsearch", ".search");
    Ok(format!("AmazonES/{}", named(&kind)?).into())
}

/// Standard brokers; express brokers are another group. The file says `m5.large` for `kafka.m5.large`.
///
/// Source: a public reader of these files, which says so of `computeFamily` (read 2026-11-29); the component's name is of
/// infracost/infracost, `msk_cluster.go`, 2026-08-21.
fn broker(product: &Product) -> Result<Text, Skip> {
    let kind = named(product.get(Field::ComputeFamily))?;
    Ok(format!("aws_msk_cluster/Instance (kafka.{})", kind.trim_start_matches("kafka.")).into())
}

fn named(kind: &str) -> Result<&str, Skip> {
    if kind.is_empty() { Err(Skip::Variant) } else { Ok(kind) }
}
