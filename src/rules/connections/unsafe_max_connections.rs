use super::shared::forecast::tells_gaps;
use crate::facts::Cap;
use crate::finding::{Delta, Finding, Remedy, Severity, put_interval};
use crate::model::Evidence;
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Datastore, Gap, HandSet, Topology};
use crate::units::{Grouped, Interval};

rule! {
    /// ## What it finds
    /// A connection limit that somebody set to a number that the database cannot live with: far more than its memory
    /// carries, more than a bound that holds all the same, so few that what is kept back for administrators eats them, or
    /// a number that the cloud does not accept.
    ///
    /// ## Why it matters
    /// Each connection takes memory. A limit beyond it protects nothing: the database runs out of memory before it runs out
    /// of connections, and where a full database refuses one caller, one without memory fails all of them. A limit that is
    /// too low, or without effect, refuses callers for whom there would be room.
    ///
    /// ## What to do
    /// Leave the limit to the engine, which computes it from the memory of the class and follows it. Where more callers have
    /// to connect, put a pooler before the database, or give it a larger class.
    ///
    /// ## How the figures come about
    /// What memory carries goes by what a connection is given where the limit is left to the engine: 9,531,392 bytes with
    /// `PostgreSQL`, 12,582,880 with `MySQL`, to which `MariaDB` and Aurora are held as well. The rule goes by all of the class's
    /// memory, of which the database gets less, and finds what exceeds the threshold `memory-percent` of that: at 200, a
    /// connection is left with less than half. That percentage is a judgement of planwise's; the figures are not.
    ///
    /// ## When it stays silent
    /// For limits that are left to the engine. For limits below the engine's own: whether these suffice,
    /// `connection-exhaustion` works out. For databases that this plan does not manage.
    ///
    /// ## What makes it undetermined
    /// A limit whose value is known only after apply, or a formula that cannot be read; a class whose memory is not known.
    /// Where `connection-exhaustion` says so already, this rule does not say it again.
    "unsafe-max-connections", High, "DP4", "WAF-PERF-040", since "0.1.0",
    "Connection limit beyond what the database's memory carries, or without effect",
    thresholds: [
        ("memory-percent", 200, 10_000, "per cent of what memory carries that a limit may be"),
    ],
    sources: [
        "Amazon RDS user guide, quotas and constraints: max_connections, defaults and allowed values, read 2026-11-23",
        "Amazon Aurora user guide, maximum connections (awsdocs 287c6040), read 2026-11-23",
        "Amazon Aurora user guide, Serverless v2, maximum connections, read 2026-11-23",
        "PostgreSQL documentation, superuser_reserved_connections",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let percent = context.policy.threshold(&RULE.meta, "memory-percent");
    for set in &context.topology.hand_set {
        let datastore = context.topology.datastore(set.datastore);
        let reached = !context.topology.budgets_of(set.datastore).is_empty();
        let case = Case { topology: context.topology, set, datastore, percent };
        match &set.limit {
            // Who reaches it hears of it from there.
            Err(_) if reached && tells_gaps(context, datastore) => {}
            Err(gap) => judgement.findings.push(case.unread(gap)),
            Ok(limit) => match case.judge(*limit) {
                Some(finding) => judgement.findings.push(finding),
                None if set.bears.is_none() => judgement.findings.push(case.without_memory(*limit)),
                None => judgement.passed += 1,
            },
        }
    }
    judgement
}

/// Bytes in MiB, rounded to one decimal.
fn tenths(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).saturating_add(1 << 19) >> 20;
    format!("{}.{}", tenths / 10, tenths % 10)
}

struct Case<'t> {
    topology: &'t Topology,
    set: &'t HandSet,
    datastore: &'t Datastore,
    percent: u64,
}

