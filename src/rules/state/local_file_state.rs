use super::shared::units::{Units, in_words, units};
use super::shared::unseen::unseen;
use super::shared::words::{declare, place, said};
use crate::facts::{ComputeKind, FactKey, Matter, Place, VolumeKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Kept, LocalVolume, Topology, Workload, is_within};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// Something with several units that keeps files on the disk of each: uploads and media in a local folder, a database in
    /// a file, a folder of the machine that it happens to run on, or a disk of a machine that outlives it.
    ///
    /// ## Why it matters
    /// A file that one unit takes in the others do not have: a picture shows every second time, an export is not found. With
    /// its unit it is gone for good, with the next version or when fewer units are needed. A database in a file is another
    /// database in each unit.
    ///
    /// ## What to do
    /// Keep files in an object store, and let clients hand them in there by signed addresses; or mount a file system that
    /// all units reach. Keep data in a database with a server of its own.
    ///
    /// ## When it stays silent
    /// Where one unit runs at most. For folders on a file system that all units mount. For folders with `TMP`, `CACHE` or
    /// `LOG` in the name of their variable, and for sockets, processes, settings and logs of the machine. For volumes that are
    /// read only, that only a container has which serves others, or that a service mounts which runs once on each
    /// machine. For a database in memory. For disks that go with their machine, or of which nothing says whether they do.
    /// Where no variable of something with several units that answers requests can be seen: a note on the plan says of how many.
    ///
    /// ## What makes it undetermined
    /// A value that cannot be seen; a path that may be one of a URL; a path that may lie on a file system which is
    /// mounted; a bucket that the environment names as well, to which files may be moved; disks that are empty after each
    /// stop, of which nobody sees what they are for; a number of units that is known only after apply.
    "local-file-state", High, "DP2", "WAF-PERF-020", since "0.1.0",
    "Files that each of several units keeps for itself",
    thresholds: [],
    sources: [
        "Laravel, config/filesystems.php: FILESYSTEM_DISK; Ruby on Rails guides, Active Storage: Disk is for development and \
         testing; read 2026-11-29",
        "Amazon ECS API reference, Volume, DockerVolumeConfiguration; Amazon EC2 user guide, instance store volumes; API reference \
         of EbsBlockDevice; read 2026-11-29",
        "Design principle DP2, externalise state before scaling",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut judgement = Judgement::default();
    for workload in topology.workloads.iter().filter(|workload| workload.has_units()) {
        let case = Case { topology, workload };
        let (subjects, findings) = case.judge();
        if subjects && findings.is_empty() {
            judgement.passed += 1;
        }
        if !subjects {
            judgement.unseen.extend(unseen(topology, workload, FactKey::Files).cloned());
        }
        judgement.findings.extend(findings);
    }
    judgement
}

struct Case<'t> {
    topology: &'t Topology,
    workload: &'t Workload,
}

impl<'t> Case<'t> {
    /// Whether it keeps any files, and what there is to say of that.
    fn judge(&self) -> (bool, Vec<Finding>) {
        let keeps = &self.workload.keeps;
        let of = |matter: Matter| keeps.kept.iter().filter(move |kept| kept.matter == matter).collect::<Vec<&Kept>>();
        let (files, data) = (of(Matter::Files), of(Matter::Data));
        if files.is_empty() && data.is_empty() && keeps.volumes.is_empty() {
            return (false, Vec::new());
        }
        let units = units(self.topology, self.workload);
        if matches!(units, Units::One) {
            return (true, Vec::new());
        }
        let found = [self.kept(Matter::Files, &files), self.kept(Matter::Data, &data)];
        let mut all: Vec<Finding> = found.into_iter().flatten().collect();
        for kind in [VolumeKind::Machine, VolumeKind::LeftBehind, VolumeKind::Fleeting] {
            let is_told = |volume: &&LocalVolume| files.iter().chain(&data).any(|kept| tells_of(kept, volume));
            let own = keeps.volumes.iter().filter(|volume| volume.kind == kind);
            let own: Vec<&LocalVolume> = own.filter(|volume| !is_told(volume)).collect();
            all.extend((!own.is_empty()).then(|| self.volumes(kind, &own)));
        }
        // Without a second unit nothing is missing anywhere.
        if let Units::Unclear(reason, evidence) = units {
            let message = |finding: &Finding| {
                format!("Whether it has a second one cannot be told: {reason}. If it has: {}", finding.message)
            };
            for finding in &mut all {
                let text = message(finding);
                let open = Finding::undetermined(&RULE.meta, &finding.address, text).key(finding.key.clone());
                *finding = open
                    .about(&finding.subjects)
                    .severity(Severity::Low)
                    .resting_on(&finding.evidence)
                    .resting_on([evidence]);
            }
        }
        (true, all)
    }

