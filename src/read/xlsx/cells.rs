//! Reads one worksheet: cells, merges, hidden rows and columns (ECMA-376 Part 1, 18.3.1).

use std::borrow::Cow;
use std::sync::Arc;

use calamine::{CellErrorType, DataRef};
use quick_xml::events::{BytesStart, Event};

use super::strings::{MAX_BYTES, push_unescaped, rich};
use crate::read::ReadError;
use crate::read::grid::{CellText, Grid, Origin, Overflow};
use crate::read::package::missing;
use crate::read::shown::NumberFormats;
use crate::read::xml::{self, Document};
use crate::source::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};

/// Workbook-wide data that cells refer to.
pub(super) struct SharedData {
    /// The shared strings; none if the workbook has no such part.
    pub strings: Option<Vec<Option<CellText>>>,
    /// Format codes by style.
    pub codes: Vec<Arc<str>>,
    /// Number formats.
    pub formats: NumberFormats,
}

/// State while reading a worksheet.
struct SheetReader<'s> {
    shared: &'s mut SharedData,
    grid: &'s mut Grid,
    /// Position of the next cell without a reference.
    row: u32,
    col: u32,
}

/// State while reading a cell.
#[derive(Default)]
struct XlsxCell<'e> {
    reference: Option<Cow<'e, str>>,
    style: usize,
    kind: Option<Cow<'e, str>>,
    /// The content of `v` or `is`.
    value: String,
    valued: bool,
    inline: bool,
    formula: bool,
}

