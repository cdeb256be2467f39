//! What runs.

use super::{EntryKind, Environment, MeshUse, Mount, Need, Stated, Stickiness, Volume};
use crate::model::{Account, Attr, Text, Why};

/// The kind of thing that runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ComputeKind {
    /// One machine.
    Machine,
    /// Machines that scale together.
    MachineGroup,
    /// Containers that run on, and scale together.
    ContainerService,
    /// Containers that run to their end.
    Task,
    /// Code that runs per call.
    Function,
    /// Machines of a Kubernetes cluster.
    NodePool,
    /// An application on a managed platform.
    Platform,
    /// Machines for batch jobs.
    Batch,
}

impl ComputeKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::MachineGroup => "machine group",
            Self::ContainerService => "container service",
            Self::Task => "task",
            Self::Function => "function",
            Self::NodePool => "node pool",
            Self::Platform => "platform",
            Self::Batch => "batch",
        }
    }
}

/// Whose machines it runs on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Hosting {
    /// Its own.
    Own,
    /// The cloud's: nobody sees them.
    Serverless,
    /// Those of a group in this account.
    Shared,
}

/// How many more units there are while a new version is rolled out.
#[derive(Debug)]
pub enum Surge {
    /// None.
    None,
    /// At most this percentage of the units, old and new together; rounded down.
    Percent(Stated<u64>),
    /// A second set beside the first, because of this attribute.
    Twice(&'static str),
    /// Once more the minimum.
    Minimum(&'static str),
    /// So many units more.
    More(Stated<u64>),
}

/// What all units of an account in a region draw on together.
#[derive(Clone, Debug)]
pub struct Quota {
    /// So many units, unless the account asked for more.
    pub units: u64,
    /// Of which so many cannot be reserved.
    pub unreservable: u64,
    /// The attribute that reserves some of them.
    pub attribute: &'static str,
    /// Why it is taken to be so many.
    pub assumption: &'static str,
    /// Whose it is.
    pub account: Account,
}

/// Something that runs, and how far it scales.
#[derive(Debug)]
pub struct Compute {
    /// What it is.
    pub kind: ComputeKind,
    /// What one unit of it is called: `task`.
    pub unit: &'static str,
    /// The fewest units.
    pub minimum: Stated<u64>,
    /// The units it starts with.
    pub desired: Stated<u64>,
    /// The most units.
    pub maximum: Stated<u64>,
    /// More units during a rollout.
    pub surge: Surge,
    /// What it draws on together with others, where it has no bound of its own.
    pub quota: Option<Quota>,
    /// Whose machines it runs on.
    pub hosting: Attr<Hosting>,
    /// Its machine type.
    pub size: Attr<Text>,
    /// Whether a unit in a public subnet has a public address, without which it gets nowhere from there.
    pub public_address: Attr<bool>,
    /// Whether it is attached to a network at all.
    pub attached: Stated<bool>,
    /// Zones that it names itself, without subnets.
    pub zones: Vec<Text>,
    /// What it is made from, where it says so itself.
    pub own: Template,
    /// What lets its units gather in one zone, where something does: the attribute, and what it says.
    pub gathers: Option<Box<(&'static str, Text)>>,
    /// The entry that comes with the platform.
    pub entry: Option<EntryKind>,
    /// An attribute that lets others find it, who may call it then.
    pub findable: Option<&'static str>,
    /// The source that the platform reads from on its behalf.
    pub source: Option<super::SourceKind>,
    /// Services of the cloud that such a unit needs by its nature.
    pub needs: Vec<Need>,
    /// What tells instances of one block apart that are otherwise alike; two machines with the same likeness do the
    /// same work.
    pub likeness: u64,
    /// What stops a rollout that fails; none where nothing could, or something else rolls out.
    pub breaker: Option<Box<Breaker>>,
}

/// What stops a rollout whose units do not come up.
#[derive(Debug)]
pub struct Breaker {
    /// Whether it gives up at all: each setting that makes it do so, the one first that needs nothing else.
    pub stops: Vec<Stated<bool>>,
    /// Whether it then goes back to the version before.
    pub goes_back: Vec<Stated<bool>>,
}

/// What a unit is made from.
#[derive(Debug, Default)]
pub struct Template {
    /// Its machine type.
    pub size: Option<Text>,
    /// Whether a unit gets a public address, as far as it says so.
    pub public_address: Option<bool>,
    /// Its revisions, where those who name it say beside its name which of them they mean.
    pub versions: Versions,
    /// Its environment, where there are no containers.
    pub environment: Environment,
    /// Its containers.
    pub containers: Vec<Container>,
    /// Why there may be containers or variables that cannot be seen, if there may.
    pub hidden: Option<Why>,
    /// The attribute that holds its containers, or its environment.
    pub attribute: &'static str,
    /// Whether that attribute declares containers.
    pub takes_containers: bool,
    /// Whether a unit shares the network of the machine that it runs on.
    pub host_network: bool,
    /// What decides how many units of it run.
    pub runs: Runs,
    /// How many units of its group's size one machine counts for, at least, where it is not one.
    pub weight: Option<u64>,
    /// For how many seconds a unit works at most, where something ends it then.
    pub time_limit: Option<Stated<u64>>,
    /// Of a job, how it is run.
    pub job: Option<Box<Job>>,
    /// What makes a unit of it a part of a mesh.
    pub mesh: Option<Box<MeshUse>>,
    /// Whether units of it can run on spare capacity, where that is not plain.
    pub spares: Option<Stated<bool>>,
    /// Services of the cloud that it takes to start a unit.
    pub needs: Vec<Need>,
    /// How many processors its machine type has, at least.
    pub processors: Option<u64>,
    /// An attribute that says that its units are machines of a cluster, which scales them itself.
    pub scaled_by_cluster: Option<&'static str>,
    /// Regions that its environment names.
    pub regional: Vec<super::Regional>,
    /// What only such variables hold by which nothing is called.
    pub spared: Spared,
    /// The attribute that has the script it boots with, and whether that script mounts or attaches anything.
    pub boots_with: Option<(&'static str, bool)>,
    /// What a unit finds beside its own disk.
    pub volumes: Vec<Volume>,
    /// Where it mounts these, where there are no containers.
    pub mounts: Vec<Mount>,
    /// Whether the balancer that comes with the platform keeps clients with one unit, where it says anything of that.
    pub sticky: Option<Box<Stickiness>>,
}

/// The revisions of a template, by their numbers, as far as they are known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Versions {
    /// The latest: what the template says.
    pub latest: Option<u32>,
    /// The one that it calls its default, if that stays the same when there is a new one.
    pub default: Option<u32>,
}

/// How a job is run.
#[derive(Debug)]
pub struct Job {
    /// How often it is tried, the first time included.
    pub attempts: Stated<u64>,
    /// For how many seconds it may run, each time; unset where nothing ends it.
    pub limit: Stated<u64>,
    /// Whether it takes several machines at a time, which run it together.
    pub gang: bool,
    /// Whether it runs on machines of the cloud that nobody sees.
    pub serverless: Attr<bool>,
}

/// What decides how many units of a template run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Runs {
    /// The range of what uses it.
    #[default]
    InRange,
    /// One on each machine of its cluster.
    OnEachMachine,
    /// Whoever submits them, somewhere and so many as he likes.
    WhenSubmitted,
}

/// What only such variables hold by which nothing is called: names of copies, and addresses for browsers.
#[derive(Debug, Default)]
pub struct Spared {
    /// Names of things, in order.
    pub names: Vec<Text>,
    /// Whether all variables are of that kind whose values cannot be seen.
    pub hidden: bool,
}

/// The part a container plays in its unit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ContainerRole {
    /// Answers requests.
    Web,
    /// Works in the background.
    Worker,
    /// Serves the other containers: a proxy, an agent, a log router.
    Sidecar,
    /// Nothing tells.
    Unclear,
}

/// One container of a unit.
#[derive(Debug)]
pub struct Container {
    /// Its name.
    pub name: Text,
    /// Whether the unit ends with it.
    pub essential: bool,
    /// The part it plays.
    pub role: ContainerRole,
    /// Whether it is by its name a pooler: something that opens few connections for many clients.
    pub pooler: bool,
    /// Its environment.
    pub environment: Environment,
    /// Where it mounts volumes.
    pub mounts: Attr<Vec<Mount>>,
}

/// Names of containers that serve other containers; parts of a name, between separators.
///
/// Source: the images' own names; the list follows the vendors' published sidecars, 2026-11.
const SIDECARS: &[&str] = &[
    "envoy",
    "proxy",
    "nginx",
    "haproxy",
    "traefik",
    "caddy",
    "xray",
    "datadog",
    "dd",
    "fluentd",
    "fluentbit",
    "fluent",
    "firelens",
    "log",
    "logs",
    "logging",
    "otel",
    "adot",
    "collector",
    "cwagent",
    "cloudwatch",
    "agent",
    "newrelic",
    "splunk",
    "vector",
    "statsd",
    "pgbouncer",
    "prometheus",
    "exporter",
    "init",
    "migrate",
    "migration",
    "migrations",
    "migrator",
    "sidecar",
    "vault",
    "consul",
    "appmesh",
    "mesh",
    "dynatrace",
    "oneagent",
    "instana",
    "sumologic",
    "filebeat",
    "falcon",
    "clamav",
    "logrotate",
    "dind",
    "tailscale",
];

const WORKERS: &[&str] = &[
    "worker",
    "workers",
    "celery",
    "sidekiq",
    "consumer",
    "consumers",
    "cron",
    "beat",
    "scheduler",
    "resque",
    "rq",
    "dramatiq",
    "huey",
    "bullmq",
    "horizon",
    "queue",
    "jobs",
    "job",
    "background",
    "processor",
    "delayed",
    "goodjob",
    "good_job",
    "solid_queue",
    "poller",
    "shoryuken",
    "ingestor",
    "oban",
    "subscriber",
    "dequeue",
];

/// Words of commands that only a worker is started with: Django Q and RQ, Huey, Symfony Messenger, Laravel's scheduler, ARQ.
const WORKER_COMMANDS: &[&str] = &["rqworker", "qcluster", "run_huey", "messenger", "schedule", "arq"];

/// Of these, those that nothing which serves other containers is called.
const WORKERS_ONLY: &[&str] =
    &["worker", "workers", "processor", "consumer", "consumers", "celery", "sidekiq", "poller"];

const WEBS: &[&str] = &[
    "web", "api", "server", "http", "frontend", "front", "backend", "rest", "graphql", "grpc", "app", "site", "www",
    "gunicorn", "uvicorn", "puma", "unicorn", "rails", "httpd", "apache",
];

/// The words of a name: `ordersWorker`, `orders_worker` and `orders-worker` all have a worker in them. What is written with
/// an underscore counts as a whole as well: `good_job`.
fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for whole in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        parts.push(whole);
        for word in whole.split('_') {
            parts.push(word);
            let mut start = 0;
            for (at, pair) in word.as_bytes().windows(2).enumerate() {
                if let [before, after] = pair
                    && before.is_ascii_lowercase()
                    && after.is_ascii_uppercase()
                {
                    parts.extend(word.get(start..=at));
                    start = at + 1;
                }
            }
            parts.extend(word.get(start..));
        }
    }
    parts
}

