//! Markdown and AsciiDoc, as far as headings, code and front matter go.

use super::decision::Section;

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// Keys of the front matter, or attributes of an AsciiDoc header, with their lines.
    pub(super) front: Vec<(String, String, usize)>,
    /// The sections; what stands before the first heading is one of level 0.
    pub(super) sections: Vec<Section>,
    /// What stands in code between backticks or plus signs.
    pub(super) names: Vec<String>,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Language {
    Markdown,
    AsciiDoc,
}

impl Language {
    /// By the ending of a file.
    pub(super) fn of(path: &str) -> Self {
        let ending = path.rsplit('.').next().unwrap_or_default();
        if ["adoc", "asciidoc", "asc"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            Self::AsciiDoc
        } else {
            Self::Markdown
        }
    }

    /// Whether a line fences code, and by what.
    fn fence(self, line: &str) -> Option<&str> {
        let line = line.trim_start();
        let run = |c: char| line.find(|other| other != c).unwrap_or(line.len());
        let marks: &[char] = match self {
            Self::Markdown => &['`', '~'],
            // Listings, literal blocks, passthroughs, comments; Markdown's fences are read as well.
            Self::AsciiDoc => &['-', '.', '+', '/', '`'],
        };
        marks.iter().find_map(|mark| {
            let length = run(*mark);
            let least = if *mark == '`' || *mark == '~' { 3 } else { 4 };
            let whole = length == line.trim_end().len();
            // In AsciiDoc a fence stands alone; Markdown names the language behind it.
            let fits = length >= least && (whole || *mark == '`' || *mark == '~');
            fits.then(|| line.get(..length)).flatten()
        })
    }

    /// A heading: how deep it is, and its text.
    fn heading(self, line: &str) -> Option<(usize, &str)> {
        let mark = if self == Self::AsciiDoc { '=' } else { '#' };
        let indent = line.len() - line.trim_start().len();
        let line = line.trim_start();
        let level = line.find(|c| c != mark).unwrap_or(0);
        let title = line.get(level..)?;
        let is_heading = (1..=6).contains(&level) && title.starts_with([' ', '\t']) && indent < 4;
        is_heading.then(|| (level, title.trim().trim_end_matches(mark).trim()))
    }
}

/// Takes `text` apart.
pub(super) fn read(text: &str, language: Language) -> Markup {
    let mut markup = Markup {
        sections: vec![Section { level: 0, title: String::new(), line: 1, lines: Vec::new() }],
        ..Markup::default()
    };
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line)).peekable();
    if lines.peek().is_some_and(|(_, line)| line.trim_end() == "---") && language == Language::Markdown {
        lines.next();
        for (number, line) in lines.by_ref() {
            if line.trim_end() == "---" {
                break;
            }
            if let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '-', '#'])) {
                let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
                markup.front.push((key.trim().to_ascii_lowercase(), value.to_owned(), number));
            }
        }
    }
    let mut fence: Option<String> = None;
    let mut comment = false;
    let mut last: Option<(usize, String)> = None;
    for (number, line) in lines {
        if let Some(open) = &fence {
            let closes =
                language.fence(line).is_some_and(|mark| mark.starts_with(open.as_str()) && mark == line.trim());
            if closes {
                fence = None;
            }
            continue;
        }
        // Guidance of templates stands in comments.
        let line = without_comments(line, &mut comment);
        if let Some(mark) = language.fence(&line) {
            fence = Some(mark.to_owned());
            last = None;
            continue;
        }
        if language == Language::AsciiDoc && line.starts_with("//") {
            continue;
        }
        if let Some((key, value)) =
            attribute(&line).filter(|_| language == Language::AsciiDoc && markup.sections.len() < 3)
        {
            markup.front.push((key, value, number));
            continue;
        }
        // A line of `=` or `-` below a text makes a heading of it.
        let under = language == Language::Markdown
            && line.len() > 2
            && (line.trim_end().chars().all(|c| c == '=') || line.trim_end().chars().all(|c| c == '-'));
        if let (true, Some((at, title))) = (under, last.take()) {
            if let Some(section) = markup.sections.last_mut() {
                section.lines.pop();
            }
            let level = if line.starts_with('=') { 1 } else { 2 };
            markup.sections.push(Section { level, title, line: at, lines: Vec::new() });
            continue;
        }
        if let Some((level, title)) = language.heading(&line) {
            markup.sections.push(Section { level, title: title.to_owned(), line: number, lines: Vec::new() });
            last = None;
            continue;
        }
        inline(&line, &mut markup.names);
        let plain = !line.trim().is_empty() && !line.starts_with([' ', '-', '*', '|', '>', '#']);
        last = plain.then(|| (number, line.trim().to_owned()));
        if let Some(section) = markup.sections.last_mut() {
            section.lines.push((number, line));
        }
    }
    markup
}

