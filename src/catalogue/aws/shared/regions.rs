//! In which region something stands, by its address or its ARN.
//!
//! Source: AWS General Reference, service endpoints (`service.region.amazonaws.com`) and ARN formats; hosts of load balancers, of
//! Amazon RDS, API Gateway and Lambda URLs as their own guides have them; read 2026-11-29. Hosts of Amazon `ElastiCache` have a
//! short form of the region and are not read.

use crate::facts::{Regional, RemoteKind, is_aside};
use crate::model::{HOLE, Text};

const BUCKET: &str = "S3 bucket";

/// Parts of hosts, and of ARNs, with what they lead to.
const HOSTS: &[(&str, &str, RemoteKind)] = &[
    ("rds", "database", RemoteKind::Data),
    ("docdb", "DocumentDB cluster", RemoteKind::Data),
    ("redshift", "Redshift cluster", RemoteKind::Data),
    ("memorydb", "MemoryDB cluster", RemoteKind::Data),
    ("sqs", "SQS queue", RemoteKind::Call),
    ("queue", "SQS queue", RemoteKind::Call),
    ("sns", "SNS topic", RemoteKind::Call),
    ("dynamodb", "DynamoDB table", RemoteKind::Call),
    ("kinesis", "Kinesis stream", RemoteKind::Call),
    ("firehose", "Firehose stream", RemoteKind::Call),
    ("s3", BUCKET, RemoteKind::Call),
    ("elb", "load balancer", RemoteKind::Call),
    ("execute-api", "API", RemoteKind::Call),
    ("lambda-url", "function", RemoteKind::Call),
    ("lambda", "function", RemoteKind::Call),
    ("states", "state machine", RemoteKind::Call),
    ("es", "OpenSearch domain", RemoteKind::Call),
    ("aoss", "OpenSearch collection", RemoteKind::Call),
    ("kafka", "Kafka cluster", RemoteKind::Call),
    ("mq", "broker", RemoteKind::Call),
];

/// Services whose ARN in a variable is that of what is called.
const ARNS: &[&str] = &["sqs", "sns", "dynamodb", "kinesis", "firehose", "lambda", "states"];

/// Words in the names of variables whose addresses are handed on to browsers, which call them from wherever they are.
const HANDED_ON: &[&str] =
    &["ASSET", "ASSETS", "CDN", "FRONTEND", "MEDIA", "NEXT", "PUBLIC", "REACT", "STATIC", "VITE", "WEBSITE"];

/// Words in the names of variables by which a bucket itself is meant, and not one object that anybody may fetch.
const KEEPS: &[&str] = &["BUCKET", "ENDPOINT", "S3"];