/// Poolers for databases; parts of a name or an image.
const POOLERS: &[&str] = &["pgbouncer", "pgcat", "odyssey", "pgpool", "pgagroal", "supavisor", "proxysql", "maxscale"];

/// Commands that bring a database up to date and end: Prisma, Rails, Django, Alembic, Flyway, Liquibase, Knex, Laravel,
/// Entity Framework, golang-migrate. What follows the tool tells it from its other commands.
const MIGRATIONS: &[&str] = &[
    "migrate",
    "migration:run",
    "migrate:latest",
    "migrate:deploy",
    "db:migrate",
    "db:prepare",
    "db:setup",
    "db:seed",
    "db:create",
    "migrations:migrate",
];

impl ContainerRole {
    /// Whether a container is by its name or its image a pooler.
    pub fn is_pooler(name: &str, image: &str) -> bool {
        let image = image.rsplit('/').next().unwrap_or_default().split([':', '@']).next().unwrap_or_default();
        [name, image]
            .iter()
            .any(|text| parts(text).iter().any(|word| POOLERS.contains(&word.to_ascii_lowercase().as_str())))
    }

    /// Whether a command brings a database up to date and ends: nothing runs on behind it.
    pub fn is_migration(command: &[String]) -> bool {
        let text = command.join(" ");
        let last = text.rsplit([';', '&', '|']).next().unwrap_or_default();
        let words: Vec<&str> = last.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
        let alembic = words.contains(&"alembic") && words.contains(&"upgrade");
        let liquibase = words.contains(&"liquibase") && words.contains(&"update");
        alembic || liquibase || words.iter().any(|word| MIGRATIONS.contains(word))
    }

