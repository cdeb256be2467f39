use super::shared::{calls, holds, keeps, statements, ways};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};

rule! {
    /// ## What it finds
    /// Somebody who works on after whoever waits for him has given up. A function or a server that may work longer on a
    /// request than the gateway, the balancer or the edge before it waits; one of these that was told to wait longer than
    /// somebody before it; a queue that shows a message to others while it is still worked on, or soon after; a database that
    /// lets a statement run longer than its caller lives; a server that closes connections which its balancer still uses; and
    /// declared calls that outlast their caller, or are given up before whom they call is done.
    ///
    /// ## Why it matters
    /// Each layer has to wait longer than the one behind it. Otherwise a slow answer becomes an error without an answer: the
    /// caller is told that it failed, the work goes on, holds its connection and its locks, and is done a second time
    /// when the caller asks again. When everything is slow already, that doubles the load.
    ///
    /// ## What to do
    /// Begin with what a caller may wait, and give each layer behind it a little less: edge, gateway or balancer, function or
    /// server, call, statement. Hand work that takes longer to a queue. Let a queue hide a message for six times as long as
    /// the work on it may take, and for the time that messages are gathered.
    ///
    /// ## When it stays silent
    /// Where nobody waits: calls that are only handed over, channels that stay open, addresses that wait as long as a
    /// function runs and before which nobody stands. Where the plan shows no limit of the work, as of most servers: declare it as `timeout`. Where both
    /// layers before the work have their own defaults. A database without a limit of its own: most set it for
    /// each connection, which no plan shows. Servers behind a proxy in the same task keep no connection of the balancer.
    ///
    /// ## What makes it undetermined
    /// A time that is known only after apply; a function that is called by an API whose integration is not in the plan, if it may
    /// work longer than such an API usually waits; a way of which it is not certain that it leads there.
    "inverted-timeout", High, "DP6", "WAF-PERF-080", since "0.1.0",
    "Somebody who works on after whoever waits for it has given up",
    thresholds: [
        ("queue-times", 6, 100, "times as long as the work on it takes at most a queue is to hide a message"),
    ],
    sources: [
        "AWS Lambda developer guide, creating and configuring an Amazon SQS event source mapping, read 2026-11-29",
        "Amazon API Gateway developer guide, quotas, integration timeout, read 2026-11-29",
        "AWS CloudFormation reference, AWS::ApiGatewayV2::Integration, TimeoutInMillis, read 2026-11-29",
        "Elastic Load Balancing, Application Load Balancers guide, connection idle timeout and troubleshooting, read 2026-11-29",
        "Amazon CloudFront API reference, CustomOriginConfig, OriginReadTimeout, read 2026-11-29",
        "Gunicorn 27.0.1 and Uvicorn 0.54.0, their own settings, read 2026-11-29",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let topology = context.topology;
    let times = context.policy.threshold(&RULE.meta, "queue-times");
    for workload in &topology.workloads {
        ways::judge(&RULE.meta, workload, &mut judgement);
        holds::judge(&RULE.meta, workload, times, &mut judgement);
        keeps::judge(&RULE.meta, workload, &mut judgement);
        calls::judge(&RULE.meta, topology, workload, &mut judgement);
    }
    ways::stack(&RULE.meta, topology.workloads.iter(), &mut judgement);
    statements::judge(&RULE.meta, topology, &mut judgement);
    judgement
}
