//! Amazon Web Services. Generated list: `make lists`.

mod accessanalyzer_analyzer;
mod acm_certificate;
mod acmpca_certificate_authority;
mod alb;
mod alb_listener;
mod alb_listener_rule;
mod alb_target_group;
mod alb_target_group_attachment;
mod ami;
mod ami_copy;
mod ami_from_instance;
mod amplify_app;
mod api_gateway_integration;
mod api_gateway_rest_api;
mod api_gateway_stage;
mod apigatewayv2_api;
mod apigatewayv2_integration;
mod app_cookie_stickiness_policy;
mod appautoscaling_policy;
mod appautoscaling_scheduled_action;
mod appautoscaling_target;
mod appmesh_gateway_route;
mod appmesh_mesh;
mod appmesh_route;
mod appmesh_virtual_gateway;
mod appmesh_virtual_node;
mod appmesh_virtual_router;
mod appmesh_virtual_service;
mod apprunner_auto_scaling_configuration_version;
mod apprunner_service;
mod apprunner_vpc_connector;
mod appsync_graphql_api;
mod athena_workgroup;
mod autoscaling_attachment;
mod autoscaling_group;
mod autoscaling_policy;
mod autoscaling_schedule;
mod autoscaling_traffic_source_attachment;
mod autoscalingplans_scaling_plan;
mod backup_vault;
mod batch_compute_environment;
mod batch_job_definition;
mod batch_job_queue;
mod budgets_budget_action;
mod cloudformation_stack;
mod cloudformation_stack_set;
mod cloudfront_distribution;
mod cloudfront_function;
mod cloudfront_monitoring_subscription;
mod cloudhsm_v2_hsm;
mod cloudtrail;
mod cloudwatch_composite_alarm;
mod cloudwatch_dashboard;
mod cloudwatch_event_bus;
mod cloudwatch_event_rule;
mod cloudwatch_event_target;
mod cloudwatch_log_delivery;
mod cloudwatch_log_group;
mod cloudwatch_log_metric_filter;
mod cloudwatch_metric_alarm;
mod cloudwatch_metric_stream;
mod codebuild_project;
mod codepipeline;
mod cognito_user_pool;
mod config_config_rule;
mod config_configuration_recorder;
mod config_conformance_pack;
mod config_organization_custom_policy_rule;
mod config_organization_custom_rule;
mod config_organization_managed_rule;
mod data_alb;
mod data_db_instance;
mod data_db_proxy;
mod data_db_subnet_group;
mod data_dynamodb_table;
mod data_ebs_volume;
mod data_ec2_transit_gateway;
mod data_ecr_repository;
mod data_ecs_cluster;
mod data_ecs_task_definition;
mod data_efs_access_point;
mod data_efs_file_system;
mod data_eks_cluster;
mod data_iam_policy;
mod data_iam_policy_document;
mod data_iam_role;
mod data_lambda_function;
mod data_launch_template;
mod data_lb;
mod data_lb_listener;
mod data_lb_target_group;
mod data_rds_cluster;
mod data_s3_bucket;
mod data_secretsmanager_secret;
mod data_security_group;
mod data_sns_topic;
mod data_sqs_queue;
mod data_subnet;
mod data_transfer;
mod data_vpc;
mod data_vpc_endpoint;
mod dax_cluster;
mod db_cluster_snapshot;
mod db_instance;
mod db_parameter_group;
mod db_proxy;
mod db_proxy_default_target_group;
mod db_proxy_endpoint;
mod db_proxy_target;
mod db_snapshot;
mod db_snapshot_copy;
mod db_subnet_group;
mod default_route_table;
mod default_security_group;
mod default_subnet;
mod default_vpc;
mod detective_graph;
mod directory_service_directory;
mod dms_replication_instance;
mod docdb_cluster;
mod docdb_cluster_instance;
mod docdb_cluster_snapshot;
mod dx_connection;
mod dx_gateway_association;
mod dynamodb_table;
mod dynamodb_table_replica;
mod ebs_fast_snapshot_restore;
mod ebs_snapshot;
mod ebs_snapshot_copy;
mod ebs_snapshot_import;
mod ebs_volume;
mod ec2_client_vpn_endpoint;
mod ec2_client_vpn_network_association;
mod ec2_fleet;
mod ec2_host;
mod ec2_traffic_mirror_session;
mod ec2_transit_gateway;
mod ec2_transit_gateway_connect;
mod ec2_transit_gateway_peering_attachment;
mod ec2_transit_gateway_peering_attachment_accepter;
mod ec2_transit_gateway_vpc_attachment;
mod ecr_repository;
mod ecs_capacity_provider;
mod ecs_cluster;
mod ecs_cluster_capacity_providers;
mod ecs_service;
mod ecs_task_definition;
mod ecs_task_set;
mod efs_access_point;
mod efs_file_system;
mod efs_mount_target;
mod egress_only_internet_gateway;
mod eip;
mod eip_association;
mod eks_cluster;
mod eks_fargate_profile;
mod eks_node_group;
mod elastic_beanstalk_environment;
mod elasticache_cluster;
mod elasticache_replication_group;
mod elasticache_serverless_cache;
mod elasticache_subnet_group;
mod elasticsearch_domain;
mod elb;
mod elb_attachment;
mod emr_cluster;
mod emr_instance_fleet;
mod emr_instance_group;
mod flow_log;
mod fsx_lustre_file_system;
mod fsx_ontap_file_system;
mod fsx_ontap_storage_virtual_machine;
mod fsx_openzfs_file_system;
mod fsx_windows_file_system;
mod globalaccelerator_accelerator;
mod globalaccelerator_endpoint_group;
mod glue_catalog_database;
mod glue_crawler;
mod glue_job;
mod grafana_workspace;
mod guardduty_detector;
mod iam_instance_profile;
mod iam_openid_connect_provider;
mod iam_policy;
mod iam_policy_attachment;
mod iam_role;
mod iam_role_policy;
mod iam_role_policy_attachment;
mod inspector2_enabler;
mod instance;
mod internet_gateway;
mod iot_topic_rule;
mod keyspaces_table;
mod kinesis_analytics_application;
mod kinesis_firehose_delivery_stream;
mod kinesis_stream;
mod kinesis_stream_consumer;
mod kinesisanalyticsv2_application;
mod kinesisanalyticsv2_application_snapshot;
mod kms_external_key;
mod kms_key;
mod kms_replica_external_key;
mod kms_replica_key;
mod lambda_alias;
mod lambda_event_source_mapping;
mod lambda_function;
mod lambda_function_event_invoke_config;
mod lambda_function_url;
mod lambda_permission;
mod lambda_provisioned_concurrency_config;
mod launch_configuration;
mod launch_template;
mod lb;
mod lb_cookie_stickiness_policy;
mod lb_listener;
mod lb_listener_rule;
mod lb_target_group;
mod lb_target_group_attachment;
mod lightsail_instance;
mod macie2_account;
mod main_route_table_association;
mod memorydb_cluster;
mod memorydb_subnet_group;
mod mq_broker;
mod msk_cluster;
mod msk_serverless_cluster;
mod mwaa_environment;
mod nat_gateway;
mod neptune_cluster;
mod neptune_cluster_instance;
mod neptune_cluster_snapshot;
mod network_interface;
mod networkfirewall_firewall;
mod opensearch_domain;
mod opensearchserverless_collection;
mod pipes_pipe;
mod placement_group;
mod prometheus_workspace;
mod qldb_ledger;
mod rds_cluster;
mod rds_cluster_endpoint;
mod rds_cluster_instance;
mod rds_cluster_parameter_group;
mod redshift_cluster;
mod redshiftserverless_workgroup;
mod route;
mod route53_health_check;
mod route53_record;
mod route53_resolver_endpoint;
mod route53_resolver_firewall_domain_list;
mod route53_resolver_firewall_rule_group_association;
mod route53_traffic_policy_instance;
mod route53_zone;
mod route53_zone_association;
mod route_table;
mod route_table_association;
mod s3_bucket;
mod s3_bucket_analytics_configuration;
mod s3_bucket_inventory;
mod s3_bucket_lifecycle_configuration;
mod s3_bucket_notification;
mod s3_directory_bucket;
mod sagemaker_domain;
mod sagemaker_endpoint;
mod sagemaker_endpoint_configuration;
mod sagemaker_model;
mod sagemaker_notebook_instance;
mod scheduler_schedule;
mod secretsmanager_secret;
mod secretsmanager_secret_version;
mod security_group;
mod security_group_rule;
mod securityhub_account;
mod service_discovery_private_dns_namespace;
mod service_discovery_public_dns_namespace;
mod sesv2_dedicated_ip_pool;
mod sfn_state_machine;
mod shared;
mod shield_protection;
mod shield_subscription;
mod sns_topic;
mod sns_topic_subscription;
mod spot_fleet_request;
mod spot_instance_request;
mod sqs_queue;
mod ssm_activation;
mod ssm_parameter;
mod subnet;
mod synthetics_canary;
mod timestreaminfluxdb_db_instance;
mod timestreamwrite_table;
mod transfer_server;
mod volume_attachment;
mod vpc;
mod vpc_endpoint;
mod vpc_endpoint_private_dns;
mod vpc_endpoint_route_table_association;
mod vpc_endpoint_security_group_association;
mod vpc_endpoint_subnet_association;
mod vpc_ipam;
mod vpc_ipv4_cidr_block_association;
mod vpc_peering_connection;
mod vpc_security_group_ingress_rule;
mod vpclattice_service;
mod vpn_connection;
mod vpn_gateway;
mod vpn_gateway_route_propagation;
mod waf_web_acl;
mod wafregional_web_acl;
mod wafv2_web_acl;

