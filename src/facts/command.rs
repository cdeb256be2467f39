//! What commands, and arguments in variables, say of processes and pools.

use crate::model::{Attr, Text, Why, holds_hole};
use crate::units::Count;

use super::environment::{Environment, read_as_one};
use super::program::{self, Running, Task, Without};
use super::setting::{Meaning, Reading, Setting, Voice};
use super::variable::{Sense, count, meaning, of_property, whose};

/// One kind of process in an environment.
#[derive(Clone, Debug)]
pub struct Line<'e> {
    /// How many of them.
    pub processes: Option<Reading<'e>>,
    /// How many threads each has.
    pub threads: Option<Reading<'e>>,
}

impl Environment {
    /// Takes in a command line.
    pub fn add_command(&mut self, command: &[String]) {
        let text = command.join(" ");
        self.keeps.hear_command(&text);
        for running in program::running(&text) {
            self.time_of(&running);
            self.run(&running);
        }
        if let Some(managed) = program::manager(&text) {
            self.managed = Some(managed);
        }
        self.read_properties(&text, Voice::Direct);
        // Keycloak's own: keycloak/keycloak 0de3c1a5, DatabaseOptions.java, `db-pool-max-size`.
        let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
        let count = self.flag(&words, &[Some("--db-pool-max-size"), None]);
        if !count.is_unset() {
            self.set("--db-pool-max-size", Meaning::Pool, count, Voice::Direct, Text::default());
        }
    }

    fn run(&mut self, running: &Running<'_>) {
        let Running { program, task, words, .. } = running;
        let known = self.programs.iter().any(|(name, _)| *name == program.name);
        if !known {
            self.programs.push((program.name, *task));
        }
        let of: Text = program.name.into();
        let mut processes = program.processes;
        let mut without = running.without;
        let one = Attr::Set(Count::Of(1));
        if program.name == "celery" && *task == Task::Works {
            match program::threads_of_celery(words) {
                // One process; nothing tells how many of its threads are on the database at once.
                Some(true) => (processes, without) = (&[], Without::One),
                None => {
                    (processes, without) = (&[], Without::One);
                    self.set(program.name, Meaning::Threads, one.clone(), Voice::Default, of.clone());
                }
                // Its processes work one task at a time.
                Some(false) => self.set(program.name, Meaning::Threads, one.clone(), Voice::Default, of.clone()),
            }
        } else if *task == Task::Neither {
            self.set(program.name, Meaning::Threads, one.clone(), Voice::Default, of.clone());
        }
        let threads = if program::has_threads(program, words) { program.threads } else { &[] };
        if program.one_connection {
            self.set(program.name, Meaning::Threads, one.clone(), Voice::Default, of.clone());
        }
        for (flags, meaning) in [(processes, Meaning::Processes), (threads, Meaning::Threads)] {
            for flag in flags.iter().filter(|flag| flag.len() > 2) {
                let short = flags.iter().find(|short| short.len() == 2 && flag.get(2..3) == short.get(1..2));
                let count = self.flag(words, &[Some(*flag), short.copied()]);
                if !count.is_unset() {
                    self.set(flag, meaning, count, Voice::Direct, of.clone());
                }
            }
            // `rq worker-pool -n 8`, `pm2 start -i 8`: the short form begins with another letter than the long one, or stands
            // alone.
            for short in flags.iter().filter(|short| {
                short.len() == 2 && !flags.iter().any(|flag| flag.len() > 2 && flag.get(2..3) == short.get(1..2))
            }) {
                let count = self.flag(words, &[Some(*short), None]);
                if !count.is_unset() {
                    self.set(short, meaning, count, Voice::Direct, of.clone());
                }
            }
        }
        if !known && without == Without::Hidden {
            self.set(program.name, Meaning::Processes, Attr::Unknown(Why::Elsewhere), Voice::Default, of);
        } else if !known {
            self.set(program.name, Meaning::Processes, one, Voice::Default, of);
        }
    }

    /// The number behind a flag: unset without the flag, unknown where it is no number.
    fn flag(&self, words: &[&str], flags: &[Option<&str>]) -> Attr<Count> {
        let mut words = words.iter();
        while let Some(word) = words.next() {
            for flag in flags.iter().flatten() {
                let value = if word == flag {
                    words.clone().next().copied()
                } else {
                    match (word.strip_prefix(flag), flag.len()) {
                        (Some(rest), 2) if !rest.starts_with('-') => Some(rest.trim_start_matches('=')),
                        (Some(rest), _) => rest.strip_prefix('='),
                        (None, _) => None,
                    }
                };
                let Some(value) = value else { continue };
                // Celery's `--autoscale=16,2` is the most, then the least.
                let most = value.split(',').next().unwrap_or_default();
                return match self.number(most) {
                    None if holds_hole(most) => Attr::Unknown(Why::Computed),
                    // pm2: `0` is as many as there are processors.
                    Some(0) | None => Attr::Unknown(Why::Elsewhere),
                    Some(count) => Attr::Set(Count::Of(count)),
                };
            }
        }
        Attr::Unset
    }