impl Case<'_> {
    /// The gravest thing that is certain.
    fn judge(&self, limit: Interval) -> Option<Finding> {
        let allowed = self.set.allowed;
        if limit.is_exact() && !(allowed.low..=allowed.high).contains(&limit.low) {
            let text = format!(
                "which is not accepted: it may be {} to {}. The change fails when it is applied",
                Grouped(allowed.low),
                Grouped(allowed.high)
            );
            return Some(self.violation(limit, Severity::High, &text));
        }
        let left = limit.less(self.set.reserved).high;
        if left == 0 {
            let text =
                format!("of which {} are kept back for administrators: nobody else can connect", self.set.reserved);
            return Some(self.violation(limit, Severity::High, &text));
        }
        if left < self.set.reserved {
            let text = format!(
                "of which {} are kept back for administrators: {left} are left for everybody else",
                self.set.reserved
            );
            return Some(self.violation(limit, Severity::Medium, &text));
        }
        self.capped(limit).or_else(|| self.beyond_memory(limit))
    }

    /// What exceeds a bound that holds all the same.
    fn capped(&self, limit: Interval) -> Option<Finding> {
        let cap = self.set.cap.filter(|cap| limit.low > cap.limit)?;
        let Cap { limit: bound, attribute, source, lift, .. } = cap;
        let text = format!("and no more than {} take effect: {source}", Grouped(bound));
        let evidence = Evidence {
            address: self.datastore.address.clone(),
            attribute: attribute.into(),
            value: format!("at most {}", Grouped(bound)),
            source: crate::model::Provenance::Default(source),
        };
        let title =
            format!("{lift} on {}, or set {} to {}", self.datastore.address, self.set.parameter, Grouped(bound));
        let lifted = vec![prospect::lift(self.datastore, &cap)];
        let remedy = Remedy::priced(title, "the limit then is what it says", lifted);
        Some(self.violation(limit, Severity::Medium, &text).resting_on([&evidence]).remedy(remedy))
    }

    fn beyond_memory(&self, limit: Interval) -> Option<Finding> {
        let bears = self.set.bears?;
        let beyond = |limit: u64, bears: u64| limit.saturating_mul(100) > bears.saturating_mul(self.percent);
        let is_beyond = if self.set.grows {
            beyond(limit.low, bears.low) && beyond(limit.high, bears.high)
        } else {
            beyond(limit.low, bears.high)
        };
        if !is_beyond {
            return None;
        }
        let memory = self.set.memory.as_deref().unwrap_or_default();
        let text = format!(
            "and its memory ({memory}) carries {bears} at {} MiB each: the database may run out of memory before it runs out of \
             connections",
            tenths(self.set.per_connection),
        );
        let mut finding = self.violation(limit, Severity::Medium, &text);
        put_interval(&mut finding.measure, "carried_low", "carried_high", bears);
        let leave = self.set.default.map(|default| {
            let title = format!("leave {} to the engine", self.set.parameter);
            let detail = format!("{default} connections then, which follow the class when it changes");
            Remedy::new(title, detail, Delta::Free("a parameter; it may take a restart"))
        });
        let pooler = Remedy::priced(
            format!("put a pooler before {}", self.datastore.address),
            "many clients then share the connections that memory carries",
            prospect::pooler(self.topology, self.datastore),
        );
        finding.remedies.extend(leave.into_iter().chain([pooler]));
        Some(finding)
    }

    fn violation(&self, limit: Interval, severity: Severity, what: &str) -> Finding {
        let message = format!("{} {limit}, {what}.", self.opening("is"));
        let mut finding = Finding::violation(&RULE.meta, &self.datastore.address, message)
            .severity(severity)
            .about([&self.set.machine])
            .about(self.set.evidence.first().map(|piece| &piece.address))
            .resting_on(&self.set.evidence)
            .gravity(limit.high);
        put_interval(&mut finding.measure, "limit_low", "limit_high", limit);
        finding
    }

    /// `max_connections of RDS instance a (db.t3.medium) is`.
    fn opening(&self, verb: &str) -> String {
        let Datastore { noun, address, .. } = self.datastore;
        format!("{} of {noun} {address} ({}) {verb}", self.set.parameter, self.set.size)
    }

    fn unread(&self, gap: &Gap) -> Finding {
        let message =
            format!("whether {} too much, or too little, cannot be told: {}.", self.opening("is"), gap.reason);
        self.undetermined(message)
    }

    fn without_memory(&self, limit: Interval) -> Finding {
        let message = format!(
            "{} {limit}; whether its memory carries that cannot be told: how much memory {} has is not known.",
            self.opening("is"),
            self.set.size
        );
        let mut finding = self.undetermined(message);
        put_interval(&mut finding.measure, "limit_low", "limit_high", limit);
        finding
    }

    fn undetermined(&self, message: String) -> Finding {
        Finding::undetermined(&RULE.meta, &self.datastore.address, message)
            .severity(Severity::Low)
            .about(self.set.evidence.first().map(|piece| &piece.address))
            .resting_on(&self.set.evidence)
    }
}
