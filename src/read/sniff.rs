//! Detects the format of a file by its content.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use memchr::memmem;

use super::ReadError;
use super::package::{Package, SMALL};
use super::xls;

/// Maximum size of any file.
const MAX_FILE: u64 = 512 << 20;
/// A file of a detected format.
pub(super) enum DetectedFile {
    /// .xlsx, .xlsm and their templates.
    Xlsx(Package),
    /// .xlsb.
    Xlsb(Package),
    /// .ods.
    Ods(Package),
    /// .docx.
    Docx(Package),
    /// .hwpx.
    Hwpx(Package),
    /// .xls (BIFF in a compound file).
    Xls(xls::XlsBook),
    /// .csv, .tsv.
    Delimited,
    /// An HTML page with tables.
    Html,
    /// Web pages saved in one file.
    Mhtml,
    /// XML Spreadsheet 2003.
    SpreadsheetXml,
}

impl DetectedFile {
    /// Whether what is known of the file limits the cost of reading it.
    pub(super) fn is_harmless(&self, path: &Path) -> bool {
        match self {
            DetectedFile::Xlsx(package)
            | DetectedFile::Xlsb(package)
            | DetectedFile::Ods(package)
            | DetectedFile::Docx(package)
            | DetectedFile::Hwpx(package) => package.claimed_size() <= SMALL,
            DetectedFile::Xls(book) => book.is_harmless(),
            DetectedFile::Delimited
            | DetectedFile::Html
            | DetectedFile::Mhtml
            | DetectedFile::SpreadsheetXml => std::fs::metadata(path).is_ok_and(|meta| meta.len() <= SMALL),
        }
    }
}

/// Opens the file and detects its format. The name matters only for text files.
pub(super) fn sniff(path: &Path) -> Result<DetectedFile, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        return Err(ReadError::Folder);
    }
    if !meta.is_file() {
        return Err(ReadError::NotASpreadsheet("device".into()));
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head)).map_err(unreadable)?;
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if meta.len() > MAX_FILE {
        return Err(ReadError::TooLarge(format!("{} MB", meta.len() >> 20)));
    }
    if let Some(locking_program) = locking_program(&head) {
        return Err(ReadError::Locked(locking_program.into()));
    }
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip_format(path),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound_format(path),
        // BOF of Excel 2, 3 and 4 ([MS-XLS] 2.4.21), without a compound file.
        [0x09, 0x00 | 0x02 | 0x04, ..] => Err(ReadError::OldExcel),
        _ if is_mhtml(&head) => Ok(DetectedFile::Mhtml),
        _ => match other_format(&head) {
            Some(format) => Err(ReadError::NotASpreadsheet(format.into())),
            None => text_format(path, &head),
        },
    }
}

/// The document protection program that has locked a file, by its first bytes. Korean offices use such
/// programs; locked files keep their names.
fn locking_program(head: &[u8]) -> Option<&'static str> {
    let begin = &head[..head.len().min(512)];
    let has = |sign: &[u8]| memmem::find(begin, sign).is_some();
    if begin.starts_with(b"SCDSA") {
        Some("SoftCamp")
    } else if begin.starts_with(b"\x9b DRMONE") || has(b"Fasoo") {
        Some("Fasoo")
    } else if begin.starts_with(b"<## NASCA") {
        Some("NASCA")
    } else if has(b"MarkAny") || has(b"MARKANY") {
        Some("MarkAny")
    } else {
        None
    }
}

/// The format of a file that is not a spreadsheet, by its signature.
fn other_format(head: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 11] = [
        (b"%PDF", "PDF"),
        (b"HWP", "HWP"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"Rar!\x1A\x07", "RAR"),
        (b"EGGA", "EGG"),
        (b"ALZ\x01", "ALZ"),
        (b"\x1F\x8B", "GZ"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPG"),
        (b"GIF8", "GIF"),
    ];
    SIGNS.into_iter().find(|(sign, _)| head.starts_with(sign)).map(|(_, format)| format)
}

/// Whether the file starts like an MHTML message.
fn is_mhtml(head: &[u8]) -> bool {
    head.starts_with(b"MIME-Version:") || memmem::find(head, b"Content-Type: multipart/related").is_some()
}

fn text_format(path: &Path, head: &[u8]) -> Result<DetectedFile, ReadError> {
    // Exported .xls or .csv may be HTML or XML; in UTF-16 every second byte is zero.
    let plain: Vec<u8> = head.iter().copied().filter(|&b| b != 0).collect();
    let lower = plain.to_ascii_lowercase();
    let has = |needle: &str| memmem::find(&lower, needle.as_bytes()).is_some();
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let is_delimited = matches!(extension.as_str(), "csv" | "tsv" | "txt");
    // Cells of a text file may contain tags; a page starts with one.
    let first =
        lower.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE));
    if !is_delimited || first == Some(&b'<') {
        if has("urn:schemas-microsoft-com:office:spreadsheet") && has("<workbook") {
            return Ok(DetectedFile::SpreadsheetXml);
        }
        if has("<html") || has("<table") || has("<!doctype html") || has("<body") {
            return Ok(DetectedFile::Html);
        }
    }
    let is_text = head.iter().all(|&b| b != 0);
    if is_delimited || is_text && plain.contains(&b'\t') {
        return Ok(DetectedFile::Delimited);
    }
    Err(ReadError::NotASpreadsheet(if is_text { "TXT" } else { "BIN" }.into()))
}

