//! Marks in a worksheet part (ECMA-376 Part 1, 18.3): the style of single cells, and the link to the note
//! boxes.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::cell::{CellRange, CellRef, LAST_COLUMN, LAST_ROW, parse_column};
use crate::error::Error;
use crate::part::Edits;
use crate::xml::{Tag, TagKind, Tags};

/// The elements after `legacyDrawing` in a worksheet (18.3.1.99); Excel refuses a wrong order.
const AFTER_LEGACY_DRAWING: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The most rows or columns that a note's box covers; hidden ones have no size.
pub(crate) const REACH: usize = 200;

/// Excel's default column width (in characters) and row height (in points).
const WIDTH: f64 = 8.43;
const HEIGHT: f64 = 15.0;

/// The parts of a worksheet that marking needs.
pub(crate) struct Worksheet {
    prefix: String,
    rows: Vec<SheetRow>,
    /// The requested rows and cells.
    data: SheetData,
    columns: Vec<SheetColumn>,
    /// The insertion point of a `legacyDrawing`.
    legacy_place: usize,
    /// The relationship id of the note boxes, if any.
    pub legacy_drawing: Option<String>,
    default_width: f64,
    default_height: f64,
}

/// The position of the rows.
enum SheetData {
    /// Between these two tags.
    Open(Range<usize>),
    /// In an empty element.
    Empty(Range<usize>, String),
}

struct SheetRow {
    number: u32,
    start: usize,
    /// In points; none for Excel's default.
    height: Option<f64>,
    /// The content of a row that has marks.
    marked: Option<MarkedRow>,
}

struct MarkedRow {
    tag_end: usize,
    name: String,
    empty: bool,
    close: usize,
    style: Option<usize>,
    cells: Vec<SheetCell>,
}

struct SheetCell {
    col: u16,
    start: usize,
    name_end: usize,
    style: Option<(Range<usize>, usize)>,
}

struct SheetColumn {
    range: std::ops::RangeInclusive<u16>,
    width: f64,
    hidden: bool,
    style: Option<usize>,
}

impl Worksheet {
    /// Reads the worksheet `text` of the part `part`; `wanted` selects the rows to be marked.
    pub(crate) fn read(part: &str, text: &str, wanted: impl Fn(u32) -> bool) -> Result<Self, Error> {
        let mut tags = Tags::new(part, text);
        let mut sheet = Self {
            prefix: String::new(),
            rows: Vec::new(),
            data: SheetData::Open(0..0),
            columns: Vec::new(),
            legacy_place: 0,
            legacy_drawing: None,
            default_width: WIDTH,
            default_height: HEIGHT,
        };
        let (mut has_data, mut place, mut top, mut wrapped) = (false, None, 0, false);
        while let Some(tag) = tags.next()? {
            if tag.kind == TagKind::Close {
                if tag.depth == 0 {
                    place = place.or(Some(tag.span.start));
                }
                continue;
            }
            match tag.depth {
                0 => tag.prefix().clone_into(&mut sheet.prefix),
                1 => (top, wrapped) = (tag.span.start, tag.local() == "AlternateContent"),
                _ => {}
            }
            match tag.local() {
                "sheetFormatPr" => {
                    let number = |name| tag.value(name).and_then(|value| value.parse::<f64>().ok());
                    sheet.default_width = number("defaultColWidth").unwrap_or(WIDTH);
                    sheet.default_height = number("defaultRowHeight").unwrap_or(HEIGHT);
                }
                "col" => sheet.columns.extend(SheetColumn::read(&tag)),
                "sheetData" if tag.depth == 1 && !has_data => {
                    has_data = true;
                    if tag.kind == TagKind::Empty {
                        sheet.data = SheetData::Empty(tag.span.clone(), tag.name().to_owned());
                    } else {
                        let close = sheet.read_rows(&mut tags, &wanted)?;
                        sheet.data = SheetData::Open(tag.span.end..close);
                    }
                }
                "legacyDrawing" => sheet.legacy_drawing = tag.relation(),
                // A following element may be wrapped in an mc:AlternateContent, whose start counts.
                // Conditional formatting rules have their own extLst.
                name if (tag.depth == 1 || wrapped) && has_data && AFTER_LEGACY_DRAWING.contains(&name) => {
                    place = place.or(Some(top));
                }
                _ => {}
            }
        }
        if !has_data {
            return Err(Error::corrupt(part, "sheetData"));
        }
        sheet.legacy_place = place.ok_or_else(|| Error::corrupt(part, "damaged"))?;
        Ok(sheet)
    }

