//! Any sequence of annotating and editing equals editing and annotating.
//!
//! The edits are made as an office program makes them: it loads the whole workbook into a model, changes it
//! and rewrites every part in its own style. The comparison covers what a reader sees: sheets, values,
//! formats, merges, notes and the added sheet. Bytes differ there, because the rewriting program saw other
//! formats and strings; where no program has written the workbook in between, they are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use proptest::prelude::*;
use xlsx_splice::{Annotation, CellRef, Mark};

use crate::book::{Book, Entry, MAIN, Node, OFFICE, entries, relationships};
use crate::proof::{
    FILLS, Row, added_sheet, annotate, content, part_of, related, relations, strip, verify, workbook,
};

/// A cell as an office program holds it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    /// Its content: nothing, a number, or a text after an apostrophe.
    value: String,
    format: Format,
}

/// A format as displayed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Format {
    bold: bool,
    /// The colour of a solid fill.
    fill: String,
    number: u32,
    align: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Sheet {
    name: String,
    cells: BTreeMap<(u32, u16), Cell>,
    notes: BTreeMap<(u32, u16), String>,
    merges: BTreeSet<String>,
}

/// How a program writes workbooks.
#[derive(Clone, Copy, Debug)]
struct WritingStyle {
    /// Texts are shared strings.
    shared: bool,
    /// Elements have a prefix.
    prefix: bool,
    /// The text of notes is cut into runs.
    runs: bool,
    /// Every sheet and cell states its position.
    places: bool,
    /// Formats are reordered.
    reversed: bool,
}

