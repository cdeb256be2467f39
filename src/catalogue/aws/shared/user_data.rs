//! Boot scripts of machines: what they set, and what they speak of.
//!
//! A script is code, and cannot be known by reading it; but variables that it sets are read wherever they stand: in a shell
//! (`export KEY=value`), a unit file (`Environment=KEY=value`), a container's command line (`-e KEY=value`), or YAML. A script
//! that starts several containers has one environment for each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::ecs_capacity_provider::agent;
use super::compose;
use crate::catalogue::reader::{MANY, ONE, Reader};
use crate::facts::{Container, ContainerRole, Environment, LinkValue, Relation, Template, Voice};
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
        let mut boot = Boot::default();
        let mut is_draft = false;
        match resource.body.get(attribute).draft() {
            Attr::Set(text) => {
                if holds_hole(&text) {
                    template.attribute = attribute;
                    template.hidden = Some(Why::Computed);
                    is_draft = true;
                }
                let script = script(&text);
                let mounts = script.as_deref().is_some_and(mounts);
                // Of two attributes the provider fills the second.
                template.boots_with = template.boots_with.or(Some((attribute, mounts)));
                if let Some(script) = script {
                    boot = scan(&script);
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
                template.boots_with = template.boots_with.or(Some((attribute, false)));
                reader.value(Relation::Joins, attribute, ONE, LinkValue::Unknown(why));
            }
            Attr::Unknown(_) => {}
        }
        let Boot { mut environment, mut containers } = boot;
        // What it refers to, the configuration tells.
        let mut mentions = std::mem::take(&mut environment.mentions);
        mentions.extend(containers.iter_mut().flat_map(|one| std::mem::take(&mut one.environment.mentions)));
        let mentions = if is_draft {
            LinkValue::Partly { known: mentions, hidden: 1, why: Why::Computed }
        } else {
            LinkValue::Known(mentions)
        };
        reader.value(Relation::Mentions, attribute, MANY, mentions);
        if environment.speaks() || containers.iter().any(|container| container.environment.speaks()) {
            template.attribute = attribute;
            template.hidden = None;
            template.environment = environment;
            template.containers = containers;
        } else {
            if environment.mixes().is_some() {
                template.attribute = attribute;
                template.environment.runs_what(&environment);
            }
            // Of what it keeps it tells all the same.
            template.environment.keeps.join(environment.keeps);
            for container in containers.into_iter().filter(|one| one.role != ContainerRole::Sidecar) {
                template.environment.keeps.join(container.environment.keeps);
            }
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

/// What a script starts.
#[derive(Default)]
struct Boot {
    /// What it sets and runs on the machine itself.
    environment: Environment,
    /// Containers, where there are several.
    containers: Vec<Container>,
}

/// Whether a script mounts a file system or attaches a disk: by hand, in the table of file systems, with the cloud's tools, or
/// as a share of Windows.
fn mounts(script: &str) -> bool {
    const WORDS: &[&str] =
        &["mount", "mount.efs", "mount.nfs", "mount.nfs4", "mount.lustre", "attach-volume", "mounts:"];
    const PARTS: &[&str] = &["/etc/fstab", "New-SmbMapping", "New-SmbGlobalMapping", "Add-EC2Volume", "net use "];
    let lines = script.lines().map(str::trim_ascii).filter(|line| !line.starts_with('#'));
    let mut lines = lines.map(|line| (line, line.split([' ', '\t', ';', '(', '`', '"', '\'', '/'])));
    lines.any(|(line, mut words)| {
        PARTS.iter().any(|part| line.contains(part)) || words.any(|word| WORDS.contains(&word))
    })
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
fn scan(script: &str) -> Boot {
    let script = script.replace("\\\n", " ");
    let services = compose::services(&script);
    let lines = || script.lines().map(str::trim_ascii).filter(|line| !line.starts_with('#'));
    let apart = services.len() + lines().filter(|line| run_of(line).is_some()).count() > 1;
    let mut boot = Boot::default();
    for (at, line) in lines_with_numbers(&script) {
        match run_of(line).filter(|_| apart) {
            Some(run) => boot.containers.push(container(run)),
            None if apart && services.iter().any(|service| service.lines.contains(&at)) => {}
            None => take(line, &mut boot.environment),
        }
    }
    if apart {
        let all: Vec<&str> = script.lines().collect();
        boot.containers.extend(services.iter().map(|service| service.container(&all)));
        // What the script sets beside its containers may be for something that it starts without one.
        if boot.environment.speaks() {
            let environment = std::mem::take(&mut boot.environment);
            boot.containers.push(plain("script", ContainerRole::Unclear, environment));
        }
    }
    boot
}

fn lines_with_numbers(script: &str) -> impl Iterator<Item = (usize, &str)> {
    script.lines().map(str::trim_ascii).enumerate().filter(|(_, line)| !line.starts_with('#'))
}

/// Takes in what one line sets and runs.
pub(super) fn take(line: &str, environment: &mut Environment) {
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
    if let Some((key, value)) = line.split_once('=') {
        let (key, value) = (key.trim(), value.trim());
        if matches!(key, "default_pool_size" | "reserve_pool_size" | "max_db_connections") {
            // PgBouncer's own file.
            environment.add(key, &Attr::Set(value.into()));
        } else if key.starts_with("spring.") || key.starts_with("quarkus.") {
            environment.property(key, value, Voice::Documented);
        }
    }
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    environment.add_command(&words);
}

/// What a line runs as a container: everything behind `docker run`.
fn run_of(line: &str) -> Option<&str> {
    let tools = ["docker run ", "docker container run ", "podman run ", "nerdctl run "];
    tools.iter().find_map(|tool| line.split_once(tool)).map(|(_, run)| run)
}

/// A container that a command line starts. What ends by itself (`--rm`, in front) runs beside nothing.
fn container(run: &str) -> Container {
    const WITHOUT_VALUE: &[&str] =
        &["-d", "--detach", "--rm", "-it", "-i", "-t", "--init", "--privileged", "--read-only", "-dit", "-P"];
    let mut environment = Environment::default();
    let words: Vec<&str> = run.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
    let (mut name, mut listens, mut at) = ("", false, 0);
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
        let (flag, value) = match word.split_once('=') {
            Some((flag, value)) => (flag, value),
            None if WITHOUT_VALUE.contains(word) => (*word, ""),
            None => {
                at += 1;
                (*word, words.get(at).copied().unwrap_or_default())
            }
        };
        match flag {
            "--name" => name = value,
            "-p" | "--publish" | "-P" => listens = true,
            "--env-file" => environment.hidden = Some(Why::Elsewhere),
            _ => {}
        }
        at += 1;
    }
    let image = words.get(at).copied().unwrap_or_default();
    let command: Vec<String> = words.get(at + 1..).unwrap_or_default().iter().map(|word| (*word).to_owned()).collect();
    take(run, &mut environment);
    let detached = words.iter().any(|word| matches!(*word, "-d" | "--detach" | "-dit"));
    let role = match ContainerRole::infer(name, image, &command, listens) {
        _ if !detached && ContainerRole::is_migration(&command) => ContainerRole::Sidecar,
        role => role,
    };
    let name = if name.is_empty() { image } else { name };
    Container { pooler: ContainerRole::is_pooler(name, image), ..plain(name, role, environment) }
}

/// A container of which the rest is not known.
pub(super) fn plain(name: &str, role: ContainerRole, environment: Environment) -> Container {
    // Where a script mounts what, nobody reads.
    let mounts = Attr::Unknown(Why::Elsewhere);
    Container { name: name.into(), essential: true, role, pooler: false, environment, mounts }
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
        let Boot { environment, .. } = scan(script);
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
    fn scripts_that_mount() {
        for script in [
            "mount -t efs fs-1:/ /srv",
            "sudo /sbin/mount.lustre a@tcp:/b /fsx",
            "echo 'fs-1:/ /srv efs _netdev 0 0' >> /etc/fstab",
            "aws ec2 attach-volume --volume-id vol-1 --device /dev/xvdf",
            "#cloud-config\nmounts:\n  - [ fs-1, /srv, efs ]",
            "New-PSDrive Z; net use Z: \\\\fs\\share",
        ] {
            assert!(mounts(script), "{script}");
        }
        for script in ["export EFS_ID=fs-1", "# mount -t efs fs-1:/ /srv", "echo amount paramount", "umount /srv"] {
            assert!(!mounts(script), "{script}");
        }
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
    fn each_container_has_its_own_environment() {
        let names = |script: &str| {
            let containers = scan(script).containers;
            containers.iter().map(|one| (one.name.to_string(), one.environment.settings.len())).collect::<Vec<_>>()
        };
        let (web, cron) = (("web".to_owned(), 1), ("cron".to_owned(), 1));
        let script = "docker run -d -e DB_POOL_SIZE=12 --name web -p 80:80 shop/web\n\
                      docker run -d \\\n  -e DB_POOL_SIZE=3 \\\n  --name cron shop/cron\n";
        assert_eq!(names(script), [web.clone(), cron.clone()]);
        assert_eq!(names("docker run -d -e DB_POOL_SIZE=12 --name web shop/web\n"), []);
        let compose = "cat > c.yml <<EOF\nservices:\n  web:\n    image: shop/web\n    deploy:\n      replicas: 4\n    \
                       environment:\n      DB_POOL_SIZE: 10\n  cron:\n    environment:\n      - DB_POOL_SIZE=5\nEOF\n\
                       docker compose up -d\n";
        assert_eq!(names(compose), [("web".to_owned(), 2), cron]);
    }

    #[test]
    fn a_pooler_on_the_machine_says_what_it_keeps() {
        let script = "cat > /etc/pgbouncer/pgbouncer.ini <<EOF\n[pgbouncer]\ndefault_pool_size = 5\nEOF\n";
        assert_eq!(pools(script), [("default_pool_size".to_owned(), Attr::Set(Count::Of(5)))]);
        let script = "spring.datasource.hikari.maximum-pool-size=25\n";
        assert_eq!(
            pools(script),
            [("spring.datasource.hikari.maximum-pool-size".to_owned(), Attr::Set(Count::Of(25)))]
        );
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
