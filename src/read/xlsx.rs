//! .xlsx and .xlsm: cells by calamine, what calamine does not tell from the sheet's own XML.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use memchr::memmem;
use quick_xml::events::Event;

use super::ReadError;
use super::grid::{Grid, Overflow};
use super::package::{Package, Parts};
use super::shown::Formats;
use super::xml;
use crate::source::{CellRange, CellRef, LAST_COLUMN};

/// Takes the parts that matter out of the package: workbook, strings, styles and worksheets.
pub(super) fn take_parts(package: &mut Package) -> Result<BTreeMap<String, String>, ReadError> {
    let root = package.take("_rels/.rels")?.ok_or_else(|| missing("_rels/.rels"))?;
    let workbook = relationships(root, "")?
        .into_iter()
        .find(|relationship| relationship.kind.ends_with("/officeDocument"))
        .map(|relationship| relationship.target)
        .ok_or_else(|| missing("officeDocument"))?;
    let ids = sheet_ids(package.take(&workbook)?.ok_or_else(|| missing(&workbook))?)?;
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let rels_name = beside(&format!("_rels/{file}.rels"));
    let rels = package.take(&rels_name)?.ok_or_else(|| missing(&rels_name))?;
    let targets: BTreeMap<String, String> =
        relationships(rels, folder)?.into_iter().map(|r| (r.id, r.target)).collect();
    package.take(&beside("sharedStrings.xml"))?;
    package.take(&beside("styles.xml"))?;
    package.amend(&beside("styles.xml"), without_fallbacks);
    let mut sheets = BTreeMap::new();
    for (name, id) in ids {
        if let Some(target) = targets.get(&id) {
            package.take(target)?;
            sheets.insert(name, target.clone());
        }
    }
    Ok(sheets)
}

/// A style sheet without the second wordings that stand for programs which do not know the first (Hancom writes
/// such): calamine counts every format it meets.
fn without_fallbacks(styles: &[u8]) -> Option<Vec<u8>> {
    const NAME: &[u8] = b":Fallback";
    let mut kept = Vec::new();
    let mut rest = styles;
    while let Some(at) = memmem::find(rest, NAME) {
        let start = tag_start(rest, at);
        let close = [b"</", &rest[start + 1..at], NAME].concat();
        let end = memmem::find(&rest[at..], &close).map(|end| at + end + close.len())?;
        let end = end + memchr::memchr(b'>', &rest[end..])? + 1;
        kept.extend_from_slice(&rest[..start]);
        rest = &rest[end..];
    }
    (!kept.is_empty()).then(|| [&kept, rest].concat())
}

fn missing(part: &str) -> ReadError {
    ReadError::Damaged(format!("{part} is missing"))
}

