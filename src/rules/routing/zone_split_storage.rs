use std::collections::{BTreeMap, BTreeSet};

use crate::facts::StorageKind;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Doors, Spread, Storage, StorageUse, Topology, Workload, WorkloadId};
use crate::units::{few, listed};

rule! {
    /// ## What it finds
    /// A disk or a file system that stands in one zone, while those who use it stand in others or may be started there.
    /// And a file system that has no door, such as a mount target, in a zone from which it is used.
    ///
    /// ## Why it matters
    /// A disk can be attached in its own zone only: a machine that comes up in another one goes without it, so that what
    /// looks spread over zones works in one. Files are reached from everywhere, but each read and write from another
    /// zone crosses between zones, which adds latency to every call and is billed by the gigabyte; and with the zone of
    /// the file system, or of the only door, all of its users stand still. In a zone without a mount target the name of the
    /// file system leads nowhere: machines and tasks that mount it by that name, as most do, come up there without it.
    ///
    /// ## What to do
    /// Give a disk's group the subnets of the disk's zone only, one group and one disk for each zone; or keep the data in
    /// a file system or a bucket, which have no zone. Let a file system stand in several zones, with a door in each zone
    /// that has users.
    ///
    /// ## When it stays silent
    /// For disks that come and go with their machine, and for disks of which a script has one for each zone. For users in
    /// the storage's own zone. For file systems in one zone with users of one unit at most. For storage that nobody in the
    /// plan uses. Users in another region are another matter. What is attached or mounted by hand, or from inside a
    /// Kubernetes cluster, is not seen.
    ///
    /// ## What makes it undetermined
    /// Zones that are known only after apply; a boot script that speaks of the storage, and of which nobody can see that it
    /// mounts it; a file system whose doors are not in the plan.
    "zone-split-storage", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Disk or files in one zone behind users in others",
    thresholds: [],
    sources: [
        "Amazon EC2 API reference, AttachVolume: volume and instance in the same zone, read 2026-11-29",
        "Amazon EFS user guide, managing mount targets; CreateMountTarget (awsdocs), read 2026-11-23",
        "Amazon EFS user guide, mounting on Amazon EC2 with a DNS name: wants a mount target in the client's zone, read 2026-11-29",
        "Amazon FSx API reference, CreateFileSystem: SubnetIds and deployment types; FSx for Lustre pricing, data transfer; read 2026-11-29",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let choices = choices(context.topology);
    for storage in &context.topology.storages {
        let users = Users::of(context.topology, storage);
        if users.list.is_empty() {
            continue;
        }
        let findings = match storage.kind {
            StorageKind::Disk => disk(&users, &choices),
            StorageKind::Files => files(&users).into_iter().collect(),
        };
        if findings.is_empty() {
            judgement.passed += 1;
        }
        judgement.findings.extend(findings);
    }
    judgement
}

/// The disks that the machines of one workload choose from, each by its own zone.
#[derive(Default)]
struct Choice<'t> {
    zones: BTreeSet<&'t Text>,
    count: usize,
    /// Whether the zone of one of them cannot be seen.
    open: bool,
}

/// For each workload that boots with a script the disks of which that speaks.
fn choices(topology: &Topology) -> BTreeMap<WorkloadId, Choice<'_>> {
    let mut choices: BTreeMap<WorkloadId, Choice<'_>> = BTreeMap::new();
    for disk in topology.storages.iter().filter(|storage| storage.kind == StorageKind::Disk) {
        for user in disk.users.iter().filter(|user| user.machine.is_none()) {
            let choice = choices.entry(user.workload).or_default();
            choice.count += 1;
            match &disk.spread {
                Spread::OneZone(Attr::Set(zone)) => choice.zones.extend([zone]),
                _ => choice.open = true,
            }
        }
    }
    choices
}

/// A storage with those who use it.
struct Users<'t> {
    storage: &'t Storage,
    list: Vec<(&'t StorageUse, &'t Workload)>,
}

impl<'t> Users<'t> {
    fn of(topology: &'t Topology, storage: &'t Storage) -> Self {
        let all = storage.users.iter().map(|user| (user, topology.workload(user.workload)));
        // Another region is another matter than another zone.
        let near = |workload: &Workload| match (workload.region.known(), storage.region.known()) {
            (Some(its), Some(own)) => its == own,
            _ => true,
        };
        Self { storage, list: all.filter(|(_, workload)| near(workload)).collect() }
    }

