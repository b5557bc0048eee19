//! Tables of an HTML page that bears a spreadsheet's name, as many systems of public offices export them.

use std::collections::BTreeSet;
use std::path::Path;

use scraper::node::Node;
use scraper::{ElementRef, Html};

use super::ReadError;
use super::grid::{Grid, Overflow};
use super::text::decode;
use crate::source::{CellRange, CellRef, LAST_COLUMN};

/// The largest page that is read.
const MAX_BYTES: u64 = 32 << 20;
/// How many rows or columns a cell may span: pages say 1,000 where they mean all.
const MOST_SPANNED: u32 = 1_000;

/// Reads every table of the page onto one sheet, one below the other with a blank row between; headings and paragraphs around
/// them are rows of one cell.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable(error.kind().to_string());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let text = match declared(&bytes) {
        Some(encoding) => encoding.decode(&bytes).0.into_owned(),
        None => decode(&bytes)?.text,
    };
    let page = Html::parse_document(&text);
    let name = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let mut sheet = Page { grid: Grid::new(&name, false), row: 0, tables: 0 };
    sheet.walk(page.root_element()).map_err(|_| ReadError::TooLarge(name.to_string()))?;
    if sheet.tables == 0 {
        return Err(ReadError::NotASpreadsheet("HTML".into()));
    }
    Ok(vec![sheet.grid.finish()])
}

/// The encoding that the page declares in its head.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + "charset=".len();
    let rest = &head[at..];
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
    encoding_rs::Encoding::for_label(&rest[..end])
}

struct Page {
    grid: Grid,
    row: u32,
    tables: u32,
}

impl Page {
    fn walk(&mut self, element: ElementRef<'_>) -> Result<(), Overflow> {
        for child in element.children().filter_map(ElementRef::wrap) {
            match child.value().name() {
                "table" => self.table(child)?,
                "script" | "style" | "head" | "title" => {}
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "caption" => {
                    let text = text_of(child);
                    if !text.trim().is_empty() {
                        self.grid.put(self.row, 0, &text, false)?;
                        self.row += 1;
                    }
                }
                _ => self.walk(child)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, table: ElementRef<'_>) -> Result<(), Overflow> {
        self.tables += 1;
        let rows: Vec<ElementRef<'_>> = rows_of(table);
        let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
        let top = self.row;
        for row in rows {
            if is_hidden(row) {
                self.grid.hide_rows(self.row, 1)?;
            }
            let mut col = 0;
            for cell in row.children().filter_map(ElementRef::wrap) {
                if !matches!(cell.value().name(), "td" | "th") {
                    continue;
                }
                while taken.remove(&(self.row, col)) {
                    col += 1;
                }
                let (height, width) = (span(cell, "rowspan"), span(cell, "colspan"));
                self.grid.put(self.row, col, &text_of(cell), false)?;
                if height > 1 || width > 1 {
                    self.merge(self.row, col, height, width)?;
                    for below in 1..height {
                        taken.extend((col..col + width).map(|col| (self.row + below, col)));
                    }
                }
                col += width;
            }
            self.row += 1;
        }
        if self.row > top {
            self.row += 1;
        }
        Ok(())
    }

    fn merge(&mut self, row: u32, col: u32, height: u32, width: u32) -> Result<(), Overflow> {
        let column = |col: u32| u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN);
        let last = CellRef::new(row.saturating_add(height - 1), column(col.saturating_add(width - 1)));
        self.grid.merge(CellRange::new(CellRef::new(row, column(col)), last))
    }
}

/// The rows of a table, those of tables inside its cells left out.
fn rows_of(element: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut rows = Vec::new();
    for child in element.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => rows.extend(rows_of(child)),
            _ => {}
        }
    }
    rows
}

fn span(cell: ElementRef<'_>, name: &str) -> u32 {
    cell.value().attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_SPANNED)
}

fn is_hidden(row: ElementRef<'_>) -> bool {
    let style = row.value().attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    style.contains("display:none") || row.value().attr("hidden").is_some()
}

/// The text of an element as it is shown: line breaks are blanks.
fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(inner) if matches!(inner.name(), "br" | "p" | "div" | "tr" | "td") => {
                text.push(' ')
            }
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid_of(page: &str) -> Result<Grid, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("표.xls");
        std::fs::write(&path, page).unwrap();
        read(&path).map(|mut grids| grids.remove(0))
    }

    #[test]
    fn an_html_table_named_xls_is_read_with_its_spans_and_line_breaks() {
        let grid = grid_of(
            "<html><body><h2>환경국 성과관리계획</h2><table><tr><th rowspan=2>관점<th colspan=2>목표</tr>\
             <tr><td>가<br>나<td>&lt;다&gt;</table></body></html>",
        )
        .unwrap();
        let text = |row, col| grid.shown(CellRef::new(row, col)).map(|(_, shown)| shown.text.to_string());
        assert_eq!(text(0, 0).as_deref(), Some("환경국 성과관리계획"));
        assert_eq!((text(2, 0).as_deref(), text(1, 2).as_deref()), (Some("관점"), Some("목표")));
        assert_eq!((text(2, 1).as_deref(), text(2, 2).as_deref()), (Some("가 나"), Some("<다>")));
    }

    #[test]
    fn a_page_without_a_table_is_no_spreadsheet() {
        assert!(matches!(
            grid_of("<html><p>로그인이 필요합니다</p></html>"),
            Err(ReadError::NotASpreadsheet(_))
        ));
    }
}