/// Whether a compound file that its reader rejects contains an encrypted workbook: some programs write such
/// files irregularly.
fn is_encrypted(path: &Path) -> bool {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    std::fs::read(path).is_ok_and(|bytes| {
        ["EncryptedPackage", "EncryptionInfo"].iter().any(|name| memmem::find(&bytes, &wide(name)).is_some())
    })
}

fn compound_format(path: &Path) -> Result<DetectedFile, ReadError> {
    let file = File::open(path).map_err(|e| ReadError::Unreadable((&e).into()))?;
    let mut compound =
        cfb::CompoundFile::open(BufReader::new(file)).map_err(|error| match is_encrypted(path) {
            true => ReadError::Encrypted,
            false => ReadError::damaged(error),
        })?;
    if compound.is_stream("/EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    for name in ["/Workbook", "/Book"] {
        if compound.is_stream(name) {
            return Ok(DetectedFile::Xls(xls::XlsBook::open(&mut compound, name)?));
        }
    }
    let what = if compound.is_stream("/WordDocument") {
        "Word"
    } else if compound.is_stream("/FileHeader") {
        "HWP"
    } else if compound.is_stream("/PowerPoint Document") {
        "PowerPoint"
    } else {
        "OLE"
    };
    Err(ReadError::NotASpreadsheet(what.into()))
}

fn zip_format(path: &Path) -> Result<DetectedFile, ReadError> {
    let mut package = Package::open(path)?;
    let names: Vec<String> = package.names().map(|name| name.to_lowercase()).collect();
    let has = |what: &str| names.iter().any(|name| name == what);
    if has("mimetype") {
        let kind = package.unpacked("mimetype")?.unwrap_or_default();
        let kind = String::from_utf8_lossy(&kind);
        if kind.contains("opendocument.spreadsheet") {
            return Ok(DetectedFile::Ods(package));
        }
        if kind.contains("hwp") {
            return hwpx_format(package);
        }
        return Err(ReadError::NotASpreadsheet("OpenDocument".into()));
    }
    let binary = b"application/vnd.ms-excel.sheet.binary";
    let types = package.unpacked("[Content_Types].xml")?.unwrap_or_default();
    if memmem::find(&types, binary).is_some() || names.iter().any(|name| name.ends_with("workbook.bin")) {
        return Ok(DetectedFile::Xlsb(package));
    }
    if has("word/document.xml") {
        return Ok(DetectedFile::Docx(package));
    }
    if names.iter().any(|name| name.starts_with("word/")) {
        return Err(ReadError::NotASpreadsheet("Word".into()));
    }
    if names.iter().any(|name| name.starts_with("ppt/")) {
        return Err(ReadError::NotASpreadsheet("PowerPoint".into()));
    }
    if has("[content_types].xml") || has("_rels/.rels") {
        return Ok(DetectedFile::Xlsx(package));
    }
    if has("content.xml") {
        return Ok(DetectedFile::Ods(package));
    }
    Err(ReadError::NotASpreadsheet("ZIP".into()))
}

/// A Hangul document; its manifest says whether it is encrypted.
fn hwpx_format(mut package: Package) -> Result<DetectedFile, ReadError> {
    let manifest = package.unpacked("META-INF/manifest.xml")?.unwrap_or_default();
    let is_encrypted = memmem::find(&manifest, b"encryption-data").is_some();
    if is_encrypted { Err(ReadError::Encrypted) } else { Ok(DetectedFile::Hwpx(package)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(name: &str, content: &[u8]) -> Result<&'static str, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        sniff(&path).map(|source| match source {
            DetectedFile::Delimited => "text",
            DetectedFile::Html => "page",
            DetectedFile::Mhtml => "message",
            DetectedFile::SpreadsheetXml => "xml",
            _ => "package",
        })
    }

    #[test]
    fn a_web_page_named_csv_is_a_web_page() {
        assert_eq!(sniffed("가.csv", "\u{feff}\n<!DOCTYPE html><html><table>".as_bytes()), Ok("page"));
        assert_eq!(sniffed("가.csv", b"a,<table>\n<html>,b\n"), Ok("text"));
        assert_eq!(sniffed("가.csv", b"<b>,<i>\n"), Ok("text"));
        let message = b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n<html><table>";
        assert_eq!(sniffed("가.xls", message), Ok("message"));
    }

    #[test]
    fn documents_that_a_guarding_program_locked_are_recognised() {
        for (begin, locking_program) in [
            (&b"SCDSA004\0\0\xf0\x06"[..], "SoftCamp"),
            (b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM", "Fasoo"),
            (b"<## NASCA DRM FILE - VER1.00 ##>\0\x01", "NASCA"),
            (b"\x01\0MarkAny Document SAFER\0", "MarkAny"),
        ] {
            assert_eq!(sniffed("가.xlsx", begin), Err(ReadError::Locked(locking_program.into())));
        }
    }

    #[test]
    fn archives_and_documents_named_xlsx_are_reported_by_format() {
        for (begin, format) in [
            (&b"7z\xBC\xAF\x27\x1C\0\x04"[..], "7z"),
            (b"Rar!\x1A\x07\x01\0", "RAR"),
            (b"EGGA\0\x01", "EGG"),
            (b"ALZ\x01\x0a\0", "ALZ"),
            (b"{\\rtf1\\ansi <table>", "RTF"),
        ] {
            assert_eq!(sniffed("가.xlsx", begin), Err(ReadError::NotASpreadsheet(format.into())));
        }
    }
}
