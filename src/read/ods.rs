//! Reads .ods, which contains the texts as shown beside the stored numbers.
//!
//! calamine drops the shown text and expands repeated cells one by one, so the content part is read here,
//! with limits on repeats (OpenDocument 1.3 Part 3, 9.1).

mod styles;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::grid::{Budget, Grid, Origin, Overflow};
use super::package::Package;
use super::shown::NumberFormats;
use super::xml;
use crate::read::shown::general::general;
use crate::source::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};
use styles::{Styles, serial};

const PART: &str = "content.xml";

/// Reads every table of the document.
pub(super) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    if let Some(manifest) = package.unpacked("META-INF/manifest.xml")?
        && memchr::memmem::find(&manifest, b"encryption-data").is_some()
    {
        return Err(ReadError::Encrypted);
    }
    let mut styles = Styles::default();
    if let Some(named) = package.unpacked(styles::NAMED)? {
        styles.take_named(&named)?;
    }
    let content = package.unpacked(PART)?.ok_or_else(|| ReadError::Lacks(PART.to_owned()))?;
    let mut reader = xml::reader(&content);
    let mut buffer = Vec::new();
    let mut formats = NumberFormats::default();
    let budget = Budget::default();
    let mut grids = Vec::new();
    loop {
        match xml::next(&mut reader, &mut buffer, PART)? {
            Event::Start(e) if e.local_name().as_ref() == "table" => {
                let name = xml::attribute(&e, "name").unwrap_or_default();
                let hidden = xml::attribute(&e, "style-name").is_some_and(|style| styles.hides(&style));
                let grid = Grid::within(&budget, &name, hidden);
                let table = OdsTable::new(grid, &styles, &mut formats);
                grids.push(table.read(&mut reader)?.map_err(|_| ReadError::TooLarge(name))?);
            }
            Event::Eof => return Ok(grids),
            event => styles.take(&event),
        }
    }
}

/// State while reading a table.
struct OdsTable<'s> {
    grid: Grid,
    styles: &'s Styles,
    formats: &'s mut NumberFormats,
    /// Default cell styles of the columns, each with its end column.
    column_styles: Vec<(u32, Option<String>)>,
    row_style: Option<String>,
    row: u32,
    row_repeat: u32,
    col: u32,
    column: u32,
    overflow: bool,
}

/// State while reading a cell.
struct OdsCell {
    repeat: u32,
    span: (u32, u32),
    formula: bool,
    /// The type of its value.
    kind: Option<String>,
}

impl<'s> OdsTable<'s> {
    fn new(grid: Grid, styles: &'s Styles, formats: &'s mut NumberFormats) -> Self {
        Self {
            grid,
            styles,
            formats,
            column_styles: Vec::new(),
            row_style: None,
            row: 0,
            row_repeat: 1,
            col: 0,
            column: 0,
            overflow: false,
        }
    }

