//! Proves that nothing was lost: compares an annotated workbook with the original by an independent reader.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "each file of tests uses some of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xlsx_splice::{
    AddedCell, AddedRow, AddedSheet, Annotated, Annotation, CellFormat, CellRange, CellRef, Choices, Error,
    Font, Formats, Mark, Rgb, Signature, Workbook,
};

use crate::book::{Entry, Node, entries, text_of};

/// The signature of the tests.
pub const SIGNATURE: Signature = Signature::new("splice-test");
/// The colours of marks.
pub const FILLS: [Rgb; 3] = [Rgb([0xf4, 0xb8, 0xb0]), Rgb([0xfc, 0xe0, 0x8c]), Rgb([0xd6, 0xe4, 0xf0])];

pub fn annotate(original: &[u8], annotation: &Annotation) -> Result<Annotated, Error> {
    Workbook::open(original, SIGNATURE)?.annotate(annotation)
}

pub fn strip(workbook: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(Workbook::open(workbook, SIGNATURE)?.bytes().to_vec())
}

pub fn verify(original: &[u8], annotated: &Annotated) -> Result<(), Error> {
    Workbook::open(original, SIGNATURE)?.verify(annotated)
}

/// The order of a worksheet's elements (ECMA-376 Part 1, 18.3.1.99).
const ORDER: &str = "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios \
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks \
    printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing \
    legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst";

/// The elements that a remark adds.
const NEW: [&str; 28] = [
    "c",
    "row",
    "legacyDrawing",
    "font",
    "fill",
    "border",
    "xf",
    "fonts",
    "fills",
    "borders",
    "cellXfs",
    "comment",
    "author",
    "r",
    "sheet",
    "definedName",
    "definedNames",
    "Relationship",
    "Default",
    "Override",
    "shape",
    "shapetype",
    "AlternateContent",
    "Choice",
    "Fallback",
    "authors",
    "text",
    "commentList",
];

/// Marks on these cells of the sheet, and an added sheet.
pub fn remarks(sheet: &str, cells: &[&str]) -> Annotation {
    let name: Arc<str> = Arc::from(sheet);
    let mut marks = BTreeMap::new();
    let mut rows = Vec::new();
    for (cell, fill) in cells.iter().zip((0..FILLS.len()).cycle()) {
        let at = cell.parse().unwrap();
        let note = Some(format!("{cell}의 값 <120> & \"100\""));
        marks.insert(at, Mark { fill: Some(fill), note });
        rows.push(Row {
            texts: ["큼", "1", &format!("{sheet}!{cell}"), "", ""].map(str::to_owned).to_vec(),
            fill,
            link: (name.clone(), at),
            id: format!("1-{cell}"),
        });
    }
    let marks = if marks.is_empty() { BTreeMap::new() } else { BTreeMap::from([(name, marks)]) };
    Annotation { marks, fills: FILLS.to_vec(), sheet: Some(added_sheet(rows)) }
}

/// A row of the added sheet: five texts, the first with this fill, the third a link, and a hidden one.
pub struct Row {
    pub texts: Vec<String>,
    pub fill: usize,
    pub link: (Arc<str>, CellRef),
    pub id: String,
}

/// A sheet with these rows after its headings in row 4.
pub fn added_sheet(rows: Vec<Row>) -> AddedSheet {
    let last = 3 + u32::try_from(rows.len().max(1)).unwrap();
    let range = |first: (u32, u16), last: (u32, u16)| {
        CellRange::new(CellRef::new(first.0, first.1), CellRef::new(last.0, last.1))
    };
    let cell = |text: &str, format| AddedCell { text: text.to_owned(), format: Some(format), link: None };
    let row = |height, cells| AddedRow { height, cells };
    let head = ["정도", "번호", "위치", "선택", "말", "id"].map(|heading| cell(heading, 0)).to_vec();
    let mut all = BTreeMap::from([
        (0, row(28.0, vec![cell("덧붙인 말", 0)])),
        (1, row(21.0, vec![cell("적어 주십시오.", 1)])),
        (3, row(24.0, head)),
    ]);
    all.extend((4..).zip(rows).map(|(number, Row { texts, fill, link, id })| {
        let mut cells: Vec<AddedCell> = texts.iter().map(|text| cell(text, 1)).collect();
        cells[0].format = Some(2 + fill);
        cells[2].link = Some(link);
        cells.push(AddedCell { text: id, ..AddedCell::default() });
        (number, row(18.0, cells))
    }));
    let plain = CellFormat { top: true, wrapped: true, ..CellFormat::default() };
    let filled = FILLS.map(|rgb| CellFormat { fill: Some(rgb), centered: true, ..plain });
    let cells = [CellFormat { font: 1, border: 1, ..plain }, plain].into_iter().chain(filled).collect();
    let font = Font { size: 10, ..Font::default() };
    let values = ["하나", "둘 이상", "없음"].map(str::to_owned).to_vec();
    AddedSheet {
        name: "덧붙임".to_owned(),
        tab: Rgb([0x1f, 0x3a, 0x5f]),
        columns: vec![12.0; 5],
        table: range((3, 0), (last, 5)),
        rows: all,
        merges: vec![range((0, 0), (0, 4)), range((1, 0), (1, 4))],
        choices: vec![Choices { range: range((4, 3), (last, 3)), values }],
        formats: Formats {
            fonts: vec![font, Font { bold: true, ..font }],
            borders: vec![Some(Rgb([0xbf, 0xbf, 0xbf])), None],
            cells,
        },
    }
}

