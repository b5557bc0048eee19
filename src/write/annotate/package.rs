//! A package as bytes: entries that carry no remark are copied as they stand, compressed bytes, headers and order.
//!
//! The layout of a zip archive is in APPNOTE.TXT 6.3.10: 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its
//! end). Archives that hide something in it (entries twice, two names for one entry, entries one inside the
//! other) are refused: programs would not agree on what they contain.

mod records;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::part::Undo;
use super::state::State;
use records::{Directory, Entry};

/// A zip archive and what is to become of it.
pub(super) struct Package<'a> {
    data: &'a [u8],
    entries: Vec<Entry>,
    directory: Directory,
    by_name: BTreeMap<String, usize>,
    replaced: BTreeMap<usize, Vec<u8>>,
    removed: BTreeSet<usize>,
    added: Vec<(String, Vec<u8>)>,
    /// Where each part stands in `added`.
    added_by_name: BTreeMap<String, usize>,
    /// Changes made to parts that were there, in their order.
    log: Vec<(String, Vec<Undo>)>,
}

/// The name by which parts are told apart: OPC compares them without case, and some writers use the wrong slash.
pub(super) fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn damaged(what: &str) -> Refusal {
    Refusal::Damaged(format!("zip: {what}"))
}

impl<'a> Package<'a> {
    /// Reads the central directory of `data`.
    pub(super) fn open(data: &'a [u8]) -> Result<Self, Refusal> {
        let directory = Directory::find(data)?;
        let mut package = Self {
            data,
            entries: Vec::new(),
            directory,
            by_name: BTreeMap::new(),
            replaced: BTreeMap::new(),
            removed: BTreeSet::new(),
            added: Vec::new(),
            added_by_name: BTreeMap::new(),
            log: Vec::new(),
        };
        package.read_directory()?;
        package.check_records()?;
        Ok(package)
    }

    fn read_directory(&mut self) -> Result<(), Refusal> {
        let Directory { start, base, tail, count, .. } = self.directory;
        let data = &self.data[..tail];
        let mut at = start;
        while at < data.len() {
            let entry = Entry::read(data, at, base).ok_or_else(|| damaged("directory"))??;
            at = entry.central.end;
            let index = self.entries.len();
            if self.by_name.insert(canonical(&entry.name), index).is_some() {
                return Err(Refusal::Doubled(entry.name));
            }
            self.entries.push(entry);
        }
        if self.entries.len() != count {
            return Err(damaged("wrong number of entries"));
        }
        Ok(())
    }

    /// Entries follow one another without overlapping.
    fn check_records(&self) -> Result<(), Refusal> {
        let mut ends = self.directory.base;
        for index in self.by_place() {
            let entry = &self.entries[index];
            let content = entry.content(self.data).ok_or_else(|| damaged(&entry.name))?;
            if entry.local < ends || content.end > self.directory.start {
                return Err(damaged(&entry.name));
            }
            ends = content.end;
        }
        Ok(())
    }

    /// The entries in the order in which they stand in the file.
    fn by_place(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|&index| self.entries[index].local);
        order
    }

    /// The names of all parts, as they are written.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let kept = self.entries.iter().enumerate().filter(|(index, _)| !self.removed.contains(index));
        kept.map(|(_, entry)| entry.name.as_str()).chain(self.added.iter().map(|(name, _)| name.as_str()))
    }

    /// Whether there is a part called `name`, whatever its case.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = canonical(name);
        self.by_name.get(&name).is_some_and(|index| !self.removed.contains(index))
            || self.added_by_name.contains_key(&name)
    }

    /// The entries as they stand in the file: name, header and compressed bytes, and what the directory says of them
    /// before and behind their place.
    pub(super) fn stored(&self) -> impl Iterator<Item = (&str, &[u8], [&[u8]; 2])> {
        self.by_place().into_iter().filter_map(|index| {
            let entry = &self.entries[index];
            let stored = self.data.get(entry.local..entry.content(self.data)?.end)?;
            let record = [entry.central.start..entry.place.start, entry.place.end..entry.central.end];
            let [before, behind] = record.map(|range| self.data.get(range));
            Some((entry.name.as_str(), stored, [before?, behind?]))
        })
    }

    /// The content of the part `name` as it stands now, unpacked, its checksum verified.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        let key = canonical(name);
        if let Some((_, content)) = self.added_by_name.get(&key).and_then(|&index| self.added.get(index)) {
            return Ok(content.clone());
        }
        let index = *self.by_name.get(&key).ok_or_else(|| Refusal::Missing(name.to_owned()))?;
        match self.replaced.get(&index) {
            Some(content) => Ok(content.clone()),
            None => self.entries[index].unpack(self.data),
        }
    }

    /// Whether `what` stands among the first `limit` bytes of a part of the original archive.
    pub(super) fn begins_with(&self, name: &str, what: &[u8], limit: u64) -> bool {
        let index = self.by_name.get(&canonical(name));
        let head = index.map(|&index| self.entries[index].beginning(self.data, limit)).unwrap_or_default();
        memchr::memmem::find(&head, what).is_some()
    }

    /// Puts `content` in the place of the part `name`, or adds it at the end. The same content changes nothing.
    pub(super) fn put(&mut self, name: &str, content: Vec<u8>) -> Result<(), Refusal> {
        let key = canonical(name);
        let added = self.added_by_name.get(&key).and_then(|&index| self.added.get_mut(index));
        if let Some(added) = added {
            added.1 = content;
        } else if let Some(&index) = self.by_name.get(&key) {
            self.removed.remove(&index);
            let entry = &self.entries[index];
            // Unpacked only where length and checksum say that it may be the same.
            let alike = entry.size == content.len() && entry.crc == crc(&content);
            if alike && entry.unpack(self.data)? == content {
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

    /// Notes how a change to the part `name` can be undone. Parts that were added need no undoing.
    pub(super) fn log(&mut self, name: &str, undo: Vec<Undo>) {
        if self.by_name.contains_key(&canonical(name)) && !undo.is_empty() {
            self.log.push((name.to_owned(), undo));
        }
    }

    /// What was done so far, for whoever is to undo it.
    pub(super) fn state(&self) -> Result<State, Refusal> {
        let changes = self.changes();
        let mut sums = Vec::with_capacity(changes.changed.len());
        for name in changes.changed {
            let content = self.read(&name)?;
            sums.push((name, crc(&content), content.len()));
        }
        Ok(State { changes: self.log.clone(), added: changes.added, sums, ..State::default() })
    }

    /// Takes the part `name` out.
    pub(super) fn remove(&mut self, name: &str) {
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

    /// A name that no part has: `before`, a number, `after`.
    pub(super) fn free_name(&self, before: &str, after: &str) -> String {
        (1u32..).map(|n| format!("{before}{n}{after}")).find(|name| !self.has(name)).unwrap_or_default()
    }

    /// Whether anything was changed.
    pub(super) fn is_touched(&self) -> bool {
        !(self.replaced.is_empty() && self.removed.is_empty() && self.added.is_empty())
    }

    /// Names of the parts whose content changed, that were added and that were taken out.
    pub(super) fn changes(&self) -> Changes {
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

/// What changed in a package, by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Parts with other content than before.
    pub changed: Vec<String>,
    /// New parts.
    pub added: Vec<String>,
    /// Parts taken out.
    pub removed: Vec<String>,
}

pub(super) fn crc(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}