#[derive(Clone, Debug)]
enum Edit {
    Value(usize, u32, u16, String),
    Insert(usize, u32),
    Delete(usize, u32),
    Swap(usize, u32, u32),
    Copy(usize, u32, u32),
    Note(usize, u32, u16, String),
    Bold(usize, u32, u16),
    Fill(usize, u32, u16, &'static str),
    Number(usize, u32, u16, u32),
    Add(String),
    Rename(usize, String),
    /// An answer on the added sheet, where there is one.
    Answer(u32, &'static str),
    /// The added sheet is moved to the front.
    Front,
    /// Somebody makes room above the added sheet.
    Above,
}

#[derive(Clone, Debug)]
enum Step {
    Annotate,
    Edit(WritingStyle, Vec<Edit>),
}

fn is_added(sheet: &Sheet) -> bool {
    sheet.cells.values().any(|cell| cell.value.starts_with("'splice-test 1 "))
}

/// Reads a workbook as an office program does.
fn read(bytes: &[u8]) -> Vec<Sheet> {
    let parts = entries(bytes);
    let main = workbook(&parts);
    let root = Node::parse(&content(&parts, &main)).unwrap();
    let formats =
        related(&parts, &main, "styles").map_or_else(Vec::new, |name| formats(&content(&parts, &name)));
    let strings: Vec<String> = related(&parts, &main, "sharedStrings")
        .map(|name| {
            Node::parse(&content(&parts, &name)).unwrap().all("si").into_iter().map(Node::shown).collect()
        })
        .unwrap_or_default();
    let tabs = root.all("sheet").into_iter().map(|tab| tab.value("name").unwrap().to_owned());
    tabs.map(|name| {
        let part = part_of(&parts, &name);
        let sheet = Node::parse(&content(&parts, &part)).unwrap();
        let merges =
            sheet.all("mergeCell").into_iter().map(|merge| merge.value("ref").unwrap().to_owned()).collect();
        let notes = notes(&parts, &part);
        Sheet { cells: cells(&sheet, &formats, &strings), name, notes, merges }
    })
    .collect()
}

fn notes(parts: &[Entry], sheet: &str) -> BTreeMap<(u32, u16), String> {
    let Some(name) = related(parts, sheet, "comments") else { return BTreeMap::new() };
    let root = Node::parse(&content(parts, &name)).unwrap();
    let link = Node::parse(&content(parts, sheet)).unwrap();
    let id = link
        .first("legacyDrawing")
        .and_then(|link| link.attributes.iter().find(|(name, _)| name.ends_with(":id")).cloned());
    let boxes = relations(parts, sheet)
        .into_iter()
        .find(|(known, ..)| id.as_ref().is_some_and(|(_, id)| id == known));
    let boxes = content(parts, &boxes.unwrap().2);
    let all = root.all("comment").into_iter().map(|comment| {
        let at: CellRef = comment.value("ref").unwrap().parse().unwrap();
        let place = format!("<x:Row>{}</x:Row><x:Column>{}</x:Column>", at.row, at.col);
        assert_eq!(boxes.matches(&place).count(), 1, "one box for the note on {at}");
        ((at.row, at.col), comment.shown())
    });
    let notes: BTreeMap<_, _> = all.collect();
    assert_eq!(boxes.matches("ObjectType=\"Note\"").count(), notes.len(), "no box without a note");
    notes
}

fn formats(styles: &str) -> Vec<Format> {
    let root = Node::parse(styles).unwrap();
    let list = |name: &str| root.first(name).map(|list| list.children.clone()).unwrap_or_default();
    let (fonts, fills) = (list("fonts"), list("fills"));
    let number = |xf: &Node, name: &str| xf.value(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let format = |xf: &Node| {
        let fill = fills.get(number(xf, "fillId")).and_then(|fill| fill.first("patternFill"));
        let solid = fill.filter(|fill| fill.value("patternType") == Some("solid"));
        let rgb = solid.and_then(|fill| fill.first("fgColor")?.value("rgb"));
        Format {
            bold: fonts.get(number(xf, "fontId")).is_some_and(|font| font.first("b").is_some()),
            fill: rgb.map_or_else(String::new, |rgb| rgb[2..].to_owned()),
            number: number(xf, "numFmtId") as u32,
            align: xf
                .first("alignment")
                .and_then(|align| align.value("horizontal"))
                .unwrap_or_default()
                .to_owned(),
        }
    };
    list("cellXfs").iter().map(format).collect()
}

fn cells(sheet: &Node, formats: &[Format], strings: &[String]) -> BTreeMap<(u32, u16), Cell> {
    let mut cells = BTreeMap::new();
    let mut row = 0;
    for node in &sheet.first("sheetData").unwrap().children {
        row = node.value("r").map_or(row + 1, |r| r.parse().unwrap());
        let mut col = 0u16;
        for node in &node.children {
            col = node.value("r").map_or(col, |r| r.parse::<CellRef>().unwrap().col);
            let plain = node.first("v").map(|v| v.text.clone()).unwrap_or_default();
            let value = match node.value("t") {
                Some("s") => format!("'{}", strings[plain.parse::<usize>().unwrap()]),
                Some("inlineStr") => format!("'{}", node.shown()),
                _ => plain,
            };
            let style: usize = node.value("s").map_or(0, |s| s.parse().unwrap());
            let format = formats.get(style).cloned().unwrap_or_default();
            let cell = Cell { value, format };
            if cell != Cell::default() {
                assert!(cells.insert((row - 1, col), cell).is_none(), "a cell stands in it twice");
            }
            col += 1;
        }
    }
    cells
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Writes a workbook as an office program does, every part from scratch.
fn write(sheets: &[Sheet], manner: WritingStyle) -> Vec<u8> {
    let mut formats: Vec<Format> = sheets
        .iter()
        .flat_map(|sheet| sheet.cells.values())
        .map(|cell| cell.format.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if manner.reversed {
        formats.reverse();
    }
    formats.retain(|format| *format != Format::default());
    formats.insert(0, Format::default());
    let mut strings: Vec<String> = Vec::new();
    let mut book = Book::default();
    let spread = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut types = format!(
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{spread}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{spread}.styles+xml\"/>"
    );
    let (mut tabs, mut relations) =
        (String::new(), vec![("rIdS".to_owned(), "styles", "styles.xml".to_owned())]);
    book.set("[Content_Types].xml", "");
    book.set("_rels/.rels", relationships(&[("rId1", "officeDocument", "xl/workbook.xml")]));
    for (number, sheet) in (1..).zip(sheets) {
        let name = format!("xl/worksheets/sheet{number}.xml");
        book.set(&name, sheet_xml(sheet, &formats, &mut strings, manner));
        let _ = write!(types, "<Override PartName=\"/{name}\" ContentType=\"{spread}.worksheet+xml\"/>");
        let _ = write!(
            tabs,
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            escaped(&sheet.name)
        );
        relations.push((format!("rId{number}"), "worksheet", format!("worksheets/sheet{number}.xml")));
        if !sheet.notes.is_empty() {
            let comments = format!("xl/comments{number}.xml");
            book.set(&comments, comments_xml(sheet, manner));
            book.set(&format!("xl/drawings/vmlDrawing{number}.vml"), vml(sheet));
            let _ =
                write!(types, "<Override PartName=\"/{comments}\" ContentType=\"{spread}.comments+xml\"/>");
            book.set(
                &format!("xl/worksheets/_rels/sheet{number}.xml.rels"),
                relationships(&[
                    ("rId1", "vmlDrawing", &format!("../drawings/vmlDrawing{number}.vml")),
                    ("rId2", "comments", &format!("../comments{number}.xml")),
                ]),
            );
        }
    }
    book.set(
        "xl/workbook.xml",
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{tabs}</sheets></workbook>"),
    );
    book.set("xl/styles.xml", styles_xml(&formats, manner));
    if manner.shared {
        let all: String = strings
            .iter()
            .map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)))
            .collect();
        book.set("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{all}</sst>"));
        relations.push(("rIdT".to_owned(), "sharedStrings", "sharedStrings.xml".to_owned()));
        let _ = write!(
            types,
            "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{spread}.sharedStrings+xml\"/>"
        );
    }
    let relations: Vec<(&str, &str, &str)> =
        relations.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str())).collect();
    book.set("xl/_rels/workbook.xml.rels", relationships(&relations));
    book.set(
        "[Content_Types].xml",
        format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{types}</Types>"
        ),
    );
    book.pack()
}

