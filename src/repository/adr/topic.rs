//! What a decision is about, so far as that bears on performance.

use super::decision::{Section, Topic};

/// Words and word groups that name a topic, in lower case. What is too common to mean anything alone (`network`, `data`) is
/// not among them.
const WORDS: &[(Topic, &[&str])] = &[
    (
        Topic::Scaling,
        &[
            "autoscaling",
            "auto-scaling",
            "auto scaling",
            "scale out",
            "scale-out",
            "scale horizontally",
            "horizontal scaling",
            "scaling policy",
            "scaling group",
            "replicas",
            "max instances",
            "min instances",
            "instance count",
            "hpa",
            "keda",
            "provisioned concurrency",
            "reserved concurrency",
            "load balancer",
            "load balancing",
            "skalierung",
            "skalieren",
            "autoskalierung",
        ],
    ),
    (
        Topic::Database,
        &[
            "database",
            "postgresql",
            "postgres",
            "mysql",
            "mariadb",
            "aurora",
            "dynamodb",
            "cosmos db",
            "mongodb",
            "documentdb",
            "cloud sql",
            "rds",
            "read replica",
            "sharding",
            "connection pool",
            "connection pooling",
            "datenbank",
            "cassandra",
            "cockroachdb",
            "spanner",
        ],
    ),
    (
        Topic::Cache,
        &["cache", "caching", "redis", "memcached", "elasticache", "valkey", "memorystore", "zwischenspeicher"],
    ),
    (
        Topic::Network,
        &[
            "cdn",
            "cloudfront",
            "vpc endpoint",
            "nat gateway",
            "service mesh",
            "istio",
            "api gateway",
            "grpc",
            "availability zone",
            "multi-az",
            "multi-region",
            "transit gateway",
            "front door",
            "netzwerk",
            "latency",
            "latenz",
        ],
    ),
];

/// The topics of a decision: those that its title names, and those that the section with the decision names.
///
/// Options that were turned down, and what is said for context, decide nothing.
pub(super) fn topics(title: &str, sections: &[Section]) -> Vec<(Topic, String)> {
    let decided = ["decision", "decision outcome", "decisions", "entscheidung", "solution", "consequences"];
    let mut text = title.to_lowercase();
    let mut inside = 0;
    for section in sections {
        if inside > 0 && section.level > inside {
            if !section.is_called(&["consequences", "pros and cons of the options"]) {
                add(&mut text, section);
            }
            continue;
        }
        inside = 0;
        if section.is_called(&decided) && !section.is_called(&["consequences"]) {
            inside = section.level;
            add(&mut text, section);
        }
    }
    let mut found = Vec::new();
    for (topic, words) in WORDS {
        if let Some(word) = words.iter().find(|word| holds(&text, word)) {
            found.push((*topic, (*word).to_owned()));
        }
    }
    found
}

fn add(text: &mut String, section: &Section) {
    for (_, line) in &section.lines {
        text.push('\n');
        text.push_str(&line.to_lowercase());
    }
}

/// Whether `text` holds `word` between what is no letter and no digit.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(|c| c.is_alphanumeric() && c != 's')
    })
}
