//! .csv and .tsv in any encoding.

use std::path::Path;

use super::ReadError;
use super::grid::Grid;
use super::text::decode;
use crate::source::CellRef;

/// The largest text file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// Reads the one sheet of a text file; it bears the file's name without the extension.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable(error.kind().to_string());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let decoded = decode(&bytes)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let mut grid = Grid::new(&name, false);
    let delimiter = delimiter(&decoded.text);
    // A quote that is never closed would take the rest of the file for one cell: then quotes are letters.
    let quoting = decoded.text.bytes().filter(|&b| b == b'"').count().is_multiple_of(2);
    let text = keep_blank_lines(&decoded.text, delimiter, quoting);
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    for (row, record) in records.records().enumerate() {
        let record = record.map_err(|error| ReadError::Damaged(error.to_string()))?;
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for (col, field) in record.iter().enumerate() {
            let col = u32::try_from(col).unwrap_or(u32::MAX);
            let field = if quoting { field } else { field.trim().trim_matches('"') };
            grid.put(row, col, field, false).map_err(|_| ReadError::TooLarge(name.to_string()))?;
            if decoded.unreadable > 0 && field.contains('\u{fffd}') {
                grid.unread.note(&CellRef::new(row, u16::try_from(col).unwrap_or(u16::MAX)).to_string());
            }
        }
    }
    Ok(vec![grid.finish()])
}

/// The delimiter that stands most often outside quotes in the first lines.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'\t', 0u32), (b',', 0), (b';', 0), (b'|', 0)];
    for c in text.chars().take(20_000) {
        quoted ^= c == '"';
        if !quoted
            && let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| char::from(*delimiter) == c)
        {
            *count += 1;
        }
    }
    counts.into_iter().max_by_key(|&(delimiter, count)| (count, delimiter == b',')).map_or(b',', |(d, _)| d)
}

/// A blank line is a blank row, which the csv reader would pass over: it gets one delimiter.
fn keep_blank_lines(text: &str, delimiter: u8, quoting: bool) -> String {
    let mut kept = String::with_capacity(text.len() + 64);
    let mut quoted = false;
    for line in text.split_inclusive('\n') {
        if !quoted && line.trim_end_matches(['\r', '\n']).is_empty() {
            kept.push(char::from(delimiter));
        }
        kept.push_str(line);
        quoted ^= quoting && line.bytes().filter(|&b| b == b'"').count() % 2 == 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid_of(bytes: &[u8]) -> Grid {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("표.csv");
        std::fs::write(&path, bytes).unwrap();
        read(&path).unwrap().remove(0)
    }

    #[test]
    fn utf8_utf16_and_cp949_read_alike() {
        let text = "관점,목표\r\n\r\n\"시민\n고객\",\"1,234\"\r\n";
        let (cp949, _, _) = encoding_rs::EUC_KR.encode(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16.iter().copied()).collect();
        for bytes in [text.as_bytes(), &cp949, &marked, &utf16] {
            let grid = grid_of(bytes);
            assert_eq!(&*grid.own(CellRef::new(2, 0)).unwrap().text, "시민 고객");
            assert_eq!(&*grid.own(CellRef::new(2, 1)).unwrap().text, "1,234");
        }
    }

    #[test]
    fn tabs_and_semicolons_are_recognised() {
        for text in ["가\t나, 다\n라\t마\n", "가;나, 다\n라;마\n", "가|나, 다\n라|마\n"] {
            assert_eq!(&*grid_of(text.as_bytes()).own(CellRef::new(1, 1)).unwrap().text, "마");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_swallow_the_rows_below() {
        let grid = grid_of("가,\"나\n다,라\n마,바\n".as_bytes());
        assert_eq!(&*grid.own(CellRef::new(0, 1)).unwrap().text, "나");
        assert_eq!(&*grid.own(CellRef::new(2, 1)).unwrap().text, "바");
    }
}
