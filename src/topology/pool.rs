//! How many connections one unit of a workload opens to one database.

use crate::facts::{Container, ContainerRole, Environment, Habit, Known, Line, Meaning, Reading, Upkeep, Voice};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence, Provenance, Text, Why};
use crate::units::{Count, listed};

use super::workload::Workload;

/// The connections of one container, or of a unit without containers.
#[derive(Clone, Debug)]
pub struct Term {
    /// The container's name, where there are several.
    pub container: Option<Text>,
    /// Its processes.
    pub processes: Count,
    /// Whether somebody says how many.
    pub processes_stated: bool,
    /// The connections that one process keeps, as far as somebody says how many.
    pub pool: Option<Count>,
    /// Those that it may open beyond.
    pub overflow: Count,
    /// What one process opens for certain where its pool cannot be seen.
    pub least: Count,
    /// All connections of all processes at most, where that is known although they are not.
    pub most: Option<Count>,
    /// What sets the pool, or would.
    pub setting: Hint,
    /// How many threads one process has, where that is stated.
    pub threads: Option<Count>,
    /// The variable that says how large the pool is, and nothing else, and what holds it.
    pub pool_knob: Option<(Address, Text)>,
    /// The same for those beyond.
    pub overflow_knob: Option<(Address, Text)>,
}

/// The one variable that says something, by its name or by its documentation. What a command, an address or a number of threads
/// says is not to be had by another value of one variable.
fn knob(holder: &Address, container: Option<&Text>, reading: &Reading<'_>) -> Option<(Address, Text)> {
    let [only] = reading.from.as_slice() else { return None };
    let is_variable = matches!(only.voice, Voice::Vague | Voice::Named | Voice::Documented);
    is_variable.then(|| (holder.clone(), named(container, &only.key)))
}

/// The name of a variable, behind that of its container where there are several.
fn named(container: Option<&Text>, key: &Text) -> Text {
    match container {
        Some(name) => Text::from(format!("{name}.{key}")),
        None => key.clone(),
    }
}

/// What somebody would have to look at, or to set, where a pool cannot be seen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Hint {
    /// Nothing sets it: this would.
    Set(&'static str),
    /// This sets it, and cannot be seen.
    Check(Text),
    /// Nothing sets it. What runs comes ready-made, and its own default counts.
    Default(&'static Habit),
    /// Nothing sets it where it can be seen. This would, and its code may; its library has a default.
    Usual(&'static Habit),
}

impl Term {
    /// One process of which nothing is known.
    pub(super) fn invisible(container: Option<Text>) -> Self {
        Self {
            container,
            processes: Count::Of(1),
            processes_stated: false,
            pool: None,
            overflow: Count::Of(0),
            least: Count::Of(1),
            most: None,
            setting: Hint::Set("DB_POOL_SIZE"),
            threads: None,
            pool_knob: None,
            overflow_knob: None,
        }
    }

    /// The connections that it opens for certain: one per process where no pool can be seen.
    pub const fn at_least(&self) -> Count {
        let each = match self.pool {
            Some(pool) => pool.plus(self.overflow),
            None => self.least.plus(self.overflow),
        };
        self.processes.times(each)
    }
}

/// The connections of one unit.
#[derive(Clone, Debug, Default)]
pub struct PerUnit {
    /// What they add up from.
    pub terms: Vec<Term>,
    /// What the figures rest on.
    pub evidence: Vec<Evidence>,
    /// What cannot be seen.
    pub unseen: Vec<Unseen>,
    /// Whether some of what it is made from cannot be seen at all.
    pub hidden: bool,
    /// What its pools are told beside their size, and what says so.
    pub upkeep: Vec<(Upkeep, Evidence)>,
    /// What goes through a pooler beside the application, where it says how many clients it accepts.
    pub clients: Option<Box<Clients>>,
}

/// The clients of a pooler that stands beside them in each unit.
#[derive(Clone, Debug)]
pub struct Clients {
    /// The container that is the pooler.
    pub pooler: Text,
    /// The connections that they open to it, as far as these can be seen.
    pub opened: Count,
    /// Whether that is all.
    pub complete: bool,
    /// The most that it accepts.
    pub accepted: u64,
    /// What both rest on.
    pub evidence: Vec<Evidence>,
}

/// Something that cannot be seen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unseen {
    /// What would tell it.
    pub about: About,
    /// What it is, in words.
    pub text: String,
}

/// What one would have to know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum About {
    /// The connections that a process keeps.
    Pool,
    /// Those beyond.
    Overflow,
    /// How many processes there are.
    Processes,
    /// All of that.
    Everything,
}

