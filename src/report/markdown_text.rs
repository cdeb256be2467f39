//! Text inside Markdown: nothing that stands in a plan may end its cell, fence or fold, call anybody or link anywhere.

use std::fmt;
use std::io::{self, Write};

use super::host::Host;

/// A page that takes no more than a host lets a comment hold: what is written beyond that is an error.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    length: usize,
    limit: usize,
}

impl Page {
    /// An empty page for so many units of UTF-16.
    pub(super) fn new(limit: usize) -> Self {
        Self { text: String::new(), length: 0, limit }
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

impl fmt::Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.length += length(text);
        if self.length > self.limit {
            return Err(fmt::Error);
        }
        self.text.push_str(text);
        Ok(())
    }
}

/// How long a text is, as hosts may count it at the most: in units of UTF-16.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Writes the first of the `depths` at which a page is no longer than a comment may be; cut off where all of them are.
pub(super) fn fitting<D>(
    depths: impl IntoIterator<Item = D>,
    write: impl Fn(D, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    const CUT: &str = "\n\n(cut off: too long for a comment)\n";
    let limit = Host::GitHub.limit();
    let mut text = String::new();
    for depth in depths {
        let mut page = Vec::new();
        write(depth, &mut page)?;
        text = String::from_utf8(page).map_err(io::Error::other)?;
        if length(&text) <= limit {
            return out.write_all(text.as_bytes());
        }
    }
    let mut left = limit.saturating_sub(CUT.len());
    let fits = |c: &char| {
        left = left.saturating_sub(c.len_utf16());
        left > 0
    };
    let cut: String = text.chars().take_while(fits).chain(CUT.chars()).collect();
    out.write_all(cut.as_bytes())
}

/// Whether a character would move, hide or reorder what stands around it.
fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Without characters that would move what stands around them.
fn plain(text: &str) -> String {
    text.chars().map(|c| if is_unfit(c) { ' ' } else { c }).collect()
}

/// Of a text that is too long the beginning, with a sign that there was more.
pub(super) fn clip(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Keeps text on one line and free of what Markdown, HTML or a host would read: names in a plan are anybody's.
pub(super) fn escape(text: &str) -> String {
    spell(plain(text).trim(), true)
}

/// The same of a text that stands behind others.
pub(super) fn inline(text: &str) -> String {
    spell(&plain(text), false)
}

/// The same; only what `begins` a text can begin a list, a heading or a command.
fn spell(text: &str, begins: bool) -> String {
    let text = &without_commits(text);
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // An issue's number would be linked, and the issue say so.
            '#' if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => escaped.push_str("\\#\u{200b}"),
            // So would one on GitHub that is spelled GH-12, and a merge request on GitLab.
            '-' if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) && is_issue(text.get(..at)) => {
                escaped.push_str("-\u{200b}");
            }
            '!' if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => escaped.push_str("!\u{200b}"),
            // Two dollar signs around anything are a formula.
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Somebody's name with an at sign before it would call him.
            '@' => escaped.push_str("@\u{200b}"),
            // Addresses of pages would become links.
            ':' if rest.starts_with("://") => escaped.push_str("&#58;"),
            '.' if escaped.get(escaped.len().saturating_sub(3)..).is_some_and(|w| w.eq_ignore_ascii_case("www")) => {
                escaped.push_str("&#46;");
            }
            // A slash first is a command to a bot.
            '/' if begins && at == 0 => escaped.push_str("&#47;"),
            // At the beginning of a line these are lists, rules and headings; the number of a list likewise.
            '-' | '+' | '=' | ':' if begins && at == 0 => {
                escaped.push('\\');
                escaped.push(c);
            }
            '.' | ')' if begins && at > 0 && text.get(..at).is_some_and(is_number) => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if is_unfit(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a text ends in the letters that stand before the number of an issue.
fn is_issue(before: Option<&str>) -> bool {
    let mut last = before.unwrap_or_default().chars().rev();
    let letters = [last.next(), last.next()].map(|c| c.map(|c| c.to_ascii_lowercase()));
    letters == [Some('h'), Some('g')] && !last.next().is_some_and(char::is_alphanumeric)
}

/// Breaks up what could be the name of a commit, which hosts link: 7 to 40 digits to the base of 16. Without a letter it is
/// a number far more often, and stays as it is: somebody may want to copy it.
fn without_commits(text: &str) -> String {
    /// One less than make a name.
    const SHORT: usize = 6;
    const LONGEST: usize = 40;
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
    let mut told = String::with_capacity(text.len());
    for word in text.split_inclusive(ends) {
        let name = word.trim_end_matches(ends);
        let is_hexadecimal = name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let has_letter = name.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !(SHORT + 1..=LONGEST).contains(&name.len()) || !is_hexadecimal || !has_letter {
            told.push_str(word);
            continue;
        }
        for (at, c) in word.chars().enumerate() {
            if at > 0 && at % SHORT == 0 && at < name.len() {
                told.push('\u{200b}');
            }
            told.push(c);
        }
    }
    told
}

/// Text in a code span that its backticks cannot end.
pub(super) fn code(text: &str) -> String {
    let longest = longest_run(text);
    let ticks = "`".repeat(longest + 1);
    let text = plain(text);
    // Code spans of spaces alone keep them, and none may be empty.
    if longest > 0 || text.starts_with(' ') || text.is_empty() {
        return format!("{ticks} {text} {ticks}");
    }
    format!("{ticks}{text}{ticks}")
}

/// The same inside a table, where a pipe ends the cell even in a code span.
pub(super) fn cell(text: &str) -> String {
    code(&text.replace('|', "\\|"))
}

/// Prose in which the names that are known stand as code: addresses are easier to tell from words then. `span` makes that of
/// them: [`cell`] inside of a table, and [`code`] everywhere else.
pub(super) fn prose(text: &str, names: &[&str], span: impl Fn(&str) -> String) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '[' | '"' | '/');
    let text = plain(text);
    let text = text.trim();
    if text.is_empty() {
        return "…".to_owned();
    }
    let (mut told, mut said, mut at) = (String::new(), 0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let starts = !before.is_some_and(|c| is_part(c) || c == '.');
        let ends = |name: &str| {
            let mut after = rest.get(name.len()..).unwrap_or_default().chars();
            let next = after.next();
            !(next.is_some_and(is_part) || next == Some('.') && after.next().is_some_and(is_part))
        };
        let fits = |name: &&&str| rest.starts_with(**name) && ends(name);
        let found = names.iter().filter(|name| starts && !name.is_empty()).filter(fits).max_by_key(|name| name.len());
        if let Some(name) = found {
            told.push_str(&spell(text.get(said..at).unwrap_or_default(), said == 0));
            told.push_str(&span(name));
            at += name.len();
            said = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    told.push_str(&spell(text.get(said..).unwrap_or_default(), said == 0));
    told
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text inside of HTML tags.
pub(super) fn html(text: &str) -> String {
    plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "@\u{200b}")
}

/// A fenced block of `language` that nothing in `text` can end.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let lines: Vec<String> = text.split('\n').map(|line| plain(&line.replace('\t', "    "))).collect();
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escape("a|b <i> `c` @me\nx"), "a\\|b &lt;i&gt; \\`c\\` @\u{200b}me x");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(cell("a|b"), "`a\\|b`");
        assert_eq!(fenced("text", "x\n````\ny"), "`````text\nx\n````\ny\n`````\n");
    }

    #[test]
    fn nothing_begins_a_list_a_command_or_a_link() {
        assert_eq!(escape("/close"), "&#47;close");
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("12. a"), "12\\. a");
        assert_eq!(escape("1.5 GB"), "1\\.5 GB");
        assert_eq!(escape("https://a.b www.c.d"), "https&#58;//a.b www&#46;c.d");
        assert_eq!(escape("see #12 for $x and $5"), "see \\#\u{200b}12 for \\$x and \\$5");
    }

    #[test]
    fn names_stand_as_code() {
        let names = ["aws_lb.a", "aws_lb.ab", "aws_lb.a[0]"];
        let told = |text: &str| prose(text, &names, code);
        assert_eq!(told("aws_lb.a, aws_lb.ab and aws_lb.a[0]."), "`aws_lb.a`, `aws_lb.ab` and `aws_lb.a[0]`.");
        assert_eq!(told("module.x.aws_lb.a"), "module.x.aws\\_lb.a");
        assert_eq!(told("aws_lb.a.name"), "aws\\_lb.a.name");
        // Only in a table a pipe ends anything; in a code span elsewhere the sign before it would be seen.
        let piped = "aws_lb.a[\"x|y\"]";
        assert_eq!(prose(piped, &[piped], code), "`aws_lb.a[\"x|y\"]`");
        assert_eq!(prose(piped, &[piped], cell), "`aws_lb.a[\"x\\|y\"]`");
    }

    #[test]
    fn no_issue_and_no_commit_is_linked() {
        assert_eq!(escape("GH-12 and gh-7, high-1, !3"), "GH-\u{200b}12 and gh-\u{200b}7, high-1, !\u{200b}3");
        assert_eq!(escape("(0a1b2c3) 0A1B2C"), "(0a1b2c\u{200b}3) 0A1B2C");
        let whole = "0123456789abcdef0123456789abcdef01234567";
        let parts: Vec<String> = escape(whole).split('\u{200b}').map(str::to_owned).collect();
        assert!(parts.concat() == whole && parts.iter().all(|part| part.len() < 7), "{parts:?}");
        // Numbers, and what is a part of a name.
        for text in ["123456789012", "vpc-0a1b2c3d4e5f", "1a2b3c4dz"] {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn a_page_holds_what_it_may() {
        use std::fmt::Write as _;
        let mut page = Page::new(4);
        assert!(page.write_str("a😀b").is_ok() && page.write_str("c").is_err());
        assert_eq!(clip("abcdef", 4), "abc…");
        assert_eq!(clip("abcd", 4), "abcd");
    }
}
