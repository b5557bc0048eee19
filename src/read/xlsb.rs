//! Reads .xlsb: values by calamine, merges, formats and hidden parts from the records ([MS-XLSB] 2.4).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb};
use quick_xml::escape::escape;

use super::ReadError;
use super::grid::{Budget, Grid, Origin, Overflow};
use super::package::missing;
use super::package::{Package, Parts};
use super::shown::{NumberFormats, built_in};
use crate::source::{CellRange, CellRef, LAST_COLUMN};

/// The paths where calamine expects the workbook and its relationships.
const WORKBOOK: &str = "xl/workbook.bin";
const RELS: &str = "xl/_rels/workbook.bin.rels";

/// Extracts the needed parts from any folder of the package to the paths that calamine expects.
pub(super) fn take_parts(package: &mut Package) -> Result<Parts, ReadError> {
    let (name, workbook) = workbook(package)?;
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let rels = package.relationships(&name)?.unwrap_or_default();
    let mut parts = BTreeMap::new();
    for (kind, usual, own) in [
        ("styles", "styles.bin", "xl/styles.bin"),
        ("sharedStrings", "sharedStrings.bin", "xl/sharedstrings.bin"),
    ] {
        let found = rels.iter().find(|relationship| relationship.kind == kind);
        let part =
            found.and_then(|relationship| relationship.target.clone()).unwrap_or_else(|| beside(usual));
        if let Some(content) = package.unpacked(&part)? {
            parts.insert(own.to_owned(), content);
        }
    }
    let (mut written, mut targets) = (String::from("<Relationships>"), BTreeMap::new());
    let ids = records(&workbook).filter(|(kind, _)| *kind == record::SHEET);
    for (at, id) in ids.filter_map(|(_, data)| Some(wide(data, 8)?.0)).enumerate() {
        let leads_to = rels.iter().find(|relationship| relationship.id == id);
        // calamine derives a sheet's kind from its folder and rejects workbooks with macro sheets; store
        // these as dialogs.
        let folder = match leads_to.map_or("worksheet", |relationship| relationship.kind.as_str()) {
            "chartsheet" => "chartsheets",
            "dialogsheet" | "xlMacrosheet" | "xlIntlMacrosheet" => "dialogsheets",
            _ => "worksheets",
        };
        let target = format!("{folder}/sheet{at}.bin");
        let _ = write!(written, "<Relationship Id=\"{}\" Target=\"{target}\"/>", escape(&id));
        let target = format!("xl/{target}");
        let own = leads_to.filter(|_| folder == "worksheets").and_then(|leads_to| leads_to.target.as_ref());
        if let Some(content) = own.map_or(Ok(None), |own| package.unpacked(own))? {
            parts.insert(target.clone(), content);
        }
        targets.insert(id, target);
    }
    written.push_str("</Relationships>");
    parts.insert(RELS.to_owned(), written.into_bytes());
    parts.insert(WORKBOOK.to_owned(), workbook);
    Parts::of(parts, targets)
}

/// The name and content of the workbook's part.
fn workbook(package: &mut Package) -> Result<(String, Vec<u8>), ReadError> {
    let root = package.relationships("")?.unwrap_or_default();
    let found = root.into_iter().find(|relationship| relationship.kind == "officeDocument");
    let name = found.and_then(|relationship| relationship.target).unwrap_or_else(|| WORKBOOK.to_owned());
    let workbook = package.unpacked(&name)?.ok_or_else(|| missing(&name))?;
    Ok((name, workbook))
}

/// Reads every worksheet.
pub(super) fn read(parts: &Parts) -> Result<Vec<Grid>, ReadError> {
    let mut workbook: Xlsb<Cursor<&[u8]>> = Xlsb::new(parts.reader()).map_err(|e| broken(&e))?;
    let styles = parts.part("xl/styles.bin").map(style_codes).unwrap_or_default();
    let sheets = sheet_parts(parts);
    let mut formats = NumberFormats::counting_from(workbook.has_1904_epoch());
    let budget = Budget::default();
    let mut grids = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::within(&budget, &sheet.name, sheet.visible != SheetVisible::Visible);
        if !grid.hidden {
            let too_large = |_: Overflow| ReadError::TooLarge(sheet.name.clone());
            let Some(part) = sheets.get(&sheet.name).and_then(|name| parts.part(name)) else {
                grid.unread.whole = true;
                grids.push(grid);
                continue;
            };
            let layout = XlsbLayout::read(part);
            let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(|e| broken(&e))?;
            while let Some(cell) = cells.next_cell().map_err(|e| broken(&e))? {
                let (row, col) = cell.get_position();
                let code = layout.styles.get(&(row, col)).and_then(|&style| styles.get(style as usize));
                let code = code.map_or("", String::as_str);
                formats.put(&mut grid, (row, col), cell.get_value(), code).map_err(too_large)?;
                if layout.formulas.contains(&(row, col)) {
                    grid.set_origin(CellRef::new(row, column(col)), Origin::Formula);
                }
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
        other => ReadError::damaged(other),
    }
}

/// Record types.
mod record {
    pub(super) const ROW: u32 = 0;
    pub(super) const FIRST_CELL: u32 = 1;
    pub(super) const LAST_CELL: u32 = 11;
    pub(super) const FIRST_FORMULA: u32 = 8;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const XF: u32 = 47;
    pub(super) const COLUMN: u32 = 60;
    pub(super) const SHEET: u32 = 156;
    pub(super) const MERGE: u32 = 176;
    pub(super) const BEGIN_CELL_XFS: u32 = 617;
    pub(super) const END_CELL_XFS: u32 = 618;
}

/// The records of a part: type and data. Type and length are encoded in groups of seven bits.
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

/// Reads the raw bytes of a record type, at most `most`; a set high bit announces another byte.
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

/// Reads an XLWideString; returns it and its end.
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
    let Some(workbook) = parts.part(WORKBOOK) else { return BTreeMap::new() };
    records(workbook)
        .filter(|(kind, _)| *kind == record::SHEET)
        .filter_map(|(_, data)| {
            let (id, end) = wide(data, 8)?;
            let (name, _) = wide(data, end)?;
            Some((name, parts.targets.get(&id)?.clone()))
        })
        .collect()
}

