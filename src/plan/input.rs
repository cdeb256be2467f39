//! From bytes to text: encodings, and what wrappers write around the JSON.

use std::fs;
use std::io::{self, Read};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;

use super::error::PlanError;
use crate::source::Source;

/// One input, decoded.
#[derive(Debug)]
pub struct Input {
    /// What to call it in messages: a path, or `standard input`.
    pub name: String,
    /// The configuration that it was planned from, if its text is at hand.
    pub source: Option<Arc<Source>>,
    /// What to say of how the configuration was looked for.
    pub source_notes: Vec<String>,
    bytes: Bytes,
}

/// Where the bytes of an input are.
#[derive(Debug)]
enum Bytes {
    Own(Vec<u8>),
    /// Memory in pages of 2 MiB, where the system has them: half of the time that it takes to read a large file goes into
    /// handing out memory page by page.
    #[cfg(unix)]
    Mapped(memmap2::MmapMut),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            #[cfg(unix)]
            Self::Mapped(bytes) => bytes,
        }
    }
}

impl DerefMut for Bytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        match self {
            Self::Own(bytes) => bytes,
            #[cfg(unix)]
            Self::Mapped(bytes) => bytes,
        }
    }
}

impl Input {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read, is a folder, is empty, or is in an unknown encoding.
    pub fn file(path: &Path) -> Result<Self, PlanError> {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(PlanError::Folder { name });
        }
        match whole(path) {
            Ok(bytes) => Self::of(name, bytes),
            Err(source) => Err(PlanError::Io { name, source }),
        }
    }

    /// Reads all of standard input.
    ///
    /// # Errors
    /// As for [`Input::file`].
    pub fn stdin() -> Result<Self, PlanError> {
        let name = "standard input".to_owned();
        let mut bytes = Vec::new();
        match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => Self::decode(name, bytes),
            Err(source) => Err(PlanError::Io { name, source }),
        }
    }

    /// Decodes `bytes`: UTF-8 with or without byte-order mark, or UTF-16 of either order with one (or recognisable
    /// without).
    ///
    /// # Errors
    /// When they are empty or in another encoding.
    pub fn decode(name: String, bytes: Vec<u8>) -> Result<Self, PlanError> {
        Self::of(name, Bytes::Own(bytes))
    }

    fn of(name: String, mut bytes: Bytes) -> Result<Self, PlanError> {
        let decoded = match &*bytes {
            [] => return Err(PlanError::Empty { name }),
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            [first, 0, ..] if *first != 0 => utf16(&bytes, u16::from_le_bytes),
            [0, second, ..] if *second != 0 => utf16(&bytes, u16::from_be_bytes),
            [b'P', b'K', 3, 4, ..] => return Err(super::detect::binary_plan(name)),
            [0x1F, 0x8B, ..] => return Err(super::detect::gzip(name)),
            _ => Ok(String::new()),
        };
        match decoded {
            Ok(text) if text.is_empty() => {}
            Ok(text) => bytes = Bytes::Own(text.into_bytes()),
            Err(problem) => return Err(PlanError::Encoding { name, problem }),
        }
        // A byte-order mark is no part of the text.
        if let Some(mark) = bytes.first_chunk_mut()
            && *mark == [0xEF, 0xBB, 0xBF]
        {
            *mark = *b"   ";
        }
        if bytes.trim_ascii().is_empty() {
            return Err(PlanError::Empty { name });
        }
        Ok(Self { name, source: None, source_notes: Vec::new(), bytes })
    }

    /// Whether it holds a text in quotes.
    pub fn says(&self, text: &str) -> bool {
        memchr::memmem::find(&self.bytes, format!("\"{text}\"").as_bytes()).is_some()
    }

    /// What it consists of.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its text.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<&str, PlanError> {
        std::str::from_utf8(&self.bytes).map_err(|error| PlanError::Encoding {
            name: self.name.clone(),
            problem: format!("neither UTF-8 nor UTF-16 (byte {})", error.valid_up_to()),
        })
    }
}

/// Reads a whole file. Large ones are read by all cores at once: most of the time goes into the memory that they fill.
fn whole(path: &Path) -> io::Result<Bytes> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileExt as _;

        use rayon::prelude::*;

        const PART: usize = 4 << 20;
        let file = fs::File::open(path)?;
        let about = file.metadata()?;
        let size = usize::try_from(about.len()).unwrap_or_default();
        if about.is_file() && size > PART {
            let mut bytes = memmap2::MmapMut::map_anon(size)?;
            #[cfg(target_os = "linux")]
            {
                // Without large pages it works as well.
                let _ = bytes.advise(memmap2::Advice::HugePage);
            }
            let read = bytes
                .par_chunks_mut(PART)
                .enumerate()
                .try_for_each(|(at, part)| file.read_exact_at(part, u64::try_from(at * PART).unwrap_or(u64::MAX)));
            // If somebody has made it shorter meanwhile, as much of it as there is.
            if read.is_ok() {
                return Ok(Bytes::Mapped(bytes));
            }
        }
    }
    fs::read(path).map(Bytes::Own)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err("UTF-16 with half a character at its end".to_owned());
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| "broken UTF-16 (an unpaired surrogate)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        Input::decode("x".into(), bytes.to_vec()).unwrap().text().unwrap().to_owned()
    }

    #[test]
    fn every_encoding_reads_the_same() {
        let json = "{\"é\":1}";
        let le: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = json.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(json.as_bytes()), json);
        assert_eq!(text(&[b"\xEF\xBB\xBF", json.as_bytes()].concat()).trim(), json);
        assert_eq!(text(&[&[0xFF, 0xFE][..], &le].concat()), json);
        assert_eq!(text(&[&[0xFE, 0xFF][..], &be].concat()), json);
        assert_eq!(text(&le), json);
        assert_eq!(text(&be), json);
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let error = |bytes: &[u8]| match Input::decode("x".into(), bytes.to_vec()) {
            Ok(input) => input.text().unwrap_err(),
            Err(error) => error,
        };
        assert!(matches!(error(b""), PlanError::Empty { .. }));
        assert!(matches!(error(b" \n"), PlanError::Empty { .. }));
        assert!(matches!(error(b"{\"a\":\"\xE9\"}"), PlanError::Encoding { .. }));
        assert!(matches!(error(b"\xFF\xFE{"), PlanError::Encoding { .. }));
        assert!(matches!(error(b"PK\x03\x04tfplan"), PlanError::NotAPlan { .. }));
    }
}
