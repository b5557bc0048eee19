//! Extracts the parts of a package: complete, verified and within size limits.
//!
//! calamine never gets an untrusted zip archive. The parts it needs are extracted with verified checksums and
//! bounded sizes, and passed in a new archive without compression.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::Path;

use xlsx_splice::{Archive, Error, Limits, Relationship};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::ReadError;

/// Files up to this size are read into memory whole.
const IN_MEMORY: u64 = 8 << 20;

/// An open package from which parts are extracted one by one.
pub(super) struct Package {
    archive: Archive<Box<dyn ReadSeek>>,
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Package {
    /// Opens the package at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() <= IN_MEMORY {
            return Self::in_memory(std::fs::read(path).map_err(unreadable)?);
        }
        Self::of(Box::new(BufReader::new(file)))
    }

    /// Opens a package in memory.
    pub(super) fn in_memory(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::of(Box::new(Cursor::new(bytes)))
    }

    fn of(reader: Box<dyn ReadSeek>) -> Result<Self, ReadError> {
        Ok(Self { archive: Archive::open(reader, Limits::default())? })
    }

    /// The total uncompressed size that the package declares for its parts, without pictures. Only a claim:
    /// [`Package::unpacked`] enforces the real size.
    pub(super) fn claimed_size(&self) -> u64 {
        let sizes = self.archive.claimed_sizes().filter(|(name, _)| !name.contains("/media/"));
        sizes.map(|(_, size)| size).fold(0, u64::saturating_add)
    }

    /// The names of all parts, with `/` as separator.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.archive.names()
    }

    /// The verified content of the part `name` (any case or slashes). `None` if there is no such part.
    pub(super) fn unpacked(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.archive.read(name)?)
    }

    /// The internal relationships of `part`, or of the package itself for an empty name. `None` without a
    /// relationships part.
    pub(super) fn relationships(&mut self, part: &str) -> Result<Option<Vec<Relationship>>, ReadError> {
        let mut found = self.archive.relationships(part)?;
        found.iter_mut().for_each(|all| all.retain(|relationship| relationship.target.is_some()));
        Ok(found)
    }
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        match error {
            Error::Encrypted => Self::Encrypted,
            Error::TooLarge(what) => Self::TooLarge(what),
            Error::Corrupt { part: Some(part), problem } => Self::damaged_part(part, problem),
            Error::Doctype(part) => Self::damaged_part(format!("{part} (DOCTYPE)"), "DOCTYPE"),
            Error::Missing(part) => Self::Lacks(part),
            Error::Io(kind) => Self::Unreadable((&std::io::Error::from(kind)).into()),
            other => Self::damaged(other),
        }
    }
}

/// The parts extracted from a package, in an uncompressed archive in memory.
pub(super) struct Parts {
    archive: Vec<u8>,
    parts: BTreeMap<String, Vec<u8>>,
    /// The targets of the workbook's relationships, by id.
    pub targets: BTreeMap<String, String>,
}

impl Parts {
    /// Builds an archive of these parts, by lower-case name.
    pub(super) fn of(
        parts: BTreeMap<String, Vec<u8>>,
        targets: BTreeMap<String, String>,
    ) -> Result<Self, ReadError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &parts {
            archive.start_file(name.as_str(), options).map_err(ReadError::damaged)?;
            archive.write_all(content).map_err(ReadError::damaged)?;
        }
        let archive = archive.finish().map_err(ReadError::damaged)?.into_inner();
        Ok(Self { archive, parts, targets })
    }

    /// A reader over the archive.
    pub(super) fn reader(&self) -> Cursor<&[u8]> {
        Cursor::new(&self.archive)
    }

    /// The content of the part `name` (any case or slashes).
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(&name.to_lowercase()).map(Vec::as_slice)
    }
}

/// Workbooks up to this unpacked size are read in this process.
pub(super) const SMALL: u64 = 4 << 20;

/// The error of a package without `part`.
pub(super) fn missing(part: &str) -> ReadError {
    ReadError::Lacks(part.to_owned())
}
