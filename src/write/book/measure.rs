//! How wide text is, and where it is broken into lines.
//!
//! Typst breaks Korean between any two syllables. Here lines end between words (eojeol); a word is broken only
//! where it is wider than its cell. Widths are in em, so that one measuring serves every type size.

use typst::layout::Abs;
use typst::text::{Font, FontVariant, FontVariations};

/// Measures text.
pub(super) struct Ruler {
    advance: Box<dyn Fn(char) -> f64>,
}

/// What a letter is taken for that the font does not have: another font steps in for it.
const UNKNOWN: f64 = 1.0;

/// How far sums of widths may be off.
const ROUNDING: f64 = 1e-6;

/// Text, word by word, with the width of each letter.
pub(super) struct Measured {
    /// Lines the text itself prescribes, each a list of words.
    lines: Vec<Vec<Word>>,
    space: f64,
}

struct Word {
    letters: Vec<(char, f64)>,
    width: f64,
}

impl Ruler {
    /// A ruler for text set in `font`.
    pub(super) fn of_font(font: Font) -> Self {
        let font = font.instantiate(FontVariant::default(), Abs::pt(8.0), &FontVariations::default());
        Self::new(move |c| {
            let glyph = font.ttf().glyph_index(c);
            glyph.and_then(|glyph| font.x_advance(glyph.0)).map_or(UNKNOWN, |em| em.get())
        })
    }

    /// A ruler that knows the width of each letter from `advance`, in em.
    pub(super) fn new(advance: impl Fn(char) -> f64 + 'static) -> Self {
        Self { advance: Box::new(advance) }
    }

    /// The words of `text`, to be kept whole where lines are broken; one wider than `width` is cut into pieces
    /// that fit. A word that another follows keeps its space.
    pub(super) fn words(&self, text: &str, width: f64) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(last) = words.last_mut() {
                last.push(' ');
            }
            words.extend(self.measure(word).broken(width));
        }
        words
    }

    /// Measures `text`; a line break in it is kept.
    pub(super) fn measure(&self, text: &str) -> Measured {
        let word = |text: &str| {
            let letters: Vec<(char, f64)> = text.chars().map(|c| (c, (self.advance)(c))).collect();
            Word { width: letters.iter().map(|(_, width)| width).sum(), letters }
        };
        let lines = text.split('\n').map(|line| line.split_whitespace().map(word).collect()).collect();
        Measured { lines, space: (self.advance)(' ') }
    }
}

impl Measured {
    /// The width of the text if it is not broken.
    pub(super) fn natural(&self) -> f64 {
        let line = |words: &Vec<Word>| {
            let gaps = words.len().saturating_sub(1) as f64 * self.space;
            words.iter().map(|word| word.width).sum::<f64>() + gaps
        };
        self.lines.iter().map(line).fold(0.0, f64::max)
    }

    /// The width of the widest word.
    pub(super) fn widest_word(&self) -> f64 {
        self.lines.iter().flatten().map(|word| word.width).fold(0.0, f64::max)
    }

    /// The text in lines of at most `width`. A line that ends between two words keeps its space, so that the text
    /// copies as written.
    pub(super) fn broken(&self, width: f64) -> Vec<String> {
        let mut lines = Vec::new();
        for words in &self.lines {
            let mut line = String::new();
            let mut used = 0.0;
            for word in words {
                if !line.is_empty() {
                    line.push(' ');
                    if used + self.space + word.width > width + ROUNDING {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    } else {
                        used += self.space;
                    }
                }
                let mut rest = word.letters.as_slice();
                while line.is_empty()
                    && let Some(cut) = cut_point(rest, width)
                {
                    lines.push(rest[..cut].iter().map(|(c, _)| c).collect());
                    rest = &rest[cut..];
                }
                line.extend(rest.iter().map(|(c, _)| c));
                used += rest.iter().map(|(_, width)| width).sum::<f64>();
            }
            lines.push(line);
        }
        lines
    }
}

/// Where `letters` are cut because they are wider than `width`: at the last natural place, else at the last letter
/// that fits. `None` if all of them fit.
fn cut_point(letters: &[(char, f64)], width: f64) -> Option<usize> {
    let mut used = 0.0;
    let fitting = letters.iter().position(|(_, letter)| {
        used += letter;
        used > width + ROUNDING
    })?;
    let natural = (1..=fitting).rev().find(|&at| breaks_between(letters[at - 1].0, letters[at].0));
    let cut = natural.unwrap_or(fitting).max(1);
    (cut < letters.len()).then_some(cut)
}

/// Whether a line may end between `left` and `right` without hurting a word.
fn breaks_between(left: char, right: char) -> bool {
    let after = matches!(left, '/' | '·' | '‧' | 'ㆍ' | ',' | '~' | '&' | ')' | '-');
    let inside_a_number = left == ',' && right.is_ascii_digit();
    let hangs_on = matches!(right, ',' | '.' | ')' | ']' | '%');
    matches!(right, '(' | '[' | '「') || (after && !inside_a_number && !hangs_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter one em wide, a space half of that.
    fn measured(text: &str) -> Measured {
        Ruler::new(|c| if c == ' ' { 0.5 } else { 1.0 }).measure(text)
    }

    #[test]
    fn lines_end_between_words() {
        let text = measured("시민고객과 소통·협력하는 열린시정 구현");
        assert_eq!(text.broken(8.0), ["시민고객과 ", "소통·협력하는 ", "열린시정 구현"]);
        assert_eq!(text.broken(100.0), ["시민고객과 소통·협력하는 열린시정 구현"]);
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        let ruler = Ruler::new(|_| 1.0);
        assert_eq!(ruler.words("건설·교통분야  시민 만족도", 4.0), ["건설·", "교통분야 ", "시민 ", "만족도"]);
    }

    #[test]
    fn a_word_wider_than_its_cell_breaks_at_its_parts_first() {
        assert_eq!(measured("건설·교통·주택분야").broken(5.0), ["건설·", "교통·", "주택분야"]);
        assert_eq!(measured("185(1,825)").broken(7.0), ["185", "(1,825)"]);
        assert_eq!(measured("가나다라마바사").broken(3.0), ["가나다", "라마바", "사"]);
    }

    #[test]
    fn breaking_loses_no_letter_even_where_nothing_fits() {
        let text = "응대율 80 배차율 80\n(전년대비 5%이상)";
        for width in [0.0, 0.5, 1.0, 3.7, 6.0] {
            let joined: String = measured(text).broken(width).concat();
            assert_eq!(joined.replace(' ', ""), text.replace([' ', '\n'], ""), "{width}");
        }
    }

    #[test]
    fn a_line_break_of_the_text_stays() {
        assert_eq!(measured("정책 성과\n(60)").broken(9.0), ["정책 성과", "(60)"]);
        assert_eq!(measured("").broken(9.0), [""]);
    }
}
