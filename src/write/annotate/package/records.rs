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
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

const FLAG_ENCRYPTED: u16 = 1;
pub(super) const FLAG_DESCRIPTOR: u16 = 1 << 3;
pub(super) const FLAG_UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;

/// The central directory.
pub(super) struct Directory {
    /// Where it begins.
    pub start: usize,
    /// The record behind it that ends the archive, with its comment.
    pub end: Range<usize>,
    /// What stands before the archive: offsets in it count from here.
    pub base: usize,
    /// How many entries it has.
    pub count: usize,
}

impl Directory {
    /// Finds it in the archive `data`.
    pub fn find(data: &[u8]) -> Result<Self, Refusal> {
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
        let start = match u32_at(data, offset) {
            Some(CENTRAL) => offset,
            _ => end.start.checked_sub(size).ok_or_else(broken)?,
        };
        let base = start.checked_sub(offset).ok_or_else(broken)?;
        Ok(Self { start, end, base, count: usize::from(count) })
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
        let (packed, size, offset) =
            (size_at(data, at + 20)?, size_at(data, at + 24)?, size_at(data, at + 42)?);
        if [packed, size, offset].contains(&(u32::MAX as usize)) {
            return Some(Err(Refusal::Zip64));
        }
        let local = base + offset;
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
        Some(Ok(Self { name, central: at..end, local, method, flags, crc, packed, size }))
    }

    /// Where its compressed bytes stand.
    pub fn content(&self, data: &[u8]) -> Option<Range<usize>> {
        let length = |from: usize| u16_at(data, self.local + from).map(usize::from);
        let start = self.local + LOCAL_SIZE + length(26)? + length(28)?;
        Some(start..start.checked_add(self.packed)?)
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

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn size_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(data, at)?).ok()
}
