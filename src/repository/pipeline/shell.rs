//! What a script does, command by command, as far as that can be told without running it.

use super::model::Lenient;

/// How the shell of a system goes on after a failure, unless a script says otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shell {
    /// Whether it stops at the first command that fails.
    pub(super) stops: bool,
    /// Whether what goes into a pipe counts as well as what comes out; `None` where that cannot be told.
    pub(super) pipes: Option<bool>,
    /// Whether that was looked up.
    pub(super) sure: bool,
}

impl Shell {
    /// Stops, and counts both ends of a pipe: GitHub with `shell: bash`.
    pub(super) const STRICT: Self = Self { stops: true, pipes: Some(true), sure: true };
    /// Stops, and counts the last command of a pipe: GitHub without `shell: bash`.
    pub(super) const PLAIN: Self = Self { stops: true, pipes: Some(false), sure: true };
    /// Stops; of pipes nothing was looked up.
    pub(super) const STOPS: Self = Self { stops: true, pipes: None, sure: true };
    /// Goes on, and ends as its last command does: what is run by a shell without more ado.
    pub(super) const LAX: Self = Self { stops: false, pipes: Some(false), sure: true };
    /// The same, as far as is known: Azure.
    pub(super) const PERHAPS_LAX: Self = Self { stops: false, pipes: None, sure: false };
}

/// One command of a script.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Command {
    /// Its words, without quotes; what stands before the program itself is left out.
    pub(super) words: Vec<String>,
    /// How many lines below the script's first it begins.
    pub(super) offset: usize,
    /// What makes its failure go unnoticed.
    pub(super) lenient: Option<Lenient>,
    /// Whether it begins what a shell of its own does, and whether that is over after it.
    pub(super) apart: (bool, bool),
}

/// How a command is joined with the next one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Joint {
    End,
    And,
    Or,
    Pipe,
    Background,
}

/// The words of a command as they stand, with what follows it.
struct Raw {
    words: Vec<String>,
    offset: usize,
    joint: Joint,
}

/// Reads a script.
pub(super) fn commands(script: &str, shell: Shell) -> Vec<Command> {
    let raw = split(script);
    let mut found: Vec<Command> = Vec::with_capacity(raw.len());
    let (mut stops, mut pipes) = (shell.stops, shell.pipes);
    // A script that looks at how something ended, and ends itself, may know what it does.
    let minds = script.contains("$?") || script.contains("PIPESTATUS") || script.contains("LASTEXITCODE");
    for (at, one) in raw.iter().enumerate() {
        if let [first, options @ ..] = one.words.as_slice()
            && first == "set"
        {
            (stops, pipes) = set(options, stops, pipes);
        }
        let apart = (one.words.iter().any(|word| word == "("), one.words.iter().any(|word| word == ")"));
        let (mut words, asked) = bare(&one.words);
        words.retain(|word| word != ")");
        if words.is_empty() {
            if let Some(last) = found.last_mut().filter(|_| apart.1) {
                last.apart.1 = true;
            }
            continue;
        }
        let rest = raw.get(at + 1..).unwrap_or_default();
        let lenient = tolerance(one, rest, stops, pipes).or_else(|| asked.then(|| asks(rest))?);
        let lenient = lenient.map(|lenient| Lenient {
            certain: lenient.certain && !minds && (shell.sure || lenient.what.starts_with("||")),
            ..lenient
        });
        found.push(Command { words, offset: one.offset, lenient, apart });
    }
    found
}

/// What `set` changes.
fn set(options: &[String], mut stops: bool, mut pipes: Option<bool>) -> (bool, Option<bool>) {
    let mut on = None;
    for option in options {
        let letters = option.strip_prefix(['-', '+']).unwrap_or_default();
        if letters.contains('e') && letters.len() < 6 {
            stops = option.starts_with('-');
        }
        if letters.ends_with('o') {
            on = Some(option.starts_with('-'));
        }
        match (option.as_str(), on) {
            ("pipefail", Some(on)) => pipes = Some(on),
            ("errexit", Some(on)) => stops = on,
            _ => {}
        }
    }
    (stops, pipes)
}