impl PerUnit {
    /// The connections that a unit opens for certain.
    pub fn at_least(&self) -> Count {
        self.terms.iter().fold(Count::Of(0), |sum, term| sum.plus(term.at_least()))
    }

    /// The connections that it opens at most, where that is known.
    pub fn at_most(&self) -> Option<Count> {
        self.terms
            .iter()
            .try_fold(Count::Of(0), |sum, term| Some(sum.plus(term.most?)))
            .filter(|_| !self.terms.is_empty())
    }

    /// Whether every pool, and every number of processes that is set, can be seen.
    pub fn is_complete(&self) -> bool {
        self.unseen.is_empty() && !self.terms.is_empty() && self.terms.iter().all(|term| term.pool.is_some())
    }

    /// The processes of a unit: the connections that it opens with a pool of one.
    pub fn processes(&self) -> Count {
        self.terms.iter().fold(Count::Of(0), |sum, term| sum.plus(term.processes))
    }
}

/// Reads a workload's pools off its environment.
pub(super) fn per_unit(graph: &Graph, workload: &Workload) -> PerUnit {
    let mut result = PerUnit::default();
    let containers = workload.container_parts(graph);
    if containers.iter().all(|(_, container)| container.role == ContainerRole::Sidecar) {
        let own = workload.environments(graph).into_iter().find(|(_, environment)| !environment.settings.is_empty());
        let own = own.or_else(|| workload.environments(graph).into_iter().next());
        match own {
            Some((holder, environment)) if environment.local => {
                result.through(holder, None, environment, "DEFAULT_POOL_SIZE");
            }
            Some((holder, environment)) => result.add(holder, None, environment),
            None => result.terms.push(Term::invisible(None)),
        }
    } else {
        result.of_containers(&containers);
    }
    for (holder, environment) in workload.environments(graph) {
        result.upkeep.extend(upkeep(holder, environment));
    }
    if let Some(gap) = workload.hidden_part(graph) {
        let Evidence { address, attribute, .. } = &gap.evidence;
        let what = if gap.reason == Why::Elsewhere.to_string() {
            format!("{address} does not show what runs on it")
        } else {
            format!("{attribute} of {address} is {}", gap.reason)
        };
        result.lacks(About::Everything, what);
        result.hidden = true;
        result.evidence.push(gap.evidence);
        result.terms.iter_mut().for_each(|term| term.most = None);
    }
    result
}

