//! Reads .csv and .tsv in any encoding.

use std::borrow::Cow;
use std::path::Path;

use super::ReadError;
use super::grid::{Grid, MAX_LETTERS};
use super::text::decode;
use crate::source::CellRef;

/// Maximum size of a text file.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a text file as one sheet, named after the file without its extension.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let decoded = decode(&bytes)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let mut grid = Grid::new(&name, false);
    let (delimiter, text) = declared_delimiter(&decoded.text);
    let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(text));
    let (mut row, mut col) = (0u32, 0u32);
    for field in (Fields { text, at: 0, delimiter }) {
        grid.put(row, col, &field.text, false).map_err(|_| ReadError::TooLarge(name.to_string()))?;
        if field.open_quote {
            let cell = CellRef::new(row, u16::try_from(col).unwrap_or(u16::MAX));
            grid.open_quotes.note(&cell.to_string());
        }
        (row, col) = if field.ends_line { (row.saturating_add(1), 0) } else { (row, col.saturating_add(1)) };
    }
    Ok(vec![grid.finish()])
}

/// The supported delimiters, most likely first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The delimiter declared in the first line (`sep=;`, as in Excel), and the text without that line.
fn declared_delimiter(text: &str) -> (Option<u8>, &str) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let bare = line.trim().trim_matches('"').to_ascii_lowercase();
    let declared = bare.strip_prefix("sep=").and_then(|declared| match declared.as_bytes() {
        [one] if one.is_ascii_punctuation() && *one != b'"' => Some(*one),
        // The tab itself was trimmed as white space.
        [] if line.contains('\t') => Some(b'\t'),
        _ => None,
    });
    if declared.is_none() {
        return (None, text);
    }
    let rest = &text[line.len()..];
    (declared, rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest))
}

/// The delimiter that splits the most lines into the same number of fields: commas in texts and numbers vary
/// from line to line.
fn likely_delimiter(text: &str) -> u8 {
    let lines: Vec<[usize; DELIMITERS.len()]> =
        text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).take(200).map(count).collect();
    let score = |at: usize| {
        let mut counts: Vec<usize> =
            lines.iter().map(|counts| counts[at]).filter(|&count| count > 0).collect();
        counts.sort_unstable();
        counts.chunk_by(|a, b| a == b).map(|alike| alike.len() * alike[0]).max().unwrap_or(0)
    };
    let best = (0..DELIMITERS.len()).rev().max_by_key(|&at| score(at)).unwrap_or(0);
    DELIMITERS[best]
}

/// The number of occurrences of each delimiter in a line, outside quotes.
fn count(line: &str) -> [usize; DELIMITERS.len()] {
    let mut counts = [0; DELIMITERS.len()];
    // A quote not closed in its line is an ordinary character.
    let mut quotes = line.bytes().filter(|&b| b == b'"').count();
    quotes -= quotes % 2;
    let mut quoted = false;
    for byte in line.bytes() {
        if byte == b'"' && quotes > 0 {
            (quoted, quotes) = (!quoted, quotes - 1);
        } else if let Some(at) =
            DELIMITERS.iter().position(|&delimiter| delimiter == byte).filter(|_| !quoted)
        {
            counts[at] += 1;
        }
    }
    counts
}

/// Iterates over the fields of a text.
struct Fields<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
}

struct TextField<'t> {
    text: Cow<'t, str>,
    ends_line: bool,
    /// It starts with a quote that is never closed.
    open_quote: bool,
}

/// The most lines in a quoted field. A longer one started with a stray quote.
const MAX_LINES: usize = 200;

impl<'t> Iterator for Fields<'t> {
    type Item = TextField<'t>;

