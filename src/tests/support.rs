//! What the tests share: files of the project, and snapshots.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cost::{Terms, Usage};
use crate::facts::Declarations;
use crate::plan::Input;
use crate::policy::Policy;
use crate::prices::Book;
use crate::report::{self, Report, Style};
use crate::repository::{Repository, Settings, Tree};
use crate::run::{self, Costing};
use crate::source::{self, Wanted};

/// A file or folder of the project.
pub(super) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What is in a folder, in order.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = read.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// All files below a folder, in order.
pub(super) fn tree(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().flat_map(|path| if path.is_dir() { tree(&path) } else { vec![path] }).collect()
}

/// A file's name without its folder and ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The plan in a file of the project, called by its path inside it so that no output depends on the machine.
pub(super) fn input(path: &str) -> Input {
    let bytes = fs::read(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Input::decode(path.to_owned(), bytes).unwrap()
}

/// The same, with the configuration that lies beside it, as a user has it.
pub(super) fn sourced(path: &str) -> Input {
    let mut input = input(path);
    let (source, notes) = source::find(&Wanted::default(), Some(&project(path)), &|text| input.says(text)).unwrap();
    (input.source, input.source_notes) = (source.map(Arc::new), notes);
    input
}

/// The built-in prices, on the day on which the expected texts were written.
pub(super) fn terms() -> Terms {
    run::terms(Book::embedded(), Usage::default(), jiff::civil::date(2026, 11, 29))
}

/// What lies beside a fixture: its folder `repo`, where it has one.
pub(super) fn repository(path: &str) -> Option<Repository> {
    let root = project(path.strip_suffix(".json")?).join("repo");
    let tree = root.is_dir().then(|| Tree::open(&root, []).unwrap())?;
    Some(Repository::read(tree, &Settings::default()))
}

/// The report on a plan of the project, as `planwise check` makes it.
pub(super) fn check(path: &str) -> Report {
    let terms = terms();
    let costing = Costing { terms: &terms, said: &[] };
    let inputs = vec![input(path)];
    let repository = repository(path);
    let policy = Policy { as_of: Some(jiff::civil::date(2026, 11, 29)), ..Policy::default() };
    let beside = run::Beside { costing: Some(&costing), repository: repository.as_ref(), pictures: false };
    let mut report = run::check_beside(inputs, &policy, &Declarations::default(), beside).unwrap();
    report.fail_on = Some(crate::finding::Severity::High);
    report
}

/// A report as a terminal shows it, without colours.
pub(super) fn table(report: &Report) -> String {
    let mut stream = anstream::StripStream::new(Vec::new());
    report::table(report, Style { width: 100, quiet: false }, &mut stream).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

/// What a renderer writes.
pub(super) fn written(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut text = Vec::new();
    render(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// What `run` gives where so many threads work.
pub(super) fn on_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
}

/// Compares with the snapshot `folder/name`.
pub(super) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Writes `text` to a file of the project where it differs; says whether it did. In CI a difference is a failure, and so
/// it is anywhere: whoever runs the tests commits what they wrote.
pub(super) fn rewrite(path: &Path, text: &str) -> bool {
    let same = fs::read_to_string(path).is_ok_and(|old| old == text);
    if !same {
        fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    !same
}

/// Says on the terminal that something was not tested; the harness hides what `eprintln!` writes.
pub(super) fn skip(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}