    /// Reads the rows; gives where the end tag of `sheetData` begins.
    fn read_rows(&mut self, tags: &mut Tags<'_>, wanted: &impl Fn(u32) -> bool) -> Result<usize, Error> {
        let mut next = 0u32;
        while let Some(tag) = tags.next()? {
            if tag.kind == TagKind::Close {
                return Ok(tag.span.start);
            }
            if tag.local() != "row" {
                tags.skip(&tag)?;
                continue;
            }
            let attributes = tag.attributes();
            let value = |name: &str| {
                attributes.iter().find(|(key, ..)| key == name).map(|(.., value)| value.as_str())
            };
            let number = value("r").and_then(|r| r.trim().parse::<u32>().ok());
            // Row 0 does not exist, nor do rows beyond the last.
            let number = match number {
                Some(number) => number.checked_sub(1).unwrap_or(LAST_ROW + 1),
                None => row_of_first_cell(&tag).unwrap_or(next),
            };
            next = number.saturating_add(1);
            let hidden = matches!(value("hidden"), Some("1" | "true"));
            let height = if hidden { Some(0.0) } else { value("ht").and_then(|height| height.parse().ok()) };
            let style = value("s").filter(|_| matches!(value("customFormat"), Some("1" | "true")));
            let style = style.and_then(|style| style.parse().ok());
            let start = tag.span.start;
            let marked = if wanted(number) {
                Some(MarkedRow::read(tags, &tag, style)?)
            } else {
                tags.skip(&tag)?;
                None
            };
            self.rows.push(SheetRow { number, start, height, marked });
        }
        Ok(0)
    }

    /// The index of `cell`'s format: its own or that of its row or column.
    pub(crate) fn style(&self, cell: CellRef) -> usize {
        if let Some(found) = self.cell(cell) {
            return found.style.as_ref().map_or(0, |(_, style)| *style);
        }
        let row = self.marked_row(cell.row).and_then(|row| row.style);
        row.or_else(|| self.column(cell.col)?.style).unwrap_or(0)
    }

    fn marked_row(&self, number: u32) -> Option<&MarkedRow> {
        self.rows.iter().find(|row| row.number == number).and_then(|row| row.marked.as_ref())
    }

    fn cell(&self, cell: CellRef) -> Option<&SheetCell> {
        let rows = self.rows.iter().filter(|row| row.number == cell.row);
        rows.filter_map(|row| row.marked.as_ref())
            .flat_map(|row| &row.cells)
            .find(|found| found.col == cell.col)
    }

    fn column(&self, col: u16) -> Option<&SheetColumn> {
        self.columns.iter().find(|column| column.range.contains(&col))
    }

    /// The edits that set these formats. Missing cells and rows are inserted.
    pub(crate) fn mark(&self, styles: &BTreeMap<CellRef, usize>, edits: &mut Edits) {
        let mut by_row: BTreeMap<u32, Vec<(u16, usize)>> = BTreeMap::new();
        for (cell, &style) in styles {
            match self.cell(*cell) {
                Some(SheetCell { style: Some((place, _)), .. }) => {
                    edits.replace(place.clone(), style.to_string())
                }
                Some(found) => edits.insert(found.name_end, format!(" s=\"{style}\"")),
                None => by_row.entry(cell.row).or_default().push((cell.col, style)),
            }
        }
        let mut new_rows = String::new();
        for (number, cells) in by_row {
            match self.marked_row(number) {
                Some(row) => row.insert(&self.prefix, number, &cells, edits),
                None => {
                    let row = self.row_of(number, &cells);
                    match (&self.data, self.rows.iter().find(|row| row.number > number)) {
                        (SheetData::Empty(..), _) => new_rows.push_str(&row),
                        (_, Some(next)) => edits.insert(next.start, row),
                        (SheetData::Open(data), None) => edits.insert(data.end, row),
                    }
                }
            }
        }
        if let (SheetData::Empty(span, name), false) = (&self.data, new_rows.is_empty()) {
            edits.replace(span.end - 2..span.end, format!(">{new_rows}</{name}>"));
        }
    }

    fn row_of(&self, number: u32, cells: &[(u16, usize)]) -> String {
        let prefix = &self.prefix;
        let cells: String = cells.iter().map(|&(col, style)| new_cell(prefix, number, col, style)).collect();
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", number + 1)
    }

    /// Links the note boxes to the sheet by the relationship `id`; `namespace` is that of relationship ids.
    pub(crate) fn link_legacy_drawing(&self, id: &str, namespace: &str, edits: &mut Edits) {
        let prefix = &self.prefix;
        let element = format!("<{prefix}legacyDrawing xmlns:r=\"{namespace}\" r:id=\"{id}\"/>");
        edits.insert(self.legacy_place, element);
    }

