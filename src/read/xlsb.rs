//! .xlsb: values by calamine, merges, formats and what is hidden from the records ([MS-XLSB] 2.4).

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb};

use super::ReadError;
use super::grid::{Budget, Grid, Overflow};
use super::package::{Package, Parts};
use super::shown::{Formats, built_in};
use crate::source::{CellRange, CellRef, LAST_COLUMN};

/// Takes the parts that matter out of the package.
pub(super) fn take_parts(package: &mut Package) -> Result<(), ReadError> {
    for name in package.names() {
        let lower = name.to_lowercase();
        let wanted = lower.ends_with(".rels")
            || (lower.ends_with(".bin") && !lower.contains("printersettings") && !lower.contains("vba"));
        if wanted {
            package.take(&name)?;
        }
    }
    Ok(())
}

/// Reads every worksheet.
pub(super) fn read(parts: &Parts) -> Result<Vec<Grid>, ReadError> {
    let mut workbook: Xlsb<Cursor<&[u8]>> = Xlsb::new(parts.reader()).map_err(|e| broken(&e))?;
    let styles = parts.part("xl/styles.bin").map(style_codes).unwrap_or_default();
    let sheets = sheet_parts(parts);
    let mut formats = Formats::default();
    let budget = Budget::default();
    let mut grids = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::within(&budget, &sheet.name, sheet.visible != SheetVisible::Visible);
        if !grid.hidden {
            let too_large = |_: Overflow| ReadError::TooLarge(sheet.name.clone());
            let mut layout = Layout::default();
            if let Some(part) = sheets.get(&sheet.name).and_then(|name| parts.part(name)) {
                layout = Layout::read(part);
            }
            let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(|e| broken(&e))?;
            while let Some(cell) = cells.next_cell().map_err(|e| broken(&e))? {
                let (row, col) = cell.get_position();
                let code = layout.styles.get(&(row, col)).and_then(|&style| styles.get(style as usize));
                let code = code.map_or("", String::as_str);
                formats.put(&mut grid, cell.get_position(), cell.get_value(), code).map_err(too_large)?;
            }
            for merge in layout.merges {
                grid.merge(merge).map_err(too_large)?;
            }
            grid.hidden_rows = layout.hidden_rows;
            grid.hidden_columns = layout.hidden_columns;
        }
        grids.push(grid.finish());
    }
    Ok(grids)
}

fn broken(error: &calamine::XlsbError) -> ReadError {
    match error {
        calamine::XlsbError::Password => ReadError::Encrypted,
        other => ReadError::Damaged(other.to_string()),
    }
}

/// Record types.
mod record {
    pub(super) const ROW: u32 = 0;
    pub(super) const FIRST_CELL: u32 = 1;
    pub(super) const LAST_CELL: u32 = 11;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const XF: u32 = 47;
    pub(super) const COLUMN: u32 = 60;
    pub(super) const SHEET: u32 = 156;
    pub(super) const MERGE: u32 = 176;
    pub(super) const BEGIN_CELL_XFS: u32 = 617;
    pub(super) const END_CELL_XFS: u32 = 618;
}

/// The records of a part: type and data. Both type and length are written in groups of seven bits.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let kind = varint(part, &mut at, 2)?;
        let kind = if kind & 0x80 == 0 { kind } else { (kind & 0x7F) | ((kind >> 8) << 7) };
        let length = length(part, &mut at)?;
        let data = part.get(at..at.checked_add(length)?)?;
        at += length;
        Some((kind, data))
    })
}

/// The bytes of a record type: one, or two where the first has its high bit set.
fn varint(part: &[u8], at: &mut usize, most: usize) -> Option<u32> {
    let mut value = 0u32;
    for index in 0..most {
        let byte = *part.get(*at)?;
        *at += 1;
        value |= u32::from(byte) << (8 * index);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

fn length(part: &[u8], at: &mut usize) -> Option<usize> {
    let mut length = 0usize;
    for index in 0..4 {
        let byte = *part.get(*at)?;
        *at += 1;
        length |= usize::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(length)
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// An XLWideString and where it ends.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let count = usize::try_from(u32_at(data, at)).ok()?;
    let start = at + 4;
    let end = start.checked_add(count.checked_mul(2)?)?;
    let units: Vec<u16> =
        data.get(start..end)?.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}

/// The format code of each cell style.
fn style_codes(part: &[u8]) -> Vec<String> {
    let mut codes = BTreeMap::new();
    let mut styles = Vec::new();
    let mut inside = false;
    for (kind, data) in records(part) {
        match kind {
            record::FORMAT => {
                if let Some((code, _)) = wide(data, 2) {
                    codes.insert(u32::from(u16_at(data, 0)), code);
                }
            }
            record::BEGIN_CELL_XFS => inside = true,
            record::END_CELL_XFS => inside = false,
            record::XF if inside => {
                let id = u32::from(u16_at(data, 2));
                styles.push(codes.get(&id).cloned().unwrap_or_else(|| built_in(id).to_owned()));
            }
            _ => {}
        }
    }
    styles
}

/// The part of each sheet, by its name.
fn sheet_parts(parts: &Parts) -> BTreeMap<String, String> {
    let targets: BTreeMap<String, String> = parts
        .part("xl/_rels/workbook.bin.rels")
        .and_then(|rels| super::xlsx::relationships(rels, "xl").ok())
        .unwrap_or_default()
        .into_iter()
        .map(|relationship| (relationship.id, relationship.target))
        .collect();
    let Some(workbook) = parts.part("xl/workbook.bin") else { return BTreeMap::new() };
    records(workbook)
        .filter(|(kind, _)| *kind == record::SHEET)
        .filter_map(|(_, data)| {
            let (id, end) = wide(data, 8)?;
            let (name, _) = wide(data, end)?;
            Some((name, targets.get(&id)?.clone()))
        })
        .collect()
}

/// What the records of a sheet tell beside its values.
#[derive(Debug, Default)]
struct Layout {
    styles: BTreeMap<(u32, u32), u32>,
    merges: Vec<CellRange>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<CellRange>,
}

impl Layout {
    fn read(part: &[u8]) -> Self {
        let mut layout = Self::default();
        let mut row = 0;
        let column = |col: u32| u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN);
        for (kind, data) in records(part) {
            match kind {
                record::ROW => {
                    row = u32_at(data, 0);
                    // fDyZero
                    if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        layout.hidden_rows.push(row);
                    }
                }
                record::FIRST_CELL..=record::LAST_CELL => {
                    layout.styles.insert((row, u32_at(data, 0)), u32_at(data, 4) & 0x00FF_FFFF);
                }
                record::COLUMN if u16_at(data, 16) & 1 != 0 => {
                    let (first, last) = (column(u32_at(data, 0)), column(u32_at(data, 4)));
                    layout.hidden_columns.push(CellRange::new(CellRef::new(0, first), CellRef::new(0, last)));
                }
                record::MERGE => layout.merges.push(CellRange::new(
                    CellRef::new(u32_at(data, 0), column(u32_at(data, 8))),
                    CellRef::new(u32_at(data, 4), column(u32_at(data, 12))),
                )),
                _ => {}
            }
        }
        layout
    }
}
