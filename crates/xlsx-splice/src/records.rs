//! Reads the records of a zip archive from a seekable source: the end of the central directory, the directory
//! and its entries.
//!
//! The layout is in APPNOTE.TXT 6.3.10: 4.3.7 (local file header), 4.3.12 (central directory), 4.3.14 and 4.3.15 (ZIP64
//! end of central directory record and locator), 4.3.16 (end of central directory record).

use std::cmp::Ordering;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use flate2::read::DeflateDecoder;

use crate::error::Error;

pub(crate) const LOCAL: u32 = 0x0403_4b50;
pub(crate) const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const ZIP64_END: u32 = 0x0606_4b50;
const ZIP64_LOCATOR: u32 = 0x0706_4b50;
pub(crate) const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
const ZIP64_LOCATOR_SIZE: usize = 20;
const ZIP64_END_SIZE: usize = 56;
/// The placeholder for a number in the ZIP64 field.
const ZIP64: usize = u32::MAX as usize;
/// The id of the ZIP64 extra field (4.5.3).
const ZIP64_FIELD: u16 = 1;
/// How many bytes may follow the end record and its comment: some programs append to archives.
const MOST_BEHIND: usize = 4096;
/// The largest central directory accepted.
const MAX_DIRECTORY: usize = 64 << 20;
/// The most memory reserved at once for content of a claimed size.
const RESERVED: usize = 8 << 20;
/// The signature of an OLE compound file.
pub(crate) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const FLAG_ENCRYPTED: u16 = 1;
pub(crate) const FLAG_DESCRIPTOR: u16 = 1 << 3;
pub(crate) const FLAG_UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
pub(crate) const DEFLATED: u16 = 8;

pub(crate) fn corrupt(what: &str) -> Error {
    Error::Corrupt { part: None, problem: format!("invalid Zip archive: {what}") }
}

