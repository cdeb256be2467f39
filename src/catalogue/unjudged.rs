//! Types of which is known how they are billed, and nothing else.
//!
//! They stand in zones, or take connections, or work off what others send them; what they do so is not described. They are
//! not understood: silence about them must not read as health.

/// Whether a type is one of them.
pub(super) fn is_unjudged(kind: &str) -> bool {
    KINDS.binary_search(&kind).is_ok()
}

#[rustfmt::skip]
const KINDS: &[&str] = &[
    "aws_amplify_app",
    "aws_appsync_graphql_api",
    "aws_cloudformation_stack",
    "aws_cloudformation_stack_set",
    "aws_cloudfront_distribution",
    "aws_dax_cluster",
    "aws_docdb_cluster",
    "aws_docdb_cluster_instance",
    "aws_dx_connection",
    "aws_dx_gateway_association",
    "aws_ec2_client_vpn_network_association",
    "aws_ec2_transit_gateway_connect",
    "aws_ec2_transit_gateway_peering_attachment",
    "aws_ec2_transit_gateway_peering_attachment_accepter",
    "aws_elasticsearch_domain",
    "aws_globalaccelerator_endpoint_group",
    "aws_iot_topic_rule",
    "aws_keyspaces_table",
    "aws_kinesis_analytics_application",
    "aws_kinesis_firehose_delivery_stream",
    "aws_kinesisanalyticsv2_application",
    "aws_neptune_cluster",
    "aws_neptune_cluster_instance",
    "aws_networkfirewall_firewall",
    "aws_opensearch_domain",
    "aws_opensearchserverless_collection",
    "aws_qldb_ledger",
    "aws_redshift_cluster",
    "aws_redshiftserverless_workgroup",
    "aws_s3_directory_bucket",
    "aws_sfn_state_machine",
    "aws_synthetics_canary",
    "aws_timestreaminfluxdb_db_instance",
    "aws_timestreamwrite_table",
    "aws_transfer_server",
    "aws_vpclattice_service",
];

#[cfg(test)]
mod tests {
    use super::KINDS;

    #[test]
    fn the_list_is_sorted_and_names_types_that_are_billed() {
        assert!(KINDS.is_sorted());
        for kind in KINDS {
            assert!(super::super::aws::ALL.iter().any(|adapter| adapter.kind == *kind), "{kind}");
        }
    }
}