/// `:status: accepted`
fn attribute(line: &str) -> Option<(String, String)> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_name.then(|| (key.to_ascii_lowercase(), value.trim().to_owned()))
}

/// A line without what is commented out; `inside` says whether a comment is open.
fn without_comments(line: &str, inside: &mut bool) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let mark = if *inside { "-->" } else { "<!--" };
        let Some(at) = rest.find(mark) else {
            if !*inside {
                plain.push_str(rest);
            }
            return plain;
        };
        if !*inside {
            plain.push_str(rest.get(..at).unwrap_or_default());
        }
        *inside = !*inside;
        rest = rest.get(at + mark.len()..).unwrap_or_default();
    }
}

/// What stands between backticks.
fn inline(line: &str, names: &mut Vec<String>) {
    for (at, piece) in line.split('`').enumerate() {
        if at % 2 == 1 && !piece.trim().is_empty() && piece.len() < 200 {
            names.push(piece.trim().to_owned());
        }
    }
}

impl Section {
    /// Whether its heading is one of these, whatever its case, its number and its marks.
    pub(super) fn is_called(&self, titles: &[&str]) -> bool {
        let own = plain(&self.title);
        titles.iter().any(|title| own == *title)
    }
}

/// A heading in lower case, without number, emphasis and colon.
pub(super) fn plain(title: &str) -> String {
    let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')' || c.is_whitespace());
    let title: String = title.chars().filter(|c| !['*', '_', '`', ':'].contains(c)).collect();
    title.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str, language: Language) -> Vec<(usize, String, usize)> {
        read(text, language)
            .sections
            .into_iter()
            .skip(1)
            .map(|section| (section.level, section.title, section.line))
            .collect()
    }

    #[test]
    fn headings_outside_code() {
        let text = "---\nstatus: \"accepted\" # now\ndate: 2026-01-02\n---\n\n# Title #\n\n```markdown\n## Performance Impact\n```\n~~~~\n```\n## no\n~~~~\n<!-- ## neither\n## nor -->\n## One ##\nText\n  ## Two\n    ## code\nUnder\n-----\n";
        let expected = [(1, "Title", 6), (2, "One", 17), (2, "Two", 19), (2, "Under", 21)];
        let found = titles(text, Language::Markdown);
        assert_eq!(found, expected.map(|(level, title, line)| (level, title.to_owned(), line)));
        assert_eq!(read(text, Language::Markdown).front[0], ("status".to_owned(), "accepted".to_owned(), 2));
        let text = "= Title\n:status: accepted\n\n// == no\n----\n== neither\n----\n[source]\n....\n== nor\n....\n== One\n=== Two\n";
        let expected = [(1, "Title", 1), (2, "One", 12), (3, "Two", 13)];
        assert_eq!(
            titles(text, Language::AsciiDoc),
            expected.map(|(level, title, line)| (level, title.to_owned(), line))
        );
        assert_eq!(read(text, Language::AsciiDoc).front[0].1, "accepted");
        assert_eq!(plain("2.1 **Performance** Impact:"), "performance impact");
    }
}