/// Reads the part `name` into `grid`; returns whether it is a worksheet rather than a chart, dialog or macro
/// sheet.
pub(super) fn read(
    name: &str,
    content: &[u8],
    shared: &mut SharedData,
    grid: &mut Grid,
) -> Result<bool, ReadError> {
    let mut document = Document::new(name, content);
    let mut sheet = SheetReader { shared, grid, row: 0, col: 0 };
    loop {
        match document.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "worksheet" => {}
                "chartsheet" | "dialogsheet" | "macrosheet" if document.depth() == 1 => return Ok(false),
                other if document.depth() == 1 => {
                    return Err(ReadError::damaged_part(name, format!("<{other}>")));
                }
                "col" if xml::is_set(&e, "hidden") => sheet.hide_columns(&e),
                "sheetData" => sheet.rows(&mut document)?,
                "mergeCell" => {
                    let range = xml::attribute(&e, "ref").and_then(|text| text.parse::<CellRange>().ok());
                    if let Some(range) = range.filter(|range| range.first != range.last) {
                        sheet.grid.merge(range).map_err(|_| sheet.too_large())?;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(true),
            _ => {}
        }
    }
}

impl SheetReader<'_> {
    fn too_large(&self) -> ReadError {
        ReadError::TooLarge(self.grid.name.to_string())
    }

    fn hide_columns(&mut self, element: &BytesStart<'_>) {
        let column = |name| {
            let number: u32 = xml::attribute(element, name)?.trim().parse().ok()?;
            u16::try_from(number.checked_sub(1)?).ok()
        };
        if let (Some(first), Some(last)) = (column("min"), column("max")) {
            let last = CellRef::new(0, last.min(LAST_COLUMN));
            self.grid.hidden_columns.push(CellRange::new(CellRef::new(0, first.min(LAST_COLUMN)), last));
        }
    }

    /// Reads the rows of `sheetData`, after its start tag.
    fn rows(&mut self, document: &mut Document<'_>) -> Result<(), ReadError> {
        let own = document.depth();
        while document.depth() >= own {
            match document.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "row" => self.start_row(&e),
                    "c" => self.cell(document, &e)?,
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "row" => {
                    (self.row, self.col) = (self.row.saturating_add(1), 0);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn start_row(&mut self, element: &BytesStart<'_>) {
        self.col = 0;
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                // Ignore an impossible row number: the row follows the previous one.
                "r" => {
                    let number = attribute.value.trim().parse::<u32>().ok();
                    if let Some(row) = number.and_then(|number| number.checked_sub(1)) {
                        self.row = row;
                    }
                }
                "hidden" if matches!(&*attribute.value, "1" | "true" | "on") && self.row <= LAST_ROW => {
                    self.grid.hidden_rows.push(self.row);
                }
                _ => {}
            }
        }
    }

    /// Reads a cell, after its start tag.
    fn cell(&mut self, document: &mut Document<'_>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let mut cell = XlsxCell::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => cell.reference = Some(attribute.value),
                "s" => cell.style = attribute.value.trim().parse().unwrap_or(0),
                "t" => cell.kind = Some(attribute.value),
                _ => {}
            }
        }
        cell.read(document)?;
        let at = self.place(cell.reference.as_deref());
        self.col = at.map_or(self.col, |at| u32::from(at.col)).saturating_add(1);
        if !cell.valued && !cell.formula {
            return Ok(());
        }
        let Some(at) = at else {
            let spot = || format!("R{}C{}", self.row.saturating_add(1), self.col);
            let reference = cell.reference.as_deref().map_or_else(spot, str::to_owned);
            self.grid.unread.note(&reference);
            return Ok(());
        };
        if cell.formula && !cell.valued && cell.kind.as_deref() != Some("str") {
            self.grid.unresolved.push(at);
        }
        self.put(at, &cell)?;
        if cell.formula {
            self.grid.set_origin(at, Origin::Formula);
        } else if cell.is_text() {
            self.grid.mark_number_as_text(at);
        } else if self.shared.codes.get(cell.style).is_some_and(|code| code.contains('%'))
            && let Ok(number) = cell.value.trim().parse()
        {
            self.grid.keep_exact_percentage(at, number);
        }
        Ok(())
    }

    /// The position of a cell; none if outside any sheet.
    fn place(&self, reference: Option<&str>) -> Option<CellRef> {
        match reference {
            Some(reference) => reference.trim().parse().ok(),
            None => {
                let col = u16::try_from(self.col).ok().filter(|&col| col <= LAST_COLUMN)?;
                (self.row <= LAST_ROW).then(|| CellRef::new(self.row, col))
            }
        }
    }

    fn put(&mut self, at: CellRef, cell: &XlsxCell<'_>) -> Result<(), ReadError> {
        let trimmed = cell.value.trim();
        if !cell.valued || trimmed.is_empty() {
            return Ok(());
        }
        let plain = || DataRef::String(cell.value.clone());
        let value = match cell.kind.as_deref() {
            _ if cell.inline => plain(),
            Some("s") => return self.put_shared(at, trimmed),
            Some("b") => match trimmed.to_ascii_lowercase().as_str() {
                "1" | "true" => DataRef::Bool(true),
                "0" | "false" => DataRef::Bool(false),
                _ => plain(),
            },
            Some("e") => trimmed.parse::<CellErrorType>().map_or_else(|_| plain(), DataRef::Error),
            Some("str" | "inlineStr") => {
                let mut text = String::new();
                push_unescaped(&mut text, &cell.value);
                DataRef::String(text)
            }
            Some("d") => DataRef::DateTimeIso(cell.value.clone()),
            _ => match trimmed.parse::<f64>() {
                Ok(number) if number.is_finite() => DataRef::Float(number),
                _ => plain(),
            },
        };
        let code = self.shared.codes.get(cell.style).map_or("", |code| code);
        let put = self.shared.formats.put(self.grid, (at.row, u32::from(at.col)), &value, code);
        put.map_err(|_: Overflow| self.too_large())
    }

    fn put_shared(&mut self, at: CellRef, index: &str) -> Result<(), ReadError> {
        let Some(strings) = &self.shared.strings else {
            return Err(missing("sharedStrings.xml"));
        };
        match index.parse::<usize>().ok().and_then(|index| strings.get(index)) {
            Some(Some(line)) => {
                let put = self.grid.put_line(at.row, u32::from(at.col), line, false);
                put.map_err(|_: Overflow| self.too_large())
            }
            Some(None) => Ok(()),
            None => {
                self.grid.unread.note(&at.to_string());
                Ok(())
            }
        }
    }
}

