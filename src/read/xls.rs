//! Reads .xls: values and merges by calamine, number formats and hidden rows from the records ([MS-XLS] 2.4).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};

use super::ReadError;
use super::grid::{Budget, Grid, Origin, Overflow};
use super::package::SMALL;
use super::shown::{NumberFormats, built_in};
use crate::source::{CellRange, CellRef};

/// Maximum size of a workbook stream.
const MAX_STREAM: u64 = 64 << 20;

/// Maximum bytes of text in calamine, which copies a shared string for each cell.
const MAX_COPIES: u64 = 64 << 20;

/// The layout of the workbook stream, checked before calamine opens the file.
pub(super) struct XlsBook {
    layouts: Vec<XlsLayout>,
    length: u64,
    strings: SharedStrings,
    date1904: bool,
}

/// Statistics of the shared strings.
#[derive(Clone, Copy, Debug, Default)]
struct SharedStrings {
    /// The declared number of strings.
    count: u64,
    /// Their size in bytes.
    bytes: u64,
    /// The number of cells that use one.
    shown: u64,
}

impl SharedStrings {
    /// The maximum bytes of the cells' texts: a string has at most 65,535 characters of three bytes.
    fn copies(self) -> u64 {
        self.shown.saturating_mul(self.bytes.min(65_535)).saturating_mul(3)
    }
}

impl XlsBook {
    /// Scans the records of the stream `name`. The compound file's sector chains were checked when opening
    /// it.
    pub(super) fn open<F: Read + Seek>(
        compound: &mut cfb::CompoundFile<F>,
        name: &str,
    ) -> Result<Self, ReadError> {
        let damaged = |error: std::io::Error| ReadError::damaged(error);
        let stream = compound.open_stream(name).map_err(damaged)?;
        let length = stream.len();
        if length > MAX_STREAM {
            return Err(ReadError::TooLarge(format!("{} MB", length >> 20)));
        }
        let mut bytes = Vec::new();
        stream.take(MAX_STREAM).read_to_end(&mut bytes).map_err(damaged)?;
        let (layouts, strings) = layouts(&bytes);
        Ok(Self { layouts, length, strings, date1904: counts_from_1904(&bytes) })
    }

    /// Whether calamine can read it safely: it allocates each sheet as one rectangle and trusts the count of
    /// strings.
    pub(super) fn is_harmless(&self) -> bool {
        let area: u64 = self.layouts.iter().map(|layout| layout.area()).sum();
        let strings = self.strings;
        let few_strings = strings.count <= SMALL && strings.copies() <= MAX_COPIES;
        self.length <= SMALL && few_strings && area <= 1 << 20
    }
}

/// Reads every worksheet.
pub(super) fn read(book: &XlsBook, path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut workbook = Xls::new(file).map_err(|error| match error {
        calamine::XlsError::Password => ReadError::Encrypted,
        other => ReadError::damaged(other),
    })?;
    let mut formats = NumberFormats::counting_from(book.date1904);
    let budget = Budget::default();
    let mut grids = Vec::new();
    for (index, sheet) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::within(&budget, &sheet.name, sheet.visible != SheetVisible::Visible);
        if !grid.hidden {
            let layout = book.layouts.get(index);
            let range = workbook
                .worksheet_range(&sheet.name)
                .map_err(|error| ReadError::damaged_part(&*sheet.name, error))?;
            let too_large = |_: Overflow| ReadError::TooLarge(sheet.name.clone());
            put_cells(&range, layout, &mut formats, &mut grid).map_err(too_large)?;
            for merge in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
                let corner =
                    |(row, col): (u32, u32)| CellRef::new(row, u16::try_from(col).unwrap_or(u16::MAX));
                grid.merge(CellRange::new(corner(merge.start), corner(merge.end))).map_err(too_large)?;
            }
            if let Some(layout) = layout {
                grid.hidden_rows.extend(&layout.hidden_rows);
                grid.hidden_columns.extend(&layout.hidden_columns);
            }
        }
        grids.push(grid.finish());
    }
    Ok(grids)
}

fn put_cells(
    range: &calamine::Range<Data>,
    layout: Option<&XlsLayout>,
    formats: &mut NumberFormats,
    grid: &mut Grid,
) -> Result<(), Overflow> {
    let (first_row, first_col) = range.start().unwrap_or_default();
    for (row, col, value) in range.used_cells() {
        let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let col = first_col.saturating_add(u32::try_from(col).unwrap_or(u32::MAX));
        let code = layout.and_then(|layout| layout.formats.get(&(row, col))).map_or("", String::as_str);
        let number = match value {
            Data::Int(number) => Some(*number as f64),
            Data::Float(number) => Some(*number),
            Data::DateTime(date) => Some(date.as_f64()),
            _ => None,
        };
        let (text, percent) =
            number.map_or_else(|| (value.to_string(), false), |number| formats.show(number, code));
        grid.put(row, col, &text, percent)?;
        if layout.is_some_and(|layout| layout.formulas.contains(&(row, col))) {
            grid.set_origin(CellRef::new(row, u16::try_from(col).unwrap_or(u16::MAX)), Origin::Formula);
        }
    }
    Ok(())
}

/// Layout of one sheet from its records.
#[derive(Debug, Default)]
struct XlsLayout {
    formats: BTreeMap<(u32, u32), String>,
    formulas: BTreeSet<(u32, u32)>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<CellRange>,
    /// First and last cell.
    bounds: Option<(CellRef, CellRef)>,
}

