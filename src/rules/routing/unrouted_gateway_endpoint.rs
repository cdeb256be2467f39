use std::collections::{BTreeMap, BTreeSet};

use crate::facts::EndpointKind;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Endpoint, EndpointId, Exit, Served, Subnet, SubnetId, Topology};
use crate::units::{counted, few, listed};

use super::shared::{Call, calls, leaves_anyway, size};

rule! {
    /// ## What it finds
    /// A gateway endpoint (S3, DynamoDB) that is not in the route table of every subnet from which workloads call its
    /// service, or that is in no route table at all. One finding per endpoint.
    ///
    /// ## Why it matters
    /// A gateway endpoint has no addresses: it acts only through the route tables that it is in. From every other
    /// subnet the service is called as if there were no endpoint: through NAT, which bills each gigabyte, or, where no
    /// other way leads out, not at all. The endpoint looks as if it were there, so that nobody searches for the cause.
    ///
    /// ## What to do
    /// Put the endpoint into the route tables that are named. It costs nothing.
    ///
    /// ## When it stays silent
    /// For subnets in which no workload of this plan calls the service: who stands there elsewhere cannot be seen. For
    /// public subnets whose machines have public addresses. Where another endpoint serves the subnet. For endpoints
    /// that this plan only reads: what they leave unserved is told by `missing-vpc-endpoint`.
    ///
    /// ## What makes it undetermined
    /// Route tables of the endpoint, or of a subnet, that are known only after apply or stand outside the plan; an
    /// association that names an endpoint which cannot be told; a subnet whose way out cannot be told; a plan that is
    /// only a part of what the configuration makes; a workload that may call the service, but need not.
    "unrouted-gateway-endpoint", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Gateway endpoint that is missing in route tables of those who need it",
    thresholds: [],
    sources: [
        "Amazon EKS best practices guide, cost optimization, networking (aws/aws-eks-best-practices dc0243a), read 2026-11-23",
        "Provider documentation of VPC endpoints and their route table associations (aws 6.56), read 2026-11-23",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut of: BTreeMap<EndpointId, Callers<'_>> = BTreeMap::new();
    for call in calls(topology) {
        let (Served::By(id) | Served::Perhaps(id, _) | Served::Unrouted(id)) = call.served else { continue };
        of.entry(id).or_default().add(topology, call);
    }
    let mut judgement = Judgement::default();
    let is_judged =
        |endpoint: &&Endpoint| endpoint.managed && matches!(endpoint.kind, Attr::Set(EndpointKind::Gateway));
    for endpoint in topology.endpoints.iter().filter(is_judged) {
        let callers = of.remove(&endpoint.id).unwrap_or_default();
        if !callers.unrouted.is_empty() {
            judgement.findings.push(violation(topology, endpoint, &callers));
        } else if let Some(reason) = callers.unknown.first() {
            judgement.findings.push(undetermined(endpoint, &callers, reason));
        } else if endpoint.tables.is_empty() && endpoint.tables_hidden.is_none() && !callers.any && !topology.partial {
            judgement.findings.push(idle(endpoint));
        } else if callers.any {
            judgement.passed += 1;
        }
    }
    judgement
}

/// Those who call an endpoint's service from its network.
#[derive(Default)]
struct Callers<'t> {
    any: bool,
    unrouted: Vec<Call<'t>>,
    /// Why it cannot be told of others, and who they are.
    unknown: Vec<String>,
    uncertain: Vec<Call<'t>>,
}

impl<'t> Callers<'t> {
    fn add(&mut self, topology: &Topology, call: Call<'t>) {
        if leaves_anyway(call.workload, call.use_, call.subnet) {
            return;
        }
        self.any = true;
        let reason = match &call.served {
            Served::Perhaps(_, reason) => reason.clone(),
            Served::Unrouted(_) => match &call.subnet.exit {
                Exit::Unknown(reason) => format!("where {} leads out ({reason})", call.subnet.address),
                _ if topology.partial => format!(
                    "what else the configuration adds to {}: this plan is only a part of it",
                    call.subnet.address
                ),
                _ if !call.use_.certain => {
                    format!("whether {} calls {}", call.workload.address, call.use_.service.title)
                }
                _ => return self.unrouted.push(call),
            },
            _ => return,
        };
        self.unknown.push(reason);
        self.uncertain.push(call);
    }
}

