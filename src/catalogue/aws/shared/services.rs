//! The AWS services that a VPC endpoint can serve, and the permissions that call them.
//!
//! - Names: AWS CDK 2.276.0, `GatewayVpcEndpointAwsService` and `InterfaceVpcEndpointAwsService`, read 2026-11-23.
//! - Hosts: `service.region.amazonaws.com` (AWS General Reference, "AWS service endpoints"), `api.ecr` and `dkr.ecr` as its page
//!   on Amazon ECR has them; read 2026-11-25. Those of Kinesis, Firehose and `SageMaker` are their SDKs' own.
//! - Gateway endpoints exist for S3 and `DynamoDB` only and cost nothing: Amazon EKS best practices guide, "Cost
//!   optimization - networking" (aws/aws-eks-best-practices dc0243a), read 2026-11-23.
//! - Prefixes of permissions: IAM service authorization reference, by the services' own names.

use crate::facts::{EndpointKind, Service, StoreKind};

macro_rules! services {
    (@host $host:literal) => { concat!($host, ".{region}.amazonaws.com") };
    (@host $host:literal $other:literal) => { services!(@host $other) };
    (@holds) => { None };
    (@holds $store:ident) => { Some(StoreKind::$store) };
    ($($name:ident $kind:ident $short:literal $title:literal $(at $host:literal)? $(holding $store:ident)?;)+) => {
        $(pub(in crate::catalogue::aws) static $name: Service =
            Service {
                name: $short,
                title: $title,
                endpoint: concat!("com.amazonaws.{region}.", $short),
                host: services!(@host $short $($host)?),
                kind: EndpointKind::$kind,
                holds: services!(@holds $($store)?),
            };)+

        /// Each service as a list of its own.
        #[allow(dead_code, reason = "made for every service, though some are only called together")]
        pub(in crate::catalogue::aws) mod only {
            use crate::facts::Service;

            $(pub(in crate::catalogue::aws) static $name: &[&Service] = &[&super::$name];)+
        }
    };
}

services! {
    S3 Gateway "s3" "Amazon S3" holding Objects;
    DYNAMODB Gateway "dynamodb" "Amazon DynamoDB" holding Table;
    APPCONFIGDATA Interface "appconfigdata" "AWS AppConfig";
    ATHENA Interface "athena" "Amazon Athena";
    AUTOSCALING Interface "autoscaling" "EC2 Auto Scaling";
    BATCH Interface "batch" "AWS Batch";
    BEDROCK_RUNTIME Interface "bedrock-runtime" "Amazon Bedrock";
    COGNITO_IDP Interface "cognito-idp" "Amazon Cognito user pools";
    COMPREHEND Interface "comprehend" "Amazon Comprehend";
    EC2 Interface "ec2" "Amazon EC2";
    EC2_MESSAGES Interface "ec2messages" "Systems Manager messages";
    ECR_API Interface "ecr.api" "Amazon ECR (API)" at "api.ecr";
    ECR_DKR Interface "ecr.dkr" "Amazon ECR (images)" at "dkr.ecr";
    ECS Interface "ecs" "Amazon ECS";
    ECS_AGENT Interface "ecs-agent" "Amazon ECS agent";
    ECS_TELEMETRY Interface "ecs-telemetry" "Amazon ECS telemetry";
    EKS Interface "eks" "Amazon EKS";
    ELB Interface "elasticloadbalancing" "Elastic Load Balancing";
    EMAIL Interface "email" "Amazon SES";
    EVENTS Interface "events" "Amazon EventBridge";
    EXECUTE_API Interface "execute-api" "Amazon API Gateway";
    FIREHOSE Interface "kinesis-firehose" "Amazon Data Firehose" at "firehose";
    GLUE Interface "glue" "AWS Glue";
    KINESIS Interface "kinesis-streams" "Amazon Kinesis Data Streams" at "kinesis";
    KMS Interface "kms" "AWS KMS";
    LAMBDA Interface "lambda" "AWS Lambda";
    LOGS Interface "logs" "CloudWatch Logs";
    MONITORING Interface "monitoring" "Amazon CloudWatch";
    POLLY Interface "polly" "Amazon Polly";
    RDS_DATA Interface "rds-data" "RDS Data API";
    REKOGNITION Interface "rekognition" "Amazon Rekognition";
    SAGEMAKER_RUNTIME Interface "sagemaker.runtime" "Amazon SageMaker endpoints" at "runtime.sagemaker";
    SECRETS_MANAGER Interface "secretsmanager" "AWS Secrets Manager";
    SERVICE_DISCOVERY Interface "servicediscovery" "AWS Cloud Map";
    SNS Interface "sns" "Amazon SNS";
    SQS Interface "sqs" "Amazon SQS";
    SSM Interface "ssm" "AWS Systems Manager";
    SSM_MESSAGES Interface "ssmmessages" "Systems Manager Session Manager";
    STATES Interface "states" "AWS Step Functions";
    STS Interface "sts" "AWS STS";
    TEXTRACT Interface "textract" "Amazon Textract";
    XRAY Interface "xray" "AWS X-Ray";
}

