//! The marks and notes of one sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::graph::{self, Graph};
use super::notes::{self, Comments};
use super::package::Package;
use super::part::{Edits, Part};
use super::review::solid;
use super::sheet::{self, Worksheet};
use super::state::{Print, print};
use super::styles::{List, Styles};
use super::{Annotated, Mark, Palette, Refusal};
use crate::finding::Severity;
use crate::source::CellRef;

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// How many bits of each of a colour's three parts count the fills that cells had before.
const TOKEN_BITS: u32 = 3;

/// Formats of marked cells.
///
/// Programs that write the workbook anew keep colours exactly, and little else that could tell a mark from a fill of the
/// department's. So the last bits of a mark's colour, which no eye sees, count which fill the cell had before.
pub(super) struct Marker<'a> {
    /// The workbook's formats.
    pub styles: Styles<'a>,
    /// Fills that marked cells had before, without prefixes.
    pub fills: Vec<String>,
    /// What the notes say.
    pub prints: BTreeSet<Print>,
    palette: &'a Palette,
    known: BTreeMap<(usize, usize), usize>,
}

impl<'a> Marker<'a> {
    pub(super) fn new(styles: Styles<'a>, palette: &'a Palette) -> Self {
        Self { styles, fills: Vec::new(), prints: BTreeSet::new(), palette, known: BTreeMap::new() }
    }

    /// The format like `base`, marked with `severity`.
    fn format(&mut self, base: usize, severity: Severity) -> Result<usize, Refusal> {
        let key = (severity as usize, base);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let before = self.styles.fill_of(base);
        let before = self.styles.plain_entry(List::Fills, before);
        let token = self.fills.iter().position(|fill| *fill == before).unwrap_or_else(|| {
            self.fills.push(before);
            self.fills.len() - 1
        });
        let rgb = with_token(self.palette.color(severity), token);
        let fill = self.styles.append(List::Fills, &solid(&rgb));
        let format = self.styles.with_fill(base, fill)?;
        self.known.insert(key, format);
        Ok(format)
    }
}

/// A colour that counts `token` in its last bits.
fn with_token(rgb: &str, token: usize) -> String {
    let mask = (1u32 << TOKEN_BITS) - 1;
    let token = u32::try_from(token).unwrap_or(0) & ((1 << (3 * TOKEN_BITS)) - 1);
    let part = |at: usize, shift: u32| {
        let value = rgb.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0xff);
        (value & !mask) | ((token >> (shift * TOKEN_BITS)) & mask)
    };
    format!("{:02X}{:02X}{:02X}", part(0, 2), part(2, 1), part(4, 0))
}

/// The token in a colour that is one of the `marks`.
pub(super) fn token_of(marks: &[String; 3], rgb: &str) -> Option<usize> {
    let value = u32::from_str_radix(rgb, 16).ok()?;
    let mask = (1u32 << TOKEN_BITS) - 1;
    let token =
        (0..3).fold(0, |token, shift| token | (((value >> (8 * shift)) & mask) << (shift * TOKEN_BITS)));
    let token = usize::try_from(token).ok()?;
    marks.iter().any(|mark| with_token(mark, token).eq_ignore_ascii_case(rgb)).then_some(token)
}

/// Marks cells of one sheet and writes their notes.
pub(super) fn mark_sheet(
    package: &mut Package<'_>,
    graph: &Graph,
    marker: &mut Marker<'_>,
    (name, marks): (&Arc<str>, &BTreeMap<CellRef, Mark>),
    result: &mut Annotated,
) -> Result<(), Refusal> {
    let sheet = graph.sheets.iter().find(|sheet| *sheet.name == **name);
    let Some(part_name) = sheet.and_then(|sheet| sheet.part.clone()) else {
        result.missing_sheets.push(name.clone());
        return Ok(());
    };
    let part = Part::decode(&part_name, &package.read(&part_name)?)?;
    let (marks, merged) = at_top_left(marks, &part.text);
    if !merged.is_empty() {
        result.merged.insert(name.clone(), merged);
    }
    let sheet = Worksheet::read(&part_name, &part.text, |row| marks.keys().any(|cell| cell.row == row))?;
    let mut formats = BTreeMap::new();
    for (&cell, mark) in &marks {
        formats.insert(cell, marker.format(sheet.style(cell), mark.severity)?);
    }
    let mut edits = Edits::default();
    sheet.mark(&formats, &mut edits);
    let threaded = threaded_cells(package, &part_name)?;
    let (only, noted): (BTreeMap<_, _>, BTreeMap<_, _>) =
        marks.into_iter().partition(|(cell, _)| threaded.contains(cell));
    if !noted.is_empty() {
        marker.prints.extend(noted.values().map(|mark| print(&mark.note)));
        write_notes(package, graph, &part_name, &sheet, &noted, &mut edits)?;
        result.noted.insert(name.clone(), noted.into_keys().collect());
    }
    if !only.is_empty() {
        result.marked_only.insert(name.clone(), only.into_keys().collect());
    }
    graph::apply(package, &part_name, &part, edits)
}

