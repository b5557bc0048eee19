//! Finds the boxes of notes (VML, ECMA-376 Part 4, 19) in the text of their part.
//!
//! Excel writes VML that is not well-formed XML, so it is not parsed: shapes are found by their tags, and
//! their numbers are replaced in place.

use std::ops::Range;

use crate::cell::{CellRef, LAST_COLUMN, LAST_ROW};
use crate::part::Edits;
use crate::worksheet::{REACH, Worksheet};

/// The width of a note's box in pixels, and the height of one line of its text.
pub(crate) const WIDTH: u32 = 340;
pub(crate) const LINE_HEIGHT: u32 = 17;
/// The distance of a new box from the corner of the cell it begins in, in pixels.
pub(crate) const OFFSET: u32 = 12;
/// The margins left and right of the text in a box, in pixels.
const MARGIN: u32 = 30;

/// The box of a note.
#[derive(Debug)]
pub(crate) struct NoteBox {
    /// The shape, from `<` to the end of its end tag.
    pub shape: Range<usize>,
    /// The cell whose note it shows.
    pub cell: CellRef,
    /// The text of its anchor; none where the opening program positions the box.
    anchor: Option<Range<usize>>,
    /// The values of `width` and `height` in its style.
    width: Option<Range<usize>>,
    height: Option<Range<usize>>,
}

impl NoteBox {
    /// The numbers that define the size of the box, in text order.
    pub(crate) fn size(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<_> =
            [&self.anchor, &self.width, &self.height].into_iter().flatten().cloned().collect();
        ranges.sort_by_key(|range| range.start);
        ranges
    }

    /// Enlarges the box for `note` if it is too small.
    pub(crate) fn grow(&self, text: &str, sheet: &Worksheet, note: &str, edits: &mut Edits) {
        let (width, height) =
            match self.anchor.clone().and_then(|range| Some((Anchor::read(&text[range.clone()])?, range))) {
                Some((anchor, range)) => {
                    let (width, height) = anchor.size(sheet);
                    let wanted = (width.max(WIDTH), height.max(lines(note, width.max(WIDTH)) * LINE_HEIGHT));
                    if wanted == (width, height) {
                        return;
                    }
                    edits.replace(range, anchor.of_size(sheet, wanted).to_string());
                    wanted
                }
                None => (WIDTH, lines(note, WIDTH) * LINE_HEIGHT),
            };
        for (range, pixels) in [(&self.width, width), (&self.height, height)] {
            let points = f64::from(pixels) * 0.75;
            if let Some(range) = range.clone().filter(|range| in_points(&text[range.clone()]) < points) {
                edits.replace(range, format!("{points}pt"));
            }
        }
    }
}

/// A style length in points; 0 for an unknown unit.
fn in_points(length: &str) -> f64 {
    let length = length.trim();
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f64 = digits.parse().unwrap_or(0.0);
    match &length[digits.len()..] {
        "pt" => number,
        "px" | "" => number * 0.75,
        "in" => number * 72.0,
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        _ => 0.0,
    }
}

/// The boxes of notes in the VML part `text`, in order.
pub(crate) fn note_boxes(text: &str) -> Vec<NoteBox> {
    let mut boxes = Vec::new();
    let mut from = 0;
    while let Some(shape) = next_shape(text, from) {
        from = shape.end;
        boxes.extend(note_box(text, shape));
    }
    boxes
}

/// The number of shapes in the VML part `text`, notes or not.
pub(crate) fn count_shapes(text: &str) -> usize {
    let mut from = 0;
    std::iter::from_fn(|| next_shape(text, from).inspect(|shape| from = shape.end)).count()
}

/// The next shape from the byte `from` on.
fn next_shape(text: &str, from: usize) -> Option<Range<usize>> {
    let mut search = from;
    loop {
        let name_end = search + text[search..].find("shape")? + "shape".len();
        search = name_end;
        let start = text[..name_end].rfind('<').filter(|&start| start >= from)?;
        let name = &text[start + 1..name_end];
        let is_name = name.rsplit(':').next() == Some("shape") && !name.starts_with('/');
        if is_name && text[name_end..].starts_with(|c: char| c.is_whitespace() || c == '>') {
            let close = format!("</{name}>");
            let end = text[name_end..].find(&close).map_or(text.len(), |at| name_end + at + close.len());
            return Some(start..end);
        }
    }
}

