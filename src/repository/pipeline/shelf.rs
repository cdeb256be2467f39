//! Files that a pipeline names: its scripts, its templates.

use std::collections::BTreeMap;

/// Gives the text of a file, by its path from the root of the repository on.
pub trait Files {
    /// The text, where there is such a file and it can be read.
    fn text(&mut self, path: &str) -> Option<String>;
}

/// Remembers what was read: a script may be run by many.
pub(super) struct Shelf<'f> {
    files: &'f mut dyn Files,
    read: BTreeMap<String, Option<String>>,
}

impl<'f> Shelf<'f> {
    pub(super) fn new(files: &'f mut dyn Files) -> Self {
        Self { files, read: BTreeMap::new() }
    }

    /// The text of a file, and its path from the root on; `folder` is the one from which it is named.
    pub(super) fn text(&mut self, folder: &str, name: &str) -> Option<(String, String)> {
        let path = resolved(folder, name)?;
        let Self { files, read } = self;
        let text = read.entry(path.clone()).or_insert_with(|| files.text(&path));
        text.clone().map(|text| (path, text))
    }
}

/// A path from the root on, without steps up and in place; nothing for what leads outside or is known only when it runs.
pub(super) fn resolved(folder: &str, name: &str) -> Option<String> {
    if name.contains(['$', '*', '%', '~', '\n']) || name.is_empty() {
        return None;
    }
    let mut steps: Vec<&str> = Vec::new();
    let from = if name.starts_with('/') { "" } else { folder };
    if from.contains(['$', '*', '~']) {
        return None;
    }
    for step in from.split('/').chain(name.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

#[cfg(test)]
pub(super) struct Made<'m>(pub(super) &'m [(&'m str, &'m str)]);

#[cfg(test)]
impl Files for Made<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let is = |folder, name| resolved(folder, name);
        assert_eq!(is("a/b", "../c.js").as_deref(), Some("a/c.js"));
        assert_eq!(is("", "./x.js").as_deref(), Some("x.js"));
        assert_eq!(is("a", "/x.js").as_deref(), Some("x.js"));
        assert_eq!(is("a", "../../x.js"), None);
        assert_eq!(is("", "$DIR/x.js"), None);
        assert_eq!((is("$DIR", "x.js"), is("$DIR", "/x.js").as_deref()), (None, Some("x.js")));
        assert_eq!(is("", "tests/*.js"), None);
    }
}
