//! Raised and lowered figures (m², CO₂). Some fonts, NanumGothic among them, draw them a quarter of an em high: in small
//! print specks that nobody reads. They are set in another font found, where one draws them well; size and line stay the
//! same, so that the text around them is still found and copied with them.

use serde::Serialize;
use typst::text::FontInstance;

/// Raised figures, and lowered ones.
const FIGURES: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
/// What figure is looked at to tell how high a font draws them.
const SAMPLE: char = '²';
/// How high they must be to be read, in em.
const ENOUGH: f64 = 0.34;
/// Families that draw them well beside Korean text, best first, where they are installed.
pub(super) const GOOD: [&str; 9] = [
    "NanumSquare",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Noto Sans",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
];

/// The font of raised and lowered figures.
pub(in crate::write::book) struct SmallFigures {
    face: FontInstance,
    setting: Setting,
}

/// What templates are told of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(in crate::write::book) struct Setting {
    /// The figures.
    letters: &'static str,
    /// Their family.
    font: String,
}

impl SmallFigures {
    /// Those of the first of `others` that draws them well; none where `face`, which text is set in, does.
    pub(super) fn new(
        face: &FontInstance,
        mut others: impl Iterator<Item = (String, FontInstance)>,
    ) -> Option<Self> {
        if height(face).is_none_or(|height| height >= ENOUGH) {
            return None;
        }
        let (font, face) = others.find(|(_, face)| height(face).is_some_and(|height| height >= ENOUGH))?;
        Some(Self { face, setting: Setting { letters: FIGURES, font } })
    }

    /// What templates are told.
    pub(in crate::write::book) fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The face that `letter` is set in, if it is such a figure.
    pub(super) fn face_of(&self, letter: char) -> Option<&FontInstance> {
        is_small(letter).then_some(&self.face)
    }
}

/// How high `face` draws a raised figure, in em; none where it has none.
fn height(face: &FontInstance) -> Option<f64> {
    let drawn = face.ttf().glyph_bounding_box(face.ttf().glyph_index(SAMPLE)?)?;
    Some((f64::from(drawn.y_max) - f64::from(drawn.y_min)) / f64::from(face.ttf().units_per_em()))
}

/// Whether any letter of `text` is a raised or lowered figure.
pub(in crate::write::book) fn has_small_figures(text: &str) -> bool {
    // The first bytes of such figures are rare, and no others are looked at.
    let begins = memchr::memchr2_iter(0xc2, 0xe2, text.as_bytes());
    begins.filter_map(|at| text.get(at..)?.chars().next()).any(is_small)
}

fn is_small(letter: char) -> bool {
    matches!(letter, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_raised_and_lowered_figure_is_known() {
        assert!(FIGURES.chars().all(is_small) && !"2ⁿ㎡".chars().any(is_small));
        assert!(has_small_figures("㎍/m³") && !has_small_figures("㎍/㎥ 120"));
    }
}