pub(crate) fn crc32(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

/// The central directory.
pub(crate) struct Directory {
    /// Its start.
    pub start: usize,
    /// The start of the records after it: the ZIP64 records, if any, and the end record.
    pub tail: usize,
    /// The end record with its comment.
    pub end: Range<usize>,
    /// The ZIP64 end record and its locator. Some programs write them even for small archives.
    pub zip64: Option<(usize, usize)>,
    /// The start of the archive, to which its offsets are relative.
    pub base: usize,
    /// The declared number of entries.
    pub count: usize,
    /// Its bytes.
    bytes: Vec<u8>,
}

impl Directory {
    /// Finds and reads the directory of the archive in `source`.
    pub(crate) fn read(source: &mut (impl Read + Seek)) -> Result<Self, Error> {
        let length = usize::try_from(source.seek(SeekFrom::End(0))?).unwrap_or(usize::MAX);
        // A compound file may hold an archive (the theme of an .xls) without being one.
        if bytes_at(source, 0, COMPOUND.len())?.is_some_and(|head| head == COMPOUND) {
            return Err(Error::NotAPackage);
        }
        let end = find_end(source, length)?.ok_or(Error::NotAPackage)?;
        let broken = || corrupt("Invalid end of central directory");
        let record = bytes_at(source, end.start, END_SIZE)?.ok_or_else(broken)?;
        let field = |at: usize| u16_at(&record, at).ok_or_else(broken);
        let mut count = usize::from(field(10)?);
        let mut size = size_at(&record, 12).ok_or_else(broken)?;
        let mut offset = size_at(&record, 16).ok_or_else(broken)?;
        if field(4)? != 0 || field(8)? != field(10)? {
            return Err(corrupt("Archive on several disks"));
        }
        let zip64 = find_zip64_end(source, end.start)?;
        if let Some((at, _)) = zip64 {
            let record = bytes_at(source, at, ZIP64_END_SIZE)?.ok_or_else(broken)?;
            let number = |at: usize| u64_at(&record, at).ok_or_else(broken);
            (count, size, offset) = (number(32)?, number(40)?, number(48)?);
        } else if count == usize::from(u16::MAX) || size == ZIP64 || offset == ZIP64 {
            return Err(broken());
        }
        let tail = zip64.map_or(end.start, |(record, _)| record);
        // Data may precede the archive; offsets are relative to the archive or to the file.
        let start = match bytes_at(source, offset, 4)?.and_then(|four| u32_at(&four, 0)) {
            Some(CENTRAL) => offset,
            _ => tail.checked_sub(size).ok_or_else(broken)?,
        };
        let base = start.checked_sub(offset).ok_or_else(broken)?;
        let length = tail.checked_sub(start).ok_or_else(broken)?;
        if length > MAX_DIRECTORY {
            return Err(Error::TooLarge(format!("Zip archive: directory of {} MB", length >> 20)));
        }
        let bytes = bytes_at(source, start, length)?.ok_or_else(broken)?;
        Ok(Self { start, tail, end, zip64, base, count, bytes })
    }

    /// Its entries, as many as declared.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, Error> {
        let (mut entries, mut at) = (Vec::new(), 0);
        while entries.len() < self.count {
            let entry = Entry::read(self, at).ok_or_else(|| corrupt("Invalid Central Directory header"))?;
            at = entry.central.end - self.start;
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// An entry of an archive. All positions are those in the file.
pub(crate) struct Entry {
    /// Its name, as written.
    pub name: String,
    /// Its record in the central directory.
    pub central: Range<usize>,
    /// Its local file header.
    pub local: usize,
    /// The compression method.
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    /// Its compressed size.
    pub packed: usize,
    /// Its uncompressed size.
    pub size: usize,
    /// The position of the local header's offset in the directory, four or eight bytes long.
    pub place: Range<usize>,
}

impl Entry {
    /// Reads the entry at byte `at` of the directory; `None` where there is no complete record.
    fn read(directory: &Directory, at: usize) -> Option<Self> {
        let data = &directory.bytes[..];
        if u32_at(data, at)? != CENTRAL {
            return None;
        }
        let length = |from: usize| u16_at(data, at + from).map(usize::from);
        let name_end = at + CENTRAL_SIZE + length(28)?;
        let end = name_end + length(30)? + length(32)?;
        let name = data.get(at + CENTRAL_SIZE..name_end)?;
        data.get(at..end)?;
        let (mut packed, mut size, mut offset) =
            (size_at(data, at + 20)?, size_at(data, at + 24)?, size_at(data, at + 42)?);
        let mut place = at + 42..at + 46;
        if [packed, size, offset].contains(&ZIP64) {
            let mut field = zip64_field(data, name_end..name_end + length(30)?)?;
            // It has only the numbers that do not fit into their fields, in this order (4.5.3).
            for number in [&mut size, &mut packed, &mut offset].into_iter().filter(|number| **number == ZIP64)
            {
                (*number, place) = (u64_at(&data[..field.end], field.start)?, field.start..field.start + 8);
                field.start += 8;
            }
            if size_at(data, at + 42)? != ZIP64 {
                place = at + 42..at + 46;
            }
        }
        let start = directory.start;
        Some(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            central: start + at..start + end,
            local: directory.base.checked_add(offset)?,
            method: u16_at(data, at + 10)?,
            flags: u16_at(data, at + 8)?,
            crc: u32_at(data, at + 16)?,
            packed,
            size,
            place: start + place.start..start + place.end,
        })
    }

    /// An error about this entry.
    pub(crate) fn corrupt(&self, what: &str) -> Error {
        Error::corrupt(&self.name, what)
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.flags & FLAG_ENCRYPTED != 0
    }

    /// The position of its compressed bytes, from its local `header`.
    pub(crate) fn content(&self, header: &[u8]) -> Option<Range<usize>> {
        if u32_at(header, 0)? != LOCAL {
            return None;
        }
        let length = |from: usize| u16_at(header, from).map(usize::from);
        let start = self.local + LOCAL_SIZE + length(26)? + length(28)?;
        Some(start..start.checked_add(self.packed)?)
    }

    /// Its content: `packed` uncompressed, size and checksum verified, at most `limit` bytes.
    pub(crate) fn unpack(&self, packed: impl Read, limit: u64) -> Result<Vec<u8>, Error> {
        if self.size as u64 > limit {
            return Err(Error::TooLarge(format!("{}: {} MB", self.name, self.size >> 20)));
        }
        let mut content = Vec::with_capacity(self.size.min(RESERVED));
        let most = self.size as u64 + 1;
        match self.method {
            STORED => packed.take(most).read_to_end(&mut content),
            DEFLATED => DeflateDecoder::new(packed).take(most).read_to_end(&mut content),
            other => return Err(self.corrupt(&format!("compression method {other}"))),
        }
        .map_err(|error| self.corrupt(&error.to_string()))?;
        match content.len().cmp(&self.size) {
            Ordering::Less => Err(self.corrupt("File is smaller than its declared uncompressed size")),
            Ordering::Greater => Err(self.corrupt("File is larger than its declared uncompressed size")),
            Ordering::Equal if crc32(&content) != self.crc => Err(self.corrupt("Invalid checksum")),
            Ordering::Equal => Ok(content),
        }
    }

    /// The beginning of its content: at most `limit` bytes, or as much as can be uncompressed of a corrupt
    /// entry.
    pub(crate) fn beginning(&self, packed: &[u8], limit: u64) -> Vec<u8> {
        let mut content = Vec::new();
        // A partial result is good enough for a search.
        let _ = match self.method {
            STORED => packed.take(limit).read_to_end(&mut content),
            DEFLATED => DeflateDecoder::new(packed).take(limit).read_to_end(&mut content),
            _ => Ok(0),
        };
        content
    }

    /// Its name as bytes in the file `data`.
    pub(crate) fn name_bytes<'d>(&self, data: &'d [u8]) -> &'d [u8] {
        let length = u16_at(data, self.central.start + 28).map_or(0, usize::from);
        let start = self.central.start + CENTRAL_SIZE;
        data.get(start..start + length).unwrap_or_default()
    }

    /// Whether the local header in the file `data` has the same name.
    pub(crate) fn is_named_alike(&self, data: &[u8]) -> bool {
        let name = self.name_bytes(data);
        u16_at(data, self.local.saturating_add(26)).map(usize::from) == Some(name.len())
            && data.get(self.local + LOCAL_SIZE..self.local + LOCAL_SIZE + name.len()) == Some(name)
    }

    /// Its directory record in the file `data` without the ZIP64 field, for recompressed content.
    pub(crate) fn plain_central(&self, data: &[u8]) -> Option<Vec<u8>> {
        let length = |from: usize| u16_at(data, self.central.start + from).map(usize::from);
        let extra = self.central.start + CENTRAL_SIZE + length(28)?;
        let behind = extra + length(30)?;
        let Some(field) = zip64_field(data, extra..behind) else {
            return Some(data[self.central.clone()].to_vec());
        };
        let field = field.start - 4..field.end;
        let mut record = data[self.central.start..field.start].to_vec();
        record.extend_from_slice(&data[field.end..self.central.end]);
        let left = u16::try_from(behind - extra - field.len()).ok()?;
        record[30..32].copy_from_slice(&left.to_le_bytes());
        Some(record)
    }
}