    fn certain(&self) -> impl Iterator<Item = &(&'t StorageUse, &'t Workload)> {
        self.list.iter().filter(|(user, _)| user.doubt.is_none())
    }

    fn addresses(&self) -> impl Iterator<Item = &'t Address> {
        self.list.iter().map(|(user, workload)| user.machine.as_ref().unwrap_or(&workload.address))
    }

    fn evidence(&self) -> impl Iterator<Item = &'t Evidence> {
        self.list.iter().flat_map(|(user, _)| &user.evidence)
    }

    /// The finding, with what all findings of a storage have.
    fn finding(&self, finding: Finding) -> Finding {
        let gaps = self.list.iter().filter_map(|(user, _)| user.gap.as_ref()).map(|gap| &gap.evidence);
        finding
            .about(self.addresses())
            .resting_on([&self.storage.spread_evidence])
            .resting_on(self.evidence())
            .resting_on(gaps)
    }

    fn undetermined(&self, reason: &str) -> Finding {
        let Storage { noun, address, .. } = self.storage;
        let message = format!("{noun} {address}: whether its users stand where it does cannot be told: {reason}.");
        self.finding(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low))
    }
}

/// Where a user may stand besides what is known.
fn gap(user: &StorageUse, workload: &Workload) -> String {
    let who = user.machine.as_ref().unwrap_or(&workload.address);
    match &user.gap {
        Some(gap) => format!("where {who} stands cannot be seen ({})", gap.reason),
        None => format!("nothing says in which zone {who} will stand"),
    }
}

/// A disk goes with machines of its own zone.
fn disk(users: &Users<'_>, choices: &BTreeMap<WorkloadId, Choice<'_>>) -> Vec<Finding> {
    let Spread::OneZone(zone) = &users.storage.spread else { return Vec::new() };
    let mut findings = Vec::new();
    let mut doubt = None;
    for (user, workload) in &users.list {
        // One disk for each zone: whichever it comes up in, a machine finds its own.
        let choice = choices.get(&user.workload).filter(|choice| user.machine.is_none() && choice.count > 1);
        let served = choice.is_some_and(|choice| user.zones.iter().all(|zone| choice.zones.contains(zone)));
        if user.beside || (served && user.gap.is_none()) {
            continue;
        }
        if choice.is_some_and(|choice| choice.open) {
            doubt = doubt
                .or_else(|| Some(format!("{} has several, and the zones of these cannot be seen", workload.address)));
            continue;
        }
        let away: Vec<&Text> =
            user.zones.iter().filter(|other| zone.known().is_some_and(|own| own != *other)).collect();
        // Two zones are one too many, whichever the disk's is.
        let split = !away.is_empty() || user.zones.len() > 1;
        let reason = match (&user.doubt, zone) {
            (Some(reason), _) if split || user.gap.is_some() => Some(reason.clone()),
            (Some(_), _) => None,
            (None, _) if split => {
                findings.push(apart(users, user, workload, zone, &away));
                None
            }
            (None, _) if user.gap.is_some() || user.zones.is_empty() => Some(gap(user, workload)),
            (None, Attr::Set(_)) => None,
            (None, Attr::Unset) => Some("nothing says in which zone it will stand".to_owned()),
            (None, Attr::Unknown(why)) => Some(format!("its zone is {why}")),
        };
        doubt = doubt.or(reason);
    }
    if let (true, Some(reason)) = (findings.is_empty(), doubt) {
        findings.push(users.undetermined(&reason));
    }
    findings
}