/// What an environment says of pools beside their size.
fn upkeep(holder: &Address, environment: &Environment) -> Vec<(Upkeep, Evidence)> {
    let piece = |upkeep, key: &Text, value: String| (upkeep, Evidence::plan(holder, key.clone(), value));
    let overflow = environment.settings.iter().filter(|setting| setting.meaning == Meaning::Overflow);
    let overflow = overflow.map(|setting| {
        let value = match &setting.value {
            Attr::Set(count) => count.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        piece(Upkeep::Overflow, &setting.key, value)
    });
    let others = environment.upkeep.iter().map(|kept| {
        let value = match &kept.value {
            Attr::Set(value) => value.to_string(),
            Attr::Unset => "unset".to_owned(),
            // Set it is, to something that is shown to nobody.
            Attr::Unknown(Why::Malformed) => "set".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        piece(kept.upkeep, &kept.key, value)
    });
    overflow.chain(others).collect()
}

/// What the containers of a unit open to the pooler beside them, where it says how much it accepts.
fn clients(app: &[&(&Address, &Container)], (holder, pooler): (&Address, &Container)) -> Option<Box<Clients>> {
    let accepts = pooler.environment.accepts()?;
    let Known::Exactly(Count::Of(accepted)) = accepts.value else { return None };
    let mut opened = PerUnit::default();
    for (holder, container) in app.iter().filter(|(_, container)| container.environment.local) {
        opened.add(holder, Some(&container.name), &container.environment);
    }
    let mut evidence = std::mem::take(&mut opened.evidence);
    evidence.extend(accepts.from.iter().map(|setting| Evidence {
        address: holder.clone(),
        attribute: Text::from(format!("{}.{}", pooler.name, setting.key)),
        value: accepted.to_string(),
        source: Provenance::Plan,
    }));
    let (pooler, complete) = (pooler.name.clone(), opened.is_complete());
    Some(Box::new(Clients { pooler, opened: opened.at_least(), complete, accepted, evidence }))
}

impl PerUnit {
    /// Containers that speak of a database, or of a pool, are those that open connections; if none does, all may.
    fn of_containers(&mut self, containers: &[(&Address, &Container)]) {
        let app: Vec<_> = containers.iter().filter(|(_, container)| container.role != ContainerRole::Sidecar).collect();
        let any = app.iter().any(|(_, container)| container.environment.speaks());
        let local = app.iter().any(|(_, container)| container.environment.local);
        // What opens the connections for those who speak to their own machine: a pooler; else whoever knows a database
        // elsewhere.
        let pooler = (containers.iter())
            .find(|(_, container)| container.pooler || container.environment.beside().is_some())
            .or_else(|| {
                containers
                    .iter()
                    .find(|(_, container)| !container.environment.local && !container.environment.databases.is_empty())
            });
        // What passes every connection on as it comes is no pooler: a proxy in a mesh, a tunnel.
        let passes_on = containers.iter().any(|(_, container)| container.role == ContainerRole::Sidecar);
        let several = app.len() > 1;
        for (holder, container) in &app {
            let Container { name, environment, .. } = container;
            if pooler.is_some_and(|(_, pooler)| std::ptr::eq(*pooler, *container)) && local {
                continue;
            }
            let shown = several.then(|| name.clone());
            if environment.local && pooler.is_some() {
                continue;
            }
            if environment.local && !passes_on {
                let names = listed(&environment.databases);
                self.lacks(
                    About::Pool,
                    format!("{names} of {holder} connects to its own machine, and nothing shows what answers there"),
                );
                self.terms.push(Term { least: Count::Of(0), ..Term::invisible(shown) });
            } else if !any || environment.speaks() {
                self.add(holder, shown.as_ref(), environment);
            } else if environment.hidden.is_some() {
                let files = format!("the files that set the environment of {name} in {holder} are not in this plan");
                self.lacks(About::Everything, files);
                self.terms.push(Term { least: Count::Of(0), ..Term::invisible(shown) });
            }
        }
        if let (true, Some((holder, container))) = (local, pooler) {
            let hint = if container.pooler || container.environment.beside().is_some() {
                "DEFAULT_POOL_SIZE"
            } else {
                "DB_POOL_SIZE"
            };
            self.through(holder, Some(container.name.clone()), &container.environment, hint);
            self.clients = clients(&app, (holder, container));
        }
    }

    /// The connections of a pooler beside the application; those of the application end at it.
    fn through(&mut self, holder: &Address, container: Option<Text>, environment: &Environment, hint: &'static str) {
        let mut term = Term { setting: Hint::Set(hint), ..Term::invisible(container) };
        match environment.beside() {
            Some(reading) => {
                let (pool, most) = self.take(
                    About::Pool,
                    holder,
                    term.container.as_ref(),
                    &reading,
                    &mut term.setting,
                    &mut term.least,
                );
                (term.pool, term.most) = (pool, most);
            }
            None if term.container.is_none() => {
                let names = listed(&environment.databases);
                let what = format!("{names} of {holder} names its own machine, and nothing shows what answers there");
                self.lacks(About::Pool, what);
                term.least = Count::Of(0);
            }
            None => {}
        }
        self.terms.push(term);
    }

    fn lacks(&mut self, about: About, text: String) {
        self.unseen.push(Unseen { about, text });
    }

    /// Takes in what settings say: the number, if it is one; the most, if that is known; and words where it is not.
    fn take(
        &mut self,
        about: About,
        holder: &Address,
        container: Option<&Text>,
        reading: &Reading<'_>,
        hint: &mut Hint,
        least: &mut Count,
    ) -> (Option<Count>, Option<Count>) {
        if reading.from.iter().any(|setting| setting.voice > Voice::Default) {
            for setting in &reading.from {
                let (Some(count), attribute) = (setting.value.known(), named(container, &setting.key)) else {
                    continue;
                };
                // What says both how many processes there are and what each of them holds has said it.
                if self.evidence.iter().any(|known| known.attribute == attribute && known.address == *holder) {
                    continue;
                }
                let (address, value) = (holder.clone(), count.to_string());
                self.evidence.push(Evidence { address, attribute, value, source: Provenance::Plan });
            }
        }
        let mut keys: Vec<&Text> = reading.from.iter().map(|setting| &setting.key).collect();
        keys.dedup();
        let keys = listed(keys);
        match reading.value {
            Known::Exactly(count) => {
                *least = count;
                (Some(count), Some(count))
            }
            Known::Between(low, high) => {
                if !reading.from.is_empty() {
                    let range = format!(
                        "{keys} of {holder} come to {low} at least and {high} at most, and nothing shows which of them this \
                         database sees"
                    );
                    self.lacks(about, range);
                    *hint = Hint::Check(keys.into());
                }
                *least = low;
                (None, Some(high))
            }
            Known::Hidden(why) => {
                let programs = reading.from.iter().all(|setting| setting.voice == Voice::Default);
                if programs {
                    self.lacks(about, format!("how many processes {keys} starts in {holder} is {why}"));
                } else {
                    *hint = Hint::Check(keys.clone().into());
                    self.lacks(about, format!("{keys} of {holder} is {why}"));
                }
                (None, None)
            }
        }
    }

    /// The pool of what comes ready-made, and whose environment says nothing of it.
    fn by_default(&mut self, holder: &Address, container: Option<&Text>, habit: &'static Habit, term: &mut Term) {
        term.pool = Some(habit.pool);
        term.overflow = Count::Of(habit.overflow);
        term.setting = Hint::Default(habit);
        self.evidence.push(Evidence {
            address: holder.clone(),
            attribute: container
                .map_or_else(|| habit.setting.into(), |name| format!("{name}.{}", habit.setting).into()),
            value: habit.pool.to_string(),
            source: Provenance::Default(habit.source),
        });
    }

    fn add(&mut self, holder: &Address, container: Option<&Text>, environment: &Environment) {
        for line in environment.lines() {
            self.add_line(holder, container, environment, &line);
        }
    }

    fn add_line(&mut self, holder: &Address, container: Option<&Text>, environment: &Environment, line: &Line<'_>) {
        let mut term = Term::invisible(container.cloned());
        let mut ignored = Hint::Set("");
        let (mut processes, mut many) = (Count::Of(1), Some(Count::Of(1)));
        for reading in [&line.processes, &environment.copies()].into_iter().flatten() {
            let mut least = Count::Of(1);
            let (count, most) = self.take(About::Processes, holder, container, reading, &mut ignored, &mut least);
            processes = processes.times(count.unwrap_or(least));
            many = many.and_then(|many| Some(many.times(most?)));
            term.processes_stated |= reading.from.iter().any(|setting| setting.voice > Voice::Default);
        }
        term.processes = processes;
        // A pooler that runs as a service of its own; else each thread holds one.
        // What a program does by default nobody states, and a vague name may speak of other threads.
        let stated = |threads: &&Reading<'_>| threads.from.iter().all(|setting| setting.voice >= Voice::Named);
        term.threads = line.threads.as_ref().filter(stated).and_then(|threads| match threads.value {
            Known::Exactly(threads) => Some(threads),
            Known::Between(..) | Known::Hidden(_) => None,
        });
        let pool = environment.pool().or_else(|| environment.beside());
        let habit = environment.habit().filter(|_| pool.is_none());
        if let Some(habit) = habit.filter(|habit| habit.ready_made && environment.hidden.is_none()) {
            self.by_default(holder, container, habit, &mut term);
            term.most = many.map(|many| many.times(habit.pool));
            self.terms.push(term);
            return;
        }
        let Some(pool) = pool.or_else(|| line.threads.clone()) else {
            if let Some(habit) = habit {
                term.setting = Hint::Usual(habit);
            }
            self.terms.push(term);
            return;
        };
        let (size, most) = self.take(About::Pool, holder, container, &pool, &mut term.setting, &mut term.least);
        term.pool = size;
        term.pool_knob = knob(holder, container, &pool);
        let overflow = environment.overflow(&pool);
        let mut beyond = Count::Of(0);
        let mut more = Some(Count::Of(0));
        if let Some(overflow) = &overflow {
            let mut least = Count::Of(0);
            let (count, most) = self.take(About::Overflow, holder, container, overflow, &mut ignored, &mut least);
            (beyond, more) = (count.unwrap_or(least), most);
            term.overflow_knob = knob(holder, container, overflow);
            if let (true, Known::Between(_, high)) = (overflow.from.is_empty(), overflow.value) {
                let text = format!(
                    "nothing in the environment of {holder} sets an overflow, which is {high} in SQLAlchemy unless its code \
                     says otherwise"
                );
                self.lacks(About::Overflow, text);
            }
        }
        term.overflow = beyond;
        term.most = many.and_then(|many| Some(many.times(most?.plus(more?))));
        self.terms.push(term);
    }
}
