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
        if let Some(word) = words.iter().find(|word| names(&text, *topic, word)) {
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

/// What turns the word behind it down: `no cache`, `ohne Cache`.
const NOT: [&str; 9] = ["no", "not", "without", "kein", "keine", "keinen", "keiner", "ohne", "never"];
/// What makes another cache of it than one of the system: `build cache`.
const OF_BUILDS: [&str; 11] =
    ["build", "builds", "ci", "compiler", "dependency", "docker", "gradle", "layer", "maven", "npm", "pip"];

/// Whether `text` names a topic by `word`, and does not turn it down or speak of what builds the system.
fn names(text: &str, topic: Topic, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let (head, tail) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let whole = !head.ends_with(char::is_alphanumeric) && tail.strip_prefix(word).is_some_and(ends_word);
        let line = head.rsplit(['\n', '.', ',', ';', ':']).next().unwrap_or_default();
        let mut before = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
        let nearest = before.find(|word| !["a", "an", "any", "the", "use", "einen", "ein", "eine"].contains(word));
        let other = |word: &str| NOT.contains(&word) || (topic == Topic::Cache && OF_BUILDS.contains(&word));
        whole && !nearest.is_some_and(other)
    })
}

/// Whether a word ends before `tail`, but for the letter of a plural.
fn ends_word(tail: &str) -> bool {
    !tail.chars().next().is_some_and(|c| c.is_alphanumeric() && c != 's')
}

/// Whether `text` holds `word` between what is no letter and no digit.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(|c| c.is_alphanumeric() && c != 's')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_down_is_no_topic() {
        let is = |title: &str| topics(title, &[]).into_iter().map(|(topic, _)| topic).collect::<Vec<_>>();
        assert_eq!(is("Put a cache before the catalogue"), [Topic::Cache]);
        assert_eq!(is("Use caches"), [Topic::Cache]);
        assert_eq!(is("No cache, but read replicas"), [Topic::Scaling, Topic::Database]);
        for title in
            ["Use no cache", "Do not use a cache", "Ohne Cache", "Keep the build cache in CI", "Docker layer caching"]
        {
            assert_eq!(is(title), [], "{title}");
        }
        assert_eq!(is("The build cache stays, and Redis comes"), [Topic::Cache]);
    }
}
