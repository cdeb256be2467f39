use std::collections::BTreeSet;

use crate::facts::ComputeKind;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text, Why};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Front, Target, Topology, Workload};
use crate::units::{Grouped, counted, few, listed};

use super::shared::{Numbers, numbers, size};

/// How much more than the average one unit may carry.
const EXCESS: &str = "excess-percent";

rule! {
    /// ## What it finds
    /// A load balancer whose zones and those of its targets do not match: targets in a zone that the balancer does not
    /// stand in; and, where its nodes send to their own zone only, a zone of the balancer without any target, or zones
    /// with so different numbers of targets that some carry much more than others.
    ///
    /// ## Why it matters
    /// What stands in a zone without a node of the balancer is registered, fails no check, and is sent nothing: it is paid
    /// for and does not work. Without cross-zone load balancing each zone gets the same share, whatever stands in it: the
    /// only unit of one zone carries as much as all units of another, and is the first to be too slow. A zone without a
    /// target drops out of the balancer's name, for all that the balancer serves, and whoever still knows its address
    /// there gets no answer.
    ///
    /// ## What to do
    /// Give the balancer and its targets the same zones. Then either turn cross-zone load balancing on, so that every unit
    /// gets the same share, or keep a multiple of the number of zones in units.
    ///
    /// ## When it stays silent
    /// For zones without targets and for uneven numbers where the balancer sends across zones, as application load balancers
    /// do unless a target group has it otherwise. For numbers that scaling changes, unless the fewest are fewer than the
    /// zones. For functions, which have no zone, for machines of a cluster, which hand on what they are sent, for appliances
    /// that packets pass through, and for balancers that this plan does not manage and whose zones it does not show. Where clients stay in their own zone, numbers are not
    /// compared: nobody knows where the clients are.
    ///
    /// ## What makes it undetermined
    /// Zones of the balancer or of its targets that are known only after apply, unless they have the same subnets; whether
    /// it sends across zones, or a number of units, known only after apply; targets that cannot be seen, or may be in the
    /// part of the configuration that the plan does not hold; a target group or a balancer that cannot be told, unless all
    /// of the region's balancers stand in the workload's zones and send across these.
    "uneven-zone-balancing", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Load balancer whose zones and targets do not match",
    thresholds: [("excess-percent", 25, 1000, "How much more than the average one unit may carry because of its zone, in per cent")],
    sources: [
        "Elastic Load Balancing user guide, how it works: availability zones and load balancer nodes, read 2026-11-29",
        "Network Load Balancers guide, cross-zone load balancing; availability zones, read 2026-11-29",
        "AWS knowledge centre, elb-dns-cross-zone-balance-configuration: zones without a healthy target, read 2026-11-29",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let excess = context.policy.threshold(&RULE.meta, EXCESS);
    let mut judgement = Judgement::default();
    for front in &context.topology.fronts {
        // Of what stands elsewhere only what it shows is judged.
        if !front.managed && front.gap.is_some() {
            continue;
        }
        let case = Case { topology: context.topology, front };
        let findings: Vec<Finding> = [case.unserved(), case.balance(excess)].into_iter().flatten().collect();
        if findings.is_empty() {
            judgement.passed += 1;
        }
        judgement.findings.extend(findings);
    }
    for stray in &context.topology.strays {
        let workload = context.topology.workload(stray.workload);
        if stray.alike {
            judgement.passed += 1;
            continue;
        }
        let message = format!(
            "{} {}: whether its balancer stands in its zones, and sends across them, cannot be told: which balancer it is cannot \
             be seen.",
            workload.noun, workload.address,
        );
        let finding = Finding::undetermined(&RULE.meta, &workload.address, message).severity(Severity::Low);
        judgement.findings.push(finding.resting_on([&stray.evidence]));
    }
    judgement
}

struct Case<'t> {
    topology: &'t Topology,
    front: &'t Front,
}