/// Adds remarks to cells of the sheet 자료 and proves that nothing else changed.
pub fn proven(what: &str, original: &[u8], cells: &[&str]) -> Annotated {
    let annotation = remarks("자료", cells);
    let annotated =
        annotate(original, &annotation).unwrap_or_else(|refusal| panic!("{what}: refused, {refusal}"));
    nothing_lost(what, original, &annotated);
    assert!(annotated.missing_sheets.is_empty(), "{what}: {:?}", annotated.missing_sheets);
    noted_and_marked(what, original, &annotated.bytes, cells);
    let again = annotate(&annotated.bytes, &annotation).unwrap();
    assert!(again.bytes == annotated.bytes, "{what}: annotated twice");
    assert_eq!(verify(original, &annotated), Ok(()), "{what}");
    annotated
}

/// Why the workbook is refused.
pub fn refused(what: &str, original: &[u8]) -> Error {
    match annotate(original, &remarks("자료", &["B2"])) {
        Ok(_) => panic!("{what}: not refused"),
        Err(refusal) => refusal,
    }
}

/// Every part keeps its content and order; unchanged parts are the same to the byte.
pub fn nothing_lost(what: &str, original: &[u8], annotated: &Annotated) {
    let (before, after) = (entries(original), entries(&annotated.bytes));
    assert!(before.len() <= after.len(), "{what}: parts lost");
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old.name, new.name, "{what}: order");
        let is_name = |name: &String| name.eq_ignore_ascii_case(&old.name);
        if !annotated.changed.iter().any(is_name) {
            assert!(old.stored == new.stored, "{what}: {} is not as it was", old.name);
        } else if old.content != new.content {
            contains(what, old, new);
        }
    }
    let names: BTreeSet<String> = after.iter().map(|entry| entry.name.to_lowercase()).collect();
    assert_eq!(names.len(), after.len(), "{what}: names twice");
    sound(what, &after);
    for (old, new) in entries(&strip(&annotated.bytes).unwrap()).iter().zip(&before) {
        assert!(old.name == new.name && old.content == new.content, "{what}: {} taken off again", old.name);
    }
    same_cells(what, original, &annotated.bytes);
}

/// A drawing without its anchors, widths and heights.
fn without_sizes(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    let begins = ["Anchor>", "width:", "height:"];
    while let Some((at, begin)) =
        begins.iter().filter_map(|begin| Some((rest.find(begin)? + begin.len(), begin))).min()
    {
        kept.push_str(&rest[..at]);
        let is_number = |c: char| c.is_ascii_digit() || " ,.".contains(c);
        rest = rest[at..].trim_start_matches(is_number);
        rest = if begin.starts_with('A') { rest } else { rest.trim_start_matches(char::is_alphabetic) };
    }
    kept + rest
}

/// Asserts that a changed part still has its old content, in order.
fn contains(what: &str, old: &Entry, new: &Entry) {
    let (old_text, new_text) = (text_of(&old.content), text_of(&new.content));
    if old.name.to_lowercase().ends_with(".vml") {
        // Note boxes may grow: apart from their sizes, one text may have been inserted.
        let (old_text, new_text) = (without_sizes(&old_text), without_sizes(&new_text));
        let end = old_text.rfind("</xml").unwrap();
        assert!(
            new_text.starts_with(&old_text[..end]) && new_text.ends_with(&old_text[end..]),
            "{what}: {}",
            old.name
        );
        return;
    }
    let place = format!("{what}: {}", old.name);
    let parse = |text: &str| Node::parse(text).unwrap_or_else(|error| panic!("{place}: {error}\n{text}"));
    within(&place, &parse(&old_text), &parse(&new_text));
}

