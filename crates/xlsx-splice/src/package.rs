//! A package to be edited: untouched entries are copied byte for byte, with compressed data, headers and
//! order.
//!
//! Ambiguous archives (duplicate entries, two names for one entry, nested entries) are refused, because
//! programs disagree about their content.

mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use crate::error::Error;
use crate::part::Undo;
use crate::records::{COMPOUND, Directory, Entry, corrupt, crc32};
use crate::relationships::canonical;

/// The most bytes one part may have once uncompressed.
const MAX_PART: u64 = 96 << 20;

/// A zip archive and its pending changes.
pub(crate) struct Package<'a> {
    data: &'a [u8],
    entries: Vec<Entry>,
    directory: Directory,
    by_name: BTreeMap<String, usize>,
    replaced: BTreeMap<usize, Vec<u8>>,
    removed: BTreeSet<usize>,
    added: Vec<(String, Vec<u8>)>,
    /// The index of each part in `added`.
    added_by_name: BTreeMap<String, usize>,
    /// Changes to existing parts, in order.
    log: Vec<(String, Vec<Undo>)>,
}

impl<'a> Package<'a> {
    /// Reads the central directory of `data`.
    pub(crate) fn open(data: &'a [u8]) -> Result<Self, Error> {
        let directory = Directory::read(&mut Cursor::new(data)).map_err(|error| match error {
            Error::NotAPackage if is_encrypted(data) => Error::Encrypted,
            other => other,
        })?;
        let entries = directory.entries()?;
        if entries.last().map_or(directory.start, |entry| entry.central.end) != directory.tail {
            return Err(corrupt("Invalid number of entries"));
        }
        let mut package = Self {
            data,
            entries,
            directory,
            by_name: BTreeMap::new(),
            replaced: BTreeMap::new(),
            removed: BTreeSet::new(),
            added: Vec::new(),
            added_by_name: BTreeMap::new(),
            log: Vec::new(),
        };
        package.check_entries()?;
        package.check_order()?;
        Ok(package)
    }

