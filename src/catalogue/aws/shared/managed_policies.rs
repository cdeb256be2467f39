//! Policies that AWS keeps: what the common ones let a workload do.

use super::iam;
use crate::facts::Permission;
use crate::model::Why;

/// Whether an ARN names a policy that AWS keeps.
pub(in crate::catalogue::aws) fn is_managed(arn: &str) -> bool {
    name(arn).is_some()
}

/// Adds what the policy allows; one that is not in the table hides what it allows.
pub(in crate::catalogue::aws) fn add(permission: &mut Permission, arn: &str) {
    let Some(name) = name(arn) else { return };
    match POLICIES.iter().find(|(known, _)| *known == name) {
        Some((_, actions)) => {
            // Sources are not named: the policy holds for all of them.
            iam::grant(permission, actions.iter().copied(), usize::MAX, None);
        }
        None => permission.hidden = Some(Why::Elsewhere),
    }
}

/// `AmazonSSMManagedInstanceCore` in `arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`.
fn name(arn: &str) -> Option<&str> {
    let (head, path) = arn.split_once(":policy/")?;
    head.ends_with(":iam::aws").then(|| path.rsplit('/').next().unwrap_or(path))
}

/// Policies with the actions that matter here. Those that allow everything intend nothing, and allow nothing here.
///
/// Source: the policies' own documents, AWS managed policy reference guide; the actions that decide which services a
/// holder calls, not all that it may do. Checked 2026-11.
#[rustfmt::skip]
const POLICIES: &[(&str, &[&str])] = &[
    ("AWSAppRunnerServicePolicyForECRAccess", PULL),
    ("AWSElasticBeanstalkMulticontainerDocker", &["ecs:Poll"]),
    ("AWSElasticBeanstalkWebTier", &["s3:GetObject", "xray:PutTraceSegments", "logs:PutLogEvents"]),
    ("AWSElasticBeanstalkWorkerTier", &["sqs:SendMessage", "cloudwatch:PutMetricData", "dynamodb:GetItem", "s3:GetObject"]),
    ("AWSLambdaBasicExecutionRole", &["logs:PutLogEvents"]),
    ("AWSLambdaDynamoDBExecutionRole", &["dynamodb:GetRecords", "logs:PutLogEvents"]),
    ("AWSLambdaKinesisExecutionRole", &["kinesis:GetRecords", "logs:PutLogEvents"]),
    ("AWSLambdaMSKExecutionRole", &["logs:PutLogEvents"]),
    ("AWSLambdaRole", &["lambda:InvokeFunction"]),
    ("AWSLambdaSQSQueueExecutionRole", &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "logs:PutLogEvents"]),
    ("AWSLambdaVPCAccessExecutionRole", &["logs:PutLogEvents", "ec2:CreateNetworkInterface"]),
    ("AWSStepFunctionsFullAccess", &["states:*"]),
    ("AWSXRayDaemonWriteAccess", &["xray:PutTraceSegments"]),
    ("AWSXrayWriteOnlyAccess", &["xray:PutTraceSegments"]),
    ("AdministratorAccess", &[]),
    ("AmazonBedrockFullAccess", &["bedrock:InvokeModel"]),
    ("AmazonDynamoDBFullAccess", &["dynamodb:*"]),
    ("AmazonDynamoDBFullAccess_v2", &["dynamodb:*"]),
    ("AmazonDynamoDBReadOnlyAccess", &["dynamodb:GetItem"]),
    ("AmazonEC2ContainerRegistryFullAccess", PULL),
    ("AmazonEC2ContainerRegistryPowerUser", PULL),
    ("AmazonEC2ContainerRegistryPullOnly", PULL),
    ("AmazonEC2ContainerRegistryReadOnly", PULL),
    ("AmazonEC2ContainerServiceforEC2Role", &[]),
    ("AmazonEC2ReadOnlyAccess", &["ec2:DescribeInstances"]),
    ("AmazonECSTaskExecutionRolePolicy", &["ecr:GetAuthorizationToken", "logs:PutLogEvents"]),
    ("AmazonEKSWorkerNodePolicy", &[]),
    ("AmazonEKSWorkerNodeMinimalPolicy", &[]),
    ("AmazonEKS_CNI_Policy", &["ec2:AssignPrivateIpAddresses"]),
    ("AmazonEventBridgeFullAccess", &["events:*"]),
    ("AmazonKinesisFirehoseFullAccess", &["firehose:*"]),
    ("AmazonKinesisFullAccess", &["kinesis:*"]),
    ("AmazonKinesisReadOnlyAccess", &["kinesis:Get*", "kinesis:List*"]),
    ("AmazonRDSDataFullAccess", &["rds-data:*", "secretsmanager:GetSecretValue"]),
    ("AmazonS3FullAccess", &["s3:*"]),
    ("AmazonS3ReadOnlyAccess", &["s3:GetObject"]),
    ("AmazonSESFullAccess", &["ses:*"]),
    ("AmazonSNSFullAccess", &["sns:*"]),
    ("AmazonSQSFullAccess", &["sqs:*"]),
    ("AmazonSQSReadOnlyAccess", &["sqs:GetQueueAttributes"]),
    ("AmazonSSMFullAccess", &["ssm:*"]),
    ("AmazonSSMManagedEC2InstanceDefaultPolicy", AGENT),
    ("AmazonSSMManagedInstanceCore", AGENT),
    ("AmazonSSMReadOnlyAccess", &["ssm:GetParameter"]),
    ("AmazonEC2RoleforSSM", AGENT),
    ("CloudWatchAgentServerPolicy", &["cloudwatch:PutMetricData", "logs:PutLogEvents"]),
    ("CloudWatchLogsFullAccess", &["logs:*"]),
    ("SecretsManagerReadWrite", &["secretsmanager:*"]),
];

/// What pulling images from ECR takes.
const PULL: &[&str] = &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// What the agent of Systems Manager calls: AWS Systems Manager user guide, create VPC endpoints (awsdocs dd495cc),
/// read 2026-11-23.
const AGENT: &[&str] = &["ssm:UpdateInstanceInformation", "ssmmessages:OpenControlChannel", "ec2messages:GetMessages"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let names: Vec<_> = POLICIES.iter().map(|(name, _)| *name).collect();
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
        for (name, actions) in POLICIES {
            assert!(
                actions.iter().all(|action| action.split_once(':').is_some_and(|(service, what)| {
                    service.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
                        && !what.is_empty()
                })),
                "{name}"
            );
        }
    }

    #[test]
    fn what_they_allow() {
        let of = |name: &str| {
            let mut permission = Permission::default();
            add(&mut permission, &format!("arn:aws:iam::aws:policy/service-role/{name}"));
            permission
        };
        let services = |name| of(name).calls.iter().map(|call| (call.service.name, call.chatter)).collect::<Vec<_>>();
        assert_eq!(services("AmazonS3FullAccess"), [("s3", false)]);
        assert_eq!(
            services("AmazonSSMManagedInstanceCore"),
            [("ssm", true), ("ssmmessages", true), ("ec2messages", true)]
        );
        assert_eq!(services("AmazonEKS_CNI_Policy"), []);
        assert!(of("AWSLambdaSQSQueueExecutionRole").consumes[0].explicit);
        assert!(!of("AmazonSQSFullAccess").consumes[0].explicit);
        assert!(of("SomethingElse").hidden.is_some());
        assert!(!is_managed("arn:aws:iam::123456789012:policy/own"));
    }
}