/// Marks by the cell that gets them, and where those went that were meant for another one.
type Placed = (BTreeMap<CellRef, Mark>, BTreeMap<CellRef, CellRef>);

/// Marks inside of a merged range belong to its top left cell.
fn at_top_left(marks: &BTreeMap<CellRef, Mark>, text: &str) -> Placed {
    let merges = sheet::merges(text);
    let (mut placed, mut merged): Placed = Default::default();
    for (&cell, mark) in marks {
        let merge = merges.iter().find(|range| range.contains(cell));
        let first = merge.map_or(cell, |range| range.first);
        if first != cell {
            merged.insert(cell, first);
        }
        placed
            .entry(first)
            .and_modify(|known| {
                known.severity = known.severity.min(mark.severity);
                known.note = format!("{}\n\n{}", known.note, mark.note);
            })
            .or_insert_with(|| mark.clone());
    }
    (placed, merged)
}

fn threaded_cells(package: &Package<'_>, sheet: &str) -> Result<BTreeSet<CellRef>, Refusal> {
    let mut cells = BTreeSet::new();
    for relationship in graph::relationships(package, sheet)? {
        if let ("threadedComment", Some(part)) = (relationship.kind.as_str(), &relationship.target)
            && package.has(part)
        {
            let text = Part::decode(part, &package.read(part)?)?.text;
            cells.extend(notes::threaded_cells(part, &text)?);
        }
    }
    Ok(cells)
}

fn write_notes(
    package: &mut Package<'_>,
    graph: &Graph,
    sheet_name: &str,
    sheet: &Worksheet,
    noted: &BTreeMap<CellRef, Mark>,
    edits: &mut Edits,
) -> Result<(), Refusal> {
    let comments_name = comments_part(package, graph, sheet_name)?;
    let part = Part::decode(&comments_name, &package.read(&comments_name)?)?;
    let mut comments = Comments::read(&comments_name, &part.text)?;
    let new: Vec<(CellRef, &str)> = noted
        .iter()
        .filter(|(cell, _)| comments.text(**cell).is_none())
        .map(|(cell, mark)| (*cell, mark.note.as_str()))
        .collect();
    let grown: Vec<(CellRef, String)> = noted
        .iter()
        .filter_map(|(cell, mark)| Some((*cell, format!("{}\n\n{}", comments.text(*cell)?, mark.note))))
        .collect();
    for (cell, mark) in noted {
        comments.add(*cell, &mark.note);
    }
    graph::apply(package, &comments_name, &part, comments.finish())?;
    if new.is_empty() && sheet.legacy_drawing.is_none() {
        return Ok(());
    }
    let drawing_name = drawing_part(package, graph, sheet_name, sheet, edits)?;
    let drawing = Part::decode(&drawing_name, &package.read(&drawing_name)?)?;
    let boxes = notes::draw(&drawing_name, &drawing.text, sheet, &new, &grown)?;
    if boxes.is_nothing() {
        return Ok(());
    }
    graph::apply(package, &drawing_name, &drawing, boxes)
}

/// The sheet's comments part; a new one where it has none.
fn comments_part(package: &mut Package<'_>, graph: &Graph, sheet: &str) -> Result<String, Refusal> {
    let known = graph::relationships(package, sheet)?.into_iter().find(|r| r.kind == "comments");
    if let Some(part) = known.and_then(|relationship| relationship.target) {
        return Ok(part);
    }
    let part = package.free_name(&format!("{}comments", graph::folder(&graph.workbook)), ".xml");
    package.put(&part, notes::empty_comments(graph.main_namespace()).into_bytes())?;
    graph::declare(package, &part, COMMENTS_TYPE)?;
    graph::relate(package, sheet, &graph.relationship_type("comments"), &part)?;
    Ok(part)
}

/// The VML part with the boxes of the sheet's notes; a new one where it has none. A second VML part, with the pictures of
/// headers, is another matter: the sheet says which is which.
fn drawing_part(
    package: &mut Package<'_>,
    graph: &Graph,
    sheet_name: &str,
    sheet: &Worksheet,
    edits: &mut Edits,
) -> Result<String, Refusal> {
    if let Some(id) = &sheet.legacy_drawing {
        let known = graph::relationships(package, sheet_name)?.into_iter().find(|r| r.id == *id);
        let part = known.and_then(|relationship| relationship.target);
        return part.ok_or_else(|| Refusal::Missing(format!("{sheet_name}: {id}")));
    }
    let folder = format!("{}drawings/vmlDrawing", graph::folder(&graph.workbook));
    let part = package.free_name(&folder, ".vml");
    package.put(&part, notes::empty_drawing().as_bytes().to_vec())?;
    if !graph::declare_default(package, "vml", VML_TYPE)? {
        graph::declare(package, &part, VML_TYPE)?;
    }
    let id = graph::relate(package, sheet_name, &graph.relationship_type("vmlDrawing"), &part)?;
    sheet.link_legacy_drawing(&id, graph.relationship_namespace(), edits);
    Ok(part)
}
