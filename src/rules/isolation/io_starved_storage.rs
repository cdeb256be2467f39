use super::shared::load::Load;
use super::shared::speed::{Excess, SPEEDS, Speed, carries, exceeds, named, told};
use crate::facts::{Change, Credits, Lane, MachineClass, Value};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Provenance, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Drive, Mounted, Topology, WorkloadId};
use crate::units::{Decimal, Grouped, counted, few, listed};

rule! {
    /// ## What it finds
    /// A machine, a group of machines or a database whose disks are paid for more operations or megabytes a second than its
    /// class carries: all disks of one machine share one way to them. And the disk of a database that is fast in bursts only,
    /// where those who reach it are many.
    ///
    /// ## Why it matters
    /// What the machine does not carry is paid for every month and reaches nobody: the disk looks fast in the plan, and the
    /// database on it waits. What it carries in bursts only works in a short load test, and is gone under a load that lasts.
    ///
    /// ## What to do
    /// Ask the disks for what the class carries at all times, or take a class that carries what is asked for. For a disk
    /// that lives on credits, take a kind without them.
    ///
    /// ## When it stays silent
    /// For speeds that are in the price of a disk: nobody pays for what is not used of them, and they are not added up. For what
    /// exceeds the class by less than the tolerance. For groups that may start several classes, as long as one of them carries
    /// it. For disks that live on credits and are no database's, or a database's that few units reach. For disks that a
    /// plan gives to nobody.
    ///
    /// ## What makes it undetermined
    /// A class that is known only after apply, or for which no such figures are published; a speed that is known only after
    /// apply; a disk that may be another machine's.
    "io-starved-storage", Medium, "DP6", "WAF-PERF-090", since "0.1.0",
    "Disks that are paid for more speed than their machine carries, or fast in bursts only",
    thresholds: [
        ("tolerance", 10, 1_000, "per cent by which paid speed may exceed what the machine carries"),
        ("units", 4, 1_000_000, "units that have to reach a database before a disk on credits is named; half as many where it has a standby"),
    ],
    sources: [
        "EC2 DescribeInstanceTypes, EbsOptimizedInfo, baseline and maximum, as of 2026-10-27 (moto 5.2.5)",
        "AWS Compute Blog, Simulating Amazon EC2 EBS burst credits before downsizing an instance, read 2026-11-29",
        "Amazon EC2 API reference, EbsBlockDevice, Iops; Amazon RDS API reference, CreateDBInstance, Iops; read 2026-11-29",
        "Amazon RDS user guide, Storage, I/O credits and burst performance (awsdocs 0352288b), read 2026-11-29",
        "hashicorp/terraform-provider-aws#28382: what gp3 includes from 400 GiB on, read 2026-11-29",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let (topology, policy) = (context.topology, context.policy);
    let tolerance = policy.threshold(&RULE.meta, "tolerance");
    let units = policy.threshold(&RULE.meta, "units");
    let mut judgement = Judgement::default();
    for drives in alike(topology) {
        let Some(first) = drives.first() else { continue };
        let case = Case { topology, drives: &drives, first };
        let before = judgement.findings.len();
        judgement.findings.extend(case.beyond_the_lane(tolerance));
        judgement.findings.extend(case.on_credits(units));
        if judgement.findings.len() == before {
            judgement.passed += 1;
        }
    }
    judgement
}

/// Machines of one workload that are the same, disks and all, together.
fn alike(topology: &Topology) -> Vec<Vec<&Drive>> {
    let mut groups: Vec<Vec<&Drive>> = Vec::new();
    for drive in &topology.drives {
        let is_like = |other: &Drive| {
            let same: Option<WorkloadId> = drive.workload.filter(|id| other.workload == Some(*id));
            let disks = drive.disks.iter().map(|mounted| &mounted.disk);
            same.is_some()
                && drive.classes == other.classes
                && disks.eq(other.disks.iter().map(|mounted| &mounted.disk))
        };
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_like(first))) {
            Some(group) => group.push(drive),
            None => groups.push(vec![drive]),
        }
    }
    groups
}