/// The XML with a prefix on every element name, where the program writes one.
fn named(xml: &str, manner: WritingStyle) -> String {
    if !manner.prefix {
        return xml.to_owned();
    }
    let xml = xml.replace("</", "\u{1}").replace('<', "<x:").replace('\u{1}', "</x:");
    xml.replacen("xmlns=\"", "xmlns:x=\"", 1)
}

fn sheet_xml(sheet: &Sheet, formats: &[Format], strings: &mut Vec<String>, manner: WritingStyle) -> String {
    let mut rows = String::new();
    let last = sheet.cells.keys().map(|(row, _)| *row).max();
    for row in 0..=last.unwrap_or(0) {
        let own: Vec<_> = sheet.cells.range((row, 0)..=(row, u16::MAX)).collect();
        if own.is_empty() && manner.places {
            continue;
        }
        rows.push_str(&if manner.places { format!("<row r=\"{}\">", row + 1) } else { "<row>".to_owned() });
        let mut next = 0;
        for ((_, col), cell) in own {
            if !manner.places {
                rows.push_str(&"<c/>".repeat(usize::from(col - next)));
            }
            next = col + 1;
            let at =
                if manner.places { format!(" r=\"{}\"", CellRef::new(row, *col)) } else { String::new() };
            let style = formats.iter().position(|format| *format == cell.format).unwrap();
            let _ = match cell.value.strip_prefix('\'') {
                Some(text) if manner.shared => {
                    let index = strings.iter().position(|known| known == text).unwrap_or_else(|| {
                        strings.push(text.to_owned());
                        strings.len() - 1
                    });
                    write!(rows, "<c{at} s=\"{style}\" t=\"s\"><v>{index}</v></c>")
                }
                Some(text) => write!(
                    rows,
                    "<c{at} s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(text)
                ),
                None if cell.value.is_empty() => write!(rows, "<c{at} s=\"{style}\"/>"),
                None => write!(rows, "<c{at} s=\"{style}\"><v>{}</v></c>", cell.value),
            };
        }
        rows.push_str("</row>");
    }
    let merges: String = sheet.merges.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
    let merges = if merges.is_empty() { merges } else { format!("<mergeCells>{merges}</mergeCells>") };
    let link = if sheet.notes.is_empty() { "" } else { "<legacyDrawing r:id=\"rId1\"/>" };
    named(
        &format!(
            "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheetData>{rows}</sheetData>{merges}{link}</worksheet>"
        ),
        manner,
    )
}