impl XlsxCell<'_> {
    fn is_text(&self) -> bool {
        self.inline || matches!(self.kind.as_deref(), Some("s" | "str" | "inlineStr"))
    }

    /// Reads the cell's content to its end.
    fn read(&mut self, document: &mut Document<'_>) -> Result<(), ReadError> {
        let own = document.depth();
        while document.depth() >= own {
            match document.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" if !self.inline => {
                        self.value.clear();
                        document.text(&mut self.value, MAX_BYTES)?;
                        self.valued = !self.value.is_empty();
                    }
                    "is" => {
                        self.value = rich(document)?;
                        (self.inline, self.valued) = (true, !self.value.is_empty());
                    }
                    "f" => {
                        self.formula = true;
                        document.skip()?;
                    }
                    _ => document.skip()?,
                },
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::grid::one_line;

    fn grid(part: &str) -> Result<Grid, ReadError> {
        let strings = Some(vec![one_line("가"), None, one_line("나\u{fffe}")]);
        let mut shared =
            SharedData { strings, codes: vec!["".into(), "0%".into()], formats: NumberFormats::default() };
        let mut grid = Grid::new("s", false);
        read("s.xml", part.as_bytes(), &mut shared, &mut grid)?;
        Ok(grid.finish())
    }

    fn texts(grid: &Grid) -> Vec<String> {
        let cells = |(row, cells): (u32, &[(u16, crate::read::grid::Shown)])| {
            let text = |(col, shown): &(u16, crate::read::grid::Shown)| {
                format!("{} {}", CellRef::new(row, *col), shown.text)
            };
            cells.iter().map(text).collect::<Vec<_>>()
        };
        grid.rows_from(0).flat_map(cells).collect()
    }

    #[test]
    fn hidden_rows_columns_and_formulas_without_result() {
        let grid = grid(r#"<worksheet><cols><col min="3" max="4" hidden="1"/></cols><sheetData>
            <row r="2" hidden="1"><c r="A2"><f>1+1</f></c><c r="B2"><f>1</f><v>1</v></c></row>
            <row><c><f/></c><c><f>1</f><v/></c><c t="str"><f>""</f><v></v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#)
        .unwrap();
        assert_eq!(grid.hidden_rows, [1]);
        assert_eq!(grid.hidden_columns, ["C1:D1".parse().unwrap()]);
        assert_eq!(grid.unresolved, ["A2", "A3", "B3"].map(|cell| cell.parse().unwrap()));
        assert_eq!(grid.merged("B1".parse().unwrap()), "A1:B2".parse().ok());
    }

    #[test]
    fn every_kind_of_cell_shows_what_a_person_sees() {
        let grid = grid(r#"<x:worksheet><x:sheetData><x:row r="2"><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c s="1"><x:v> 0.5 </x:v></x:c>
            <x:c r="E2" t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="e"><x:v>#SPILL!</x:v></x:c><x:c t="str"><x:v>a_x0041_&amp;</x:v></x:c></x:row>
            <x:row><x:c t="inlineStr"><x:is><x:r><x:t>나</x:t></x:r><x:r><x:t>다</x:t></x:r></x:is></x:c><x:c t="n"><x:v>없음</x:v></x:c><x:c t="neu"><x:v>7</x:v><x:extLst><x:v>8</x:v></x:extLst></x:c></x:row>
            </x:sheetData></x:worksheet>"#).unwrap();
        let expected =
            ["A2 가", "C2 50%", "E2 TRUE", "F2 #REF!", "G2 #SPILL!", "H2 aA&", "A3 나다", "B3 없음", "C3 7"];
        assert_eq!(texts(&grid), expected);
    }

    #[test]
    fn a_shared_string_with_letters_no_xml_holds_is_reported_at_each_cell() {
        let grid = grid(r#"<worksheet><sheetData><row><c t="s"><v>2</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row></sheetData></worksheet>"#).unwrap();
        assert_eq!(texts(&grid), ["A1 나", "B1 가", "C1 나"]);
        assert_eq!((grid.dropped.count, grid.dropped.first), (2, vec!["A1".to_owned(), "C1".to_owned()]));
    }

    #[test]
    fn one_impossible_cell_costs_that_cell() {
        let grid = grid(r#"<worksheet><sheetData><row r="0"><c r="XFE1048577"><v>1</v></c><c r="A0"><v>1</v></c><c r="%%"><v>1</v></c><c r="XFE1"/>
            <c r="B1"><v>2</v></c><c r="C1" t="s"><v>7</v></c></row><row r="1048577"><c><v>3</v></c></row></sheetData></worksheet>"#).unwrap();
        assert_eq!(texts(&grid), ["B1 2"]);
        assert_eq!(grid.unread.count, 5);
        assert_eq!(grid.unread.first, ["XFE1048577", "A0", "%%", "C1", "R1048577C1"]);
    }

    #[test]
    fn a_part_that_is_not_well_formed_is_never_read_as_if_sound() {
        let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
        assert_eq!(texts(&grid(sheet).unwrap()), ["A1 1"]);
        for broken in [
            format!("text{sheet}"),
            format!("{sheet}{sheet}"),
            sheet.replace("</worksheet>", ""),
            sheet.replace("</v>", ""),
            sheet.replace("worksheet", "html"),
        ] {
            assert!(matches!(grid(&broken), Err(ReadError::Damaged { .. })), "{broken}");
        }
    }
}