/// The last complete end record, with its comment.
fn find_end(source: &mut (impl Read + Seek), length: usize) -> Result<Option<Range<usize>>, Error> {
    let Some(last) = length.checked_sub(END_SIZE) else { return Ok(None) };
    let first = last.saturating_sub(usize::from(u16::MAX) + MOST_BEHIND);
    let Some(window) = bytes_at(source, first, length - first)? else { return Ok(None) };
    let whole = |at: usize| {
        let end = at + END_SIZE + usize::from(u16_at(&window, at + 20)?);
        (end <= window.len()).then_some(first + at..first + end)
    };
    Ok(memchr::memmem::rfind_iter(&window, &END.to_le_bytes()).find_map(whole))
}

/// The ZIP64 end record and its locator, before the end record at `end`.
fn find_zip64_end(source: &mut (impl Read + Seek), end: usize) -> Result<Option<(usize, usize)>, Error> {
    let Some(at) = end.checked_sub(ZIP64_LOCATOR_SIZE) else { return Ok(None) };
    let locator = bytes_at(source, at, ZIP64_LOCATOR_SIZE)?.unwrap_or_default();
    if u32_at(&locator, 0) != Some(ZIP64_LOCATOR) {
        return Ok(None);
    }
    // If data precedes the archive, the record is right before its locator.
    for record in [u64_at(&locator, 8), at.checked_sub(ZIP64_END_SIZE)].into_iter().flatten() {
        let is_record = bytes_at(source, record, 4)?.and_then(|four| u32_at(&four, 0)) == Some(ZIP64_END);
        if record < at && is_record {
            return Ok(Some((record, at)));
        }
    }
    Ok(None)
}

/// The content of the ZIP64 field among the extra fields in `range`.
fn zip64_field(data: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let mut at = range.start;
    while at + 4 <= range.end {
        let end = at + 4 + usize::from(u16_at(data, at + 2)?);
        if u16_at(data, at)? == ZIP64_FIELD && end <= range.end {
            return Some(at + 4..end);
        }
        at = end;
    }
    None
}

/// `length` bytes of `source` from byte `at` on; `None` where there are fewer.
pub(crate) fn bytes_at(
    source: &mut (impl Read + Seek),
    at: usize,
    length: usize,
) -> Result<Option<Vec<u8>>, Error> {
    source.seek(SeekFrom::Start(at as u64))?;
    let mut bytes = Vec::new();
    source.take(length as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() == length).then_some(bytes))
}

fn u64_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(data.get(at..at.checked_add(8)?)?.try_into().ok()?)).ok()
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn size_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(data, at)?).ok()
}