fn column(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN)
}

/// The layout of a sheet, from its records.
#[derive(Debug, Default)]
struct XlsbLayout {
    styles: BTreeMap<(u32, u32), u32>,
    formulas: BTreeSet<(u32, u32)>,
    merges: Vec<CellRange>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<CellRange>,
}

impl XlsbLayout {
    fn read(part: &[u8]) -> Self {
        let mut layout = Self::default();
        let mut row = 0;
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
                    let cell = (row, u32_at(data, 0));
                    layout.styles.insert(cell, u32_at(data, 4) & 0x00FF_FFFF);
                    if kind >= record::FIRST_FORMULA {
                        layout.formulas.insert(cell);
                    }
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn text(text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&u32::try_from(text.encode_utf16().count()).unwrap().to_le_bytes()[..], &units].concat()
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let kind =
            if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
        [&kind[..], &[u8::try_from(data.len()).unwrap()], data].concat()
    }

    fn sheet(id: &str, name: &str) -> Vec<u8> {
        record(156, &[&[0; 8][..], &text(id), &text(name)].concat())
    }

    /// A package of these parts; `book` is the folder of the workbook part.
    fn package(book: &str, sheets: &[(&str, &str, &str)], worksheet: &[u8]) -> Package {
        let rel = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id='{id}' Type='x/{kind}' Target='{target}'/>")
        };
        let rels: String =
            sheets.iter().map(|(id, _, kind)| rel(id, kind, &format!("tabs/{id}.bin"))).collect();
        let rels = rels + &rel("st", "styles", "/looks/my.bin");
        let bundle: Vec<u8> = sheets.iter().flat_map(|(id, name, _)| sheet(id, name)).collect();
        let workbook = [
            record(153, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            record(143, &[]),
            bundle,
            record(144, &[]),
            record(132, &[]),
        ];
        let styles = [
            record(615, &1u32.to_le_bytes()),
            record(44, &[&164u16.to_le_bytes()[..], &text("yyyy-mm-dd")].concat()),
            record(616, &[]),
            record(617, &1u32.to_le_bytes()),
            record(47, &[0, 0, 164, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            record(618, &[]),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [
            (
                "_rels/.rels".to_owned(),
                format!("<r>{}</r>", rel("w", "officeDocument", &format!("{book}main.bin"))).into_bytes(),
            ),
            (format!("{book}main.bin"), workbook.concat()),
            (format!("{book}_rels/main.bin.rels"), format!("<r>{rels}</r>").into_bytes()),
            ("looks/my.bin".to_owned(), styles.concat()),
            (format!("{book}tabs/s1.bin"), worksheet.to_vec()),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&content).unwrap();
        }
        Package::in_memory(archive.finish().unwrap().into_inner()).unwrap()
    }

    #[test]
    fn an_xlsb_with_its_parts_anywhere_a_macro_sheet_and_days_from_1904_is_read() {
        let real = |number: f64| [&0u32.to_le_bytes()[..], &[0; 4], &number.to_le_bytes()].concat();
        let worksheet = [
            record(129, &[]),
            record(148, &[0; 16]),
            record(145, &[]),
            record(0, &[0; 17]),
            record(5, &real(44_741.0)),
            record(146, &[]),
            record(130, &[]),
        ]
        .concat();
        let sheets =
            [("s1", "계획", "worksheet"), ("m1", "매크로", "xlMacrosheet"), ("s2", "없음", "worksheet")];
        for book in ["", "book/", "xl/"] {
            let grids = read(&take_parts(&mut package(book, &sheets, &worksheet)).unwrap()).unwrap();
            let names: Vec<(&str, bool)> =
                grids.iter().map(|grid| (&*grid.name, grid.unread.whole)).collect();
            assert_eq!(names, [("계획", false), ("없음", true)]);
            assert_eq!(&*grids[0].own(CellRef::new(0, 0)).unwrap().text, "2026-06-30", "{book}");
        }
    }
}
