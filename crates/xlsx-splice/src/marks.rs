//! The marks and notes of one sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{Annotated, Mark, Rgb};
use crate::cell::CellRef;
use crate::comments::{self, Comments};
use crate::drawing;
use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::relationships::folder;
use crate::signature::Signature;
use crate::state::NoteDigest;
use crate::styles::{List, Styles, solid};
use crate::worksheet::{self, Worksheet};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The number of bits in each colour component that encode a cell's previous fill.
const TOKEN_BITS: u32 = 3;

/// Formats of marked cells.
///
/// Programs that rewrite a workbook keep colours exactly, but little else that could identify a mark. So the
/// last bits of a mark's colour, invisible to the eye, are a token for the cell's previous fill.
pub(crate) struct Marker<'a> {
    /// The workbook's formats.
    pub styles: Styles<'a>,
    /// Previous fills of marked cells, without prefixes.
    pub fills: Vec<String>,
    /// Digests of the notes.
    pub digests: BTreeSet<NoteDigest>,
    signature: Signature,
    colors: &'a [Rgb],
    known: BTreeMap<(usize, usize), usize>,
}

impl<'a> Marker<'a> {
    pub(crate) fn new(styles: Styles<'a>, colors: &'a [Rgb], signature: Signature) -> Self {
        let (fills, digests, known) = Default::default();
        Self { styles, fills, digests, signature, colors, known }
    }

    /// The format `base` with the fill at index `color`; none where there is no such colour.
    fn format(&mut self, base: usize, color: usize) -> Result<Option<usize>, Error> {
        if let Some(&known) = self.known.get(&(color, base)) {
            return Ok(Some(known));
        }
        let Some(&rgb) = self.colors.get(color) else { return Ok(None) };
        let before = self.styles.fill_of(base);
        let before = self.styles.plain_entry(List::Fills, before);
        let token = self.fills.iter().position(|fill| *fill == before).unwrap_or_else(|| {
            self.fills.push(before);
            self.fills.len() - 1
        });
        let fill = self.styles.append(List::Fills, &solid(with_token(rgb, token)));
        let format = self.styles.with_fill(base, fill)?;
        self.known.insert((color, base), format);
        Ok(Some(format))
    }
}

/// A colour with `token` in its last bits, the lowest ones in its blue component.
fn with_token(Rgb([red, green, blue]): Rgb, token: usize) -> Rgb {
    let mask = (1u8 << TOKEN_BITS) - 1;
    let part =
        |value: u8, shift: u32| (value & !mask) | (token >> (shift * TOKEN_BITS) & usize::from(mask)) as u8;
    Rgb([part(red, 2), part(green, 1), part(blue, 0)])
}

/// The token in `rgb`, if that is one of the `marks`.
pub(crate) fn token_of(marks: &[Rgb], rgb: Rgb) -> Option<usize> {
    let mask = (1u8 << TOKEN_BITS) - 1;
    let token = rgb.0.iter().fold(0, |token, part| token << TOKEN_BITS | usize::from(part & mask));
    marks.iter().any(|mark| with_token(*mark, token) == rgb).then_some(token)
}

/// Marks cells of one sheet and writes their notes.
pub(crate) fn mark_sheet(
    package: &mut Package<'_>,
    graph: &WorkbookParts,
    marker: &mut Marker<'_>,
    (name, marks): (&Arc<str>, &BTreeMap<CellRef, Mark>),
    result: &mut Annotated,
) -> Result<(), Error> {
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
        if let Some(color) = mark.fill {
            formats.extend(marker.format(sheet.style(cell), color)?.map(|format| (cell, format)));
        }
    }
    let mut edits = Edits::default();
    sheet.mark(&formats, &mut edits);
    let threaded = threaded_cells(package, &part_name)?;
    let (mut notes, mut only) = (BTreeMap::new(), BTreeSet::new());
    for (cell, mark) in marks {
        match mark.note.filter(|_| !threaded.contains(&cell)) {
            Some(note) => drop(notes.insert(cell, note)),
            None => drop(only.insert(cell)),
        }
    }
    if !notes.is_empty() {
        marker.digests.extend(notes.values().map(|note| NoteDigest::of(note)));
        let sheet =
            NotedSheet { part: &part_name, sheet: &sheet, notes: &notes, signature: marker.signature };
        sheet.write(package, graph, &mut edits)?;
        result.noted.insert(name.clone(), notes.into_keys().collect());
    }
    if !only.is_empty() {
        result.marked_only.insert(name.clone(), only);
    }
    opc::apply(package, &part_name, &part, edits)
}

/// Marks by the cell that gets them, and the cells of redirected marks.
type Placed = (BTreeMap<CellRef, Mark>, BTreeMap<CellRef, CellRef>);

