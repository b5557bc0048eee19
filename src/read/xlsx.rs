//! .xlsx and .xlsm, read from their parts: what is odd in one place costs that place and not the workbook.

mod cells;
mod strings;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

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
        let root = package.unpacked("_rels/.rels")?.ok_or_else(|| missing("_rels/.rels"))?;
        let name = relationships(&root, "")?
            .into_iter()
            .find(|relationship| relationship.word() == "officeDocument")
            .map(|relationship| relationship.target)
            .ok_or_else(|| missing("officeDocument"))?;
        let workbook = package.unpacked(&name)?.ok_or_else(|| missing(&name))?;
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let beside =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let rels = beside(&format!("_rels/{file}.rels"));
        let rels = relationships(&package.unpacked(&rels)?.ok_or_else(|| missing(&rels))?, folder)?;
        let part = |kind: &str, usual: &str| {
            let told = rels.iter().find(|relationship| relationship.word() == kind);
            told.map_or_else(|| beside(usual), |relationship| relationship.target.clone())
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
                let is_plan = leads_to.map_or(!hidden, |leads_to| !OTHER_SHEETS.contains(&leads_to.word()));
                if is_plan {
                    sheets.push(Sheet {
                        name,
                        hidden,
                        part: leads_to.map(|leads_to| leads_to.target.clone()),
                    });
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

/// A relationship of a part: its id, its type and the part it leads to.
pub(super) struct Relationship {
    pub id: String,
    pub kind: String,
    pub target: String,
}

impl Relationship {
    /// The last word of its type: `worksheet`, `styles`.
    pub(super) fn word(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
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
}