fn styles_xml(formats: &[Format], manner: WritingStyle) -> String {
    let mut fills: Vec<&str> = vec!["", "gray"];
    let mut xfs = String::new();
    for format in formats {
        let fill = fills.iter().position(|fill| *fill == format.fill).unwrap_or_else(|| {
            fills.push(&format.fill);
            fills.len() - 1
        });
        let font = u8::from(format.bold);
        let align = if format.align.is_empty() {
            String::new()
        } else {
            format!("<alignment horizontal=\"{}\"/>", format.align)
        };
        let _ = write!(
            xfs,
            "<xf numFmtId=\"{}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\">{align}</xf>",
            format.number
        );
    }
    let fills: String = fills
        .iter()
        .map(|fill| match *fill {
            "" => "<fill><patternFill patternType=\"none\"/></fill>".to_owned(),
            "gray" => "<fill><patternFill patternType=\"gray125\"/></fill>".to_owned(),
            rgb => format!("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{rgb}\"/><bgColor indexed=\"64\"/></patternFill></fill>"),
        })
        .collect();
    named(
        &format!(
            "<styleSheet xmlns=\"{MAIN}\"><fonts><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts><fills>{fills}</fills><borders><border/></borders><cellXfs>{xfs}</cellXfs></styleSheet>"
        ),
        manner,
    )
}

fn comments_xml(sheet: &Sheet, manner: WritingStyle) -> String {
    let notes: String = sheet
        .notes
        .iter()
        .map(|((row, col), text)| {
            let runs: String = if manner.runs {
                // A program may cut wherever the script changes.
                text.split_inclusive('\n')
                    .map(|line| {
                        format!(
                            "<r><rPr><sz val=\"9\"/></rPr><t xml:space=\"preserve\">{}</t></r>",
                            escaped(line)
                        )
                    })
                    .collect()
            } else {
                format!("<t xml:space=\"preserve\">{}</t>", escaped(text))
            };
            format!(
                "<comment ref=\"{}\" authorId=\"0\"><text>{runs}</text></comment>",
                CellRef::new(*row, *col)
            )
        })
        .collect();
    named(
        &format!(
            "<comments xmlns=\"{MAIN}\"><authors><author>남</author></authors><commentList>{notes}</commentList></comments>"
        ),
        manner,
    )
}

fn vml(sheet: &Sheet) -> String {
    let boxes: String = (1025..).zip(sheet.notes.keys()).map(|(id, (row, col))| {
        format!("<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\"><x:ClientData ObjectType=\"Note\"><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>")
    }).collect();
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">{boxes}</xml>"
    )
}

/// Moves rows of a sheet to where `to` says, or removes them.
fn move_rows(sheet: &mut Sheet, to: impl Fn(u32) -> Option<u32>) {
    let cells = std::mem::take(&mut sheet.cells).into_iter();
    sheet.cells = cells.filter_map(|((row, col), cell)| Some(((to(row)?, col), cell))).collect();
    let notes = std::mem::take(&mut sheet.notes).into_iter();
    sheet.notes = notes.filter_map(|((row, col), note)| Some(((to(row)?, col), note))).collect();
}

