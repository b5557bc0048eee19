//! Crop marks, which show where the printer cuts.
//!
//! Templates set each page with its bleed but without marks. Here the sheet is enlarged around it, drawings
//! beyond the bleed are clipped, and the marks are drawn outside.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::file::{PdfFile, stream};
use crate::upstream::bytes::{Rect, on_sheet, page_boxes};

const MM: f64 = 72.0 / 25.4;
/// Distance from the bleed to a mark.
const GAP: f64 = 1.0 * MM;
/// Length of a mark.
const LENGTH: f64 = 5.0 * MM;
/// Distance from the bleed to the edge of the sheet.
const AROUND: f64 = 7.0 * MM;

/// Adds crop marks to every page with a bleed and returns the number of those pages.
pub(crate) fn add(file: &mut PdfFile<'_>) -> usize {
    let sheets: Vec<(Rect, Rect)> = file.objects_mut().filter_map(|object| page_boxes(object)).collect();
    // Drawn before and after a page's content; pages of the same size share it.
    let mut around: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (bleed, trim) in sheets {
        let after = stream(b"", marks(bleed, trim).as_bytes());
        around.entry(marks(bleed, trim)).or_insert_with(|| {
            let before = file.add(stream(b"", clip(bleed).as_bytes()));
            (before, file.add(after))
        });
    }
    let mut marked = 0;
    for object in file.objects_mut() {
        if let Some((bleed, trim)) = page_boxes(object)
            && let Some(&numbers) = around.get(&marks(bleed, trim))
            && let Some(page) = on_sheet(object, &sheet(bleed), numbers)
        {
            *object = Cow::Owned(page);
            marked += 1;
        }
    }
    marked
}

/// The sheet around `bleed`.
fn sheet([left, bottom, right, top]: Rect) -> String {
    numbers(&[left - AROUND, bottom - AROUND, right + AROUND, top + AROUND])
}

/// Clips drawing to the bleed.
fn clip([left, bottom, right, top]: Rect) -> String {
    format!("q\n{} re\nW n\n", numbers(&[left, bottom, right - left, top - bottom]))
}

/// Two black marks at each corner, hidden from screen readers as artifacts.
fn marks(bleed: Rect, trim: Rect) -> String {
    let mut out = "Q\n/Artifact BMC\nq\n0 G\n0.25 w\n".to_owned();
    let mut line = |from: [f64; 2], to: [f64; 2]| {
        out.push_str(&format!("{} m {} l S\n", numbers(&from), numbers(&to)));
    };
    let [left, bottom, right, top] = bleed;
    for x in [trim[0], trim[2]] {
        line([x, bottom - GAP], [x, bottom - GAP - LENGTH]);
        line([x, top + GAP], [x, top + GAP + LENGTH]);
    }
    for y in [trim[1], trim[3]] {
        line([left - GAP, y], [left - GAP - LENGTH, y]);
        line([right + GAP, y], [right + GAP + LENGTH, y]);
    }
    out.push_str("Q\nEMC\n");
    out
}

fn numbers(list: &[f64]) -> String {
    let rounded: Vec<String> =
        list.iter().map(|number| format!("{}", (number * 1e3).round() / 1e3)).collect();
    rounded.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_at_the_trim_and_outside_the_bleed() {
        let bleed = [0.0, 0.0, 300.0, 200.0];
        let marks = marks(bleed, [10.0, 10.0, 290.0, 190.0]);
        assert_eq!(marks.matches(" S\n").count(), 8);
        assert!(
            marks.contains("10 -2.835 m 10 -17.008 l") && marks.contains("302.835 190 m 317.008 190 l"),
            "{marks}"
        );
        assert_eq!(sheet(bleed), "-19.843 -19.843 319.843 219.843");
    }
}
