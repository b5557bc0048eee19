//! Reads XML Spreadsheet 2003: one XML file with all sheets (Microsoft, XML Spreadsheet Reference).

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::grid::{Budget, Grid, Origin, Overflow};
use super::shown::NumberFormats;
use super::text::decode;
use super::xml;
use crate::source::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};

/// Maximum size of a file.
const MAX_BYTES: u64 = 32 << 20;
const PART: &str = "Workbook";

/// Reads every worksheet.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let text = decode(&std::fs::read(path).map_err(unreadable)?)?.text;
    let mut reader = xml::reader(text.as_bytes());
    let mut buffer = Vec::new();
    let mut book = BookReader::default();
    loop {
        match xml::next(&mut reader, &mut buffer, PART)? {
            Event::Start(e) => book.open(&e),
            Event::End(e) => {
                let name = e.local_name();
                let name: &str = name.as_ref();
                book.close(name).map_err(|_| ReadError::TooLarge(PART.into()))?;
            }
            Event::Text(e) => book.text.push_str(&e.xml10_content()),
            Event::CData(e) => book.text.push_str(&e),
            Event::GeneralRef(e) => book.text.push_str(&xml::character(&e)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(book.grids.into_iter().map(Grid::finish).collect())
}

/// State while reading the workbook.
#[derive(Default)]
struct BookReader {
    grids: Vec<Grid>,
    budget: Budget,
    formats: NumberFormats,
    /// The number format of each style, by id.
    codes: BTreeMap<String, String>,
    style: String,
    row: u32,
    col: u32,
    /// The open cell: columns and rows merged beyond it, and its style.
    cell: (u32, u32, String),
    formula: bool,
    kind: String,
    text: String,
}

impl BookReader {
    fn open(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| xml::attribute(element, name);
        let number = |name: &str| value(name).and_then(|value| value.parse::<u32>().ok());
        match element.local_name().as_ref() {
            "Style" => self.style = value("ID").unwrap_or_default(),
            "NumberFormat" => {
                let code = named_format(&value("Format").unwrap_or_default());
                self.codes.insert(self.style.clone(), code);
            }
            "Worksheet" => {
                let name = value("Name").unwrap_or_default();
                self.grids.push(Grid::within(&self.budget, &name, false));
                self.row = 0;
            }
            "Row" => {
                if let Some(index) = number("Index").and_then(|index| index.checked_sub(1)) {
                    self.row = index;
                }
                self.col = 0;
                if value("Hidden").as_deref() == Some("1")
                    && let Some(grid) = self.grids.last_mut()
                {
                    let _ = grid.hide_rows(self.row, 1);
                }
            }
            "Cell" => {
                if let Some(index) = number("Index").and_then(|index| index.checked_sub(1)) {
                    self.col = index;
                }
                let (across, down) = (number("MergeAcross").unwrap_or(0), number("MergeDown").unwrap_or(0));
                self.cell = (across, down, value("StyleID").unwrap_or_default());
                self.formula = value("Formula").is_some();
            }
            "Data" => {
                self.kind = value("Type").unwrap_or_default();
                self.text.clear();
            }
            "Comment" | "Visible" => self.text.clear(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Overflow> {
        match name {
            "Data" => {
                self.put()?;
                self.mark_formula();
            }
            "Cell" => {
                self.merge()?;
                self.col = self.col.saturating_add(1).saturating_add(self.cell.0);
            }
            "Row" => self.row = self.row.saturating_add(1),
            "Visible" if self.text.trim() != "SheetVisible" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.hidden = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self) -> Result<(), Overflow> {
        let Some(grid) = self.grids.last_mut() else { return Ok(()) };
        let code = self.codes.get(&self.cell.2).map_or("", String::as_str);
        let text = self.text.trim();
        match (self.kind.as_str(), text.parse::<f64>()) {
            ("Number", Ok(number)) => {
                let (shown, percent) = self.formats.show(number, code);
                grid.put(self.row, self.col, &shown, percent)
            }
            ("Boolean", _) => grid.put(self.row, self.col, if text == "1" { "TRUE" } else { "FALSE" }, false),
            // A date without time.
            ("DateTime", _) => {
                grid.put(self.row, self.col, text.strip_suffix("T00:00:00.000").unwrap_or(text), false)
            }
            _ => grid.put(self.row, self.col, &self.text, false),
        }
    }

    fn mark_formula(&mut self) {
        if let Some(grid) = self.grids.last_mut().filter(|_| self.formula) {
            grid.set_origin(
                CellRef::new(self.row, u16::try_from(self.col).unwrap_or(u16::MAX)),
                Origin::Formula,
            );
        }
    }

    fn merge(&mut self) -> Result<(), Overflow> {
        let (across, down, _) = self.cell;
        let Some(grid) = self.grids.last_mut().filter(|_| across > 0 || down > 0) else { return Ok(()) };
        let column = |col: u32| u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN);
        let last = CellRef::new(
            self.row.saturating_add(down).min(LAST_ROW),
            column(self.col.saturating_add(across)),
        );
        grid.merge(CellRange::new(CellRef::new(self.row.min(LAST_ROW), column(self.col)), last))
    }
}

/// The code of a named number format.
pub(super) fn named_format(format: &str) -> String {
    match format {
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "General" | "General Number" => "",
        "Short Date" => "yyyy-mm-dd",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_xml_spreadsheet_is_read_with_its_places_merges_and_formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("표.xls");
        let text = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
            xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"0%\"/>\
            </Style></Styles><Worksheet ss:Name=\"계획\"><Table><Row ss:Index=\"3\"><Cell ss:MergeDown=\"1\"><Data ss:Type=\"String\">\
            가&amp;나</Data></Cell><Cell ss:Index=\"4\" ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.97</Data></Cell></Row></Table>\
            </Worksheet><Worksheet ss:Name=\"숨김\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>\
            </Worksheet></Workbook>";
        std::fs::write(&path, text).unwrap();
        let grids = read(&path).unwrap();
        let shown =
            |row, col| grids[0].shown(CellRef::new(row, col)).map(|(_, shown)| shown.text.to_string());
        assert_eq!((shown(3, 0).as_deref(), shown(2, 3).as_deref()), (Some("가&나"), Some("97%")));
        assert_eq!(grids.iter().map(|grid| grid.hidden).collect::<Vec<_>>(), [false, true]);
    }
}
