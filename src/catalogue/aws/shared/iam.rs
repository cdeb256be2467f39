//! IAM policies: which services they let somebody call, which queues and streams they let somebody read.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::one_or_many::OneOrMany;
use super::services;
use crate::catalogue::reader::{MANY, Reader};
use crate::facts::{Caller, Consumes, LinkValue, Permission, Relation, ServiceCall, SourceKind};
use crate::model::{Attr, Only, Text, View, Why, holds_hole};

/// A policy document, as far as it matters here.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    #[serde(default)]
    statement: OneOrMany<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    #[serde(default)]
    effect: Option<String>,
    #[serde(default)]
    action: OneOrMany<String>,
    #[serde(default)]
    resource: OneOrMany<Value>,
    #[serde(default)]
    condition: Option<IgnoredAny>,
}

/// Reads the policy in `view`, the value of `attribute`, into `permission`, and links what it speaks of.
pub(in crate::catalogue::aws) fn read_policy(
    reader: &mut Reader<'_, '_>,
    permission: &mut Permission,
    attribute: &'static str,
    view: View<'_>,
) {
    match view.draft_json::<Document>() {
        Attr::Set(document) => {
            let mut denied: Vec<String> = Vec::new();
            for statement in document.statement.into_vec() {
                let resources: Vec<Text> = (statement.resource.into_vec().into_iter())
                    .filter_map(|resource| resource.as_str().map(Text::from))
                    .collect();
                if statement.effect.as_deref() == Some("Deny") {
                    if statement.condition.is_none() && resources.iter().any(|resource| resource == "*") {
                        denied.extend(statement.action.into_vec());
                    }
                    continue;
                }
                let mut actions = statement.action.into_vec();
                let (all, effect) = (actions.len(), statement.effect.as_deref().unwrap_or_default());
                actions.retain(|action| !holds_hole(action));
                if actions.len() < all || holds_hole(effect) {
                    permission.hidden = Some(Why::Computed);
                }
                if holds_hole(effect) {
                    continue;
                }
                let slot = permission.consumes.len();
                let region = region_of(&resources);
                let consumes = grant(permission, actions.iter().map(String::as_str), slot, region.as_ref());
                if resources.iter().any(|arn| holds_hole(arn)) {
                    // Which of all that the policy refers to stands here, its text does not tell.
                    if consumes {
                        permission.consumes.truncate(slot);
                        permission.hidden = Some(Why::Computed);
                    }
                    let unknown = LinkValue::Unknown(Why::Computed);
                    reader.value(Relation::Mentions, attribute, MANY.slot(usize::MAX), unknown);
                    continue;
                }
                let names: Vec<Text> = resources.iter().map(|arn| stem(arn)).filter(|arn| !arn.is_empty()).collect();
                if !names.is_empty() {
                    let how = if consumes { MANY.slot(slot) } else { MANY.slot(usize::MAX) };
                    reader.value(Relation::Mentions, attribute, how, LinkValue::Known(names));
                }
            }
            withdraw(permission, denied.iter().map(String::as_str));
        }
        Attr::Unset => {}
        Attr::Unknown(why) => {
            permission.hidden = Some(why);
            reader.value(Relation::Grants, attribute, MANY, LinkValue::Unknown(why));
            reader.value(Relation::Mentions, attribute, MANY.slot(usize::MAX), LinkValue::Unknown(why));
        }
    }
}

/// Reads the `statement` blocks of a policy document's data source, whose actions are known before its resources are.
pub(in crate::catalogue::aws) fn read_statements(
    reader: &mut Reader<'_, '_>,
    permission: &mut Permission,
    statements: View<'_>,
) {
    if let Attr::Unknown(why) = statements.presence() {
        permission.hidden = Some(why);
    }
    let mut denied: Vec<Text> = Vec::new();
    for (position, statement) in statements.visible_blocks().into_iter().enumerate() {
        if statement.text("effect").known().is_some_and(|effect| effect == "Deny") {
            let all = statement.get("resources").texts().into_known().unwrap_or_default();
            let everywhere = all.iter().any(|resource| resource.known().is_some_and(|resource| resource == "*"));
            if everywhere && statement.get("condition").presence().is_unset() {
                let actions = statement.get("actions").texts().into_known().unwrap_or_default();
                denied.extend(actions.into_iter().filter_map(Attr::into_known));
            }
            continue;
        }
        let actions = statement.get("actions").texts().into_known().unwrap_or_default();
        let slot = permission.consumes.len();
        let resources = statement.get("resources").texts().into_known().unwrap_or_default();
        let all_known: Option<Vec<Text>> = resources.into_iter().map(Attr::into_known).collect();
        let region = all_known.and_then(|resources| region_of(&resources));
        let named = actions.iter().filter_map(|action| action.known()).map(Text::as_str);
        let consumes = grant(permission, named, slot, region.as_ref());
        for action in &actions {
            if let Attr::Unknown(why) = action {
                permission.hidden = Some(*why);
            }
        }
        if let Attr::Unknown(why) = statement.get("actions").presence() {
            permission.hidden = Some(why);
        }
        let how = if consumes { MANY.slot(slot) } else { MANY.slot(usize::MAX) };
        let how = how.only(Only::Position(position));
        if let Some(value) = crate::catalogue::reader::link_value(statement.get("resources"), true, |arn| stem(&arn)) {
            reader.value(Relation::Mentions, "statement.resources", how, value);
        }
    }
    withdraw(permission, denied.iter().map(Text::as_str));
}

