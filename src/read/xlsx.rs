//! Reads .xlsx and .xlsm part by part: a local defect affects only its place, not the workbook.

mod cells;
mod strings;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;
use xlsx_splice::{Relationship, relationships_part};

use super::ReadError;
use super::grid::{Budget, Grid};
use super::package::{Package, missing};
use super::shown::NumberFormats;
use super::xml;
use cells::SharedData;

/// Kinds of sheets without plans: charts, dialogs, Excel 4 macros.
const OTHER_SHEETS: [&str; 4] = ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];

/// Content of the workbook part.
struct WorkbookPart {
    sheets: Vec<SheetEntry>,
    strings: String,
    styles: String,
    /// Whether dates count from 1904.
    date1904: bool,
}

/// A sheet listed in the workbook. Sheets without plans are omitted, and so are hidden ones without a part
/// (modules of old versions of Excel).
struct SheetEntry {
    name: String,
    hidden: bool,
    /// Its part; none if its relationship is missing.
    part: Option<String>,
}

/// Reads every worksheet. A visible one whose part is missing becomes an empty grid marked as unread.
pub(super) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    let workbook = WorkbookPart::of(package)?;
    let (strings, styles) = (&workbook.strings, &workbook.styles);
    let mut shared = SharedData {
        strings: package.unpacked(strings)?.map(|content| strings::read(strings, &content)).transpose()?,
        codes: package.unpacked(styles)?.map_or(Ok(Vec::new()), |content| styles::read(styles, &content))?,
        formats: NumberFormats::counting_from(workbook.date1904),
    };
    let budget = Budget::default();
    let (mut grids, mut taken, mut any, mut lost) = (Vec::new(), BTreeSet::new(), false, None);
    for sheet in workbook.sheets {
        let mut grid = Grid::within(&budget, &sheet.name, sheet.hidden);
        if sheet.hidden {
            grids.push(grid);
            continue;
        }
        // Two tabs that share a part are read once.
        let part = sheet.part.filter(|part| taken.insert(part.to_lowercase()));
        let content = part.as_ref().map_or(Ok(None), |part| package.unpacked(part))?;
        let Some((part, content)) = part.as_ref().zip(content) else {
            lost.get_or_insert(part.unwrap_or(sheet.name));
            grid.unread.whole = true;
            grids.push(grid);
            continue;
        };
        any = true;
        if cells::read(part, &content, &mut shared, &mut grid)? {
            grids.push(grid.finish());
        }
    }
    match lost {
        Some(part) if !any => Err(missing(&part)),
        _ => Ok(grids),
    }
}

impl WorkbookPart {
    fn of(package: &mut Package) -> Result<Self, ReadError> {
        let root = package.relationships("")?.ok_or_else(|| missing("_rels/.rels"))?;
        let name = root
            .into_iter()
            .find(|relationship| relationship.kind == "officeDocument")
            .and_then(|relationship| relationship.target)
            .ok_or_else(|| missing("officeDocument"))?;
        let workbook = package.unpacked(&name)?.ok_or_else(|| missing(&name))?;
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]);
        let rels = package.relationships(&name)?.ok_or_else(|| missing(&relationships_part(&name)))?;
        let part = |kind: &str, usual: &str| {
            let found = rels.iter().find(|relationship| relationship.kind == kind);
            found.and_then(|found| found.target.clone()).unwrap_or_else(|| format!("{folder}{usual}"))
        };
        let strings = part("sharedStrings", "sharedStrings.xml");
        let styles = part("styles", "styles.xml");
        let by_id = rels.into_iter().map(|r| (r.id.clone(), r)).collect();
        let (sheets, date1904) = sheets(&name, &workbook, &by_id)?;
        Ok(Self { sheets, strings, styles, date1904 })
    }
}

/// The sheets of the workbook part, in tab order, and whether dates count from 1904.
fn sheets(
    name: &str,
    workbook: &[u8],
    by_id: &BTreeMap<String, Relationship>,
) -> Result<(Vec<SheetEntry>, bool), ReadError> {
    let mut reader = xml::reader(workbook);
    let mut buffer = Vec::new();
    let (mut sheets, mut date1904) = (Vec::new(), false);
    loop {
        match xml::next(&mut reader, &mut buffer, name)? {
            Event::Start(e) if e.local_name().as_ref() == "workbookPr" => {
                date1904 |= xml::is_set(&e, "date1904");
            }
            Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                let Some(name) = xml::attribute(&e, "name") else { continue };
                let leads_to = xml::attribute(&e, "id").and_then(|id| by_id.get(&id));
                let hidden = xml::attribute(&e, "state").is_some_and(|state| state != "visible");
                let is_plan =
                    leads_to.map_or(!hidden, |leads_to| !OTHER_SHEETS.contains(&leads_to.kind.as_str()));
                if is_plan {
                    let part = leads_to.and_then(|leads_to| leads_to.target.clone());
                    sheets.push(SheetEntry { name, hidden, part });
                }
            }
            Event::Eof => return Ok((sheets, date1904)),
            _ => {}
        }
    }
}
