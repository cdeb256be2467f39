//! Programs that commands start: web servers and workers, and how many processes each makes of itself.

use super::ContainerRole;
use crate::model::Text;

/// What a program does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Task {
    /// Answers requests.
    Serves,
    /// Works off jobs.
    Works,
    /// Neither: it plans jobs, or shows them.
    Neither,
}

/// How many processes there are where the command says nothing of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Without {
    /// One.
    One,
    /// As many as there are processors, or as a file says.
    Hidden,
}

/// A program, and the flags that matter here.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) task: Task,
    pub(super) processes: &'static [&'static str],
    pub(super) threads: &'static [&'static str],
    pub(super) without: Without,
    /// Flags that name a file which may say how many.
    files: &'static [&'static str],
    /// Whether each of its processes answers one request at a time, on one connection: there are no pools in PHP.
    pub(super) one_connection: bool,
}

const fn serves(name: &'static str, processes: &'static [&'static str]) -> Program {
    Program {
        name,
        task: Task::Serves,
        processes,
        threads: &[],
        without: Without::One,
        files: &[],
        one_connection: false,
    }
}

const fn works(name: &'static str, processes: &'static [&'static str], without: Without) -> Program {
    Program { task: Task::Works, without, ..serves(name, processes) }
}

/// Programs by their names.
///
/// Sources: `pool_env.csv` for Gunicorn 27 (`--workers` 1, `--threads` 1), Uvicorn 0.54 (1), Celery 5.7 (as many as
/// processors), Puma (0, which is one process), Sidekiq, PHP-FPM; gunicorn.org/configure; the programs' own help for
/// Hypercorn, Granian, uWSGI (1 each) and pm2 (one, `0` and `max` are as many as processors); Dramatiq's `cli.py` and
/// `worker.py` (as many processes as processors, 8 threads). Read 2026-11-25.
const PROGRAMS: &[Program] = &[
    Program { threads: &["--threads"], files: &["-c", "--config"], ..serves("gunicorn", &["--workers", "-w"]) },
    serves("uvicorn", &["--workers"]),
    serves("hypercorn", &["--workers", "-w"]),
    serves("granian", &["--workers"]),
    serves("fastapi", &["--workers"]),
    Program {
        threads: &["--threads"],
        files: &["--ini", "--yaml", "--yml", "--json", "--xml"],
        ..serves("uwsgi", &["--processes", "--workers", "-p"])
    },
    serves("puma", &["--workers", "-w"]),
    Program { files: &["-c", "--config-file"], ..serves("unicorn", &[]) },
    serves("daphne", &[]),
    Program { threads: &["--threads"], ..serves("waitress-serve", &[]) },
    Program { without: Without::Hidden, one_connection: true, ..serves("php-fpm", &[]) },
    Program { without: Without::Hidden, one_connection: true, ..serves("apache2-foreground", &[]) },
    Program { without: Without::Hidden, one_connection: true, ..serves("octane:start", &["--workers"]) },
    serves("pm2", &["--instances", "-i"]),
    serves("pm2-runtime", &["--instances", "-i"]),
    works("celery", &["--concurrency", "-c", "--autoscale"], Without::Hidden),
    Program { threads: &["--threads", "-t"], ..works("dramatiq", &["--processes", "-p"], Without::Hidden) },
    works("rq", &["--num-workers", "-n"], Without::One),
    Program { threads: &["--concurrency", "-c"], ..works("sidekiq", &[], Without::One) },
    works("qcluster", &[], Without::Hidden),
    Program { one_connection: true, ..works("queue:work", &[], Without::One) },
    Program { one_connection: true, ..works("horizon", &[], Without::Hidden) },
];

/// A program that runs, with the words of its command.
pub(super) struct Running<'t> {
    pub(super) program: &'static Program,
    pub(super) task: Task,
    pub(super) without: Without,
    pub(super) words: Vec<&'t str>,
}

/// Programs that a command starts. A shell runs several, one after the other or side by side.
pub(super) fn running(text: &str) -> Vec<Running<'_>> {
    let mut all = Vec::new();
    let mut words = Vec::new();
    let spaced = text.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    for word in spaced {
        let (word, ends) = match word {
            "&&" | "||" | ";" | "&" | "|" => ("", true),
            word => match word.strip_suffix([';', '&']) {
                Some(word) => (word, true),
                None => (word, false),
            },
        };
        if !word.is_empty() {
            words.push(word);
        }
        if ends {
            all.extend(one(&std::mem::take(&mut words)));
        }
    }
    all.extend(one(&words));
    all
}