    /// A number as a shell reads it: `8`, `$WORKERS`, `${WORKERS:-8}`.
    pub(super) fn number(&self, word: &str) -> Option<u64> {
        let Some(name) = word.strip_prefix('$') else { return word.parse().ok() };
        let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
        let (name, default) = match name.split_once(":-").or_else(|| name.split_once('-')) {
            Some((name, default)) => (name, Some(default)),
            None => (name, None),
        };
        match self.numbers.iter().rev().find(|(known, _)| known == name) {
            Some((_, value)) => value.known().copied(),
            // A file of variables that cannot be seen may set it.
            None if self.hidden.is_some() => None,
            None => default?.parse().ok(),
        }
    }

    /// What runs in it, each kind of process by itself. Where nothing is known to run, the variables speak of whatever does.
    pub fn lines(&self) -> Vec<Line<'_>> {
        if self.programs.is_empty() {
            return vec![self.line(None)];
        }
        self.programs.iter().map(|program| self.line(Some(*program))).collect()
    }

    fn line(&self, program: Option<(&'static str, Task)>) -> Line<'_> {
        let of = |meaning| {
            let settings = self.settings.iter().filter(|setting| setting.meaning == meaning);
            let mine = settings.filter(|setting| match program {
                None => setting.of.is_empty(),
                Some((name, _)) if !setting.of.is_empty() => setting.of == name,
                Some((name, task)) => is_read_by(setting, name, task),
            });
            // Flags and variables are alternatives here, whichever program they name.
            read_as_one(mine.collect())
        };
        Line { processes: of(Meaning::Processes), threads: of(Meaning::Threads) }
    }

    /// A web server and a worker that run in it side by side, in words, and whether that is certain.
    pub fn mixes(&self) -> Option<(Text, bool)> {
        let of = |task| self.programs.iter().find(|(_, known)| *known == task).map(|(name, _)| *name);
        match (of(Task::Serves), of(Task::Works)) {
            (Some(web), Some(worker)) => Some((Text::from(format!("{worker} beside {web}")), true)),
            _ => self.managed.clone(),
        }
    }

    /// Takes over what runs in another one.
    pub fn runs_what(&mut self, other: &Self) {
        self.programs.clone_from(&other.programs);
        self.managed.clone_from(&other.managed);
    }

    /// Arguments in a variable.
    pub(super) fn read_arguments(&mut self, key: &str, name: &str, text: &str) {
        match key {
            "GUNICORN_CMD_ARGS" => {
                let words: Vec<&str> = text.split_whitespace().collect();
                let flags = [
                    ([Some("--workers"), Some("-w")], Meaning::Processes),
                    ([Some("--threads"), None], Meaning::Threads),
                ];
                self.gunicorn(&words);
                let threads = program::honours_threads(&words);
                for (flags, meaning) in flags {
                    let count = self.flag(&words, &flags);
                    if !count.is_unset() && (threads || meaning != Meaning::Threads) {
                        self.set(name, meaning, count, Voice::Arguments, Text::default());
                    }
                }
            }
            "JAVA_TOOL_OPTIONS" | "JDK_JAVA_OPTIONS" | "_JAVA_OPTIONS" | "JAVA_OPTS" | "JAVA_OPTIONS"
            | "CATALINA_OPTS" => {
                self.read_properties(text, Voice::Arguments);
            }
            "SPRING_APPLICATION_JSON" => self.read_json(text),
            _ => {}
        }
    }

    /// Java properties: `-Dspring.datasource.hikari.maximum-pool-size=30`, or `--spring…` of a command.
    ///
    /// Source: Spring Boot reference, externalized configuration: arguments of the command come before
    /// `SPRING_APPLICATION_JSON`, that before system properties, and these before variables. Read 2026-11-25.
    fn read_properties(&mut self, text: &str, voice: Voice) {
        for word in text.split_whitespace() {
            let word = word.trim_matches(['"', '\'']);
            let Some(property) = word.strip_prefix("-D").or_else(|| word.strip_prefix("--")) else { continue };
            if let Some((property, value)) = property.split_once('=').filter(|(property, _)| property.contains('.')) {
                self.property(property, value, voice);
            }
        }
    }

    /// Takes in one property of a Java application.
    pub fn property(&mut self, property: &str, value: &str, voice: Voice) {
        let key = of_property(property);
        if let Some(Sense { meaning, sure: true, .. }) = meaning(&key) {
            self.set(property, meaning, count(value, meaning), voice, whose(&key));
        }
    }

    /// Properties as a JSON document.
    fn read_json(&mut self, text: &str) {
        let Ok(document) = serde_json::from_str::<serde_json::Value>(text) else { return };
        let mut open = vec![(String::new(), document)];
        while let Some((path, value)) = open.pop() {
            if let serde_json::Value::Object(members) = value {
                let dot = if path.is_empty() { "" } else { "." };
                open.extend(members.into_iter().map(|(name, value)| (format!("{path}{dot}{name}"), value)));
            } else if let Some(number) = value.as_u64().or_else(|| value.as_str()?.parse().ok()) {
                self.property(&path, &number.to_string(), Voice::Arguments);
            }
        }
    }
}

/// Whether a program reads a variable. One that is no web server does not read how many processes a web server should have,
/// and Celery's own are read by nobody else.
fn is_read_by(setting: &Setting, name: &str, task: Task) -> bool {
    let key = setting.key.to_ascii_uppercase();
    match task {
        _ if key.starts_with("CELERY") => name == "celery" && task == Task::Works,
        Task::Neither => false,
        Task::Works if setting.meaning == Meaning::Threads => name == "sidekiq" && !key.contains("PUMA"),
        Task::Works => !["WEB_CONCURRENCY", "GUNICORN_CMD_ARGS"].contains(&key.as_str()),
        Task::Serves => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Known;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let mut environment = Environment::default();
        for (name, value) in variables {
            environment.add(name, &Attr::Set((*value).into()));
        }
        environment
    }

    fn line(environment: &Environment) -> (Option<Known>, Option<Known>) {
        let value = |reading: &Option<Reading<'_>>| reading.as_ref().map(|reading| reading.value);
        let lines = environment.lines();
        (value(&lines[0].processes), value(&lines[0].threads))
    }

    fn command(variables: &[(&str, &str)], command: &str) -> (Option<Known>, Option<Known>) {
        let mut environment = environment(variables);
        environment.add_command(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
        line(&environment)
    }

    #[test]
    fn processes_of_many_programs() {
        let exactly = |count| Some(Known::Exactly(Count::Of(count)));
        let hidden = Some(Known::Hidden(Why::Elsewhere));
        for text in [
            "sh -c exec gunicorn shop.wsgi --workers ${WORKERS:-8} -b :8080",
            "gunicorn -w8 app",
            "/opt/venv/bin/gunicorn --workers=8 app",
            "uwsgi --http :80 --processes 8 --threads 2",
            "uwsgi -p 8",
            "pm2-runtime start dist/server.js -i 8",
            "fastapi run app/main.py --port 80 --workers 8",
            "granian --interface asgi app --workers 8",
            "python -m uvicorn app.main:app --workers 8",
            "celery -A shop worker --autoscale=8,2",
            "celery -A shop worker -c 8",
            "celery -A shop worker --concurrency=8",
            "dramatiq shop.tasks --processes 8 --threads 4",
            "dramatiq shop.tasks -p 8 -t 4",
            "rq worker-pool -n 8",
        ] {
            assert_eq!(command(&[], text).0, exactly(8), "{text}");
        }
        for text in [
            "gunicorn -w $(nproc) app",
            "gunicorn --workers $WORKERS app",
            "gunicorn -c gunicorn.conf.py app",
            "uwsgi --ini app.ini",
            "pm2-runtime start ecosystem.config.js",
            "pm2-runtime start app.js -i max",
            "pm2-runtime start app.js -i 0",
            "celery -A shop worker -l info",
            "dramatiq shop.tasks",
            "php-fpm",
        ] {
            assert_eq!(command(&[], text).0, hidden, "{text}");
        }
        for text in [
            "gunicorn app",
            "puma -C config/puma.rb",
            "celery -A shop beat",
            "celery -A shop worker -P solo",
            "rq worker high",
        ] {
            assert_eq!(command(&[], text).0, exactly(1), "{text}");
        }
        assert_eq!(command(&[("WORKERS", "3")], "gunicorn --workers ${WORKERS:-8} app").0, exactly(3));
        assert_eq!(command(&[("WORKERS", "many")], "gunicorn --workers ${WORKERS:-8} app").0, hidden);
        let both = (exactly(4), exactly(2));
        assert_eq!(command(&[], "sh -c exec gunicorn -w4 --threads 2 app:app"), both);
        // gunicorn.org/configure: the command, then GUNICORN_CMD_ARGS, then variables.
        let all = [("WEB_CONCURRENCY", "8"), ("GUNICORN_CMD_ARGS", "--workers=2")];
        assert_eq!(command(&all, "gunicorn -w 3 app").0, exactly(3));
        assert_eq!(command(&all, "gunicorn app").0, exactly(2));
        assert_eq!(command(&all[..1], "gunicorn -c gunicorn.conf.py app").0, exactly(8));
        // Threads of one process, of which nobody knows how many are on the database at once.
        assert_eq!(command(&[], "celery -A shop worker -P gevent -c 500"), (exactly(1), None));
    }

    #[test]
    fn only_some_workers_of_gunicorn_have_threads() {
        let threads = |text: &str| command(&[], text).1;
        let four = Some(Known::Exactly(Count::Of(4)));
        for text in [
            "gunicorn --threads 4 app",
            "gunicorn -k gthread --threads=4 app",
            "gunicorn --worker-class=sync --threads 4 app",
        ] {
            assert_eq!(threads(text), four, "{text}");
        }
        for text in [
            "gunicorn -k uvicorn.workers.UvicornWorker --threads 4 app",
            "gunicorn --worker-class gevent --threads 4 app",
        ] {
            assert_eq!(threads(text), None, "{text}");
        }
        assert_eq!(command(&[("GUNICORN_CMD_ARGS", "-kgevent --threads=4")], "gunicorn app").1, None);
        assert_eq!(command(&[("GUNICORN_CMD_ARGS", "--threads=4")], "gunicorn app").1, four);
    }

    /// There are no pools in PHP: each process holds one connection.
    #[test]
    fn one_connection_for_each_process_of_php() {
        for text in ["php-fpm", "apache2-foreground", "php artisan queue:work --tries=3"] {
            assert_eq!(command(&[], text).1, Some(Known::Exactly(Count::Of(1))), "{text}");
        }
    }

    #[test]
    fn a_pool_in_the_command() {
        let mut environment =
            environment(&[("KC_DB_URL", "jdbc:postgresql://db/keycloak"), ("KC_DB_POOL_MAX_SIZE", "50")]);
        environment.add_command(&["kc.sh start --db-pool-max-size=20".to_owned()]);
        assert_eq!(environment.pool().map(|reading| reading.value), Some(Known::Exactly(Count::Of(20))));
    }

    #[test]
    fn a_web_server_and_a_worker_in_one() {
        let mixes = |text: &str| {
            let mut environment = Environment::default();
            environment.add_command(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
            environment.mixes().map(|(_, certain)| certain)
        };
        assert_eq!(mixes("sh -c celery -A shop worker & exec gunicorn shop.wsgi"), Some(true));
        assert_eq!(mixes("honcho start web worker"), Some(true));
        assert_eq!(mixes("supervisord -c /etc/supervisor/web-and-worker.conf"), Some(false));
        for text in [
            "gunicorn shop.wsgi",
            "celery -A shop beat & gunicorn shop.wsgi",
            "pip install celery && gunicorn app",
            "honcho start",
        ] {
            assert_eq!(mixes(text), None, "{text}");
        }
    }

    #[test]
    fn a_worker_beside_a_web_server_takes_nothing_from_it() {
        let processes = |commands: &[&str]| {
            let mut environment = environment(&[("WEB_CONCURRENCY", "8")]);
            for command in commands {
                environment.add_command(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
            }
            environment
                .lines()
                .iter()
                .map(|line| line.processes.as_ref().map(|reading| reading.value))
                .collect::<Vec<_>>()
        };
        let eight = Some(Known::Exactly(Count::Of(8)));
        let hidden = Some(Known::Hidden(Why::Elsewhere));
        assert_eq!(processes(&[]), [eight]);
        assert_eq!(processes(&["celery -A app worker"]), [hidden]);
        assert_eq!(processes(&["pip install celery gunicorn", "gunicorn app:app"]), [eight]);
        assert_eq!(processes(&["gunicorn app:app", "celery -A app worker"]), [eight, hidden]);
        assert_eq!(
            processes(&["celery -A app worker -c 4 & exec gunicorn app:app"]),
            [Some(Known::Exactly(Count::Of(4))), eight]
        );
    }
}