impl<'t> Case<'t> {
    fn workload(&self, target: &Target) -> &'t Workload {
        self.topology.workload(target.workload)
    }

    fn name(&self, target: &'t Target) -> &'t Address {
        target.machine.as_ref().unwrap_or(&self.workload(target).address)
    }

    /// A finding with what all of them have.
    fn finding(&self, finding: Finding, kind: &str) -> Finding {
        let front = self.front;
        let group = front.group.as_ref().map_or("", Address::as_str);
        let names = front.targets.iter().map(|target| self.name(target));
        let places: Vec<Evidence> = (front.targets.iter())
            .map(|target| Evidence::plan(self.name(target), "zones", listed(&target.zones)))
            .collect();
        let own = Evidence::plan(&front.balancer, "zones", listed(&front.zones));
        finding
            .key(format!("{kind} {group}").trim_end())
            .about(&front.group)
            .about(names)
            .resting_on([&own])
            .resting_on(&places)
    }

    fn undetermined(&self, kind: &str, what: &str, reason: &str, evidence: Option<&Evidence>) -> Finding {
        let front = self.front;
        let message = format!("{} {}: {what} cannot be told: {reason}.", front.noun, front.balancer);
        let finding = Finding::undetermined(&RULE.meta, &front.balancer, message).severity(Severity::Low);
        self.finding(finding, kind).resting_on(evidence)
    }

    /// Targets in zones that the balancer does not stand in.
    fn unserved(&self) -> Option<Finding> {
        let front = self.front;
        let away = |target: &&Target| target.zones.iter().any(|zone| !front.zones.contains(zone));
        let lost: Vec<&Target> = front.targets.iter().filter(|target| !target.beside).filter(away).collect();
        let zones: BTreeSet<&Text> =
            lost.iter().flat_map(|target| &target.zones).filter(|zone| !front.zones.contains(*zone)).collect();
        let what = "whether it stands in the zones of its targets";
        if let (Some(gap), true) = (&front.gap, front.targets.iter().any(|target| !target.beside)) {
            let sides = format!("where the balancer stands cannot be seen ({})", gap.reason);
            return Some(self.undetermined("zones", what, &sides, Some(&gap.evidence)));
        }
        if zones.is_empty() {
            let open = front
                .targets
                .iter()
                .filter(|target| !target.beside)
                .find_map(|target| Some((target, target.gap.as_ref()?)));
            return open.map(|(target, gap)| {
                let reason = format!("where {} stands cannot be seen ({})", self.name(target), gap.reason);
                self.undetermined("zones", what, &reason, Some(&gap.evidence))
            });
        }
        Some(self.idle(&lost, &zones))
    }

    fn idle(&self, lost: &[&'t Target], zones: &BTreeSet<&Text>) -> Finding {
        let front = self.front;
        let names: Vec<&Address> = lost.iter().map(|target| self.name(target)).collect();
        let whole = lost.iter().all(|target| target.zones.iter().all(|zone| zones.contains(zone)));
        let stand = if names.len() == 1 { "stands" } else { "stand" };
        let all: BTreeSet<&Text> = lost.iter().flat_map(|target| &target.zones).collect();
        let consequence = if whole {
            "none of it is sent anything".to_owned()
        } else {
            format!("what comes up in {} is sent nothing", listed(zones))
        };
        let message = format!(
            "{} {} stands in {}, and {}, which it sends to, {stand} in {}: {consequence}.",
            front.noun,
            front.balancer,
            listed(&front.zones),
            few(&names),
            listed(&all),
        );
        let finding = Finding::violation(&RULE.meta, &front.balancer, message)
            .measuring("zones", front.zones.len())
            .measuring("unserved_zones", zones.len())
            .gravity(size(zones.len()));
        self.finding(finding, "zones")
            .remedy(
                Remedy::new(
                    format!("give {} a subnet in {} as well", front.balancer, listed(zones)),
                    "it then has a node there, which sends to what stands there",
                    Delta::not_priced(
                        "a balancer is not billed by its zones, its public addresses are, one for each zone",
                    ),
                )
                .to("unserved_zones", 0_usize),
            )
            .remedy(
                Remedy::new(
                    format!("let {} stand in {} only", few(&names), listed(&front.zones)),
                    "the same units, all of which are sent something",
                    Delta::Free("the same units, in other zones"),
                )
                .to("unserved_zones", 0_usize),
            )
    }

    /// Whether units in one zone carry more than those in another, where each node sends to its own zone only.
    fn balance(&self, excess: u64) -> Option<Finding> {
        let front = self.front;
        if front.across == Attr::Set(true) {
            return None;
        }
        let what = "whether its zones are balanced";
        let unclear =
            |reason: &str, evidence: Option<&Evidence>| Some(self.undetermined("balance", what, reason, evidence));
        // What the zones are, the other half of the rule asks for.
        if front.gap.is_some() || front.targets.iter().any(|target| target.gap.is_some()) || front.zones.len() < 2 {
            return None;
        }
        let found = self.empty().or_else(|| self.uneven(excess)).or_else(|| self.gathered());
        let Some(finding) = found else {
            let (reason, evidence) = self.uncounted()?;
            return unclear(&reason, Some(evidence));
        };
        if let Attr::Unknown(why) = front.across {
            let Evidence { attribute, address, .. } = &front.across_evidence;
            let reason = format!("{attribute} of {address} is {why}");
            return unclear(&reason, Some(&front.across_evidence));
        }
        if let Some(reason) = &front.unseen {
            return unclear(reason, None);
        }
        if self.topology.partial {
            return unclear("the plan holds only a part of the configuration, and others may answer as well", None);
        }
        Some(finding)
    }

    fn unbalanced(&self, message: String, severity: Severity) -> Finding {
        let finding = Finding::violation(&RULE.meta, &self.front.balancer, message).severity(severity);
        let across = Remedy::new(
            "turn cross-zone load balancing on",
            "each node then sends to the targets of all zones, and every unit gets the same share",
            Delta::not_priced("what crosses between zones may be billed by the gigabyte"),
        )
        .writing(vec![prospect::set_flag(&self.front.across_evidence, true)]);
        self.finding(finding, "balance")
            .resting_on([&self.front.across_evidence])
            .measuring("zones", self.front.zones.len())
            .remedy(across)
    }

    /// Zones of the balancer in which no target stands at all.
    fn empty(&self) -> Option<Finding> {
        let front = self.front;
        let stand: BTreeSet<&Text> = front.targets.iter().flat_map(|target| &target.zones).collect();
        let empty: Vec<&Text> = front.zones.iter().filter(|zone| !stand.contains(zone)).collect();
        // Where none of them meets a target, the other half of the rule says so.
        if empty.is_empty() || empty.len() == front.zones.len() {
            return None;
        }
        let message = format!(
            "{} {} stands in {} and sends to its own zone only, and {} stands in {}: so its address there drops \
             out of its DNS name, for everything that it serves.",
            front.noun,
            front.balancer,
            listed(&front.zones),
            front.group.as_ref().map_or_else(|| "no target of it".to_owned(), |group| format!("no target of {group}")),
            listed(&empty),
        );
        let finding = self
            .unbalanced(message, Severity::Medium)
            .measuring("empty_zones", empty.len())
            .gravity(size(empty.len().saturating_mul(1000)));
        Some(finding.remedy(Remedy::new(
            format!("let its targets stand in {} as well", listed(&empty)),
            "then keep as many units in each zone as in the others",
            Delta::not_priced("subnets cost nothing; more units do"),
        )))
    }

    /// A fixed number of units that cannot be seen.
    fn uncounted(&self) -> Option<(String, &'t Evidence)> {
        let all = self.front.targets.iter().filter(|target| target.machine.is_none() && target.zones.len() > 1);
        all.map(|target| &self.workload(target).range).filter(|range| !range.scales).find_map(|range| {
            let (Attr::Unknown(why), evidence) = (&range.maximum.value, &range.maximum.evidence) else { return None };
            let Evidence { attribute, address, .. } = evidence;
            (*why != Why::Elsewhere).then(|| (format!("{attribute} of {address} is {why}"), evidence))
        })
    }

    /// Zones in which so few units stand that each of them carries much more than the average.
    fn uneven(&self, excess: u64) -> Option<Finding> {
        let front = self.front;
        let Numbers { each, total, fixed } = numbers(self.topology, front)?;
        if total == 0 {
            return None;
        }
        let empty = each.values().filter(|number| **number == 0).count();
        let busy = size(each.len() - empty);
        let fewest = each.values().copied().filter(|number| *number > 0).min()?;
        // Each zone gets one share, whatever stands in it; of an even spread over all units the busiest has so much more.
        let more = total.saturating_mul(100).checked_div(busy.saturating_mul(fewest))?.saturating_sub(100);
        let units = self.units(total);
        if empty > 0 {
            let message = format!(
                "{} {} stands in {} and sends to its own zone only, and has {units} behind {}{}: in {} nothing stands, and its \
                 address there drops out of its DNS name.",
                front.noun,
                front.balancer,
                counted(size(each.len()), "zone"),
                self.group(),
                if fixed { "" } else { " at the fewest" },
                if empty == 1 { "one of the zones".to_owned() } else { format!("{empty} of the zones") },
            );
            let finding = self.unbalanced(message, Severity::Low);
            let finding = finding.measuring("units", total).measuring("empty_zones", empty).gravity(size(empty));
            return Some(finding.remedy(self.multiple(total, each.len())));
        }
        if !fixed || more <= excess {
            return None;
        }
        let spread: Vec<String> = each.iter().map(|(zone, number)| format!("{number} in {zone}")).collect();
        let message = format!(
            "{} {} gives each of its {} zones the same share, and has {units} behind {}, at best {}: a unit where the fewest \
             stand carries {} % more than the average.",
            front.noun,
            front.balancer,
            each.len(),
            self.group(),
            listed(&spread),
            Grouped(more),
        );
        let mut finding = self.unbalanced(message, Severity::Medium).measuring("units", total);
        let share = Grouped(100 / size(each.len()).max(1));
        finding.working = (each.iter())
            .map(|(zone, number)| {
                let one = Grouped(100_u64.checked_div(size(each.len()).saturating_mul(*number)).unwrap_or_default());
                format!("{zone}: {share} % of everything for {}, {one} % for each", self.units(*number))
            })
            .chain([format!("on average {} % for each", Grouped(100_u64.checked_div(total).unwrap_or_default()))])
            .collect();
        let finding = finding.measuring("excess_percent", more).gravity(more);
        match front.alike {
            Attr::Set(true) => Some(finding.remedy(self.multiple(total, each.len()))),
            _ => None,
        }
    }

    /// What its targets stand behind.
    fn group(&self) -> &str {
        self.front.group.as_ref().map_or("it", Address::as_str)
    }

    fn units(&self, total: u64) -> String {
        let unit = self.front.targets.first().map_or("unit", |target| self.workload(target).unit);
        let alike = self.front.targets.iter().all(|target| self.workload(target).unit == unit);
        counted(total, if alike { unit } else { "unit" })
    }

    /// Units that nothing spreads over their zones.
    fn gathered(&self) -> Option<Finding> {
        let front = self.front;
        let several = |target: &&Target| target.zones.len() > 1 && front.alike == Attr::Set(true);
        let (target, gathers) =
            front.targets.iter().filter(several).find_map(|target| Some((target, target.gathers.as_ref()?)))?;
        let message = format!(
            "{} {} gives each of its {} zones the same share, and {} of {} is {}: its {}s may all stand in one zone, or most of \
             them, and a few in another carry as much as these.",
            front.noun,
            front.balancer,
            front.zones.len(),
            gathers.attribute,
            self.name(target),
            gathers.value,
            self.workload(target).unit,
        );
        let finding = self.unbalanced(message, Severity::Low).resting_on([gathers]).gravity(1);
        Some(finding.remedy(Remedy::new(
            format!("let {} of {} begin with a spread over zones", gathers.attribute, self.name(target)),
            "what packs or strews its units may follow, within each zone",
            Delta::Free("the same units, on other machines"),
        )))
    }

    /// The way out by numbers: as many units in each zone as in the others.
    fn multiple(&self, total: u64, zones: usize) -> Remedy {
        let zones = size(zones).max(1);
        let even = total.div_ceil(zones).saturating_mul(zones);
        let title = format!("keep {} units, as many in each zone as in the others", Grouped(even));
        let detail = "each then gets the same share, and nothing crosses between zones";
        let remedy = match self.front.targets.as_slice() {
            [only] => {
                let workload = self.workload(only);
                let range = &workload.range;
                let all = [&range.minimum, &range.desired, &range.maximum].into_iter();
                let low = all.filter(|amount| amount.known().is_some_and(|units| units < even));
                let machine = workload.kind == ComputeKind::Machine;
                let edits = if machine { Vec::new() } else { prospect::set_amounts(low, even) };
                Remedy::priced(title, detail, prospect::at_least(workload, even)).writing(edits)
            }
            _ => Remedy::new(title, detail, Delta::not_priced("more units run all the time, of one kind or another")),
        };
        remedy.to("units", even)
    }
}
