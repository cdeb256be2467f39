//! The binary plan: a zip file that holds every file of the configuration, exactly as it was planned.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;
use zip::ZipArchive;

use super::error::SourceError;
use super::names;
use super::tree::{Files, Shelf};

/// No configuration has more files than this, none of them is longer, and all together are not.
pub(super) const MOST_FILES: usize = 10_000;
pub(super) const LONGEST_FILE: u64 = 2 << 20;
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// The list of modules, as Terraform writes it into a plan and beside a configuration.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Record {
    #[serde(default)]
    pub(super) key: String,
    #[serde(default)]
    pub(super) dir: String,
}

const LIST: &str = "tfconfig/modules.json";
const AGAIN: &str =
    "name the file that `terraform plan -out tfplan` wrote, or the folder of the configuration with --source";

/// The modules in a binary plan.
pub(super) struct Archive {
    /// By the key of the module.
    modules: BTreeMap<String, Files>,
    /// When the plan was made, spelled as in its JSON.
    pub(super) made: Option<String>,
}

impl Archive {
    /// Opens the file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        let io = |error: &io::Error| SourceError::Io { name: name.clone(), kind: error.kind() };
        let mut file = File::open(path).map_err(|error| io(&error))?;
        let mut head = Vec::new();
        (&mut file).take(4096).read_to_end(&mut head).map_err(|error| io(&error))?;
        if !head.starts_with(b"PK\x03\x04") {
            let (what, hint) = described(&head);
            return Err(SourceError::NotAPlan { name, what, hint });
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| io(&error))?;
        Self::read(file, &name)
    }

    /// The files of the root module.
    pub(super) fn root_files(&self) -> &[(String, Vec<u8>)] {
        self.modules.get("").map_or(&[], |root| &root.files)
    }

    fn read(file: impl Read + Seek, name: &str) -> Result<Self, SourceError> {
        let broken = |what| SourceError::NotAPlan { name: name.to_owned(), what, hint: AGAIN };
        let too_large = |what| SourceError::TooLarge { name: name.to_owned(), what };
        let mut archive = ZipArchive::new(file).map_err(|_| broken("it is a broken zip file"))?;
        if archive.len() > MOST_FILES {
            return Err(too_large("it holds too many files"));
        }
        let records = archive.by_name(LIST).map_err(|_| broken("it is a zip file without a configuration"))?;
        let mut text = Vec::new();
        records.take(LONGEST_FILE).read_to_end(&mut text).map_err(|_| broken("it is a broken zip file"))?;
        let records: Vec<Record> =
            serde_json::from_slice(&text).map_err(|_| broken("its list of modules cannot be read"))?;
        let mut modules: BTreeMap<String, Files> = records
            .into_iter()
            .map(|record| (record.key, Files { folder: folder_of(&record.dir), files: Vec::new() }))
            .collect();
        let made = archive.by_name("tfplan").ok().and_then(|entry| made(&mut io::BufReader::new(entry)));
        let mut left = MOST_BYTES;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|_| broken("it is a broken zip file"))?;
            let Some((key, file)) = entry.name().ok().and_then(|name| place(&name)) else { continue };
            let Some(module) = modules.get_mut(&key) else { continue };
            // Its header may say less than there is.
            let mut bytes = Vec::new();
            let most = LONGEST_FILE.min(left);
            entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| broken("it is a broken zip file"))?;
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            if length > most {
                return Err(too_large("a file in it is too long, or all together are"));
            }
            left -= length;
            module.files.push((file, bytes));
        }
        Ok(Self { modules, made })
    }
}

/// When a plan was made: what `timestamp` in its JSON says. Nothing where that is not found, as in plans of older versions.
///
/// Source: hashicorp/terraform, `internal/plans/planproto/planfile.proto`: `string timestamp = 21` of `message Plan`, since 1.5;
/// read off plans of 1.11.4, 2026-11-30.
fn made(plan: &mut impl BufRead) -> Option<String> {
    const TIMESTAMP: u64 = 21;
    const LONGEST: u64 = 40;
    loop {
        let tag = varint(plan)?;
        let length = match tag & 7 {
            0 => {
                varint(plan)?;
                continue;
            }
            1 => 8,
            2 => varint(plan)?,
            5 => 4,
            _ => return None,
        };
        let mut field = plan.by_ref().take(length);
        if tag == (TIMESTAMP << 3 | 2) && length <= LONGEST {
            let mut text = String::new();
            field.read_to_string(&mut text).ok()?;
            return Some(text).filter(|text| text.ends_with('Z') && text.starts_with(|c: char| c.is_ascii_digit()));
        }
        if io::copy(&mut field, &mut io::sink()).ok()? < length {
            return None;
        }
    }
}