/// Makes the edit on a sheet of the original.
fn edit(sheets: &mut Vec<Sheet>, edit: &Edit) {
    let own: Vec<usize> = (0..sheets.len()).filter(|at| !is_added(&sheets[*at])).collect();
    let added = (0..sheets.len()).find(|at| is_added(&sheets[*at]));
    let at = |sheet: usize| own[sheet % own.len()];
    match edit {
        Edit::Value(sheet, row, col, value) => {
            sheets[at(*sheet)].cells.entry((*row, *col)).or_default().value.clone_from(value)
        }
        Edit::Insert(sheet, at_row) => {
            move_rows(&mut sheets[at(*sheet)], |row| Some(if row >= *at_row { row + 1 } else { row }))
        }
        Edit::Delete(sheet, gone) => move_rows(&mut sheets[at(*sheet)], |row| match row.cmp(gone) {
            std::cmp::Ordering::Less => Some(row),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(row - 1),
        }),
        Edit::Swap(sheet, a, b) => move_rows(&mut sheets[at(*sheet)], |row| {
            Some(if row == *a {
                *b
            } else if row == *b {
                *a
            } else {
                row
            })
        }),
        Edit::Copy(sheet, from, to) => {
            let sheet = &mut sheets[at(*sheet)];
            sheet.cells.retain(|(row, _), _| row != to || from == to);
            sheet.notes.retain(|(row, _), _| row != to || from == to);
            let cells: Vec<_> = sheet
                .cells
                .range((*from, 0)..=(*from, u16::MAX))
                .map(|((_, col), cell)| ((*to, *col), cell.clone()))
                .collect();
            sheet.cells.extend(cells);
            let notes: Vec<_> = sheet
                .notes
                .range((*from, 0)..=(*from, u16::MAX))
                .map(|((_, col), note)| ((*to, *col), note.clone()))
                .collect();
            sheet.notes.extend(notes);
        }
        Edit::Note(sheet, row, col, text) => {
            let note = sheets[at(*sheet)].notes.entry((*row, *col)).or_default();
            *note = if note.is_empty() { text.clone() } else { format!("{note}\n{text}") };
        }
        Edit::Bold(sheet, row, col) => {
            sheets[at(*sheet)].cells.entry((*row, *col)).or_default().format.bold ^= true
        }
        Edit::Fill(sheet, row, col, rgb) => {
            (*rgb).clone_into(&mut sheets[at(*sheet)].cells.entry((*row, *col)).or_default().format.fill)
        }
        Edit::Number(sheet, row, col, number) => {
            sheets[at(*sheet)].cells.entry((*row, *col)).or_default().format.number = *number
        }
        Edit::Add(name) if sheets.iter().all(|sheet| sheet.name != *name) => {
            let cells = BTreeMap::from([((0, 0), Cell { value: "90".to_owned(), ..Cell::default() })]);
            sheets.push(Sheet { name: name.clone(), cells, ..Sheet::default() });
        }
        Edit::Rename(sheet, name) if sheets.iter().all(|sheet| sheet.name != *name) => {
            name.clone_into(&mut sheets[at(*sheet)].name)
        }
        Edit::Answer(row, text) => {
            if let Some(added) = added {
                sheets[added].cells.entry((4 + row, 3)).or_default().value = format!("'{text}");
            }
        }
        Edit::Front => {
            if let Some(added) = added {
                let added = sheets.remove(added);
                sheets.insert(0, added);
            }
        }
        Edit::Above => {
            if let Some(added) = added {
                move_rows(&mut sheets[added], |row| Some(row + 1));
            }
        }
        Edit::Add(_) | Edit::Rename(..) => {}
    }
    for sheet in sheets {
        sheet.cells.retain(|_, cell| *cell != Cell::default());
    }
}

/// Whether the number after a row's name is missing.
fn is_blank(sheet: &Sheet, row: u32) -> bool {
    sheet.cells.get(&(row, 2)).is_none_or(|cell| cell.value.is_empty())
}

