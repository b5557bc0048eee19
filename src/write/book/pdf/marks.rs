//! Crop marks: where the printer cuts.
//!
//! The templates set each page with its bleed and know nothing of marks. Here the sheet is made larger around it, what
//! a template draws beyond the bleed is cut off, and the marks are drawn outside.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::file::{File, stream};

/// How far colours run over the edge that is cut, in mm: what printers ask for.
pub(in super::super) const BLEED_MM: f64 = 3.0;

const MM: f64 = 72.0 / 25.4;
/// From the bleed to a mark.
const GAP: f64 = 1.0 * MM;
/// Length of a mark.
const LENGTH: f64 = 5.0 * MM;
/// From the bleed to the edge of the sheet.
const AROUND: f64 = 7.0 * MM;

/// Left, bottom, right, top, in points.
type Rect = [f64; 4];

/// Gives every page with a bleed its crop marks.
pub(super) fn add(file: &mut File<'_>) {
    let sheets: Vec<(Rect, Rect)> = file.objects_mut().filter_map(|object| boxes(object)).collect();
    // What is drawn before and after a page's own content; pages of one size share it.
    let mut around: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (bleed, trim) in sheets {
        let after = stream(b"", marks(bleed, trim).as_bytes());
        around.entry(marks(bleed, trim)).or_insert_with(|| {
            let before = file.add(stream(b"", clip(bleed).as_bytes()));
            (before, file.add(after))
        });
    }
    for object in file.objects_mut() {
        if let Some((bleed, trim)) = boxes(object)
            && let Some(&numbers) = around.get(&marks(bleed, trim))
            && let Some(page) = with_marks(object, bleed, numbers)
        {
            *object = Cow::Owned(page);
        }
    }
}

/// The bleed and the trim box of a page that has both.
fn boxes(object: &[u8]) -> Option<(Rect, Rect)> {
    let page = object.starts_with(b"<</Type/Page/").then(|| std::str::from_utf8(object).ok())??;
    let rect = |key: &str| {
        let (_, rest) = page.split_once(key)?;
        let mut numbers = rest.split(']').next()?.split(' ').map_while(|number| number.parse().ok());
        Some([numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?])
    };
    Some((rect("/MediaBox[")?, rect("/TrimBox[")?))
}

/// The page on its larger sheet.
fn with_marks(page: &[u8], bleed: Rect, (before, after): (usize, usize)) -> Option<Vec<u8>> {
    let page = std::str::from_utf8(page).ok()?;
    let (head, rest) = page.split_once("/MediaBox[")?;
    let (own, rest) = rest.split_once(']')?;
    let (middle, tail) = rest.split_once("/Contents ")?;
    let (content, tail) = tail.split_once(" 0 R")?;
    let [left, bottom, right, top] = bleed;
    let sheet = numbers(&[left - AROUND, bottom - AROUND, right + AROUND, top + AROUND]);
    Some(
        format!(
            "{head}/MediaBox[{sheet}]/BleedBox[{own}]{middle}/Contents[{before} 0 R {content} 0 R {after} 0 R]{tail}"
        )
        .into_bytes(),
    )
}

/// Lets nothing be drawn outside of the bleed.
fn clip([left, bottom, right, top]: Rect) -> String {
    format!("q\n{} re\nW n\n", numbers(&[left, bottom, right - left, top - bottom]))
}

/// Two marks at each corner, in black, told to screen readers as no content.
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

    const PAGE: &str = "<</Type/Page/Resources 9 0 R/MediaBox[0 0 300 200]/TrimBox[10 10 290 190]/Tabs/S\
        /Parent 1 0 R/Contents 7 0 R/Annots[8 0 R]>>";

    #[test]
    fn a_page_is_set_on_a_larger_sheet_with_its_bleed_named() {
        let (bleed, trim) = boxes(PAGE.as_bytes()).unwrap();
        assert_eq!((bleed, trim), ([0.0, 0.0, 300.0, 200.0], [10.0, 10.0, 290.0, 190.0]));
        let page = String::from_utf8(with_marks(PAGE.as_bytes(), bleed, (20, 21)).unwrap()).unwrap();
        assert_eq!(
            page,
            "<</Type/Page/Resources 9 0 R/MediaBox[-19.843 -19.843 319.843 219.843]/BleedBox[0 0 300 200]\
             /TrimBox[10 10 290 190]/Tabs/S/Parent 1 0 R/Contents[20 0 R 7 0 R 21 0 R]/Annots[8 0 R]>>"
        );
    }

    #[test]
    fn marks_stand_at_the_trim_and_outside_the_bleed() {
        let marks = marks([0.0, 0.0, 300.0, 200.0], [10.0, 10.0, 290.0, 190.0]);
        assert_eq!(marks.matches(" S\n").count(), 8);
        assert!(
            marks.contains("10 -2.835 m 10 -17.008 l") && marks.contains("302.835 190 m 317.008 190 l"),
            "{marks}"
        );
    }

    #[test]
    fn pages_without_a_trim_box_and_other_objects_are_left_alone() {
        assert_eq!(boxes(b"<</Type/Page/MediaBox[0 0 300 200]/Contents 7 0 R>>"), None);
        assert_eq!(boxes(b"<</Type/Pages/Kids[]>>"), None);
    }
}