    fn read(mut self, reader: &mut Reader<&[u8]>) -> Result<Result<Grid, Overflow>, ReadError> {
        let mut buffer = Vec::new();
        let mut depth = 0u32;
        loop {
            match xml::next(reader, &mut buffer, PART)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "table-column" => self.start_column(&e),
                    "table-row" => self.start_row(&e),
                    "table-cell" | "covered-table-cell" => {
                        let cell = OdsCell::new(&e);
                        // A paragraph is what the cell shows, even if empty.
                        let text = match read_text(reader)? {
                            Some(text) => text,
                            None => self.stored_text(&e, cell.kind.as_deref()).unwrap_or_default(),
                        };
                        self.put(&cell, &text);
                    }
                    // A table inside a cell's frame is not a sheet.
                    "table" => depth += 1,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "table-row" => self.row = self.row.saturating_add(self.row_repeat),
                    "table" if depth == 0 => {
                        return Ok(if self.overflow { Err(Overflow) } else { Ok(self.grid.finish()) });
                    }
                    "table" => depth -= 1,
                    _ => {}
                },
                Event::Eof => return Err(ReadError::damaged_part(PART, "cut off")),
                _ => {}
            }
        }
    }

    fn start_column(&mut self, element: &BytesStart<'_>) {
        let repeat = number(element, "number-columns-repeated").max(1);
        if is_hidden(element) {
            let column = |at: u32| CellRef::new(0, u16::try_from(at).unwrap_or(LAST_COLUMN).min(LAST_COLUMN));
            let last = self.column.saturating_add(repeat - 1);
            self.grid.hidden_columns.push(CellRange::new(column(self.column), column(last)));
        }
        self.column = self.column.saturating_add(repeat);
        self.column_styles.push((self.column, xml::attribute(element, "default-cell-style-name")));
    }

    fn start_row(&mut self, element: &BytesStart<'_>) {
        self.row_repeat = number(element, "number-rows-repeated").max(1);
        self.col = 0;
        self.row_style = xml::attribute(element, "default-cell-style-name");
        if is_hidden(element) {
            // Long runs of hidden rows are empty; a plan's rows do not repeat.
            self.overflow |= self.grid.hide_rows(self.row, self.row_repeat.min(1000)).is_err();
        }
    }

    /// The stored value formatted by the cell's style, for programs that write no text.
    fn stored_text(&mut self, element: &BytesStart<'_>, kind: Option<&str>) -> Option<String> {
        let number = |name: &str| xml::attribute(element, name)?.parse::<f64>().ok();
        let of_column = || {
            let at = self.column_styles.partition_point(|(end, _)| *end <= self.col);
            self.column_styles.get(at)?.1.clone()
        };
        let style =
            xml::attribute(element, "style-name").or_else(|| self.row_style.clone()).or_else(of_column);
        let code = style.and_then(|style| self.styles.code(&style));
        match kind? {
            "float" | "currency" => Some(self.formats.show(number("value")?, code.unwrap_or_default()).0),
            "percentage" => {
                let value = number("value")?;
                let plain = || format!("{}%", general(value * 100.0));
                Some(code.map_or_else(plain, |code| self.formats.show(value, code).0))
            }
            "boolean" => Some(xml::attribute(element, "boolean-value")?.to_uppercase()),
            "date" => {
                let date = xml::attribute(element, "date-value")?;
                let styled = code.zip(serial(&date)).map(|(code, day)| self.formats.show(day, code).0);
                Some(styled.unwrap_or_else(|| date.strip_suffix("T00:00:00").unwrap_or(&date).to_owned()))
            }
            "time" => xml::attribute(element, "time-value"),
            "string" => xml::attribute(element, "string-value"),
            _ => None,
        }
    }

    /// Adds a cell as often as it repeats. Blank cells are skipped, so a million of them cost nothing.
    fn put(&mut self, cell: &OdsCell, text: &str) {
        let (rows, cols) = cell.span;
        if rows > 1 || cols > 1 {
            let corner = |row: u32, col: u32| {
                CellRef::new(row.min(LAST_ROW), u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN))
            };
            let range = CellRange::new(
                corner(self.row, self.col),
                corner(self.row.saturating_add(rows - 1), self.col.saturating_add(cols - 1)),
            );
            self.overflow |= self.grid.merge(range).is_err();
        }
        if !text.is_empty() {
            for row in 0..self.row_repeat.min(LAST_ROW) {
                for col in 0..cell.repeat.min(u32::from(LAST_COLUMN)) {
                    let put = self.grid.put(
                        self.row.saturating_add(row),
                        self.col.saturating_add(col),
                        text,
                        cell.kind.as_deref() == Some("percentage"),
                    );
                    if put.is_err() {
                        self.overflow = true;
                        return;
                    }
                    self.set_origin(cell, row, col);
                }
            }
        } else if cell.formula && cell.kind.is_none() {
            let col = u16::try_from(self.col).unwrap_or(LAST_COLUMN);
            self.grid.unresolved.push(CellRef::new(self.row, col));
        }
        self.col = self.col.saturating_add(cell.repeat);
    }
}

impl OdsTable<'_> {
    /// Records the origin of the text just added at this row and column offset from the cell.
    fn set_origin(&mut self, cell: &OdsCell, row: u32, col: u32) {
        let col = u16::try_from(self.col.saturating_add(col)).unwrap_or(u16::MAX);
        let at = CellRef::new(self.row.saturating_add(row), col);
        if cell.formula {
            self.grid.set_origin(at, Origin::Formula);
        } else if cell.kind.as_deref() == Some("string") {
            self.grid.mark_number_as_text(at);
        }
    }
}

impl OdsCell {
    fn new(element: &BytesStart<'_>) -> Self {
        Self {
            repeat: number(element, "number-columns-repeated").max(1),
            span: (
                number(element, "number-rows-spanned").max(1),
                number(element, "number-columns-spanned").max(1),
            ),
            formula: xml::attribute(element, "formula").is_some(),
            kind: xml::attribute(element, "value-type"),
        }
    }
}