fn note_box(text: &str, shape: Range<usize>) -> Option<NoteBox> {
    let inside = &text[shape.clone()];
    let at = |range: Range<usize>| shape.start + range.start..shape.start + range.end;
    let number = |name: &str| inside[content(inside, name)?].trim().parse::<u32>().ok();
    if !inside.contains("Note") {
        return None;
    }
    let cell = CellRef::new(number("Row")?, u16::try_from(number("Column")?).ok()?);
    let tag_end = inside.find('>').unwrap_or(inside.len());
    let style = attribute(&inside[..tag_end], "style");
    let property = |name: &str| property(inside, style.clone()?, name).map(at);
    Some(NoteBox {
        cell,
        anchor: content(inside, "Anchor").map(at),
        width: property("width"),
        height: property("height"),
        shape: shape.clone(),
    })
}

/// The position of the text of the first element with this name, with any prefix.
fn content(text: &str, name: &str) -> Option<Range<usize>> {
    let tag = format!("{name}>");
    let mut starts = text.match_indices(&tag).filter(|(at, _)| text[..*at].ends_with([':', '<']));
    let start = starts.next()?.0 + tag.len();
    Some(start..start + text[start..].find('<')?)
}

/// The position of the value of an attribute of this start tag.
fn attribute(tag: &str, name: &str) -> Option<Range<usize>> {
    let at = tag.match_indices(name).map(|(at, _)| at).find(|&at| {
        tag[..at].ends_with(char::is_whitespace) && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let quote_at = at + tag[at..].find(['"', '\''])?;
    let quote = tag[quote_at..].chars().next()?;
    let start = quote_at + 1;
    Some(start..start + tag[start..].find(quote)?)
}

/// The position of the value of a property of the style in `range`.
fn property(text: &str, range: Range<usize>, name: &str) -> Option<Range<usize>> {
    let mut start = range.start;
    for declaration in text[range].split(';') {
        if let Some((key, value)) = declaration.split_once(':')
            && key.trim() == name
        {
            let from = start + key.len() + 1;
            return Some(from..from + value.len());
        }
        start += declaration.len() + 1;
    }
    None
}

/// The position of a box: the columns, with pixel offsets, where it begins and ends, and the same for rows.
pub(crate) struct Anchor {
    left: (u16, u32),
    top: (u32, u32),
    right: (u16, u32),
    bottom: (u32, u32),
}

impl Anchor {
    /// Reads the eight numbers of an anchor.
    fn read(text: &str) -> Option<Self> {
        let numbers: Vec<u32> =
            text.split(',').map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
        let [left, left_in, top, top_in, right, right_in, bottom, bottom_in] = numbers[..] else {
            return None;
        };
        let column = |number: u32| u16::try_from(number).ok();
        Some(Self {
            left: (column(left)?, left_in),
            top: (top, top_in),
            right: (column(right)?, right_in),
            bottom: (bottom, bottom_in),
        })
    }

    /// The anchor of a new box for the note of `cell`, with room for `note`.
    pub(crate) fn beside(sheet: &Worksheet, cell: CellRef, note: &str) -> Self {
        let left = (cell.col.saturating_add(1).min(LAST_COLUMN), OFFSET);
        let top = (cell.row.saturating_sub(1), OFFSET);
        let at = Self { left, top, right: left, bottom: top };
        at.of_size(sheet, (WIDTH, lines(note, WIDTH) * LINE_HEIGHT))
    }

    /// Width and height in pixels.
    fn size(&self, sheet: &Worksheet) -> (u32, u32) {
        let columns: u32 = (self.left.0..self.right.0).take(REACH).map(|col| sheet.column_pixels(col)).sum();
        let rows = usize::try_from(self.bottom.0.saturating_sub(self.top.0)).unwrap_or(REACH);
        let rows: u32 = sheet.row_pixels(self.top.0).take(rows).sum();
        (
            (columns + self.right.1).saturating_sub(self.left.1),
            (rows + self.bottom.1).saturating_sub(self.top.1),
        )
    }

    /// The same corner with another size, in pixels.
    fn of_size(self, sheet: &Worksheet, (width, height): (u32, u32)) -> Self {
        let (mut right, mut rest) = (self.left.0, width + self.left.1);
        let reach = right.saturating_add(REACH as u16).min(LAST_COLUMN);
        while rest > sheet.column_pixels(right) && right < reach {
            rest -= sheet.column_pixels(right);
            right += 1;
        }
        let (mut bottom, mut below) = (self.top.0, height + self.top.1);
        for row in sheet.row_pixels(self.top.0) {
            if below <= row || bottom == LAST_ROW {
                break;
            }
            below -= row;
            bottom += 1;
        }
        Self { right: (right, rest), bottom: (bottom, below), ..self }
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { left, top, right, bottom } = self;
        let columns =
            |f: &mut std::fmt::Formatter<'_>, (col, pixels): &(u16, u32)| write!(f, "{col}, {pixels}");
        columns(f, left)?;
        write!(f, ", {}, {}, ", top.0, top.1)?;
        columns(f, right)?;
        write!(f, ", {}, {}", bottom.0, bottom.1)
    }
}

/// How many lines a note takes in a box of this width in pixels, the headline included.
pub(crate) fn lines(note: &str, width: u32) -> u32 {
    // At 9 points, a wide character takes 12 pixels, a narrow one half of that.
    let length = |line: &str| line.chars().map(|c| if c.is_ascii() { 7 } else { 12 }).sum::<u32>();
    let room = width.saturating_sub(MARGIN).max(1);
    note.lines().map(|line| length(line) / room + 1).sum::<u32>() + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "<worksheet><sheetData/></worksheet>";

    fn vml(shape: &str) -> String {
        format!("<xml><v:shapetype id=\"t\"></v:shapetype>{shape}</xml>")
    }

    fn grown(text: &str, note: &str) -> String {
        let sheet = Worksheet::read("sheet", SHEET, |_| false).unwrap();
        let mut edits = Edits::default();
        for found in note_boxes(text) {
            found.grow(text, &sheet, note, &mut edits);
        }
        edits.apply(text).unwrap().0
    }

    #[test]
    fn the_box_of_a_note_grows_with_added_lines_whatever_its_prefix() {
        let note = "an explanation\n".repeat(12);
        for (v, x) in [("v:", "x:"), ("vml:", "e:"), ("", "")] {
            let text = vml(&format!(
                "<{v}shape id='_x0000_s1025' style='position:absolute; width:108pt;height:59.25pt;margin-left:5pt'>\
                 <br><{x}ClientData ObjectType='Note'><{x}MoveWithCells/><{x}Anchor> 2, 15, 1, 10, 4, 15, 4, 4</{x}Anchor>\
                 <{x}Row>2</{x}Row><{x}Column>1</{x}Column></{x}ClientData></{v}shape>"
            ));
            let boxes = note_boxes(&text);
            assert_eq!(boxes.iter().map(|b| b.cell).collect::<Vec<_>>(), [CellRef::new(2, 1)]);
            let result = grown(&text, &note);
            let sheet = Worksheet::read("sheet", SHEET, |_| false).unwrap();
            let after = &note_boxes(&result)[0];
            let (width, height) = Anchor::read(&result[after.anchor.clone().unwrap()]).unwrap().size(&sheet);
            assert_eq!((width, height), (WIDTH, lines(&note, WIDTH) * LINE_HEIGHT));
            assert!(result.contains("width:255pt;height:178.5pt;margin-left:5pt"), "{result}");
            assert!(result.contains("2, 15, 1, 10, "), "the corner stays: {result}");
            assert_eq!(grown(&result, &note), result, "once grown it is large enough");
        }
    }

    #[test]
    fn a_box_that_is_large_enough_stays_as_it_is() {
        let text = vml("<v:shape style='width:600pt;height:600pt'><x:ClientData ObjectType=\"Note\">\
             <x:Anchor>2,15,1,10,16,15,40,4</x:Anchor><x:Row>2</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>");
        assert_eq!(grown(&text, "짧은 말"), text);
    }

    #[test]
    fn shapes_that_are_no_notes_are_counted_and_left_alone() {
        let text =
            vml("<v:shape style='width:1pt'><x:ClientData ObjectType=\"Button\"></x:ClientData></v:shape>");
        assert_eq!((note_boxes(&text).len(), count_shapes(&text)), (0, 1));
        assert_eq!(grown(&text, "말"), text);
        assert_eq!(count_shapes("<xml><v:shapetype></v:shapetype></xml>"), 0);
    }
}
