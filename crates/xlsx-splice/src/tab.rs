//! Registers an added sheet in the workbook.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::added_sheet::absolute;
use crate::annotation::AddedSheet;
use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::relationships::folder;
use crate::signature::Signature;
use crate::xml::{TagKind, Tags, escape};

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// The largest sheet id in Excel.
const LAST_SHEET_ID: u32 = 65_534;

/// `sheet` with a unique name, compared without case.
pub(crate) fn named(sheet: &AddedSheet, graph: &WorkbookParts, signature: Signature) -> AddedSheet {
    let taken =
        |name: &str| graph.sheets.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
    let (own, signature) = (&sheet.name, signature.name());
    let others = (1..).map(|n| match n {
        1 => format!("{own} ({signature})"),
        n => format!("{own} ({signature} {n})"),
    });
    let name = std::iter::once(own.clone()).chain(others).find(|name| !taken(name));
    AddedSheet { name: name.unwrap_or_default(), ..sheet.clone() }
}

/// Adds the sheet as the workbook's last one and returns the name of its part.
pub(crate) fn enter(
    package: &mut Package<'_>,
    graph: &WorkbookParts,
    sheet: &AddedSheet,
) -> Result<String, Error> {
    let stem = format!("{}worksheets/sheet", folder(&graph.workbook));
    let part = package.free_name(&stem, ".xml");
    package.put(&part, Vec::new())?;
    opc::declare(package, &part, CONTENT_TYPE)?;
    let kind = graph.relationship_type("worksheet");
    let id = opc::relate(package, &graph.workbook, &kind, &part)?;
    let workbook = Part::decode(&graph.workbook, &package.read(&graph.workbook)?)?;
    let edits = workbook_edits(graph, &workbook.text, sheet, &id)?;
    opc::apply(package, &graph.workbook, &workbook, edits)?;
    Ok(part)
}

/// The defined names of a workbook.
enum DefinedNames {
    /// Before the end tag at this position.
    Open(usize),
    /// In an empty element.
    Empty(Range<usize>),
}

/// Adds the sheet to the workbook part, with the defined names for its filter and print titles.
fn workbook_edits(graph: &WorkbookParts, text: &str, sheet: &AddedSheet, id: &str) -> Result<Edits, Error> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(&graph.workbook, text);
    let (mut ids, mut index) = (BTreeSet::new(), 0usize);
    let (mut sheets, mut names, mut behind) = (None, None, None);
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.depth, tag.kind) {
            ("sheet", 2, TagKind::Open | TagKind::Empty) => {
                ids.extend(tag.value("sheetId").and_then(|id| id.parse::<u32>().ok()));
                index += 1;
            }
            ("sheets", 1, TagKind::Close) => {
                sheets = Some((tag.span.start, tag.prefix().to_owned()));
                behind = Some(tag.span.end);
            }
            ("functionGroups" | "externalReferences", 1, TagKind::Close | TagKind::Empty) => {
                behind = Some(tag.span.end)
            }
            ("definedNames", 1, TagKind::Close) => names = Some(DefinedNames::Open(tag.span.start)),
            ("definedNames", 1, TagKind::Empty) => names = Some(DefinedNames::Empty(tag.span)),
            _ => {}
        }
    }
    let (Some((at, prefix)), Some(behind)) = (sheets, behind) else {
        return Err(Error::Missing("sheets".to_owned()));
    };
    let name = escape(&sheet.name);
    let next = ids.last().map_or(1, |last| last.saturating_add(1));
    let sheet_id = if next <= LAST_SHEET_ID { next } else { (1..).find(|id| !ids.contains(id)).unwrap_or(1) };
    let namespace = graph.relationship_namespace();
    edits.insert(
        at,
        format!(
            "<{prefix}sheet xmlns:r=\"{namespace}\" name=\"{name}\" sheetId=\"{sheet_id}\" r:id=\"{id}\"/>"
        ),
    );
    let quoted = escape(&sheet.name.replace('\'', "''"));
    let (table, head) = (absolute(sheet.table), sheet.table.first.row + 1);
    let defined = format!(
        "<{prefix}definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{index}\" hidden=\"1\">'{quoted}'!{table}</{prefix}definedName>\
         <{prefix}definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">'{quoted}'!${head}:${head}</{prefix}definedName>"
    );
    match names {
        Some(DefinedNames::Open(at)) => edits.insert(at, defined),
        Some(DefinedNames::Empty(place)) => {
            edits.replace(place.end - 2..place.end, format!(">{defined}</{prefix}definedNames>"));
        }
        None => edits.insert(behind, format!("<{prefix}definedNames>{defined}</{prefix}definedNames>")),
    }
    Ok(edits)
}