fn apart(users: &Users<'_>, user: &StorageUse, workload: &Workload, zone: &Attr<Text>, away: &[&Text]) -> Finding {
    let Storage { noun, address, .. } = users.storage;
    let place = zone.known().map_or_else(|| "in one zone".to_owned(), |zone| format!("in {zone}"));
    let (message, remedy) = if let Some(machine) = &user.machine {
        let message = format!(
            "{noun} {address} stands {place}, and {} {machine}, which is to have it, in {}: a disk can be attached in its own \
             zone only, so the machine goes without it.",
            workload.noun,
            listed(&user.zones),
        );
        let remedy = Remedy::new(
            format!("put {machine} and {address} into one zone"),
            "take the disk's zone from the machine's subnet, so that they cannot part again",
            Delta::Free("the same machine and the same disk"),
        );
        (message, remedy)
    } else {
        let elsewhere = if away.is_empty() { listed(&user.zones) } else { listed(away) };
        let one_of = if away.len() == 1 { "" } else { "one of " };
        let message = format!(
            "{noun} {address} stands {place}, and {} {} starts its {}s in {}: one that comes up in {one_of}{elsewhere} cannot \
             attach it, and goes without its data.",
            workload.noun,
            workload.address,
            workload.unit,
            listed(&user.zones),
        );
        let own = zone.known().map_or_else(|| "one zone".to_owned(), ToString::to_string);
        let remedy = Remedy::new(
            format!("give {} the subnets of {own} only", workload.address),
            "each machine then finds its disk; for more zones, one group and one disk for each",
            Delta::Free("the same machines, in one zone"),
        );
        (message, remedy)
    };
    let wider = Remedy::new(
        format!("keep the data in {} instead", users.storage.wider),
        "machines of every zone then reach it, also after they have been replaced",
        Delta::not_priced("files are billed by the gigabyte, and how many there are no plan shows"),
    );
    let zones: Vec<Evidence> = user
        .zones
        .iter()
        .map(|zone| Evidence::plan(user.machine.as_ref().unwrap_or(&workload.address), "zone", zone.as_str()))
        .collect();
    Finding::violation(&RULE.meta, address, message)
        .key(user.machine.as_ref().unwrap_or(&workload.address).as_str())
        .about([user.machine.as_ref().unwrap_or(&workload.address)])
        .resting_on([&users.storage.spread_evidence])
        .resting_on(&user.evidence)
        .resting_on(&zones)
        .measuring("users", 1_usize)
        .measuring("user_zones", user.zones.len())
        .measuring("storage_zones", 1_usize)
        .gravity(u64::try_from(away.len().max(1)).unwrap_or(u64::MAX))
        .remedy(remedy.to("user_zones", 1_usize))
        .remedy(wider)
}

/// The zones from which files are used, and why there may be others.
fn zones<'t>(users: impl Iterator<Item = &'t (&'t StorageUse, &'t Workload)>) -> (BTreeSet<&'t Text>, Option<String>) {
    let mut zones = BTreeSet::new();
    let mut open = None;
    for (user, workload) in users {
        zones.extend(&user.zones);
        if user.gap.is_some() && !user.beside {
            open = open.or_else(|| Some(gap(user, workload)));
        }
    }
    (zones, open)
}

fn files(users: &Users<'_>) -> Option<Finding> {
    match (&users.storage.spread, &users.storage.doors) {
        (Spread::OneZone(zone), _) => in_one_zone(users, zone),
        (Spread::SeveralZones, Some(doors)) => behind_doors(users, doors),
        (Spread::SeveralZones, None) => None,
        (Spread::Unknown(reason), _) if users.storage.managed => {
            let (zones, open) = zones(users.list.iter());
            (zones.len() > 1 || open.is_some()).then(|| users.undetermined(reason))
        }
        (Spread::Unknown(_), _) => None,
    }
}

/// Files that stand in one zone.
fn in_one_zone(all: &Users<'_>, zone: &Attr<Text>) -> Option<Finding> {
    // One unit stands in one zone at a time, whichever it is.
    let alone = |user: &StorageUse, workload: &Workload| {
        user.machine.is_none() && user.zones.len() > 1 && workload.range.maximum.known().is_some_and(|most| most <= 1)
    };
    let list = all.list.iter().filter(|(user, workload)| !alone(user, workload)).copied().collect();
    let users = Users { storage: all.storage, list };
    let (sure, open) = zones(users.certain());
    let is_away = |zones: &BTreeSet<&Text>| {
        zones.len() > 1 || zone.known().is_some_and(|own| zones.iter().any(|other| *other != own))
    };
    if is_away(&sure) {
        return Some(split(&users, zone, &sure));
    }
    if open.is_some() {
        return open.map(|reason| users.undetermined(&reason));
    }
    let doubt = users
        .list
        .iter()
        .filter(|(user, _)| user.doubt.is_some() && !user.beside)
        .find(|(user, _)| user.gap.is_some() || is_away(&user.zones.iter().collect()));
    if let Some(reason) = doubt.and_then(|(user, _)| user.doubt.as_ref()) {
        return Some(users.undetermined(reason));
    }
    match zone {
        Attr::Unset | Attr::Unknown(_) if users.certain().any(|(user, _)| !user.beside) => {
            Some(users.undetermined("nothing says in which zone it stands"))
        }
        _ => None,
    }
}