/// A relationship of a part: its id, its type and the part it leads to.
pub(super) struct Relationship {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// The relationships in a `.rels` part, targets resolved against `folder`; external ones left out.
pub(super) fn relationships(part: &[u8], folder: &str) -> Result<Vec<Relationship>, ReadError> {
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    loop {
        match xml::next(&mut reader, &mut buffer, "rels")? {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let get = |name| xml::attribute(&e, name).unwrap_or_default();
                if get("TargetMode") != "External" {
                    found.push(Relationship {
                        id: get("Id"),
                        kind: get("Type"),
                        target: resolve(folder, &get("Target")),
                    });
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A relationship's target as a part name: absolute, or relative to the folder of its source.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn sheet_ids(workbook: &[u8]) -> Result<Vec<(String, String)>, ReadError> {
    let mut reader = xml::reader(workbook);
    let mut buffer = Vec::new();
    let mut sheets = Vec::new();
    loop {
        match xml::next(&mut reader, &mut buffer, "workbook")? {
            Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                if let (Some(name), Some(id)) = (xml::attribute(&e, "name"), xml::attribute(&e, "id")) {
                    sheets.push((name, id));
                }
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// Reads every worksheet.
pub(super) fn read(parts: &Parts, sheets: &BTreeMap<String, String>) -> Result<Vec<Grid>, ReadError> {
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(parts.reader()).map_err(|e| broken(&e))?;
    let metadata = workbook.sheets_metadata().to_vec();
    let mut formats = Formats::default();
    let mut grids = Vec::new();
    for sheet in metadata {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::new(&sheet.name, sheet.visible != SheetVisible::Visible);
        if grid.hidden {
            grids.push(grid);
            continue;
        }
        let Some(part) = sheets.get(&sheet.name).and_then(|target| parts.part(target)) else { continue };
        let too_large = |_: Overflow| ReadError::TooLarge(sheet.name.clone());
        read_cells(&mut workbook, &mut formats, &mut grid)?;
        read_layout(part, &mut grid, &sheet.name)?.map_err(too_large)?;
        grids.push(grid.finish());
    }
    Ok(grids)
}

fn broken(error: &calamine::XlsxError) -> ReadError {
    match error {
        calamine::XlsxError::Password => ReadError::Encrypted,
        other => ReadError::Damaged(other.to_string()),
    }
}

fn read_cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    formats: &mut Formats,
    grid: &mut Grid,
) -> Result<(), ReadError> {
    let name = grid.name.clone();
    let too_large = |_: Overflow| ReadError::TooLarge(name.to_string());
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|e| broken(&e))?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|e| broken(&e))? {
        let code = cells
            .styles()
            .get(style)
            .and_then(|style| style.number_format.as_ref())
            .map_or("", |format| format.format_code.as_str());
        formats.put(grid, cell.get_position(), cell.get_value(), code).map_err(too_large)?;
    }
    Ok(())
}

/// Reads merges, hidden columns and rows and formulas without a result. The cells themselves, by far the largest
/// share of a part, are only gone through where a quick search says that there is something to find.
fn read_layout(part: &[u8], grid: &mut Grid, name: &str) -> Result<Result<(), Overflow>, ReadError> {
    let data = memmem::find(part, b"sheetData").unwrap_or(part.len());
    let data_end =
        memmem::rfind_iter(part, b"sheetData").find(|&at| closes(part, at)).unwrap_or(data).max(data);
    read_columns(&part[..tag_start(part, data)], grid, name)?;
    if let Err(overflow) = read_merges(&part[data_end..], grid) {
        return Ok(Err(overflow));
    }
    let cells = &part[data..data_end];
    let has = |what: &[u8]| memmem::find(cells, what).is_some();
    if has(b"hidden=") || has(b"<f>") || has(b"<f ") || has(b"<f/") || has(b":f>") || has(b":f ") {
        read_rows(part, grid, name)?;
    }
    Ok(Ok(()))
}

/// Whether the name at `at` stands in an end tag: a header may speak of the same word.
fn closes(part: &[u8], at: usize) -> bool {
    part.get(tag_start(part, at) + 1) == Some(&b'/')
}

/// The `<` of the tag whose name stands at `at`.
fn tag_start(part: &[u8], at: usize) -> usize {
    memchr::memrchr(b'<', &part[..at]).unwrap_or(at)
}

fn read_columns(head: &[u8], grid: &mut Grid, name: &str) -> Result<(), ReadError> {
    let mut reader = xml::reader(head);
    let mut buffer = Vec::new();
    loop {
        match xml::next(&mut reader, &mut buffer, name)? {
            Event::Start(e) if e.local_name().as_ref() == "col" && xml::is_set(&e, "hidden") => {
                let column = |attribute| {
                    let number: u32 = xml::attribute(&e, attribute)?.parse().ok()?;
                    u16::try_from(number.checked_sub(1)?).ok()
                };
                if let (Some(first), Some(last)) = (column("min"), column("max")) {
                    let last = last.min(LAST_COLUMN);
                    grid.hidden_columns.push(CellRange::new(CellRef::new(0, first), CellRef::new(0, last)));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Merges stand after the cells. The search is for the attribute itself: the tail of a part cut at `sheetData` is
/// no well-formed document, and 100,000 merges should not cost 100,000 elements.
fn read_merges(tail: &[u8], grid: &mut Grid) -> Result<(), Overflow> {
    const NAME: &[u8] = b"mergeCell";
    for at in memmem::find_iter(tail, NAME) {
        let rest = &tail[at..];
        if !rest.get(NAME.len()).is_some_and(u8::is_ascii_whitespace) {
            continue;
        }
        let tag = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
        let reference = memmem::find(tag, b"ref=").and_then(|start| {
            let value = &tag[start + 4..];
            let quote = *value.first()?;
            let end = memchr::memchr(quote, &value[1..])?;
            std::str::from_utf8(&value[1..=end]).ok()
        });
        if let Some(range) = reference.and_then(|text| text.parse::<CellRange>().ok())
            && range.first != range.last
        {
            grid.merge(range)?;
        }
    }
    Ok(())
}

fn read_rows(part: &[u8], grid: &mut Grid, name: &str) -> Result<(), ReadError> {
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    let mut row = 0u32;
    let mut cell = CellRef::default();
    // A result is what stands in `v` or `is`. Of a formula that gives text (`t="str"`), nothing is a result too.
    let (mut formula, mut result, mut inside) = (false, false, false);
    loop {
        match xml::next(&mut reader, &mut buffer, name)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => {
                    if let Some(number) = xml::attribute(&e, "r").and_then(|r| r.parse::<u32>().ok()) {
                        row = number.saturating_sub(1);
                    }
                    if xml::is_set(&e, "hidden") {
                        grid.hidden_rows.push(row);
                    }
                    cell = CellRef::new(row, 0);
                }
                "c" => {
                    (formula, inside) = (false, false);
                    result = xml::attribute(&e, "t").as_deref() == Some("str");
                    if let Some(at) = xml::attribute(&e, "r").and_then(|r| r.parse().ok()) {
                        cell = at;
                    }
                }
                "f" => formula = true,
                "v" | "is" => inside = true,
                _ => {}
            },
            Event::Text(_) | Event::GeneralRef(_) if inside => result = true,
            Event::End(e) => match e.local_name().as_ref() {
                "row" => row += 1,
                "v" | "is" => inside = false,
                "c" => {
                    if formula && !result {
                        grid.unresolved.push(cell);
                    }
                    cell.col = cell.col.saturating_add(1);
                }
                "sheetData" => return Ok(()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_absolute_and_relative() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "../other/s.xml"), "other/s.xml");
        assert_eq!(resolve("", "xl\\workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn a_format_that_is_worded_twice_counts_once() {
        let styles = br#"<cellXfs><mc:AlternateContent><mc:Choice><xf a="1"/></mc:Choice><mc:Fallback><xf a="2"/></mc:Fallback ></mc:AlternateContent><xf/></cellXfs>"#;
        let once = br#"<cellXfs><mc:AlternateContent><mc:Choice><xf a="1"/></mc:Choice></mc:AlternateContent><xf/></cellXfs>"#;
        assert_eq!(without_fallbacks(styles).unwrap(), once);
        assert_eq!(without_fallbacks(b"<cellXfs><xf/></cellXfs>"), None);
        assert_eq!(without_fallbacks(b"<mc:Fallback><xf/>"), None);
    }

    #[test]
    fn hidden_rows_columns_and_formulas_without_result() {
        let part = br#"<worksheet><cols><col min="3" max="4" hidden="1"/></cols><sheetData>
            <row r="2" hidden="1"><c r="A2"><f>1+1</f></c><c r="B2"><f>1</f><v>1</v></c></row>
            <row><c><f/></c><c><f>1</f><v/></c><c t="str"><f>""</f><v></v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
        let mut grid = Grid::new("s", false);
        read_layout(part, &mut grid, "s").unwrap().unwrap();
        let grid = grid.finish();
        assert_eq!(grid.hidden_rows, [1]);
        assert_eq!(grid.hidden_columns, ["C1:D1".parse().unwrap()]);
        assert_eq!(grid.unresolved, ["A2", "A3", "B3"].map(|cell| cell.parse().unwrap()));
        assert_eq!(grid.merged("B1".parse().unwrap()), "A1:B2".parse().ok());
    }
}
