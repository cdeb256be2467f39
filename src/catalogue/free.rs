//! Types for which nothing is billed.

/// Whether resources of a type cost nothing, whatever they are like.
pub(super) fn is_free(kind: &str) -> bool {
    FREE.binary_search(&kind).is_ok() || PREFIXES.iter().any(|prefix| kind.starts_with(prefix))
}

/// Families of types: what makes values and files on the machine that runs Terraform.
const PREFIXES: &[&str] = &["archive_", "local_", "null_", "random_", "template_", "terraform_", "time_", "tls_"];

/// Source: infracost/infracost, internal/providers/terraform/aws, the types that it counts as free, snapshot of 2026-08-21.
#[rustfmt::skip]
const FREE: &[&str] = &[
    "aws_route_table",
    "aws_route_table_association",
    "aws_security_group",
    "aws_subnet",
    "aws_vpc",
];