use super::Adapter;

#[rustfmt::skip]
pub(super) static ALL: &[&Adapter] = &[
    &accessanalyzer_analyzer::ADAPTER,
    &acm_certificate::ADAPTER,
    &acmpca_certificate_authority::ADAPTER,
    &alb::ADAPTER,
    &alb_listener::ADAPTER,
    &alb_listener_rule::ADAPTER,
    &alb_target_group::ADAPTER,
    &alb_target_group_attachment::ADAPTER,
    &ami::ADAPTER,
    &ami_copy::ADAPTER,
    &ami_from_instance::ADAPTER,
    &amplify_app::ADAPTER,
    &api_gateway_integration::ADAPTER,
    &api_gateway_rest_api::ADAPTER,
    &api_gateway_stage::ADAPTER,
    &apigatewayv2_api::ADAPTER,
    &apigatewayv2_integration::ADAPTER,
    &app_cookie_stickiness_policy::ADAPTER,
    &appautoscaling_policy::ADAPTER,
    &appautoscaling_scheduled_action::ADAPTER,
    &appautoscaling_target::ADAPTER,
    &appmesh_gateway_route::ADAPTER,
    &appmesh_mesh::ADAPTER,
    &appmesh_route::ADAPTER,
    &appmesh_virtual_gateway::ADAPTER,
    &appmesh_virtual_node::ADAPTER,
    &appmesh_virtual_router::ADAPTER,
    &appmesh_virtual_service::ADAPTER,
    &apprunner_auto_scaling_configuration_version::ADAPTER,
    &apprunner_service::ADAPTER,
    &apprunner_vpc_connector::ADAPTER,
    &appsync_graphql_api::ADAPTER,
    &athena_workgroup::ADAPTER,
    &autoscaling_attachment::ADAPTER,
    &autoscaling_group::ADAPTER,
    &autoscaling_policy::ADAPTER,
    &autoscaling_schedule::ADAPTER,
    &autoscaling_traffic_source_attachment::ADAPTER,
    &autoscalingplans_scaling_plan::ADAPTER,
    &backup_vault::ADAPTER,
    &batch_compute_environment::ADAPTER,
    &batch_job_definition::ADAPTER,
    &batch_job_queue::ADAPTER,
    &budgets_budget_action::ADAPTER,
    &cloudformation_stack::ADAPTER,
    &cloudformation_stack_set::ADAPTER,
    &cloudfront_distribution::ADAPTER,
    &cloudfront_function::ADAPTER,
    &cloudfront_monitoring_subscription::ADAPTER,
    &cloudhsm_v2_hsm::ADAPTER,
    &cloudtrail::ADAPTER,
    &cloudwatch_composite_alarm::ADAPTER,
    &cloudwatch_dashboard::ADAPTER,
    &cloudwatch_event_bus::ADAPTER,
    &cloudwatch_event_rule::ADAPTER,
    &cloudwatch_event_target::ADAPTER,
    &cloudwatch_log_delivery::ADAPTER,
    &cloudwatch_log_group::ADAPTER,
    &cloudwatch_log_metric_filter::ADAPTER,
    &cloudwatch_metric_alarm::ADAPTER,
    &cloudwatch_metric_stream::ADAPTER,
    &codebuild_project::ADAPTER,
    &codepipeline::ADAPTER,
    &cognito_user_pool::ADAPTER,
    &config_config_rule::ADAPTER,
    &config_configuration_recorder::ADAPTER,
    &config_conformance_pack::ADAPTER,
    &config_organization_custom_policy_rule::ADAPTER,
    &config_organization_custom_rule::ADAPTER,
    &config_organization_managed_rule::ADAPTER,
    &data_alb::ADAPTER,
    &data_db_instance::ADAPTER,
    &data_db_proxy::ADAPTER,
    &data_db_subnet_group::ADAPTER,
    &data_dynamodb_table::ADAPTER,
    &data_ebs_volume::ADAPTER,
    &data_ec2_transit_gateway::ADAPTER,
    &data_ecr_repository::ADAPTER,
    &data_ecs_cluster::ADAPTER,
    &data_ecs_task_definition::ADAPTER,
    &data_efs_access_point::ADAPTER,
    &data_efs_file_system::ADAPTER,
    &data_eks_cluster::ADAPTER,
    &data_iam_policy::ADAPTER,
    &data_iam_policy_document::ADAPTER,
    &data_iam_role::ADAPTER,
    &data_lambda_function::ADAPTER,
    &data_launch_template::ADAPTER,
    &data_lb::ADAPTER,
    &data_lb_listener::ADAPTER,
    &data_lb_target_group::ADAPTER,
    &data_rds_cluster::ADAPTER,
    &data_s3_bucket::ADAPTER,
    &data_secretsmanager_secret::ADAPTER,
    &data_security_group::ADAPTER,
    &data_sns_topic::ADAPTER,
    &data_sqs_queue::ADAPTER,
    &data_subnet::ADAPTER,
    &data_transfer::ADAPTER,
    &data_vpc::ADAPTER,
    &data_vpc_endpoint::ADAPTER,
    &dax_cluster::ADAPTER,
    &db_cluster_snapshot::ADAPTER,
    &db_instance::ADAPTER,
    &db_parameter_group::ADAPTER,
    &db_proxy::ADAPTER,
    &db_proxy_default_target_group::ADAPTER,
    &db_proxy_endpoint::ADAPTER,
    &db_proxy_target::ADAPTER,
    &db_snapshot::ADAPTER,
    &db_snapshot_copy::ADAPTER,
    &db_subnet_group::ADAPTER,
    &default_route_table::ADAPTER,
    &default_security_group::ADAPTER,
    &default_subnet::ADAPTER,
    &default_vpc::ADAPTER,
    &detective_graph::ADAPTER,
    &directory_service_directory::ADAPTER,
    &dms_replication_instance::ADAPTER,
    &docdb_cluster::ADAPTER,
    &docdb_cluster_instance::ADAPTER,
    &docdb_cluster_snapshot::ADAPTER,
    &dx_connection::ADAPTER,
    &dx_gateway_association::ADAPTER,
    &dynamodb_table::ADAPTER,
    &dynamodb_table_replica::ADAPTER,
    &ebs_fast_snapshot_restore::ADAPTER,
    &ebs_snapshot::ADAPTER,
    &ebs_snapshot_copy::ADAPTER,
    &ebs_snapshot_import::ADAPTER,
    &ebs_volume::ADAPTER,
    &ec2_client_vpn_endpoint::ADAPTER,
    &ec2_client_vpn_network_association::ADAPTER,
    &ec2_fleet::ADAPTER,
    &ec2_host::ADAPTER,
    &ec2_traffic_mirror_session::ADAPTER,
    &ec2_transit_gateway::ADAPTER,
    &ec2_transit_gateway_connect::ADAPTER,
    &ec2_transit_gateway_peering_attachment::ADAPTER,
    &ec2_transit_gateway_peering_attachment_accepter::ADAPTER,
    &ec2_transit_gateway_vpc_attachment::ADAPTER,
    &ecr_repository::ADAPTER,
    &ecs_capacity_provider::ADAPTER,
    &ecs_cluster::ADAPTER,
    &ecs_cluster_capacity_providers::ADAPTER,
    &ecs_service::ADAPTER,
    &ecs_task_definition::ADAPTER,
    &ecs_task_set::ADAPTER,
    &efs_access_point::ADAPTER,
    &efs_file_system::ADAPTER,
    &efs_mount_target::ADAPTER,
    &egress_only_internet_gateway::ADAPTER,
    &eip::ADAPTER,
    &eip_association::ADAPTER,
    &eks_cluster::ADAPTER,
    &eks_fargate_profile::ADAPTER,
    &eks_node_group::ADAPTER,
    &elastic_beanstalk_environment::ADAPTER,
    &elasticache_cluster::ADAPTER,
    &elasticache_replication_group::ADAPTER,
    &elasticache_serverless_cache::ADAPTER,
    &elasticache_subnet_group::ADAPTER,
    &elasticsearch_domain::ADAPTER,
    &elb::ADAPTER,
    &elb_attachment::ADAPTER,
    &emr_cluster::ADAPTER,
    &emr_instance_fleet::ADAPTER,
    &emr_instance_group::ADAPTER,
    &flow_log::ADAPTER,
    &fsx_lustre_file_system::ADAPTER,
    &fsx_ontap_file_system::ADAPTER,
    &fsx_ontap_storage_virtual_machine::ADAPTER,
    &fsx_openzfs_file_system::ADAPTER,
    &fsx_windows_file_system::ADAPTER,
    &globalaccelerator_accelerator::ADAPTER,
    &globalaccelerator_endpoint_group::ADAPTER,
    &glue_catalog_database::ADAPTER,
    &glue_crawler::ADAPTER,
    &glue_job::ADAPTER,
    &grafana_workspace::ADAPTER,
    &guardduty_detector::ADAPTER,
    &iam_instance_profile::ADAPTER,
    &iam_openid_connect_provider::ADAPTER,
    &iam_policy::ADAPTER,
    &iam_policy_attachment::ADAPTER,
    &iam_role::ADAPTER,
    &iam_role_policy::ADAPTER,
    &iam_role_policy_attachment::ADAPTER,
    &inspector2_enabler::ADAPTER,
    &instance::ADAPTER,
    &internet_gateway::ADAPTER,
    &iot_topic_rule::ADAPTER,
    &keyspaces_table::ADAPTER,
    &kinesis_analytics_application::ADAPTER,
    &kinesis_firehose_delivery_stream::ADAPTER,
    &kinesis_stream::ADAPTER,
    &kinesis_stream_consumer::ADAPTER,
    &kinesisanalyticsv2_application::ADAPTER,
    &kinesisanalyticsv2_application_snapshot::ADAPTER,
    &kms_external_key::ADAPTER,
    &kms_key::ADAPTER,
    &kms_replica_external_key::ADAPTER,
    &kms_replica_key::ADAPTER,
    &lambda_alias::ADAPTER,
    &lambda_event_source_mapping::ADAPTER,
    &lambda_function::ADAPTER,
    &lambda_function_event_invoke_config::ADAPTER,
    &lambda_function_url::ADAPTER,
    &lambda_permission::ADAPTER,
    &lambda_provisioned_concurrency_config::ADAPTER,
    &launch_configuration::ADAPTER,
    &launch_template::ADAPTER,
    &lb::ADAPTER,
    &lb_cookie_stickiness_policy::ADAPTER,
    &lb_listener::ADAPTER,
    &lb_listener_rule::ADAPTER,
    &lb_target_group::ADAPTER,
    &lb_target_group_attachment::ADAPTER,
    &lightsail_instance::ADAPTER,
    &macie2_account::ADAPTER,
    &main_route_table_association::ADAPTER,
    &memorydb_cluster::ADAPTER,
    &memorydb_subnet_group::ADAPTER,
    &mq_broker::ADAPTER,
    &msk_cluster::ADAPTER,
    &msk_serverless_cluster::ADAPTER,
    &mwaa_environment::ADAPTER,
    &nat_gateway::ADAPTER,
    &neptune_cluster::ADAPTER,
    &neptune_cluster_instance::ADAPTER,
    &neptune_cluster_snapshot::ADAPTER,
    &network_interface::ADAPTER,
    &networkfirewall_firewall::ADAPTER,
    &opensearch_domain::ADAPTER,
    &opensearchserverless_collection::ADAPTER,
    &pipes_pipe::ADAPTER,
    &placement_group::ADAPTER,
    &prometheus_workspace::ADAPTER,
    &qldb_ledger::ADAPTER,
    &rds_cluster::ADAPTER,
    &rds_cluster_endpoint::ADAPTER,
    &rds_cluster_instance::ADAPTER,
    &rds_cluster_parameter_group::ADAPTER,
    &redshift_cluster::ADAPTER,
    &redshiftserverless_workgroup::ADAPTER,
    &route::ADAPTER,
    &route53_health_check::ADAPTER,
    &route53_record::ADAPTER,
    &route53_resolver_endpoint::ADAPTER,
    &route53_resolver_firewall_domain_list::ADAPTER,
    &route53_resolver_firewall_rule_group_association::ADAPTER,
    &route53_traffic_policy_instance::ADAPTER,
    &route53_zone::ADAPTER,
    &route53_zone_association::ADAPTER,
    &route_table::ADAPTER,
    &route_table_association::ADAPTER,
    &s3_bucket::ADAPTER,
    &s3_bucket_analytics_configuration::ADAPTER,
    &s3_bucket_inventory::ADAPTER,
    &s3_bucket_lifecycle_configuration::ADAPTER,
    &s3_bucket_notification::ADAPTER,
    &s3_directory_bucket::ADAPTER,
    &sagemaker_domain::ADAPTER,
    &sagemaker_endpoint::ADAPTER,
    &sagemaker_endpoint_configuration::ADAPTER,
    &sagemaker_model::ADAPTER,
    &sagemaker_notebook_instance::ADAPTER,
    &scheduler_schedule::ADAPTER,
    &secretsmanager_secret::ADAPTER,
    &secretsmanager_secret_version::ADAPTER,
    &security_group::ADAPTER,
    &security_group_rule::ADAPTER,
    &securityhub_account::ADAPTER,
    &service_discovery_private_dns_namespace::ADAPTER,
    &service_discovery_public_dns_namespace::ADAPTER,
    &sesv2_dedicated_ip_pool::ADAPTER,
    &sfn_state_machine::ADAPTER,
    &shield_protection::ADAPTER,
    &shield_subscription::ADAPTER,
    &sns_topic::ADAPTER,
    &sns_topic_subscription::ADAPTER,
    &spot_fleet_request::ADAPTER,
    &spot_instance_request::ADAPTER,
    &sqs_queue::ADAPTER,
    &ssm_activation::ADAPTER,
    &ssm_parameter::ADAPTER,
    &subnet::ADAPTER,
    &synthetics_canary::ADAPTER,
    &timestreaminfluxdb_db_instance::ADAPTER,
    &timestreamwrite_table::ADAPTER,
    &transfer_server::ADAPTER,
    &volume_attachment::ADAPTER,
    &vpc::ADAPTER,
    &vpc_endpoint::ADAPTER,
    &vpc_endpoint_private_dns::ADAPTER,
    &vpc_endpoint_route_table_association::ADAPTER,
    &vpc_endpoint_security_group_association::ADAPTER,
    &vpc_endpoint_subnet_association::ADAPTER,
    &vpc_ipam::ADAPTER,
    &vpc_ipv4_cidr_block_association::ADAPTER,
    &vpc_peering_connection::ADAPTER,
    &vpc_security_group_ingress_rule::ADAPTER,
    &vpclattice_service::ADAPTER,
    &vpn_connection::ADAPTER,
    &vpn_gateway::ADAPTER,
    &vpn_gateway_route_propagation::ADAPTER,
    &waf_web_acl::ADAPTER,
    &wafregional_web_acl::ADAPTER,
    &wafv2_web_acl::ADAPTER,
];