/// The remarks on a workbook: numbers over 50, and numbers missing after a name.
fn remarks(sheets: &[Sheet]) -> Annotation {
    let mut annotation = Annotation { fills: FILLS.to_vec(), ..Annotation::default() };
    let mut rows = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !is_added(sheet)) {
        let name: Arc<str> = Arc::from(sheet.name.as_str());
        let mut marks = BTreeMap::new();
        for ((row, col), cell) in &sheet.cells {
            let (at, fill) = match cell.value.parse::<u32>() {
                Ok(number) if number > 80 => (CellRef::new(*row, *col), 0),
                Ok(number) if number > 50 => (CellRef::new(*row, *col), 1),
                Err(_) if *col == 0 && !cell.value.is_empty() && is_blank(sheet, *row) => {
                    (CellRef::new(*row, 2), 2)
                }
                _ => continue,
            };
            let note = Some(format!("{} <&>\n바른 값: 50", cell.value));
            marks.insert(at, Mark { fill: Some(fill), note });
            rows.push(Row {
                texts: ["큼", "1", &format!("{name}!{at}"), "", ""].map(str::to_owned).to_vec(),
                fill,
                link: (name.clone(), at),
                id: format!("1-{at}"),
            });
        }
        annotation.marks.insert(name, marks);
    }
    annotation.sheet = (!rows.is_empty()).then(|| added_sheet(rows));
    if annotation.sheet.is_none() {
        annotation.marks.clear();
    }
    annotation
}

/// The annotated and verified workbook.
fn annotated(workbook: &[u8]) -> Vec<u8> {
    let annotated = annotate(workbook, &remarks(&read(workbook))).unwrap();
    assert_eq!(verify(workbook, &annotated), Ok(()));
    annotated.bytes
}

/// What a reader sees of it, without the hidden state.
fn seen(workbook: &[u8]) -> Vec<Sheet> {
    let mut sheets = read(workbook);
    for sheet in sheets.iter_mut().filter(|sheet| is_added(sheet)) {
        sheet.cells.retain(|(row, col), _| *row > 0 || *col < 5);
    }
    for cell in sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        // The last bits of a mark's colour number the previous fills in order of occurrence.
        if let Ok(rgb) = u32::from_str_radix(&cell.format.fill, 16) {
            cell.format.fill = format!("{:06X}", rgb & 0x00f8_f8f8);
        }
    }
    sheets
}

/// Asserts that two workbooks show the same.
fn same(what: &str, a: &[Sheet], b: &[Sheet]) {
    let names = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(a), names(b), "{what}");
    for (a, b) in a.iter().zip(b) {
        let places: BTreeSet<_> = a.cells.keys().chain(b.cells.keys()).collect();
        for place in places {
            assert_eq!(a.cells.get(place), b.cells.get(place), "{what}: {} {place:?}", a.name);
        }
        assert_eq!(a.notes, b.notes, "{what}: {}", a.name);
        assert_eq!(a.merges, b.merges, "{what}: {}", a.name);
    }
}

fn place() -> impl Strategy<Value = (usize, u32, u16)> {
    (0usize..3, 0u32..6, 0u16..4)
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![(0u32..99).prop_map(|n| n.to_string()), "'[가나 &<]{1,3}", Just(String::new())]
}

