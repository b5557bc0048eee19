//! Raised and lowered figures (m², CO₂). Some fonts, such as NanumGothic, draw them only a quarter of an em
//! high: illegible in small print. They are set in another font that draws them larger; size and line stay
//! the same, so that text search and copying still work.

use typst::text::FontInstance;

use crate::letters::is_raised_or_lowered;

/// The figure that is measured.
const SAMPLE: char = '²';
/// The minimum legible height, in em.
const ENOUGH: f64 = 0.34;
/// Installed families that draw them well beside Korean text, best first.
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
pub(super) struct SmallFigures {
    face: FontInstance,
    /// Its family.
    pub family: String,
}

impl SmallFigures {
    /// The figures of the first of `others` that draws them well; none where `face`, the main font, does.
    pub(super) fn new(
        face: &FontInstance,
        mut others: impl Iterator<Item = (String, FontInstance)>,
    ) -> Option<Self> {
        if height(face).is_none_or(|height| height >= ENOUGH) {
            return None;
        }
        let (family, face) = others.find(|(_, face)| height(face).is_some_and(|height| height >= ENOUGH))?;
        Some(Self { face, family })
    }

    /// The face for `letter`, if it is such a figure.
    pub(super) fn face_of(&self, letter: char) -> Option<&FontInstance> {
        is_raised_or_lowered(letter).then_some(&self.face)
    }
}

/// The height of a raised figure in `face`, in em, if it has one.
fn height(face: &FontInstance) -> Option<f64> {
    let drawn = face.ttf().glyph_bounding_box(face.ttf().glyph_index(SAMPLE)?)?;
    Some((f64::from(drawn.y_max) - f64::from(drawn.y_min)) / f64::from(face.ttf().units_per_em()))
}
