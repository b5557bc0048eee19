//! New boxes for notes, and boxes made larger, in a VML part.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::cell::CellRef;
use crate::error::Error;
use crate::part::Edits;
use crate::vml::{Anchor, LINE_HEIGHT, WIDTH, lines, note_boxes};
use crate::worksheet::Worksheet;

/// A VML part without any shape.
pub(crate) fn empty_drawing() -> &'static str {
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
     data=\"1\"/></o:shapelayout></xml>"
}

/// How the last end tag of a VML part begins.
pub(crate) const VML_END: &str = "</xml";
const SHAPE_TYPE: &str = "_x0000_t202";
const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// Adds boxes for the `new` notes to the VML part `part`, before its last end tag, and enlarges those of
/// `grown` to fit their new text.
pub(crate) fn draw(
    part: &str,
    text: &str,
    sheet: &Worksheet,
    new: &[(CellRef, &str)],
    grown: &[(CellRef, String)],
) -> Result<Edits, Error> {
    let mut edits = Edits::default();
    for found in note_boxes(text) {
        if let Some((_, note)) = grown.iter().find(|(cell, _)| *cell == found.cell) {
            found.grow(text, sheet, note, &mut edits);
        }
    }
    if !new.is_empty() {
        let end = text.rfind(VML_END).ok_or_else(|| Error::corrupt(part, "VML"))?;
        edits.insert(end, new_boxes(text, sheet, new));
    }
    Ok(edits)
}

/// Shapes for the boxes of `notes`, to be inserted into the VML part `text`.
fn new_boxes(text: &str, sheet: &Worksheet, notes: &[(CellRef, &str)]) -> String {
    let taken: BTreeSet<u32> = text
        .match_indices("_x0000_s")
        .filter_map(|(at, found)| {
            let digits = &text[at + found.len()..];
            digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
        })
        .collect();
    let first = taken.last().map_or(1025, |last| last.saturating_add(1));
    let mut shapes = String::new();
    if !text.contains(SHAPE_TYPE) {
        let _ = write!(
            shapes,
            "<v:shapetype {NAMESPACES} id=\"{SHAPE_TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
             o:connecttype=\"rect\"/></v:shapetype>"
        );
    }
    for (number, (cell, note)) in (first..).zip(notes) {
        let order = number - first + 1;
        let anchor = Anchor::beside(sheet, *cell, note);
        let height = lines(note, WIDTH) * LINE_HEIGHT;
        let _ = write!(
            shapes,
            "<v:shape {NAMESPACES} id=\"_x0000_s{number}\" type=\"#{SHAPE_TYPE}\" style='position:absolute;\
             width:{}pt;height:{}pt;z-index:{order};visibility:hidden' fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            WIDTH * 3 / 4,
            height * 3 / 4,
            cell.row,
            cell.col
        );
    }
    shapes
}