/// Takes back what wildcards allow and a statement forbids everywhere and always: who may not read does not consume.
fn withdraw<'t>(permission: &mut Permission, denied: impl Iterator<Item = &'t str>) {
    for action in denied {
        let parts = action.split_once(':');
        let kind = parts.and_then(|(prefix, operation)| consumed(&prefix.to_ascii_lowercase(), operation));
        if let Some((kind, _)) = kind {
            permission.consumes.retain(|consumes| consumes.kind != kind || consumes.explicit);
        }
    }
}

/// The region of all these ARNs, if they have one and the same.
fn region_of(resources: &[Text]) -> Option<Text> {
    let mut regions = resources.iter().map(|arn| arn.split(':').nth(3).filter(|region| !region.contains('*')));
    let first = regions.next()??;
    (!first.is_empty() && !holds_hole(first) && regions.all(|region| region == Some(first))).then(|| first.into())
}

/// An ARN without what stands for its parts: `arn:aws:s3:::assets/*` speaks of the bucket.
fn stem(arn: &str) -> Text {
    if arn == "*" {
        return Text::default();
    }
    let stem = arn.strip_suffix("/*").or_else(|| arn.strip_suffix(":*")).unwrap_or(arn);
    match stem.split_once(":::") {
        // An object in a bucket.
        Some((_, path)) if path.contains('/') => stem
            .split_at_checked(stem.len() - path.len() + path.find('/').unwrap_or(path.len()))
            .map_or(stem, |(bucket, _)| bucket)
            .into(),
        _ => stem.into(),
    }
}

/// Adds what `actions` allow; says whether they let somebody consume messages.
pub(in crate::catalogue::aws) fn grant<'t>(
    permission: &mut Permission,
    actions: impl Iterator<Item = &'t str>,
    slot: usize,
    region: Option<&Text>,
) -> bool {
    let slot = u16::try_from(slot).unwrap_or(u16::MAX);
    let mut any = false;
    for action in actions {
        let Some((prefix, operation)) = action.split_once(':') else { continue };
        let prefix = prefix.to_ascii_lowercase();
        if let Some((kind, explicit)) = consumed(&prefix, operation) {
            any = true;
            permission.consumes.push(Consumes { kind, explicit, action: action.into(), slot });
        }
        let Some(caller) = caller(&prefix, operation) else { continue };
        for service in services::called_by(&prefix, operation) {
            let chatter = is_chatter(action);
            // The registry's layers lie in S3, which an interface endpoint does not serve for it.
            let by_gateway = prefix == "ecr" && service.name == services::S3.name;
            let known = permission
                .calls
                .iter_mut()
                .find(|call| call.service == *service && call.caller == caller && call.region.as_ref() == region);
            if let Some(call) = known {
                // Whatever else it calls there makes it more than a way to keep in touch.
                if call.chatter && !chatter {
                    (call.chatter, call.action) = (false, action.into());
                }
                call.by_gateway |= by_gateway;
            } else {
                let action = action.into();
                let region = region.cloned();
                permission.calls.push(ServiceCall { caller, service, action, chatter, by_gateway, region });
            }
        }
    }
    any
}

/// Whether an action is one by which agents keep in touch with their control plane.
fn is_chatter(action: &str) -> bool {
    action.starts_with("ssmmessages:")
        || action.starts_with("ec2messages:")
        || action == "ssm:UpdateInstanceInformation"
}