/// Record types.
mod record {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const COLINFO: u16 = 0x007D;
    pub(super) const BOUNDSHEET: u16 = 0x0085;
    pub(super) const MULRK: u16 = 0x00BD;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABELSST: u16 = 0x00FD;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOLERR: u16 = 0x0205;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// Whether dates count from 1904 ([MS-XLS] 2.4.77; among the records before the sheets).
fn counts_from_1904(stream: &[u8]) -> bool {
    const DATE_1904: u16 = 0x0022;
    let mut at = 0usize;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        if kind == DATE_1904 {
            return u16_at(stream, at + 4) == Some(1);
        }
        if kind == record::EOF {
            return false;
        }
        at += 4 + usize::from(length);
    }
    false
}

/// The layouts of all sheets, in tab order, and the shared strings.
fn layouts(stream: &[u8]) -> (Vec<XlsLayout>, SharedStrings) {
    let mut strings = SharedStrings::default();
    let mut in_strings = false;
    let mut offsets: Vec<usize> = Vec::new();
    let mut codes: BTreeMap<u16, String> = BTreeMap::new();
    let mut styles: Vec<u16> = Vec::new();
    let mut layouts: Vec<XlsLayout> = Vec::new();
    let mut sheet: Option<usize> = None;
    let mut depth = 0u32;
    let mut at = 0usize;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let Some(data) = stream.get(at + 4..at + 4 + usize::from(length)) else { break };
        in_strings = kind == record::SST || in_strings && kind == record::CONTINUE;
        strings.bytes += if in_strings { data.len() as u64 } else { 0 };
        strings.shown += u64::from(kind == record::LABELSST);
        match kind {
            record::BOF => {
                if depth == 0 {
                    sheet = offsets.iter().position(|&offset| offset == at);
                }
                depth += 1;
            }
            record::EOF => depth = depth.saturating_sub(1),
            record::BOUNDSHEET => {
                offsets.push(u32_at(data, 0).and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX));
                layouts.push(XlsLayout::default());
            }
            record::FORMAT => {
                if let (Some(id), Some(code)) = (u16_at(data, 0), unicode(data.get(2..).unwrap_or(&[]))) {
                    codes.insert(id, code);
                }
            }
            record::SST => strings.count = u64::from(u32_at(data, 4).unwrap_or(0)),
            record::XF => styles.push(u16_at(data, 2).unwrap_or(0)),
            _ => {
                // Charts inside a sheet are nested substreams; skip their records.
                if let (Some(index), 1) = (sheet, depth)
                    && let Some(layout) = layouts.get_mut(index)
                {
                    layout.take(kind, data, &|style| {
                        let id = *styles.get(usize::from(style))?;
                        Some(codes.get(&id).cloned().unwrap_or_else(|| built_in(u32::from(id)).to_owned()))
                    });
                }
            }
        }
        at += 4 + usize::from(length);
    }
    (layouts, strings)
}

impl XlsLayout {
    /// The number of cells in the rectangle of the bounds.
    fn area(&self) -> u64 {
        self.bounds.map_or(0, |(first, last)| {
            u64::from(last.row - first.row + 1) * u64::from(last.col - first.col + 1)
        })
    }

    fn extend(&mut self, row: u16, col: u16) {
        let (row, col) = (u32::from(row), col);
        let (first, last) = self.bounds.unwrap_or((CellRef::new(row, col), CellRef::new(row, col)));
        self.bounds = Some((
            CellRef::new(first.row.min(row), first.col.min(col)),
            CellRef::new(last.row.max(row), last.col.max(col)),
        ));
    }

    fn take(&mut self, kind: u16, data: &[u8], code: &dyn Fn(u16) -> Option<String>) {
        let word = |at| u16_at(data, at).unwrap_or(0);
        let (row, col) = (u32::from(word(0)), u32::from(word(2)));
        match kind {
            record::NUMBER
            | record::RK
            | record::FORMULA
            | record::LABELSST
            | record::LABEL
            | record::BOOLERR => {
                self.extend(word(0), word(2));
            }
            record::MULRK => {
                self.extend(word(0), word(2));
                self.extend(word(0), word(data.len().saturating_sub(2)));
            }
            _ => {}
        }
        if kind == record::FORMULA {
            self.formulas.insert((row, col));
        }
        match kind {
            record::NUMBER | record::RK | record::FORMULA => {
                if let Some(code) = code(word(4)) {
                    self.formats.insert((row, col), code);
                }
            }
            record::MULRK => {
                for (step, cell) in data.get(4..).unwrap_or(&[]).chunks_exact(6).enumerate() {
                    if let Some(code) = u16_at(cell, 0).and_then(code) {
                        self.formats.insert((row, col + u32::try_from(step).unwrap_or(0)), code);
                    }
                }
            }
            // fDyZero
            record::ROW if word(12) & 0x20 != 0 => self.hidden_rows.push(row),
            // fHidden
            record::COLINFO if word(8) & 1 != 0 => {
                self.hidden_columns
                    .push(CellRange::new(CellRef::new(0, word(0)), CellRef::new(0, word(2).min(255))));
            }
            _ => {}
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// An XLUnicodeString: count, flags, then one or two bytes a character.
fn unicode(data: &[u8]) -> Option<String> {
    let count = usize::from(u16_at(data, 0)?);
    let wide = data.get(2)? & 1 == 1;
    let text = data.get(3..)?;
    if wide {
        let units: Vec<u16> =
            text.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(text.iter().take(count).map(|&byte| char::from(byte)).collect())
    }
}
