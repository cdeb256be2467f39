//! The bytes of a price file, unpacked where it is packed.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

/// How much is read at once.
const CHUNK: usize = 1 << 18;

/// What a file begins like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Looks {
    /// An object or a list.
    Json,
    /// The CSV form of an AWS offer file: its first line names its version.
    OfferCsv,
    /// Nothing that is known here.
    Unknown,
}

/// Opens a file for reading from its beginning, unpacks gzip and skips a byte-order mark.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::with_capacity(CHUNK, File::open(path)?);
    let packed = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let mut bytes: Box<dyn BufRead> =
        if packed { Box::new(BufReader::with_capacity(CHUNK, MultiGzDecoder::new(file))) } else { Box::new(file) };
    if bytes.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        bytes.consume(3);
    }
    Ok(bytes)
}

/// Tells the kind of a file by its first bytes, and takes none of them.
pub(super) fn looks(bytes: &mut dyn BufRead) -> io::Result<Looks> {
    let start = bytes.fill_buf()?;
    let start = start.trim_ascii_start();
    Ok(match start.first() {
        Some(b'{' | b'[') => Looks::Json,
        Some(_) if start.starts_with(b"\"FormatVersion\"") || start.starts_with(b"FormatVersion") => Looks::OfferCsv,
        _ => Looks::Unknown,
    })
}
