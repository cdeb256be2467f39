//! Comments that say what planwise shall not tell: `# planwise:ignore shared-nat one zone is enough here until=2027-03-31`.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use hcl_edit::visit::{Visit, visit_expr};

/// What such a comment begins with.
const MARK: &str = "planwise:ignore";

/// A comment of that kind.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Comment {
    /// The byte of the file that it begins at.
    pub(super) at: usize,
    /// What it says behind its mark.
    pub(super) text: String,
}

/// The comments of a file.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Those that say so. A text of the configuration, such as a script, is no comment.
    pub(super) said: Vec<Comment>,
    /// The bytes that each of them takes, whatever it says; nothing where none says so.
    pub(super) all: Vec<Range<usize>>,
}

/// Reads the comments of a file that `body` was read from.
pub(super) fn read(text: &str, body: &Body) -> Comments {
    let mut found = Comments::default();
    // Spelled in whatever case.
    if memchr::memmem::find(text.as_bytes(), ":ignore".as_bytes()).is_none()
        && !text.to_ascii_lowercase().contains(MARK)
    {
        return found;
    }
    let mut lexer = Lexer { text, at: 0, depth: 0 };
    while let Some(span) = lexer.next_comment() {
        let comment = text.get(span.clone()).unwrap_or_default();
        let mut from = span.start;
        for line in comment.split_inclusive('\n') {
            let text = marked(bare(line, comment.starts_with("/*")));
            if let Some(said) = text.filter(|said| said.is_empty() || said.starts_with(char::is_whitespace)) {
                let text = said.trim().trim_end_matches("*/").trim().to_owned();
                found.said.push(Comment { at: from, text });
            }
            from += line.len();
        }
        found.all.push(span);
    }
    if !found.said.is_empty() {
        // A heredoc that the parser ends elsewhere than Terraform does is a text for as long as either takes it for one.
        let mut texts = Texts(Vec::new());
        texts.visit_body(body);
        texts.0.sort_by_key(|span| span.start);
        found.said.retain(|comment| !texts.hold(comment.at));
        found.all.retain(|span| !texts.hold(span.start));
    }
    found
}

/// The bytes of all comments of a text.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let mut lexer = Lexer { text, at: 0, depth: 0 };
    std::iter::from_fn(|| lexer.next_comment()).collect()
}

/// The bytes that the parser takes for texts, what is put into them included.
struct Texts(Vec<Range<usize>>);

impl Texts {
    /// Whether one of them holds the byte at `at`.
    fn hold(&self, at: usize) -> bool {
        let before = self.0.partition_point(|span| span.start <= at);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|span| at < span.end)
    }
}

impl Visit for Texts {
    fn visit_expr(&mut self, node: &Expression) {
        match node {
            Expression::String(_) | Expression::StringTemplate(_) | Expression::HeredocTemplate(_) => {
                self.0.extend(node.span());
            }
            other => visit_expr(self, other),
        }
    }
}

/// What stands behind the mark of a line that begins with it. `Planwise:ignore: rule …` can mean nothing else.
fn marked(line: &str) -> Option<&str> {
    let (mark, rest) = line.split_at_checked(MARK.len())?;
    mark.eq_ignore_ascii_case(MARK).then(|| rest.strip_prefix(':').unwrap_or(rest))
}

/// A line of a comment without what makes it one. What is left of a comment that is itself commented out keeps its own mark.
fn bare(line: &str, is_block: bool) -> &str {
    let line = line.trim_start();
    if is_block {
        let inner = line.strip_prefix("/*").unwrap_or(line).trim_start();
        return inner.strip_prefix('*').unwrap_or(inner).trim_start();
    }
    line.strip_prefix('#').or_else(|| line.strip_prefix("//")).unwrap_or(line).trim_start()
}

/// Where the first line of the comments begins that stand right above the line with the byte `at`; `all` are the comments of the
/// file. Without any, that line itself.
pub(super) fn above(text: &str, all: &[Range<usize>], at: usize) -> usize {
    let line = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let is_blank = |span: Range<usize>| text.get(span).is_some_and(|text| text.trim().is_empty());
    let breaks = |span: Range<usize>| text.get(span).map_or(0, |text| text.matches('\n').count());
    let mut first = line(at);
    let before = all.partition_point(|comment| comment.end <= first);
    for comment in all.iter().take(before).rev() {
        let start = line(comment.start);
        let is_next = is_blank(comment.end..first) && breaks(comment.end..first) == 1;
        // Behind something else, it belongs to that.
        if !is_next || !is_blank(start..comment.start) {
            break;
        }
        first = start;
    }
    first
}