fn speaks_of(variable: &str, words: &[&str]) -> bool {
    variable.split('_').any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// Whether nothing is called by what a variable of this name holds: no request waits for it, or a browser fetches it.
pub(super) fn is_spared(variable: &str) -> bool {
    is_aside(variable) || (speaks_of(variable, HANDED_ON) && !speaks_of(variable, KEEPS))
}

/// The region that a variable names, with what stands there; nothing where no request waits for it.
pub(super) fn read(variable: &str, text: &str) -> Option<Regional> {
    if text.len() > 4096 || is_aside(variable) {
        return None;
    }
    let regional =
        |region: &str, noun, kind| Regional { variable: variable.into(), region: Text::from(region), noun, kind };
    if matches!(variable, "AWS_REGION" | "AWS_DEFAULT_REGION") {
        return is_region(text).then(|| regional(text, "everything that is called by default", RemoteKind::Default));
    }
    let mut pieces = text.split([',', ';', ' ', '\n', '"', '\'']).filter(|piece| !is_aside(piece));
    let (region, noun, kind) = pieces.find_map(|piece| of_arn(piece).or_else(|| of_host(piece)))?;
    let public = kind == RemoteKind::Call && speaks_of(variable, HANDED_ON);
    let fetched = noun == BUCKET && !speaks_of(variable, KEEPS);
    (!public && !fetched).then(|| regional(region, noun, kind))
}

fn of_arn(text: &str) -> Option<(&str, &'static str, RemoteKind)> {
    let mut parts = text.split(':');
    if parts.next() != Some("arn") {
        return None;
    }
    let (_, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    let service = ARNS.iter().find(|known| **known == service)?;
    is_region(region).then_some(())?;
    HOSTS.iter().find(|(part, ..)| part == service).map(|(_, noun, kind)| (region, *noun, *kind))
}

fn of_host(text: &str) -> Option<(&str, &'static str, RemoteKind)> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit('@').next()?;
    let host = authority.split(':').next()?;
    let name = [".amazonaws.com", ".amazonaws.com.cn", ".on.aws"].iter().find_map(|end| host.strip_suffix(end))?;
    let labels: Vec<&str> = name.split('.').collect();
    let region = labels.iter().copied().find(|label| is_region(label));
    // Older buckets: `s3-eu-west-1`.
    let older = || labels.iter().find_map(|label| label.strip_prefix("s3-")).filter(|label| is_region(label));
    if region.is_none()
        && let Some(region) = older()
    {
        return Some((region, BUCKET, RemoteKind::Call));
    }
    // The service stands beside the region; what stands in front is anybody's name.
    let beside = labels.iter().rev().take(2);
    let found = beside.into_iter().find_map(|label| HOSTS.iter().find(|(part, ..)| part == label))?;
    region.map(|region| (region, found.1, found.2))
}

/// Whether a text is a region's name: `eu-west-1`, `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    !text.contains(HOLE)
        && first.len() == 2
        && (1..=2).contains(&middle.len())
        && last.len() == 1
        && last.bytes().all(|byte| byte.is_ascii_digit())
        && middle
            .iter()
            .chain([first])
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_addresses() {
        let found = |variable: &str, text: &str| read(variable, text).map(|one| (one.region.to_string(), one.noun));
        for (variable, text, region, noun) in [
            ("QUEUE_URL", "https://sqs.us-west-2.amazonaws.com/123456789012/orders", "us-west-2", "SQS queue"),
            ("TOPIC", "arn:aws:sns:eu-west-1:123456789012:orders", "eu-west-1", "SNS topic"),
            ("DATABASE_URL", "postgres://app:x@db.abc.us-west-2.rds.amazonaws.com:5432/app", "us-west-2", "database"),
            ("DB_HOST", "db.cluster-abc.eu-central-1.rds.amazonaws.com", "eu-central-1", "database"),
            ("API", "https://abc.execute-api.ap-south-1.amazonaws.com/live", "ap-south-1", "API"),
            ("URL", "http://internal-a-1.us-west-2.elb.amazonaws.com", "us-west-2", "load balancer"),
            ("URL", "http://a-1.elb.us-west-2.amazonaws.com", "us-west-2", "load balancer"),
            ("URL", "https://abc.lambda-url.us-west-2.on.aws/", "us-west-2", "function"),
            ("BUCKET_URL", "https://shop.s3.eu-west-1.amazonaws.com/x", "eu-west-1", "S3 bucket"),
            ("S3_ENDPOINT", "https://shop.s3-eu-west-1.amazonaws.com/x", "eu-west-1", "S3 bucket"),
            ("AWS_REGION", "eu-west-1", "eu-west-1", "everything that is called by default"),
        ] {
            assert_eq!(found(variable, text), Some((region.to_owned(), noun)), "{text}");
        }
        for (variable, text) in [
            ("BACKUP_BUCKET_URL", "https://shop.s3.eu-west-1.amazonaws.com"),
            ("BUCKET_URL", "https://shop-logs.s3.eu-west-1.amazonaws.com"),
            ("DR_DB_HOST", "db.abc.us-west-2.rds.amazonaws.com"),
            ("ROLE", "arn:aws:iam::123456789012:role/app"),
            ("KEY", "arn:aws:kms:us-east-1:123456789012:key/1"),
            ("CERTIFICATE", "arn:aws:acm:us-east-1:123456789012:certificate/1"),
            ("SES_REGION", "us-east-1"),
            ("LOGO_URL", "https://shop.s3.eu-west-1.amazonaws.com/logo.svg"),
            ("NEXT_PUBLIC_API_URL", "https://abc.execute-api.eu-west-1.amazonaws.com/live"),
            ("SMTP_HOST", "email-smtp.us-east-1.amazonaws.com"),
            ("URL", "https://us-east-1.example.com"),
            ("BUCKET", "s3.amazonaws.com"),
        ] {
            assert_eq!(found(variable, text), None, "{text}");
        }
    }
}
