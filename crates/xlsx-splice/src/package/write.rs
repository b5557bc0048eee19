//! The archive with all changes, as bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::Package;
use crate::error::Error;
use crate::records::{CENTRAL, DEFLATED, FLAG_DESCRIPTOR, FLAG_UTF8, LOCAL, corrupt, crc32};

/// 1 January 1980, the earliest date of a zip archive, in MS-DOS format: added entries carry no clock time.
const FIRST_DAY: u16 = 0x0021;

impl Package<'_> {
    /// The archive with all changes.
    pub(crate) fn write(&self) -> Result<Vec<u8>, Error> {
        if !self.is_touched() {
            return Ok(self.data.to_vec());
        }
        let mut out = Vec::with_capacity(self.data.len() + (16 << 10));
        out.extend_from_slice(&self.data[..self.directory.base]);
        let order = self.by_offset();
        // Bytes between two entries (data descriptors, padding) belong to the first.
        let first = order.first().map_or(self.directory.start, |&index| self.entries[index].local);
        out.extend_from_slice(&self.data[self.directory.base..first]);
        let mut places: Vec<Option<(u32, Option<Packed>)>> = (0..self.entries.len()).map(|_| None).collect();
        for (position, &index) in order.iter().enumerate() {
            let entry = &self.entries[index];
            let end = order.get(position + 1).map_or(self.directory.start, |&next| self.entries[next].local);
            if self.removed.contains(&index) {
                continue;
            }
            let place = self.place(&out)?;
            let packed = match self.replaced.get(&index) {
                Some(content) => {
                    let packed = Packed::new(content, entry.flags & !FLAG_DESCRIPTOR)?;
                    let stamp = self.data.get(entry.local + 10..entry.local + 14).unwrap_or_default();
                    packed.write_local(&mut out, entry.name_bytes(self.data), stamp)?;
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

    /// The offset of the next entry, as the archive counts.
    fn place(&self, out: &[u8]) -> Result<u32, Error> {
        u32::try_from(out.len() - self.directory.base).map_err(|_| Error::Zip64)
    }

    fn write_directory(
        &self,
        out: &mut Vec<u8>,
        places: &[Option<(u32, Option<Packed>)>],
        added: &[(&[u8], u32, Packed)],
    ) -> Result<(), Error> {
        let directory = self.place(out)?;
        let start = out.len();
        let mut count = 0usize;
        for (entry, place) in self.entries.iter().zip(places) {
            let Some((place, packed)) = place else { continue };
            count += 1;
            let at = out.len();
            if let Some(packed) = packed {
                out.extend(
                    entry
                        .plain_central(self.data)
                        .ok_or_else(|| entry.corrupt("Invalid Central Directory header"))?,
                );
                out[at + 42..at + 46].copy_from_slice(&place.to_le_bytes());
                out[at + 8..at + 10].copy_from_slice(&packed.flags.to_le_bytes());
                out[at + 10..at + 12].copy_from_slice(&DEFLATED.to_le_bytes());
                out[at + 16..at + 28].copy_from_slice(&packed.sums()?);
            } else {
                out.extend_from_slice(&self.data[entry.central.clone()]);
                let (own, width) = (at + entry.place.start - entry.central.start, entry.place.len());
                out[own..own + width].copy_from_slice(&u64::from(*place).to_le_bytes()[..width]);
            }
        }
        for (name, place, packed) in added {
            count += 1;
            packed.write_central(out, name, *place)?;
        }
        let size = u32::try_from(out.len() - start).map_err(|_| Error::Zip64)?;
        let count = u16::try_from(count).map_err(|_| Error::Zip64)?;
        let tail = self.directory.tail;
        let record = out.len();
        // Keep the archive comment and anything after it.
        out.extend_from_slice(&self.data[tail..]);
        if let Some((zip64, locator)) = self.directory.zip64 {
            let place = (record - self.directory.base) as u64 + (zip64 - tail) as u64;
            let numbers = [(24, count.into()), (32, count.into()), (40, size.into()), (48, directory.into())];
            for (at, number) in numbers {
                let number: u64 = number;
                out[record + at..record + at + 8].copy_from_slice(&number.to_le_bytes());
            }
            let locator = record + locator - tail;
            out[locator + 8..locator + 16].copy_from_slice(&place.to_le_bytes());
        }
        let at = record + self.directory.end.start - tail;
        let mut say = |at: usize, number: &[u8]| {
            let place = &mut out[at..at + number.len()];
            // Keep the pointer to the ZIP64 record valid.
            if self.directory.zip64.is_none() || place.iter().any(|byte| *byte != 0xff) {
                place.copy_from_slice(number);
            }
        };
        say(at + 8, &count.to_le_bytes());
        say(at + 10, &count.to_le_bytes());
        say(at + 12, &size.to_le_bytes());
        say(at + 16, &directory.to_le_bytes());
        Ok(())
    }
}

/// Time and date of added entries: midnight of the first day.
fn stamp() -> [u8; 4] {
    let day = FIRST_DAY.to_le_bytes();
    [0, 0, day[0], day[1]]
}

/// Newly compressed content.
struct Packed {
    bytes: Vec<u8>,
    crc: u32,
    size: usize,
    flags: u16,
}

impl Packed {
    fn new(content: &[u8], flags: u16) -> Result<Self, Error> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        let bytes = encoder.write_all(content).and_then(|()| encoder.finish());
        let bytes = bytes.map_err(|error| corrupt(&error.to_string()))?;
        Ok(Self { bytes, crc: crc32(content), size: content.len(), flags })
    }

    /// Checksum, compressed and uncompressed size, as in both headers.
    fn sums(&self) -> Result<[u8; 12], Error> {
        let size = |n: usize| u32::try_from(n).map_err(|_| Error::Zip64);
        let mut sums = [0; 12];
        sums[..4].copy_from_slice(&self.crc.to_le_bytes());
        sums[4..8].copy_from_slice(&size(self.bytes.len())?.to_le_bytes());
        sums[8..].copy_from_slice(&size(self.size)?.to_le_bytes());
        Ok(sums)
    }

    fn header(&self, stamp: &[u8]) -> Result<Vec<u8>, Error> {
        let mut header = Vec::with_capacity(24);
        header.extend_from_slice(&20u16.to_le_bytes());
        header.extend_from_slice(&self.flags.to_le_bytes());
        header.extend_from_slice(&DEFLATED.to_le_bytes());
        header.extend_from_slice(stamp);
        header.extend_from_slice(&self.sums()?);
        Ok(header)
    }

    fn write_local(&self, out: &mut Vec<u8>, name: &[u8], stamp: &[u8]) -> Result<(), Error> {
        out.extend_from_slice(&LOCAL.to_le_bytes());
        out.extend_from_slice(&self.header(stamp)?);
        out.extend_from_slice(&length(name)?);
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name);
        out.extend_from_slice(&self.bytes);
        Ok(())
    }

    fn write_central(&self, out: &mut Vec<u8>, name: &[u8], place: u32) -> Result<(), Error> {
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

fn length(name: &[u8]) -> Result<[u8; 2], Error> {
    u16::try_from(name.len()).map(u16::to_le_bytes).map_err(|_| corrupt("Name is too long"))
}
