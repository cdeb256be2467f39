//! From bytes to text: encodings, and what wrappers write around the JSON.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::error::PlanError;

/// One input, decoded.
#[derive(Debug)]
pub struct Input {
    /// What to call it in messages: a path, or `standard input`.
    pub name: String,
    /// Its text, with the wrapper's lines blanked out.
    pub text: String,
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
        match fs::read(path) {
            Ok(bytes) => Self::decode(name, bytes),
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
        let decoded = match bytes.as_slice() {
            [] => return Err(PlanError::Empty { name }),
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            [first, 0, ..] if *first != 0 => utf16(&bytes, u16::from_le_bytes),
            [0, second, ..] if *second != 0 => utf16(&bytes, u16::from_be_bytes),
            [b'P', b'K', 3, 4, ..] => return Err(super::detect::binary_plan(name)),
            [0x1F, 0x8B, ..] => return Err(super::detect::gzip(name)),
            _ => String::from_utf8(bytes)
                .map_err(|error| format!("neither UTF-8 nor UTF-16 (byte {})", error.utf8_error().valid_up_to())),
        };
        let mut text = match decoded {
            Ok(text) => text,
            Err(problem) => return Err(PlanError::Encoding { name, problem }),
        };
        if text.starts_with('\u{feff}') {
            text.replace_range(..3, "   ");
        }
        if text.trim_ascii().is_empty() {
            return Err(PlanError::Empty { name });
        }
        Ok(Self { name, text })
    }
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
        Input::decode("x".into(), bytes.to_vec()).unwrap().text
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
        let error = |bytes: &[u8]| Input::decode("x".into(), bytes.to_vec()).unwrap_err();
        assert!(matches!(error(b""), PlanError::Empty { .. }));
        assert!(matches!(error(b" \n"), PlanError::Empty { .. }));
        assert!(matches!(error(b"{\"a\":\"\xE9\"}"), PlanError::Encoding { .. }));
        assert!(matches!(error(b"\xFF\xFE{"), PlanError::Encoding { .. }));
        assert!(matches!(error(b"PK\x03\x04tfplan"), PlanError::NotAPlan { .. }));
    }
}
