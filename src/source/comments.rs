//! Comments that say what planwise shall not tell: `# planwise:ignore shared-nat one zone is enough here until=2027-03-31`.

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

/// The comments of a file that say so. A text of the configuration, such as a script, is no comment.
pub(super) fn ignored(text: &str) -> Vec<Comment> {
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut lexer = Lexer { text, at: 0 };
    while let Some((at, comment)) = lexer.comment() {
        let mut from = at;
        for line in comment.split_inclusive('\n') {
            let plain = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '/' | '*'));
            if let Some(said) =
                plain.strip_prefix(MARK).filter(|said| said.is_empty() || said.starts_with(char::is_whitespace))
            {
                let text = said.trim().trim_end_matches("*/").trim().to_owned();
                found.push(Comment { at: from, text });
            }
            from += line.len();
        }
    }
    found
}

/// The bytes of all comments of a text.
pub(super) fn spans(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut lexer = Lexer { text, at: 0 };
    std::iter::from_fn(|| lexer.comment().map(|(at, comment)| at..at + comment.len())).collect()
}

/// Where the lines of comments begin that stand right above the line that holds the byte `at`.
pub(super) fn above(text: &str, at: usize) -> usize {
    let start = |end: usize| text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut first = start(at);
    while first > 0 {
        let before = start(first - 1);
        let line = text.get(before..first).unwrap_or_default().trim();
        let is_comment =
            line.starts_with('#') || line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
        if !is_comment {
            break;
        }
        first = before;
    }
    first
}

/// Goes through a file, and knows a comment from a text.
struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next comment, and where it begins.
    fn comment(&mut self) -> Option<(usize, &'t str)> {
        loop {
            let rest = self.rest();
            let c = rest.chars().next()?;
            let from = self.at;
            if c == '#' || rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
                return Some((from, self.text.get(from..self.at).unwrap_or_default()));
            }
            if rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
                return Some((from, self.text.get(from..self.at).unwrap_or_default()));
            }
            match c {
                '"' => self.quoted(),
                '<' if rest.starts_with("<<") => self.heredoc(),
                _ => self.at += c.len_utf8(),
            }
        }
    }

    /// Steps over a text in quotes, and what is put into it: `"a ${f("b")} c"`.
    fn quoted(&mut self) {
        self.at += 1;
        while let Some(c) = self.rest().chars().next() {
            let rest = self.rest();
            match c {
                '"' => {
                    self.at += 1;
                    return;
                }
                // Terraform has no text over several lines: the file is broken here, and the next line begins anew.
                '\n' => return,
                '\\' => self.at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
                '$' | '%' if rest.starts_with("$${") || rest.starts_with("%%{") => self.at += 3,
                '$' | '%' if rest.get(1..).is_some_and(|next| next.starts_with('{')) => {
                    self.at += 2;
                    self.inserted();
                }
                _ => self.at += c.len_utf8(),
            }
        }
    }

    /// Steps over what is put into a text, up to its bracket.
    fn inserted(&mut self) {
        let mut depth = 1_usize;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '"' => {
                    self.quoted();
                    continue;
                }
                '{' => depth += 1,
                '}' => depth -= 1,
                '\n' => return,
                _ => {}
            }
            self.at += c.len_utf8();
            if depth == 0 {
                return;
            }
        }
    }

    /// Steps over `<<EOT` up to the line that ends it.
    fn heredoc(&mut self) {
        let rest = self.rest();
        let (head, body) = rest.split_once('\n').unwrap_or((rest, ""));
        let name = head.trim_start_matches('<').trim_start_matches('-').trim();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_name {
            self.at += 2;
            return;
        }
        self.at += (head.len() + 1).min(rest.len());
        for line in body.split_inclusive('\n') {
            self.at += line.len();
            if line.trim() == name {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        ignored(text).into_iter().map(|comment| comment.text).collect()
    }

    #[test]
    fn comments_of_every_kind_are_read() {
        assert_eq!(said("# planwise:ignore a b\n"), ["a b"]);
        assert_eq!(said("x = 1 // planwise:ignore a b"), ["a b"]);
        assert_eq!(said("#planwise:ignore a b\r\nx"), ["a b"]);
        assert_eq!(said("/* planwise:ignore a b */"), ["a b"]);
        assert_eq!(said("/*\n * planwise:ignore a b\n * planwise:ignore c d\n */"), ["a b", "c d"]);
        assert_eq!(said("# planwise:ignore\n"), [""]);
        assert_eq!(said("# planwise:ignored a\n# see planwise:ignore\n"), Vec::<String>::new());
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
    fn what_stands_above_ends_at_the_first_other_line() {
        let text = "a {}\n\n# one\n// two\nresource";
        assert_eq!(above(text, text.len() - 3), 6);
        assert_eq!(above("resource", 4), 0);
        assert_eq!(above("# one\nresource", 8), 0);
    }
}
