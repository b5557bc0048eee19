//! The parts of a package: whole, checked and small enough.
//!
//! calamine is never given a foreign zip archive. The parts it needs are taken out with their checksums
//! verified and their sizes bounded, and handed over in a plain archive without compression.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::Path;

use memchr::memmem;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::ReadError;

/// The most bytes one part may have once unpacked.
const MAX_PART: u64 = 96 << 20;
/// The most bytes all parts taken from one package may have.
const MAX_PARTS: u64 = 160 << 20;
/// The most entries a package may have.
const MAX_ENTRIES: usize = 20_000;
/// Files up to this size are read into memory at once.
const IN_MEMORY: u64 = 8 << 20;

/// The package behind a file, parts taken out one by one.
pub(super) struct Package {
    archive: ZipArchive<Box<dyn ReadSeek>>,
    /// Where each part stands in the archive, by its name as [`key`] has it.
    index: BTreeMap<String, usize>,
    parts: BTreeMap<String, Vec<u8>>,
    bytes: u64,
}

/// A part's name as it is compared: some programs write `\\` between folders, and case does not matter.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// The parts taken from a package, and an archive of them without compression, to be read from memory.
pub(super) struct Parts {
    archive: Vec<u8>,
    parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// Opens the package at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
        let file = File::open(path).map_err(unreadable)?;
        let reader: Box<dyn ReadSeek> = if file.metadata().map_err(unreadable)?.len() <= IN_MEMORY {
            Box::new(Cursor::new(std::fs::read(path).map_err(unreadable)?))
        } else {
            Box::new(BufReader::new(file))
        };
        Self::of(reader)
    }

    /// Opens a package that is in memory.
    pub(super) fn in_memory(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::of(Box::new(Cursor::new(bytes)))
    }

    fn of(reader: Box<dyn ReadSeek>) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(reader).map_err(ReadError::damaged)?;
        if archive.len() > MAX_ENTRIES {
            return Err(ReadError::TooLarge(format!("ZIP × {}", archive.len())));
        }
        let mut index = BTreeMap::new();
        for (at, name) in archive.file_names().enumerate() {
            if let Ok(name) = name {
                index.entry(key(&name)).or_insert(at);
            }
        }
        Ok(Self { archive, index, parts: BTreeMap::new(), bytes: 0 })
    }

    /// The sum of the unpacked sizes that the package claims for its parts, pictures left out. A claim only:
    /// [`Package::take`] counts what really comes out.
    pub(super) fn claimed_size(&self) -> u64 {
        (0..self.archive.len())
            .filter_map(|index| self.archive.by_index_data(index).ok())
            .filter(|entry| memmem::find(entry.name_raw(), b"/media/").is_none())
            // A part that claims to be smaller than it is packed shows itself here.
            .map(|entry| entry.size().max(entry.compressed_size()))
            .fold(0, u64::saturating_add)
    }

    /// The names of all parts, `/` between their folders.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.replace('\\', "/")).collect()
    }

    /// Takes the part `name` out, however it is written, checks it and keeps it. `None` if there is none.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<&[u8]>, ReadError> {
        let key = key(name);
        if !self.parts.contains_key(&key) {
            let Some(content) = self.unpacked(name)? else { return Ok(None) };
            self.parts.insert(key.clone(), content);
        }
        Ok(self.parts.get(&key).map(Vec::as_slice))
    }

    /// The part `name`, however it is written, checked and not kept. `None` if there is none.
    pub(super) fn unpacked(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let exact = self.archive.index_for_name(name.trim_start_matches('/'));
        let Some(at) = exact.or_else(|| self.index.get(&key(name)).copied()) else { return Ok(None) };
        self.unpack(name, at).map(Some)
    }

    fn unpack(&mut self, name: &str, at: usize) -> Result<Vec<u8>, ReadError> {
        let entry = self.archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            other => ReadError::damaged_part(name, other),
        })?;
        let mut content = Vec::with_capacity(usize::try_from(entry.size().min(IN_MEMORY)).unwrap_or(0));
        // Reading to the end also verifies the checksum.
        let read = entry.take(MAX_PART + 1).read_to_end(&mut content);
        read.map_err(|e| ReadError::damaged_part(name, e))?;
        let length = content.len() as u64;
        self.bytes += length;
        if length > MAX_PART || self.bytes > MAX_PARTS {
            return Err(ReadError::TooLarge(format!("{name}: {} MB", length >> 20)));
        }
        let content = utf8(content);
        if memmem::find(&content, b"<!DOCTYPE").is_some() {
            return Err(ReadError::damaged_part(format!("{name} (DOCTYPE)"), "DOCTYPE"));
        }
        Ok(content)
    }
}

impl Parts {
    /// An archive of these parts, by their names in small letters.
    pub(super) fn of(parts: BTreeMap<String, Vec<u8>>) -> Result<Self, ReadError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &parts {
            archive.start_file(name.as_str(), options).map_err(ReadError::damaged)?;
            archive.write_all(content).map_err(ReadError::damaged)?;
        }
        let archive = archive.finish().map_err(ReadError::damaged)?.into_inner();
        Ok(Self { archive, parts })
    }

    /// A reader over the archive.
    pub(super) fn reader(&self) -> Cursor<&[u8]> {
        Cursor::new(&self.archive)
    }

    /// The content of the part `name`, however it is written.
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(&key(name)).map(Vec::as_slice)
    }
}

/// A part in UTF-8: one in UTF-16, or in the encoding that its XML declaration names, is converted, and the declaration,
/// which would name the old encoding, is dropped.
fn utf8(content: Vec<u8>) -> Vec<u8> {
    let encoding = match content.as_slice() {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => match declared_encoding(&content) {
            Some(encoding) if encoding != encoding_rs::UTF_8 => encoding,
            _ => return content,
        },
    };
    let (text, _, _) = encoding.decode(&content);
    let body = match text.find("?>") {
        Some(end) if text.starts_with("<?xml") => &text[end + 2..],
        _ => &text,
    };
    body.as_bytes().to_vec()
}

/// The encoding that the XML declaration names.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(200))?.split(|&b| b == b'>').next()?).ok()?;
    let after =
        head.strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = after[1..].split(quote).next()?;
    // A part that calls itself UTF-16 and has one byte a letter is UTF-8.
    encoding_rs::Encoding::for_label(label.as_bytes())
        .filter(|encoding| ![encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_in_the_encoding_it_names_is_read() {
        let (korean, ..) =
            encoding_rs::EUC_KR.encode(r#"<?xml version="1.0" encoding="euc-kr"?><a>목표</a>"#);
        assert_eq!(utf8(korean.into_owned()), "<a>목표</a>".as_bytes());
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
        assert_eq!(utf8(latin.to_vec()), "<a>é</a>".as_bytes());
        for kept in [r#"<?xml version="1.0" encoding="UTF-16"?><a>목표</a>"#, "<a/>", ""] {
            assert_eq!(utf8(kept.as_bytes().to_vec()), kept.as_bytes());
        }
    }
}
