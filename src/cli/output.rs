//! Where reports go.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{Colour, Format, Output};
use super::commands::{CliError, WriteProblem};
use crate::report::{self, Report, Style};

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {}\n  hint: {hint}", path.display(), source.kind())]
pub(super) struct WriteError {
    path: PathBuf,
    source: io::Error,
    hint: &'static str,
}

/// Writes `content` to `path`, whole or not at all, and never over what is there.
pub(super) fn write_new(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let file = prepared(path, content)?;
    let hint = "is it there already?";
    file.persist_noclobber(path).map_err(|error| WriteError { path: path.to_path_buf(), source: error.error, hint })?;
    Ok(())
}

/// Why nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum Clash {
    /// A file is read in the same run.
    #[error("{0} is read in this run, and would be written over\n  hint: write to another file")]
    Read(String),
    /// Two reports would go to one file.
    #[error("two reports would be written to {0}, and one would be lost\n  hint: give each a file of its own")]
    Twice(String),
    /// A file holds a configuration, or values of its variables.
    #[error("{0} is a file of a Terraform configuration, and would be written over\n  hint: write to another file")]
    Configuration(String),
    /// The name of standard input and output.
    #[error("- names no file to write to\n  hint: /dev/stdout prints it; a file of that name is ./-")]
    Dash,
}

/// The files that reports are to be written to.
pub(super) fn files<F>(outputs: &[Output<F>]) -> Vec<PathBuf> {
    outputs.iter().map(|output| output.file.clone()).collect()
}

/// Refuses what would be lost if each of `written` was written, before anything is.
///
/// # Errors
/// When one of them is named twice, or is among what is `read`, by whatever path.
pub(super) fn clash(written: &[PathBuf], read: &[PathBuf]) -> Result<(), Clash> {
    let dash = Path::new("-");
    let read: Vec<PathBuf> = read.iter().filter(|path| *path != dash).filter_map(|path| end_of(path)).collect();
    let mut ends: Vec<PathBuf> = Vec::new();
    for path in written {
        if path == dash {
            return Err(Clash::Dash);
        }
        let Some(end) = end_of(path) else { continue };
        if read.contains(&end) {
            return Err(Clash::Read(path.display().to_string()));
        }
        let name = end.file_name().map(std::ffi::OsStr::to_string_lossy).unwrap_or_default();
        if end.exists() && crate::source::is_input_of_terraform(&name) {
            return Err(Clash::Configuration(path.display().to_string()));
        }
        if ends.contains(&end) {
            return Err(Clash::Twice(path.display().to_string()));
        }
        ends.push(end);
    }
    Ok(())
}

/// A whole path from the repository's `root` on, or from the working directory, where the file lies in one of them: where else things
/// lie on this machine says nothing elsewhere. Nothing for other paths.
pub(super) fn near(path: &str, root: Option<&Path>) -> Option<String> {
    if !Path::new(path).is_absolute() {
        return None;
    }
    let here = std::env::current_dir().ok();
    let folders = root.into_iter().chain(here.as_deref());
    let inside = |folder: &Path, path: &Path| path.strip_prefix(folder).ok().map(Path::to_path_buf);
    let found = folders.into_iter().find_map(|folder| {
        let by_name = inside(folder, Path::new(path));
        // By whatever links either is named.
        by_name.or_else(|| inside(&fs::canonicalize(folder).ok()?, &fs::canonicalize(path).ok()?))
    });
    found.filter(|path| !path.as_os_str().is_empty()).map(|path| path.display().to_string())
}

/// The file that a path leads to, by the one path that all others lead to as well. Nothing for a pipe or a device, which holds
/// nothing that could be lost.
fn end_of(path: &Path) -> Option<PathBuf> {
    let end = followed(path).ok()?;
    let is_stream = end.starts_with("/proc") || end.starts_with("/dev/fd");
    if is_stream || fs::metadata(&end).is_ok_and(|there| !there.is_file()) {
        return None;
    }
    if let Ok(end) = fs::canonicalize(&end) {
        return Some(end);
    }
    // It is not there yet, and its folder may not be.
    let folder = end.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok()?;
    Some(folder.join(end.file_name()?))
}

/// Links that are followed to a file, before they are taken for a ring.
const MOST_LINKS: usize = 40;

