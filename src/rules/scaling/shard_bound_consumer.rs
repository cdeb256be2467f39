use crate::facts::{Amounts, Change, ComputeKind, SourceKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Amount, Reading, Workload};
use crate::units::{Decimal, Grouped, counted, few, plural};

rule! {
    /// ## What it finds
    /// Readers of streams that do not fit the shards: a function that may run fewer times at once than its streams'
    /// shards call it, so that calls are turned away; and workers that may be more than the shards, so that some of them
    /// have nothing to read.
    ///
    /// ## Why it matters
    /// A stream is read shard by shard, and each shard in order. The shards times the calls for each of them are all
    /// that happens at a time. A function that may run less often holds back whole shards: their records grow old until
    /// they are lost. A worker beyond the number of shards waits for one to become free, and is paid for while it waits.
    ///
    /// ## What to do
    /// Let the function run as often as its shards call it, or have each shard make fewer calls. Let workers be as many
    /// as the shards at most; one more may stand by for the case that one fails. Where they are too slow, the stream
    /// needs more shards.
    ///
    /// ## When it stays silent
    /// Functions without a bound of their own; those with a bound of 0 are parked. Workers that also answer requests or
    /// take other work: these have something to do without a shard. Workers of streams without a fixed number of shards,
    /// which follows the traffic, and of streams that are not told.
    ///
    /// ## What makes it undetermined
    /// A number of shards, of calls for each of them, or a bound that is known only after apply; a bounded function that
    /// reads a stream whose number of shards follows its traffic, a table's changes, or a broker's topics; a mapping of
    /// which it is not known whether it is switched on, or what it calls; a worker of which it is not certain that it
    /// reads.
    "shard-bound-consumer", Medium, "DP1", "WAF-PERF-020", since "0.1.0",
    "A stream's readers that are too few for its shards, or more than these",
    thresholds: [("standby-units", 1, 1000, "Units of a worker beyond one for each shard that may stand by")],
    sources: [
        "AWS Lambda developer guide, Kinesis: one call at a time for each shard, times the parallelization factor; read 2026-11-29",
        "AWS Lambda developer guide, reserved concurrency: bounds a function, at no charge; read 2026-11-29",
        "Amazon Kinesis developer guide, resharding, scaling and parallel processing: one worker for each shard, more only to stand by; read 2026-11-29",
        "Design principle DP1, separate workloads by load profile: streams",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let standby = context.policy.threshold(&RULE.meta, "standby-units");
    for (id, workload) in context.topology.numbered_workloads() {
        let own = context.topology.readings.iter().filter(|reading| reading.workload == id);
        let (called, asking): (Vec<&Reading>, Vec<&Reading>) = own.partition(|reading| reading.by.is_some());
        if called.is_empty() && asking.is_empty() {
            continue;
        }
        let found = if called.is_empty() { worker(workload, &asking, standby) } else { function(workload, &called) };
        match found {
            Some(finding) => {
                let all = called.iter().chain(&asking);
                judgement.findings.push(
                    finding
                        .about(all.clone().filter_map(|reading| reading.stream.as_ref()))
                        .about(all.clone().filter_map(|reading| reading.by.as_ref()))
                        .resting_on(all.flat_map(|reading| &reading.evidence))
                        .resting_on([&workload.range.maximum.evidence]),
                );
            }
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// How many calls at a time the shards of a stream make.
fn calls(reading: &Reading) -> Option<u64> {
    Some(reading.shards.known()?.saturating_mul(*reading.each.known()?))
}

fn streams(readings: &[&Reading]) -> String {
    let mut names: Vec<&Address> = readings.iter().filter_map(|reading| reading.stream.as_ref()).collect();
    names.dedup();
    if names.is_empty() { "a stream".to_owned() } else { few(names) }
}

/// Why a reading does not tell how many calls it makes.
fn hidden(reading: &Reading) -> Option<String> {
    let stream = reading.stream.as_ref().map_or_else(|| "its stream".to_owned(), ToString::to_string);
    match (&reading.shards, &reading.each) {
        (Attr::Unknown(why), _) => Some(format!("how many shards {stream} has is {why}")),
        (Attr::Unset, _) => Some(format!("how many shards or partitions {stream} has is not fixed in this plan")),
        (_, Attr::Unknown(why)) => Some(format!("how many calls at a time each shard of {stream} makes is {why}")),
        _ => reading.doubt.clone(),
    }
}

fn function(workload: &Workload, readings: &[&Reading]) -> Option<Finding> {
    let Workload { noun, address, .. } = workload;
    let maximum = &workload.range.maximum;
    let open = |reason: &str| {
        let message = format!(
            "{noun} {address} reads {}; whether it may run as often as the shards call it cannot be told: {reason}.",
            streams(readings),
        );
        Some(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Info))
    };
    let bound = match maximum.value {
        Attr::Set(0) | Attr::Unset => return None,
        Attr::Set(bound) => bound,
        Attr::Unknown(why) => return open(&format!("{} is {why}", maximum.evidence.attribute)),
    };
    let certain: Vec<&Reading> = readings.iter().filter(|one| one.doubt.is_none()).copied().collect();
    let needed = certain.iter().filter_map(|reading| calls(reading)).fold(0, u64::saturating_add);
    if needed <= bound {
        return match readings.iter().find_map(|reading| hidden(reading)) {
            Some(reason) => open(&reason),
            None => None,
        };
    }
    Some(turned_away(workload, &certain, bound, needed))
}

fn turned_away(workload: &Workload, readings: &[&Reading], bound: u64, needed: u64) -> Finding {
    let Workload { noun, address, .. } = workload;
    let known: Vec<&&Reading> = readings.iter().filter(|reading| calls(reading).is_some()).collect();
    let shards =
        known.iter().filter_map(|reading| reading.shards.known()).fold(0, |sum: u64, one| sum.saturating_add(*one));
    let working = known.iter().filter_map(|reading| {
        let (stream, shards, each) = (reading.stream.as_ref()?, reading.shards.known()?, reading.each.known()?);
        let (number, all) = (counted(*shards, "shard"), Grouped(shards.saturating_mul(*each)));
        Some(format!("{stream}: {number} x {} at a time = {all}", counted(*each, "call")))
    });
    let working: Vec<String> = working.collect();
    let away = needed.saturating_sub(bound);
    let consequence = if bound < shards {
        format!(
            "at least {} {} at any time",
            counted(shards - bound, "shard"),
            if shards - bound == 1 { "waits" } else { "wait" }
        )
    } else {
        "each shard gets its turn, but not as many calls as it may make".to_owned()
    };
    let message = format!(
        "{noun} {address} takes up to {} at a time ({}), and {} {} up to {}: {} turned away when there is much to read, and \
         {consequence}.",
        counted(bound, "call"),
        workload.range.maximum.evidence.attribute,
        counted(shards, "shard"),
        if shards == 1 { "makes" } else { "make" },
        Grouped(needed),
        if away == 1 { "1 call is".to_owned() } else { format!("{} calls are", Grouped(away)) },
    );
    let mut finding = Finding::violation(&RULE.meta, address, message)
        .severity(if bound < shards { Severity::Medium } else { Severity::Low })
        .measuring("shards", shards)
        .measuring("calls", needed)
        .measuring("bound", bound)
        .gravity(away);
    finding.working = working;
    let raise = Remedy::new(
        format!("let {address} take {} at a time", counted(needed, "call")),
        "the account's quota has to have room for it, and what it calls has to bear it: a database counts connections",
        Delta::Free("a bound costs nothing by itself"),
    )
    .writing(prospect::set_amounts([&workload.range.maximum], needed))
    .to("bound", needed);
    finding = finding.remedy(raise);
    match bound.checked_div(shards).filter(|each| *each > 0) {
        Some(each) => finding.remedy(
            Remedy::new(
                format!("have each shard make {} at a time", counted(each, "call")),
                "records of one shard are then worked off by fewer calls, which each take longer to come up with the traffic",
                Delta::Free("a setting of the mapping"),
            )
            .writing(fewer_calls(&known, each))
            .to("calls", each.saturating_mul(shards)),
        ),
        None => finding,
    }
}

/// What lets each shard make so many calls at a time, where it makes more.
fn fewer_calls(readings: &[&&Reading], each: u64) -> Vec<Change> {
    let more = readings.iter().filter(|reading| reading.each.known().is_some_and(|now| *now > each));
    more.filter_map(|reading| Some(prospect::set_number(reading.per_shard.as_ref()?, each))).collect()
}

fn worker(workload: &Workload, readings: &[&Reading], standby: u64) -> Option<Finding> {
    let counted_kind = matches!(
        workload.kind,
        ComputeKind::Machine | ComputeKind::MachineGroup | ComputeKind::ContainerService | ComputeKind::Platform
    );
    let called = !workload.entries.is_empty() || workload.entry_doubt().is_some();
    let other = workload.consumes.iter().any(|consumed| consumed.kind != SourceKind::Stream);
    let told = readings.iter().all(|reading| reading.stream.is_some() && !reading.shards.is_unset());
    if !counted_kind || called || other || !told {
        return None;
    }
    let (minimum, maximum) = (workload.range.minimum.known(), &workload.range.maximum);
    if maximum.known().is_some_and(|most| most <= 1) {
        return None;
    }
    let Workload { noun, address, unit, .. } = workload;
    let open = |reason: &str| {
        let message = format!(
            "{noun} {address} reads {}; whether there are shards for all of its {unit}s cannot be told: {reason}.",
            streams(readings),
        );
        Some(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Info))
    };
    let unknown = readings.iter().find(|reading| reading.shards.known().is_none());
    if let Some(reason) = unknown.and_then(|reading| hidden(reading)) {
        return open(&reason);
    }
    let shards =
        readings.iter().filter_map(|reading| reading.shards.known()).fold(0, |sum: u64, one| sum.saturating_add(*one));
    let room = shards.saturating_add(standby);
    let always = minimum.is_some_and(|least| least > room);
    match maximum.known() {
        Some(most) if most <= room => None,
        None if !always => open(&format!("{} is {}", maximum.evidence.attribute, why(maximum))),
        most => match readings.iter().find_map(|reading| reading.doubt.as_deref()) {
            Some(doubt) => open(doubt),
            None => Some(idle(workload, readings, shards, most.or(minimum).unwrap_or(room), always)),
        },
    }
}

fn why(amount: &Amount) -> String {
    amount.value.why_unknown().map_or_else(|| "unset".to_owned(), |why| why.to_string())
}

fn idle(workload: &Workload, readings: &[&Reading], shards: u64, most: u64, always: bool) -> Finding {
    let Workload { noun, address, unit, .. } = workload;
    let beyond = most.saturating_sub(shards);
    let message = format!(
        "{noun} {address} reads {}, with {} in all, and has up to {}. Each shard is read by one of them, so that {} {} \
         nothing to read{}.",
        streams(readings),
        counted(shards, "shard"),
        counted(most, unit),
        Grouped(beyond),
        if beyond == 1 { "has" } else { "have" },
        if always { ", at any time" } else { " at its most" },
    );
    let amounts = workload.range.amounts().filter(|_| workload.kind != ComputeKind::Machine);
    let fewer = amounts.map(|amounts: Amounts| amounts.at_most(Decimal::from(shards)));
    let change = fewer.map(|units| Change::Units { address: address.clone(), units });
    Finding::violation(&RULE.meta, address, message)
        .severity(if always { Severity::Medium } else { Severity::Low })
        .measuring("shards", shards)
        .measuring("maximum", most)
        .gravity(beyond)
        .remedy(
            Remedy::priced(
                format!("let {address} have {} at most", counted(shards, unit)),
                "one of them may read several shards; one more may stand by",
                change.into_iter().collect(),
            )
            .writing(prospect::set_amounts(
                [&workload.range.desired, &workload.range.minimum, &workload.range.maximum]
                    .into_iter()
                    .filter(|amount| amount.known().is_some_and(|units| units > shards)),
                shards,
            ))
            .to("maximum", shards),
        )
        .remedy(Remedy::new(
            format!("give the {} more shards", plural(u64::try_from(readings.len()).unwrap_or(u64::MAX), "stream")),
            "if that many readers are needed: then the shards are what is short",
            Delta::not_priced("it depends on how many shards the traffic needs"),
        ))
}