/// Redirects marks inside a merged range to its top left cell.
fn at_top_left(marks: &BTreeMap<CellRef, Mark>, text: &str) -> Placed {
    let merges = worksheet::merges(text);
    let (mut placed, mut merged): Placed = Default::default();
    for (&cell, mark) in marks {
        let merge = merges.iter().find(|range| range.contains(cell));
        let first = merge.map_or(cell, |range| range.first);
        if first != cell {
            merged.insert(cell, first);
        }
        let placed = placed.entry(first).or_default();
        placed.fill = [placed.fill, mark.fill].into_iter().flatten().min();
        let notes: Vec<&str> = [&placed.note, &mark.note].into_iter().flatten().map(String::as_str).collect();
        placed.note = (!notes.is_empty()).then(|| notes.join("\n\n"));
    }
    (placed, merged)
}

fn threaded_cells(package: &Package<'_>, sheet: &str) -> Result<BTreeSet<CellRef>, Error> {
    let mut cells = BTreeSet::new();
    for relationship in opc::relationships(package, sheet)? {
        if let ("threadedComment", Some(part)) = (relationship.kind.as_str(), &relationship.target)
            && package.has(part)
        {
            let text = Part::decode(part, &package.read(part)?)?.text;
            cells.extend(comments::threaded_cells(part, &text)?);
        }
    }
    Ok(cells)
}

/// A sheet that gets notes.
struct NotedSheet<'a> {
    part: &'a str,
    sheet: &'a Worksheet,
    notes: &'a BTreeMap<CellRef, String>,
    signature: Signature,
}

impl NotedSheet<'_> {
    fn write(
        &self,
        package: &mut Package<'_>,
        graph: &WorkbookParts,
        edits: &mut Edits,
    ) -> Result<(), Error> {
        let comments_name = comments_part(package, graph, self.part)?;
        let part = Part::decode(&comments_name, &package.read(&comments_name)?)?;
        let mut comments = Comments::read(&comments_name, &part.text, self.signature)?;
        let (mut new, mut grown) = (Vec::new(), Vec::new());
        for (&cell, note) in self.notes {
            match comments.text(cell) {
                None => new.push((cell, note.as_str())),
                Some(text) => grown.push((cell, format!("{text}\n\n{note}"))),
            }
            comments.add(cell, note);
        }
        opc::apply(package, &comments_name, &part, comments.finish())?;
        if new.is_empty() && self.sheet.legacy_drawing.is_none() {
            return Ok(());
        }
        let drawing_name = drawing_part(package, graph, self.part, self.sheet, edits)?;
        let drawing = Part::decode(&drawing_name, &package.read(&drawing_name)?)?;
        let boxes = drawing::draw(&drawing_name, &drawing.text, self.sheet, &new, &grown)?;
        if boxes.is_nothing() {
            return Ok(());
        }
        opc::apply(package, &drawing_name, &drawing, boxes)
    }
}

/// The sheet's comments part; a new one where it has none.
fn comments_part(package: &mut Package<'_>, graph: &WorkbookParts, sheet: &str) -> Result<String, Error> {
    let known = opc::relationships(package, sheet)?.into_iter().find(|r| r.kind == "comments");
    if let Some(part) = known.and_then(|relationship| relationship.target) {
        return Ok(part);
    }
    let part = package.free_name(&format!("{}comments", folder(&graph.workbook)), ".xml");
    package.put(&part, comments::empty_comments(graph.main_namespace()).into_bytes())?;
    opc::declare(package, &part, COMMENTS_TYPE)?;
    opc::relate(package, sheet, &graph.relationship_type("comments"), &part)?;
    Ok(part)
}

/// The VML part with the boxes of the sheet's notes; a new one where it has none. The sheet's references
/// distinguish it from a second VML part with header pictures.
fn drawing_part(
    package: &mut Package<'_>,
    graph: &WorkbookParts,
    sheet_name: &str,
    sheet: &Worksheet,
    edits: &mut Edits,
) -> Result<String, Error> {
    if let Some(id) = &sheet.legacy_drawing {
        let known = opc::relationships(package, sheet_name)?.into_iter().find(|r| r.id == *id);
        let part = known.and_then(|relationship| relationship.target);
        return part.ok_or_else(|| Error::Missing(format!("{sheet_name}: {id}")));
    }
    let folder = format!("{}drawings/vmlDrawing", folder(&graph.workbook));
    let part = package.free_name(&folder, ".vml");
    package.put(&part, drawing::empty_drawing().as_bytes().to_vec())?;
    if !opc::declare_default(package, "vml", VML_TYPE)? {
        opc::declare(package, &part, VML_TYPE)?;
    }
    let id = opc::relate(package, sheet_name, &graph.relationship_type("vmlDrawing"), &part)?;
    sheet.link_legacy_drawing(&id, graph.relationship_namespace(), edits);
    Ok(part)
}