/// Writes `content` to `path`, whole or not at all. A link stays a link: what it leads to is written. A pipe or a device, such as
/// `/dev/stdout`, is written to and not replaced.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let failed = |source, hint| WriteError { path: path.to_path_buf(), source, hint };
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(content));
        return written.map_err(|source| failed(source, "may it be written to?"));
    }
    let end = followed(path).map_err(|source| failed(source, "do its links lead to a file?"))?;
    // What a stream of this process is redirected to holds what was written before.
    if end.starts_with("/proc") || end.starts_with("/dev/fd") {
        let written = match end.file_name().and_then(|name| name.to_str()) {
            // The stream itself knows how far it has been written.
            Some("1") => io::stdout().write_all(content).and_then(|()| io::stdout().flush()),
            Some("2") => io::stderr().write_all(content),
            _ => fs::OpenOptions::new().append(true).open(&end).and_then(|mut file| file.write_all(content)),
        };
        return written.map_err(|source| failed(source, "may it be written to?"));
    }
    let file = prepared(&end, content)?;
    file.persist(&end).map_err(|error| failed(error.error, "may the file be replaced?"))?;
    Ok(())
}

/// What `path` leads to, link by link, also where nothing is there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut end = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let is_stream = end.starts_with("/proc") || end.starts_with("/dev/fd");
        if is_stream || !fs::symlink_metadata(&end).is_ok_and(|there| there.is_symlink()) {
            return Ok(end);
        }
        let target = fs::read_link(&end)?;
        // A link's target is told from where the link stands.
        end = end.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    Err(io::ErrorKind::InvalidInput.into())
}

/// Makes `folder` where it is missing, and writes `content` to `path` in it, whole or not at all.
pub(super) fn write_into(folder: &Path, path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let hint = "is there a file in its place, or may no folder be made there?";
    fs::create_dir_all(folder).map_err(|source| WriteError { path: folder.to_path_buf(), source, hint })?;
    write_whole(path, content)
}

/// A file beside `path` that holds `content`, and can take its place.
fn prepared(path: &Path, content: &[u8]) -> Result<tempfile::NamedTempFile, WriteError> {
    let failed = |source, hint| WriteError { path: path.to_path_buf(), source, hint };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .map_err(|source| failed(source, "the folder must exist and be writable"))?;
    file.write_all(content).map_err(|source| failed(source, "is the disk full?"))?;
    // A temporary file is for its owner only; a report is a file like any other.
    let old = fs::metadata(path).map(|old| old.permissions()).ok();
    #[cfg(unix)]
    let old = old.or_else(|| Some(std::os::unix::fs::PermissionsExt::from_mode(0o644)));
    if let Some(mode) = old {
        file.as_file().set_permissions(mode).map_err(|source| failed(source, "may its permissions be set?"))?;
    }
    Ok(file)
}

/// Writes a report in `format`.
pub(super) fn render(report: &Report, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => report::table(report, style, out),
        Format::Json => report::json(report, out),
        Format::Markdown => report::markdown(report, out),
        Format::Sarif => report::sarif(report, out),
        Format::Junit => report::junit(report, out),
        Format::Gitlab => report::gitlab(report, out),
        Format::Sonar => report::sonar(report, out),
        Format::Rdjson => report::rdjson(report, out),
        Format::Rdjsonl => report::rdjsonl(report, out),
        Format::Github => report::github(report, out),
        Format::Azure => report::azure(report, out),
        Format::Atlantis => report::atlantis(report, out),
        Format::Conftest => report::conftest(report, out),
        Format::RunTask => report::run_task(report, out),
    }
}

/// So many bytes the summary of a step may have; of a longer one GitHub drops all.
/// Source: the runner's message, github.com/prefix-dev/rattler-build/issues/2738, read on 2026-11-30.
const LONGEST_SUMMARY: u64 = 1024 << 10;

/// Adds the report to the summary of the step, where GitHub's runner names a file for it. Says so where it does not fit.
pub(super) fn step_summary(report: &Report, out: &mut dyn Write) -> Result<(), CliError> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let mut page = Vec::new();
    report::markdown(report, &mut page)?;
    let there = fs::metadata(&path).map_or(0, |file| file.len());
    if there.saturating_add(u64::try_from(page.len()).unwrap_or(u64::MAX)) > LONGEST_SUMMARY {
        writeln!(out, "The report is not in the summary of this step, which is full.")?;
        return Ok(());
    }
    let hint = "GITHUB_STEP_SUMMARY names it: unset that, or let it be written to";
    let added = fs::OpenOptions::new().append(true).create(true).open(&path).and_then(|mut file| file.write_all(&page));
    added.map_err(|source| WriteProblem::from(WriteError { path, source, hint }))?;
    Ok(())
}