fn split(users: &Users<'_>, zone: &Attr<Text>, from: &BTreeSet<&Text>) -> Finding {
    let Storage { noun, address, .. } = users.storage;
    let place = zone.known().map_or_else(|| "in one zone".to_owned(), |zone| format!("in {zone} alone"));
    let several = from.len() > 1;
    let consequence = if several {
        "with that zone all of them stand still, and what the others read and write crosses between zones"
    } else {
        "all that is read and written crosses between zones, and the loss of either zone stops it"
    };
    let who: Vec<&Address> = users.addresses().collect();
    let verb = if who.len() == 1 { "uses it from" } else { "use it from" };
    let message = format!("{noun} {address} stands {place}, and {} {verb} {}: {consequence}.", few(&who), listed(from));
    let remedy = Remedy::new(
        format!("let it stand in several zones: {}", users.storage.wider),
        "an existing file system stays where it is: make a new one, and copy the files",
        Delta::not_priced(
            "billed by the gigabyte, for several zones more than for one, and how many there are no plan shows",
        ),
    );
    let finding = Finding::violation(&RULE.meta, address, message)
        .severity(if several { Severity::High } else { Severity::Medium })
        .measuring("users", who.len())
        .measuring("user_zones", from.len())
        .measuring("storage_zones", 1_usize)
        .gravity(gravity(from.len(), who.len()));
    let finding = users.finding(finding).resting_on(&placed(users)).remedy(remedy);
    match zone {
        Attr::Set(zone) => finding.remedy(
            Remedy::new(
                format!("let its users stand in {zone} only"),
                "nothing crosses any more; with the zone all of it is down, as it is now",
                Delta::Free("the same units, in one zone"),
            )
            .to("user_zones", 1_usize),
        ),
        Attr::Unset | Attr::Unknown(_) => finding,
    }
}

/// Files that stand in every zone, and are reached through doors.
fn behind_doors(users: &Users<'_>, doors: &Doors) -> Option<Finding> {
    let (sure, open) = zones(users.certain());
    let missing: BTreeSet<&Text> = sure.iter().copied().filter(|zone| !doors.zones.contains(*zone)).collect();
    let Storage { noun, address, managed, .. } = users.storage;
    if !managed {
        return None;
    }
    if doors.list.is_empty() {
        let reason = doors.gap.clone().unwrap_or_else(|| format!("this plan has no {} of it", doors.noun));
        return Some(users.undetermined(&reason));
    }
    if let (false, Some(reason)) = (missing.is_empty(), &doors.gap) {
        return Some(users.undetermined(reason));
    }
    if missing.is_empty() {
        let unsure = users
            .list
            .iter()
            .find(|(user, _)| user.doubt.is_some() && user.zones.iter().any(|zone| !doors.zones.contains(zone)));
        let doubt = unsure.and_then(|(user, _)| user.doubt.clone());
        return open.or(doubt).map(|reason| users.undetermined(&reason));
    }
    let message = format!(
        "{noun} {address} is used from {}, and has no {} in {}, where its name leads nowhere: mounting it by name \
         fails there, and by an address it is read and written across zones.",
        listed(&sure),
        doors.noun,
        listed(&missing),
    );
    let count = users.addresses().count();
    let finding = Finding::violation(&RULE.meta, address, message)
        .about(&doors.list)
        .measuring("users", count)
        .measuring("user_zones", sure.len())
        .measuring("missing_zones", missing.len())
        .gravity(gravity(missing.len(), count));
    let remedy = Remedy::new(
        format!("make a {} in {}", doors.noun, listed(&missing)),
        "in any one subnet of the zone; its users then reach the files in their own",
        Delta::not_priced("what crosses between zones is billed by the gigabyte, and no longer does"),
    );
    Some(users.finding(finding).resting_on(&placed(users)).remedy(remedy.to("missing_zones", 0_usize)))
}

/// From which zones each user comes.
fn placed(users: &Users<'_>) -> Vec<Evidence> {
    let place = |(user, workload): &(&StorageUse, &Workload)| {
        let who = user.machine.as_ref().unwrap_or(&workload.address);
        Evidence::plan(who, "zones", listed(&user.zones))
    };
    users.list.iter().map(place).collect()
}

fn gravity(zones: usize, users: usize) -> u64 {
    u64::try_from(zones.saturating_mul(1000).saturating_add(users)).unwrap_or(u64::MAX)
}