    fn next(&mut self) -> Option<TextField<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let begin = rest.len() - rest.trim_start_matches(' ').len();
        let quoted = rest[begin..].strip_prefix('"');
        if let Some(inside) = quoted
            && let Some(length) = self.closing(inside)
        {
            let after = &inside[length + 1..];
            let blank = after.len() - after.trim_start_matches(' ').len();
            let ends_line = self.pass(begin + length + 2 + blank);
            let text = &inside[..length];
            let text = if text.contains('"') { text.replace("\"\"", "\"").into() } else { text.into() };
            return Some(TextField { text, ends_line, open_quote: false });
        }
        let end = rest.find(['\r', '\n', char::from(self.delimiter)]).unwrap_or(rest.len());
        let text = &rest[..end];
        // Drop an opening quote that is never closed, and a stray closing one.
        let text = if quoted.is_some() { text.trim().trim_matches('"') } else { text };
        let ends_line = self.pass(end);
        Some(TextField { text: text.into(), ends_line, open_quote: quoted.is_some() })
    }
}

impl Fields<'_> {
    /// The position in `inside` (a field after its opening quote) of the closing quote: one followed by a
    /// delimiter or the end of the line.
    fn closing(&self, inside: &str) -> Option<usize> {
        let bytes = inside.as_bytes();
        let ends = |at: usize| {
            let behind = bytes[at..].iter().find(|&&b| b != b' ');
            behind.is_none_or(|&b| b == self.delimiter || matches!(b, b'\r' | b'\n'))
        };
        let (mut at, mut lines, mut before) = (0, 0, 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' if ends(at + 1) => return Some(at),
                // A quote in the middle of a text is tolerated in the field's first line. On a later line, or
                // after a delimiter, it opens another field, so this one was never closed.
                b'"' if lines > 0 || before == self.delimiter => return None,
                b'\n' => lines += 1,
                _ => {}
            }
            if *byte != b' ' {
                before = *byte;
            }
            if lines > MAX_LINES || at > MAX_LETTERS * 4 {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Skips the `length` bytes of a field and the delimiter or line end after it; returns whether it was a
    /// line end.
    fn pass(&mut self, length: usize) -> bool {
        self.at += length;
        let rest = &self.text.as_bytes()[self.at.min(self.text.len())..];
        let (ends_line, behind) = match rest {
            [b'\r', b'\n', ..] => (true, 2),
            [b'\r' | b'\n', ..] => (true, 1),
            [] => (true, 0),
            _ => (false, 1),
        };
        self.at += behind;
        ends_line
    }
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

    /// The texts of the sheet, by cell.
    fn texts(grid: &Grid) -> Vec<String> {
        let rows = grid.rows_from(0);
        rows.flat_map(|(row, cells)| {
            cells.iter().map(move |(col, shown)| format!("{} {}", CellRef::new(row, *col), shown.text))
        })
        .collect()
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_line_and_is_reported() {
        let grid = grid_of("가,\"나\n다,\"1,234\"\n\"마\n바\",\"사 \"아\" 자\"\n".as_bytes());
        assert_eq!(texts(&grid), ["A1 가", "B1 나", "A2 다", "B2 1,234", "A3 마 바", "B3 사 \"아\" 자"]);
        assert_eq!((grid.open_quotes.count, grid.open_quotes.first), (1, vec!["B1".to_owned()]));
        let grid = grid_of("가,15\" 화면,\"\"\"나\"\"\"\n\"다".as_bytes());
        assert_eq!(texts(&grid), ["A1 가", "B1 15\" 화면", "C1 \"나\"", "A2 다"]);
        assert_eq!(grid.open_quotes.first, ["A2"]);
    }

    #[test]
    fn the_delimiter_is_the_one_that_the_first_line_names() {
        for text in ["sep=;\r\n가,나;다\r\n", "\"sep=;\"\n가,나;다", "SEP=|\n가,나|다"] {
            assert_eq!(texts(&grid_of(text.as_bytes())), ["A1 가,나", "B1 다"]);
        }
        assert_eq!(texts(&grid_of("sep=\t\n가,나\t다".as_bytes())), ["A1 가,나", "B1 다"]);
        assert_eq!(texts(&grid_of("sep=\n가,나".as_bytes())), ["A1 sep=", "A2 가", "B2 나"]);
    }

    #[test]
    fn decimal_commas_do_not_pass_for_delimiters() {
        let grid = grid_of("가;나\n1,5;2,3\n4,5;6\n".as_bytes());
        assert_eq!(texts(&grid), ["A1 가", "B1 나", "A2 1,5", "B2 2,3", "A3 4,5", "B3 6"]);
    }
}
