//! A package as bytes: entries that carry no remark are copied as they stand, compressed bytes, headers and order.
//!
//! The layout of a zip archive is in APPNOTE.TXT 6.3.10: 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its
//! end). Archives that hide something in it (entries twice, two names for one entry, entries one inside the
//! other) are refused: programs would not agree on what they contain.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::Refusal;
use super::part::Undo;
use super::state::State;

/// The most bytes one part may have once unpacked.
const MAX_PART: u64 = 96 << 20;
/// 1 January 1980, the first day a zip archive knows, as MS-DOS date: no clock goes into what is added.
const FIRST_DAY: u16 = 0x0021;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A zip archive and what is to become of it.
pub(super) struct Package<'a> {
    data: &'a [u8],
    entries: Vec<Entry>,
    /// Where the central directory begins.
    directory: usize,
    end: Range<usize>,
    /// What stands before the archive: offsets in it count from here.
    base: usize,
    by_name: BTreeMap<String, usize>,
    replaced: BTreeMap<usize, Vec<u8>>,
    removed: BTreeSet<usize>,
    added: Vec<(String, Vec<u8>)>,
    /// Changes made to parts that were there, in their order.
    log: Vec<(String, Vec<Undo>)>,
}

struct Entry {
    name: String,
    /// Its record in the central directory.
    central: Range<usize>,
    /// Its local header.
    local: usize,
    method: u16,
    flags: u16,
    crc: u32,
    packed: usize,
    size: usize,
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn size_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(data, at)?).ok()
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
        let end = find_end(data).ok_or(Refusal::NoPackage)?;
        let broken = || damaged("directory");
        let field = |at: usize| u16_at(data, end.start + at).ok_or_else(broken);
        let (count, size) = (field(10)?, size_at(data, end.start + 12).ok_or_else(broken)?);
        let offset = size_at(data, end.start + 16).ok_or_else(broken)?;
        if count == u16::MAX || size == u32::MAX as usize || offset == u32::MAX as usize {
            return Err(Refusal::Zip64);
        }
        if field(4)? != 0 || field(8)? != count {
            return Err(damaged("parts on several disks"));
        }
        // Something may stand before the archive; offsets count from its own beginning, or from the file's.
        let directory = match u32_at(data, offset) {
            Some(CENTRAL) => offset,
            _ => end.start.checked_sub(size).ok_or_else(broken)?,
        };
        let base = directory.checked_sub(offset).ok_or_else(broken)?;
        let mut package = Self {
            data,
            entries: Vec::with_capacity(usize::from(count)),
            directory,
            end,
            base,
            by_name: BTreeMap::new(),
            replaced: BTreeMap::new(),
            removed: BTreeSet::new(),
            added: Vec::new(),
            log: Vec::new(),
        };
        package.read_directory(usize::from(count))?;
        package.check_records()?;
        Ok(package)
    }

    fn read_directory(&mut self, count: usize) -> Result<(), Refusal> {
        let mut at = self.directory;
        while at < self.end.start {
            let entry = self.entry(at).ok_or_else(|| damaged("directory"))??;
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

    /// The entry whose central record begins at `at`; `None` where no whole record stands there.
    fn entry(&self, at: usize) -> Option<Result<Entry, Refusal>> {
        let data = &self.data[..self.end.start];
        if u32_at(data, at)? != CENTRAL {
            return None;
        }
        let length = |from: usize| u16_at(data, at + from).map(usize::from);
        let name_end = at + CENTRAL_SIZE + length(28)?;
        let end = name_end + length(30)? + length(32)?;
        let name = data.get(at + CENTRAL_SIZE..name_end)?;
        data.get(at..end)?;
        let (packed, size, offset) =
            (size_at(data, at + 20)?, size_at(data, at + 24)?, size_at(data, at + 42)?);
        if [packed, size, offset].contains(&(u32::MAX as usize)) {
            return Some(Err(Refusal::Zip64));
        }
        let local = self.base + offset;
        let names_agree = u32_at(data, local) == Some(LOCAL)
            && u16_at(data, local + 26).map(usize::from) == Some(name.len())
            && data.get(local + LOCAL_SIZE..local + LOCAL_SIZE + name.len()) == Some(name);
        let name = String::from_utf8_lossy(name).into_owned();
        if !names_agree {
            return Some(Err(damaged(&name)));
        }
        let flags = u16_at(data, at + 8)?;
        if flags & FLAG_ENCRYPTED != 0 {
            return Some(Err(Refusal::Encrypted));
        }
        let (method, crc) = (u16_at(data, at + 10)?, u32_at(data, at + 16)?);
        Some(Ok(Entry { name, central: at..end, local, method, flags, crc, packed, size }))
    }

    /// Entries follow one another without overlapping.
    fn check_records(&self) -> Result<(), Refusal> {
        let mut ends = self.base;
        for index in self.by_place() {
            let entry = &self.entries[index];
            let content = self.content(entry).ok_or_else(|| damaged(&entry.name))?;
            if entry.local < ends || content.end > self.directory {
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

    /// Where the compressed bytes of an entry stand.
    fn content(&self, entry: &Entry) -> Option<Range<usize>> {
        let length = |from: usize| u16_at(self.data, entry.local + from).map(usize::from);
        let start = entry.local + LOCAL_SIZE + length(26)? + length(28)?;
        Some(start..start.checked_add(entry.packed)?)
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
            || self.added.iter().any(|(added, _)| canonical(added) == name)
    }

    /// The entries as they stand in the file: name, header and compressed bytes, and record in the directory.
    pub(super) fn stored(&self) -> impl Iterator<Item = (&str, &[u8], &[u8])> {
        self.by_place().into_iter().filter_map(|index| {
            let entry = &self.entries[index];
            let stored = self.data.get(entry.local..self.content(entry)?.end)?;
            Some((entry.name.as_str(), stored, self.data.get(entry.central.clone())?))
        })
    }

    /// The content of the part `name` as it stands now, unpacked, its checksum verified.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        let key = canonical(name);
        if let Some((_, content)) = self.added.iter().find(|(added, _)| canonical(added) == key) {
            return Ok(content.clone());
        }
        let index = *self.by_name.get(&key).ok_or_else(|| Refusal::Missing(name.to_owned()))?;
        match self.replaced.get(&index) {
            Some(content) => Ok(content.clone()),
            None => self.unpack(&self.entries[index]),
        }
    }

    fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Refusal> {
        let broken = || damaged(&entry.name);
        let packed = self.content(entry).and_then(|range| self.data.get(range)).ok_or_else(broken)?;
        if entry.size as u64 > MAX_PART {
            return Err(Refusal::TooLarge(entry.name.clone()));
        }
        let content = match entry.method {
            STORED => packed.to_vec(),
            DEFLATED => {
                let mut content = Vec::with_capacity(entry.size);
                DeflateDecoder::new(packed)
                    .take(entry.size as u64 + 1)
                    .read_to_end(&mut content)
                    .map_err(|_| broken())?;
                content
            }
            _ => return Err(damaged(&format!("{}: compression {}", entry.name, entry.method))),
        };
        if content.len() != entry.size || crc(&content) != entry.crc {
            return Err(broken());
        }
        Ok(content)
    }

    /// Puts `content` in the place of the part `name`, or adds it at the end. The same content changes nothing.
    pub(super) fn put(&mut self, name: &str, content: Vec<u8>) -> Result<(), Refusal> {
        let key = canonical(name);
        if let Some(added) = self.added.iter_mut().find(|(added, _)| canonical(added) == key) {
            added.1 = content;
        } else if let Some(&index) = self.by_name.get(&key) {
            self.removed.remove(&index);
            if self.unpack(&self.entries[index])? == content {
                self.replaced.remove(&index);
            } else {
                self.replaced.insert(index, content);
            }
        } else {
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
        self.added.retain(|(added, _)| canonical(added) != key);
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

    /// The archive with all changes.
    pub(super) fn write(&self) -> Result<Vec<u8>, Refusal> {
        if !self.is_touched() {
            return Ok(self.data.to_vec());
        }
        let mut out = Vec::with_capacity(self.data.len() + (16 << 10));
        out.extend_from_slice(&self.data[..self.base]);
        let order = self.by_place();
        // What stands between two entries (data descriptors, padding) belongs to the first.
        let first = order.first().map_or(self.directory, |&index| self.entries[index].local);
        out.extend_from_slice(&self.data[self.base..first]);
        let mut places: Vec<Option<(u32, Option<Packed>)>> = (0..self.entries.len()).map(|_| None).collect();
        for (position, &index) in order.iter().enumerate() {
            let entry = &self.entries[index];
            let end = order.get(position + 1).map_or(self.directory, |&next| self.entries[next].local);
            if self.removed.contains(&index) {
                continue;
            }
            let place = self.place(&out)?;
            let packed = match self.replaced.get(&index) {
                Some(content) => {
                    let packed = Packed::new(content, entry.flags & !FLAG_DESCRIPTOR)?;
                    let stamp = self.data.get(entry.local + 10..entry.local + 14).unwrap_or_default();
                    packed.write_local(&mut out, &entry.name_bytes(self.data), stamp)?;
                    Some(packed)
                }
                None => {
                    out.extend_from_slice(&self.data[entry.local..end]);
                    None
                }
            };
            places[index] = Some((place, packed));
        }
        let mut added = Vec::with_capacity(self.added.len());
        for (name, content) in &self.added {
            let flags = if name.is_ascii() { 0 } else { FLAG_UTF8 };
            let packed = Packed::new(content, flags)?;
            let place = self.place(&out)?;
            packed.write_local(&mut out, name.as_bytes(), &stamp())?;
            added.push((name.as_bytes(), place, packed));
        }
        self.write_directory(&mut out, &places, &added)?;
        Ok(out)
    }

    /// The place of the next entry, counted as the archive counts.
    fn place(&self, out: &[u8]) -> Result<u32, Refusal> {
        u32::try_from(out.len() - self.base).map_err(|_| Refusal::Zip64)
    }

    fn write_directory(
        &self,
        out: &mut Vec<u8>,
        places: &[Option<(u32, Option<Packed>)>],
        added: &[(&[u8], u32, Packed)],
    ) -> Result<(), Refusal> {
        let directory = self.place(out)?;
        let start = out.len();
        let mut count = 0usize;
        for (entry, place) in self.entries.iter().zip(places) {
            let Some((place, packed)) = place else { continue };
            count += 1;
            let at = out.len();
            out.extend_from_slice(&self.data[entry.central.clone()]);
            out[at + 42..at + 46].copy_from_slice(&place.to_le_bytes());
            if let Some(packed) = packed {
                out[at + 8..at + 10].copy_from_slice(&packed.flags.to_le_bytes());
                out[at + 10..at + 12].copy_from_slice(&DEFLATED.to_le_bytes());
                out[at + 16..at + 28].copy_from_slice(&packed.sums()?);
            }
        }
        for (name, place, packed) in added {
            count += 1;
            packed.write_central(out, name, *place)?;
        }
        let size = u32::try_from(out.len() - start).map_err(|_| Refusal::Zip64)?;
        let count = u16::try_from(count).map_err(|_| Refusal::Zip64)?;
        let at = out.len();
        // The archive's own comment, and what stands behind it, stay.
        out.extend_from_slice(&self.data[self.end.start..]);
        out[at + 8..at + 10].copy_from_slice(&count.to_le_bytes());
        out[at + 10..at + 12].copy_from_slice(&count.to_le_bytes());
        out[at + 12..at + 16].copy_from_slice(&size.to_le_bytes());
        out[at + 16..at + 20].copy_from_slice(&directory.to_le_bytes());
        Ok(())
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

impl Entry {
    fn name_bytes(&self, data: &[u8]) -> Vec<u8> {
        let length = u16_at(data, self.central.start + 28).map_or(0, usize::from);
        let start = self.central.start + CENTRAL_SIZE;
        data.get(start..start + length).unwrap_or_default().to_vec()
    }
}

/// The end of the central directory, and of its comment.
fn find_end(data: &[u8]) -> Option<Range<usize>> {
    let last = data.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(usize::from(u16::MAX) + 4096);
    let signature = END.to_le_bytes();
    let at = memchr::memmem::rfind(&data[first..], &signature)? + first;
    let comment = usize::from(u16_at(data, at + 20)?);
    let end = at + END_SIZE + comment;
    (end <= data.len()).then_some(at..end)
}

pub(super) fn crc(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

/// Time and date of what is added: midnight of the first day.
fn stamp() -> [u8; 4] {
    let day = FIRST_DAY.to_le_bytes();
    [0, 0, day[0], day[1]]
}

/// Content compressed by us.
struct Packed {
    bytes: Vec<u8>,
    crc: u32,
    size: usize,
    flags: u16,
}

impl Packed {
    fn new(content: &[u8], flags: u16) -> Result<Self, Refusal> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        let bytes = encoder.write_all(content).and_then(|()| encoder.finish());
        let bytes = bytes.map_err(|error| damaged(&error.to_string()))?;
        Ok(Self { bytes, crc: crc(content), size: content.len(), flags })
    }

    /// Checksum, packed and unpacked size, as both headers have them.
    fn sums(&self) -> Result<[u8; 12], Refusal> {
        let size = |n: usize| u32::try_from(n).map_err(|_| Refusal::Zip64);
        let mut sums = [0; 12];
        sums[..4].copy_from_slice(&self.crc.to_le_bytes());
        sums[4..8].copy_from_slice(&size(self.bytes.len())?.to_le_bytes());
        sums[8..].copy_from_slice(&size(self.size)?.to_le_bytes());
        Ok(sums)
    }

    fn header(&self, stamp: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut header = Vec::with_capacity(24);
        header.extend_from_slice(&20u16.to_le_bytes());
        header.extend_from_slice(&self.flags.to_le_bytes());
        header.extend_from_slice(&DEFLATED.to_le_bytes());
        header.extend_from_slice(stamp);
        header.extend_from_slice(&self.sums()?);
        Ok(header)
    }

    fn write_local(&self, out: &mut Vec<u8>, name: &[u8], stamp: &[u8]) -> Result<(), Refusal> {
        out.extend_from_slice(&LOCAL.to_le_bytes());
        out.extend_from_slice(&self.header(stamp)?);
        out.extend_from_slice(&length(name)?);
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name);
        out.extend_from_slice(&self.bytes);
        Ok(())
    }

    fn write_central(&self, out: &mut Vec<u8>, name: &[u8], place: u32) -> Result<(), Refusal> {
        out.extend_from_slice(&CENTRAL.to_le_bytes());
        out.extend_from_slice(&20u16.to_le_bytes());
        out.extend_from_slice(&self.header(&stamp())?);
        out.extend_from_slice(&length(name)?);
        // No extra field, no comment, first disk, no attributes.
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(&place.to_le_bytes());
        out.extend_from_slice(name);
        Ok(())
    }
}

fn length(name: &[u8]) -> Result<[u8; 2], Refusal> {
    u16::try_from(name.len()).map(u16::to_le_bytes).map_err(|_| damaged("name"))
}