/// Reads the text of a cell to its end: one line per paragraph, without notes. None without a paragraph.
fn read_text(reader: &mut Reader<&[u8]>) -> Result<Option<String>, ReadError> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut depth = 0u32;
    let mut skipped = 0u32;
    let mut any = false;
    loop {
        match xml::next(reader, &mut buffer, PART)? {
            Event::Start(e) => {
                depth += 1;
                match e.local_name().as_ref() {
                    "annotation" | "frame" | "custom-shape" | "shapes" => skipped += 1,
                    _ if skipped > 0 => skipped += 1,
                    "s" | "tab" | "line-break" => text.push(' '),
                    "p" => {
                        any = true;
                        if !text.is_empty() {
                            text.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Event::End(_) => {
                if depth == 0 {
                    return Ok((any || !text.is_empty()).then_some(text));
                }
                depth -= 1;
                skipped = skipped.saturating_sub(1);
            }
            Event::Text(e) if skipped == 0 => {
                text.push_str(&e.xml10_content());
            }
            Event::CData(e) if skipped == 0 => text.push_str(&e),
            Event::GeneralRef(e) if skipped == 0 => text.push_str(&xml::character(&e)),
            Event::Eof => return Err(ReadError::damaged_part(PART, "cut off")),
            _ => {}
        }
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    xml::attribute(element, name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    xml::attribute(element, "visibility").is_some_and(|value| value != "visible")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn texts(styles: &str, rows: &str) -> Vec<String> {
        texts_with("", styles, rows)
    }

    fn texts_with(named: &str, styles: &str, rows: &str) -> Vec<String> {
        let content = format!(
            "<document><automatic-styles>{styles}</automatic-styles><body><spreadsheet>\
             <table name='계획'>{rows}</table></spreadsheet></body></document>"
        );
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file(PART, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        archive.start_file(styles::NAMED, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(format!("<document>{named}</document>").as_bytes()).unwrap();
        let mut package = Package::in_memory(archive.finish().unwrap().into_inner()).unwrap();
        let grid = read(&mut package).unwrap().remove(0);
        let rows = grid.rows_from(0);
        rows.flat_map(|(row, cells)| {
            cells.iter().map(move |(col, shown)| format!("{} {}", CellRef::new(row, *col), shown.text))
        })
        .collect()
    }

    #[test]
    fn a_cell_that_shows_nothing_does_not_get_its_stored_value() {
        let row = "<table-row><table-cell value-type='float' value='0'><p/></table-cell>\
            <table-cell value-type='float' value='7'/></table-row>";
        assert_eq!(texts("", row), ["B1 7"]);
    }

    #[test]
    fn a_value_without_text_shows_in_the_style_of_its_cell_row_or_column() {
        let styles = "<percentage-style name='N1'><number decimal-places='1' min-integer-digits='1'/><text>%</text></percentage-style>\
            <date-style name='N2'><year style='long'/><text>년 </text><month/><text>월</text></date-style>\
            <number-style name='N3'><number decimal-places='2' grouping='true'/><text> 명</text></number-style>\
            <style name='a' data-style-name='N1'/><style name='b' data-style-name='N2'/><style name='c' data-style-name='N3'/>";
        let rows = "<table-column number-columns-repeated='3'/><table-column default-cell-style-name='c'/>\
            <table-row><table-cell style-name='a' value-type='percentage' value='0.5'/>\
            <table-cell style-name='b' value-type='date' date-value='2026-06-30'/>\
            <table-cell value-type='percentage' value='0.125'/><table-cell value-type='float' value='1234.5'/></table-row>\
            <table-row default-cell-style-name='c'><table-cell value-type='float' value='1'/></table-row>";
        assert_eq!(
            texts(styles, rows),
            ["A1 50.0%", "B1 2026년 6월", "C1 12.5%", "D1 1,234.50 명", "A2 1.00 명"]
        );
    }

    #[test]
    fn formats_of_named_styles_were_not_used_for_values_without_text() {
        let named = "<styles><number-style name='N0'><number min-integer-digits='1'/></number-style>\
            <percentage-style name='N10'><number decimal-places='1' min-integer-digits='1'/><text>%</text></percentage-style>\
            <number-style name='N20P0'><number decimal-places='0' grouping='true'/></number-style>\
            <number-style name='N20'><text>△</text><number decimal-places='0' grouping='true'/>\
            <map condition='value()&gt;=0' apply-style-name='N20P0'/></number-style>\
            <style name='Default' family='table-cell' data-style-name='N0'/><style name='Percent' family='table-cell' data-style-name='N10'/>\
            <style name='Percent' family='graphic' parent-style-name='Default'/>\
            <style name='Sum' family='table-cell' parent-style-name='Default' data-style-name='N20'/></styles>\
            <automatic-styles><style name='own' family='table-cell' data-style-name='N20'/></automatic-styles>";
        let styles = "<style name='own' family='table-cell' parent-style-name='Percent'/>\
            <style name='plain' family='table-cell' parent-style-name='Default'/>";
        let rows = "<table-row><table-cell style-name='own' value-type='percentage' value='0.5'/>\
            <table-cell style-name='plain' value-type='float' value='12.5'/>\
            <table-cell style-name='Sum' value-type='float' value='-1234'/><table-cell style-name='Sum' value-type='float' value='1234'/></table-row>";
        assert_eq!(texts_with(named, styles, rows), ["A1 50.0%", "B1 12.5", "C1 △1,234", "D1 1,234"]);
    }
}
