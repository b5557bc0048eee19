//! A look at the package before it is opened: what the file really is, and its parts whole, checked and small
//! enough.
//!
//! calamine is never given a foreign zip archive. The parts it needs are taken out with their checksums
//! verified and their sizes bounded, and handed over in a plain archive without compression.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Write};
use std::ops::Range;
use std::path::Path;

use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::ReadError;

/// The most bytes one part may have once unpacked.
const MAX_PART: u64 = 96 << 20;
/// The most bytes all parts taken from one package may have.
const MAX_PARTS: u64 = 160 << 20;
/// The most entries a package may have.
const MAX_ENTRIES: usize = 20_000;
/// The largest file that is opened at all.
const MAX_FILE: u64 = 512 << 20;
/// Packages whose parts are no larger than this are read without a process of their own.
pub(super) const SMALL: u64 = 4 << 20;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// .xlsx, .xlsm and their templates.
    Xlsx,
    /// .xlsb.
    Xlsb,
    /// .xls (BIFF in a compound file).
    Xls,
    /// .ods.
    Ods,
    /// .csv, .tsv.
    Delimited,
}

/// Opens the file and tells what it is. The name decides only between text files.
pub(super) fn sniff(path: &Path) -> Result<Format, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable(error.kind().to_string());
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        return Err(ReadError::Folder);
    }
    if !meta.is_file() {
        return Err(ReadError::NotASpreadsheet("a device or pipe".into()));
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head)).map_err(unreadable)?;
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if meta.len() > MAX_FILE {
        return Err(ReadError::TooLarge(format!("{} MB", meta.len() >> 20)));
    }
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip_format(path),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound_format(path),
        [0x25, b'P', b'D', b'F', ..] => Err(ReadError::NotASpreadsheet("PDF".into())),
        [b'H', b'W', b'P', ..] => Err(ReadError::NotASpreadsheet("HWP".into())),
        _ => text_format(path, &head),
    }
}

fn text_format(path: &Path, head: &[u8]) -> Result<Format, ReadError> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    if matches!(extension.as_str(), "csv" | "tsv" | "txt") {
        return Ok(Format::Delimited);
    }
    let lower = head.to_ascii_lowercase();
    let looks_like = |needle: &str| memmem::find(&lower, needle.as_bytes()).is_some();
    let what = if looks_like("<html") || looks_like("<table") {
        "HTML"
    } else if looks_like("urn:schemas-microsoft-com:office:spreadsheet") {
        "XML"
    } else if head.iter().all(|&b| b != 0) {
        "text"
    } else {
        "unknown data"
    };
    Err(ReadError::NotASpreadsheet(what.into()))
}

fn compound_format(path: &Path) -> Result<Format, ReadError> {
    let file = File::open(path).map_err(|e| ReadError::Unreadable(e.kind().to_string()))?;
    let compound = cfb::CompoundFile::open(BufReader::new(file))
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    if compound.is_stream("/EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if compound.is_stream("/Workbook") || compound.is_stream("/Book") {
        return Ok(Format::Xls);
    }
    let what = if compound.is_stream("/WordDocument") {
        "Word"
    } else if compound.is_stream("/FileHeader") {
        "HWP"
    } else if compound.is_stream("/PowerPoint Document") {
        "PowerPoint"
    } else {
        "a compound file without a workbook"
    };
    Err(ReadError::NotASpreadsheet(what.into()))
}

fn zip_format(path: &Path) -> Result<Format, ReadError> {
    let mut archive = open_archive(path)?;
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(|n| n.to_lowercase()).collect();
    let has = |what: &str| names.iter().any(|name| name == what);
    if has("mimetype") {
        let mut kind = String::new();
        if let Ok(entry) = archive.by_name("mimetype") {
            let _ = entry.take(200).read_to_string(&mut kind);
        }
        if kind.contains("opendocument.spreadsheet") {
            return Ok(Format::Ods);
        }
        let what = if kind.contains("hwp") { "HWPX" } else { "OpenDocument" };
        return Err(ReadError::NotASpreadsheet(what.into()));
    }
    if names.iter().any(|name| name.ends_with("workbook.bin")) {
        return Ok(Format::Xlsb);
    }
    if names.iter().any(|name| name.starts_with("word/")) {
        return Err(ReadError::NotASpreadsheet("Word".into()));
    }
    if names.iter().any(|name| name.starts_with("ppt/")) {
        return Err(ReadError::NotASpreadsheet("PowerPoint".into()));
    }
    if has("[content_types].xml") || has("_rels/.rels") {
        return Ok(Format::Xlsx);
    }
    if has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(ReadError::NotASpreadsheet("ZIP".into()))
}