    /// Whether a word in a name speaks of work in the background.
    pub fn is_worker_word(word: &str) -> bool {
        WORKERS.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// Infers the part from what the container is called, made from and told to run.
    ///
    /// `listens` is whether it opens a port; a name that says nothing is a web container if it does.
    pub fn infer(name: &str, image: &str, command: &[String], listens: bool) -> Self {
        let words = |text: &str, among: &[&str]| {
            parts(text).iter().any(|word| {
                let plain = word.trim_end_matches(|c: char| c.is_ascii_digit());
                among.iter().any(|known| word.eq_ignore_ascii_case(known) || plain.eq_ignore_ascii_case(known))
            })
        };
        // The image's last part, without its registry and tag.
        let image = image.rsplit('/').next().unwrap_or_default();
        let image = image.split([':', '@']).next().unwrap_or_default();
        // Switches speak of the program, not of the container: `gunicorn --workers 4` answers requests.
        let words_of_command = command.iter().flat_map(|text| text.split_whitespace());
        let command = words_of_command.filter(|word| !word.starts_with('-')).collect::<Vec<_>>().join(" ");
        let serves_others = words(name, SIDECARS) && (!words(name, WORKERS_ONLY) || words(image, SIDECARS));
        if serves_others || (!words(name, WORKERS) && !words(name, WEBS) && words(image, SIDECARS)) {
            return Self::Sidecar;
        }
        // What listens and is called a web server as well answers requests, whatever its subject is: `scheduler-api`.
        if listens && words(name, WEBS) {
            return Self::Web;
        }
        if words(name, WORKERS) || words(&command, WORKERS) || words(&command, WORKER_COMMANDS) {
            return if listens && !words(name, WORKERS) { Self::Unclear } else { Self::Worker };
        }
        if listens || words(name, WEBS) || words(&command, WEBS) {
            return Self::Web;
        }
        Self::Unclear
    }
}

/// Machines that a cluster's containers may run on.
#[derive(Debug)]
pub struct Capacity {
    /// Whether it is the cloud's own, without machines to see.
    pub serverless: bool,
    /// Services of the cloud that its machines need to be a part of the cluster.
    pub needs: Vec<Need>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_containers() {
        let role = |name: &str, image: &str, command: &str, listens| {
            let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
            ContainerRole::infer(name, image, &command, listens)
        };
        assert_eq!(role("web", "shop/app:1", "", true), ContainerRole::Web);
        assert_eq!(role("worker", "shop/app:1", "", false), ContainerRole::Worker);
        assert_eq!(role("app", "shop/app:1", "celery -A shop worker", false), ContainerRole::Worker);
        assert_eq!(role("app", "shop/app:1", "bundle exec sidekiq", false), ContainerRole::Worker);
        assert_eq!(role("envoy", "public.ecr.aws/appmesh/aws-appmesh-envoy:v1", "", true), ContainerRole::Sidecar);
        assert_eq!(role("datadog-agent", "datadog/agent:7", "", false), ContainerRole::Sidecar);
        assert_eq!(role("xray-daemon", "amazon/aws-xray-daemon", "", true), ContainerRole::Sidecar);
        assert_eq!(role("log_router", "amazon/aws-for-fluent-bit:latest", "", false), ContainerRole::Sidecar);
        assert_eq!(role("main", "nginx:1.27", "", true), ContainerRole::Sidecar);
        for worker in ["shop_worker", "ordersWorker", "orders-worker2", "good_job"] {
            assert_eq!(role(worker, "shop/app:1", "", false), ContainerRole::Worker, "{worker}");
        }
        for command in ["bin/console messenger:consume async", "manage.py rqworker", "php artisan schedule:work"] {
            assert_eq!(role("main", "shop/app:1", command, false), ContainerRole::Worker, "{command}");
        }
        assert_eq!(role("ordersApi", "shop/app:1", "", true), ContainerRole::Web);
        // What scans, rotates or forwards for the others is no worker, whatever else it is called.
        assert_eq!(role("clamav-daemon", "clamav/clamav:1", "", true), ContainerRole::Sidecar);
        assert_eq!(role("log-processor", "fluent/fluent-bit:3", "", false), ContainerRole::Sidecar);
        assert_eq!(role("config-listener", "shop/reload:1", "", false), ContainerRole::Unclear);
        assert_eq!(role("main", "shop/thing:1", "", false), ContainerRole::Unclear);
        // A web framework that happens to be started next to its queue is not told apart by a port alone.
        assert_eq!(role("main", "shop/thing:1", "run web and worker", true), ContainerRole::Unclear);
    }
}
