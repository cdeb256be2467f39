//! What commands and variables say of how long something may take: a request, a statement, a silent connection.

use crate::model::{Attr, HOLE, Text, Why, holds_hole};

use super::address;
use super::environment::Environment;
use super::program::{self, Running};

/// What ends after a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ends {
    /// The work on one request.
    Request,
    /// A statement in the database, if these connections run it.
    Statement,
    /// A connection that is kept for the next request.
    Silence,
}

/// After how long something ends.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeLimit {
    /// The flag or the variable that says so.
    pub key: Text,
    /// What ends.
    pub ends: Ends,
    /// After how many milliseconds.
    pub after: Attr<u64>,
    /// Of what a program does where nobody tells it otherwise: the documentation.
    pub default: Option<&'static str>,
}

/// How long `word` is in milliseconds: a number of `unit`s, or one with a unit of `PostgreSQL` behind it.
pub(super) fn span(word: &str, unit: u64) -> Option<u64> {
    let word = word.trim().trim_matches(['"', '\'']).trim();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at_checked(digits)?;
    let unit = match rest.trim() {
        "" => unit,
        "ms" => 1,
        "s" => 1_000,
        "min" | "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

impl Environment {
    /// After how long something ends here, where that is told: the last word counts, and a default only without one.
    pub fn time_limit(&self, ends: Ends) -> Option<&TimeLimit> {
        let mine = || self.limits.iter().filter(move |limit| limit.ends == ends);
        mine().rfind(|limit| limit.default.is_none()).or_else(|| mine().next_back())
    }

    fn limit(&mut self, key: &str, ends: Ends, after: Attr<u64>, default: Option<&'static str>) {
        self.limits.push(TimeLimit { key: key.into(), ends, after, default });
    }

    /// What a web server that a command starts does after how long.
    ///
    /// Sources: Gunicorn 27.0.1 `gunicorn/config.py`: `timeout`, 30 seconds, is tied to requests in sync workers only, and 0
    /// disables it; `keepalive` is for the others. Uvicorn 0.54.0 `uvicorn/main.py`: `--timeout-keep-alive`, 5 seconds. uWSGI
    /// documentation, options: `--harakiri`. Read 2026-11-29.
    pub(super) fn time_of(&mut self, running: &Running<'_>) {
        let words = &running.words;
        match running.program.name {
            "gunicorn" => {
                let silent = self.gunicorn(words);
                // A file, or a variable with arguments, may say otherwise.
                if silent && running.without == program::Without::One && program::waits_for_requests(words) {
                    self.limit("--timeout", Ends::Request, Attr::Set(30_000), Some("30 s, Gunicorn 27, timeout"));
                }
            }
            "uvicorn" => match self.seconds(words, &["--timeout-keep-alive"]) {
                Attr::Unset => {
                    let default = Some("5 s, Uvicorn 0.54, --timeout-keep-alive");
                    self.limit("--timeout-keep-alive", Ends::Silence, Attr::Set(5_000), default);
                }
                after => self.limit("--timeout-keep-alive", Ends::Silence, after, None),
            },
            "uwsgi" => match self.seconds(words, &["--harakiri", "-t"]) {
                Attr::Unset | Attr::Set(0) => {}
                after => self.limit("--harakiri", Ends::Request, after, None),
            },
            _ => {}
        }
    }

    /// The arguments of Gunicorn, on its command line or in `GUNICORN_CMD_ARGS`; whether nothing is said of a time limit.
    pub(super) fn gunicorn(&mut self, words: &[&str]) -> bool {
        let after = self.seconds(words, &["--timeout", "-t"]);
        let silent = after.is_unset();
        if program::waits_for_requests(words) {
            if !silent && after != Attr::Set(0) {
                self.limit("--timeout", Ends::Request, after, None);
            }
        } else {
            let kept = self.seconds(words, &["--keep-alive"]);
            if !kept.is_unset() {
                self.limit("--keep-alive", Ends::Silence, kept, None);
            }
        }
        silent
    }

    /// The seconds behind a flag, in milliseconds: unset without the flag, unknown where they cannot be read.
    fn seconds(&self, words: &[&str], flags: &[&str]) -> Attr<u64> {
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = flags.iter().find_map(|flag| {
                if word == flag {
                    return words.clone().next().copied();
                }
                let rest = word.strip_prefix(flag)?;
                rest.strip_prefix('=').or_else(|| (flag.len() == 2).then_some(rest))
            });
            let Some(value) = value else { continue };
            return match self.number(value) {
                Some(seconds) => Attr::Set(seconds.saturating_mul(1_000)),
                None if holds_hole(value) => Attr::Unknown(Why::Computed),
                None => Attr::Unknown(Why::Elsewhere),
            };
        }
        Attr::Unset
    }

    /// A limit of statements that a variable hands to the database: options of a connection, on their own or in its address.
    ///
    /// Source: `PostgreSQL` documentation, libpq: `PGOPTIONS` and `options` hold `-c name=value`; `statement_timeout` is in
    /// milliseconds without a unit, and 0 disables it. Read 2026-11-29.
    pub(super) fn statements(&mut self, key: &str, name: &str, text: &str) {
        let options = match key {
            "PGOPTIONS" => text.to_owned(),
            _ if address::is_of_database(text) => text.replace("%20", " ").replace("%3D", "=").replace("%3d", "="),
            _ => return,
        };
        let Some((_, rest)) = options.split_once("statement_timeout=") else { return };
        let value = rest.split([' ', '&', ';', '\'']).next().unwrap_or_default();
        let after = match span(value, 1) {
            Some(0) => return,
            Some(after) => Attr::Set(after),
            None if value.contains(HOLE) => Attr::Unknown(Why::Computed),
            None => Attr::Unknown(Why::Malformed),
        };
        self.limit(name, Ends::Statement, after, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(variables: &[(&str, &str)], command: &str, ends: Ends) -> Option<(Attr<u64>, bool)> {
        let mut environment = Environment::default();
        for (name, value) in variables {
            environment.add(name, &Attr::Set((*value).into()));
        }
        environment.add_command(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
        environment.time_limit(ends).map(|limit| (limit.after.clone(), limit.default.is_some()))
    }

    #[test]
    fn spans_have_units() {
        for (word, expected) in
            [("5000", Some(5_000)), ("'30s'", Some(30_000)), ("2min", Some(120_000)), ("250ms", Some(250))]
        {
            assert_eq!(span(word, 1), expected, "{word}");
        }
        assert_eq!(span("5", 1_000), Some(5_000));
        for word in ["", "s", "5 parsecs", "-1", "99999999999999999999"] {
            assert_eq!(span(word, 1), None, "{word}");
        }
    }

    #[test]
    fn work_on_a_request() {
        let request = |variables: &[(&str, &str)], command| limit(variables, command, Ends::Request);
        let set = |after| Some((Attr::Set(after), false));
        assert_eq!(request(&[], "gunicorn --timeout 120 app"), set(120_000));
        assert_eq!(request(&[], "sh -c exec gunicorn -w 4 -t 90 app"), set(90_000));
        assert_eq!(request(&[("T", "45")], "gunicorn --timeout=${T} app"), set(45_000));
        assert_eq!(request(&[("GUNICORN_CMD_ARGS", "--timeout=75")], "gunicorn app"), set(75_000));
        assert_eq!(request(&[], "gunicorn app"), Some((Attr::Set(30_000), true)));
        assert_eq!(request(&[], "uwsgi --http :80 --harakiri 40"), set(40_000));
        assert_eq!(request(&[], "gunicorn --timeout $T app"), Some((Attr::Unknown(Why::Elsewhere), false)));
        for command in [
            // Not tied to requests, switched off, or perhaps told by a file.
            "gunicorn -k uvicorn.workers.UvicornWorker --timeout 120 app",
            "gunicorn --threads 4 --timeout 120 app",
            "gunicorn --timeout 0 app",
            "gunicorn -c conf.py app",
            "uwsgi --http :80",
            "node server.js",
        ] {
            assert_eq!(request(&[], command), None, "{command}");
        }
    }

    #[test]
    fn connections_that_are_kept() {
        let kept = |command| limit(&[], command, Ends::Silence);
        assert_eq!(kept("uvicorn app:app --timeout-keep-alive 75"), Some((Attr::Set(75_000), false)));
        assert_eq!(kept("uvicorn app:app"), Some((Attr::Set(5_000), true)));
        assert_eq!(kept("gunicorn -k gthread --keep-alive 5 app"), Some((Attr::Set(5_000), false)));
        assert_eq!(kept("gunicorn --keep-alive 5 app"), None);
    }

    #[test]
    fn statements_of_a_connection() {
        let statement = |name: &str, value: &str| limit(&[(name, value)], "", Ends::Statement).map(|(after, _)| after);
        assert_eq!(statement("PGOPTIONS", "-c statement_timeout=30s"), Some(Attr::Set(30_000)));
        let url = "postgres://u:p@db/app?options=-c%20statement_timeout%3D5000&sslmode=require";
        assert_eq!(statement("DATABASE_URL", url), Some(Attr::Set(5_000)));
        assert_eq!(statement("DATABASE_URL", "postgres://db/app?statement_timeout=700"), Some(Attr::Set(700)));
        assert_eq!(statement("DATABASE_URL", "postgres://db/app?statement_timeout=0"), None);
        assert_eq!(statement("REDIS_URL", "redis://r/0?statement_timeout=700"), None);
    }
}
