use super::shared::forecast::{Forecast, forecast, tells_exhaustion};
use super::shared::sums::members;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Allowance, Budget, Clients, Datastore, Pooling, Workload};
use crate::units::{Count, Grouped, listed};

rule! {
    /// ## What it finds
    /// Poolers that together may take more than all of the connections of the database behind them: the sum of their
    /// shares exceeds 100 per cent. And a pooler beside an application that accepts fewer clients than the application opens.
    ///
    /// ## Why it matters
    /// Each pooler bounds what its own clients ask for, and knows nothing of the others. Where the shares add up to more
    /// than there is, no bound holds any more: the pooler that comes last under load is refused connections that its
    /// setting promises, and its clients wait until they give up. A pooler that accepts too few clients refuses the rest by
    /// itself, while the database is idle.
    ///
    /// ## What to do
    /// Divide 100 per cent among the poolers, by the load of their clients, and leave some for those who connect directly.
    /// Let a pooler accept as many clients as the pools before it add up to: a client that waits costs next to nothing.
    ///
    /// ## When it stays silent
    /// For a single pooler, unless others connect directly; how that comes out with the clients that this plan shows,
    /// `connection-exhaustion` works out. Where that finds that connections run out, it says so with the whole sum. For a
    /// pooler that does not say how many clients it accepts.
    ///
    /// ## What makes it undetermined
    /// A share that cannot be seen, where those that can leave it open. A pooler whose clients are not in this plan, beside
    /// others who connect directly and find room only as long as it does not take its share. A pool before a pooler that
    /// accepts few clients, where the size of the pool cannot be seen.
    "proxy-overcommit", Medium, "DP4", "WAF-PERF-040", since "0.1.0",
    "Poolers that may take more connections than there are, or accept fewer than are opened",
    thresholds: [],
    sources: [
        "Amazon RDS user guide, managing an RDS Proxy (awsdocs 50e7617a, rds-proxy-managing.md), read 2026-11-23",
        "Amazon RDS API reference, ConnectionPoolConfiguration, read 2026-11-25",
        "PgBouncer documentation (13a344f2, doc/config.md), max_client_conn, read 2026-11-23",
        "Design principle DP4, configure connection pools explicitly",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for pooling in &context.topology.poolings {
        let case = Case { context, pooling, datastore: context.topology.datastore(pooling.datastore) };
        match case.judge() {
            Some(_) if tells_exhaustion(context, pooling.datastore) => {}
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    for workload in &context.topology.workloads {
        let Some(clients) = &workload.per_unit.clients else { continue };
        if clients.opened > Count::Of(clients.accepted) {
            judgement.findings.push(refused(workload, clients));
        } else if clients.complete {
            judgement.passed += 1;
        } else {
            judgement.findings.push(perhaps_refused(workload, clients));
        }
    }
    judgement
}

/// Clients that the pooler beside them does not accept.
fn refused(workload: &Workload, clients: &Clients) -> Finding {
    let Workload { noun, address, unit, .. } = workload;
    let Clients { pooler, opened, accepted, complete, .. } = clients;
    let least = if *complete { "" } else { "at least " };
    let message = format!(
        "in each {unit} of {noun} {address}, {least}{opened} connections are opened to {pooler} beside the application, which \
         accepts {}: the rest is refused, whatever the database has left.",
        Grouped(*accepted),
    );
    let remedy = Remedy::new(
        format!("let {pooler} accept as many clients as the pools before it add up to"),
        "clients that wait cost a pooler next to nothing; what the database sees is bounded by the pooler's own pool",
        Delta::Free("a setting of the pooler"),
    );
    let finding = Finding::violation(&RULE.meta, address, message).severity(Severity::Medium);
    counting(finding, clients).remedy(remedy.to("accepted", *opened))
}

/// Clients of which it cannot be told whether the pooler beside them accepts them all.
fn perhaps_refused(workload: &Workload, clients: &Clients) -> Finding {
    let Workload { noun, address, unit, .. } = workload;
    let message = format!(
        "in each {unit} of {noun} {address}, {} accepts {} clients, and how many connections the application opens to it \
         cannot be seen: at least {}.",
        clients.pooler,
        Grouped(clients.accepted),
        clients.opened,
    );
    counting(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low), clients)
}

fn counting(finding: Finding, clients: &Clients) -> Finding {
    finding
        .key("clients")
        .resting_on(&clients.evidence)
        .measuring("opened", clients.opened)
        .measuring("accepted", clients.accepted)
        .gravity(clients.opened.bounded().unwrap_or(u64::MAX).saturating_sub(clients.accepted))
}

struct Case<'t> {
    context: Context<'t>,
    pooling: &'t Pooling,
    datastore: &'t Datastore,
}

impl<'t> Case<'t> {
    fn judge(&self) -> Option<Finding> {
        let poolers = &self.pooling.poolers;
        let (sum, open) = self.shares();
        // One per cent is the least that a pooler may have.
        let least = sum.saturating_add(open);
        if poolers.len() > 1 && least > 100 {
            return Some(self.violation(sum, open));
        }
        if poolers.len() > 1 && open > 0 {
            return Some(self.hidden(sum));
        }
        self.beside_direct(sum)
    }

    /// What is stated, in per cent, and how many poolers have a share that cannot be seen.
    fn shares(&self) -> (u64, u64) {
        self.pooling.poolers.iter().fold((0, 0), |(sum, open), pooler| match pooler.percent.known() {
            Some(percent) => (sum.saturating_add(percent), open),
            None => (sum, open + 1),
        })
    }

    fn addresses(&self) -> Vec<&'t Address> {
        self.pooling.poolers.iter().map(|pooler| &pooler.pooler).collect()
    }

    fn evidence(&self) -> Vec<&'t Evidence> {
        self.pooling.poolers.iter().map(|pooler| &pooler.percent.evidence).collect()
    }

    fn finding(&self, finding: Finding, sum: u64) -> Finding {
        let mut finding = finding
            .about(self.addresses())
            .resting_on(self.evidence())
            .measuring("poolers", self.pooling.poolers.len())
            .measuring("percent", sum)
            .gravity(sum);
        finding.working = self.pooling.poolers.iter().map(line).collect();
        finding
    }

    fn violation(&self, sum: u64, open: u64) -> Finding {
        let Datastore { noun, address, .. } = self.datastore;
        let least = if open > 0 { "at least " } else { "" };
        let total = sum.saturating_add(open);
        let message = format!(
            "{} may together take {least}{total} % of the connections of {noun} {address}: under load, those who come last are \
             refused what their share promises.",
            listed(self.addresses()),
        );
        let poolers = u64::try_from(self.pooling.poolers.len()).unwrap_or(u64::MAX);
        let each = 100_u64.checked_div(poolers).unwrap_or(0).max(1);
        let attribute = self.evidence().first().map_or("the share", |piece| piece.attribute.as_str());
        let remedy = Remedy::new(
            format!("let the shares of {} add up to 100 % at most", listed(self.addresses())),
            format!("{attribute} = {each} in each of them, or more for those whose clients need more"),
            Delta::Free("a setting of the pooler"),
        );
        let finding = Finding::violation(&RULE.meta, address, message).severity(Severity::Medium);
        self.finding(finding, total).remedy(remedy.to("percent", 100_u64))
    }

    fn hidden(&self, sum: u64) -> Finding {
        let Datastore { noun, address, .. } = self.datastore;
        let hidden = self.pooling.poolers.iter().filter(|pooler| pooler.percent.known().is_none());
        let reasons = hidden.map(|pooler| {
            let Evidence { address, attribute, .. } = &pooler.percent.evidence;
            let why = match &pooler.percent.value {
                Attr::Unknown(why) => why.to_string(),
                Attr::Set(_) | Attr::Unset => "not set".to_owned(),
            };
            format!("{attribute} of {address} is {why}")
        });
        let message = format!(
            "whether {} may together take more than all connections of {noun} {address} cannot be told: {}. What can be seen \
             adds up to {sum} %.",
            listed(self.addresses()),
            reasons.collect::<Vec<_>>().join("; "),
        );
        self.finding(Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low), sum)
    }

    /// Poolers whose clients are elsewhere, and may take what those who come directly need.
    fn beside_direct(&self, sum: u64) -> Option<Finding> {
        let strangers: Vec<&Allowance> = self.pooling.poolers.iter().filter(|pooler| !pooler.used).collect();
        let budgets = self.context.topology.budgets_of(self.pooling.datastore);
        let budget = budgets.iter().find(|budget| !budget.readers)?;
        let capacity = budget.capacity.as_ref().ok()?;
        if strangers.is_empty() || budget.demands.is_empty() || forecast(self.context, budget) != Forecast::Fits {
            return None;
        }
        let shares = strangers.iter().map(|pooler| pooler.percent.known());
        let shares = shares.map(|percent| capacity.maximum.low.saturating_mul(percent.unwrap_or(1)) / 100);
        let taken = shares.fold(0, u64::saturating_add);
        let direct = budget.total.rollout;
        if direct.plus(Count::Of(taken)) <= Count::Of(capacity.usable.low) {
            return None;
        }
        Some(self.crowded(budget, &strangers, taken, capacity.usable.low, sum))
    }

    fn crowded(&self, budget: &Budget, strangers: &[&Allowance], taken: u64, usable: u64, sum: u64) -> Finding {
        let Datastore { noun, address, .. } = self.datastore;
        let callers: Vec<&Address> =
            budget.demands.iter().flat_map(|demand| members(demand, self.context.topology)).collect();
        let message = format!(
            "{} may take {} connections of {noun} {address}, which has {} for ordinary users, and {} {} {} directly. Who comes \
             through {} is not in this plan, so that it cannot be told whether there is room for both.",
            listed(strangers.iter().map(|pooler| &pooler.pooler)),
            Grouped(taken),
            Grouped(usable),
            listed(&callers),
            if callers.len() == 1 { "asks for" } else { "ask for" },
            budget.total.rollout,
            if strangers.len() == 1 { "it" } else { "them" },
        );
        let finding = Finding::undetermined(&RULE.meta, address, message).severity(Severity::Low).about(callers);
        self.finding(finding.resting_on(budget.demands.iter().flat_map(|demand| &demand.evidence)), sum)
    }
}

fn line(pooler: &Allowance) -> String {
    let used = if pooler.used { "" } else { "; nobody in this plan comes through it" };
    match pooler.percent.known() {
        Some(percent) => format!("{}: up to {percent} %{used}", pooler.pooler),
        None => format!("{}: a share that cannot be seen, 1 % at least{used}", pooler.pooler),
    }
}