fn open_archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, ReadError> {
    let file = File::open(path).map_err(|e| ReadError::Unreadable(e.kind().to_string()))?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
    if archive.len() > MAX_ENTRIES {
        return Err(ReadError::TooLarge(format!("{} parts", archive.len())));
    }
    Ok(archive)
}

fn damaged(error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged(error.to_string())
}

/// The package behind a file, parts taken out one by one.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    out: ZipWriter<Cursor<Vec<u8>>>,
    taken: BTreeSet<String>,
    bytes: u64,
}

/// The parts taken from a package: an archive without compression, to be read from memory.
pub(super) struct Parts {
    bytes: Vec<u8>,
    places: Vec<(String, Range<usize>)>,
}

impl Package {
    /// Opens the package at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        Ok(Self {
            archive: open_archive(path)?,
            out: ZipWriter::new(Cursor::new(Vec::new())),
            taken: BTreeSet::new(),
            bytes: 0,
        })
    }

    /// The sum of the unpacked sizes that the package claims for its XML and binary parts. A claim only:
    /// [`Package::take`] counts what really comes out.
    pub(super) fn claimed_size(&mut self) -> u64 {
        let mut sum = 0u64;
        for index in 0..self.archive.len() {
            if let Ok(entry) = self.archive.by_index_raw(index)
                && !entry.name().is_ok_and(|name| name.contains("/media/"))
            {
                // A part that claims to be far smaller than it is packed shows itself here.
                sum = sum.saturating_add(entry.size().max(entry.compressed_size()));
            }
        }
        sum
    }

    /// Takes the part `name` out, whatever its case, checks it and keeps it. `None` if there is none.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(actual) = self.resolve(name) else { return Ok(None) };
        let entry = self.archive.by_name(&actual).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                ReadError::Encrypted
            }
            other => damaged(&other),
        })?;
        let mut content = Vec::with_capacity(usize::try_from(entry.size().min(SMALL)).unwrap_or(0));
        // Reading to the end also verifies the checksum.
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut content)
            .map_err(|e| ReadError::Damaged(format!("{name}: {e}")))?;
        let length = content.len() as u64;
        self.bytes += length;
        if length > MAX_PART || self.bytes > MAX_PARTS {
            return Err(ReadError::TooLarge(format!("{name}: {} MB", length >> 20)));
        }
        let content = utf8(content);
        if memmem::find(&content, b"<!DOCTYPE").is_some() {
            return Err(ReadError::Damaged(format!("{name}: DOCTYPE")));
        }
        if self.taken.insert(actual.clone()) {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            self.out.start_file(actual.as_str(), options).map_err(|e| damaged(&e))?;
            self.out.write_all(&content).map_err(|e| damaged(&e))?;
        }
        Ok(Some(content))
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }

    fn resolve(&self, name: &str) -> Option<String> {
        let name = name.trim_start_matches('/');
        if self.archive.index_for_name(name).is_some() {
            return Some(name.to_owned());
        }
        self.archive
            .file_names()
            .filter_map(Result::ok)
            .find(|candidate| candidate.replace('\\', "/").eq_ignore_ascii_case(name))
            .map(std::borrow::Cow::into_owned)
    }

    /// The parts taken so far.
    pub(super) fn finish(self) -> Result<Parts, ReadError> {
        let bytes = self.out.finish().map_err(|e| damaged(&e))?.into_inner();
        let mut places = Vec::new();
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(|e| damaged(&e))?;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| damaged(&e))?;
            let start = usize::try_from(entry.data_start().unwrap_or(0)).unwrap_or(0);
            let length = usize::try_from(entry.size()).unwrap_or(0);
            let name = entry.name().map_err(|e| damaged(&e))?.to_lowercase();
            places.push((name, start..start + length));
        }
        Ok(Parts { bytes, places })
    }
}

impl Parts {
    /// A reader over the archive.
    pub(super) fn reader(&self) -> Cursor<&[u8]> {
        Cursor::new(&self.bytes)
    }

    /// The content of the part `name`, whatever its case.
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        let name = name.trim_start_matches('/').to_lowercase();
        let (_, range) = self.places.iter().find(|(part, _)| *part == name)?;
        self.bytes.get(range.clone())
    }
}

/// A part in UTF-8; a UTF-16 part is converted and its XML declaration, which would name the old encoding, is
/// dropped.
fn utf8(content: Vec<u8>) -> Vec<u8> {
    let encoding = match content.as_slice() {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE,
        _ => return content,
    };
    let (text, _, _) = encoding.decode(&content);
    let body = match text.find("?>") {
        Some(end) if text.starts_with("<?xml") => &text[end + 2..],
        _ => &text,
    };
    body.as_bytes().to_vec()
}
