//! Reads the file. `docs/config.md` describes it, `docs/planwise.schema.json` as JSON Schema.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::costs::{Costs, RawCosts};
use crate::facts::{Call, CallWords, Declaration, Declared, FactKey, Said};
use crate::finding::RuleMeta;
use crate::model::{Pattern, Text};
use crate::policy::{Exemption, PolicyError, PolicyFile, RawExemption, RawSetting, RuleSettings, is_bare, misread};
use crate::repository::Settings;

/// What stands in the file.
#[derive(Debug, Default)]
pub struct Config {
    /// What the file is called.
    pub name: String,
    /// The policy that it builds on: a pack, or a file.
    pub policy: Option<String>,
    /// What it changes of that.
    changes: PolicyFile,
    /// What somebody has decided to live with.
    pub exemptions: Vec<Exemption>,
    /// What somebody knows of workloads.
    pub declared: Vec<Declared>,
    /// What it says of costs.
    pub costs: Costs,
    /// Where it says that things are in the repository.
    pub repository: Settings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    policy: Option<String>,
    fail_on: Option<Spanned<String>>,
    undetermined: Option<Spanned<String>>,
    rules: Option<BTreeMap<String, Option<RawSetting>>>,
    exemptions: Option<Vec<Spanned<RawExemption>>>,
    workloads: Option<BTreeMap<String, Option<Workload>>>,
    cost: Option<RawCosts>,
    repository: Option<RawRepository>,
}

/// Folders, by what lies in them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRepository {
    #[serde(default)]
    slos: Vec<String>,
    #[serde(default)]
    decisions: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Workload {
    pool_size: Option<Spanned<Words>>,
    overflow: Option<Spanned<Words>>,
    processes: Option<Spanned<Words>>,
    connects_to: Option<Spanned<Words>>,
    load_profile: Option<Spanned<Words>>,
    pool_timeout: Option<Spanned<Words>>,
    pool_recycle: Option<Spanned<Words>>,
    pool_pre_ping: Option<Spanned<Words>>,
    timeout: Option<Spanned<Words>>,
    calls: Option<Spanned<Vec<Spanned<RawCall>>>>,
    sessions: Option<Spanned<Words>>,
    files: Option<Spanned<Words>>,
    locks: Option<Spanned<Words>>,
    service: Option<Spanned<Words>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCall {
    to: Option<String>,
    kind: Option<String>,
    pool: Option<Words>,
    timeout: Option<Words>,
    retries: Option<Words>,
    circuit_breaker: Option<bool>,
}

/// A number, a word, or several words; what they may be depends on the key.
#[derive(Debug, Default)]
pub(super) struct Words(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Spelled)
    }
}

struct Spelled;