/// What makes a failure of `one` go unnoticed, before `rest`.
fn tolerance(one: &Raw, rest: &[Raw], stops: bool, pipes: Option<bool>) -> Option<Lenient> {
    let certain = |what: String| Some(Lenient { what, certain: true });
    match one.joint {
        Joint::Or => {
            let other = rest.first()?;
            let until = rest.iter().position(|raw| raw.joint == Joint::End).unwrap_or(0);
            let told: Vec<&Raw> = rest.iter().take(until + 1).collect();
            let ends = |raw: &&Raw| {
                let word = |at: usize| raw.words.get(at).map_or("", String::as_str);
                let heads = raw.words.iter().position(|word| word == "exit" || word == "return");
                word(0) == "false" || heads.is_some_and(|at| word(at + 1) != "0")
            };
            // `|| { echo …; exit 1; }` ends somewhere behind.
            let group = other.words.first().is_some_and(|word| word == "{" || word == "(");
            let ends_later = group && rest.iter().take(8).any(|raw| ends(&raw));
            if told.iter().any(ends) || ends_later {
                return None;
            }
            certain(format!("|| {}", other.words.iter().take(2).cloned().collect::<Vec<_>>().join(" ")))
        }
        Joint::Pipe => {
            let into = rest.first().and_then(|next| next.words.first()).cloned().unwrap_or_default();
            match pipes {
                Some(true) => None,
                Some(false) => certain(format!("| {into}, without pipefail")),
                None => Some(Lenient { what: format!("| {into}"), certain: false }),
            }
        }
        Joint::Background => Some(Lenient { what: "&".to_owned(), certain: false }),
        Joint::And | Joint::End if stops => None,
        // Without `-e` a script ends as its last command does.
        Joint::And | Joint::End => {
            let last = rest.iter().rfind(|raw| !raw.words.is_empty())?;
            let and = one.joint == Joint::And;
            (!and).then(|| Lenient {
                what: format!(
                    "the script goes on, and ends as {} does",
                    last.words.first().cloned().unwrap_or_default()
                ),
                certain: !rest.iter().any(|raw| raw.words.first().is_some_and(|word| word == "exit")),
            })
        }
    }
}

/// `if k6 run …; then …`: what happens next is up to the script.
fn asks(rest: &[Raw]) -> Option<Lenient> {
    let ends = rest.iter().any(|raw| raw.words.iter().any(|word| word == "exit" || word == "return"));
    (!ends).then(|| Lenient { what: "if".to_owned(), certain: false })
}

/// The words of the program itself, and whether something asks how it ends.
fn bare(words: &[String]) -> (Vec<String>, bool) {
    let mut asked = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "if" | "elif" | "while" | "until" | "!" => asked = true,
            "then" | "else" | "do" | "{" | "(" | "time" | "sudo" | "exec" | "nohup" | "command" | "env" | "-"
            | "call" => {}
            "fi" | "done" | "esac" | "}" | ")" => return (Vec::new(), asked),
            "timeout" => {
                // Its options, and how long.
                while words.get(at + 1).is_some_and(|word| word.starts_with('-')) {
                    at += 1;
                }
                at += 1;
            }
            word if is_setting(word) => {}
            _ => break,
        }
        at += 1;
    }
    (words.get(at..).unwrap_or_default().to_vec(), asked)
}

