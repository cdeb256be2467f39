//! Pipelines of Jenkins: what a Jenkinsfile says in `stage` and `sh`, without running it.
//!
//! Source: Jenkins documentation, pipeline syntax and pipeline basic steps (`sh` runs with `-xe`, `catchError` and
//! `returnStatus` go on), not looked up again.

use super::gather::{Found, Gather, Manner, settled};
use super::model::{Job, Lenient, Pipeline, Start, System};
use super::shelf::Shelf;
use super::shell::Shell;

/// A piece of a Jenkinsfile.
#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String, usize),
    Mark(char),
}

/// A block that is open: its head, and what it means.
#[derive(Clone, Debug, Default)]
struct Block {
    stage: Option<String>,
    parallel: bool,
    lenient: bool,
    /// `post { always { … } }`
    post: bool,
    folder: Option<String>,
    /// The job in whose place this stage's steps stand.
    before: Vec<usize>,
}

/// Reads a Jenkinsfile.
pub(super) fn read(file: &str, text: &str, shelf: &mut Shelf<'_>) -> Option<Pipeline> {
    let tokens = tokens(text);
    let mut reader = Reader { shelf, found: Vec::new(), open: vec![Block::default()], before: Vec::new() };
    reader.read(&tokens);
    let found = reader.found;
    if found.is_empty() {
        return None;
    }
    let start = Start { change: true, proposal: true, ..Start::default() };
    let pipeline = Pipeline {
        system: System::Jenkins,
        file: file.to_owned(),
        address: None,
        name: file.to_owned(),
        start,
        jobs: Vec::new(),
        unseen: None,
    };
    Some(settled(pipeline, found))
}

struct Reader<'r, 'f> {
    shelf: &'r mut Shelf<'f>,
    found: Vec<Found>,
    open: Vec<Block>,
    /// The jobs that come before what is read next.
    before: Vec<usize>,
}

impl Reader<'_, '_> {
    fn read(&mut self, tokens: &[(Token, usize)]) {
        // What stands since the last block or step: the head of the next block.
        let mut head: Vec<&Token> = Vec::new();
        for (at, (token, line)) in tokens.iter().enumerate() {
            match token {
                Token::Mark('{') => {
                    let block = self.block(&head);
                    self.open.push(block);
                    head.clear();
                }
                Token::Mark('}') => {
                    self.close();
                    head.clear();
                }
                Token::Mark(';' | '\n') => head.clear(),
                Token::Text(text, first) => {
                    let is_shell = head.iter().any(|token| matches!(token, Token::Word(word) if ["sh", "bat", "powershell", "pwsh"].contains(&word.as_str())));
                    // `sh(script: '…', returnStatus: true)`: how it ends is a value.
                    let rest = tokens.get(at + 1..).unwrap_or_default().iter().take(12).map(|(token, _)| token);
                    let inside = rest.take_while(|token| !matches!(token, Token::Mark('\n' | '{' | '}')));
                    let status = head
                        .iter()
                        .copied()
                        .chain(inside)
                        .any(|token| *token == Token::Word("returnStatus".to_owned()));
                    if is_shell && !is_label(&head) {
                        self.script(text, *first, *line, status);
                    }
                    head.push(token);
                }
                token => head.push(token),
            }
        }
    }

