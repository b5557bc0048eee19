//! The records of a zip archive: the end, the central directory and its entries.

use std::io::Read;
use std::ops::Range;

use flate2::read::DeflateDecoder;

use super::super::Refusal;
use super::damaged;

/// The most bytes one part may have once unpacked.
const MAX_PART: u64 = 96 << 20;

pub(super) const LOCAL: u32 = 0x0403_4b50;
pub(super) const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LONG_END: u32 = 0x0606_4b50;
const LONG_LOCATOR: u32 = 0x0706_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
const LONG_LOCATOR_SIZE: usize = 20;
const LONG_END_SIZE: usize = 56;
/// What stands in the place of a number that has no room there.
const LONG: usize = u32::MAX as usize;
/// The field for numbers that are too large for their place (APPNOTE.TXT 4.5.3).
const LONG_FIELD: u16 = 1;
/// The bytes with which an OLE compound file begins; what Office encrypts is one.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const FLAG_ENCRYPTED: u16 = 1;
pub(super) const FLAG_DESCRIPTOR: u16 = 1 << 3;
pub(super) const FLAG_UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;

/// The central directory.
pub(super) struct Directory {
    /// Where it begins.
    pub start: usize,
    /// Where the records behind it begin: those of the form for huge archives, if there are any, and its end.
    pub tail: usize,
    /// The record that ends the archive, with its comment.
    pub end: Range<usize>,
    /// The record of the form for huge archives, and what leads to it. Some programs write it for small ones too.
    pub long: Option<(usize, usize)>,
    /// What stands before the archive: offsets in it count from here.
    pub base: usize,
    /// How many entries it has.
    pub count: usize,
}

impl Directory {
    /// Finds it in the archive `data`.
    pub fn find(data: &[u8]) -> Result<Self, Refusal> {
        // A compound file may hold an archive (the theme of an .xls), and is none.
        if data.starts_with(COMPOUND) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let encrypted = memchr::memmem::find(data, &name).is_some();
            return Err(if encrypted { Refusal::Encrypted } else { Refusal::NoPackage });
        }
        let end = find_end(data).ok_or(Refusal::NoPackage)?;
        let broken = || damaged("directory");
        let field = |at: usize| u16_at(data, end.start + at).ok_or_else(broken);
        let mut count = usize::from(field(10)?);
        let mut size = size_at(data, end.start + 12).ok_or_else(broken)?;
        let mut offset = size_at(data, end.start + 16).ok_or_else(broken)?;
        if field(4)? != 0 || field(8)? != field(10)? {
            return Err(damaged("parts on several disks"));
        }
        let long = long_end(data, end.start);
        if let Some((record, _)) = long {
            let number = |at: usize| long_at(data, record + at).ok_or_else(broken);
            (count, size, offset) = (number(32)?, number(40)?, number(48)?);
        } else if count == usize::from(u16::MAX) || size == LONG || offset == LONG {
            return Err(broken());
        }
        let tail = long.map_or(end.start, |(record, _)| record);
        // Something may stand before the archive; offsets count from its own beginning, or from the file's.
        let start = match u32_at(data, offset) {
            Some(CENTRAL) => offset,
            _ => tail.checked_sub(size).ok_or_else(broken)?,
        };
        let base = start.checked_sub(offset).ok_or_else(broken)?;
        Ok(Self { start, tail, end, long, base, count })
    }
}

/// An entry of the archive.
pub(super) struct Entry {
    /// Its name, as it is written.
    pub name: String,
    /// Its record in the central directory.
    pub central: Range<usize>,
    /// Its local header.
    pub local: usize,
    /// How it is compressed.
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    /// Its size as it stands in the archive.
    pub packed: usize,
    /// Its size once unpacked.
    pub size: usize,
    /// Where in the archive the directory keeps its place, and in how many bytes.
    pub place: Range<usize>,
}

impl Entry {
    /// The entry whose central record begins at `at`; `None` where no whole record stands there. Offsets count from
    /// `base`.
    pub fn read(data: &[u8], at: usize, base: usize) -> Option<Result<Self, Refusal>> {
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
        if [packed, size, offset].contains(&LONG) {
            let mut field = long_field(data, name_end..name_end + length(30)?)?;
            // Only numbers that have no room in their own place stand there, in this order (4.5.3).
            for number in [&mut size, &mut packed, &mut offset].into_iter().filter(|number| **number == LONG)
            {
                (*number, place) = (long_at(&data[..field.end], field.start)?, field.start..field.start + 8);
                field.start += 8;
            }
            if size_at(data, at + 42)? != LONG {
                place = at + 42..at + 46;
            }
        }
        let local = base.checked_add(offset)?;
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
        Some(Ok(Self { name, central: at..end, local, method, flags, crc, packed, size, place }))
    }

