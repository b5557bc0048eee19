//! An added sheet enters the workbook.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::added_sheet::absolute;
use crate::annotation::AddedSheet;
use crate::error::Error;
use crate::graph::Graph;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::relationships::folder;
use crate::signature::Signature;
use crate::xml::{Kind, Tags, escape};

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// The largest number that Excel gives a sheet.
const LAST_SHEET_ID: u32 = 65_534;

/// `sheet` under a name that no other sheet of the workbook has, compared without case.
pub(crate) fn named(sheet: &AddedSheet, graph: &Graph, signature: Signature) -> AddedSheet {
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

/// Enters the sheet into the workbook as its last one; gives the name of its part.
pub(crate) fn enter(package: &mut Package<'_>, graph: &Graph, sheet: &AddedSheet) -> Result<String, Error> {
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
enum Names {
    /// Before the end tag at this position.
    Open(usize),
    /// In an empty element.
    Empty(Range<usize>),
}

/// Adds the sheet to the workbook part, with the names that make its filter and its print titles work.
fn workbook_edits(graph: &Graph, text: &str, sheet: &AddedSheet, id: &str) -> Result<Edits, Error> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(&graph.workbook, text);
    let (mut ids, mut index) = (BTreeSet::new(), 0usize);
    let (mut sheets, mut names, mut behind) = (None, None, None);
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.depth, tag.kind) {
            ("sheet", 2, Kind::Open | Kind::Empty) => {
                ids.extend(tag.value("sheetId").and_then(|id| id.parse::<u32>().ok()));
                index += 1;
            }
            ("sheets", 1, Kind::Close) => {
                sheets = Some((tag.span.start, tag.prefix().to_owned()));
                behind = Some(tag.span.end);
            }
            ("functionGroups" | "externalReferences", 1, Kind::Close | Kind::Empty) => {
                behind = Some(tag.span.end)
            }
            ("definedNames", 1, Kind::Close) => names = Some(Names::Open(tag.span.start)),
            ("definedNames", 1, Kind::Empty) => names = Some(Names::Empty(tag.span)),
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
        Some(Names::Open(at)) => edits.insert(at, defined),
        Some(Names::Empty(place)) => {
            edits.replace(place.end - 2..place.end, format!(">{defined}</{prefix}definedNames>"));
        }
        None => edits.insert(behind, format!("<{prefix}definedNames>{defined}</{prefix}definedNames>")),
    }
    Ok(edits)
}