    /// The width of a column in pixels.
    pub(crate) fn column_pixels(&self, col: u16) -> u32 {
        let (width, hidden) = match self.column(col) {
            Some(column) => (column.width, column.hidden),
            None => (self.default_width, false),
        };
        // 18.3.1.13: seven pixels per character plus five, for Excel's default font.
        if hidden { 0 } else { (width * 7.0 + 5.0).clamp(0.0, 2000.0) as u32 }
    }

    /// The heights of the rows from `first` on in pixels, as many as a note's box can cover.
    pub(crate) fn row_pixels(&self, first: u32) -> impl Iterator<Item = u32> {
        let heights: BTreeMap<u32, f64> = self
            .rows
            .iter()
            .filter(|row| row.number >= first && ((row.number - first) as usize) < REACH)
            .filter_map(|row| Some((row.number, row.height?)))
            .collect();
        (first..=LAST_ROW).take(REACH).map(move |row| {
            let points = heights.get(&row).copied().unwrap_or(self.default_height);
            (points * 4.0 / 3.0).clamp(0.0, 1000.0) as u32
        })
    }
}

impl SheetColumn {
    fn read(tag: &Tag<'_>) -> Option<Self> {
        let number = |name| tag.value(name)?.parse::<u32>().ok();
        let last_column = u32::from(LAST_COLUMN);
        let index = |number: u32| u16::try_from(number.checked_sub(1)?.min(last_column)).ok();
        Some(Self {
            range: index(number("min")?)?..=index(number("max")?)?,
            width: tag.value("width").and_then(|width| width.parse().ok()).unwrap_or(WIDTH),
            hidden: matches!(tag.value("hidden").as_deref(), Some("1" | "true")),
            style: tag.value("style").and_then(|style| style.parse().ok()),
        })
    }
}

impl MarkedRow {
    fn read(tags: &mut Tags<'_>, tag: &Tag<'_>, style: Option<usize>) -> Result<Self, Error> {
        let mut row = Self {
            tag_end: tag.span.end,
            name: tag.name().to_owned(),
            empty: tag.kind == TagKind::Empty,
            close: tag.span.end,
            style,
            cells: Vec::new(),
        };
        if row.empty {
            return Ok(row);
        }
        let mut next = 0u16;
        while let Some(child) = tags.next()? {
            if child.kind == TagKind::Close {
                row.close = child.span.start;
                break;
            }
            if child.local() == "c" {
                let letters = child
                    .value("r")
                    .map(|r| r.trim_end_matches(|c: char| c.is_ascii_digit()).replace('$', ""));
                let col = letters.and_then(|letters| parse_column(&letters)).unwrap_or(next);
                next = col.saturating_add(1);
                let style = child.attribute("s").map(|(place, value)| (place, value.parse().unwrap_or(0)));
                row.cells.push(SheetCell {
                    col,
                    start: child.span.start,
                    name_end: child.after_name(),
                    style,
                });
            }
            tags.skip(&child)?;
        }
        Ok(row)
    }

    /// Inserts new cells in column order.
    fn insert(&self, prefix: &str, number: u32, cells: &[(u16, usize)], edits: &mut Edits) {
        if self.empty {
            let cells: String =
                cells.iter().map(|&(col, style)| new_cell(prefix, number, col, style)).collect();
            edits.replace(self.tag_end - 2..self.tag_end, format!(">{cells}</{}>", self.name));
            return;
        }
        for &(col, style) in cells {
            let next = self.cells.iter().find(|cell| cell.col > col);
            edits.insert(next.map_or(self.close, |cell| cell.start), new_cell(prefix, number, col, style));
        }
    }
}

fn new_cell(prefix: &str, row: u32, col: u16, style: usize) -> String {
    format!("<{prefix}c r=\"{}\" s=\"{style}\"/>", CellRef::new(row, col))
}

/// The row of the first cell in the row that `tag` opens: a row may omit its number where its cells have
/// references.
fn row_of_first_cell(tag: &Tag<'_>) -> Option<u32> {
    let first = tag.first_child().filter(|child| child.local() == "c")?;
    first.value("r")?.parse::<CellRef>().ok().map(|cell| cell.row)
}

/// The merged ranges of a sheet, found by their tags without reading the cells again.
pub(crate) fn merges(text: &str) -> Vec<CellRange> {
    const NAME: &str = "mergeCell";
    let begins = |at: usize| {
        text[..at].ends_with(['<', ':']) && text[at + NAME.len()..].starts_with(char::is_whitespace)
    };
    memchr::memmem::find_iter(text.as_bytes(), NAME)
        .filter(|&at| begins(at))
        .filter_map(|at| {
            Tags::new("", &text[text[..at].rfind('<')?..]).next().ok()??.value("ref")?.parse().ok()
        })
        .collect()
}
