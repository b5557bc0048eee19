//! .xlsx and .xlsm, read from their parts: what is odd in one place costs that place and not the workbook.

mod cells;
mod strings;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;
use xlsx_splice::{Relationship, relationships_part};

use super::ReadError;
use super::grid::{Budget, Grid};
use super::package::Package;
use super::shown::Formats;
use super::xml;
use cells::Shared;

/// Kinds of sheets that hold no plan: charts, dialogs, Excel 4 macros.
const OTHER_SHEETS: [&str; 4] = ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];

/// What the workbook's part tells.
struct Workbook {
    sheets: Vec<Sheet>,
    strings: String,
    styles: String,
    /// Whether days count from 1904.
    date1904: bool,
}

/// A sheet as the workbook names it. Those that hold no plan are left out, and so are hidden ones without a part:
/// modules of old versions of Excel.
struct Sheet {
    name: String,
    hidden: bool,
    /// Its part; none where its relationship is missing.
    part: Option<String>,
}

/// Reads every worksheet. A visible one whose part is missing comes without cells and says so.
pub(super) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    let workbook = Workbook::of(package)?;
    let (strings, styles) = (&workbook.strings, &workbook.styles);
    let mut shared = Shared {
        strings: package.unpacked(strings)?.map(|content| strings::read(strings, &content)).transpose()?,
        codes: package.unpacked(styles)?.map_or(Ok(Vec::new()), |content| styles::read(styles, &content))?,
        formats: Formats::counting_from(workbook.date1904),
    };
    let budget = Budget::default();
    let (mut grids, mut taken, mut any, mut lost) = (Vec::new(), BTreeSet::new(), false, None);
    for sheet in workbook.sheets {
        let mut grid = Grid::within(&budget, &sheet.name, sheet.hidden);
        if sheet.hidden {
            grids.push(grid);
            continue;
        }
        // Two tabs over one part are no two sheets.
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

impl Workbook {
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
            let told = rels.iter().find(|relationship| relationship.kind == kind);
            told.and_then(|told| told.target.clone()).unwrap_or_else(|| format!("{folder}{usual}"))
        };
        let strings = part("sharedStrings", "sharedStrings.xml");
        let styles = part("styles", "styles.xml");
        let by_id = rels.into_iter().map(|r| (r.id.clone(), r)).collect();
        let (sheets, date1904) = sheets(&name, &workbook, &by_id)?;
        Ok(Self { sheets, strings, styles, date1904 })
    }
}

/// The sheets of the workbook's part, in the order of their tabs, and whether days count from 1904.
fn sheets(
    name: &str,
    workbook: &[u8],
    by_id: &BTreeMap<String, Relationship>,
) -> Result<(Vec<Sheet>, bool), ReadError> {
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
                    sheets.push(Sheet { name, hidden, part });
                }
            }
            Event::Eof => return Ok((sheets, date1904)),
            _ => {}
        }
    }
}

pub(super) fn missing(part: &str) -> ReadError {
    ReadError::Lacks(part.to_owned())
}