    /// Checks that entries have unique names, the same name in both headers, and no encryption.
    fn check_entries(&mut self) -> Result<(), Error> {
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.content(self.data.get(entry.local..).unwrap_or_default()).is_none()
                || !entry.is_named_alike(self.data)
            {
                return Err(entry.corrupt("Invalid local file header"));
            }
            if entry.is_encrypted() {
                return Err(Error::Encrypted);
            }
            if self.by_name.insert(canonical(&entry.name), index).is_some() {
                return Err(Error::DuplicateEntry(entry.name.clone()));
            }
        }
        Ok(())
    }

    /// Checks that entries do not overlap.
    fn check_order(&self) -> Result<(), Error> {
        let mut ends = self.directory.base;
        for index in self.by_offset() {
            let entry = &self.entries[index];
            let content = self.content(entry).ok_or_else(|| entry.corrupt("Invalid local file header"))?;
            if entry.local < ends || content.end > self.directory.start {
                return Err(entry.corrupt("Entry overlaps another one"));
            }
            ends = content.end;
        }
        Ok(())
    }

    /// The position of an entry's compressed bytes.
    fn content(&self, entry: &Entry) -> Option<std::ops::Range<usize>> {
        entry.content(self.data.get(entry.local..)?)
    }

    /// The compressed bytes of an entry.
    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        self.data.get(self.content(entry)?)
    }

    /// The content of an entry of the original archive.
    fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Error> {
        entry.unpack(self.packed(entry).ok_or_else(|| entry.corrupt("Entry is incomplete"))?, MAX_PART)
    }

    /// The indices of the entries in file order.
    fn by_offset(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|&index| self.entries[index].local);
        order
    }

    /// The names of all parts, as written.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let kept = self.entries.iter().enumerate().filter(|(index, _)| !self.removed.contains(index));
        kept.map(|(_, entry)| entry.name.as_str()).chain(self.added.iter().map(|(name, _)| name.as_str()))
    }

    /// Whether there is a part `name`, ignoring case.
    pub(crate) fn has(&self, name: &str) -> bool {
        let name = canonical(name);
        self.by_name.get(&name).is_some_and(|index| !self.removed.contains(index))
            || self.added_by_name.contains_key(&name)
    }

    /// The entries in file order: name, header and compressed bytes, and their directory record before and
    /// after the offset field.
    pub(crate) fn stored(&self) -> impl Iterator<Item = (&str, &[u8], [&[u8]; 2])> {
        self.by_offset().into_iter().filter_map(|index| {
            let entry = &self.entries[index];
            let stored = self.data.get(entry.local..self.content(entry)?.end)?;
            let record = [entry.central.start..entry.place.start, entry.place.end..entry.central.end];
            let [before, behind] = record.map(|range| self.data.get(range));
            Some((entry.name.as_str(), stored, [before?, behind?]))
        })
    }

    /// The current content of the part `name`, uncompressed, its checksum verified.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        let key = canonical(name);
        if let Some((_, content)) = self.added_by_name.get(&key).and_then(|&index| self.added.get(index)) {
            return Ok(content.clone());
        }
        let index = *self.by_name.get(&key).ok_or_else(|| Error::Missing(name.to_owned()))?;
        match self.replaced.get(&index) {
            Some(content) => Ok(content.clone()),
            None => self.unpack(&self.entries[index]),
        }
    }

    /// Whether `what` occurs in the first `limit` bytes of a part of the original archive.
    pub(crate) fn begins_with(&self, name: &str, what: &[u8], limit: u64) -> bool {
        let entry = self.by_name.get(&canonical(name)).map(|&index| &self.entries[index]);
        let packed = entry.and_then(|entry| Some((entry, self.packed(entry)?)));
        let head = packed.map(|(entry, packed)| entry.beginning(packed, limit)).unwrap_or_default();
        memchr::memmem::find(&head, what).is_some()
    }

    /// Replaces the part `name`, or adds it at the end. Identical content changes nothing.
    pub(crate) fn put(&mut self, name: &str, content: Vec<u8>) -> Result<(), Error> {
        let key = canonical(name);
        let added = self.added_by_name.get(&key).and_then(|&index| self.added.get_mut(index));
        if let Some(added) = added {
            added.1 = content;
        } else if let Some(&index) = self.by_name.get(&key) {
            self.removed.remove(&index);
            let entry = &self.entries[index];
            // Unpack only if length and checksum agree.
            let alike = entry.size == content.len() && entry.crc == crc32(&content);
            if alike && self.unpack(entry)? == content {
                self.replaced.remove(&index);
            } else {
                self.replaced.insert(index, content);
            }
        } else {
            self.added_by_name.insert(key, self.added.len());
            self.added.push((name.to_owned(), content));
        }
        Ok(())
    }

    /// Records how to undo a change to the part `name`. Added parts need no undoing.
    pub(crate) fn log(&mut self, name: &str, undo: Vec<Undo>) {
        if self.by_name.contains_key(&canonical(name)) && !undo.is_empty() {
            self.log.push((name.to_owned(), undo));
        }
    }

    /// The undo records of all changes so far, in order.
    pub(crate) fn undo_log(&self) -> &[(String, Vec<Undo>)] {
        &self.log
    }

    /// Removes the part `name`.
    pub(crate) fn remove(&mut self, name: &str) {
        let key = canonical(name);
        if self.added_by_name.contains_key(&key) {
            self.added.retain(|(added, _)| canonical(added) != key);
            let names = self.added.iter().map(|(added, _)| canonical(added));
            self.added_by_name = names.zip(0..).collect();
        }
        if let Some(&index) = self.by_name.get(&key) {
            self.replaced.remove(&index);
            self.removed.insert(index);
        }
    }

    /// An unused part name: `before`, a number, `after`.
    pub(crate) fn free_name(&self, before: &str, after: &str) -> String {
        (1u32..).map(|n| format!("{before}{n}{after}")).find(|name| !self.has(name)).unwrap_or_default()
    }

    /// Whether anything has changed.
    pub(crate) fn is_touched(&self) -> bool {
        !(self.replaced.is_empty() && self.removed.is_empty() && self.added.is_empty())
    }

    /// The parts that changed, were added and were removed.
    pub(crate) fn changes(&self) -> Changes {
        let names = |indices: &mut dyn Iterator<Item = &usize>| {
            indices.map(|&index| self.entries[index].name.clone()).collect()
        };
        Changes {
            changed: names(&mut self.replaced.keys()),
            added: self.added.iter().map(|(name, _)| name.clone()).collect(),
            removed: names(&mut self.removed.iter()),
        }
    }
}

/// The changes to a package, by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Changed parts.
    pub changed: Vec<String>,
    /// New parts.
    pub added: Vec<String>,
    /// Removed parts.
    pub removed: Vec<String>,
}

/// Whether `data` is a compound file with a package encrypted by Office ([MS-OFFCRYPTO] 2.3.4).
fn is_encrypted(data: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    data.starts_with(COMPOUND) && memchr::memmem::find(data, &name).is_some()
}
