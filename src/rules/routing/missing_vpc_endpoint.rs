use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Added, Change, ComputeKind, EndpointKind, Service};
use crate::finding::{Delta, Finding, Remedy, Severity, Trade};
use crate::model::{Address, Evidence, Text};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Exit, Network, NetworkId, Served, ServiceUse, Subnet, SubnetId, Topology, Workload};
use crate::units::{Decimal, counted, few, listed};

use super::shared::{Call, calls, leaves_anyway, size};

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
    /// without a network. For an endpoint that this plan makes and that does not serve: that is
    /// `unrouted-gateway-endpoint`, or `unreachable-interface-endpoint`. Where a private zone of the network leads the
    /// service's name to an endpoint of another network.
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

/// Where calls leave from: a network, or a workload whose network cannot be told.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Place<'t> {
    Network(NetworkId),
    Around(&'t Address),
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut places: BTreeMap<(Place<'_>, &'static str), Calls<'_>> = BTreeMap::new();
    let mut judgement = Judgement::default();
    for workload in &topology.workloads {
        let placement = &workload.placement;
        if !placement.detached && !workload.uses.is_empty() && placement.subnets.is_empty() {
            judgement.findings.extend(unplaced(workload));
        }
    }
    for call in calls(topology) {
        let place = call.subnet.network.map_or(Place::Around(&call.workload.address), Place::Network);
        let service = call.use_.service;
        places.entry((place, service.name)).or_insert_with(|| Calls::new(service)).add(topology, call);
    }
    let mut open: BTreeMap<Place<'_>, Vec<Calls<'_>>> = BTreeMap::new();
    for ((place, _), calls) in places {
        match place {
            Place::Network(network) if !calls.gaps.is_empty() => {
                judgement.findings.push(calls.violation(topology, topology.network(network)));
            }
            _ if calls.unknown.is_empty() => judgement.passed += 1,
            _ => open.entry(place).or_default().push(calls),
        }
    }
    judgement.findings.extend(open.into_iter().map(|(place, calls)| undetermined(topology, place, &calls)));
    judgement
}

/// The calls of one service from one place.
struct Calls<'t> {
    service: &'static Service,
    /// Calls that no endpoint serves: who, why, and from where.
    gaps: Vec<(&'t Workload, &'t ServiceUse, SubnetId)>,
    /// Endpoints that exist, but not for these subnets.
    unrouted: BTreeSet<Address>,
    /// Endpoints that exist, but to which the service's name does not lead.
    unnamed: BTreeMap<Address, Evidence>,
    /// Endpoints that exist, but do not serve such calls.
    unsuited: BTreeSet<Address>,
    /// Calls of which it cannot be told.
    unknown: Vec<(&'t Workload, &'t ServiceUse, String)>,
}

impl<'t> Calls<'t> {
    fn new(service: &'static Service) -> Self {
        let (unrouted, unnamed, unsuited) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        Self { service, gaps: Vec::new(), unrouted, unnamed, unsuited, unknown: Vec::new() }
    }

    fn add(&mut self, topology: &'t Topology, call: Call<'t>) {
        let Call { workload, use_, at, subnet, served } = call;
        if leaves_anyway(workload, use_, subnet) {
            return;
        }
        let mut doubt = |reason: String| self.unknown.push((workload, use_, reason));
        match served {
            Served::By(_) => return,
            Served::Unknown(reason) => return doubt(reason),
            // An endpoint that this plan makes, and that does not serve, is the subject of other rules.
            Served::Perhaps(id, _) | Served::Unrouted(id) | Served::Unnamed(id) | Served::Elsewhere(id)
                if topology.endpoint(id).managed =>
            {
                return;
            }
            Served::Perhaps(_, reason) => return doubt(reason),
            Served::Unrouted(id) => {
                self.unrouted.insert(topology.endpoint(id).address.clone());
            }
            Served::Unsuited(id) => {
                self.unsuited.insert(topology.endpoint(id).address.clone());
            }
            Served::Unnamed(id) => {
                let endpoint = topology.endpoint(id);
                self.unnamed.insert(endpoint.address.clone(), endpoint.private_dns_evidence.clone());
            }
            Served::Elsewhere(_) | Served::Not => {}
        }
        match &subnet.exit {
            Exit::Unknown(reason) => return doubt(format!("where {} leads out ({reason})", subnet.address)),
            Exit::Transit(through) => {
                let way = through.first().map_or_else(|| "other networks".to_owned(), ToString::to_string);
                return doubt(format!("what lies behind {way}, through which {} leads out", subnet.address));
            }
            Exit::Internet | Exit::Nat(_) | Exit::Appliance(_) | Exit::Nowhere => {}
        }
        let managed = subnet.network.is_some_and(|network| topology.network(network).managed);
        if !managed && self.unrouted.is_empty() && self.unnamed.is_empty() {
            let network = subnet.network.map(|network| topology.network(network).address.to_string());
            let network = network.unwrap_or_else(|| format!("the network of {}", subnet.address));
            return doubt(format!("which endpoints {network} has, since this plan does not make it"));
        }
        if topology.partial {
            return doubt(format!(
                "what else the configuration adds to {}: this plan is only a part of it",
                subnet.address
            ));
        }
        if !use_.certain {
            return doubt(format!("whether {} calls {}", workload.address, use_.service.title));
        }
        self.gaps.push((workload, use_, at));
    }