fn within(place: &str, old: &Node, new: &Node) {
    let place = format!("{place}/{}", old.name);
    let plain = |node: &Node| -> Vec<(String, String)> {
        let all = node.attributes.iter().cloned();
        all.filter(|(name, _)| !(node.name == "c" && name == "s" || name == "count")).collect()
    };
    assert_eq!((&old.name, plain(old)), (&new.name, plain(new)), "{place}");
    assert_eq!(old.text, new.text, "{place}");
    let mut rest = new.children.iter();
    for child in &old.children {
        loop {
            let next = rest.next().unwrap_or_else(|| panic!("{place}: {} is lost", child.name));
            if next.name == child.name && (is_same(child, next) || child.name != "row" && child.name != "c") {
                within(&place, child, next);
                break;
            }
            assert!(NEW.contains(&next.name.as_str()), "{place}: {} is new", next.name);
            assert!(next.name != "c" || next.children.is_empty(), "{place}: a new cell holds something");
        }
    }
    for next in rest {
        assert!(NEW.contains(&next.name.as_str()), "{place}: {} is new", next.name);
    }
}

/// Whether two rows or cells are the same one.
fn is_same(old: &Node, new: &Node) -> bool {
    old.value("r") == new.value("r")
}

/// Every part has a type, every relationship a target, every sheet its elements in order, and all XML is
/// well-formed.
fn sound(what: &str, parts: &[Entry]) {
    let canonical = |name: &str| name.replace('\\', "/").trim_start_matches('/').to_lowercase();
    let names: BTreeSet<String> = parts.iter().map(|part| canonical(&part.name)).collect();
    for part in parts {
        let name = canonical(&part.name);
        if ![".xml", ".rels"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let root =
            Node::parse(&text_of(&part.content)).unwrap_or_else(|error| panic!("{what}: {name}: {error}"));
        match root.name.as_str() {
            "worksheet" => in_order(what, &name, &root),
            "Relationships" => {
                let ids: BTreeSet<_> = root.children.iter().map(|child| child.value("Id")).collect();
                assert_eq!(ids.len(), root.children.len(), "{what}: {name}: ids twice");
            }
            "Types" => {
                let of = |key| {
                    root.children.iter().filter_map(move |child| child.value(key)).map(str::to_lowercase)
                };
                for key in ["Extension", "PartName"] {
                    let all: Vec<String> = of(key).collect();
                    assert_eq!(
                        all.iter().collect::<BTreeSet<_>>().len(),
                        all.len(),
                        "{what}: {name}: {key} twice"
                    );
                }
                let known = |part: &str| {
                    let end = part.rsplit('.').next().unwrap_or_default();
                    of("Extension").any(|extension| extension == end)
                        || of("PartName").any(|known| canonical(&known) == part)
                };
                let ours = |part: &&String| {
                    ["comments", "vmldrawing", "sheet"].iter().any(|word| part.contains(word))
                };
                for part in names.iter().filter(ours).filter(|part| !part.ends_with('/')) {
                    assert!(known(part), "{what}: {part} has no type");
                }
            }
            "workbook" => {
                let tabs: Vec<&Node> = root.all("sheet");
                for key in ["name", "sheetId"] {
                    let all: BTreeSet<_> =
                        tabs.iter().map(|tab| tab.value(key).map(str::to_lowercase)).collect();
                    assert_eq!(all.len(), tabs.len(), "{what}: {key} twice");
                }
                assert!(root.all("definedNames").len() <= 1, "{what}: lists of names");
            }
            _ => {}
        }
    }
}

fn in_order(what: &str, name: &str, sheet: &Node) {
    let rank = |child: &Node| match child.name.as_str() {
        "AlternateContent" => child.children.iter().flat_map(|choice| &choice.children).find_map(place),
        _ => place(child),
    };
    let ranks: Vec<usize> = sheet.children.iter().filter_map(rank).collect();
    assert!(
        ranks.is_sorted(),
        "{what}: {name} is out of order: {:?}",
        sheet.children.iter().map(|c| &c.name).collect::<Vec<_>>()
    );
    assert!(sheet.all("legacyDrawing").len() <= 1, "{what}: {name}: links to boxes");
}

fn place(child: &Node) -> Option<usize> {
    ORDER.split_whitespace().position(|known| known == child.name)
}

/// The sheets show the same in calamine.
fn same_cells(what: &str, original: &[u8], returned: &[u8]) {
    use calamine::{Reader, Xlsx};
    let open = |bytes: &[u8]| Xlsx::new(std::io::Cursor::new(bytes.to_vec()));
    if let (Ok(mut before), Ok(mut after)) = (open(original), open(returned)) {
        for name in before.sheet_names() {
            let values = |book: &mut Xlsx<_>| {
                let range = book.worksheet_range(&name).ok()?;
                let at = range.start()?;
                let cells = range
                    .used_cells()
                    .map(|(row, col, value)| ((at.0 + row as u32, at.1 + col as u32), value.clone()));
                Some(cells.collect::<Vec<_>>())
            };
            let formulas = |book: &mut Xlsx<_>| {
                let range = book.worksheet_formula(&name).ok()?;
                let at = range.start()?;
                let cells = range
                    .used_cells()
                    .map(|(row, col, value)| ((at.0 + row as u32, at.1 + col as u32), value.clone()));
                Some(cells.collect::<Vec<_>>())
            };
            assert_eq!(values(&mut before), values(&mut after), "{what}: {name}");
            assert_eq!(formulas(&mut before), formulas(&mut after), "{what}: {name}");
            assert_eq!(
                before.merge_cells_by_sheet_name(&name).ok(),
                after.merge_cells_by_sheet_name(&name).ok(),
                "{what}: {name}"
            );
        }
    } else {
        assert!(open(original).is_err(), "{what}: calamine no longer opens it");
    }
}

/// The notes of a sheet: by cell, the text.
pub fn notes(bytes: &[u8], sheet: &str) -> BTreeMap<String, String> {
    let parts = entries(bytes);
    let mut notes = BTreeMap::new();
    if let Some(name) = related(&parts, &part_of(&parts, sheet), "comments") {
        let root = Node::parse(&content(&parts, &name)).unwrap();
        for comment in root.all("comment") {
            notes.insert(comment.value("ref").unwrap().replace('$', ""), comment.shown());
        }
    }
    notes
}

fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The text of a part.
pub fn content(parts: &[Entry], name: &str) -> String {
    let found = parts.iter().find(|part| canonical(&part.name) == canonical(name));
    text_of(&found.unwrap_or_else(|| panic!("no part {name}")).content)
}

/// The targets of a part's relationships: id, last word of the type, part.
pub fn relations(parts: &[Entry], part: &str) -> Vec<(String, String, String)> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = format!("{folder}/_rels/{file}.rels");
    if !parts.iter().any(|part| canonical(&part.name) == canonical(&name)) {
        return Vec::new();
    }
    let root = Node::parse(&content(parts, &name)).unwrap();
    let all = root.children.iter().map(|child| {
        let kind = child.value("Type").unwrap().rsplit('/').next().unwrap().to_owned();
        let target = child.value("Target").unwrap().replace('\\', "/");
        (child.value("Id").unwrap().to_owned(), kind, resolve(folder, &target))
    });
    all.collect()
}

fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut way: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(way.pop()),
            "." | "" => {}
            part => way.push(part),
        }
    }
    way.join("/")
}

/// The part that a relationship of this kind leads to.
pub fn related(parts: &[Entry], part: &str, kind: &str) -> Option<String> {
    relations(parts, part).into_iter().find(|(_, known, _)| known == kind).map(|(.., target)| target)
}

/// The workbook's part.
pub fn workbook(parts: &[Entry]) -> String {
    related(parts, "", "officeDocument").unwrap()
}

/// The part of a sheet.
pub fn part_of(parts: &[Entry], sheet: &str) -> String {
    let workbook = workbook(parts);
    let root = Node::parse(&content(parts, &workbook)).unwrap();
    let tabs = root.all("sheet");
    let tab = tabs
        .iter()
        .find(|tab| tab.value("name") == Some(sheet))
        .unwrap_or_else(|| panic!("no sheet {sheet}"));
    let id = tab.attributes.iter().find(|(name, _)| name.ends_with(":id")).map(|(_, id)| id.clone()).unwrap();
    relations(parts, &workbook).into_iter().find(|(known, ..)| *known == id).unwrap().2
}

/// Each cell has its note (except with a threaded comment) and its mark; an existing note is kept above ours.
fn noted_and_marked(what: &str, original: &[u8], returned: &[u8], cells: &[&str]) {
    let (before, after) = (notes(original, "자료"), notes(returned, "자료"));
    for (cell, note) in &before {
        let kept = after.get(cell).is_some_and(|now| now.starts_with(note.as_str()));
        assert!(kept, "{what}: the note on {cell}: {note:?} became {:?}", after.get(cell));
    }
    let parts = entries(returned);
    let sheet = Node::parse(&content(&parts, &part_of(&parts, "자료"))).unwrap();
    let styles =
        Node::parse(&content(&parts, &related(&parts, &workbook(&parts), "styles").unwrap())).unwrap();
    let formats = styles.first("cellXfs").unwrap();
    let fills = &styles.first("fills").unwrap().children;
    let threaded = related(&parts, &part_of(&parts, "자료"), "threadedComment").is_some();
    let merged: Vec<&str> =
        sheet.all("mergeCell").into_iter().filter_map(|merge| merge.value("ref")).collect();
    for cell in cells {
        let inside = merged.iter().filter_map(|range| range.parse::<xlsx_splice::CellRange>().ok());
        let at = inside.into_iter().find(|range| range.contains(cell.parse().unwrap()));
        let at = at.map_or((*cell).to_owned(), |range| range.first.to_string());
        let note = after.get(&at);
        let ours = note.is_some_and(|note| note.contains(&format!("{cell}의 값 <120> & \"100\"")));
        assert!(ours || threaded, "{what}: no note on {cell}: {after:?}");
        let style: usize =
            find_cell(&sheet, &at).and_then(|cell| cell.value("s")).unwrap_or("0").parse().unwrap();
        let format = &formats.children[style];
        let format = if format.name == "xf" { format } else { format.first("xf").unwrap() };
        let fill: usize = format.value("fillId").unwrap().parse().unwrap();
        assert_eq!(
            fills[fill].first("patternFill").and_then(|fill| fill.value("patternType")),
            Some("solid"),
            "{what}: {cell}"
        );
    }
    boxes(what, &parts);
}

