//! Link targets and link texts.

use super::range::{Fixed, cell, on_sheet};
use crate::source::{CellRef, Place};

/// A link to the beginning of a row on a sheet of the same workbook.
pub fn internal(sheet: &str, row: u32) -> String {
    format!("internal:{}", on_sheet(sheet, &cell(CellRef::new(row, 0), Fixed::Nothing)))
}

/// A link to a place in a plan's workbook in the folder `base`, relative to the workbook being written. None
/// where a name has characters with a special meaning in links.
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

/// The text of a link to a place in a plan's workbook: sheet and cell.
pub fn shown(place: &Place) -> String {
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!("{}!{cell}", place.sheet.as_deref().unwrap_or_default())
}
