//! What runs.

use super::{EntryKind, Environment, Need, Stated};
use crate::model::{Attr, Text, Why};

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
}

/// What all units of an account in a region draw on together.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// So many units, unless the account asked for more.
    pub units: u64,
    /// Of which so many cannot be reserved.
    pub unreservable: u64,
    /// The attribute that reserves some of them.
    pub attribute: &'static str,
    /// Why it is taken to be so many.
    pub assumption: &'static str,
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
}

/// What a unit is made from.
#[derive(Debug, Default)]
pub struct Template {
    /// Its machine type.
    pub size: Option<Text>,
    /// Whether a unit gets a public address, as far as it says so.
    pub public_address: Option<bool>,
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
    /// Services of the cloud that it takes to start a unit.
    pub needs: Vec<Need>,
    /// How many processors its machine type has, at least.
    pub processors: Option<u64>,
    /// An attribute that says that its units are machines of a cluster, which scales them itself.
    pub scaled_by_cluster: Option<&'static str>,
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
    /// Its environment.
    pub environment: Environment,
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
    "daemon",
    "listener",
    "subscriber",
    "dequeue",
];

/// Of these, those that nothing which serves other containers is called.
const WORKERS_ONLY: &[&str] =
    &["worker", "workers", "processor", "consumer", "consumers", "celery", "sidekiq", "poller"];

const WEBS: &[&str] = &[
    "web", "api", "server", "http", "frontend", "front", "backend", "rest", "graphql", "grpc", "app", "site", "www",
    "gunicorn", "uvicorn", "puma", "unicorn", "rails", "httpd", "apache",
];

impl ContainerRole {
    /// Whether a word in a name speaks of work in the background.
    pub fn is_worker_word(word: &str) -> bool {
        WORKERS.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// Infers the part from what the container is called, made from and told to run.
    ///
    /// `listens` is whether it opens a port; a name that says nothing is a web container if it does.
    pub fn infer(name: &str, image: &str, command: &[String], listens: bool) -> Self {
        let words = |text: &str, among: &[&str]| {
            text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .flat_map(|word| [word, word.trim_end_matches(|c: char| c.is_ascii_digit())])
                .any(|word| among.iter().any(|known| word.eq_ignore_ascii_case(known)))
        };
        // The image's last part, without its registry and tag.
        let image = image.rsplit('/').next().unwrap_or_default();
        let image = image.split([':', '@']).next().unwrap_or_default();
        // Switches speak of the program, not of the container: `gunicorn --workers 4` answers requests.
        let words_of_command = command.iter().flat_map(|text| text.split_whitespace());
        let command = words_of_command.filter(|word| !word.starts_with('-')).collect::<Vec<_>>().join(" ");
        if (words(name, SIDECARS) && !words(name, WORKERS_ONLY))
            || (!words(name, WORKERS) && !words(name, WEBS) && words(image, SIDECARS))
        {
            return Self::Sidecar;
        }
        // What listens and is called a web server as well answers requests, whatever its subject is: `scheduler-api`.
        if listens && words(name, WEBS) {
            return Self::Web;
        }
        if words(name, WORKERS) || words(&command, WORKERS) {
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
        assert_eq!(role("main", "shop/thing:1", "", false), ContainerRole::Unclear);
        // A web framework that happens to be started next to its queue is not told apart by a port alone.
        assert_eq!(role("main", "shop/thing:1", "run web and worker", true), ContainerRole::Unclear);
    }
}