impl<'de> Visitor<'de> for Spelled {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a word, true or false, or a list of addresses")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Words, E> {
        Ok(Words(vec![flag.to_string()]))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Words, E> {
        Ok(Words(vec![number.to_string()]))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Words, E> {
        Ok(Words(vec![number.to_string()]))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Words, E> {
        Ok(Words(vec![number.to_string()]))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words(vec![text.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = items.next_element()? {
            words.push(word);
        }
        Ok(Words(words))
    }
}

pub(super) const HINT: &str = "docs/config.md describes its keys";

impl Config {
    /// Reads `text`, which stands in a file called `name`.
    ///
    /// # Errors
    /// When it is not YAML, has a key that does not exist, or says what makes no sense.
    pub fn read(name: &str, text: &str, known: &[&RuleMeta]) -> Result<Self, PolicyError> {
        let file: File = if is_bare(text) {
            File::default()
        } else {
            serde_saphyr::from_str(text).map_err(|error| misread(name, &error, HINT))?
        };
        let exemptions = file.exemptions.unwrap_or_default().into_iter().map(|raw| {
            let place = format!("{name}:{}", raw.referenced.line());
            Exemption::new(&place, raw.value, known.iter().map(|meta| meta.name))
        });
        let exemptions = exemptions.collect::<Result<_, _>>()?;
        let workloads = file.workloads.unwrap_or_default().into_iter();
        let declared = workloads.map(|(of, facts)| declared(name, &of, facts.unwrap_or_default()));
        let declared = declared.collect::<Result<_, _>>()?;
        let changes = PolicyFile { fail_on: file.fail_on, undetermined: file.undetermined, rules: file.rules };
        let costs = file.cost.unwrap_or_default().settle(name)?;
        let RawRepository { slos, decisions } = file.repository.unwrap_or_default();
        let repository = Settings { named_by: name.to_owned(), slos, decisions, ..Settings::default() };
        Ok(Self { name: name.to_owned(), policy: file.policy, changes, exemptions, declared, costs, repository })
    }

    /// What it makes of the policy that it builds on.
    ///
    /// # Errors
    /// When it names a rule, a severity or a threshold that does not exist.
    pub fn over(&mut self, settings: RuleSettings, known: &[&RuleMeta]) -> Result<RuleSettings, PolicyError> {
        settings.over(&self.name, std::mem::take(&mut self.changes), known)
    }
}

/// What is said of one workload.
fn declared(name: &str, of: &str, facts: Workload) -> Result<Declared, PolicyError> {
    let Workload {
        pool_size,
        overflow,
        processes,
        connects_to,
        load_profile,
        pool_timeout,
        pool_recycle,
        pool_pre_ping,
        timeout,
        calls,
        sessions,
        files,
        locks,
        service,
    } = facts;
    let mut what = Declaration::default();
    let mut first: Option<u64> = None;
    for (key, words) in [
        (FactKey::PoolSize, pool_size),
        (FactKey::Overflow, overflow),
        (FactKey::Processes, processes),
        (FactKey::ConnectsTo, connects_to),
        (FactKey::LoadProfile, load_profile),
        (FactKey::PoolTimeout, pool_timeout),
        (FactKey::PoolRecycle, pool_recycle),
        (FactKey::PoolPrePing, pool_pre_ping),
        (FactKey::Timeout, timeout),
        (FactKey::Sessions, sessions),
        (FactKey::Files, files),
        (FactKey::Locks, locks),
        (FactKey::Service, service),
    ] {
        let Some(Spanned { value: Words(words), referenced, .. }) = words else { continue };
        let place = format!("{name}:{}", referenced.line());
        first = Some(first.map_or(referenced.line(), |first| first.min(referenced.line())));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        what.set(key, &words, place.as_str()).map_err(|problem| PolicyError::At { place, problem, hint: HINT })?;
    }
    if let Some(Spanned { value, referenced, .. }) = calls {
        first = Some(first.map_or(referenced.line(), |first| first.min(referenced.line())));
        let place = Text::from(format!("{name}:{}", referenced.line()));
        let value = value.into_iter().map(|raw| call(name, raw)).collect::<Result<_, _>>()?;
        what.calls = Some(Said { value, place });
    }
    let place = first.map_or_else(|| Text::from(name), |line| Text::from(format!("{name}:{line}")));
    Ok(Declared { of: Pattern::new(of), what, place, by_tag: false })
}

/// One call that a workload makes.
fn call(name: &str, raw: Spanned<RawCall>) -> Result<Call, PolicyError> {
    let Spanned { value, referenced, .. } = raw;
    let joined = |words: Option<Words>| words.map(|Words(words)| words.join(" "));
    let (pool, timeout, retries) = (joined(value.pool), joined(value.timeout), joined(value.retries));
    let words = CallWords {
        to: value.to.as_deref(),
        kind: value.kind.as_deref(),
        pool: pool.as_deref(),
        timeout: timeout.as_deref(),
        retries: retries.as_deref(),
        breaker: value.circuit_breaker,
    };
    let place = format!("{name}:{}", referenced.line());
    Call::of(words, place.as_str()).map_err(|problem| PolicyError::At { place, problem, hint: HINT })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Count;

    fn read(text: &str) -> Result<Config, String> {
        Config::read("planwise.yaml", text, &[]).map_err(|error| error.to_string())
    }

    #[test]
    fn everything_that_may_be_said() {
        let text = "# why\npolicy: strict\nexemptions:\n  - rule: '*'\n    address: module.dev.**\n    reason: small\nworkloads:\n  \
                    aws_a.b:\n    pool-size: 10\n    overflow: unlimited\n    connects-to: [aws_c.d, 'aws_e.f[\"x\"]']\n  \
                    'aws_g.h[0]':\n    connects-to: nothing\n    load-profile: batch\n    sessions: shared\n    files: local\n    locks: none\n  aws_i.j:\n  aws_k.l:\n    timeout: 30\n    calls:\n      - { to: https://pay.example, \
                    kind: external, pool: http, timeout: 2s, retries: 2, circuit-breaker: false }\n";
        let config = read(text).unwrap();
        assert_eq!(config.policy.as_deref(), Some("strict"));
        assert_eq!(config.exemptions[0].place, "planwise.yaml:4");
        let [first, second, third] = [0, 1, 2].map(|at| &config.declared[at]);
        let pool = first.what.pool_size.as_ref().unwrap();
        assert_eq!((pool.value, pool.place.as_str()), (Count::Of(10), "planwise.yaml:9"));
        assert_eq!(first.what.connects_to.as_ref().unwrap().value.len(), 2);
        assert_eq!(first.place, "planwise.yaml:9");
        assert!(second.what.connects_to.as_ref().unwrap().value.is_empty());
        assert_eq!(third.what, Declaration::default());
        let calling = &config.declared[3].what;
        assert_eq!(calling.timeout.as_ref().map(|said| said.value), Some(30_000));
        let call = &calling.calls.as_ref().unwrap().value[0];
        assert_eq!((call.longest(), call.breaker, call.place.as_str()), (Some(6_000), Some(false), "planwise.yaml:22"));
        for empty in [
            "",
            "# nothing\n",
            "\n",
            "---\n",
            "\u{feff}---\n# nothing\n...\n",
            "workloads:\n",
            "exemptions: []\nrules:\n",
        ] {
            assert!(read(empty).unwrap().declared.is_empty(), "{empty}");
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        let all = [
            (
                "workload: {}",
                "planwise.yaml cannot be used: line 1 column 1: there is no key `workload`",
                "did you mean workloads?",
            ),
            (
                "workloads:\n  a.b:\n    pool-sze: 3\n",
                "line 3 column 5: there is no key `pool-sze`",
                "did you mean pool-size?",
            ),
            ("workloads:\n  a.b:\n    pool_size: 3\n", "line 3 column 5", "did you mean pool-size?"),
            ("exemptions:\n  - rules: x\n", "line 2 column 5", "did you mean rule?"),
            (
                "workloads:\n  a.b:\n    pool-size: many\n",
                "planwise.yaml:3: pool-size is a whole number",
                "docs/config.md",
            ),
            ("workloads:\n  a.b:\n    pool-size: -1\n", "planwise.yaml:3", "docs/config.md"),
            ("workloads:\n  a.b:\n    pool-size: true\n", "planwise.yaml:3", "docs/config.md"),
            (
                "workloads:\n  a.b:\n    connects-to: []\n",
                "planwise.yaml:3: connects-to names nothing",
                "docs/config.md",
            ),
            (
                "workloads:\n  a.b:\n    load-profile: sync\n",
                "planwise.yaml:3: load-profile is one of",
                "docs/config.md",
            ),
            ("workloads:\n  a.b:\n    sessions: redis\n", "planwise.yaml:3: sessions is one of", "docs/config.md"),
            ("workloads:\n  a.b:\n    locks: lokal\n", "planwise.yaml:3: locks is one of", "docs/config.md"),
            ("workloads:\n  a.b: {}\n  a.b: {}\n", "line 3", "docs/config.md"),
            ("workloads:\n  a.b: {}\n  a.b: {}\n", "the key a.b is there twice", "docs/config.md"),
            ("policy: a\n---\npolicy: b\n", "line 3 column 1: there are several documents", "docs/config.md"),
            ("workloads: 7", "keys with values belong here", "docs/config.md"),
            ("exemptions: 7", "a list belongs here", "docs/config.md"),
            ("policy: [a]", "a word or a number belongs here", "docs/config.md"),
            ("workloads:\n  a.b:\n    timeout: soon\n", "planwise.yaml:3: timeout is a time such as", "docs/config.md"),
            (
                "workloads:\n  a.b:\n    calls:\n      - { to: a.c, kind: internal }\n      - { kind: external }\n",
                "planwise.yaml:5: this call names nobody",
                "docs/config.md",
            ),
            (
                "workloads:\n  a.b:\n    calls:\n      - { to: a.c, kind: internal, pool: 20 }\n",
                "planwise.yaml:4: pool is the name of a pool",
                "docs/config.md",
            ),
            (
                "workloads:\n  a.b:\n    calls:\n      - { to: a.c, kind: internal, retrys: 20 }\n",
                "line 4 column 36: there is no key `retrys`",
                "did you mean retries?",
            ),
            ("workloads:\n  a.b:\n    calls: a.c\n", "line 3", "docs/config.md"),
            (
                "workloads:\n  a.b:\n    connects-to: ''\n",
                "planwise.yaml:3: connects-to has an empty",
                "docs/config.md",
            ),
            (
                "exemptions:\n  - address: a.b\n    rule: '*'\n",
                "planwise.yaml:2: this exemption has no reason",
                "until",
            ),
            ("- a", "line 1", "docs/config.md"),
            ("workloads: {", "line 1", "docs/config.md"),
        ];
        for (text, problem, hint) in all {
            let error = read(text).unwrap_err();
            assert!(error.contains(problem) && error.contains(hint), "{text}: {error}");
        }
    }

    /// What findings tell somebody to write is what this reads.
    #[test]
    fn examples_can_be_read() {
        let facts = |key: FactKey, value: &str| vec![(key, value.to_owned())];
        let text = crate::facts::example([
            ("module.a[\"it's\"].aws_b.c[0]", facts(FactKey::PoolSize, "10")),
            ("aws_b.c", facts(FactKey::ConnectsTo, &crate::facts::quoted("aws_d.e[\"x\"]"))),
        ]);
        let config = read(&text).unwrap();
        assert!(config.declared.iter().any(|declared| declared.of.matches("module.a[\"it's\"].aws_b.c[0]")));
        let connects = config.declared.iter().find_map(|declared| declared.what.connects_to.as_ref()).unwrap();
        assert!(connects.value[0].matches("aws_d.e[\"x\"]"));
    }
}