/// What pulling an image from ECR needs. The layers lie in S3: Amazon ECR user guide, "VPC endpoints"
/// (awsdocs/amazon-ecr-user-guide 8f2dbe9), read 2026-11-23.
pub(in crate::catalogue::aws) static IMAGE_PULL: &[&Service] = &[&ECR_API, &ECR_DKR, &S3];

/// The services that a permission with this prefix calls.
pub(in crate::catalogue::aws) fn called_by(prefix: &str, operation: &str) -> &'static [&'static Service] {
    match prefix {
        "appconfig" => only::APPCONFIGDATA,
        "athena" => only::ATHENA,
        "autoscaling" => only::AUTOSCALING,
        "batch" => only::BATCH,
        "bedrock" if operation.starts_with("Invoke") || operation.starts_with("Converse") => only::BEDROCK_RUNTIME,
        "cloudwatch" => only::MONITORING,
        "cognito-idp" => only::COGNITO_IDP,
        "comprehend" => only::COMPREHEND,
        "dynamodb" => only::DYNAMODB,
        "ec2" => only::EC2,
        "ec2messages" => only::EC2_MESSAGES,
        "ecr" if is_pull(operation) => IMAGE_PULL,
        "ecr" => only::ECR_API,
        "ecs" => only::ECS,
        "eks" => only::EKS,
        "elasticloadbalancing" => only::ELB,
        "events" => only::EVENTS,
        "execute-api" => only::EXECUTE_API,
        "firehose" => only::FIREHOSE,
        "glue" => only::GLUE,
        "kinesis" => only::KINESIS,
        "kms" => only::KMS,
        "lambda" => only::LAMBDA,
        "logs" => only::LOGS,
        "polly" => only::POLLY,
        "rds-data" => only::RDS_DATA,
        "rekognition" => only::REKOGNITION,
        "s3" => only::S3,
        "sagemaker" if operation.starts_with("InvokeEndpoint") => only::SAGEMAKER_RUNTIME,
        "secretsmanager" => only::SECRETS_MANAGER,
        "servicediscovery" => only::SERVICE_DISCOVERY,
        "ses" => only::EMAIL,
        "sns" => only::SNS,
        "sqs" => only::SQS,
        "ssm" => only::SSM,
        "ssmmessages" => only::SSM_MESSAGES,
        "states" => only::STATES,
        "sts" => only::STS,
        "textract" => only::TEXTRACT,
        "xray" => only::XRAY,
        _ => &[],
    }
}

/// Whether an operation of ECR belongs to pulling an image.
pub(in crate::catalogue::aws) fn is_pull(operation: &str) -> bool {
    matches!(operation, "BatchGetImage" | "GetDownloadUrlForLayer" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_answer_for_their_own_service_only() {
        for (service, zone) in [
            (&EVENTS, "events.eu-west-1.amazonaws.com"),
            (&EVENTS, "Events.eu-west-1.amazonaws.com."),
            (&EVENTS, "eu-west-1.amazonaws.com"),
            (&EVENTS, "events.cn-north-1.amazonaws.com.cn"),
            (&ECR_API, "api.ecr.eu-west-1.amazonaws.com"),
            (&ECR_DKR, "dkr.ecr.eu-west-1.amazonaws.com"),
            (&KINESIS, "kinesis.eu-west-1.amazonaws.com"),
        ] {
            assert!(service.is_answered_by(zone), "{zone}");
        }
        for (service, zone) in [
            (&EVENTS, "events.corp.internal"),
            (&EVENTS, "amazonaws.com.events"),
            (&EVENTS, "com"),
            (&ECR_API, "dkr.ecr.eu-west-1.amazonaws.com"),
            (&ECR_API, "api.corp.internal"),
            (&BEDROCK_RUNTIME, "bedrock.eu-west-1.amazonaws.com"),
        ] {
            assert!(!service.is_answered_by(zone), "{zone}");
        }
    }
}