fn edits() -> impl Strategy<Value = Edit> {
    let row = || 0u32..6;
    let fill = || prop_oneof![Just(""), Just("00FF00"), Just("F4B8B0"), Just("FCE08C")];
    prop_oneof![
        4 => (place(), value()).prop_map(|((s, r, c), value)| Edit::Value(s, r, c, value)),
        2 => (0usize..3, row()).prop_map(|(s, r)| Edit::Insert(s, r)),
        2 => (0usize..3, row()).prop_map(|(s, r)| Edit::Delete(s, r)),
        1 => (0usize..3, row(), row()).prop_map(|(s, a, b)| Edit::Swap(s, a, b)),
        1 => (0usize..3, row(), row()).prop_map(|(s, a, b)| Edit::Copy(s, a, b)),
        2 => (place(), "[메모 &<]{1,4}[a-z]").prop_map(|((s, r, c), text)| Edit::Note(s, r, c, text)),
        1 => place().prop_map(|(s, r, c)| Edit::Bold(s, r, c)),
        2 => (place(), fill()).prop_map(|((s, r, c), fill)| Edit::Fill(s, r, c, fill)),
        1 => (place(), prop_oneof![Just(0u32), Just(9), Just(14)]).prop_map(|((s, r, c), n)| Edit::Number(s, r, c, n)),
        1 => "[붙임]{1,2}".prop_map(Edit::Add),
        1 => (0usize..3, "[새이름' ]{1,3}[0-9]").prop_map(|(s, name)| Edit::Rename(s, name)),
        1 => (row(), prop_oneof![Just("하나"), Just("둘 이상")]).prop_map(|(r, text)| Edit::Answer(r, text)),
        1 => Just(Edit::Front),
        1 => Just(Edit::Above),
    ]
}

fn manner() -> impl Strategy<Value = WritingStyle> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(shared, prefix, runs, places, reversed)| WritingStyle { shared, prefix, runs, places, reversed },
    )
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edit = (manner(), proptest::collection::vec(edits(), 1..5))
        .prop_map(|(manner, edits)| Step::Edit(manner, edits));
    proptest::collection::vec(prop_oneof![Just(Step::Annotate), edit], 1..7)
}

/// The workbook to begin with.
fn first(manner: WritingStyle, edits: &[Edit]) -> Vec<u8> {
    let title = Cell {
        value: "'머리".to_owned(),
        format: Format { bold: true, align: "center".to_owned(), ..Format::default() },
    };
    let mut cells = BTreeMap::from([((0, 0), title)]);
    for row in 1..5u32 {
        let text = |value: String| Cell { value, ..Cell::default() };
        cells.insert((row, 0), text(format!("'항목 {row}")));
        let format = Format {
            fill: if row % 2 == 0 { "00FF00".to_owned() } else { String::new() },
            number: 9,
            ..Format::default()
        };
        cells.insert((row, 1), Cell { value: (row * 25).to_string(), format });
    }
    let plan = Sheet {
        name: "자료".to_owned(),
        cells,
        merges: BTreeSet::from(["E1:F1".to_owned()]),
        ..Sheet::default()
    };
    let mut sheets = vec![plan, Sheet { name: "기타".to_owned(), ..Sheet::default() }];
    edits.iter().for_each(|change| edit(&mut sheets, change));
    write(&sheets, manner)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn annotating_in_between_makes_no_difference(start in (manner(), proptest::collection::vec(edits(), 0..4)), steps in steps()) {
        let mut with = first(start.0, &start.1);
        let mut without = with.clone();
        for step in &steps {
            match step {
                Step::Annotate => with = annotated(&with),
                Step::Edit(manner, edits) => {
                    for workbook in [&mut with, &mut without] {
                        let mut sheets = read(workbook);
                        edits.iter().for_each(|change| edit(&mut sheets, change));
                        *workbook = write(&sheets, *manner);
                    }
                }
            }
        }
        same("taken off", &read(&strip(&with).unwrap()), &read(&without));
        same("annotated", &seen(&annotated(&with)), &seen(&annotated(&without)));
    }

    #[test]
    fn annotating_again_and_again_is_the_same_to_the_byte(start in (manner(), proptest::collection::vec(edits(), 0..4))) {
        let original = first(start.0, &start.1);
        let once = annotated(&original);
        prop_assert!(annotated(&once) == once);
        let clean = entries(&strip(&once).unwrap());
        for (left, was) in clean.iter().zip(&entries(&original)) {
            prop_assert!(left.name == was.name && left.content == was.content);
        }
    }
}