    /// Where its compressed bytes stand.
    pub fn content(&self, data: &[u8]) -> Option<Range<usize>> {
        let length = |from: usize| u16_at(data, self.local + from).map(usize::from);
        let start = self.local + LOCAL_SIZE + length(26)? + length(28)?;
        Some(start..start.checked_add(self.packed)?)
    }

    /// Its record in the directory without what is said about it beyond the plain fields, for one compressed anew.
    pub fn plain_central(&self, data: &[u8]) -> Option<Vec<u8>> {
        let length = |from: usize| u16_at(data, self.central.start + from).map(usize::from);
        let extra = self.central.start + CENTRAL_SIZE + length(28)?;
        let behind = extra + length(30)?;
        let Some(field) = long_field(data, extra..behind) else {
            return Some(data[self.central.clone()].to_vec());
        };
        let field = field.start - 4..field.end;
        let mut record = data[self.central.start..field.start].to_vec();
        record.extend_from_slice(&data[field.end..self.central.end]);
        let left = u16::try_from(behind - extra - field.len()).ok()?;
        record[30..32].copy_from_slice(&left.to_le_bytes());
        Some(record)
    }

    /// Its content, unpacked, the checksum verified. `data` is the whole archive.
    pub fn unpack(&self, data: &[u8]) -> Result<Vec<u8>, Refusal> {
        let broken = || damaged(&self.name);
        let packed = self.content(data).and_then(|range| data.get(range)).ok_or_else(broken)?;
        if self.size as u64 > MAX_PART {
            return Err(Refusal::TooLarge(self.name.clone()));
        }
        let content = match self.method {
            STORED => packed.to_vec(),
            DEFLATED => {
                let mut content = Vec::with_capacity(self.size);
                DeflateDecoder::new(packed)
                    .take(self.size as u64 + 1)
                    .read_to_end(&mut content)
                    .map_err(|_| broken())?;
                content
            }
            _ => return Err(damaged(&format!("{}: compression {}", self.name, self.method))),
        };
        if content.len() != self.size || super::crc(&content) != self.crc {
            return Err(broken());
        }
        Ok(content)
    }

    /// How its content begins, `limit` bytes at most; what there is of it where it is damaged.
    pub fn beginning(&self, data: &[u8], limit: u64) -> Vec<u8> {
        let packed = self.content(data).and_then(|range| data.get(range)).unwrap_or_default();
        let mut content = Vec::new();
        // What can be unpacked of a damaged entry is as good for a search as any.
        let _ = match self.method {
            STORED => packed.take(limit).read_to_end(&mut content),
            DEFLATED => DeflateDecoder::new(packed).take(limit).read_to_end(&mut content),
            _ => Ok(0),
        };
        content
    }

    /// Its name as bytes.
    pub fn name_bytes(&self, data: &[u8]) -> Vec<u8> {
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

/// The record of the form for huge archives, and what leads to it, before the end of the archive.
fn long_end(data: &[u8], end: usize) -> Option<(usize, usize)> {
    let locator = end.checked_sub(LONG_LOCATOR_SIZE)?;
    if u32_at(data, locator)? != LONG_LOCATOR {
        return None;
    }
    // Something may stand before the archive: then the record stands right before what leads to it.
    let told = long_at(data, locator + 8)?;
    [Some(told), locator.checked_sub(LONG_END_SIZE)]
        .into_iter()
        .flatten()
        .find(|&record| record < locator && u32_at(data, record) == Some(LONG_END))
        .map(|record| (record, locator))
}

/// The field for long numbers among the further fields that stand in `range`.
fn long_field(data: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let mut at = range.start;
    while at + 4 <= range.end {
        let end = at + 4 + usize::from(u16_at(data, at + 2)?);
        if u16_at(data, at)? == LONG_FIELD && end <= range.end {
            return Some(at + 4..end);
        }
        at = end;
    }
    None
}

/// A number that needs eight bytes.
fn long_at(data: &[u8], at: usize) -> Option<usize> {
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