struct Case<'t, 'd> {
    topology: &'t Topology,
    /// Machines that are alike.
    drives: &'d [&'t Drive],
    first: &'t Drive,
}

impl<'t> Case<'t, '_> {
    /// What is paid for, and the class does not carry.
    fn beyond_the_lane(&self, tolerance: u64) -> Option<Finding> {
        let sums = SPEEDS.map(|speed| self.sum(speed, |mounted| mounted.doubt.is_none()));
        let hidden = self.hidden();
        if sums.iter().all(|(_, paid)| *paid == 0) && hidden.is_none() && self.doubt().is_none() {
            return None;
        }
        let lane = match self.lane() {
            Ok(lane) => lane,
            Err(reason) => return Some(self.undetermined(&reason)),
        };
        let excess = |(speed, (disks, paid)): (Speed, (Vec<&'t Mounted>, u64))| {
            let (sustained, peak) = ((speed.of)(lane.sustained), (speed.of)(lane.peak));
            exceeds(paid, sustained, tolerance).then_some(Excess { speed, disks, paid, sustained, peak })
        };
        let beyond: Vec<Excess<'t>> = SPEEDS.into_iter().zip(sums).filter_map(excess).collect();
        if !beyond.is_empty() {
            return Some(self.violation(&beyond, lane, tolerance));
        }
        if let Some(reason) = hidden {
            return Some(self.undetermined(&reason));
        }
        let all = SPEEDS.map(|speed| (speed, self.sum(speed, |_| true).1));
        let may = all.iter().any(|(speed, paid)| exceeds(*paid, (speed.of)(lane.sustained), tolerance));
        self.doubt().filter(|_| may).map(|reason| self.undetermined(reason))
    }

    /// The disks that are paid for by one speed, and how much they come to.
    fn sum(&self, speed: Speed, counts: impl Fn(&Mounted) -> bool) -> (Vec<&'t Mounted>, u64) {
        let paid = |mounted: &&Mounted| (speed.rate)(mounted).paid().into_known();
        let disks: Vec<&'t Mounted> =
            self.first.disks.iter().filter(|mounted| counts(mounted) && paid(mounted).is_some()).collect();
        let sum = disks.iter().filter_map(paid).fold(0, u64::saturating_add);
        (disks, sum)
    }

    /// Why what is paid for cannot be told, if it cannot.
    fn hidden(&self) -> Option<String> {
        self.first.disks.iter().filter(|mounted| mounted.doubt.is_none()).find_map(|mounted| {
            let unseen =
                |speed: &Speed| Some(((speed.rate)(mounted).attribute, (speed.rate)(mounted).paid().why_unknown()?));
            let (attribute, why) = SPEEDS.iter().find_map(unseen)?;
            Some(format!("{attribute} of {} is {why}", mounted.at))
        })
    }

    fn doubt(&self) -> Option<&'t str> {
        let paid = |mounted: &&Mounted| SPEEDS.iter().any(|speed| !(speed.rate)(mounted).paid().is_unset());
        self.first.disks.iter().filter(paid).find_map(|mounted| mounted.doubt.as_deref())
    }

    /// What the class carries; of several, the best of each.
    fn lane(&self) -> Result<Lane, String> {
        let Drive { address, named_by, classes, gap, .. } = self.first;
        if let Some(gap) = gap {
            return Err(gap.clone());
        }
        let mut best: Option<Lane> = None;
        for MachineClass { attribute, name, lane, .. } in classes {
            let lane = match (name, lane) {
                (Attr::Set(_), Some(lane)) => lane,
                (Attr::Set(name), None) => return Err(format!("nothing is published of what {name} carries")),
                (Attr::Unset, _) => return Err(format!("nothing says the class of {address}")),
                (Attr::Unknown(why), _) => return Err(format!("{attribute} of {named_by} is {why}")),
            };
            best = Some(best.map_or(*lane, |best| Lane {
                sustained: best.sustained.max(lane.sustained),
                peak: best.peak.max(lane.peak),
                ..best
            }));
        }
        best.ok_or_else(|| format!("nothing says the class of {address}"))
    }

    /// `m5.large`.
    fn class(&self) -> String {
        let names = self.first.classes.iter().filter_map(|class| class.name.known());
        match self.first.classes.as_slice() {
            [_] => listed(names),
            _ => format!("the best of {}", listed(names)),
        }
    }

    /// `EC2 instance a`, or what is alike.
    fn opening(&self) -> String {
        let Drive { noun, address, .. } = self.first;
        match self.drives.len() {
            1 => format!("{noun} {address}"),
            many => format!("{noun} {address} and {} like it", counted(u64::try_from(many - 1).unwrap_or(1), "other")),
        }
    }

    fn undetermined(&self, reason: &str) -> Finding {
        let message = format!(
            "{}: whether its class carries the speed that its disks are paid for cannot be told; {reason}.",
            self.opening()
        );
        let finding = Finding::undetermined(&RULE.meta, &self.first.address, message).severity(Severity::Low);
        self.about(finding).resting_on(&self.paid_for()).resting_on(&self.classes())
    }

    fn about(&self, finding: Finding) -> Finding {
        let disks = self.first.disks.iter().map(|mounted| &mounted.at);
        finding.of_each(self.drives.iter().map(|drive| &drive.address)).about([&self.first.named_by]).about(disks)
    }

    fn violation(&self, beyond: &[Excess<'_>], lane: Lane, tolerance: u64) -> Finding {
        let lost = beyond.iter().any(|excess| excess.is_beyond_bursts(tolerance));
        let class = self.class();
        let words = beyond.iter().enumerate().map(|(at, excess)| excess.in_words(&class, tolerance, at > 0));
        let told: Vec<String> = words.collect();
        let close =
            if lost { "What is beyond reaches nobody." } else { "Under a load that lasts, the rest reaches nobody." };
        let pays = if self.drives.len() == 1 { "pays" } else { "each pay" };
        let message = format!("{} {pays} for {}. {close}", self.opening(), told.join("; and for "));
        let share = |excess: &Excess<'_>| excess.paid.saturating_mul(100) / excess.sustained.max(1);
        let mut finding = Finding::violation(&RULE.meta, &self.first.address, message)
            .severity(if lost { Severity::Medium } else { Severity::Low })
            .gravity(beyond.iter().map(share).max().unwrap_or(1));
        for Excess { speed, paid, sustained, peak, .. } in beyond {
            let [own, carried, bursts] = speed.measures;
            finding = finding.measuring(own, *paid).measuring(carried, *sustained).measuring(bursts, *peak);
        }
        finding.working = self.working(beyond, &class);
        let table = Evidence {
            source: Provenance::Catalogue(lane.source),
            ..Evidence::plan(&self.first.named_by, "carries", carries(lane))
        };
        let finding = self.about(finding).resting_on(&self.paid_for()).resting_on(&self.classes()).resting_on(&[table]);
        let finding = finding.remedy(self.asking_less(beyond));
        let larger = self.larger(beyond);
        let finding = larger.into_iter().fold(finding, Finding::remedy);
        if self.first.datastore.is_some() { finding } else { finding.remedy(apart(&self.first.address)) }
    }

    /// The sum, line by line.
    fn working(&self, beyond: &[Excess<'_>], class: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for Excess { speed, paid, sustained, peak, .. } in beyond {
            for mounted in &self.first.disks {
                let rate = (speed.rate)(mounted);
                let kind = mounted.disk.kind.known().map_or("kind unknown", Text::as_str);
                let told = match (rate.paid(), &mounted.doubt) {
                    (_, Some(_)) => "not counted: it may be another machine's".to_owned(),
                    (Attr::Set(paid), None) => format!("{} {}", Grouped(paid), speed.unit),
                    (Attr::Unknown(why), None) => format!("{} is {why}", rate.attribute),
                    (Attr::Unset, None) => format!("no {} beyond what is in its price: not counted", speed.unit),
                };
                lines.push(format!("{} ({kind}): {told}", named(mounted)));
            }
            lines.push(format!(
                "together {} {}; {class} carries {} at all times, {} in bursts",
                Grouped(*paid),
                speed.unit,
                Grouped(*sustained),
                Grouped(*peak)
            ));
        }
        lines
    }

    fn paid_for(&self) -> Vec<Evidence> {
        let mut all = Vec::new();
        for mounted in &self.first.disks {
            for speed in &SPEEDS {
                let rate = (speed.rate)(mounted);
                let value = match rate.paid() {
                    Attr::Set(paid) => Grouped(paid).to_string(),
                    Attr::Unset => continue,
                    Attr::Unknown(why) => format!("({why})"),
                };
                all.push(Evidence::plan(&mounted.at, rate.attribute, value));
            }
        }
        all
    }

    fn classes(&self) -> Vec<Evidence> {
        let told = |class: &MachineClass| match &class.name {
            Attr::Set(name) => name.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        let classes = self.first.classes.iter();
        classes.map(|class| Evidence::plan(&self.first.named_by, class.attribute, told(class))).collect()
    }

    /// Asks the disks for what the class carries at all times.
    fn asking_less(&self, beyond: &[Excess<'_>]) -> Remedy {
        let detail = "that is what it carries at all times, or what is in the price anyway; nothing is lost but bursts, where it has any";
        let mut titles: Vec<(String, String)> = Vec::new();
        let mut targets: Vec<(Speed, u64)> = Vec::new();
        let mut changes = Vec::new();
        let mut single = true;
        for Excess { speed, disks, sustained, .. } in beyond {
            let least = disks.iter().map(|mounted| (speed.rate)(mounted).included).max().unwrap_or(0);
            let bearable = (*sustained).max(if least == u64::MAX { 0 } else { least });
            targets.push((*speed, bearable));
            let (names, asked) =
                (few(disks.iter().map(|disk| named(disk))), format!("{} {}", Grouped(bearable), speed.unit));
            match titles.last_mut() {
                Some((same, all)) if *same == names => *all = format!("{all} and {asked}"),
                _ => titles.push((names, asked)),
            }
            let [only] = disks.as_slice() else {
                single = false;
                continue;
            };
            for drive in self.drives {
                changes.extend(self.lowered(drive, only, *speed, bearable));
            }
            // An attribute of blocks would be changed in each of them.
            let attribute = (speed.rate)(only).attribute;
            let sharing = self.first.disks.iter().filter(|other| {
                other.at == only.at
                    && (speed.rate)(other).attribute == attribute
                    && !(speed.rate)(other).asked.is_unset()
            });
            single &= sharing.count() == 1;
        }
        let title = format!("lower {}", listed(titles.iter().map(|(names, asked)| format!("{names} to {asked}"))));
        let measured = |remedy: Remedy| {
            targets.iter().fold(remedy, |remedy, (speed, target)| remedy.to(speed.measures[0], *target))
        };
        if single {
            return measured(Remedy::priced(title, detail, changes));
        }
        let apart = "which of its disks gives way is for those to say who know what is on them";
        measured(Remedy::new(format!("{title} together"), detail, Delta::not_priced(apart)))
    }

    /// The change of the disk of `drive` that is like `disk` of the first.
    fn lowered(&self, drive: &Drive, disk: &Mounted, speed: Speed, target: u64) -> Option<Change> {
        let at = self.first.disks.iter().position(|mounted| std::ptr::eq(mounted, disk))?;
        let mounted = drive.disks.get(at)?;
        let attribute = (speed.rate)(mounted).attribute.into();
        Some(Change::Set { address: mounted.at.clone(), attribute, value: Value::Number(Decimal::from(target)) })
    }

    /// The smallest larger class that carries what is paid for.
    fn larger(&self, beyond: &[Excess<'_>]) -> Option<Remedy> {
        let [class] = self.first.classes.as_slice() else { return None };
        let enough = |lane: &Lane| beyond.iter().all(|excess| (excess.speed.of)(lane.sustained) >= excess.paid);
        let (name, lane) = class.wider.iter().find(|(_, lane)| enough(lane))?;
        let mut named: Vec<&Address> = self.drives.iter().map(|drive| &drive.named_by).collect();
        named.dedup();
        let changes = named.iter().map(|address| Change::Set {
            address: (*address).clone(),
            attribute: class.attribute.into(),
            value: Value::Text(name.clone()),
        });
        let title = format!("change {} of {} to {name}", class.attribute, few(&named));
        let more = if self.first.workload.is_some() && self.drives.len() == 1 && self.first.classes.len() == 1 {
            "; more machines of the present class do not help any one of them, each waits for its own disks"
        } else {
            ""
        };
        let detail = format!("it carries {} at all times{more}", told(lane.sustained));
        Some(Remedy::priced(title, detail, changes.collect()))
    }

    /// A database's disk that lives on credits, where many reach it.
    fn on_credits(&self, units: u64) -> Option<Finding> {
        let drive = self.first;
        let load = Load::on(self.topology, drive.datastore?)?;
        let mounted = drive.disks.iter().find(|mounted| mounted.disk.credits.is_some())?;
        let credits = mounted.disk.credits.as_ref()?;
        if !load.reaches_to(units) {
            return None;
        }
        let Credits { gigabytes, sustained, burst, minutes, attribute, .. } = *credits;
        let kind = mounted.disk.kind.known().map_or("", Text::as_str);
        let message = format!(
            "{} {} keeps its data on {gigabytes} GB of {kind}, which do {sustained} operations a second at all times, and up to \
             {} in bursts, for {minutes} minutes with all credits: {} {} it.",
            drive.noun,
            drive.address,
            Grouped(burst),
            load.in_words(),
            load.verb(),
        );
        let change = Change::Set {
            address: mounted.at.clone(),
            attribute: attribute.into(),
            value: Value::Text(credits.steady.into()),
        };
        let detail = format!("it has {} in its price, at all times and without credits", told(credits.gives));
        let remedy =
            Remedy::priced(format!("change {attribute} of {} to {}", mounted.at, credits.steady), detail, vec![change]);
        let size = Evidence {
            source: Provenance::Default(credits.source),
            ..Evidence::plan(
                &mounted.at,
                "operations",
                format!("{sustained} at all times, {} in bursts", Grouped(burst)),
            )
        };
        let finding = Finding::violation(&RULE.meta, &drive.address, message)
            .key("credits")
            .severity(Severity::Low)
            .gravity(if load.is_heavy(units) { 2 } else { 1 })
            .about(load.addresses())
            .resting_on(&[Evidence::plan(&mounted.at, attribute, kind), size])
            .resting_on(load.evidence())
            .measuring("units", load.units)
            .measuring("operations_carried", sustained)
            .measuring("operations_in_bursts", burst)
            .remedy(remedy.to("operations_carried", credits.gives.operations));
        Some(finding)
    }
}

/// Work that waits for its disk is not done faster by more machines that do everything.
fn apart(address: &Address) -> Remedy {
    Remedy::new(
        format!("take what waits for the disks of {address} off its requests"),
        "put it into a queue, and let workers with disks of their own do it: more machines that all do both only share the waiting",
        Delta::not_priced("how many workers that takes no plan shows"),
    )
    .insufficient()
}