/// Every note of ours has a box for the same cell.
fn boxes(what: &str, parts: &[Entry]) {
    let sheet = part_of(parts, "자료");
    let root = Node::parse(&content(parts, &sheet)).unwrap();
    let Some(link) = root.first("legacyDrawing") else { return };
    let id =
        link.attributes.iter().find(|(name, _)| name.ends_with(":id")).map(|(_, id)| id.clone()).unwrap();
    let (.., drawing) = relations(parts, &sheet).into_iter().find(|(known, ..)| *known == id).unwrap();
    let text = content(parts, &drawing);
    let comments = related(parts, &sheet, "comments").unwrap();
    for comment in Node::parse(&content(parts, &comments)).unwrap().all("comment") {
        let at: xlsx_splice::CellRef = comment.value("ref").unwrap().parse().unwrap();
        if comment.shown().starts_with("[splice-test]") {
            let place = format!("<x:Row>{}</x:Row><x:Column>{}</x:Column>", at.row, at.col);
            assert_eq!(text.matches(&place).count(), 1, "{what}: the box of {at}");
        }
    }
}

/// The cell at a reference, counted where cells have none.
fn find_cell<'a>(sheet: &'a Node, at: &str) -> Option<&'a Node> {
    let wanted: xlsx_splice::CellRef = at.parse().unwrap();
    let mut row = 0;
    for node in &sheet.first("sheetData")?.children {
        let said = node.value("r").and_then(|r| r.parse::<u32>().ok());
        let first =
            node.children.first().and_then(|cell| cell.value("r")?.parse::<xlsx_splice::CellRef>().ok());
        row = said.or(first.map(|cell| cell.row + 1)).unwrap_or(row + 1);
        let mut col = 0u16;
        for cell in node.children.iter().filter(|cell| cell.name == "c") {
            col =
                cell.value("r").and_then(|r| r.parse::<xlsx_splice::CellRef>().ok()).map_or(col, |at| at.col);
            if (row, col) == (wanted.row + 1, wanted.col) {
                return Some(cell);
            }
            col += 1;
        }
    }
    None
}
