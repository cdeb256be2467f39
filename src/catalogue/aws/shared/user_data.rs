//! Boot scripts of machines: what they set, and what they speak of.
//!
//! A script is code, and cannot be known by reading it; but variables that it sets are read wherever they stand: in a shell
//! (`export KEY=value`), a unit file (`Environment=KEY=value`), a container's command line (`-e KEY=value`), or YAML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::ecs_capacity_provider::agent;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Environment, LinkValue, Meaning, Relation, Template};
use crate::model::{Attr, HOLE, Resource, Text, Why, holds_hole};

/// Reads the script that a machine boots with, from whichever of `attributes` has it.
pub(in crate::catalogue::aws) fn read(
    reader: &mut Reader<'_, '_>,
    resource: &Resource<'_>,
    attributes: &[&'static str],
) -> Template {
    // Without a script the machine's image decides what runs, and that stands outside the plan.
    let mut template = Template { attribute: "user_data", hidden: Some(Why::Elsewhere), ..Template::default() };
    for attribute in attributes {
        let mut environment = Environment::default();
        let mut is_draft = false;
        match resource.body.get(attribute).draft() {
            Attr::Set(text) => {
                if holds_hole(&text) {
                    template.attribute = attribute;
                    template.hidden = Some(Why::Computed);
                    is_draft = true;
                }
                if let Some(script) = script(&text) {
                    scan(&script, &mut environment);
                    if let Some(cluster) = cluster(&script) {
                        reader.value(Relation::Joins, attribute, ONE, LinkValue::Known(vec![cluster.into()]));
                        template.needs = agent(attribute);
                    }
                }
            }
            Attr::Unset => {}
            Attr::Unknown(why) if !resource.leaves_open(attribute) => {
                template.attribute = attribute;
                template.hidden = Some(why);
                reader.value(Relation::Joins, attribute, ONE, LinkValue::Unknown(why));
            }
            Attr::Unknown(_) => {}
        }
        // What it refers to, the configuration tells.
        let mentions = std::mem::take(&mut environment.mentions);
        let mentions = if is_draft {
            LinkValue::Partly { known: mentions, hidden: 1, why: Why::Computed }
        } else {
            LinkValue::Known(mentions)
        };
        reader.value(Relation::Mentions, attribute, MANY, mentions);
        if environment.setting(Meaning::Pool).is_some() || !environment.databases.is_empty() {
            template.attribute = attribute;
            template.hidden = None;
            template.environment = environment;
        }
    }
    template
}

/// The ECS cluster whose agent a script sets up: Amazon ECS developer guide, container agent configuration, `ECS_CLUSTER`.
fn cluster(script: &str) -> Option<&str> {
    let (_, rest) = script.split_once("ECS_CLUSTER=")?;
    let name =
        rest.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>')).find(|part| !part.is_empty())?;
    (!name.contains(['$', '`'])).then_some(name)
}

/// The script itself. The state keeps a hash in its place in old versions of the provider: that is none.
fn script(text: &str) -> Option<String> {
    let is_hash = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash {
        return None;
    }
    // What was encoded with parts that are not known says so in front.
    match STANDARD.decode(text.trim_ascii().trim_start_matches(HOLE)) {
        Ok(bytes) => String::from_utf8(bytes).ok(),
        Err(_) => Some(text.to_owned()),
    }
}

/// Takes in every variable that a script sets, and every command that it runs.
fn scan(script: &str, environment: &mut Environment) {
    for line in script.lines() {
        let line = line.trim_ascii();
        if line.starts_with('#') {
            continue;
        }
        let mut rest = line;
        while let Some((key, value, tail)) = assignment(rest) {
            let value = if value.contains('$') || value.contains('`') {
                Attr::Unknown(Why::Elsewhere)
            } else {
                Attr::Set(Text::from(value))
            };
            environment.add(key, &value);
            rest = tail;
        }
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        environment.add_command(&words);
    }
}

/// The first `KEY=value`, `KEY: value` or `"KEY": "value"` in a line, and what follows it.
fn assignment(line: &str) -> Option<(&str, &str, &str)> {
    let is_key = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let mut from = 0;
    loop {
        let rest = line.get(from..)?;
        let start = from + rest.find(|c: char| c.is_ascii_uppercase())?;
        let key = line.get(start..)?;
        let key = key.get(..key.find(|c| !is_key(c)).unwrap_or(key.len()))?;
        let tail = line.get(start + key.len()..)?;
        let before = line.get(..start)?.chars().next_back();
        from = start + key.len();
        if key.len() < 2 || before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$' || c == '{' || c == HOLE)
        {
            continue;
        }
        let value = match tail.strip_prefix('=') {
            Some(value) => value,
            None => match tail.strip_prefix('"').unwrap_or(tail).strip_prefix(": ") {
                Some(value) => value.trim_ascii_start(),
                None => continue,
            },
        };
        let (value, tail) = if let Some(quote @ ('"' | '\'')) = value.chars().next() {
            value.get(1..)?.split_once(quote).unwrap_or((value.get(1..)?, ""))
        } else {
            let end = value.find(|c: char| c.is_whitespace() || ";\"',}".contains(c)).unwrap_or(value.len());
            value.split_at_checked(end)?
        };
        return Some((key, value, tail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Count;

    fn pools(script: &str) -> Vec<(String, Attr<Count>)> {
        let mut environment = Environment::default();
        scan(script, &mut environment);
        environment.settings.into_iter().map(|setting| (setting.key.to_string(), setting.value)).collect()
    }

    #[test]
    fn variables_are_found_wherever_they_are_set() {
        for script in [
            "#!/bin/sh\nexport DB_POOL_SIZE=12\n",
            "DB_POOL_SIZE=\"12\" DEBUG=1 /opt/app\n",
            "Environment=DB_POOL_SIZE=12\n",
            "docker run -e DB_POOL_SIZE='12' -p 80:80 app\n",
            "  DB_POOL_SIZE: 12\n",
            "{ \"DB_POOL_SIZE\": \"12\", \"X\": 1 }\n",
        ] {
            assert_eq!(pools(script), [("DB_POOL_SIZE".to_owned(), Attr::Set(Count::Of(12)))], "{script}");
        }
        assert_eq!(pools("# DB_POOL_SIZE=12\necho $DB_POOL_SIZE\nXDB_POOL_SIZE=1"), []);
        assert_eq!(pools("export DB_POOL_SIZE=$POOL"), [("DB_POOL_SIZE".to_owned(), Attr::Unknown(Why::Elsewhere))]);
    }

    #[test]
    fn scripts_may_be_known_in_parts() {
        let script = |text: &str| text.replace('?', &HOLE.to_string());
        assert_eq!(pools(&script("export DB_HOST=?\nexport DB_POOL_SIZE=12\n"))[0].1, Attr::Set(Count::Of(12)));
        assert_eq!(pools(&script("export DB_POOL_SIZE=?"))[0].1, Attr::Unknown(Why::Computed));
        assert_eq!(pools(&script("?DB_POOL_SIZE=5")), []);
        let encoded = format!("{HOLE}{}", STANDARD.encode(script("A=?")));
        assert_eq!(super::script(&encoded), Some(script("A=?")));
    }

    #[test]
    fn scripts_come_in_base64_or_as_they_are() {
        assert_eq!(script("ZXhwb3J0IEE9MQo=").as_deref(), Some("export A=1\n"));
        assert_eq!(script("#!/bin/sh\necho hi").as_deref(), Some("#!/bin/sh\necho hi"));
        assert_eq!(script("da39a3ee5e6b4b0d3255bfef95601890afd80709"), None);
        // Compressed: nobody can read it.
        assert_eq!(script("H4sIAAAAAAAAAw=="), None);
    }
}