    /// What its environment says of one matter.
    fn kept(&self, matter: Matter, all: &[&Kept]) -> Option<Finding> {
        let is_local = |kept: &Kept| kept.place.known().is_some_and(|place| place.is_local());
        let local: Vec<&Kept> = all.iter().copied().filter(|kept| is_local(kept)).collect();
        let elsewhere = all
            .iter()
            .find(|kept| matches!(kept.place, Attr::Set(Place::Objects | Place::Mount)) && kept.doubt.is_none());
        let sure: Vec<&Kept> = local.iter().copied().filter(|kept| kept.doubt.is_none()).collect();
        let passing = |kept: &&Kept| kept.path.as_deref().is_some_and(is_temporary);
        if elsewhere.is_some() && local.iter().all(passing) {
            return None;
        }
        // A function takes in what it passes on.
        let passes_on = self.workload.kind == ComputeKind::Function && self.bucket().is_some();
        if matter == Matter::Files && passes_on && local.iter().all(passing) {
            return None;
        }
        let bucket = self.bucket().filter(|_| matter == Matter::Files && !sure.iter().any(|kept| kept.declared));
        match (sure.first(), elsewhere, bucket) {
            (Some(first), None, None) => Some(self.violation(matter, first, &sure)),
            (Some(first), Some(other), _) => {
                let other = &other.evidence;
                let reason = format!(
                    "{} is {}, and {} is {}",
                    first.evidence.attribute, first.evidence.value, other.attribute, other.value
                );
                Some(self.undetermined(matter, all, &reason))
            }
            (Some(first), None, Some(bucket)) => {
                let reason = format!(
                    "{} is {}, and files may be moved from there to the bucket that {} names",
                    first.evidence.attribute, first.evidence.value, bucket.attribute
                );
                Some(self.undetermined(matter, all, &reason).resting_on([bucket]))
            }
            (None, ..) => {
                let open = all.iter().find_map(|kept| match (&kept.place, &kept.doubt) {
                    (Attr::Unknown(why), _) => Some(format!("{} is {why}", kept.evidence.attribute)),
                    (Attr::Set(place), Some(doubt)) if place.is_local() && bucket.is_none() => {
                        Some(format!("{} is {}: {doubt}", kept.evidence.attribute, kept.evidence.value))
                    }
                    _ => None,
                });
                open.map(|reason| self.undetermined(matter, all, &reason))
            }
        }
    }