/// The kind of source that an action reads messages of, and whether it says so itself.
fn consumed(prefix: &str, operation: &str) -> Option<(SourceKind, bool)> {
    let (kind, reads): (_, &[&str]) = match prefix {
        "sqs" => (SourceKind::Queue, &["receivemessage"]),
        "kinesis" => (SourceKind::Stream, &["getrecords", "subscribetoshard"]),
        "dynamodb" => (SourceKind::Stream, &["getrecords"]),
        "kafka-cluster" => (SourceKind::Stream, &["readdata"]),
        _ => return None,
    };
    let operation = operation.to_ascii_lowercase();
    let read = reads.iter().find(|read| matches(&operation, read))?;
    let bare = operation.trim_matches('*').is_empty();
    match prefix {
        // Wildcards of tables are for tables; that they cover streams intends nothing.
        "dynamodb" if operation != **read => None,
        _ => Some((kind, !bare)),
    }
}

/// Whether an IAM action's pattern covers an operation: `*` stands for any text, `?` for one letter.
///
/// Source: AWS IAM user guide, policy elements, Action: wildcards, and that case does not matter. Read 2026-11-25.
fn matches(pattern: &str, operation: &str) -> bool {
    match pattern.split_once('*') {
        None => {
            pattern.len() == operation.len() && pattern.bytes().zip(operation.bytes()).all(|(a, b)| a == b || a == b'?')
        }
        Some((head, rest)) => {
            let Some((start, tail)) = operation.split_at_checked(head.len()) else { return false };
            matches(head, start) && (0..=tail.len()).any(|at| tail.get(at..).is_some_and(|tail| matches(rest, tail)))
        }
    }
}