/// A number as protocol buffers write it: seven bits a byte, the lowest first.
fn varint(plan: &mut impl BufRead) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let mut byte = [0];
        plan.read_exact(&mut byte).ok()?;
        let [byte] = byte;
        number |= u64::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

impl Shelf for Archive {
    fn root(&mut self) -> Result<Files, SourceError> {
        Ok(self.modules.remove("").unwrap_or(Files { folder: ".".to_owned(), files: Vec::new() }))
    }

    fn child(&mut self, key: &str, _: &str, _: &str) -> Result<Option<Files>, SourceError> {
        Ok(self.modules.remove(key))
    }
}

/// The module and the name of a file of the configuration. Names lead nowhere: nothing is ever unpacked.
fn place(entry: &str) -> Option<(String, String)> {
    let (key, file) = entry.strip_prefix("tfconfig/m-")?.rsplit_once('/')?;
    let is_plain = !file.contains(['\\', '\0']);
    (is_plain && names::is_configuration(file)).then(|| (key.to_owned(), file.to_owned()))
}

/// A module's folder as `path.module` gives it.
fn folder_of(dir: &str) -> String {
    if dir.is_empty() { ".".to_owned() } else { dir.trim_end_matches('/').replace('\\', "/") }
}

/// What a file is that is no zip file.
fn described(head: &[u8]) -> (&'static str, &'static str) {
    let text = String::from_utf8_lossy(head);
    let has = |key: &str| text.contains(key);
    if text.trim_start().starts_with('{') {
        if has("\"encrypted_data\"") || has("\"encryption_version\"") {
            return (
                "it is a plan that OpenTofu has encrypted",
                "name the folder of the configuration with --source instead",
            );
        }
        if has("\"remote_plan_format\"") {
            return (
                "it is a bookmark of a plan that was made elsewhere (HCP Terraform)",
                "name the folder of the configuration with --source instead",
            );
        }
        return ("it is JSON", "the JSON goes in front: planwise check plan.json --planfile tfplan");
    }
    if head.is_empty() { ("it is empty", AGAIN) } else { ("it is no zip file", AGAIN) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(files: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        let mut all = writer.finish().unwrap();
        all.set_position(0);
        all
    }

    const MODULES: &[u8] = br#"[{"Key":"","Dir":"."},{"Key":"a.b","Source":"./b","Dir":"modules/b"}]"#;

    #[test]
    fn every_module_has_its_files() {
        let files: &[(&str, &[u8])] = &[
            (LIST, MODULES),
            ("tfconfig/m-/main.tf", b"x"),
            ("tfconfig/m-/notes.md", b"x"),
            ("tfconfig/m-a.b/main.tf", b"y"),
            ("tfconfig/m-stranger/main.tf", b"z"),
            ("tfconfig/m-/../../etc/main.tf", b"w"),
            // A number, a text that is stepped over, and the time.
            ("tfplan", b"\x08\x03\x72\x061.11.4\xaa\x01\x142026-11-30T10:07:13Z\xd0\x01\x01"),
        ];
        let mut archive = Archive::read(zipped(files), "tfplan").unwrap();
        assert_eq!(archive.made.as_deref(), Some("2026-11-30T10:07:13Z"));
        assert_eq!(archive.root().unwrap().files, [("main.tf".to_owned(), b"x".to_vec())]);
        let child = archive.child("a.b", "", "").unwrap().unwrap();
        assert_eq!((child.folder.as_str(), child.files.len()), ("modules/b", 1));
        assert!(archive.child("stranger", "", "").unwrap().is_none());
    }

    #[test]
    fn what_does_not_say_when_it_was_made_is_of_any_time() {
        for plan in [
            &b""[..],
            b"binary",
            b"\x08\x03",
            b"\xaa\x01\x14short",
            b"\xaa\x01\x05hello",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        ] {
            assert_eq!(made(&mut &plan[..]), None, "{plan:?}");
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b'\n'; usize::try_from(LONGEST_FILE).unwrap() + 1];
        let bomb = Archive::read(zipped(&[(LIST, MODULES), ("tfconfig/m-/main.tf", &zeros)]), "tfplan");
        assert!(matches!(bomb, Err(SourceError::TooLarge { .. })));
    }

    #[test]
    fn what_is_no_plan_is_named() {
        let what = |head: &[u8]| described(head).0;
        assert!(what(b"{\"meta\":{},\"encrypted_data\":\"x\"}").contains("encrypted"));
        assert!(what(b"{\"remote_plan_format\":1,\"run_id\":\"r\"}").contains("bookmark"));
        assert!(what(b"{\"format_version\":\"1.2\"}").contains("JSON"));
        assert!(what(b"").contains("empty"));
        assert!(Archive::read(zipped(&[("a", b"b")]), "x").is_err());
        assert!(Archive::read(Cursor::new(b"PK\x03\x04broken".to_vec()), "x").is_err());
    }
}