/// What `render` writes, for a file: without colours, at a fixed width.
pub(super) fn to_bytes(
    render: impl FnOnce(Style, &mut dyn Write) -> io::Result<()>,
    quiet: bool,
) -> io::Result<Vec<u8>> {
    let mut stream = anstream::StripStream::new(Vec::new());
    render(Style { width: 100, quiet }, &mut stream)?;
    Ok(stream.into_inner())
}

/// Columns to write: those of the terminal, within reason.
pub(super) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    terminal.unwrap_or(100).clamp(60, 120)
}

/// Standard output, with colours where they are wanted.
pub(super) fn stdout(colour: Colour) -> anstream::AutoStream<io::StdoutLock<'static>> {
    let choice = match colour {
        Colour::Auto => anstream::AutoStream::choice(&io::stdout()),
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    };
    anstream::AutoStream::new(io::stdout().lock(), choice)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("a")).unwrap();
        fs::write(at("plan.json"), "plan").unwrap();
        symlink(at("plan.json"), at("link.json")).unwrap();
        symlink(at("new.json"), at("dangling.json")).unwrap();
        let told = |written: &[&str]| {
            let written: Vec<PathBuf> = written.iter().map(|name| at(name)).collect();
            clash(&written, &[at("a/../plan.json"), "-".into()]).map_err(|clash| clash.to_string())
        };
        assert_eq!(told(&["new.json", "a/new.json", "other.json"]), Ok(()));
        for name in ["plan.json", "./plan.json", "a/../plan.json", "link.json"] {
            let error = told(&[name]).unwrap_err();
            assert!(error.contains("is read in this run"), "{name}: {error}");
        }
        for name in ["new.json", "a/../new.json", "dangling.json"] {
            let error = told(&["new.json", name]).unwrap_err();
            assert!(error.starts_with("two reports would be written to"), "{name}: {error}");
        }
        // What Terraform reads is not lost either, though nobody named it; what is not there yet cannot be.
        for name in ["main.tf", "x.auto.tfvars", "terraform.tfstate"] {
            assert_eq!(told(&[name]), Ok(()));
            fs::write(at(name), "x").unwrap();
            let error = told(&[name]).unwrap_err();
            assert!(error.contains("is a file of a Terraform configuration"), "{name}: {error}");
        }
        // A device holds nothing.
        assert!(clash(&["/dev/null".into(), "/dev/null".into()], &["/dev/null".into()]).is_ok());
        assert!(matches!(clash(&["-".into()], &[]), Err(Clash::Dash)));
    }

    #[test]
    fn whole_paths_begin_at_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("repo/infra")).unwrap();
        fs::write(at("repo/infra/plan.json"), "plan").unwrap();
        symlink(at("repo"), at("link")).unwrap();
        let told = |path: PathBuf| near(&path.display().to_string(), Some(&at("repo")));
        assert_eq!(told(at("repo/infra/plan.json")).as_deref(), Some("infra/plan.json"));
        assert_eq!(told(at("link/infra/plan.json")).as_deref(), Some("infra/plan.json"));
        assert_eq!(told("infra/plan.json".into()), None);
        assert_eq!(told(at("elsewhere.json")), None);
        let here = std::env::current_dir().unwrap().join("some/plan.json");
        assert_eq!(told(here).as_deref(), Some("some/plan.json"));
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("kept")).unwrap();
        fs::write(at("kept/old.json"), "old").unwrap();
        symlink("kept/old.json", at("near.json")).unwrap();
        symlink(at("near.json"), at("far.json")).unwrap();
        symlink("kept/new.json", at("dangling.json")).unwrap();
        for (link, file) in [("far.json", "kept/old.json"), ("dangling.json", "kept/new.json")] {
            write_whole(&at(link), link.as_bytes()).unwrap();
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
            assert!(fs::symlink_metadata(at(file)).unwrap().is_file(), "{link}");
            assert_eq!(fs::read_to_string(at(file)).unwrap(), link);
        }
        assert!(fs::symlink_metadata(at("near.json")).unwrap().is_symlink());
        assert!(write_new(&at("far.json"), b"new").is_err());
    }

    #[test]
    fn links_in_a_ring_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        symlink(&one, &other).unwrap();
        symlink(&other, &one).unwrap();
        let error = write_whole(&one, b"text").unwrap_err().to_string();
        assert!(error.contains("do its links lead to a file?"), "{error}");
    }

    #[test]
    fn a_pipe_is_written_to() {
        use std::io::Read as _;
        use std::os::fd::AsRawFd as _;
        let (mut reader, writer) = io::pipe().unwrap();
        let path = format!("/dev/fd/{}", writer.as_raw_fd());
        write_whole(Path::new(&path), b"text").unwrap();
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "text");
    }
}