/// Who makes a call; `None` for what the cloud does on its own account with the workload's role.
fn caller(prefix: &str, operation: &str) -> Option<Caller> {
    match (prefix, operation) {
        // Lambda manages the network interfaces of its functions from outside their network.
        (
            "ec2",
            "CreateNetworkInterface"
            | "DeleteNetworkInterface"
            | "DescribeNetworkInterfaces"
            | "AssignPrivateIpAddresses"
            | "UnassignPrivateIpAddresses"
            | "DescribeSubnets"
            | "DescribeSecurityGroups"
            | "DescribeVpcs",
        ) => None,
        // Services encrypt and decrypt with their callers' rights, from their own side.
        (
            "kms",
            "Decrypt"
            | "Encrypt"
            | "DescribeKey"
            | "CreateGrant"
            | "GenerateDataKey"
            | "GenerateDataKey*"
            | "ReEncrypt*"
            | "ReEncryptFrom"
            | "ReEncryptTo"
            | "GenerateDataKeyWithoutPlaintext"
            | "*",
        ) => None,
        // Authorization to sign in to a database: no call at all.
        ("rds-db" | "kafka-cluster" | "elasticfilesystem", _) => None,
        ("logs", "CreateLogGroup" | "CreateLogStream" | "PutLogEvents" | "DescribeLogStreams" | "*")
        | ("xray" | "ecr", _) => Some(Caller::Platform),
        (
            "sqs",
            "ReceiveMessage" | "DeleteMessage" | "GetQueueAttributes" | "ChangeMessageVisibility" | "GetQueueUrl",
        )
        | (
            "kinesis",
            "GetRecords"
            | "GetShardIterator"
            | "DescribeStream"
            | "DescribeStreamSummary"
            | "ListShards"
            | "ListStreams"
            | "SubscribeToShard",
        )
        | ("dynamodb", "GetRecords" | "GetShardIterator" | "DescribeStream" | "ListStreams" | "ListShards") => {
            Some(Caller::Poller)
        }
        _ => Some(Caller::Code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Account, Address, Body, Mark, Mode, Resource};
    use serde_json::json;

    fn permission(actions: &[&str]) -> Permission {
        let mut permission = Permission::default();
        grant(&mut permission, actions.iter().copied(), 0, None);
        permission
    }

    #[test]
    fn sending_is_not_consuming() {
        assert!(permission(&["sqs:SendMessage", "sqs:GetQueueUrl"]).consumes.is_empty());
        let receives = permission(&["sqs:ReceiveMessage"]).consumes;
        assert!(receives[0].explicit && receives[0].kind == SourceKind::Queue);
        assert!(permission(&["sqs:Receive*"]).consumes[0].explicit);
        assert!(!permission(&["sqs:*"]).consumes[0].explicit);
        assert!(permission(&["dynamodb:*", "dynamodb:GetItem"]).consumes.is_empty());
        assert_eq!(permission(&["dynamodb:GetRecords"]).consumes[0].kind, SourceKind::Stream);
        for spelled in ["sqs:receivemessage", "SQS:*Message", "kinesis:Get*", "sqs:Receive?essage", "kinesis:*Records"]
        {
            assert!(permission(&[spelled]).consumes.first().is_some_and(|consumes| consumes.explicit), "{spelled}");
        }
        assert!(permission(&["sqs:Send*", "sqs:?", "kinesis:Put*", "sqs:ReceiveMessages"]).consumes.is_empty());
    }

    #[test]
    fn whoever_calls_for_more_is_no_mere_agent() {
        let (touch, read) = ("ssm:UpdateInstanceInformation", "ssm:GetParameter");
        for actions in [[touch, read], [read, touch]] {
            let calls = permission(&actions).calls;
            let shown: Vec<_> = calls.iter().map(|call| (call.action.as_str(), call.chatter)).collect();
            assert_eq!(shown, [(read, false)], "{actions:?}");
        }
        assert!(permission(&[touch]).calls.iter().all(|call| call.chatter));
    }

    #[test]
    fn only_what_is_denied_everywhere_and_always_is_withdrawn() {
        let consumes = |deny: Value| {
            let allow = json!({ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" });
            let policy = json!({ "Statement": [allow, deny] }).to_string();
            let resource = json!({ "policy": policy }).to_string();
            let body = Body::new(Some(&resource), Mark::No, Mark::No);
            let resource = Resource {
                address: Address::new("aws_iam_role_policy.a"),
                kind: "aws_iam_role_policy",
                mode: Mode::Managed,
                region: Attr::Unset,
                account: Account::default(),
                body,
                configured: None,
            };
            let mut permission = Permission::default();
            read_policy(&mut Reader::new(&resource), &mut permission, "policy", resource.body.get("policy"));
            permission.consumes.len()
        };
        let deny = |more: Value| {
            let mut deny = json!({ "Effect": "Deny", "Action": "sqs:ReceiveMessage", "Resource": "*" });
            deny.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            deny
        };
        assert_eq!(consumes(deny(json!({}))), 0);
        let plain = json!({ "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
        assert_eq!(consumes(deny(plain)), 1);
        assert_eq!(consumes(deny(json!({ "Resource": "arn:aws:sqs:eu-west-1:111122223333:other" }))), 1);
    }

    #[test]
    fn calls_by_code_platform_and_poller() {
        let of =
            |action| permission(&[action]).calls.into_iter().map(|c| (c.service.name, c.caller)).collect::<Vec<_>>();
        assert_eq!(of("s3:GetObject"), [("s3", Caller::Code)]);
        assert_eq!(of("sqs:SendMessage"), [("sqs", Caller::Code)]);
        assert_eq!(of("sqs:ReceiveMessage"), [("sqs", Caller::Poller)]);
        assert_eq!(of("logs:PutLogEvents"), [("logs", Caller::Platform)]);
        assert_eq!(of("ecr:BatchGetImage"), ["ecr.api", "ecr.dkr", "s3"].map(|name| (name, Caller::Platform)));
        assert_eq!(of("ec2:CreateNetworkInterface"), []);
        assert_eq!(of("*"), []);
        assert_eq!(of("iam:PassRole"), []);
    }

    #[test]
    fn regions_of_arns() {
        let of = |arns: &[&str]| region_of(&arns.iter().map(|arn| Text::from(*arn)).collect::<Vec<_>>());
        assert_eq!(of(&["arn:aws:sqs:eu-west-1:1:a", "arn:aws:sqs:eu-west-1:1:b"]).as_deref(), Some("eu-west-1"));
        for mixed in [&["arn:aws:sqs:eu-west-1:1:a", "arn:aws:sqs:us-east-1:1:b"][..], &["arn:aws:s3:::a"], &["*"], &[]]
        {
            assert_eq!(of(mixed), None, "{mixed:?}");
        }
    }

    #[test]
    fn stems_of_arns() {
        assert_eq!(stem("arn:aws:s3:::assets/*"), "arn:aws:s3:::assets");
        assert_eq!(stem("arn:aws:s3:::assets/in/x"), "arn:aws:s3:::assets");
        assert_eq!(stem("arn:aws:sqs:eu-west-1:1:jobs"), "arn:aws:sqs:eu-west-1:1:jobs");
        assert_eq!(stem("*"), "");
    }
}