fn violation(topology: &Topology, endpoint: &Endpoint, callers: &Callers<'_>) -> Finding {
    let calls = &callers.unrouted;
    let workloads: BTreeSet<&Address> = calls.iter().map(|call| &call.workload.address).collect();
    let subnets: BTreeSet<SubnetId> = calls.iter().map(|call| call.at).collect();
    let subnets: Vec<&Subnet> = subnets.into_iter().map(|id| topology.subnet(id)).collect();
    let tables: BTreeSet<String> = subnets.iter().map(|subnet| table(topology, subnet)).collect();
    let cut_off = |call: &Call<'_>| matches!(call.subnet.exit, Exit::Nowhere | Exit::Internet);
    let severity =
        if calls.iter().any(|call| cut_off(call) && call.use_.to_start) { Severity::High } else { Severity::Medium };
    let title = calls.first().map_or("its service", |call| call.use_.service.title);
    let what = match endpoint.tables.len() {
        0 => "is in no route table".to_owned(),
        _ => format!("is not in {}", few(&tables)),
    };
    let (count, verb) = (size(workloads.len()), if workloads.len() == 1 { "calls" } else { "call" });
    let message = format!(
        "{} {what}, by which {} {} routed: {} there {verb} {title} {}.",
        endpoint.address,
        few(subnets.iter().map(|subnet| &subnet.address)),
        if subnets.len() == 1 { "is" } else { "are" },
        counted(count, "workload"),
        way(&subnets, severity),
    );
    let routes: Vec<Evidence> =
        subnets.iter().map(|subnet| Evidence::plan(&subnet.address, "route table", table(topology, subnet))).collect();
    let attribute = endpoint.tables_attribute.unwrap_or("route tables");
    let own = Evidence::plan(&endpoint.address, attribute, listed(&endpoint.tables));
    let effect = if subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Nat(_))) {
        "the traffic then leaves the NAT gateway's bill and its bandwidth"
    } else {
        "the calls then take no other way out"
    };
    let free = Delta::Free("gateway endpoints are billed neither by the hour nor by the gigabyte");
    Finding::violation(&RULE.meta, &endpoint.address, message)
        .severity(severity)
        .about(workloads)
        .about(subnets.iter().map(|subnet| &subnet.address))
        .about(subnets.iter().flat_map(|subnet| subnet.exit.through()))
        .resting_on([&own])
        .resting_on(&routes)
        .resting_on(calls.iter().flat_map(|call| &call.use_.evidence))
        .measuring("workloads", usize::try_from(count).unwrap_or(usize::MAX))
        .measuring("subnets", subnets.len())
        .measuring("route_tables", tables.len())
        .gravity(size(tables.len() * 1000 + subnets.len()))
        .remedy(
            Remedy::new(format!("add {} to {}", listed(&tables), endpoint.address), effect, free)
                .to("subnets", 0_usize)
                .to("route_tables", 0_usize),
        )
}

/// What a person calls the route table of a subnet.
fn table(topology: &Topology, subnet: &Subnet) -> String {
    let network = subnet.network.map(|network| &topology.network(network).address);
    match &subnet.table {
        Some(table) if Some(table) == network => format!("the main route table of {table}"),
        Some(table) => table.to_string(),
        None => format!("the route table of {}", subnet.address),
    }
}

/// How the calls leave instead.
fn way(subnets: &[&Subnet], severity: Severity) -> String {
    let ways: BTreeSet<&Address> = subnets.iter().flat_map(|subnet| subnet.exit.through()).collect();
    if subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Nowhere | Exit::Internet)) {
        let lost = "with no other way to it";
        let stuck = if severity == Severity::High { ", and cannot start without" } else { "" };
        return format!("{lost}{stuck}");
    }
    if ways.is_empty() { "by another way out".to_owned() } else { format!("through {}", few(ways)) }
}

/// An endpoint that nothing leads to, and that nobody in the plan needs.
fn idle(endpoint: &Endpoint) -> Finding {
    let message = format!("{} is in no route table, so that nothing leads to it: it does nothing.", endpoint.address);
    let free = Delta::Free("gateway endpoints are billed neither by the hour nor by the gigabyte");
    Finding::violation(&RULE.meta, &endpoint.address, message)
        .severity(Severity::Low)
        .resting_on([&Evidence::plan(&endpoint.address, "route tables", "none")])
        .measuring("workloads", 0_usize)
        .remedy(Remedy::new(
            format!("add {} to the route tables of the private subnets", endpoint.address),
            "an endpoint acts through the route tables that it is in",
            free,
        ))
}

fn undetermined(endpoint: &Endpoint, callers: &Callers<'_>, reason: &str) -> Finding {
    let workloads: BTreeSet<&Address> = callers.uncertain.iter().map(|call| &call.workload.address).collect();
    let message = format!(
        "{}: whether it serves {} that {} its service cannot be told; unknown is {reason}.",
        endpoint.address,
        counted(size(workloads.len()), "workload"),
        if workloads.len() == 1 { "calls" } else { "call" },
    );
    Finding::undetermined(&RULE.meta, &endpoint.address, message)
        .severity(Severity::Medium)
        .measuring("workloads", workloads.len())
        .about(workloads)
        .resting_on(callers.uncertain.iter().flat_map(|call| &call.use_.evidence))
}