    fn violation(&self, topology: &Topology, network: &Network) -> Finding {
        let workloads: BTreeSet<&Address> = self.gaps.iter().map(|(workload, ..)| &workload.address).collect();
        let subnets: BTreeSet<SubnetId> = self.gaps.iter().map(|(.., subnet)| *subnet).collect();
        let subnets: Vec<&Subnet> = subnets.into_iter().map(|id| topology.subnet(id)).collect();
        let zones: BTreeSet<&Text> = subnets.iter().filter_map(|subnet| subnet.zone.known()).collect();
        let ways: BTreeSet<&Address> = subnets.iter().flat_map(|subnet| subnet.exit.through()).collect();
        let cut_off = subnets.iter().any(|subnet| is_cut_off(subnet));
        let beside = !ways.is_empty() && subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Nat(_)));
        let to_start = self.gaps.iter().any(|(_, use_, at)| use_.to_start && is_cut_off(topology.subnet(*at)));
        let severity = match (cut_off, self.service.kind) {
            (true, _) if to_start => Severity::High,
            (true, _) | (false, EndpointKind::Gateway) => Severity::Medium,
            (false, _) => Severity::Low,
        };
        let count = size(workloads.len());
        let message = format!(
            "{} in {} {} {}, and {}: {}.",
            counted(count, "workload"),
            network.address,
            if count == 1 { "calls" } else { "call" },
            self.service.title,
            self.missing(&subnets),
            way(&subnets, &ways, to_start),
        );
        let evidence = self.gaps.iter().flat_map(|(_, use_, _)| &use_.evidence);
        let routes: Vec<Evidence> =
            subnets.iter().map(|subnet| Evidence::plan(&subnet.address, "default route", route(subnet))).collect();
        let mut finding = Finding::violation(&RULE.meta, &network.address, message)
            .severity(severity)
            .key(self.service.name)
            .about(workloads.iter().copied())
            .about(subnets.iter().map(|subnet| &subnet.address))
            .about(ways.iter().copied())
            .about(self.unrouted.iter().chain(self.unnamed.keys()).chain(&self.unsuited))
            .resting_on(evidence)
            .resting_on(&routes)
            .measuring("workloads", workloads.len())
            .measuring("subnets", subnets.len())
            .measuring("zones", zones.len())
            .gravity(count)
            .remedy(self.remedy(topology, network, &subnets, &zones, beside));
        let functions = self.gaps.iter().all(|(workload, ..)| workload.kind == ComputeKind::Function);
        if subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Internet)) && !functions {
            finding = finding.remedy(Remedy::new(
                "give the units public addresses",
                "they stand in a public subnet, and get out with an address of their own",
                Delta::not_priced("public IPv4 addresses are billed by the hour, one for each unit that runs"),
            ));
        }
        finding
    }

    /// What is amiss with the endpoints.
    fn missing(&self, subnets: &[&Subnet]) -> String {
        if let Some(endpoint) = self.unnamed.keys().next() {
            return format!("{endpoint} has private DNS off, so that the service's name leads past it");
        }
        match self.unrouted.first() {
            Some(endpoint) => {
                format!("the routes of {} do not lead to {endpoint}", few(subnets.iter().map(|s| &s.address)))
            }
            None => match self.unsuited.first() {
                Some(endpoint) => format!("{endpoint} is an interface endpoint, which does not serve layers of images"),
                None => "the network has no endpoint for it".to_owned(),
            },
        }
    }

    fn remedy(
        &self,
        topology: &Topology,
        network: &Network,
        subnets: &[&Subnet],
        zones: &BTreeSet<&Text>,
        beside: bool,
    ) -> Remedy {
        let region = network.region.known().map_or("<region>", |region| region.as_str());
        let name = self.service.endpoint.replace("{region}", region);
        if let (Some((endpoint, naming)), EndpointKind::Interface) = (self.unnamed.iter().next(), self.service.kind) {
            let free = Delta::Free("a setting of the endpoint");
            let detail = "the service's public name then leads to the endpoint from everywhere in the network";
            return Remedy::new(format!("turn on private DNS of {endpoint}"), detail, free)
                .writing(vec![prospect::set_flag(naming, true)])
                .to("subnets", 0_usize);
        }
        if self.service.kind == EndpointKind::Gateway {
            let places: BTreeSet<String> = subnets
                .iter()
                .map(|subnet| match &subnet.table {
                    Some(table) if *table == network.address => format!("the main route table of {table}"),
                    Some(table) => table.to_string(),
                    None => format!("the route table of {}", subnet.address),
                })
                .collect();
            let places = listed(places);
            let (title, detail) = match self.unrouted.first() {
                Some(endpoint) => (format!("add {places} to {endpoint}"), String::new()),
                None => (format!("add a gateway endpoint for {name} to {}", network.address), format!("in {places}; ")),
            };
            let forwarded = subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Appliance(_)));
            let effect = match (beside, forwarded) {
                (true, false) => "the traffic then leaves the NAT gateway's bill and its bandwidth",
                (_, true) => "the traffic then no longer takes bandwidth of what forwards it",
                (false, false) => "the calls then need no other way out",
            };
            return Remedy::new(
                title,
                format!("{detail}{effect}"),
                Delta::Free("gateway endpoints are billed neither by the hour nor by the gigabyte"),
            )
            .to("subnets", 0_usize);
        }
        let title = format!("add an interface endpoint for {name} to {}", network.address);
        let place = match zones.len() {
            0 => "one subnet in each of their zones".to_owned(),
            1 => "one subnet in their zone".to_owned(),
            count => format!("one subnet in each of {count} zones"),
        };
        let added = prospect::interface_endpoint(topology, &network.address, self.service.name, zones.len());
        let trade = added.as_ref().and_then(|added| instead_of_nat(added, subnets));
        Remedy::priced(
            title,
            format!("{place}, private DNS on, port 443 open from the workloads"),
            added.map(Change::Add).into_iter().collect(),
        )
        .trading(trade)
        .to("subnets", 0_usize)
    }
}

