//! Removes an added sheet from the workbook.

use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::relationships::relationships_part;
use crate::xml::{Tag, TagKind, Tags};

/// Removes the sheet at `index` and everything that refers to it.
pub(crate) fn take_off(package: &mut Package<'_>, graph: &WorkbookParts, index: usize) -> Result<(), Error> {
    let sheet = &graph.sheets[index];
    let Some(name) = &sheet.part else { return Ok(()) };
    let workbook = Part::decode(&graph.workbook, &package.read(&graph.workbook)?)?;
    let edits = without_sheet(&graph.workbook, &workbook.text, index)?;
    opc::apply(package, &graph.workbook, &workbook, edits)?;
    for related in opc::relationships(package, name)? {
        // Parts of this sheet alone go with it: other sheets have their own printer settings.
        if let ("printerSettings", Some(part)) = (related.kind.as_str(), related.target) {
            package.remove(&part);
        }
    }
    package.remove(&relationships_part(name));
    opc::undeclare(package, &graph.workbook, &sheet.id, name)?;
    package.remove(name);
    Ok(())
}

/// The edits to the workbook part: the sheet's names are removed and sheet indices adjusted.
fn without_sheet(part: &str, text: &str, index: usize) -> Result<Edits, Error> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(part, text);
    let mut at = 0;
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close {
            continue;
        }
        match (tag.local(), tag.depth) {
            ("sheet", 2) => {
                if at == index {
                    let end = tags.skip(&tag)?.end;
                    edits.replace(tag.span.start..end, "");
                }
                at += 1;
            }
            ("definedNames", 1) => drop_names(&mut tags, &tag, index, &mut edits)?,
            ("workbookView", 2) => {
                for name in ["activeTab", "firstSheet"] {
                    let Some((place, value)) = tag.attribute(name) else { continue };
                    let tab = value.parse::<usize>().unwrap_or(0);
                    if tab >= index && tab > 0 {
                        edits.replace(place, (tab - 1).to_string());
                    }
                }
            }
            _ => {}
        }
    }
    Ok(edits)
}

/// Removes the sheet's own names, and the list itself once it is empty.
fn drop_names(tags: &mut Tags<'_>, list: &Tag<'_>, index: usize, edits: &mut Edits) -> Result<(), Error> {
    let (mut dropped, mut moved, mut left) = (Vec::new(), Vec::new(), 0);
    let mut end = list.span.end;
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close && tag.depth == list.depth {
            end = tag.span.end;
            break;
        }
        let local =
            tag.attribute("localSheetId").map(|(place, value)| (place, value.parse::<usize>().unwrap_or(0)));
        let name_end = tags.skip(&tag)?.end;
        match local {
            Some((_, of)) if of == index => dropped.push(tag.span.start..name_end),
            Some((place, of)) if of > index => {
                left += 1;
                moved.push((place, of - 1));
            }
            _ => left += 1,
        }
    }
    if left == 0 {
        edits.replace(list.span.start..end, "");
        return Ok(());
    }
    for range in dropped {
        edits.replace(range, "");
    }
    for (place, of) in moved {
        edits.replace(place, of.to_string());
    }
    Ok(())
}
