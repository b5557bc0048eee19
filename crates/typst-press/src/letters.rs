//! Characters that are difficult for typesetters and fonts.

use std::collections::BTreeMap;

use typst::text::is_default_ignorable;
use unicode_normalization::char::is_combining_mark;

/// Raised figures, and lowered ones (m², CO₂).
pub const RAISED_AND_LOWERED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";

/// Whether any letter of `text` is a raised or lowered figure.
pub fn has_raised_or_lowered(text: &str) -> bool {
    // Only text with the rare first bytes of such figures is examined.
    let begins = memchr::memchr2_iter(0xc2, 0xe2, text.as_bytes());
    begins.filter_map(|at| text.get(at..)?.chars().next()).any(is_raised_or_lowered)
}

/// Whether `letter` is a raised or lowered figure.
pub(crate) fn is_raised_or_lowered(letter: char) -> bool {
    matches!(letter, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}')
}

/// Polarity control characters.
const DIRECTIONS: [&str; 4] = ["\u{200f}", "\u{202b}", "\u{202e}", "\u{2067}"];

/// Whether `text` has right-to-left letters: Hebrew, Arabic, Syriac and similar. Without kerning, Typst's
/// shaper panics at some of them.
pub fn has_right_to_left(text: &str) -> bool {
    let letter = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    // Bytes rule out most text: none of these letters or control characters begins with them.
    let possible = text.bytes().any(|byte| matches!(byte, 0xd6..=0xe0 | 0xef..))
        || DIRECTIONS.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    possible && text.chars().any(letter)
}

/// Replacements of characters: another character, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Replacements(BTreeMap<char, Option<char>>);

impl Replacements {
    /// `substitute` for each of `letters`; nothing for invisible ones.
    pub fn new(letters: impl IntoIterator<Item = char>, substitute: char) -> Self {
        let seen = |c: char| !is_default_ignorable(c) && !is_combining_mark(c);
        Self(letters.into_iter().map(|c| (c, seen(c).then_some(substitute))).collect())
    }

    /// Whether nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is printed for `letter`.
    pub fn of(&self, letter: char) -> Option<char> {
        self.0.get(&letter).copied().unwrap_or(Some(letter))
    }

    /// `text` as it is printed.
    pub fn apply(&self, text: &str) -> String {
        text.chars().filter_map(|c| self.of(c)).collect()
    }
}

/// Scripts that are set from left to right without joining, and best supported by typesetters and fonts:
/// Latin, Greek, Cyrillic, punctuation and symbols, Chinese, Japanese, Korean.
const USUAL: [(char, char); 17] = [
    ('\0', '\u{ac}'),
    ('\u{ae}', '\u{2ff}'),
    ('\u{370}', '\u{482}'),
    ('\u{48a}', '\u{52f}'),
    ('\u{1e00}', '\u{1fff}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{202f}', '\u{205f}'),
    ('\u{2070}', '\u{20cf}'),
    ('\u{2100}', '\u{2bff}'),
    ('\u{2e80}', '\u{3029}'),
    ('\u{3030}', '\u{3098}'),
    ('\u{309b}', '\u{a4cf}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe6f}'),
    ('\u{ff01}', '\u{ffe6}'),
];

/// Whether `letter` is outside the common scripts.
pub(crate) fn is_unusual(letter: char) -> bool {
    !USUAL.iter().any(|&(first, last)| (first..=last).contains(&letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_raised_and_lowered_figure_is_known() {
        assert!(RAISED_AND_LOWERED.chars().all(is_raised_or_lowered));
        assert!(!"2ⁿ㎡".chars().any(is_raised_or_lowered));
        assert!(has_raised_or_lowered("㎍/m³") && !has_raised_or_lowered("㎍/㎥ 120"));
    }

    #[test]
    fn right_to_left_letters_and_signs_are_found() {
        for text in ["a שלום", "عربي", "\u{202e}abc", "ܫ", "𐤀"] {
            assert!(has_right_to_left(text), "{text}");
        }
        assert!(!has_right_to_left("가나 abc ㎡ 😀 一"));
    }

    #[test]
    fn marks_and_invisible_letters_are_left_out_and_others_replaced() {
        let replacements = Replacements::new("א\u{5b0}\u{202e}".chars(), '〓');
        assert_eq!(replacements.apply("가א\u{5b0}\u{202e}b"), "가〓b");
    }

    #[test]
    fn the_scripts_set_most_often_are_usual() {
        assert!("가㎡²".chars().all(|c| !is_unusual(c)) && "ع😀ᄀ".chars().all(is_unusual));
    }
}
