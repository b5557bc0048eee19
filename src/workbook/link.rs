//! Where links lead to, and what they are called.

use super::range::{Fixed, cell, on_sheet};
use crate::source::{CellRef, Place};

/// A link to the beginning of a row on a sheet of the same workbook.
pub fn internal(sheet: &str, row: u32) -> String {
    format!("internal:{}", on_sheet(sheet, &cell(CellRef::new(row, 0), Fixed::Nothing)))
}

/// A link to a place in a plan's workbook, whose folder is `base` as seen from the workbook written. None where a
/// name holds characters that links have another use for.
pub fn external(base: &str, place: &Place) -> Option<String> {
    let path = format!("{}/{}", base.trim_end_matches('/'), place.file);
    let awkward = |text: &str| text.contains(['#', '%', '\\', ':']) || text.chars().any(char::is_control);
    if awkward(&path) {
        return None;
    }
    let target = match (&place.sheet, place.cell) {
        (Some(sheet), Some(cell)) if !awkward(sheet) => format!("#{}", on_sheet(sheet, &cell.to_string())),
        _ => String::new(),
    };
    Some(format!("file:///{path}{target}"))
}

/// What a link to a place in a plan's workbook is called: sheet and cell.
pub fn shown(place: &Place) -> String {
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!("{}!{cell}", place.sheet.as_deref().unwrap_or_default())
}