/// What each gigabyte saves that goes to the endpoint and no longer through NAT.
fn instead_of_nat(added: &Added, subnets: &[&Subnet]) -> Option<Trade> {
    let gateways: BTreeSet<&Address> = subnets
        .iter()
        .filter(|subnet| matches!(subnet.exit, Exit::Nat(_)))
        .flat_map(|subnet| subnet.exit.through())
        .collect();
    let gateway = *gateways.first()?;
    let key = added.offer.gigabytes?;
    let moved = |address: &Address, more: Decimal| Change::Use { address: address.clone(), key, more };
    Some(Trade {
        changes: vec![moved(gateway, Decimal::NEGATIVE_ONE), moved(&added.name, Decimal::ONE)],
        unit: "GB a month that no longer goes through NAT",
        units: "GB a month that no longer go through NAT",
        stated: (gateways.len() == 1).then(|| (gateway.clone(), key)),
        parts: usize::try_from(added.zones).unwrap_or(1),
    })
}

/// Whether what stands in a subnet gets out at all; in a public one without a public address it does not.
fn is_cut_off(subnet: &Subnet) -> bool {
    matches!(subnet.exit, Exit::Nowhere | Exit::Internet)
}

/// Where the calls go.
fn way(subnets: &[&Subnet], ways: &BTreeSet<&Address>, to_start: bool) -> String {
    let verb = if to_start { "cannot start" } else { "cannot reach it" };
    let nowhere = size(subnets.iter().filter(|subnet| matches!(subnet.exit, Exit::Nowhere)).count());
    if nowhere > 0 {
        let has = if nowhere == 1 { "has" } else { "have" };
        return format!("{} {has} no way out, so that what stands there {verb}", counted(nowhere, "subnet"));
    }
    if subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Internet)) {
        return format!("the way out is for public addresses, and the units have none, so that they {verb}");
    }
    let machine = subnets.iter().any(|subnet| matches!(subnet.exit, Exit::Appliance(_)));
    match (ways.is_empty(), machine) {
        (false, _) => format!("the calls leave through {}", few(ways)),
        (true, false) => "the calls leave through NAT".to_owned(),
        (true, true) => "the calls leave through what forwards for their subnets".to_owned(),
    }
}

fn route(subnet: &Subnet) -> String {
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

/// All that cannot be told of one place, in one finding.
fn undetermined(topology: &Topology, place: Place<'_>, calls: &[Calls<'_>]) -> Finding {
    let unknown = || calls.iter().flat_map(|calls| &calls.unknown);
    let reasons: BTreeSet<&str> = unknown().map(|(.., why)| why.as_str()).collect();
    let workloads: BTreeSet<&Address> = unknown().map(|(workload, ..)| &workload.address).collect();
    let services = listed(calls.iter().map(|calls| calls.service.name));
    let more = reasons.len().saturating_sub(2);
    let mut shown = reasons.into_iter().take(2).collect::<Vec<_>>().join("; ");
    if more > 0 {
        shown.push_str(&format!("; and {more} more of the kind"));
    }
    let address = match place {
        Place::Network(network) => &topology.network(network).address,
        Place::Around(workload) => workload,
    };
    let message = format!(
        "{} {} {services}; whether endpoints serve {} cannot be told. What is missing: {shown}.",
        counted(size(workloads.len()), "workload"),
        if workloads.len() == 1 { "calls" } else { "call" },
        if calls.len() == 1 { "it" } else { "them" },
    );
    Finding::undetermined(&RULE.meta, address, message)
        .severity(Severity::Medium)
        .about(workloads.iter().copied())
        .resting_on(unknown().flat_map(|(_, use_, _)| &use_.evidence))
        .measuring("workloads", workloads.len())
}