    fn block(&mut self, head: &[&Token]) -> Block {
        let word = |wanted: &str| head.iter().any(|token| **token == Token::Word(wanted.to_owned()));
        let text =
            || head.iter().find_map(|token| if let Token::Text(text, _) = token { Some(text.clone()) } else { None });
        let stage = if word("stage") { text() } else { None };
        let parallel = word("parallel");
        // A branch that a scripted `parallel` names: `'load test': {`.
        let branch = self.open.last().is_some_and(|block| block.parallel) && stage.is_none();
        let outer = self.open.last().cloned().unwrap_or_default();
        let block = Block {
            stage: stage.or_else(|| branch.then(text)?),
            parallel,
            lenient: outer.lenient || word("catchError") || word("warnError") || word("try"),
            post: outer.post || word("post") || word("finally"),
            folder: if word("dir") { text() } else { outer.folder },
            before: self.before.clone(),
        };
        if let Some(name) = &block.stage {
            let job = Job {
                id: name.clone(),
                line: 0,
                deeds: Vec::new(),
                needs: self.before.clone(),
                follows: self.before.clone(),
            };
            self.found.push(Found { job, deeds: Vec::new() });
        }
        block
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some(block) = self.open.pop() else { return };
        let beside = self.open.last().is_some_and(|block| block.parallel);
        if beside {
            // The next branch begins where this one began.
            self.before = block.before;
        } else if block.stage.is_some() || block.parallel {
            self.before = (0..self.found.len()).collect();
        }
    }

    fn script(&mut self, text: &str, first: usize, line: usize, status: bool) {
        let block = self.open.last().cloned().unwrap_or_default();
        let stage = self.open.iter().rev().find_map(|block| block.stage.clone());
        if self.found.is_empty() {
            self.found
                .push(Found { job: Job { id: "the pipeline".to_owned(), line, ..Job::default() }, deeds: Vec::new() });
        }
        let lenient = if status {
            Some(Lenient { what: "returnStatus".to_owned(), certain: false })
        } else {
            block.lenient.then(|| Lenient { what: "catchError or try".to_owned(), certain: false })
        };
        let manner = Manner {
            name: stage.clone(),
            lenient,
            regardless: block.post,
            occasional: false,
            shell: None,
            folder: block.folder.unwrap_or_default(),
            places: stage.into_iter().collect(),
        };
        let mut gather = Gather::new(self.shelf);
        gather.script(text, first, Shell::STOPS, &manner);
        let deeds = gather.deeds;
        if let Some(found) = self.found.last_mut() {
            if found.job.line == 0 {
                found.job.line = line;
            }
            found.deeds.extend(deeds);
        }
    }
}

/// Whether a text only names something: `sh(label: '…'`.
fn is_label(head: &[&Token]) -> bool {
    let last: Vec<&str> = head
        .iter()
        .rev()
        .take(2)
        .filter_map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None })
        .collect();
    matches!(head.last(), Some(Token::Mark(':'))) && last.first().is_some_and(|word| *word != "script")
}

/// Takes a Jenkinsfile apart; comments are left out.
fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        if rest.starts_with("//") {
            rest = rest.find('\n').and_then(|at| rest.get(at..)).unwrap_or_default();
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            line += lines(rest.get(..end));
            rest = rest.get(end..).unwrap_or_default();
        } else if let Some(quote) = ["'''", "\"\"\"", "'", "\""].into_iter().find(|quote| rest.starts_with(quote)) {
            let inner = rest.get(quote.len()..).unwrap_or_default();
            let end = closing(inner, quote);
            let content = inner.get(..end).unwrap_or_default();
            found.push((Token::Text(content.to_owned(), line), line));
            line += lines(Some(content));
            rest = inner.get(end + quote.len()..).unwrap_or_default();
        } else if c.is_alphanumeric() || c == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.push((Token::Word(rest.get(..end).unwrap_or_default().to_owned()), line));
            rest = rest.get(end..).unwrap_or_default();
        } else {
            if c == '\n' {
                // A call may go on in the next line.
                let goes_on = matches!(found.last(), Some((Token::Mark('(' | ','), _)));
                if !goes_on {
                    found.push((Token::Mark('\n'), line));
                }
                line += 1;
            } else if !c.is_whitespace() {
                found.push((Token::Mark(c), line));
            }
            rest = tail;
        }
    }
    found
}

fn lines(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.matches('\n').count())
}

/// Where a text ends that began with `quote`.
fn closing(inner: &str, quote: &str) -> usize {
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if inner.get(at..).is_some_and(|rest| rest.starts_with(quote)) || (c == '\n' && quote.len() == 1) {
            return at;
        }
    }
    inner.len()
}
