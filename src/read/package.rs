//! The parts of a package: whole, checked and small enough.
//!
//! calamine is never given a foreign zip archive. The parts it needs are taken out with their checksums
//! verified and their sizes bounded, and handed over in a plain archive without compression.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::Path;

use xlsx_splice::{Archive, Error, Limits, Relationship};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::ReadError;

/// Files up to this size are read into memory at once.
const IN_MEMORY: u64 = 8 << 20;

/// The package behind a file, parts taken out one by one.
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

    /// Opens a package that is in memory.
    pub(super) fn in_memory(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::of(Box::new(Cursor::new(bytes)))
    }

    fn of(reader: Box<dyn ReadSeek>) -> Result<Self, ReadError> {
        Ok(Self { archive: Archive::open(reader, Limits::default())? })
    }

    /// The sum of the unpacked sizes that the package claims for its parts, pictures left out. A claim only:
    /// [`Package::unpacked`] counts what really comes out.
    pub(super) fn claimed_size(&self) -> u64 {
        let sizes = self.archive.claimed_sizes().filter(|(name, _)| !name.contains("/media/"));
        sizes.map(|(_, size)| size).fold(0, u64::saturating_add)
    }

    /// The names of all parts, `/` between their folders.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.archive.names()
    }

    /// The part `name`, however it is written, checked. `None` if there is none.
    pub(super) fn unpacked(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.archive.read(name)?)
    }

    /// The relationships of `part`, of the package itself for an empty name, that lead to other parts. `None` if there is
    /// no part that holds them.
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

/// The parts taken from a package, and an archive of them without compression, to be read from memory.
pub(super) struct Parts {
    archive: Vec<u8>,
    parts: BTreeMap<String, Vec<u8>>,
    /// The parts that the workbook's relationships lead to, by their ids.
    pub targets: BTreeMap<String, String>,
}

impl Parts {
    /// An archive of these parts, by their names in small letters.
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

    /// The content of the part `name`, however it is written.
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(&name.to_lowercase()).map(Vec::as_slice)
    }
}
