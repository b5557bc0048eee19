//! Raised and lowered figures (m², CO₂). Some fonts, NanumGothic among them, draw them a quarter of an em high: in small
//! print specks that nobody reads. They are set in another font found, where one draws them well; size and line stay the
//! same, so that the text around them is still found and copied with them.

use typst::text::FontInstance;

use crate::letters::is_raised_or_lowered;

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
pub(super) struct SmallFigures {
    face: FontInstance,
    /// Its family.
    pub family: String,
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
        let (family, face) = others.find(|(_, face)| height(face).is_some_and(|height| height >= ENOUGH))?;
        Some(Self { face, family })
    }

    /// The face that `letter` is set in, if it is such a figure.
    pub(super) fn face_of(&self, letter: char) -> Option<&FontInstance> {
        is_raised_or_lowered(letter).then_some(&self.face)
    }
}

/// How high `face` draws a raised figure, in em; none where it has none.
fn height(face: &FontInstance) -> Option<f64> {
    let drawn = face.ttf().glyph_bounding_box(face.ttf().glyph_index(SAMPLE)?)?;
    Some((f64::from(drawn.y_max) - f64::from(drawn.y_min)) / f64::from(face.ttf().units_per_em()))
}
