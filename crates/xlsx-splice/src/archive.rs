//! Reads packages without changing them: tolerant of how they are written, bounded in cost.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};

use crate::encoding::to_utf8;
use crate::error::Error;
use crate::records::{Directory, Entry, LOCAL_SIZE, bytes_at};
use crate::relationships::{self, Relationship, canonical, relationships_part};
use crate::xml::Tags;

/// Limits for reading an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most entries.
    pub entries: usize,
    /// The most bytes of one part, uncompressed.
    pub part: u64,
    /// The most bytes of all parts that are read from one archive, uncompressed.
    pub total: u64,
}

impl Default for Limits {
    /// 20,000 entries, 96 MiB a part, 160 MiB in all.
    fn default() -> Self {
        Self { entries: 20_000, part: 96 << 20, total: 160 << 20 }
    }
}

/// A package, its parts read one by one.
///
/// Only its central directory is kept in memory. Names are found regardless of case and slashes. Of entries
/// with the same name the last counts; of names that differ in case the exact match, else the first. Every
/// part read has its checksum verified, is returned in UTF-8 and has no DOCTYPE.
pub struct Archive<R> {
    source: R,
    entries: Vec<Entry>,
    exact: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
    limits: Limits,
    taken: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the central directory.
    ///
    /// # Errors
    /// [`Error::NotAPackage`], [`Error::Corrupt`], [`Error::TooLarge`], [`Error::Io`].
    pub fn open(mut source: R, limits: Limits) -> Result<Self, Error> {
        let directory = Directory::read(&mut source)?;
        if directory.count > limits.entries {
            return Err(Error::TooLarge(format!("{} parts", directory.count)));
        }
        let entries = directory.entries()?;
        let (mut exact, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (at, entry) in entries.iter().enumerate() {
            exact.insert(entry.name.clone(), at);
            by_name.entry(canonical(&entry.name)).or_insert(at);
        }
        Ok(Self { source, entries, exact, by_name, limits, taken: 0 })
    }

    /// The names of all entries in the order of the directory, `/` between their folders.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(|entry| entry.name.replace('\\', "/"))
    }

    /// The claimed size of each entry: name, and the larger of its compressed and its uncompressed size in
    /// bytes. Claims are not verified; [`Archive::read`] counts the actual bytes.
    pub fn claimed_sizes(&self) -> impl Iterator<Item = (&str, u64)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), entry.size.max(entry.packed) as u64))
    }

    /// The content of the part `name`, in UTF-8. `None` where there is no such part.
    ///
    /// # Errors
    /// [`Error::Encrypted`], [`Error::Corrupt`], [`Error::TooLarge`], [`Error::Doctype`], [`Error::Io`].
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let exact = self.exact.get(name.trim_start_matches('/'));
        let Some(&at) = exact.or_else(|| self.by_name.get(&canonical(name))) else { return Ok(None) };
        let content = to_utf8(self.unpack(at)?);
        if memchr::memmem::find(&content, b"<!DOCTYPE").is_some() {
            return Err(Error::Doctype(name.to_owned()));
        }
        Ok(Some(content))
    }

    /// The relationships of the part `part`, or of the package for an empty name. `None` where there is no
    /// relationships part.
    ///
    /// # Errors
    /// As [`Archive::read`].
    pub fn relationships(&mut self, part: &str) -> Result<Option<Vec<Relationship>>, Error> {
        let name = relationships_part(part);
        let Some(content) = self.read(&name)? else { return Ok(None) };
        let text = String::from_utf8_lossy(&content);
        let text = text.trim_start_matches('\u{feff}');
        relationships::read(Tags::lenient(&name, text), part).map(Some)
    }

    fn unpack(&mut self, at: usize) -> Result<Vec<u8>, Error> {
        let entry = &self.entries[at];
        if entry.is_encrypted() {
            return Err(Error::Encrypted);
        }
        let header = bytes_at(&mut self.source, entry.local, LOCAL_SIZE)?.unwrap_or_default();
        let place = entry.content(&header).ok_or_else(|| entry.corrupt("Invalid local file header"))?;
        self.source.seek(SeekFrom::Start(place.start as u64))?;
        let packed = self.source.by_ref().take(entry.packed as u64);
        let content = entry.unpack(packed, self.limits.part)?;
        self.taken += content.len() as u64;
        if self.taken > self.limits.total {
            return Err(Error::TooLarge(format!("{}: {} MB", entry.name, content.len() >> 20)));
        }
        Ok(content)
    }
}