/// `NAME=value` before a program.
fn is_setting(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Reads words, with quotes, continued lines, comments and what joins commands.
fn split(script: &str) -> Vec<Raw> {
    let mut reader = Reader { found: Vec::new(), words: Vec::new(), word: None, line: 0, first: 0 };
    let mut chars = script.chars().peekable();
    let mut quote = None;
    let mut here: Option<String> = None;
    // Of what is in parentheses, whether it is a shell of its own.
    let mut inside: Vec<bool> = Vec::new();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (Some('"') | None, '\\' | '`') if chars.peek() == Some(&'\n') && (c == '\\' || quote.is_none()) => {
                chars.next();
                reader.line += 1;
                if quote.is_none() {
                    reader.space();
                }
            }
            (Some(_), c) => {
                if c == '\n' {
                    reader.line += 1;
                }
                reader.push(c);
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                reader.word.get_or_insert_default();
            }
            (None, '#') if reader.word.is_none() => {
                while chars.peek().is_some_and(|c| *c != '\n') {
                    chars.next();
                }
            }
            (None, '$') if chars.peek() == Some(&'{') => {
                // `${{ … }}` and `${…}` are one word, whatever is in them.
                reader.push('$');
                let mut depth = 0_usize;
                for c in chars.by_ref() {
                    reader.push(c);
                    match c {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        '\n' => reader.line += 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            (None, '<') if chars.peek() == Some(&'<') => {
                chars.next();
                let mark: String = std::iter::from_fn(|| chars.next_if(|c| !c.is_whitespace())).collect();
                here = Some(mark.trim_matches(['-', '\'', '"', '<']).to_owned()).filter(|mark| !mark.is_empty());
            }
            (None, '\n') => {
                reader.end(Joint::End);
                reader.line += 1;
                // What stands in a document is no command.
                while let Some(mark) = &here {
                    let mut line = String::new();
                    for c in chars.by_ref().take_while(|c| *c != '\n') {
                        line.push(c);
                    }
                    reader.line += 1;
                    if line.trim() == mark || chars.peek().is_none() {
                        here = None;
                    }
                }
            }
            (None, '(') => {
                inside.push(reader.word.is_none());
                reader.push('(');
                if reader.word.as_deref() == Some("(") {
                    reader.space();
                }
            }
            (None, ')') if inside.pop() == Some(true) => {
                reader.space();
                reader.push(')');
                reader.space();
            }
            (None, ';') => reader.end(Joint::End),
            (None, '&') if chars.next_if_eq(&'&').is_some() => reader.end(Joint::And),
            // `2>&1` and `&>` redirect.
            (None, '&')
                if reader.word.as_ref().is_some_and(|word| word.ends_with('>')) || chars.peek() == Some(&'>') =>
            {
                reader.push('&');
            }
            (None, '&') => reader.end(Joint::Background),
            (None, '|') if chars.next_if_eq(&'|').is_some() => reader.end(Joint::Or),
            (None, '|') => reader.end(Joint::Pipe),
            (None, c) if c.is_whitespace() => reader.space(),
            (None, c) => reader.push(c),
        }
    }
    reader.end(Joint::End);
    reader.found
}

struct Reader {
    found: Vec<Raw>,
    words: Vec<String>,
    word: Option<String>,
    line: usize,
    first: usize,
}

impl Reader {
    fn push(&mut self, c: char) {
        if self.words.is_empty() && self.word.is_none() {
            self.first = self.line;
        }
        self.word.get_or_insert_default().push(c);
    }

    fn space(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end(&mut self, joint: Joint) {
        self.space();
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            self.found.push(Raw { words, offset: self.first, joint });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(script: &str, shell: Shell) -> Vec<(String, usize)> {
        commands(script, shell).into_iter().map(|command| (command.words.join(" "), command.offset)).collect()
    }

    fn lenient(script: &str, shell: Shell) -> Option<bool> {
        let all = commands(script, shell);
        let k6 = all.iter().find(|command| command.words.first().is_some_and(|word| word == "k6")).unwrap();
        k6.lenient.as_ref().map(|lenient| lenient.certain)
    }

    #[test]
    fn scripts_are_taken_apart() {
        let script = "# why\nexport A=1\nk6 run \\\n  --out json='my results.json' \\\n  tests/a.js && echo \"done # really\"\nFOO=bar sudo terraform -chdir=${{ env.DIR }} apply # now\n";
        let expected = [
            ("export A=1", 1),
            ("k6 run --out json=my results.json tests/a.js", 2),
            ("echo done # really", 4),
            ("terraform -chdir=${{ env.DIR }} apply", 5),
        ];
        let found = told(script, Shell::STRICT);
        let found: Vec<_> = found.iter().map(|(text, line)| (text.as_str(), *line)).collect();
        assert_eq!(found, expected);
        // What stands in a document is no command, and redirections join nothing.
        let found = told("cat <<EOF > x\nk6 run a.js\nEOF\nls 2>&1 &>/dev/null\n", Shell::STRICT);
        assert_eq!(
            found.iter().map(|(text, ..)| text.as_str()).collect::<Vec<_>>(),
            ["cat > x", "ls 2>&1 &>/dev/null"]
        );
    }

    #[test]
    fn failures_that_go_unnoticed() {
        let plain = Shell::PLAIN;
        for script in [
            "k6 run a.js || true",
            "k6 run a.js || echo failed\necho x",
            "k6 run a.js||:",
            "k6 run a || exit 0",
            "k6 run a.js | tee x",
        ] {
            assert_eq!(lenient(script, plain), Some(true), "{script}");
        }
        for script in [
            "k6 run a.js",
            "k6 run a.js || exit 1",
            "k6 run a.js || { echo bad; exit 1; }",
            "set -o pipefail\nk6 run a.js | tee x",
            "set -euo pipefail\nk6 run a.js | tee x",
            "if ! k6 run a.js; then\n  echo bad\n  exit 1\nfi",
            "k6 run a.js && echo good",
        ] {
            assert_eq!(lenient(script, plain), None, "{script}");
        }
        assert_eq!(lenient("k6 run a.js | tee x", Shell::STRICT), None);
        assert_eq!(lenient("k6 run a.js | tee x", Shell::STOPS), Some(false));
        assert_eq!(lenient("set +e\nk6 run a.js\necho x", plain), Some(true));
        assert_eq!(lenient("set +e\nk6 run a.js\ncode=$?\nexit $code", plain), Some(false));
        assert_eq!(lenient("if k6 run a.js; then echo x; fi", plain), Some(false));
        assert_eq!(lenient("k6 run a.js &\nwait", plain), Some(false));
        assert_eq!(lenient("k6 run a.js\necho x", Shell::LAX), Some(true));
        assert_eq!(lenient("echo x\nk6 run a.js", Shell::LAX), None);
    }
}
