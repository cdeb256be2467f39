//! Compose files within boot scripts, read by their indentation.

use std::ops::Range;

use super::user_data::{plain, take};
use crate::facts::{Container, ContainerRole, Environment};
use crate::model::{Attr, Why};
use crate::units::Count;

/// A service of a Compose file.
pub(super) struct Service {
    name: String,
    /// The lines that describe it.
    pub(super) lines: Range<usize>,
}

/// The services that a script's Compose files declare.
pub(super) fn services(script: &str) -> Vec<Service> {
    let lines: Vec<&str> = script.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut found: Vec<Service> = Vec::new();
    for (start, head) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "services:") {
        let mut child = None;
        for (at, line) in lines.iter().enumerate().skip(start + 1).filter(|(_, line)| !line.trim().is_empty()) {
            if depth(line) <= depth(head) {
                break;
            }
            let child = *child.get_or_insert(depth(line));
            match line.trim().strip_suffix(':') {
                Some(name) if depth(line) == child => found.push(Service { name: name.to_owned(), lines: at..at + 1 }),
                _ => {
                    if let Some(service) = found.last_mut() {
                        service.lines.end = at + 1;
                    }
                }
            }
        }
    }
    found
}

impl Service {
    /// The container that it is, as often as it says.
    pub(super) fn container(&self, lines: &[&str]) -> Container {
        let mut environment = Environment::default();
        let (mut image, mut command, mut listens) = ("", Vec::new(), false);
        for line in lines.get(self.lines.clone()).unwrap_or_default().iter().map(|line| line.trim()) {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.trim();
            match key {
                "image" => image = value,
                "command" | "entrypoint" => {
                    let words = value.split([' ', ',', '[', ']']).map(|word| word.trim_matches(['"', '\'']));
                    command.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
                }
                "ports" => listens = true,
                "env_file" => environment.hidden = Some(Why::Elsewhere),
                "replicas" | "scale" => {
                    let copies =
                        value.parse().map_or(Attr::Unknown(Why::Malformed), |count| Attr::Set(Count::Of(count)));
                    environment.copy(key, copies);
                }
                _ => take(line, &mut environment),
            }
        }
        environment.add_command(&command);
        let role = ContainerRole::infer(&self.name, image, &command, listens);
        Container { pooler: ContainerRole::is_pooler(&self.name, image), ..plain(&self.name, role, environment) }
    }
}