    /// A bucket that its environment names.
    fn bucket(&self) -> Option<&'t Evidence> {
        let keeps = &self.workload.keeps;
        keeps.leads.iter().find(|lead| lead.kind == Place::Objects).map(|lead| &lead.evidence)
    }

    fn violation(&self, matter: Matter, first: &Kept, sure: &[&Kept]) -> Finding {
        let Workload { noun, address, unit, .. } = self.workload;
        let (what, effect) = match matter {
            Matter::Data => ("its data", format!("each {unit} has data of its own, which are gone with it")),
            _ => ("files", format!("what one {unit} takes in the others do not have, and it is gone with its {unit}")),
        };
        let message = format!(
            "{noun} {address} keeps {what} {} ({}), and has {}: {effect}.",
            place(first, unit),
            said(sure),
            in_words(self.workload),
        );
        let finding = self.finding(Finding::violation(&RULE.meta, address, message), sure);
        let finding = finding.key(matter.as_str()).gravity(self.most().unwrap_or(u64::MAX));
        let finding = match matter {
            Matter::Data => finding.remedy(Remedy::new(
                "keep the data in a database with a server of its own",
                "all units then see the same, and it stays when they go",
                Delta::not_priced("how large the database has to be no plan shows"),
            )),
            _ => finding.remedy(objects()).remedy(mount()),
        };
        self.measured(finding)
    }

    fn most(&self) -> Option<u64> {
        self.workload.range.maximum.known()
    }

    fn measured(&self, finding: Finding) -> Finding {
        match self.most() {
            Some(most) => finding.measuring("maximum", most),
            None => finding,
        }
    }

    fn undetermined(&self, matter: Matter, all: &[&Kept], reason: &str) -> Finding {
        let Workload { noun, address, .. } = self.workload;
        let what = if matter == Matter::Data { "its data" } else { "files" };
        let message = format!(
            "{noun} {address}: whether each of several units keeps {what} for itself cannot be told: {reason}.{}",
            declare(self.workload, FactKey::Files),
        );
        self.finding(Finding::undetermined(&RULE.meta, address, message), all)
            .key(matter.as_str())
            .severity(Severity::Low)
    }

    fn finding(&self, finding: Finding, kept: &[&Kept]) -> Finding {
        finding
            .about(kept.iter().map(|kept| &kept.evidence.address))
            .resting_on(kept.iter().map(|kept| &kept.evidence))
            .resting_on([&self.workload.range.maximum.evidence])
    }

    fn volumes(&self, kind: VolumeKind, all: &[&LocalVolume]) -> Finding {
        let Workload { noun, address, unit, .. } = self.workload;
        let has = in_words(self.workload);
        let names = listed(all.iter().map(|volume| &volume.evidence.value));
        let attribute = all.first().map_or("", |volume| volume.evidence.attribute.as_str());
        let finding = match kind {
            VolumeKind::Machine => {
                let paths = listed(all.iter().flat_map(|volume| &volume.mounts).map(|(_, path)| path));
                let message = format!(
                    "{noun} {address} keeps what it writes to {paths} in a folder of the machine that each {unit} happens to \
                     run on ({attribute}: {names}), and has {has}: {unit}s on other machines do not see it, and a {unit} that \
                     is started elsewhere has lost it."
                );
                let finding = Finding::violation(&RULE.meta, address, message).severity(Severity::Medium);
                finding.key("machine").remedy(mount()).remedy(objects())
            }
            VolumeKind::LeftBehind => {
                let message = format!(
                    "{noun} {address} gives each {unit} a disk of its own that is kept when the {unit} goes ({attribute} is \
                     false for {names}), and has {has}: what is on it no other {unit} sees, a new one starts with an empty \
                     disk, and the old ones pile up on the bill."
                );
                let finding = Finding::violation(&RULE.meta, address, message).severity(Severity::Medium);
                finding.key("disks").remedy(mount()).remedy(objects())
            }
            _ => {
                let message = format!(
                    "{noun} {address} gives each {unit} a disk that is empty after every stop ({attribute}: {names}), and has \
                     {has}: whether anything is kept there that another step or another {unit} needs cannot be told.{}",
                    declare(self.workload, FactKey::Files),
                );
                Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low).key("fleeting")
            }
        };
        let finding = finding
            .about(all.iter().map(|volume| &volume.evidence.address))
            .resting_on(all.iter().map(|volume| &volume.evidence))
            .resting_on([&self.workload.range.maximum.evidence])
            .gravity(self.most().unwrap_or(u64::MAX));
        self.measured(finding)
    }
}

/// Whether a volume is told already with what is said to be kept: that lies on it, or somebody declares that the units keep
/// something, which is all that there was to ask of it. What is left behind is billed all the same.
fn tells_of(kept: &Kept, volume: &LocalVolume) -> bool {
    if kept.declared {
        return volume.kind != VolumeKind::LeftBehind;
    }
    let path = kept.path.as_deref().filter(|_| kept.doubt.is_none());
    path.is_some_and(|path| volume.mounts.iter().any(|(_, mount)| is_within(path, mount)))
}

/// Whether a folder is for what only passes through.
fn is_temporary(path: &str) -> bool {
    ["/tmp", "/var/tmp", "/dev/shm"].iter().any(|folder| is_within(path, folder))
}

fn objects() -> Remedy {
    Remedy::new(
        "keep the files in an object store",
        "all units then see the same files, and they stay when units go; clients may hand them in there by signed addresses",
        Delta::not_priced("objects are billed by the gigabyte, and how many there are no plan shows"),
    )
}

fn mount() -> Remedy {
    Remedy::new(
        "mount a file system there that all units reach",
        "the application stays as it is; each read and write goes over the network",
        Delta::not_priced("files are billed by the gigabyte, and how many there are no plan shows"),
    )
}