/// Texts nest no deeper than this; of a file in which they do, what follows is not read.
const DEEPEST: usize = 100;

/// Goes through a file, and knows a comment from a text.
struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// How many texts it is in.
    depth: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The bytes of the next comment that is in no text.
    fn next_comment(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(comment) = self.comment() {
                return Some(comment);
            }
            let c = self.rest().chars().next()?;
            self.step(c);
        }
    }

    /// Steps over a comment, if one begins here.
    fn comment(&mut self) -> Option<Range<usize>> {
        let (rest, from) = (self.rest(), self.at);
        if rest.starts_with('#') || rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            // `/*/` does not end itself.
            self.at += rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |end| end + 4);
        } else {
            return None;
        }
        Some(from..self.at)
    }

    /// Steps over `c`, or the whole text that begins with it.
    fn step(&mut self, c: char) {
        match c {
            '"' => self.quoted(),
            '<' if self.rest().starts_with("<<") => self.heredoc(),
            _ => self.at += c.len_utf8(),
        }
    }

    /// Steps over a text in quotes, and what is put into it: `"a ${f("b")} c"`. Terraform has none over several lines; the parser
    /// reads them all the same.
    fn quoted(&mut self) {
        self.at += 1;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => self.at += 1 + self.rest().chars().nth(1).map_or(0, char::len_utf8),
                _ => self.literal(c),
            }
        }
    }

    /// Steps over a character of a text, or over what is put in there: `${…}` or `%{…}`.
    fn literal(&mut self, c: char) {
        let rest = self.rest();
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            self.at += 3;
        } else if rest.starts_with("${") || rest.starts_with("%{") {
            self.at += 2;
            self.inserted();
        } else {
            self.at += c.len_utf8();
        }
    }

    /// Steps over what is put into a text, up to its bracket. It may go over several lines, and hold texts and comments of its own.
    fn inserted(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.at = self.text.len();
        }
        let mut open = 1_usize;
        while let Some(c) = self.rest().chars().next().filter(|_| open > 0) {
            if self.comment().is_some() {
                continue;
            }
            match c {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            self.step(c);
        }
        self.depth -= 1;
    }

    /// Steps over `<<EOT` up to the line that ends it, and over what is put into it.
    fn heredoc(&mut self) {
        let rest = self.rest();
        let head = rest.split_once('\n').map_or(rest, |(head, _)| head);
        let name = head.trim_start_matches('<').trim_start_matches('-').trim();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_name {
            self.at += 2;
            return;
        }
        self.at += (head.len() + 1).min(rest.len());
        let mut is_new = true;
        while let Some(c) = self.rest().chars().next() {
            if is_new {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                if line.trim() == name {
                    self.at += line.len();
                    return;
                }
            }
            is_new = c == '\n';
            self.literal(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the comments of a text say. Whatever is taken for one is none to the parser either: it makes no difference there.
    fn said(text: &str) -> Vec<String> {
        let body = hcl_edit::parser::parse_body(text).ok();
        let found = read(text, body.as_ref().unwrap_or(&Body::new())).said;
        for comment in &found {
            let (before, behind) = text.split_at(comment.at);
            let without = format!("{before}{}", behind.replacen(MARK, "planwise-ignore", 1));
            assert_eq!(hcl_edit::parser::parse_body(&without).ok(), body, "{text}");
        }
        found.into_iter().map(|comment| comment.text).collect()
    }

    #[test]
    fn comments_of_every_kind_are_read() {
        assert_eq!(said("# planwise:ignore a b\n"), ["a b"]);
        assert_eq!(said("x = 1 // planwise:ignore a b"), ["a b"]);
        assert_eq!(said("#planwise:ignore a b\r\nx = 1\r\n"), ["a b"]);
        assert_eq!(said("/* planwise:ignore a b */"), ["a b"]);
        assert_eq!(said("/*\n * planwise:ignore a b\n * planwise:ignore c d\n */"), ["a b", "c d"]);
        assert_eq!(said("/** planwise:ignore a b */"), ["a b"]);
        assert_eq!(said("/*\r\n planwise:ignore a b\r\n*/\r\n"), ["a b"]);
        assert_eq!(said("# planwise:ignore\n"), [""]);
        assert_eq!(said("# planwise:ignored a\n# see planwise:ignore\n"), Vec::<String>::new());
    }

    #[test]
    fn what_is_commented_out_says_nothing() {
        for text in [
            "#   # planwise:ignore a b\n",
            "## planwise:ignore a b\n",
            "//# planwise:ignore a b\n",
            "# // planwise:ignore a b\n",
            "# /* planwise:ignore a b */\n",
            "# resource \"x\" \"y\" { # planwise:ignore a b\n",
            "/*\n# planwise:ignore a b\nresource \"x\" \"y\" {}\n*/",
            "/*\n * // planwise:ignore a b\n*/",
            "/*\n ** planwise:ignore a b\n*/",
            "/*/ planwise:ignore a b */",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn texts_are_no_comments() {
        assert_eq!(said("x = \"# planwise:ignore a b\""), Vec::<String>::new());
        assert_eq!(said("x = \"${f(\"}\")} # planwise:ignore a\"\n# planwise:ignore b c"), ["b c"]);
        assert_eq!(said("x = <<-EOT\n  # planwise:ignore a\n  EOT\n# planwise:ignore b c"), ["b c"]);
        assert_eq!(said("x = 1 << 2 # planwise:ignore b c"), ["b c"]);
        assert_eq!(said("x = \"$${a # planwise:ignore b\" # planwise:ignore b c"), ["b c"]);
    }

    #[test]
    fn what_is_put_into_a_text_may_go_over_lines() {
        let end = "\n# planwise:ignore b c\n";
        for text in [
            "x = \"${f(\n\"a\")} # planwise:ignore a b\"",
            "x = \"${f({\n a = 1 })}\n# planwise:ignore a b\"",
            "x = \"${f(\"}\", # a }\n\"b\")} # planwise:ignore a b\"",
            "x = \"${f( /* } */\n\"b\")} # planwise:ignore a b\"",
            "x = \"${f(\n# planwise:ignore a b\n1)}\"",
            "x = \"${f(<<EOT\n } # planwise:ignore a b\nEOT\n)} # planwise:ignore a b\"",
            "x = <<EOT\n%{ if f(\"}\")\n}\n# planwise:ignore a b\n%{ endif }\nEOT",
            "x = <<EOT\n%{ if a ~}\n# planwise:ignore a b\n%{ else }\n// planwise:ignore a b\n%{ endif }\nEOT",
            "x = <<EOT\n${f(\"a\",\n\"\nEOT\n# planwise:ignore a b\n\")}\nEOT",
            "x = <<EOT\n${f(<<IN\nEOT\nIN\n)}\n# planwise:ignore a b\nEOT",
            "x = <<EOT\n$${ # planwise:ignore a b\n%%{ }\nEOT",
            "x = <<EOT\n\" # planwise:ignore a b\nEOT",
        ] {
            assert!(!said(&format!("{text}{end}")).contains(&"a b".to_owned()), "{text}");
        }
        let text = "x = \"${f(\n\"a\")} # planwise:ignore a b\" # planwise:ignore c d\n";
        assert_eq!(said(&format!("{text}{end}")), ["c d", "b c"]);
        assert_eq!(said(&format!("x = \"\n# planwise:ignore a b\n\"{end}")), ["b c"]);
        // Terraform ends these earlier than the parser does.
        for text in ["x = <<EOT\nEOT\n# planwise:ignore a b\nEOT", "x = <<EOT\n EOT\n# planwise:ignore a b\nEOT"] {
            assert_eq!(said(&format!("{text}{end}")), ["b c"], "{text}");
        }
        // Nobody nests like this but to do harm.
        assert_eq!(said(&format!("{}{end}", "\"${".repeat(200_000))), Vec::<String>::new());
    }

    #[test]
    fn what_stands_above_ends_at_the_first_other_line() {
        let above = |text: &str| {
            above(
                text,
                &read(&format!("{text}\n# planwise:ignore a b"), &Body::new()).all,
                text.find("resource").unwrap(),
            )
        };
        assert_eq!(above("a {}\n\n# one\n// two\nresource"), 6);
        assert_eq!(above("resource"), 0);
        assert_eq!(above("# one\nresource"), 0);
        assert_eq!(above("# one\r\n  # two\r\n  resource"), 0);
        assert_eq!(above("a {}\n/* one\n two */\nresource"), 5);
        assert_eq!(above("a {} # one\nresource"), 11);
        assert_eq!(above("a {} /* one\n two */\nresource"), 20);
        assert_eq!(above("x = <<EOT\n# one\nEOT\nresource"), 20);
        assert_eq!(above("# one\n \t\nresource"), 9);
    }
}