fn one<'t>(words: &[&'t str]) -> Option<Running<'t>> {
    // Whoever installs a program, or stops it, does not run it yet.
    if words.iter().any(|word| matches!(*word, "install" | "add" | "pull" | "stop" | "disable" | "pkill" | "killall")) {
        return None;
    }
    let at = |word: &&str| {
        let name = word.rsplit('/').next().unwrap_or_default();
        PROGRAMS.iter().find(|program| program.name == name)
    };
    let (start, program) = words.iter().enumerate().find_map(|(index, word)| Some((index, at(word)?)))?;
    let words: Vec<&'t str> = words.get(start + 1..).unwrap_or_default().to_vec();
    let has = |word: &str| words.contains(&word);
    let mut running = Running { program, task: program.task, without: program.without, words: Vec::new() };
    let names_file = words.iter().any(|word| {
        let flag = word.split('=').next().unwrap_or_default();
        program.files.contains(&flag)
    });
    let is_file = |word: &&str| {
        [".ini", ".json", ".yml", ".yaml", ".config.js", ".config.cjs"].iter().any(|end| word.ends_with(end))
    };
    if names_file || matches!(program.name, "pm2" | "pm2-runtime" | "uwsgi") && words.iter().any(is_file) {
        running.without = Without::Hidden;
    }
    // What is not the worker itself: the clock, the monitor, the remote control.
    if program.name == "celery" && !has("worker") && !has("multi") {
        (running.task, running.without) = (Task::Neither, Without::One);
    }
    if matches!(program.name, "pm2" | "pm2-runtime") && !has("start") && program.name == "pm2" {
        return None;
    }
    running.words = words;
    Some(running)
}

/// Whether a program does as the flags for its threads say.
pub(super) fn has_threads(program: &Program, words: &[&str]) -> bool {
    program.name != "gunicorn" || honours_threads(words)
}

/// Whether Gunicorn's workers have the threads that its flags say: only those of the classes `gthread` and `sync`, which
/// becomes `gthread` where there are threads. Source: gunicorn.org, settings, `threads` and `worker_class`, read 2026-11-25.
pub(super) fn honours_threads(words: &[&str]) -> bool {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let class = match *word {
            "-k" | "--worker-class" => words.clone().next().copied(),
            word => {
                word.strip_prefix("--worker-class=").or_else(|| word.strip_prefix("-k").filter(|rest| !rest.is_empty()))
            }
        };
        if let Some(class) = class {
            return matches!(class, "sync" | "gthread");
        }
    }
    true
}

/// Whether Gunicorn's time limit is one of requests: in workers of the class `sync`, which have no threads.
pub(super) fn waits_for_requests(words: &[&str]) -> bool {
    let mut all = words.iter();
    while let Some(word) = all.next() {
        let (flag, value) = word.split_once('=').map_or((*word, None), |(flag, value)| (flag, Some(value)));
        let value = value.or_else(|| all.clone().next().copied()).unwrap_or_default();
        let class = flag.strip_prefix("-k").filter(|rest| !rest.is_empty());
        let other = match flag {
            "-k" | "--worker-class" => value != "sync",
            "--threads" => value != "1",
            _ => class.is_some_and(|class| class != "sync"),
        };
        if other {
            return false;
        }
    }
    true
}

/// Whether Celery's tasks are threads of one process instead of processes; `None` where it works one task at a time.
///
/// Source: Celery 5.7 user guide, `--pool`: prefork, eventlet, gevent, threads, solo.
pub(super) fn threads_of_celery(words: &[&str]) -> Option<bool> {
    let mut pool = "prefork";
    for (index, word) in words.iter().enumerate() {
        if matches!(*word, "-P" | "--pool") {
            pool = words.get(index + 1).copied().unwrap_or_default();
        } else if let Some(name) = word.strip_prefix("--pool=").or_else(|| word.strip_prefix("-P")) {
            pool = name;
        }
    }
    match pool {
        "solo" => None,
        "gevent" | "eventlet" | "threads" => Some(true),
        _ => Some(false),
    }
}

/// What starts both a web server and a worker, by the names that a process manager is given, and whether that is certain:
/// `honcho start web worker` names processes, `supervisord -c web-and-worker.conf` a file.
pub(super) fn manager(text: &str) -> Option<(Text, bool)> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
    let name = |word: &&str| word.rsplit('/').next().unwrap_or_default().to_owned();
    let start = words.iter().position(|word| {
        matches!(name(word).as_str(), "honcho" | "foreman" | "overmind" | "goreman" | "hivemind" | "supervisord")
    })?;
    let manager = name(words.get(start)?);
    let rest = words.get(start + 1..)?;
    let parts = |word: &str| -> Vec<String> {
        word.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase).collect()
    };
    let is_web = |part: &String| matches!(part.as_str(), "web" | "api" | "server" | "http");
    let all: Vec<String> = rest.iter().flat_map(|word| parts(word)).collect();
    let web = all.iter().find(|part| is_web(part))?;
    let worker = all.iter().find(|part| ContainerRole::is_worker_word(part))?;
    let certain = manager != "supervisord" && rest.contains(&"start");
    Some((Text::from(format!("{worker} beside {web} under {manager}")), certain))
}
