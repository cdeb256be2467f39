use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{EndpointKind, Service};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Exit, NetworkId, Served, ServiceUse, SubnetId, Topology, Workload};
use crate::units::{counted, listed, plural};

rule! {
    /// ## What it finds
    /// A network whose workloads call a cloud service for which no endpoint serves them from their subnets: the calls
    /// leave through a NAT gateway, or cannot leave at all. One finding per network and service. What the workloads
    /// call follows from what they do: images, log drivers, secrets, permissions of their roles, and what
    /// their configuration refers to.
    ///
    /// ## Why it matters
    /// A NAT gateway bills every gigabyte, adds a hop, and is shared by everything that leaves the network: image pulls and
    /// backups compete with requests. A gateway endpoint (S3, DynamoDB) costs nothing and takes that traffic off it.
    /// An interface endpoint costs by the hour and zone, and pays from some 200 GB a month and zone on, or where it
    /// makes a NAT gateway unnecessary. Where there is no way out at all, units cannot start without endpoints.
    ///
    /// ## What to do
    /// Gateway: create the endpoint and put it into every route table of the subnets concerned. Interface: create the
    /// endpoint with private DNS in a subnet of each zone, and let its security group accept port 443 from the workloads.
    ///
    /// ## When it stays silent
    /// For public subnets whose machines have public addresses. For the chatter of agents with their control plane, where
    /// there is another way out: it never pays for an endpoint. For what the platform does from outside the
    /// network: functions have their images pulled, their logs written and their queues polled for them. For workloads
    /// without a network.
    ///
    /// ## What makes it undetermined
    /// A network that this plan does not manage, where endpoints may exist elsewhere; routes through a transit gateway, behind
    /// which shared endpoints may stand; subnets, routes or endpoints that are known only after apply.
    "missing-vpc-endpoint", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Cloud service that is called through NAT, or not at all, for want of an endpoint",
    thresholds: [],
    sources: [
        "Amazon EKS best practices guide, cost optimization, networking (aws/aws-eks-best-practices dc0243a), read 2026-11-23",
        "Amazon ECR user guide, interface VPC endpoints (awsdocs 8f2dbe9), read 2026-11-23",
        "Amazon ECS developer guide, interface VPC endpoints (awsdocs 49232cf), read 2026-11-23",
        "AWS PrivateLink and Amazon VPC list prices, us-east-1: 7.30 USD a month per zone against 0.045 - 0.01 USD per GB",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut calls: BTreeMap<(Option<NetworkId>, &'static str), Calls<'_>> = BTreeMap::new();
    let mut judgement = Judgement::default();
    for workload in &topology.workloads {
        if workload.placement.detached || workload.uses.is_empty() {
            continue;
        }
        if workload.placement.subnets.is_empty() {
            judgement.findings.extend(unplaced(workload));
            continue;
        }
        for use_ in &workload.uses {
            for (id, subnet) in topology.subnets_of(workload) {
                let calls =
                    calls.entry((subnet.network, use_.service.name)).or_insert_with(|| Calls::new(use_.service));
                calls.add(topology, workload, use_, id);
            }
        }
    }
    let mut open: BTreeMap<Option<NetworkId>, Vec<Calls<'_>>> = BTreeMap::new();
    for ((network, _), calls) in calls {
        if !calls.gaps.is_empty() {
            judgement.findings.extend(calls.violation(topology, network));
        } else if calls.unknown.is_empty() {
            judgement.passed += 1;
        } else {
            open.entry(network).or_default().push(calls);
        }
    }
    judgement.findings.extend(open.into_iter().filter_map(|(network, calls)| undetermined(topology, network, &calls)));
    judgement
}

/// The calls of one service from one network.
struct Calls<'t> {
    service: &'static Service,
    /// Calls that no endpoint serves: who, why, and from where.
    gaps: Vec<(&'t Workload, &'t ServiceUse, SubnetId)>,
    /// Endpoints that exist, but not for these subnets.
    unrouted: BTreeSet<Address>,
    /// Calls of which it cannot be told.
    unknown: Vec<(&'t Workload, &'t ServiceUse, String)>,
}

impl<'t> Calls<'t> {
    fn new(service: &'static Service) -> Self {
        Self { service, gaps: Vec::new(), unrouted: BTreeSet::new(), unknown: Vec::new() }
    }

    fn add(&mut self, topology: &'t Topology, workload: &'t Workload, use_: &'t ServiceUse, at: SubnetId) {
        let subnet = topology.subnet(at);
        let mut doubt = |reason: String| self.unknown.push((workload, use_, reason));
        match &subnet.exit {
            Exit::Internet if has_public_address(workload, subnet) => return,
            Exit::Unknown(reason) => {
                return doubt(format!("where {} leads out: {reason}", subnet.address));
            }
            Exit::Transit(through) => {
                let way = through.first().map_or_else(|| "other networks".to_owned(), ToString::to_string);
                return doubt(format!("what lies behind {way}, through which {} leads out", subnet.address));
            }
            Exit::Nat(_) | Exit::Appliance(_) if use_.chatter => return,
            Exit::Internet | Exit::Nat(_) | Exit::Appliance(_) | Exit::Nowhere => {}
        }
        match topology.served(at, use_.service.name) {
            Served::By(_) => return,
            Served::Unknown(reason) => return doubt(reason),
            Served::Unrouted(endpoint) => {
                self.unrouted.insert(endpoint);
            }
            Served::Not => {}
        }
        let managed = subnet.network.is_some_and(|network| topology.network(network).managed);
        if !managed && self.unrouted.is_empty() {
            let network = subnet.network.map(|network| topology.network(network).address.to_string());
            let network = network.unwrap_or_else(|| format!("the network of {}", subnet.address));
            return doubt(format!("which endpoints {network} has: this plan does not manage it"));
        }
        if !use_.certain {
            return doubt(format!("whether {} calls {}", workload.address, use_.service.title));
        }
        self.gaps.push((workload, use_, at));
    }

    fn violation(&self, topology: &Topology, network: Option<NetworkId>) -> Option<Finding> {
        let network = topology.network(network?);
        let workloads: BTreeSet<&Address> = self.gaps.iter().map(|(workload, ..)| &workload.address).collect();
        let subnets: BTreeSet<SubnetId> = self.gaps.iter().map(|(.., subnet)| *subnet).collect();
        let subnets: Vec<_> = subnets.into_iter().map(|id| topology.subnet(id)).collect();
        let zones: BTreeSet<&Text> = subnets.iter().filter_map(|subnet| subnet.zone.known()).collect();
        let ways: BTreeSet<&Address> = subnets.iter().flat_map(|subnet| subnet.exit.through()).collect();
        let is_cut_off = |subnet: &&&crate::topology::Subnet| matches!(subnet.exit, Exit::Nowhere | Exit::Internet);
        let cut_off = subnets.iter().filter(is_cut_off).count();
        let to_start = self.gaps.iter().any(|(_, use_, at)| use_.to_start && is_cut_off(&&topology.subnet(*at)));
        let severity = match (cut_off > 0, self.service.kind) {
            (true, _) if to_start => Severity::High,
            (true, _) | (false, EndpointKind::Gateway) => Severity::Medium,
            (false, _) => Severity::Low,
        };
        let way = if cut_off > 0 {
            let verb = if to_start { "cannot start" } else { "cannot reach it" };
            format!("{} leave no way out, so that what stands there {verb}", counted(size(cut_off), "subnet"))
        } else if ways.is_empty() {
            "the calls leave through NAT".to_owned()
        } else {
            format!("the calls leave through {}", listed(&ways))
        };
        let count = size(workloads.len());
        let missing = match self.unrouted.first() {
            Some(endpoint) => {
                format!("{endpoint} is in no route table of {}", listed(subnets.iter().map(|s| &s.address)))
            }
            None => "the network has no endpoint for it".to_owned(),
        };
        let message = format!(
            "{} in {} {} {}, and {missing}: {way}.",
            counted(count, "workload"),
            network.address,
            if count == 1 { "calls" } else { "call" },
            self.service.title,
        );
        let evidence = self.gaps.iter().map(|(_, use_, _)| &use_.evidence);
        let routes: Vec<Evidence> =
            subnets.iter().map(|subnet| Evidence::plan(&subnet.address, "default route", route(subnet))).collect();
        Some(
            Finding::violation(&RULE.meta, &network.address, message)
                .severity(severity)
                .key(self.service.name)
                .about(workloads.iter().copied())
                .about(subnets.iter().map(|subnet| &subnet.address))
                .about(ways.iter().copied())
                .resting_on(evidence)
                .resting_on(&routes)
                .measuring("workloads", workloads.len())
                .measuring("subnets", subnets.len())
                .measuring("zones", zones.len())
                .gravity(count)
                .remedy(self.remedy(network, &subnets, &zones)),
        )
    }

    fn remedy(
        &self,
        network: &crate::topology::Network,
        subnets: &[&crate::topology::Subnet],
        zones: &BTreeSet<&Text>,
    ) -> Remedy {
        let region = network.region.known().map_or("<region>", |region| region.as_str());
        let name = self.service.endpoint.replace("{region}", region);
        let tables: BTreeSet<&Address> = subnets.iter().filter_map(|subnet| subnet.table.as_ref()).collect();
        if self.service.kind == EndpointKind::Gateway {
            let place = if tables.is_empty() {
                format!("the route tables of {}", listed(subnets.iter().map(|subnet| &subnet.address)))
            } else {
                listed(&tables)
            };
            let title = match self.unrouted.first() {
                Some(endpoint) => format!("add {place} to {endpoint}"),
                None => format!("add a gateway endpoint for {name} to {}", network.address),
            };
            let detail = format!("in {place}; the traffic then leaves the NAT gateway's bill and its bandwidth");
            return Remedy::new(
                title,
                detail,
                Delta::Free("gateway endpoints are billed neither by the hour nor by the gigabyte"),
            )
            .to("subnets", 0_usize);
        }
        let title = format!("add an interface endpoint for {name} to {}", network.address);
        let detail = format!(
            "one subnet in each of {} {}, private DNS on, port 443 open from the workloads; beside a NAT gateway it pays \
             from some 200 GB a month and zone on",
            if zones.is_empty() { "their".to_owned() } else { size(zones.len()).to_string() },
            plural(size(zones.len().max(2)), "zone"),
        );
        Remedy::new(
            title,
            detail,
            Delta::NotPriced("billed by zone, hour and gigabyte: the amount comes with the price book"),
        )
        .to("subnets", 0_usize)
    }
}

/// Whether a workload's units in a public subnet have the public address without which they get nowhere from there.
fn has_public_address(workload: &Workload, subnet: &crate::topology::Subnet) -> bool {
    match (&workload.public_address, &subnet.public_addresses) {
        (Attr::Set(public), _) => *public,
        (Attr::Unset, Attr::Set(public)) => *public,
        // Nobody says so; what stands in a public subnet is there for its address.
        _ => true,
    }
}

fn route(subnet: &crate::topology::Subnet) -> String {
    match (&subnet.exit, &subnet.table) {
        (exit, Some(table)) => match exit.through().first() {
            Some(through) => format!("{through} ({table})"),
            None => format!("{} ({table})", exit.as_str()),
        },
        (exit, None) => exit.as_str().to_owned(),
    }
}

/// A workload of which nothing tells in which subnets it stands.
fn unplaced(workload: &Workload) -> Option<Finding> {
    let gap = workload.placement.gap.as_ref()?;
    let services = listed(workload.uses.iter().map(|use_| use_.service.name));
    let message = format!(
        "{} {} calls {services}, and where it stands cannot be told: {}.",
        workload.noun, workload.address, gap.reason
    );
    Some(
        Finding::undetermined(&RULE.meta, &workload.address, message)
            .severity(Severity::Medium)
            .about(&workload.members)
            .resting_on([&gap.evidence]),
    )
}

/// All that cannot be told of one network, in one finding.
fn undetermined(topology: &Topology, network: Option<NetworkId>, calls: &[Calls<'_>]) -> Option<Finding> {
    let reasons: BTreeSet<&str> =
        calls.iter().flat_map(|calls| calls.unknown.iter().map(|(.., why)| why.as_str())).collect();
    let workloads: BTreeSet<&Address> =
        calls.iter().flat_map(|calls| calls.unknown.iter().map(|(workload, ..)| &workload.address)).collect();
    let services = listed(calls.iter().map(|calls| calls.service.name));
    let more = reasons.len().saturating_sub(2);
    let mut unknown = listed(reasons.iter().take(2));
    if more > 0 {
        unknown.push_str(&format!(" and {more} more of the kind"));
    }
    let address = match network {
        Some(network) => &topology.network(network).address,
        None => workloads.first()?,
    };
    let message = format!(
        "{} {} {services}; whether endpoints serve {} cannot be told. Unknown is {unknown}.",
        counted(size(workloads.len()), "workload"),
        if workloads.len() == 1 { "calls" } else { "call" },
        if calls.len() == 1 { "it" } else { "them" },
    );
    let evidence = calls.iter().flat_map(|calls| calls.unknown.iter().map(|(_, use_, _)| &use_.evidence));
    Some(
        Finding::undetermined(&RULE.meta, address, message)
            .severity(Severity::Medium)
            .about(workloads.iter().copied())
            .resting_on(evidence)
            .measuring("workloads", workloads.len()),
    )
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
